#include "dateline/entity_list.h"

#include "testing.h"

#include <cjson/cJSON.h>

static const char text[] = "Rome met Paris. Rome won, said “Nero”.";
static struct str nero[] = { STR("Nero"), STR("Nero \"the\" singer") };

static const struct mention mentions[] = {
	{ 0, 4, 2, RULE_GAZETTEER, 95 },
	{ 9, 14, 1, RULE_TAGGER, 60 },
	{ 16, 20, 2, RULE_REPEAT, 90 },
	{ 34, 38, 3, RULE_QUOTE, 59 },
};

static struct entity_list list;
static struct entity *entities;

static void add(enum facet_kind kind, struct str name, uint8_t confidence)
{
	entities[list.entity_count++] =
		(struct entity){ .kind = kind, .name = name, .confidence = confidence };
}

static void set_up(void)
{
	entities = memory_zero(6, sizeof(*entities));
	list = (struct entity_list){
		.text = { text, sizeof(text) - 1 },
		.entities = entities,
		.mentions = mentions,
		.mention_count = 4,
	};
	add(KIND_SOURCE, STR("Acta Diurna"), 100);
	add(KIND_PLACE, STR("Paris"), 60);
	add(KIND_PLACE, STR("Rome"), 90);
	add(KIND_PERSON, STR("Nero Caesar"), 59);
	add(KIND_PLACE, STR("Ostia"), 100);
	add(KIND_WHEN, STR("0064-07"), 100);
	entities[3].variants = (struct str_list){ nero, 2 };
}

static void tear_down(void)
{
	free(entities);
}

static uint32_t chosen[6];

static size_t choose(const bool kinds[KIND_COUNT], uint32_t min_confidence)
{
	return entity_list_choose(&list, kinds, min_confidence, chosen);
}

static void all_kinds(bool kinds[KIND_COUNT])
{
	for (int kind = 0; kind < KIND_COUNT; kind++)
		kinds[kind] = true;
}

START_TEST(by_field_then_by_mentions)
{
	static const uint32_t order[] = { 3, 2, 1, 4, 0, 5 };
	bool kinds[KIND_COUNT];
	all_kinds(kinds);
	ck_assert_uint_eq(choose(kinds, 0), 6);
	for (size_t i = 0; i < 6; i++)
		ck_assert_uint_eq(chosen[i], order[i]);
}
END_TEST

START_TEST(kinds_and_confidence_choose)
{
	bool kinds[KIND_COUNT] = { [KIND_PLACE] = true };
	ck_assert_uint_eq(choose(kinds, 0), 3);
	ck_assert_uint_eq(choose(kinds, 60), 3);
	ck_assert_uint_eq(choose(kinds, 61), 2);
	ck_assert_uint_eq(choose(kinds, 100), 1);
	ck_assert_uint_eq(chosen[0], 4);
	kinds[KIND_PLACE] = false;
	ck_assert_uint_eq(choose(kinds, 0), 0);
}
END_TEST

START_TEST(mentions_are_counted)
{
	static const uint32_t expected[] = { 0, 1, 2, 1, 0, 0 };
	uint32_t *counts = entity_list_mentions(&list);
	for (size_t i = 0; i < 6; i++)
		ck_assert_uint_eq(counts[i], expected[i]);
	free(counts);
}
END_TEST

START_TEST(json_has_all)
{
	struct buffer out = { 0 };
	static const uint32_t some[] = { 3, 2, 4 };
	entity_list_add_json(&list, some, 3, &out);
	assert_str(
		buffer_str(&out),
		"[{\"kind\":\"person\",\"name\":\"Nero Caesar\",\"confidence\":59,"
		"\"variants\":[\"Nero\",\"Nero \\\"the\\\" singer\"],\"mentions\":["
		"{\"start\":34,\"end\":38,\"text\":\"Nero\",\"rule\":\"quotation\",\"confidence\":59}]},"
		"{\"kind\":\"place\",\"name\":\"Rome\",\"confidence\":90,\"variants\":[],\"mentions\":["
		"{\"start\":0,\"end\":4,\"text\":\"Rome\",\"rule\":\"gazetteer\",\"confidence\":95},"
		"{\"start\":16,\"end\":20,\"text\":\"Rome\",\"rule\":\"repeat\",\"confidence\":90}]},"
		"{\"kind\":\"place\",\"name\":\"Ostia\",\"confidence\":100,\"variants\":[],\"mentions\":[]}]");
	cJSON *json = cJSON_Parse(out.data);
	ck_assert(cJSON_IsArray(json));
	cJSON_Delete(json);
	buffer_release(&out);
}
END_TEST

START_TEST(nothing_is_an_empty_array)
{
	const struct entity_list none = { .text = STR("") };
	bool kinds[KIND_COUNT];
	struct buffer out = { 0 };
	all_kinds(kinds);
	ck_assert_uint_eq(entity_list_choose(&none, kinds, 0, NULL), 0);
	entity_list_add_json(&none, NULL, 0, &out);
	assert_str(buffer_str(&out), "[]");
	buffer_release(&out);
}
END_TEST

/* Names of rules are promised in the manual, and none stands for two. */
START_TEST(rules_have_names_of_their_own)
{
	for (int rule = RULE_NONE + 1; rule < RULE_COUNT; rule++) {
		ck_assert_str_ne(mention_rule_name(rule), "unknown");
		for (int other = RULE_NONE + 1; other < rule; other++)
			ck_assert_str_ne(mention_rule_name(rule), mention_rule_name(other));
	}
	ck_assert_str_eq(mention_rule_name(RULE_NONE), "unknown");
	ck_assert_str_eq(mention_rule_name(RULE_COUNT), "unknown");
	ck_assert_str_eq(mention_rule_name(255), "unknown");
}
END_TEST

static Suite *make_suite(void)
{
	Suite *suite = suite_create("entity_list");
	TCase *tests = tcase_create("entity_list");
	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_add_test(tests, by_field_then_by_mentions);
	tcase_add_test(tests, kinds_and_confidence_choose);
	tcase_add_test(tests, mentions_are_counted);
	tcase_add_test(tests, json_has_all);
	tcase_add_test(tests, nothing_is_an_empty_array);
	tcase_add_test(tests, rules_have_names_of_their_own);
	suite_add_tcase(suite, tests);
	return suite;
}

TEST_MAIN(make_suite)
