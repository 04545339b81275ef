#include "../../lib/entity/byline.h"
#include "../../lib/entity/canonical.h"
#include "../../lib/entity/roles_inside.h"
#include "../../lib/entity/topics.h"

#include "dateline/entity.h"
#include "dateline/utf8.h"
#include "testing.h"

static struct arena arena;
static struct buffer first_key, second_key;

static void tear_down(void)
{
	arena_release(&arena);
	buffer_release(&first_key);
	buffer_release(&second_key);
}

static struct str canonical(enum facet_kind kind, const char *name)
{
	return entity_canonical(kind, str_from(name), &arena);
}

static struct str person(const char *name)
{
	return canonical(KIND_PERSON, name);
}

static struct str org(const char *name)
{
	return canonical(KIND_ORG, name);
}

static struct str place(const char *name)
{
	return canonical(KIND_PLACE, name);
}

static struct str author(const char *name)
{
	return canonical(KIND_AUTHOR, name);
}

/* ---- people ---- */

START_TEST(slugs_become_names)
{
	assert_str(person("james-baker"), "James Baker");
	assert_str(person("reagan"), "Reagan");
	assert_str(person("deng-xiaoping"), "Deng Xiaoping");
	assert_str(person("king-fahd"), "King Fahd");
	assert_str(person("james_baker"), "James Baker");
	assert_str(person("james baker"), "James Baker");
	assert_str(person("--james--baker-"), "James Baker");
	/* With blanks, a hyphen is one. */
	assert_str(person("jean-claude juncker"), "Jean-Claude Juncker");
}
END_TEST

START_TEST(particles_and_capitals_inside)
{
	assert_str(person("de-la-madrid"), "De la Madrid");
	assert_str(person("perez-de-cuellar"), "Perez de Cuellar");
	assert_str(person("de-clercq"), "De Clercq");
	assert_str(person("von-weizsaecker"), "Von Weizsaecker");
	assert_str(person("ludwig-van-beethoven"), "Ludwig van Beethoven");
	assert_str(person("osama-bin-laden"), "Osama bin Laden");
	assert_str(person("jose-ortega-y-gasset"), "Jose Ortega y Gasset");
	assert_str(person("mcfarlane"), "McFarlane");
	assert_str(person("john-mccain"), "John McCain");
	assert_str(person("mcg"), "MCG"); /* too short for a clan, and nothing one could say */
	assert_str(person("macsharry"), "MacSharry");
	assert_str(person("leigh-pemberton"), "Leigh-Pemberton");
	assert_str(person("mohammed-ali-abal-khail"), "Mohammed Ali Abal-Khail");
	assert_str(person("shaun o'neill"), "Shaun O'Neill");
	assert_str(person("al d'amato"), "Al D'Amato");
}
END_TEST

START_TEST(initials_and_numbers)
{
	assert_str(person("j-edgar-hoover"), "J. Edgar Hoover");
	assert_str(person("robert-e-lee"), "Robert E. Lee");
	assert_str(person("malcolm-x"), "Malcolm X");
	assert_str(person("john-paul-ii"), "John Paul II");
	assert_str(person("henry-viii"), "Henry VIII");
	assert_str(person("50-cent"), "50 Cent");
	assert_str(person("e.j. dionne jr."), "E.J. Dionne Jr.");
}
END_TEST

START_TEST(names_in_both_cases_stay)
{
	assert_str(person("James Baker"), "James Baker");
	assert_str(person("Miguel de la Madrid"), "Miguel de la Madrid");
	assert_str(person("Macsharry"), "Macsharry");
	assert_str(person("Ban Ki-moon"), "Ban Ki-moon");
	assert_str(person("Kevin Mccarthy"), "Kevin McCarthy");
	assert_str(person("Ada Lund-Mccain Mccoy"), "Ada Lund-McCain McCoy");
	assert_str(person("Mack Mcx Tomccain Machado"), "Mack Mcx Tomccain Machado");
	assert_str(person("毛泽东"), "毛泽东");
	assert_str(person("Владимир Путин"), "Владимир Путин");
}
END_TEST

START_TEST(shouted_names_are_lowered)
{
	assert_str(person("JAMES BAKER"), "James Baker");
	assert_str(person("JOHN PAUL II"), "John Paul II");
	assert_str(person("ÉMILE ZOLA"), "Émile Zola");
	assert_str(person("J. R. MCCOY"), "J. R. MCCOY"); /* but one word of more than a letter */
	assert_str(person("BONO"), "BONO");
}
END_TEST

START_TEST(letters_beyond_ascii)
{
	assert_str(person("émile-zola"), "Émile Zola");
	assert_str(person("øystein-berg"), "Øystein Berg");
	assert_str(person("šime-vrsaljko"), "Šime Vrsaljko");
	assert_str(person("łukasz-żak z"), "Łukasz-Żak Z");
	assert_str(person("иван-p-ёлкин"), "Иван P. Ёлкин");
	assert_str(person("γιώργος-a"), "Γιώργος A");
	/* A letter without a capital stays, and so does what has no cases. */
	assert_str(person("ßa-b"), "ßa B");
	assert_str(person("金-a-正恩"), "金 A. 正恩");
}
END_TEST

START_TEST(turned_names)
{
	assert_str(person("Obama, Barack"), "Barack Obama");
	assert_str(person("King, Martin Luther, Jr."), "Martin Luther King Jr.");
	assert_str(person("de la Madrid, Miguel"), "Miguel de la Madrid");
	assert_str(person("obama, barack"), "Barack Obama");
	assert_str(person("BAKER, JAMES"), "James Baker");
	assert_str(person("Tom Howell, Jr."), "Tom Howell Jr.");
	/* Not turned: what is behind the comma is no forename. */
	assert_str(person("Jane Doe, New York"), "Jane Doe, New York");
	assert_str(person("One, Two, Three"), "One, Two, Three");
	assert_str(person("Doe,"), "Doe,");
	assert_str(person(","), ",");
	assert_str(person(",,,"), ",,,");
}
END_TEST

/* ---- roles ---- */

START_TEST(agencies_go_by_one_name)
{
	static const char *const associated[] = { "AP", "ap", "Associated Press",
						  "the Associated Press", "The  Associated Press" };
	for (size_t i = 0; i < sizeof(associated) / sizeof(associated[0]); i++)
		assert_str(canonical(KIND_AGENCY, associated[i]), "Associated Press");
	assert_str(canonical(KIND_AGENCY, "AFP"), "Agence France-Presse");
	assert_str(canonical(KIND_AGENCY, "the canadian press"), "The Canadian Press");
	assert_str(canonical(KIND_AGENCY, "The Local Wire"), "The Local Wire");
	assert_str(canonical(KIND_AGENCY, "the "), "the");
}
END_TEST

START_TEST(every_agency_is_found_by_each_of_its_names)
{
	for (size_t i = 0; i < agency_count; i++) {
		assert_str(canonical(KIND_AGENCY, agency_table[i].key), agency_table[i].name);
		assert_str(canonical(KIND_AGENCY, agency_table[i].name), agency_table[i].name);
	}
}
END_TEST

START_TEST(datelines_are_places)
{
	assert_str(canonical(KIND_DATELINE, "Washington, D.C."), "Washington");
	assert_str(canonical(KIND_DATELINE, "New York City"), "New York");
	assert_str(canonical(KIND_DATELINE, "peking"), "Beijing");
	assert_str(canonical(KIND_DATELINE, "Wageningen"), "Wageningen");
}
END_TEST

/* ---- organisations ---- */

START_TEST(short_names_of_organisations)
{
	assert_str(org("imf"), "International Monetary Fund");
	assert_str(org("IMF"), "International Monetary Fund");
	assert_str(org("worldbank"), "World Bank");
	assert_str(org("world-bank"), "World Bank");
	assert_str(org("opec"), "OPEC");
	assert_str(org("ec"), "European Community");
	assert_str(org("ico-coffee"), "International Coffee Organization");
	assert_str(org("adb-asia"), "Asian Development Bank");
	assert_str(org("U.N."), "United Nations");
	assert_str(org("nasdaq"), "Nasdaq");
	assert_str(org("tse"), "Tokyo Stock Exchange");
}
END_TEST

START_TEST(codes_are_codes_in_lower_case_only)
{
	/* In capitals these are as often something else. */
	assert_str(org("BSE"), "BSE");
	assert_str(org("bse"), "Brussels Stock Exchange");
	assert_str(org("SET"), "SET");
	assert_str(org("ISA"), "ISA");
}
END_TEST

START_TEST(other_slugs_of_organisations)
{
	assert_str(org("reporters-without-borders"), "Reporters Without Borders");
	assert_str(org("bank-of-the-west"), "Bank of the West");
	assert_str(org("cnn"), "CNN");
	assert_str(org("nbc-union"), "NBC Union");
	assert_str(org("Acme Motor Co"), "Acme Motor Co");
	assert_str(org("eBay"), "eBay");
	assert_str(org("ACME MOTOR"), "ACME MOTOR");
}
END_TEST

/* What the lists of Reuters-21578 use, all of them: none may stay a code. */
static const char *const reuters_orgs[] = {
	"ec",      "imf",      "opec",    "worldbank",  "gatt",      "ico-coffee", "oecd",
	"icco",    "adb-asia", "itc",     "adb-africa", "un",        "unctad",     "fao",
	"inro",    "eib",      "iea",     "ida",        "iwc-wheat", "atpc",       "gcc",
	"isa",     "bis",      "oapec",   "asean",      "escap",     "eca",        "imco",
	"euratom", "iwcc",     "comecon", "efta",       "nyse",      "amex",       "tse",
	"cbt",     "cme",      "lse",     "cboe",       "lme",       "pse",        "liffe",
	"ase",     "nymex",    "tose",    "simex",      "comex",     "fse",        "hkse",
	"nycsce",  "nyce",     "sse",     "asx",        "biffex",    "zse",        "mise",
	"mose",    "ipe",      "stse",    "bse",        "mnse",      "set",        "ose",
};

START_TEST(every_organisation_of_reuters_is_spelled)
{
	for (size_t i = 0; i < sizeof(reuters_orgs) / sizeof(*reuters_orgs); i++) {
		const struct str name = org(reuters_orgs[i]);
		ck_assert_msg(memchr(name.data, ' ', name.len) || str_equal(name, STR("OPEC")),
			      "%s is %.*s", reuters_orgs[i], STR_ARG(name));
	}
}
END_TEST

/* ---- places ---- */

START_TEST(slugs_of_places)
{
	assert_str(place("usa"), "United States");
	assert_str(place("uk"), "United Kingdom");
	assert_str(place("ussr"), "Soviet Union");
	assert_str(place("west-germany"), "West Germany");
	assert_str(place("trinidad-tobago"), "Trinidad and Tobago");
	assert_str(place("yemen-arab-republic"), "North Yemen");
	assert_str(place("yemen-demo-republic"), "South Yemen");
	assert_str(place("us-virgin-islands"), "U.S. Virgin Islands");
	assert_str(place("antigua"), "Antigua and Barbuda");
	assert_str(place("kampuchea"), "Cambodia");
	assert_str(place("ivory-coast"), "Ivory Coast");
	assert_str(place("uae"), "United Arab Emirates");
	assert_str(place("hong-kong"), "Hong Kong");
}
END_TEST

START_TEST(places_as_people_write_them)
{
	assert_str(place("Dutch"), "Netherlands");
	assert_str(place("The Netherlands"), "Netherlands");
	assert_str(place("the  hague"), "The Hague");
	assert_str(place("U.S."), "United States");
	assert_str(place("u.s.a."), "United States");
	assert_str(place("Republic of Albania"), "Albania");
	assert_str(place("Republic of Korea"), "South Korea");
	assert_str(place("Republic of China"), "Taiwan");
	assert_str(place("The Republic of the Philippines"), "Philippines");
	assert_str(place("BEIJING"), "Beijing");
	assert_str(place("Congo"), "Congo");
	assert_str(place("korea"), "Korea");
	assert_str(place("Georgia"), "Georgia");
	assert_str(place("the"), "The");
	assert_str(place("the the"), "The The");
}
END_TEST

START_TEST(places_that_are_not_in_the_list)
{
	assert_str(place("new-orleans"), "New Orleans");
	assert_str(place("isle-of-dogs"), "Isle of Dogs");
	assert_str(place("rio-de-janeiro"), "Rio de Janeiro");
	assert_str(place("rotterdam"), "Rotterdam");
	assert_str(place("Paris, Texas"), "Paris, Texas");
	assert_str(place("NEW ORLEANS"), "NEW ORLEANS");
	assert_str(place("St Joseph"), "St. Joseph");
	assert_str(place("st-joseph"), "St. Joseph");
	assert_str(place("St. Joseph"), "St. Joseph");
	assert_str(place("St "), "St");
	assert_str(place("Stoke"), "Stoke");
}
END_TEST

/* ---- authors ---- */

START_TEST(authors)
{
	assert_str(author("Jane Doe"), "Jane Doe");
	assert_str(author("By Jane Doe"), "Jane Doe");
	assert_str(author("by:  jane doe"), "Jane Doe");
	assert_str(author("By BERNICE NAPACH"), "Bernice Napach");
	assert_str(author("By Rich Miller, Reuters"), "Rich Miller");
	assert_str(author("Doe, Jane"), "Jane Doe");
	assert_str(author("jane-doe"), "Jane Doe");
	assert_str(author("by-jane-doe"), "Jane Doe");
	assert_str(author("By"), "By");
	assert_str(author("By By"), "By");
	assert_str(author("Byron Smith"), "Byron Smith");
	assert_str(author("Analysis by Jane Doe"), "Jane Doe");
	assert_str(author("Opinion"), "Opinion");
	assert_str(author("Brad Schade Reuters"), "Brad Schade");
	assert_str(author("Thomson Reuters"), "Thomson Reuters");
	assert_str(author("by ada mccarthy"), "Ada McCarthy");
	assert_str(author("BBC NEWS"), "BBC News");
	assert_str(author("AFP"), "AFP");
}
END_TEST

START_TEST(what_stands_beside_authors)
{
	static const char *const none[] = {
		"Reuters",      "associated press",        "AP",
		"Staff Writer", "Washington Bureau Chief", "Cnn Political Director",
		"For Cnn",      "jane@example.org",        "Jane.Doe Example.Com"
	};
	static const char *const some[] = { "Jane Doe", "Reuter", "Writer", "Jane Chiefs",
					    "Ap Chan",  "",       ".com",   "Chief" };
	for (size_t i = 0; i < sizeof(none) / sizeof(*none); i++)
		ck_assert_msg(byline_is_no_author(str_from(none[i])), "%s", none[i]);
	for (size_t i = 0; i < sizeof(some) / sizeof(*some); i++)
		ck_assert_msg(!byline_is_no_author(str_from(some[i])), "%s", some[i]);
}
END_TEST

START_TEST(furniture_is_no_author)
{
	static const char *const none[] = { "Backgroundurl Avatar_Large",
					    "Comment Count",
					    "Popular Tags",
					    "Story Count",
					    "In July Of",
					    "Cond\u00e9 Nast" };
	for (size_t i = 0; i < sizeof(none) / sizeof(*none); i++)
		ck_assert_msg(byline_is_furniture(str_from(none[i])), "%s", none[i]);
	ck_assert(!byline_is_furniture(STR("Ada Story")));
	ck_assert(!byline_is_furniture(STR("")));
}
END_TEST

/* ---- other kinds ---- */

START_TEST(other_kinds_keep_their_text)
{
	assert_str(canonical(KIND_TOPIC, "  money-fx\n"), "money-fx");
	assert_str(canonical(KIND_TOPIC, "White\t\n House"), "White House");
	assert_str(canonical(KIND_SECTION, "world"), "world");
	assert_str(canonical(KIND_SOURCE, "CNN (Web News)"), "CNN (Web News)");
	assert_str(canonical(KIND_OTHER, "a\xC2\xA0 b"), "a b");
	assert_str(canonical(KIND_TOPIC, " \t "), "");
	assert_str(canonical(KIND_NONE, ""), "");
	assert_str(entity_canonical(KIND_PERSON, (struct str){ NULL, 0 }, &arena), "");
	for (int kind = KIND_NONE; kind < KIND_COUNT; kind++)
		assert_str(canonical(kind, " \n\xE3\x80\x80"), "");
}
END_TEST

START_TEST(languages_are_codes)
{
	assert_str(canonical(KIND_LANGUAGE, "English"), "en");
	assert_str(canonical(KIND_LANGUAGE, "en-GB"), "en");
	assert_str(canonical(KIND_LANGUAGE, "EN"), "en");
	assert_str(canonical(KIND_LANGUAGE, "german"), "de");
	assert_str(canonical(KIND_LANGUAGE, "Klingon"), "Klingon");
}
END_TEST

START_TEST(white_space_goes_first)
{
	assert_str(person("  Kajsa\nOllongren"), "Kajsa Ollongren");
	assert_str(place(" united \n states "), "United States");
	assert_str(org("\tworld  bank"), "World Bank");
}
END_TEST

/* ---- topics ---- */

static struct str topic(const char *name)
{
	return canonical(KIND_TOPIC, name);
}

START_TEST(paths_of_topics_are_written_alike)
{
	static const char *const spellings[] = {
		"World > Asia > China", "World>Asia>China",       "World / Asia / China",
		"World/Asia/China",     "/World/Asia/China",      "/World/Asia/China/",
		"World > Asia / China", "World //Asia// China",   " > World >  > Asia>China >",
		"/World > /Asia/China", "World\t>\nAsia > China",
	};
	for (size_t i = 0; i < sizeof(spellings) / sizeof(spellings[0]); i++)
		assert_str(topic(spellings[i]), "World > Asia > China");
	assert_str(topic("World / Asia"), "World > Asia");
	assert_str(topic("/World/Asia"), "World > Asia");
	assert_str(topic("/World"), "World");
	assert_str(topic("Top/News/World"), "Top > News > World");
	assert_str(topic("World > Asia/Pacific"), "World > Asia/Pacific");
	assert_str(topic("Новости/Мир/Азия"), "Новости > Мир > Азия");
}
END_TEST

START_TEST(other_topics_stay_one)
{
	static const char *const topics[] = {
		"AC/DC",
		"24/7",
		"TV/Film",
		"9/11",
		"24/7/365",
		"12/31/2019",
		"a->b",
		"input => out",
		"https://a.example/b/c",
		"/24/7",
		">",
		"//",
		"M&A",
		"World Asia",
		"C / ",
	};
	for (size_t i = 0; i < sizeof(topics) / sizeof(topics[0]); i++)
		assert_str(topic(topics[i]), i == 14 ? "C /" : topics[i]);
}
END_TEST

START_TEST(what_is_too_deep_is_no_path)
{
	assert_str(topic("a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p"),
		   "a > b > c > d > e > f > g > h > i > j > k > l > m > n > o > p");
	assert_str(topic("a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q"), "a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q");
}
END_TEST

/* Of anything that looks like a path, the start up to any level is a canonical topic, and its levels are the same. */
START_TEST(the_start_of_a_path_is_a_topic)
{
	static const char *const pieces[] = { "a",   "9", "/",   " / ", ">",
					      " > ", "-", "b c", "://", "=" };
	uint64_t seed = 7;
	for (int round = 0; round < 20000; round++) {
		size_t lengths[TOPIC_DEPTH_MAX], again[TOPIC_DEPTH_MAX];
		buffer_reset(&first_key);
		for (int i = 0; i < 12; i++) {
			seed = seed * 6364136223846793005u + 1442695040888963407u;
			buffer_add_text(&first_key, pieces[(seed >> 33) % 10]);
		}
		const struct str name = topic(first_key.data);
		const size_t levels = topic_levels(name, lengths);
		ck_assert_uint_eq(lengths[levels - 1], name.len);
		for (size_t i = 0; i < levels; i++) {
			const struct str start = { name.data, lengths[i] };
			const struct str once = entity_canonical(KIND_TOPIC, start, &arena);
			ck_assert_msg(str_equal(once, start), "\"%s\": \"%.*s\" is \"%.*s\"",
				      first_key.data, STR_ARG(start), STR_ARG(once));
			ck_assert_uint_eq(topic_levels(start, again), i + 1);
			ck_assert(memcmp(lengths, again, (i + 1) * sizeof(*again)) == 0);
		}
	}
}
END_TEST

/* ---- what holds for every name ---- */

static void check(enum facet_kind kind, struct str name)
{
	const struct str once = entity_canonical(kind, name, &arena);
	const struct str twice = entity_canonical(kind, once, &arena);
	ck_assert_msg(str_equal(once, twice), "%d: \"%.*s\" is \"%.*s\", then \"%.*s\"", kind,
		      STR_ARG(name), STR_ARG(once), STR_ARG(twice));
	ck_assert(utf8_is_clean(once));
	/* So is whatever else is one with it. */
	buffer_reset(&first_key);
	utf8_name_key(name, &first_key);
	if (kind != KIND_PLACE)
		return;
	const struct str of_key = entity_canonical(kind, buffer_str(&first_key), &arena);
	buffer_reset(&first_key);
	buffer_reset(&second_key);
	utf8_name_key(once, &first_key);
	utf8_name_key(of_key, &second_key);
	ck_assert_msg(str_equal(buffer_str(&first_key), buffer_str(&second_key)),
		      "\"%.*s\": \"%.*s\" and \"%.*s\"", STR_ARG(name), STR_ARG(once),
		      STR_ARG(of_key));
}

START_TEST(twice_is_once_for_every_row)
{
	for (size_t i = 0; i < gazetteer_count; i++) {
		check(KIND_PLACE, str_from(gazetteer_names[i].key));
		check(KIND_ORG, str_from(gazetteer_names[i].key));
		check(KIND_PERSON, str_from(gazetteer_names[i].key));
	}
	for (size_t i = 1; i < PLACE_COUNT; i++) {
		const struct str name = str_from(place_table[i].name);
		check(KIND_PLACE, name);
		assert_str(entity_canonical(KIND_PLACE, name, &arena), place_table[i].name);
	}
	for (size_t i = 0; i < org_alias_count; i++) {
		check(KIND_ORG, str_from(org_aliases[i].key));
		assert_str(org(org_aliases[i].key), org_aliases[i].name);
		assert_str(org(org_aliases[i].name), org_aliases[i].name);
	}
	for (size_t i = 0; i < spelled_people_count; i++) {
		check(KIND_PERSON, str_from(spelled_people[i].key));
		assert_str(person(spelled_people[i].name), spelled_people[i].name);
	}
}
END_TEST

START_TEST(tables_are_in_order)
{
	for (size_t i = 1; i < org_alias_count; i++)
		ck_assert_msg(strcmp(org_aliases[i - 1].key, org_aliases[i].key) < 0, "%s",
			      org_aliases[i].key);
	for (size_t i = 1; i < spelled_people_count; i++)
		ck_assert_msg(strcmp(spelled_people[i - 1].key, spelled_people[i].key) < 0, "%s",
			      spelled_people[i].key);
	/* A spelling is one of the same key. */
	for (size_t i = 0; i < spelled_people_count; i++) {
		buffer_reset(&first_key);
		utf8_name_key(str_from(spelled_people[i].name), &first_key);
		assert_str(buffer_str(&first_key), spelled_people[i].key);
	}
}
END_TEST

START_TEST(twice_is_once_for_names_of_any_shape)
{
	static const char *const pieces[] = {
		"a",        "B",
		"by",       "By ",
		"BY:",      "-",
		"_",        " ",
		".",        ",",
		"'",        "mc",
		"ii",       "jr",
		"o'",       "de",
		"the",      "von",
		"é",        "É",
		"ß",        "ı",
		"İ",        "ÿ",
		"金",       "@",
		"reuters",  "staff",
		"writer",   "usa",
		"st.",      "X",
		"cnn",      "republic of ",
		"\xC2\xAD", "\xE2\x80\x99",
		"ǆ",        "ŉ",
		"ά",        "ǳ",
	};
	const size_t count = sizeof(pieces) / sizeof(*pieces);
	uint32_t state = 1;
	struct buffer name = { 0 };
	for (int round = 0; round < 20000; round++) {
		buffer_reset(&name);
		for (uint32_t left = 1 + (state >> 8) % 9; left > 0; left--) {
			state = state * 1664525 + 1013904223;
			buffer_add_text(&name, pieces[(state >> 8) % count]);
		}
		for (int kind = KIND_PERSON; kind < KIND_COUNT; kind++)
			check(kind, buffer_str(&name));
		arena_reset(&arena);
	}
	buffer_release(&name);
}
END_TEST

static void add_names(TCase *tests)
{
	tcase_add_test(tests, slugs_become_names);
	tcase_add_test(tests, particles_and_capitals_inside);
	tcase_add_test(tests, initials_and_numbers);
	tcase_add_test(tests, names_in_both_cases_stay);
	tcase_add_test(tests, shouted_names_are_lowered);
	tcase_add_test(tests, letters_beyond_ascii);
	tcase_add_test(tests, turned_names);
	tcase_add_test(tests, agencies_go_by_one_name);
	tcase_add_test(tests, every_agency_is_found_by_each_of_its_names);
	tcase_add_test(tests, datelines_are_places);
	tcase_add_test(tests, short_names_of_organisations);
	tcase_add_test(tests, codes_are_codes_in_lower_case_only);
	tcase_add_test(tests, other_slugs_of_organisations);
	tcase_add_test(tests, every_organisation_of_reuters_is_spelled);
	tcase_add_test(tests, slugs_of_places);
	tcase_add_test(tests, places_as_people_write_them);
	tcase_add_test(tests, places_that_are_not_in_the_list);
	tcase_add_test(tests, authors);
	tcase_add_test(tests, what_stands_beside_authors);
	tcase_add_test(tests, furniture_is_no_author);
	tcase_add_test(tests, other_kinds_keep_their_text);
	tcase_add_test(tests, languages_are_codes);
	tcase_add_test(tests, white_space_goes_first);
}

static Suite *make_suite(void)
{
	Suite *suite = suite_create("canonical");
	TCase *tests = tcase_create("all");
	tcase_set_timeout(tests, 60);
	tcase_add_checked_fixture(tests, NULL, tear_down);
	add_names(tests);
	tcase_add_test(tests, paths_of_topics_are_written_alike);
	tcase_add_test(tests, other_topics_stay_one);
	tcase_add_test(tests, what_is_too_deep_is_no_path);
	tcase_add_test(tests, the_start_of_a_path_is_a_topic);
	tcase_add_test(tests, twice_is_once_for_every_row);
	tcase_add_test(tests, tables_are_in_order);
	tcase_add_test(tests, twice_is_once_for_names_of_any_shape);
	suite_add_tcase(suite, tests);
	return suite;
}

TEST_MAIN(make_suite)
