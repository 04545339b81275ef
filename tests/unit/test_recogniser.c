#include "dateline/entity.h"

#include "dateline/utf8.h"
#include "entity_names.h"
#include "testing.h"

/* The shipped model on texts that leave no doubt: what is tested is what is made of the names that it sees. */
static struct name_model *model;
static struct recogniser *recogniser;
static struct text_builder builder;
static struct analyser *analyser;
static struct token_list tokens;
static struct arena arena;
static struct article article;
static struct entity_result result;

static void set_up(void)
{
	struct error err;
	ck_assert_msg(name_model_open(NULL, &model, &err) == STATUS_OK, "%s", err.text);
	recogniser = recogniser_new(ENTITIES_AUTO, model);
	article = (struct article){ 0 };
	text_builder_reset(&builder);
	analyser = analyser_new();
}

static void tear_down(void)
{
	recogniser_free(recogniser);
	name_model_close(model);
	text_builder_release(&builder);
	analyser_free(analyser);
	token_list_release(&tokens);
	arena_release(&arena);
}

static void analyse(void)
{
	uint32_t position = 0;
	tokens.count = 0;
	analyser_set_language(analyser, language_of_text(article.language));
	for (size_t i = 0; i < article.paragraph_count; i++) {
		const struct paragraph *paragraph = &article.paragraphs[i];
		const struct str text = { article.text.data + paragraph->start,
					  paragraph->end - paragraph->start };
		position = analyser_run(analyser, text, paragraph->start, position, &tokens);
	}
}

/* Lines are paragraphs; the first is the title when it begins with '#'. */
static void read_text(const char *text)
{
	text_builder_reset(&builder);
	for (const char *at = text; *at;) {
		const char *end = strchrnul(at, '\n');
		const bool is_title = *at == '#';
		text_builder_add(&builder, is_title ? PARAGRAPH_TITLE : PARAGRAPH_TEXT,
				 (struct str){ at + is_title, (size_t)(end - at) - is_title });
		at = *end ? end + 1 : end;
	}
	text_builder_finish(&builder, &arena, &article);
	analyse();
	recogniser_run(recogniser, &article, &tokens, &arena, &result);
}

static struct str names(enum facet_kind kind)
{
	return entity_names(&result, kind, &arena);
}

static const struct entity *find(enum facet_kind kind, const char *name)
{
	for (size_t i = 0; i < result.entity_count; i++) {
		if (result.entities[i].kind == kind &&
		    str_equal(result.entities[i].name, str_from(name)))
			return &result.entities[i];
	}
	ck_abort_msg("there is no %s", name);
}

static struct str variants(enum facet_kind kind, const char *name)
{
	const struct entity *entity = find(kind, name);
	struct buffer all = { 0 };
	for (size_t i = 0; i < entity->variants.count; i++) {
		if (i)
			buffer_add_text(&all, "; ");
		buffer_add_str(&all, entity->variants.items[i]);
	}
	const struct str copy = arena_copy(&arena, buffer_str(&all));
	buffer_release(&all);
	return copy;
}

static size_t count_mentions(const struct entity *entity)
{
	size_t count = 0;
	for (size_t i = 0; i < result.mention_count; i++)
		count += &result.entities[result.mentions[i].entity] == entity;
	return count;
}

/* ---- a whole article ---- */

static const char story[] =
	"#Norway accuses Russia of cyber attacks\n"
	"OSLO (Reuters) - The Russian embassy in Norway denied on Tuesday that Moscow was behind an attack on the network of the "
	"Norwegian parliament.\n"
	"Foreign Minister Ine Eriksen Soreide told reporters that the United Nations and the North Atlantic Treaty Organization "
	"(NATO) had been informed. Soreide's deputy, Mr. Peter Hansen, will fly to the U.S. next week, he said.\n"
	"Western officials said that NATO and the FBI were helping. The American government agreed with Hansen.\n"
	"What preceded\n"
	"Telenor ASA was attacked in 2019. Telenor said that Soreide knew.";

START_TEST(a_whole_article)
{
	read_text(story);
	assert_str(names(KIND_PERSON), "Ine Eriksen Soreide; Peter Hansen");
	assert_str(names(KIND_PLACE), "Norway; Russia; Oslo; Moscow; United States");
	find(KIND_ORG, "Reuters");
	find(KIND_ORG, "United Nations");
	find(KIND_ORG, "Telenor");
	find(KIND_AGENCY, "Reuters");
	find(KIND_DATELINE, "Oslo");
	find(KIND_WHEN, "2019");
	assert_str(variants(KIND_PLACE, "Russia"), "Russia; Russian");
	assert_str(variants(KIND_PLACE, "United States"), "U.S.; American");
	assert_str(variants(KIND_PERSON, "Ine Eriksen Soreide"), "Ine Eriksen Soreide; Soreide");
	assert_str(variants(KIND_ORG, "Telenor"), "Telenor ASA; Telenor");
	assert_str(variants(KIND_PLACE, "Oslo"), "");
	ck_assert_uint_eq(count_mentions(find(KIND_PERSON, "Ine Eriksen Soreide")), 3);
	for (size_t i = 0; i < result.entity_count; i++) {
		ck_assert_msg(!strstr("Western; What; Foreign Minister; Mr; Tuesday; he",
				      arena_copy(&arena, result.entities[i].name).data),
			      "%.*s is no name", STR_ARG(result.entities[i].name));
		ck_assert_uint_gt(result.entities[i].confidence, 0);
		ck_assert_uint_lt(result.entities[i].confidence, 100);
	}
}
END_TEST

START_TEST(mentions_are_in_order_with_their_rules)
{
	read_text(story);
	unsigned seen = 0;
	uint32_t start = 0, ends[KIND_COUNT] = { 0 };
	for (size_t i = 0; i < result.mention_count; i++) {
		const struct mention *mention = &result.mentions[i];
		const unsigned kind = result.entities[mention->entity].kind;
		ck_assert(mention->start >= start && mention->start >= ends[kind]);
		seen |= 1U << mention->rule;
		start = mention->start;
		ends[kind] = mention->end;
	}
	static const enum mention_rule rules[] = { RULE_GAZETTEER, RULE_DEMONYM,  RULE_TAGGER,
						   RULE_SHORT,     RULE_DATELINE, RULE_DATE };
	for (size_t i = 0; i < sizeof(rules) / sizeof(*rules); i++)
		ck_assert_msg(seen & 1U << rules[i], "no mention by rule %d", rules[i]);
}
END_TEST

START_TEST(the_same_twice)
{
	read_text(story);
	const struct entity_result first = result;
	struct article other = article;
	read_text("Angela Merkel met Vladimir Putin in Berlin.");
	assert_str(names(KIND_PERSON), "Angela Merkel; Vladimir Putin");
	article = other;
	analyse();
	recogniser_run(recogniser, &article, &tokens, &arena, &result);
	ck_assert_uint_eq(first.entity_count, result.entity_count);
	ck_assert_uint_eq(first.mention_count, result.mention_count);
	for (size_t i = 0; i < result.entity_count; i++) {
		ck_assert(str_equal(first.entities[i].name, result.entities[i].name));
		ck_assert_uint_eq(first.entities[i].confidence, result.entities[i].confidence);
	}
}
END_TEST

/* ---- the gazetteer and the tagger ---- */

START_TEST(places_inside_other_names)
{
	read_text("The Bank of China and the Washington Post are not in France, a spokesman for the New York Times said.");
	assert_str(names(KIND_PLACE), "France");
	read_text("The U.S. Senate met. Israeli-Palestinian talks in northern Iraq failed, and anti-American protests went on.");
	assert_str(names(KIND_PLACE), "United States; Israel; Palestine; Iraq");
	find(KIND_ORG, "Senate");
}
END_TEST

START_TEST(people_with_names_of_countries)
{
	read_text("Michael Jordan played basketball in Chicago. Jordan scored 40 points. \"I am tired,\" Jordan said.");
	assert_str(names(KIND_PERSON), "Michael Jordan");
	assert_str(names(KIND_PLACE), "Chicago");
	read_text("King Abdullah flew from Amman to Egypt. Refugees from Syria live in Jordan.");
	find(KIND_PLACE, "Jordan");
	read_text("Stacey Abrams of Atlanta ran for governor of Georgia in 2018.");
	find(KIND_PLACE, "Georgia (U.S. state)");
}
END_TEST

/* ---- what is not asked for ---- */

START_TEST(guesses_do_not_add_up)
{
	article.published = (struct date){ .year = 2003, .precision = DATE_YEAR };
	read_text("#Taxes\nBush left Washington. Police said Bush met Tony Blair in London. "
		  "\"No,\" Bush said on Monday. Bush will return.");
	ck_assert_uint_le(find(KIND_PERSON, "George W. Bush")->confidence, 75);
	ck_assert_uint_le(find(KIND_SPEAKER, "George W. Bush")->confidence, 75);
	ck_assert_uint_gt(find(KIND_PERSON, "Tony Blair")->confidence, 75);
}
END_TEST

START_TEST(who_is_listed_just_so_is_meant)
{
	struct str people[] = { STR("Kate Bush"), STR("Bush") };
	article = (struct article){ .people = { people, 2 }, .gives_people = true };
	article.published = (struct date){ .year = 2003, .precision = DATE_YEAR };
	read_text("Bush ran on Sunday, and Bush scored twice.");
	ck_assert_uint_eq(result.mention_count, 2);
	assert_str(result.entities[result.mentions[0].entity].name, "Bush");
	people[0] = STR("Bush");
	people[1] = STR("Kate Bush");
	read_text("Bush ran on Sunday, and Bush scored twice.");
	assert_str(result.entities[result.mentions[0].entity].name, "Bush");
}
END_TEST

START_TEST(given_lists_are_settled)
{
	article.gives_people = true;
	article.gives_orgs = true;
	read_text("Angela Merkel of the European Commission met Vladimir Putin in Berlin.");
	assert_str(names(KIND_PERSON), "");
	assert_str(names(KIND_ORG), "");
	assert_str(names(KIND_PLACE), "Berlin");

	struct str people[] = { STR("angela-merkel") };
	article = (struct article){ .people = { people, 1 }, .gives_people = true };
	read_text("Angela Merkel met Vladimir Putin in Berlin. Merkel left.");
	assert_str(names(KIND_PERSON), "Angela Merkel");
	ck_assert_uint_eq(find(KIND_PERSON, "Angela Merkel")->confidence, 100);
	ck_assert_uint_eq(count_mentions(find(KIND_PERSON, "Angela Merkel")), 2);
}
END_TEST

START_TEST(surnames_inside_longer_names)
{
	struct str people[] = { STR("James Baker") };
	article = (struct article){ .people = { people, 1 }, .gives_people = true };
	read_text("James Baker spoke to the Baker Institute for Public Policy in Houston. Baker left.");
	ck_assert_uint_eq(count_mentions(find(KIND_PERSON, "James Baker")), 2);
}
END_TEST

START_TEST(the_tagger_reads_english)
{
	article.language = STR("de");
	read_text("Angela Merkel traf Wladimir Putin in Paris.");
	assert_str(names(KIND_PERSON), "");
	assert_str(names(KIND_PLACE), "Paris");
	article = (struct article){ .language = STR("en-GB") };
	read_text("Angela Merkel met Vladimir Putin in Paris.");
	assert_str(names(KIND_PERSON), "Angela Merkel; Vladimir Putin");
}
END_TEST

START_TEST(modes)
{
	struct recogniser *given = recogniser_new(ENTITIES_GIVEN, NULL);
	read_text("Angela Merkel met Vladimir Putin in Paris.");
	recogniser_run(given, &article, &tokens, &arena, &result);
	ck_assert_uint_eq(result.entity_count, 0);
	ck_assert_uint_eq(result.mention_count, 0);
	recogniser_free(given);
}
END_TEST

/* ---- headlines, repeats ---- */

START_TEST(names_in_capitals)
{
	read_text("#MERKEL MEETS PUTIN IN BERLIN\n"
		  "Chancellor Angela Merkel met President Vladimir Putin in Berlin on Friday.");
	assert_str(names(KIND_PERSON), "Angela Merkel; Vladimir Putin");
	assert_str(names(KIND_PLACE), "Berlin");
}
END_TEST

START_TEST(repeats)
{
	read_text("Angela Merkel met Mark Rutte in Paris. Then Merkel's aides and a Merkel-backed plan, and the pro-Rutte camp, "
		  "left with Rutte.");
	ck_assert_uint_eq(count_mentions(find(KIND_PERSON, "Angela Merkel")), 3);
	ck_assert_uint_eq(count_mentions(find(KIND_PERSON, "Mark Rutte")), 3);
}
END_TEST

/* ---- hostile input ---- */

#define LONG_BYTES (512 << 10)

/* Names by the thousand: what takes the square of their number would not end. */
START_TEST(long_texts_of_names)
{
	static const char *const patterns[] = {
		"John Smith and ",
		"African National Congress (ANC) ",
		"Mr. Smith said. ",
		"the John %c%c%c%c said. ",
		"%c%c%c%c%c ",
		"U.S.-Mexico, ",
		"A B ",
		"THE DUTCH %c%c%c%c SAY ",
	};
	uint32_t state = 1;
	for (size_t i = 0; i < sizeof(patterns) / sizeof(*patterns); i++) {
		struct buffer text = { 0 };
		while (text.len < LONG_BYTES) {
			char letters[5];
			for (size_t j = 0; j < sizeof(letters); j++) {
				state = state * 1664525 + 1013904223;
				letters[j] = (char)((j ? 'a' : 'A') + (state >> 24) % 26);
			}
			size_t j = 0;
			for (const char *at = patterns[i]; *at; at++) {
				if (*at == '%' && at++)
					buffer_add_char(&text, letters[j++]);
				else
					buffer_add_char(&text, *at);
			}
		}
		read_text(text.data);
		buffer_release(&text);
		arena_reset(&arena);
	}
}
END_TEST

START_TEST(texts_without_names)
{
	read_text("");
	ck_assert_uint_eq(result.entity_count, 0);
	read_text("nothing here, and 12 of it.\n-- ?\n...");
	ck_assert_uint_eq(result.entity_count, 0);
	ck_assert_uint_eq(result.mention_count, 0);
}
END_TEST

static Suite *make_suite(void)
{
	Suite *suite = suite_create("recogniser");
	TCase *tests = tcase_create("all");
	tcase_set_timeout(tests, 120);
	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_add_test(tests, a_whole_article);
	tcase_add_test(tests, mentions_are_in_order_with_their_rules);
	tcase_add_test(tests, the_same_twice);
	tcase_add_test(tests, places_inside_other_names);
	tcase_add_test(tests, people_with_names_of_countries);
	tcase_add_test(tests, guesses_do_not_add_up);
	tcase_add_test(tests, who_is_listed_just_so_is_meant);
	tcase_add_test(tests, given_lists_are_settled);
	tcase_add_test(tests, surnames_inside_longer_names);
	tcase_add_test(tests, the_tagger_reads_english);
	tcase_add_test(tests, modes);
	tcase_add_test(tests, names_in_capitals);
	tcase_add_test(tests, repeats);
	tcase_add_test(tests, long_texts_of_names);
	tcase_add_test(tests, texts_without_names);
	suite_add_tcase(suite, tests);
	return suite;
}

TEST_MAIN(make_suite)
