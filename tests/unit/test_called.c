#include "../../lib/entity/called.h"

#include "../../lib/entity/canonical.h"
#include "dateline/entity.h"
#include "dateline/utf8.h"
#include "testing.h"

static struct arena arena;
static struct buffer key;

static void tear_down(void)
{
	arena_release(&arena);
	buffer_release(&key);
}

static struct str key_of(const char *name)
{
	buffer_reset(&key);
	utf8_name_key(str_from(name), &key);
	return buffer_str(&key);
}

static struct str seen(enum facet_kind kind, const char *name)
{
	return canonical_seen(kind, str_from(name), &arena);
}

START_TEST(rows_are_in_order)
{
	for (size_t i = 0; i < called_count; i++) {
		const struct called *row = &called_table[i];
		ck_assert_msg(i == 0 || strcmp(row[-1].key, row->key) < 0, "%s", row->key);
		ck_assert_msg(row->kind >= KIND_PERSON && row->kind <= KIND_OTHER, "%s", row->key);
		assert_str(key_of(row->key), row->key);
		const struct str alone = called_alone(str_from(row->key));
		const bool is_alone = row->how == CALLED_ALONE;
		assert_str(alone, is_alone ? row->name : "");
		ck_assert_msg(called_find(str_from(row->key), row->kind) == (is_alone ? NULL : row),
			      "%s", row->key);
	}
}
END_TEST

/* A name that is itself called something else would change when it is asked for again. */
START_TEST(names_are_called_so)
{
	for (size_t i = 0; i < called_count; i++) {
		const struct called *row = &called_table[i];
		const struct called *again = called_find(key_of(row->name), row->kind);
		ck_assert_msg(!again || again->kind != row->kind ||
				      strcmp(again->name, row->name) == 0,
			      "%s is %s", row->name, again ? again->name : "");
		assert_str(seen(row->kind, row->name), row->name);
	}
}
END_TEST

START_TEST(kinds_matter_where_they_must)
{
	ck_assert_ptr_null(called_find(STR("mass"), KIND_ORG));
	ck_assert_ptr_nonnull(called_find(STR("mass"), KIND_PLACE));
	ck_assert_ptr_null(called_find(STR("moody"), KIND_PERSON));
	ck_assert_ptr_nonnull(called_find(STR("federal bureau of investigation"), KIND_OTHER));
	ck_assert_ptr_null(called_find(STR("federal bureau of investigations"), KIND_ORG));
	ck_assert_ptr_null(called_find(STR(""), KIND_ORG));
}
END_TEST

START_TEST(organisations)
{
	assert_str(seen(KIND_ORG, "Federal Bureau of Investigation"), "FBI");
	assert_str(seen(KIND_ORG, "F.B.I."), "FBI");
	assert_str(seen(KIND_ORG, "Justice Department"), "Department of Justice");
	assert_str(seen(KIND_ORG, "U.S. Department of Justice"), "Department of Justice");
	assert_str(seen(KIND_ORG, "Amazon.com"), "Amazon");
	assert_str(seen(KIND_ORG, "BlackLivesMatter"), "Black Lives Matter");
	assert_str(seen(KIND_ORG, "General Agreement"), "General Agreement on Tariffs and Trade");
	assert_str(seen(KIND_OTHER, "Chapter 11 of the U.S. Bankruptcy Code"), "Chapter 11");
	assert_str(seen(KIND_ORG, "NBC News"), "NBC");
	assert_str(seen(KIND_ORG, "ABC News"), "ABC");
	assert_str(seen(KIND_ORG, "National Intelligence"),
		   "Office of the Director of National Intelligence");
	assert_str(seen(KIND_OTHER, "Coronavirus"), "COVID-19");
	assert_str(seen(KIND_OTHER, "Glass-Steagall"), "Glass-Steagall Act");
	assert_str(seen(KIND_OTHER, "Fast and Furious"), "Fast and Furious");
	assert_str(seen(KIND_OTHER, "American Jews"), "American Jews");
	assert_str(seen(KIND_OTHER, "DC10"), "DC-10");
	assert_str(seen(KIND_OTHER, "A320s"), "Airbus A320");
	assert_str(seen(KIND_PLACE, "Pacific"), "Pacific Ocean");
	assert_str(seen(KIND_PLACE, "Atlantic"), "Atlantic Ocean");
	ck_assert_int_eq(called_find(STR("roosevelt room"), KIND_OTHER)->kind, KIND_PLACE);
	ck_assert_int_eq(called_find(STR("vanity fair"), KIND_OTHER)->kind, KIND_ORG);
	ck_assert_int_eq(called_find(STR("mcdonalds"), KIND_PERSON)->kind, KIND_ORG);
	assert_str(seen(KIND_ORG, "EPA"), "Environmental Protection Agency");
	assert_str(seen(KIND_ORG, "North Atlantic Treaty Organisation"), "NATO");
	assert_str(seen(KIND_ORG, "Hizbollah"), "Hezbollah");
	assert_str(seen(KIND_ORG, "Da\xE2\x80\x99"
				  "esh"),
		   "Islamic State");
	assert_str(seen(KIND_ORG, "P&G"), "Procter & Gamble");
	assert_str(seen(KIND_ORG, "NYT"), "New York Times");
	assert_str(seen(KIND_ORG, "Acme"), "Acme");
}
END_TEST

START_TEST(people)
{
	assert_str(seen(KIND_PERSON, "Joseph R. Biden Jr."), "Joe Biden");
	assert_str(seen(KIND_PERSON, "Moammar Gadhafi"), "Muammar Gaddafi");
	assert_str(seen(KIND_PERSON, "Kim Jong-un"), "Kim Jong Un");
	assert_str(seen(KIND_PERSON, "George Herbert Walker Bush"), "George H.W. Bush");
	assert_str(seen(KIND_PERSON, "Charles E. Schumer"), "Chuck Schumer");
	assert_str(seen(KIND_PERSON, "Volodymyr Zelenskyy"), "Volodymyr Zelensky");
	assert_str(seen(KIND_PERSON, "Jane Doe"), "Jane Doe");
}
END_TEST

/* Only in texts: what a publisher or a user calls "Putin" is left alone. */
START_TEST(surnames_alone)
{
	assert_str(seen(KIND_PERSON, "Putin"), "Vladimir Putin");
	assert_str(seen(KIND_PERSON, "Kadhafi"), "Muammar Gaddafi");
	assert_str(seen(KIND_PERSON, "Bush"), "Bush");
	assert_str(seen(KIND_ORG, "Trump"), "Trump");
	ck_assert_ptr_null(called_find(STR("putin"), KIND_PERSON));
	assert_str(entity_canonical(KIND_PERSON, STR("Putin"), &arena), "Putin");
}
END_TEST

START_TEST(places)
{
	assert_str(seen(KIND_PLACE, "Calif."), "California");
	assert_str(seen(KIND_PLACE, "Kiev"), "Kyiv");
	assert_str(seen(KIND_PLACE, "Bombay"), "Mumbai");
	assert_str(seen(KIND_PLACE, "Washington, D.C."), "Washington");
	assert_str(seen(KIND_PLACE, "Saigon"), "Ho Chi Minh City");
	assert_str(seen(KIND_PLACE, "Burma"), "Myanmar");
}
END_TEST

static Suite *make_suite(void)
{
	Suite *suite = suite_create("called");
	TCase *all = tcase_create("all");
	tcase_add_checked_fixture(all, NULL, tear_down);
	tcase_add_test(all, rows_are_in_order);
	tcase_add_test(all, names_are_called_so);
	tcase_add_test(all, kinds_matter_where_they_must);
	tcase_add_test(all, organisations);
	tcase_add_test(all, people);
	tcase_add_test(all, surnames_alone);
	tcase_add_test(all, places);
	suite_add_tcase(suite, all);
	return suite;
}

TEST_MAIN(make_suite)
