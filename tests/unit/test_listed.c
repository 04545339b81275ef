/*
 * Listed names in a text. What the tagger would see is in brackets, "[O Air Force]"; O is an organisation, X something else, P a
 * person. The answer is what was found between that, "x Planned Parenthood".
 */
#include "../../lib/entity/listed.h"

#include "../../lib/entity/called.h"
#include "testing.h"

#include <stdlib.h>

static struct listed_names listed;
static struct analyser *analyser;
static struct token_list tokens;
static struct text_builder builder;
static struct arena arena;
static struct article article;
static struct buffer text, shown;

static void set_up(void)
{
	listed_init(&listed);
	analyser = analyser_new();
}

static void tear_down(void)
{
	listed_release(&listed);
	analyser_free(analyser);
	analyser = NULL;
	token_list_release(&tokens);
	text_builder_release(&builder);
	arena_release(&arena);
	buffer_release(&text);
	buffer_release(&shown);
}

#define SEEN_MOST 8

/* Takes the brackets out of a paragraph, whose bytes begin at `base` in the article. */
static size_t read_marks(const char *at, uint32_t base, struct sighting *seen, size_t count)
{
	buffer_reset(&text);
	for (; *at; at++) {
		const uint32_t here = base + (uint32_t)text.len;
		if (*at == '[') {
			ck_assert_uint_lt(count, SEEN_MOST);
			const enum name_kind kind = at[1] == 'O'   ? NAME_ORG
						    : at[1] == 'P' ? NAME_PERSON
								   : NAME_OTHER;
			seen[count] = (struct sighting){ .start = here, .kind = (uint8_t)kind };
			at++;
		} else if (*at == ']') {
			seen[count++].end = here;
		} else {
			buffer_add_char(&text, *at);
		}
	}
	return count;
}

static void analyse(void)
{
	tokens.count = 0;
	uint32_t position = 0;
	for (size_t i = 0; i < article.paragraph_count; i++) {
		const struct paragraph *one = &article.paragraphs[i];
		const struct str part = { article.text.data + one->start, one->end - one->start };
		position = analyser_run(analyser, part, one->start, position, &tokens);
	}
}

static const struct sighting *run(const struct sighting *seen, size_t *count)
{
	const struct view view = { article.text, tokens.items, tokens.count };
	const struct sighting *all = listed_find(&listed, &article, &view, seen, count);
	uint32_t end = 0;
	for (size_t i = 0; i < *count; i++) {
		ck_assert_uint_ge(all[i].start, end);
		ck_assert_uint_lt(all[i].start, all[i].end);
		end = all[i].end;
	}
	ck_assert_uint_le(end, article.text.len);
	for (size_t i = 0; i < called_count; i++)
		ck_assert(!listed.is_running[i]);
	return all;
}

static struct str show(const struct sighting *all, size_t count)
{
	buffer_reset(&shown);
	for (size_t i = 0; i < count; i++) {
		if (all[i].rule == RULE_NONE)
			continue;
		ck_assert_uint_eq(all[i].rule, RULE_GAZETTEER);
		ck_assert_uint_eq(all[i].confidence, LISTED_CONFIDENCE);
		buffer_add_text(&shown, shown.len ? "; " : "");
		buffer_add_text(&shown, all[i].kind == NAME_ORG ? "o " : "x ");
		buffer_add(&shown, article.text.data + all[i].start, all[i].end - all[i].start);
	}
	return buffer_str(&shown);
}

/* Of an article of a headline, which may be NULL, and one paragraph. */
static struct str found(const char *title, const char *body)
{
	struct sighting seen[SEEN_MOST];
	text_builder_reset(&builder);
	if (title)
		text_builder_add(&builder, PARAGRAPH_TITLE, str_from(title));
	size_t count = read_marks(body, title ? (uint32_t)strlen(title) + 2 : 0, seen, 0);
	text_builder_add_body(&builder, buffer_str(&text));
	article = (struct article){ 0 };
	text_builder_finish(&builder, &arena, &article);
	analyse();
	const struct sighting *all = run(seen, &count);
	return show(all, count);
}

#define FINDS(body, expected) assert_str(found(NULL, body), expected)

START_TEST(names_of_ordinary_words)
{
	FINDS("He spoke for Planned Parenthood on Monday.", "o Planned Parenthood");
	FINDS("Planned Parenthood was there.", "o Planned Parenthood");
	FINDS("She flew on Air Force One, and read the Declaration of Independence.",
	      "x Air Force One; x Declaration of Independence");
	FINDS("It said planned parenthood, Planned parenthood and planned Parenthood.", "");
	FINDS("It is Planned. Parenthood is not.", "");
	FINDS("It is Planned,\nParenthood too.", "");
	FINDS("", "");
	FINDS("Planned", "");
	FINDS("the Pla", "");
}
END_TEST

START_TEST(names_of_one_word_and_dates_are_not_sought)
{
	FINDS("He paid by check at Walmart in May.", "");
	FINDS("They met on September 11 and read Chapter 11.", "");
	FINDS("The talk of Vladimir Putin was long.", "");
}
END_TEST

START_TEST(the_longest_wins)
{
	FINDS("They gave to the Planned Parenthood Federation of America yesterday.",
	      "o Planned Parenthood Federation of America");
	FINDS("They gave to the Planned Parenthood Federation yesterday.", "");
	FINDS("They saw the Civil Rights Act of 1964 in print.", "x Civil Rights Act of 1964");
}
END_TEST

START_TEST(parts_of_longer_names)
{
	FINDS("He drank at the Planned Parenthood Brewing stand.", "");
	FINDS("He drank at Big Planned Parenthood there.", "");
	FINDS("The Planned Parenthood of Illinois met.", "");
	FINDS("The Friends of Planned Parenthood met.", "");
	FINDS("The friends of Planned Parenthood met.", "o Planned Parenthood");
	FINDS("The head of Planned Parenthood of course met.", "o Planned Parenthood");
	FINDS("He asked for Planned Parenthood, Chicago, and Planned Parenthood. Nobody came.",
	      "o Planned Parenthood; o Planned Parenthood");
}
END_TEST

START_TEST(what_may_stand_beside_them)
{
	FINDS("When Planned Parenthood met, he left.", "o Planned Parenthood");
	FINDS("[PTexas] Planned Parenthood met, he left.", "");
	FINDS("It was Monday's Planned Parenthood meeting.", "o Planned Parenthood");
	FINDS("He read Planned Parenthood's Annual Report.", "o Planned Parenthood");
	FINDS("The Planned Parenthood President Ada Lund met.", "o Planned Parenthood");
	FINDS("They are pro-Planned Parenthood people.", "o Planned Parenthood");
	FINDS("He read \xe2\x80\x9cMeet the Press\xe2\x80\x9d notes.", "x Meet the Press");
}
END_TEST

START_TEST(possessives_inside)
{
	FINDS("He reads the People's Daily often.", "o People's Daily");
	FINDS("He saw Trump's White House there.", "o White House");
}
END_TEST

START_TEST(what_the_tagger_saw_stands)
{
	FINDS("They asked [OPlanned Parenthood] there.", "");
	FINDS("They asked [OBig Planned] Parenthood there.", "");
	FINDS("They asked Planned [OParenthood Chicago] there.", "");
	FINDS("They asked [OPlanned] [OParenthood] there.", "");
	FINDS("[PAda] asked Planned Parenthood and [PBo] there.", "o Planned Parenthood");
}
END_TEST

START_TEST(names_take_their_parts)
{
	FINDS("They flew on [OAir Force] One there, [PAda] said.", "x Air Force One");
	FINDS("They asked the [OOffice of Management] and [OBudget] there.",
	      "o Office of Management and Budget");
}
END_TEST

START_TEST(headlines)
{
	const char *const title = "Senator Sues Planned Parenthood Over Its New Rules";
	const char *const loud = "SENATOR SUES PLANNED PARENTHOOD OVER ITS NEW RULES";
	assert_str(found(title, "Nothing was said about it."), "");
	assert_str(found(loud, "Nothing was said about it."), "");
	assert_str(found(title, "They asked Planned Parenthood there."),
		   "o Planned Parenthood; o Planned Parenthood");
	assert_str(found(loud, "They asked [OPlanned Parenthood] there."), "o PLANNED PARENTHOOD");
	/* What one article had says nothing of the next. */
	assert_str(found(title, "Nothing was said about it."), "");
}
END_TEST

/* Whatever the bytes, nothing is found outside of the text or out of order; and it takes no time to speak of. */
START_TEST(hostile_texts)
{
	static const char *const parts[] = { "Planned ", "Parenthood ", "U.S. ",    "United ",
					     "of ",      "the ",        "House ",   "'s ",
					     "-",        ". ",          "\xc3\x89", "\n",
					     "Al ",      "(",           "& ",       "U ",
					     "S ",       "\xe4\xb8\xad" };
	const size_t count = sizeof(parts) / sizeof(*parts);
	uint32_t state = 1;
	struct buffer body = { 0 };
	for (int round = 0; round < 200; round++) {
		buffer_reset(&body);
		for (int i = 0; i < 400; i++) {
			state = state * 1664525 + 1013904223;
			buffer_add_text(&body, parts[(state >> 16) % count]);
		}
		buffer_add_char(&body, '\0');
		found(NULL, body.data);
	}
	buffer_release(&body);
}
END_TEST

START_TEST(long_texts)
{
	static const char once[] =
		"they asked Planned Parenthood about the rules of that United States house again, and ";
	struct buffer body = { 0 };
	for (int i = 0; i < 20000; i++)
		buffer_add_text(&body, once);
	buffer_add_char(&body, '\0');
	const struct str all = found(NULL, body.data);
	ck_assert_uint_ge(all.len, 19999 * strlen("; o Planned Parenthood"));
	buffer_release(&body);
}
END_TEST

static Suite *make_suite(void)
{
	Suite *suite = suite_create("listed");
	TCase *tests = tcase_create("tests");
	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_add_test(tests, names_of_ordinary_words);
	tcase_add_test(tests, names_of_one_word_and_dates_are_not_sought);
	tcase_add_test(tests, the_longest_wins);
	tcase_add_test(tests, parts_of_longer_names);
	tcase_add_test(tests, what_may_stand_beside_them);
	tcase_add_test(tests, possessives_inside);
	tcase_add_test(tests, what_the_tagger_saw_stands);
	tcase_add_test(tests, names_take_their_parts);
	tcase_add_test(tests, headlines);
	tcase_add_test(tests, hostile_texts);
	tcase_add_test(tests, long_texts);
	suite_add_tcase(suite, tests);
	return suite;
}

TEST_MAIN(make_suite)
