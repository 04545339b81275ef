/* Who is mentioned in one sentence with another. */
#include "facets_testing.h"

/* "person Rutte 0 2; place China 2": values with their sentences, each with its field; "60 place China 2": with a confidence. */
static const char *published; /* of the articles that are added then; NULL: undated */

static void add_mentions(const char *text)
{
	struct facet_value values[8];
	struct posting postings[8];
	struct buffer sentences[8] = { { 0 } };
	size_t count = 0;
	for (struct str rest = str_from(text); rest.len; count++) {
		ck_assert_uint_lt(count, 8);
		const char *end = memchr(rest.data, ';', rest.len);
		const size_t len = end ? (size_t)(end - rest.data) : rest.len;
		char field[16], name[32];
		unsigned confidence = 100;
		int used = 0;
		char *piece = strndup(rest.data, len);
		char *at = piece + strspn(piece, " ");
		if (*at >= '0' && *at <= '9') {
			confidence = (unsigned)strtoul(at, &at, 10);
			at++;
		}
		ck_assert_int_eq(sscanf(at, "%15s %31s%n", field, name, &used), 2);
		uint32_t numbers[8];
		size_t number_count = 0;
		for (char *next = at + used; *next;) {
			numbers[number_count++] = (uint32_t)strtoul(next, &next, 10);
			next += strspn(next, " ");
		}
		if (number_count)
			sentence_numbers_encode(numbers, number_count, &sentences[count]);
		const struct field *of = field_find(str_from(field));
		const struct str copy = arena_copy(&made[0].arena, str_from(name));
		values[count] = (struct facet_value){
			.kind = of->kind,
			.number = intern_add(&made[0].names[of->kind], copy, NULL),
			.confidence = (uint8_t)confidence,
			.sentences = buffer_str(&sentences[count]),
		};
		struct buffer term = { 0 };
		schema_value_term(of, copy, &term);
		postings[count] =
			(struct posting){ .term = arena_copy(&made[0].arena, buffer_str(&term)) };
		buffer_release(&term);
		free(piece);
		rest = (struct str){ rest.data + len + (end != NULL),
				     rest.len - len - (end != NULL) };
	}
	struct buffer column = { 0 }, confidence = { 0 }, mentioned = { 0 };
	facet_column_encode(values, count, &column);
	facet_confidence_encode(values, count, &confidence);
	facet_sentences_encode(values, count, &mentioned);
	struct value slots[4] = { { SLOT_FACETS, buffer_str(&column) } };
	struct document document = { .postings = postings,
				     .posting_count = count,
				     .values = slots,
				     .value_count = 1,
				     .record = STR("D") };
	if (confidence.len)
		slots[document.value_count++] =
			(struct value){ SLOT_CONFIDENCE, buffer_str(&confidence) };
	if (mentioned.len)
		slots[document.value_count++] =
			(struct value){ SLOT_SENTENCES, buffer_str(&mentioned) };
	if (published)
		slots[document.value_count++] = (struct value){ SLOT_PUBLISHED, str_from(published) };
	uint32_t id;
	small_ok(store_add(made[0].writer, &document, &id, &err));
	for (size_t i = 0; i < 8; i++)
		buffer_release(&sentences[i]);
	buffer_release(&column);
	buffer_release(&confidence);
	buffer_release(&mentioned);
}

static const char *beside(const char *field, const char *value)
{
	count((struct facet_request){ .field = field_find(str_from(field)),
				      .max = 9,
				      .beside = str_from(value) },
	      NULL);
	return listing();
}

START_TEST(in_one_sentence)
{
	add_mentions("person Rutte 0 2;place China 2;person Xi 1;place Japan 1");
	add_mentions("person Rutte 0;place China 1");
	add_mentions("person Xi 5 9;place China 0 9;person Rutte 9 130");
	add_mentions("person Xi;place China;source Reuters");
	add_mentions("person Xi 3");
	open_all();
	ck_assert_str_eq(beside("person", "place=China"), "Rutte 2, Xi 1 of 2");
	assert_str(facet.beside, "place=China");
	ck_assert_str_eq(beside("person", "place=CHINA"), "Rutte 2, Xi 1 of 2");
	assert_str(facet.beside, "place=China");
	ck_assert_str_eq(beside("place", "person=Xi"), "China 1, Japan 1 of 2");
	ck_assert_str_eq(beside("person", "person=Xi"), "Rutte 1 of 1");
	ck_assert_str_eq(beside("person", "place=Peru"), " of 0");
	assert_str(facet.beside, "place=Peru");
	ck_assert_str_eq(beside("org", "place=China"), " of 0");
}
END_TEST

START_TEST(only_in_the_articles_counted)
{
	add_mentions("person Rutte 0;place China 0");
	add_mentions("person Xi 0;place China 0");
	open_all();
	sets[0].words[0] &= ~(uint64_t)2;
	ck_assert_str_eq(beside("person", "place=China"), "Xi 1 of 1");
	/* The whole index is compared in the same way. */
	count((struct facet_request){ .field = field_find(STR("person")),
				      .max = 9,
				      .sort = FACET_BY_SIGNIFICANCE,
				      .beside = STR("place=China") },
	      NULL);
	ck_assert_str_eq(listing(), "Xi 1 of 1");
	ck_assert_uint_eq(facet.values[0].everywhere, 1);
}
END_TEST

/* When they were together, not when either was seen. */
START_TEST(trends_of_values_beside_others)
{
	published = "2023-01-01";
	add_mentions("org ANC 1;org Congress 1;place Mali 1");
	published = "2023-01-09";
	add_mentions("org ANC 1;place Mali 2");
	published = "2023-01-16";
	add_mentions("org ANC 1;place Mali 1");
	published = NULL;
	add_mentions("org ANC 1;place Mali 1");
	merged(0, KIND_ORG, "ANC", "Congress");
	open_all();
	count((struct facet_request){ .field = field_find(STR("org")),
				      .max = 9,
				      .trend = true,
				      .beside = STR("place=Mali") },
	      NULL);
	ck_assert_str_eq(listing(), "Congress 3 of 1");
	const struct value_trend *trend = facet.values[0].trend;
	ck_assert_uint_eq(trend->counts[0], 1);
	ck_assert_uint_eq(trend->counts[8], 0);
	ck_assert_uint_eq(trend->counts[15], 1);
	ck_assert_int_eq(trend->first.day, 1);
	ck_assert_int_eq(trend->last.day, 16);
}
END_TEST

START_TEST(merged_names_are_one_on_both_sides)
{
	add_mentions("org ANC 1;org Congress 4;place Mali 4;person Xi 1");
	add_mentions("org ANC 2;place Mali 2");
	add_mentions("org Congress 0;org ANC 1;place Mali 0 1");
	merged(0, KIND_ORG, "ANC", "Congress");
	open_all();
	ck_assert_str_eq(beside("org", "place=Mali"), "Congress 3 of 1");
	ck_assert_str_eq(beside("place", "org=ANC"), "Mali 3 of 1");
	assert_str(facet.beside, "org=Congress");
	ck_assert_str_eq(beside("person", "org=Congress"), "Xi 1 of 1");
	ck_assert_str_eq(beside("org", "org=ANC"), " of 0");
}
END_TEST

START_TEST(corrected_names)
{
	add_mentions("person Volt 0;place Mali 0;org Shell 0");
	add_mentions("org Volt 0;place Mali 0;person Xi 0");
	fix_lines = "retype person: Volt = org\nhide org: Shell\n";
	open_all();
	ck_assert_str_eq(beside("org", "place=Mali"), "Volt 2 of 1");
	ck_assert_str_eq(beside("place", "org=Volt"), "Mali 2 of 1");
	ck_assert_str_eq(beside("person", "org=Volt"), "Xi 1 of 1");
	ck_assert_str_eq(beside("place", "org=Shell"), " of 0");
}
END_TEST

START_TEST(what_is_not_sure_is_not_there)
{
	add_mentions("person Xi 0;60 place Mali 0");
	add_mentions("60 person Xi 0;place Mali 0");
	add_mentions("70 person Xi 0;place Mali 0");
	least = 70;
	open_all();
	ck_assert_str_eq(beside("person", "place=Mali"), "Xi 1 of 1");
}
END_TEST

START_TEST(together_with_the_plain_facet)
{
	add_mentions("person Rutte 0;place China 0");
	add_mentions("person Xi 0;place China 1");
	open_all();
	const struct facet_part part = { .store = stores[0], .names = names[0], .set = &sets[0] };
	const struct field *person = field_find(STR("person"));
	const struct facet_job jobs[] = {
		{ .request = { .field = person, .max = 9 }, .parts = &part, .part_count = 1 },
		{ .request = { .field = person, .max = 9, .beside = STR("place=China") },
		  .parts = &part,
		  .part_count = 1 },
	};
	struct answer_facet facets[2];
	small_ok(facets_count(jobs, 2, &arena, facets, &err));
	facet = facets[0];
	ck_assert_str_eq(listing(), "Rutte 1, Xi 1 of 2");
	facet = facets[1];
	ck_assert_str_eq(listing(), "Rutte 1 of 1");
}
END_TEST

static enum status refused(const char *beside)
{
	const struct facet_part part = { .store = stores[0], .names = names[0], .set = &sets[0] };
	const struct facet_job job = { .request = { .field = field_find(STR("person")),
						    .max = 9,
						    .beside = str_from(beside) },
				       .parts = &part,
				       .part_count = 1 };
	struct error err = { 0 };
	return facets_count(&job, 1, &arena, &facet, &err);
}

START_TEST(what_is_no_value)
{
	open_all();
	ck_assert_int_eq(refused("China"), STATUS_BAD_REQUEST);
	ck_assert_int_eq(refused("=China"), STATUS_BAD_REQUEST);
	ck_assert_int_eq(refused("nonsense=China"), STATUS_BAD_REQUEST);
	ck_assert_int_eq(refused("published=2024"), STATUS_BAD_REQUEST);
	ck_assert_int_eq(refused("place="), STATUS_BAD_REQUEST);
}
END_TEST

/* ---- damage ---- */

static const struct {
	const char *bytes;
	size_t len;
	enum status status;
} slots[] = {
	{ "\1\0\1\0", 4, STATUS_OK },
	{ "\1\0", 2, STATUS_CORRUPT },                         /* of one value only */
	{ "\1\0\1\0\0", 5, STATUS_CORRUPT },                   /* of three */
	{ "\1\0\2\0", 4, STATUS_CORRUPT },                     /* cut short */
	{ "\1\0\1\xff", 4, STATUS_CORRUPT },                   /* a number that does not end */
	{ "\1\0\2\xff\xff\xff\xff\x0f\5", 9, STATUS_CORRUPT }, /* beyond all numbers */
	{ "\1\xff\xff\xff\xff\x0f\1\0", 8, STATUS_CORRUPT }, /* more sentences than there can be */
};

START_TEST(damaged_sentences_are_found_out)
{
	/* Person 0 and place 0. */
	struct value values[] = { { SLOT_FACETS, STR("\1\1\1\0\3\1\1\0") },
				  { SLOT_SENTENCES, { slots[_i].bytes, slots[_i].len } } };
	struct posting posting = { .term = STR("XPER:xi") };
	struct document document = { .values = values,
				     .value_count = 2,
				     .postings = &posting,
				     .posting_count = 1,
				     .record = STR("D") };
	uint32_t id;
	small_ok(store_add(made[0].writer, &document, &id, &err));
	intern_add(&made[0].names[KIND_PERSON], STR("Xi"), NULL);
	intern_add(&made[0].names[KIND_PLACE], STR("Mali"), NULL);
	open_all();
	const struct facet_part part = { .store = stores[0], .names = names[0], .set = &sets[0] };
	const struct facet_job job = { .request = { .field = field_find(STR("place")),
						    .max = 9,
						    .beside = STR("person=Xi") },
				       .parts = &part,
				       .part_count = 1 };
	struct error err = { 0 };
	ck_assert_int_eq(facets_count(&job, 1, &arena, &facet, &err), slots[_i].status);
}
END_TEST

static Suite *beside_suite(void)
{
	Suite *suite = suite_create("values beside others");
	TCase *tests = tcase_create("beside");
	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_add_test(tests, in_one_sentence);
	tcase_add_test(tests, only_in_the_articles_counted);
	tcase_add_test(tests, merged_names_are_one_on_both_sides);
	tcase_add_test(tests, trends_of_values_beside_others);
	tcase_add_test(tests, corrected_names);
	tcase_add_test(tests, what_is_not_sure_is_not_there);
	tcase_add_test(tests, together_with_the_plain_facet);
	tcase_add_test(tests, what_is_no_value);
	tcase_add_loop_test(tests, damaged_sentences_are_found_out, 0,
			    sizeof(slots) / sizeof(slots[0]));
	suite_add_tcase(suite, tests);
	return suite;
}

TEST_MAIN(beside_suite)
