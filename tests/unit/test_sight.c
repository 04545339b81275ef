#include "../../lib/entity/sight.h"

#include "../../lib/entity/capitals.h"
#include "../../lib/entity/fused.h"
#include "../../lib/entity/name_model.h"
#include "../../lib/entity/parting.h"
#include "testing.h"

/* The shipped model on texts that leave no doubt. */
static struct name_model *model;
static struct sight *sight;
static struct text_builder builder;
static struct arena arena;
static struct article article;

static void set_up(void)
{
	struct error err;
	ck_assert_msg(name_model_open(NULL, &model, &err) == STATUS_OK, "%s", err.text);
	sight = sight_new(model);
}

static void tear_down(void)
{
	sight_free(sight);
	name_model_close(model);
	text_builder_release(&builder);
	arena_release(&arena);
}

static void read_text(const char *text)
{
	text_builder_reset(&builder);
	text_builder_add_body(&builder, str_from(text));
	article = (struct article){ 0 };
	text_builder_finish(&builder, &arena, &article);
}

static const char letters[NAME_KINDS] = {
	[NAME_PERSON] = 'p', [NAME_ORG] = 'o',   [NAME_PLACE] = 'l',
	[NAME_PEOPLE] = 'n', [NAME_OTHER] = 'x',
};

/* "o Red Hat Inc.; o IBM", in the order of the text, which they must have. */
static struct str list(struct str text, const struct sighting *items, size_t count)
{
	struct buffer out = { 0 };
	uint32_t end = 0;
	for (size_t i = 0; i < count; i++) {
		ck_assert_uint_ge(items[i].start, end);
		ck_assert_uint_lt(items[i].start, items[i].end);
		end = items[i].end;
		buffer_add_text(&out, i ? "; " : "");
		buffer_add_char(&out, letters[items[i].kind]);
		buffer_add_char(&out, ' ');
		buffer_add(&out, text.data + items[i].start, items[i].end - items[i].start);
	}
	ck_assert_uint_le(end, text.len);
	const struct str copy = arena_copy(&arena, buffer_str(&out));
	buffer_release(&out);
	return copy;
}

static struct str seen_in(const char *text)
{
	size_t count;
	read_text(text);
	const struct sighting *items = sight_run(sight, &article, &count);
	return list(article.text, items, count);
}

/* ---- ends of sentences inside names ---- */

/* Names are given in brackets with their letters in front: "by {o Red Hat Inc. IBM} said". */
static void read_marked(const char *marked, struct buffer *text, struct sightings *seen)
{
	for (const char *at = marked; *at; at++) {
		if (*at == '{') {
			const char *kind = memchr(letters, at[1], NAME_KINDS);
			sightings_add(seen, (struct sighting){ .start = (uint32_t)text->len,
							       .kind = (uint8_t)(kind - letters),
							       .confidence = 50 });
			at += 2;
		} else if (*at == '}') {
			seen->items[seen->count - 1].end = (uint32_t)text->len;
		} else {
			buffer_add_char(text, *at);
		}
	}
}

static struct str parted(const char *marked)
{
	struct buffer text = { 0 };
	struct sightings seen = { 0 };
	struct parting parting = { 0 };
	read_marked(marked, &text, &seen);
	const struct sightings *found = parting_run(&parting, sight, buffer_str(&text), &seen);
	const struct str names = list(buffer_str(&text), found->items, found->count);
	parting_release(&parting);
	buffer_release(&text);
	free(seen.items);
	return names;
}

static struct str unfused(const char *marked)
{
	struct buffer text = { 0 };
	struct sightings seen = { 0 };
	struct fused fused = { 0 };
	read_marked(marked, &text, &seen);
	const struct sightings *found = fused_part(&fused, sight, buffer_str(&text), &seen);
	const struct str names = list(buffer_str(&text), found->items, found->count);
	fused_release(&fused);
	buffer_release(&text);
	free(seen.items);
	return names;
}

START_TEST(two_listed_companies_are_two)
{
	assert_str(unfused("at {o Applied Materials and Lam Research} said"),
		   "o Applied Materials; o Lam Research");
	assert_str(unfused("at {o Zorblatt Materials and Lam Research} said"),
		   "o Zorblatt Materials and Lam Research");
	assert_str(unfused("of {o Department of Research and Development}"),
		   "o Department of Research and Development");
	assert_str(unfused("{o and Lam Research} or {o Lam Research and }"),
		   "o and Lam Research; o Lam Research and ");
}
END_TEST

START_TEST(somebody_behind_of_is_somebody)
{
	assert_str(unfused("the {o Party for Freedom of Geert Wilders} won; {p Wilders} said"),
		   "o Party for Freedom; p Geert Wilders; p Wilders");
	assert_str(unfused("the {o Party for Freedom of Geert Wilders} won"),
		   "o Party for Freedom of Geert Wilders");
	assert_str(unfused("the {o Church of Geert Wilders} won; {p Wilders} said"),
		   "o Church of Geert Wilders; p Wilders");
	assert_str(unfused("the {l Island House of Geert Wilders}; {p Wilders} said"),
		   "l Island House of Geert Wilders; p Wilders");
}
END_TEST

START_TEST(a_sentence_ends_behind_the_form_of_a_company)
{
	assert_str(parted("made by {o Red Hat Inc. IBM} said that {o IBM} bought it"),
		   "o Red Hat Inc.; o IBM; o IBM");
	assert_str(parted("it was {o Merck & Co. Germany} said"), "o Merck & Co.; l Germany");
	assert_str(parted("it was {l Contoso Ltd. Germany} said"), "o Contoso Ltd.; l Germany");
	assert_str(parted("at {o Muzinich & Co. Insurance} rose"), "o Muzinich & Co.");
	assert_str(parted("{o Stores Group Inc. Groupon Inc. Reuters} said; {o Reuters}"),
		   "o Stores Group Inc.; o Groupon Inc.; o Reuters; o Reuters");
}
END_TEST

START_TEST(a_sentence_ends_behind_junior)
{
	assert_str(parted("said {p Samuel Roe Jr. Back} in the room"), "p Samuel Roe Jr.");
	assert_str(parted("{p Jesse Roe Jr. Jesse Roe Jr.} said"),
		   "p Jesse Roe Jr.; p Jesse Roe Jr.");
	assert_str(parted("the {l Martin Luther King Jr. Memorial} was"),
		   "l Martin Luther King Jr. Memorial");
}
END_TEST

START_TEST(tickers_and_anybodys_names_are_left_out)
{
	assert_str(parted("shares of {o Boeing Co. BA} rose"), "o Boeing Co.");
	assert_str(parted("with {p Peter Roe Jr. Warren} said"), "p Peter Roe Jr.");
	assert_str(parted("with {p Peter Roe Jr. Warren} said; {p Warren} left"),
		   "p Peter Roe Jr.; p Warren; p Warren");
}
END_TEST

START_TEST(forms_and_names_that_recur_stay_whole)
{
	assert_str(parted("{o Merck & Co. Inc.} and {o Best Buy Co. Inc.}"),
		   "o Merck & Co. Inc.; o Best Buy Co. Inc.");
	assert_str(parted("{o News Corp. Australia} and {o News Corp. Australia}"),
		   "o News Corp. Australia; o News Corp. Australia");
	assert_str(parted("{o Ford Motor Co. of Canada} and {o Inc. Magazine} in {l St. Louis}"),
		   "o Ford Motor Co. of Canada; o Inc. Magazine; l St. Louis");
	assert_str(parted("{o Inc.} {o Co. } {p Jr. } {p A Jr. } {p A Jr.}"),
		   "o Inc.; o Co. ; p Jr. ; p A Jr. ; p A Jr.");
	assert_str(parted("nothing"), "");
}
END_TEST

/* ---- capitals ---- */

#define CAPITALS                                                                                    \
	"FOREIGN MINISTER PETER HANSEN SAID ON TUESDAY THAT THE NATIONAL SECURITY COUNCIL AND THE " \
	"EUROPEAN UNION WOULD TALK TO NORTH KOREA. ANGELA MERKEL FLEW TO GENEVA."

START_TEST(a_text_in_capitals_is_told)
{
	read_text(CAPITALS);
	ck_assert(capitals_only(&article));
	read_text("IBM AND NATO AND THE FBI met in Paris, and nobody knows why they would do such a "
		  "thing before the winter comes to town.");
	ck_assert(!capitals_only(&article));
	/* The way it is with "McDonald" in an old telex. */
	read_text(CAPITALS " " CAPITALS " McDONALD");
	ck_assert(capitals_only(&article));
	article = (struct article){ 0 };
	ck_assert(!capitals_only(&article));
	read_text("中国外交部 北京 1234");
	ck_assert(!capitals_only(&article));
	/* Other alphabets, with capitals or without, and a few letters of ours. */
	read_text("Министр Петров встретился с BP в Москве.");
	ck_assert(!capitals_only(&article));
	read_text("अनिल कुमार ने दिल्ली में BP से बात की।");
	ck_assert(!capitals_only(&article));
	/* Accents and quotes are no other alphabet. */
	read_text("\u201cÉLYSÉE\u201d \u2014 " CAPITALS);
	ck_assert(capitals_only(&article));
}
END_TEST

START_TEST(names_in_capitals_are_seen)
{
	const struct str names = seen_in(CAPITALS);
	const char *const expected[] = { "p PETER HANSEN",   "o NATIONAL SECURITY COUNCIL",
					 "o EUROPEAN UNION", "l NORTH KOREA",
					 "p ANGELA MERKEL",  "l GENEVA" };
	for (size_t i = 0; i < sizeof(expected) / sizeof(*expected); i++)
		ck_assert_msg(strstr(names.data, expected[i]), "%s is not in %s", expected[i],
			      names.data);
	ck_assert_ptr_null(strstr(names.data, "TUESDAY"));
}
END_TEST

static struct str plain(const char *text)
{
	struct plain_line line = { 0 };
	struct spans spans = { 0 };
	split_line(text, 0, (uint32_t)strlen(text), &spans);
	plain_line_make(&line, &model->model, text, spans.items, spans.count);
	ck_assert_uint_eq(line.spans.count, spans.count);
	for (size_t i = 0; i < line.spans.count; i++)
		ck_assert_uint_lt(line.spans.items[i].start, line.spans.items[i].end);
	const struct str copy = arena_copy(&arena, buffer_str(&line.text));
	plain_line_release(&line);
	free(spans.items);
	return copy;
}

START_TEST(lines_get_the_letters_that_they_would_have)
{
	assert_str(plain("THE BANK OF ENGLAND SAID THAT NOTHING WAS SIGNED."),
		   "The Bank of England said that nothing was signed . ");
	assert_str(plain("HE SPOKE. \"THEY KNOW ANGELA MERKEL,\" HE SAID IN 2004."),
		   "He spoke . \" They know Angela Merkel , \" he said in 2004 . ");
	assert_str(plain("ÉLYSÉE"), "Élysée ");
	assert_str(plain("\u00AD"), "\u00AD ");
	assert_str(plain(""), "");
}
END_TEST

static Suite *make_suite(void)
{
	Suite *suite = suite_create("sight");
	TCase *tests = tcase_create("sight");
	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_set_timeout(tests, 60);
	tcase_add_test(tests, two_listed_companies_are_two);
	tcase_add_test(tests, somebody_behind_of_is_somebody);
	tcase_add_test(tests, a_sentence_ends_behind_the_form_of_a_company);
	tcase_add_test(tests, a_sentence_ends_behind_junior);
	tcase_add_test(tests, tickers_and_anybodys_names_are_left_out);
	tcase_add_test(tests, forms_and_names_that_recur_stay_whole);
	tcase_add_test(tests, a_text_in_capitals_is_told);
	tcase_add_test(tests, names_in_capitals_are_seen);
	tcase_add_test(tests, lines_get_the_letters_that_they_would_have);
	suite_add_tcase(suite, tests);
	return suite;
}

TEST_MAIN(make_suite)
