#include "put_entities.h"
#include "testing.h"

static struct arena arena;
static struct buffer out;

static void tear_down(void)
{
	arena_release(&arena);
	buffer_release(&out);
}

/* The dates with their ancestors, as "2023 2023-12(90)". */
static struct str dates_of(const char *text)
{
	const struct entity_result found = put_entities(text, &arena);
	struct document_places places = put_nowhere(&found, &arena);
	struct document_date *dates;
	const size_t count = document_dates(&found, &places, &arena, &dates);
	buffer_reset(&out);
	for (size_t i = 0; i < count; i++) {
		const uint32_t number = dates[i].value.number;
		ck_assert_int_eq(dates[i].value.kind, KIND_WHEN);
		buffer_add_format(&out, "%s%u", i ? " " : "", WHEN_YEAR(number));
		if (WHEN_MONTH(number))
			buffer_add_format(&out, "-%02u", WHEN_MONTH(number));
		if (WHEN_DAY(number))
			buffer_add_format(&out, "-%02u", WHEN_DAY(number));
		if (dates[i].value.confidence != 100)
			buffer_add_format(&out, "(%u)", dates[i].value.confidence);
	}
	return buffer_str(&out);
}

START_TEST(dates_come_with_month_and_year)
{
	assert_str(dates_of(""), "");
	assert_str(dates_of("P Ada Vos; O ANC"), "");
	assert_str(dates_of("N 2023"), "2023");
	assert_str(dates_of("N 2023-12-05"), "2023 2023-12 2023-12-05");
	assert_str(dates_of("N 2024; N 2023-12"), "2023 2023-12 2024");
}
END_TEST

START_TEST(dates_are_there_once)
{
	assert_str(dates_of("N 2023-12-05; N 2023; N 2023-12; N 2023-12-06"),
		   "2023 2023-12 2023-12-05 2023-12-06");
	assert_str(dates_of("N 2023; N 2023"), "2023");
}
END_TEST

START_TEST(a_month_is_as_sure_as_the_surest_of_its_days)
{
	assert_str(dates_of("60 N 2023-12-05; 90 N 2023-12-06; 70 N 2022"),
		   "2022(70) 2023(90) 2023-12(90) 2023-12-05(60) 2023-12-06(90)");
	assert_str(dates_of("60 N 2023-12-05; N 2023"), "2023 2023-12(60) 2023-12-05(60)");
}
END_TEST

START_TEST(what_is_no_date_has_none)
{
	assert_str(dates_of("N in the sixties; N 2023-13; N ;N"), "");
}
END_TEST

static struct str terms_of(const char *text)
{
	struct prepared prepared;
	put_prepare("a1", text, &arena, &prepared);
	const struct document *document = &prepared.document;
	const struct entity_result found = put_entities(text, &arena);
	struct document_places places = put_nowhere(&found, &arena);
	struct document_date *dates;
	ck_assert_uint_le(document->posting_count,
			  document_terms_max(&found, document_dates(&found, &places, &arena, &dates)));
	buffer_reset(&out);
	for (size_t i = 0; i < document->posting_count; i++) {
		const struct posting *posting = &document->postings[i];
		ck_assert_uint_eq(posting->wdf, 0);
		ck_assert_uint_eq(posting->count, 0);
		buffer_add_format(&out, "%s%.*s", i ? "\n" : "", STR_ARG(posting->term));
		for (size_t k = 0; k < i; k++)
			ck_assert(!str_equal(posting->term, document->postings[k].term));
	}
	return buffer_str(&out);
}

#define OTHER_TERMS "Yundated\nXFILE:00\nXSTEM:und\nXENTITIES:1-test"

START_TEST(a_document_says_what_found_its_entities)
{
	assert_str(terms_of(""), "Qa1\n" OTHER_TERMS);
}
END_TEST

START_TEST(entities_have_terms_of_their_names_and_variants)
{
	assert_str(
		terms_of("P Ada Vos; L United States = U.S., usa, United States"),
		"Qa1\nXPER:ada vos\nXLOC:united states\nXALIAS:Lu s\x1funited states\n"
		"XALIAS:Lusa\x1funited states\nXALIAS:Lunited states\x1funited states\nXANY:P\nXANY:L\n" OTHER_TERMS);
	/* Roles are values like others. */
	assert_str(terms_of("W Reuters; Q Ada Vos = Vos"),
		   "Qa1\nXAGENCY:reuters\nXSPEAKER:ada vos\nXALIAS:Qvos\x1f"
		   "ada vos\nXANY:W\nXANY:Q\n" OTHER_TERMS);
}
END_TEST

START_TEST(a_variant_without_letters_has_no_term)
{
	assert_str(terms_of("O ANC = ..., anc"), "Qa1\nXORG:anc\nXALIAS:Oanc\x1f"
						 "anc\nXANY:O\n" OTHER_TERMS);
}
END_TEST

START_TEST(dates_have_the_terms_of_dates_only)
{
	assert_str(terms_of("N 2023-12-05; N 2023-12; N 2024"),
		   "Qa1\nXYEAR:2023\nXMONTH:202312\nXDAY:20231205\nXYEAR:2024\nXANY:N\n" OTHER_TERMS);
}
END_TEST

/* The terms that have positions, with them. */
static struct str placed_terms(const char *text, const uint32_t (*at)[3])
{
	const struct entity_result found = put_entities(text, &arena);
	static const uint32_t starts[] = { 1, 5, 20, 30 };
	struct document_places places = put_nowhere(&found, &arena);
	places.sentences = (struct position_list){ starts, 4 };
	for (size_t i = 0; i < found.entity_count; i++)
		places.entities[i] =
			(struct position_list){ at[i],
						at[i][0] ? at[i][1] ? at[i][2] ? 3 : 2 : 1 : 0 };
	struct document_date *dates;
	const size_t date_count = document_dates(&found, &places, &arena, &dates);
	const struct article article = { .id = STR("a1") };
	const struct document_parts parts = {
		.article = &article,
		.found = &found,
		.places = &places,
		.date_count = date_count,
		.dates = dates,
		.stemmer = STR("und"),
		.file = STR("XFILE:00"),
		.maker = STR(PUT_MAKER),
	};
	struct document document = { .postings = arena_alloc(&arena, 100 * sizeof(struct posting)) };
	document_add_terms(&parts, &arena, &document);
	ck_assert_uint_le(document.posting_count, document_terms_max(&found, parts.date_count));
	buffer_reset(&out);
	for (size_t i = 0; i < document.posting_count; i++) {
		const struct posting *posting = &document.postings[i];
		ck_assert_uint_eq(posting->wdf, 0);
		if (!posting->count)
			continue;
		buffer_add_format(&out, "%s%.*s", out.len ? "\n" : "", STR_ARG(posting->term));
		for (uint32_t k = 0; k < posting->count; k++)
			buffer_add_format(&out, " %u", posting->positions[k]);
	}
	return buffer_str(&out);
}

START_TEST(what_is_mentioned_has_positions)
{
	static const uint32_t at[][3] = { { 2, 3 }, { 3, 7, 21 }, { 9 }, { 0 }, { 4, 5, 6 } };
	assert_str(placed_terms("P Ada Vos; P Jan Smit; L China; S The Quay; Q Ada Vos = Vos", at),
		   "XPER:ada vos 2 3\nXPER:jan smit 3 7 21\nXLOC:china 9\nXSPEAKER:ada vos 4 5 6\n"
		   "XANY:P 2 3 7 21\nXANY:L 9\nXANY:Q 4 5 6\nXSENTENCES: 1 5 20 30");
}
END_TEST

START_TEST(a_month_is_mentioned_where_its_days_are)
{
	static const uint32_t at[][3] = { { 40, 41 }, { 2, 3, 4 }, { 2 }, { 50 }, { 60 } };
	assert_str(placed_terms("N 2023-12-05; N 2023-12-06; N 2023-12; N 2024; N no date", at),
		   "XYEAR:2023 2 3 4 40 41\nXMONTH:202312 2 3 4 40 41\nXDAY:20231205 40 41\n"
		   "XDAY:20231206 2 3 4\nXYEAR:2024 50\nXANY:N 2 3 4 40 41 50\n"
		   "XSENTENCES: 1 5 20 30");
}
END_TEST

START_TEST(dates_are_in_the_sentences_of_all_their_mentions)
{
	static const uint32_t starts[] = { 1, 5, 20 }, days[] = { 2, 21 }, months[] = { 6, 21 };
	const struct entity_result found = put_entities("N 2023-12-05; N 2023-12", &arena);
	struct document_places places = put_nowhere(&found, &arena);
	struct document_date *dates;
	places.sentences = (struct position_list){ starts, 3 };
	places.entities[0] = (struct position_list){ days, 2 };
	places.entities[1] = (struct position_list){ months, 2 };
	ck_assert_uint_eq(document_dates(&found, &places, &arena, &dates), 3);
	ck_assert(str_equal(dates[0].value.sentences, STR("\x03\x00\x00\x00")));
	ck_assert(str_equal(dates[1].value.sentences, STR("\x03\x00\x00\x00")));
	ck_assert(str_equal(dates[2].value.sentences, STR("\x02\x00\x01")));
}
END_TEST

START_TEST(thousands_of_dates_are_quick)
{
	const size_t count = 200000;
	struct entity *entities = memory_zero(count, sizeof(*entities));
	char(*names)[16] = memory_zero(count, sizeof(*names));
	for (size_t i = 0; i < count; i++) {
		const int len = snprintf(names[i], sizeof(names[i]), "%04u-%02u-%02u",
					 (unsigned)(1 + i * 7919 % 9999), (unsigned)(1 + i % 12),
					 (unsigned)(1 + i % 28));
		entities[i] = (struct entity){ .kind = KIND_WHEN,
					       .name = { names[i], (size_t)len },
					       .confidence = 90 };
	}
	const struct entity_result found = { .entities = entities, .entity_count = count };
	struct document_places places = put_nowhere(&found, &arena);
	struct document_date *dates;
	const size_t united = document_dates(&found, &places, &arena, &dates);
	ck_assert_uint_gt(united, 9999);
	for (size_t i = 1; i < united; i++)
		ck_assert_uint_lt(dates[i - 1].value.number, dates[i].value.number);
	free(entities);
	free(names);
}
END_TEST

static Suite *make_suite(void)
{
	Suite *suite = suite_create("document");
	TCase *tests = tcase_create("document");
	tcase_add_checked_fixture(tests, NULL, tear_down);
	tcase_add_test(tests, dates_come_with_month_and_year);
	tcase_add_test(tests, dates_are_there_once);
	tcase_add_test(tests, a_month_is_as_sure_as_the_surest_of_its_days);
	tcase_add_test(tests, what_is_no_date_has_none);
	tcase_add_test(tests, a_document_says_what_found_its_entities);
	tcase_add_test(tests, entities_have_terms_of_their_names_and_variants);
	tcase_add_test(tests, a_variant_without_letters_has_no_term);
	tcase_add_test(tests, dates_have_the_terms_of_dates_only);
	tcase_add_test(tests, what_is_mentioned_has_positions);
	tcase_add_test(tests, a_month_is_mentioned_where_its_days_are);
	tcase_add_test(tests, dates_are_in_the_sentences_of_all_their_mentions);
	tcase_add_test(tests, thousands_of_dates_are_quick);
	suite_add_tcase(suite, tests);
	return suite;
}

TEST_MAIN(make_suite)
