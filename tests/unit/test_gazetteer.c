#include "../../lib/entity/gazetteer.h"

#include "dateline/utf8.h"
#include "testing.h"

static struct buffer buffer;

static void tear_down(void)
{
	buffer_release(&buffer);
}

static struct str key_of(struct str name)
{
	buffer_reset(&buffer);
	utf8_name_key(name, &buffer);
	return buffer_str(&buffer);
}

static enum place_id place_of(const char *name)
{
	return gazetteer_place(key_of(str_from(name)));
}

#define ck_assert_place(text, expected)                                                            \
	do {                                                                                       \
		const enum place_id place_ = place_of(text);                                       \
		ck_assert_msg(place_ == (expected), "%s is \"%s\", not \"%s\"", text,              \
			      place_table[place_].name, place_table[expected].name);               \
	} while (0)

/* ---- the tables themselves ---- */

START_TEST(keys_are_in_order)
{
	ck_assert_uint_gt(gazetteer_count, 1500);
	for (size_t i = 1; i < gazetteer_count; i++) {
		const struct gazetteer_name *before = &gazetteer_names[i - 1],
					    *name = &gazetteer_names[i];
		const int order = strcmp(before->key, name->key);
		ck_assert_msg(order <= 0, "\"%s\" stands before \"%s\"", before->key, name->key);
		/* One key, several places: the rarer meaning first, and never one place twice. */
		if (order == 0) {
			ck_assert_msg(before->care & (CARE_ALT | CARE_PAST),
				      "\"%s\" is there twice", name->key);
			ck_assert_msg(before->place != name->place, "\"%s\" is there twice",
				      name->key);
		}
	}
}
END_TEST

START_TEST(keys_are_keys)
{
	for (size_t i = 0; i < gazetteer_count; i++) {
		const struct gazetteer_name *name = &gazetteer_names[i];
		ck_assert_uint_eq(name->length, strlen(name->key));
		ck_assert_uint_gt(name->length, 0);
		assert_str(key_of(str_from(name->key)), name->key);
		/* Commas part no words of a text. */
		if (strchr(name->key, ','))
			ck_assert_msg(name->use == USE_GIVEN, "\"%s\" is never found", name->key);
	}
}
END_TEST

START_TEST(uses_and_places_agree)
{
	for (size_t i = 0; i < gazetteer_count; i++) {
		const struct gazetteer_name *name = &gazetteer_names[i];
		ck_assert_uint_lt(name->place, PLACE_COUNT);
		ck_assert_msg((name->use == USE_BLOCK) == (name->place == PLACE_NONE),
			      "\"%s\" has a wrong place", name->key);
		if (name->care & CARE_LOWER)
			ck_assert_msg(name->use == USE_BLOCK, "\"%s\" may be in lower case",
				      name->key);
		if (name->use == USE_GIVEN)
			ck_assert_msg(!name->care, "\"%s\" is never in a text", name->key);
	}
}
END_TEST

START_TEST(capitals_are_of_countries)
{
	size_t capitals = 0;
	for (size_t i = 1; i < PLACE_COUNT; i++) {
		const enum place_id country = place_table[i].country;
		ck_assert_uint_gt(strlen(place_table[i].name), 2);
		capitals += country != PLACE_NONE;
		ck_assert_msg(place_table[country].country == PLACE_NONE, "%s is of a capital",
			      place_table[i].name);
	}
	ck_assert_uint_gt(capitals, 190);
}
END_TEST

START_TEST(every_place_is_found_by_its_name)
{
	for (size_t i = 1; i < PLACE_COUNT; i++)
		ck_assert_place(place_table[i].name, i);
}
END_TEST

/* ---- countries ---- */

/* ISO 3166-1, in the English of the Common Locale Data Repository. */
static const char *const iso_countries[] = {
	"Afghanistan",
	"Albania",
	"Algeria",
	"American Samoa",
	"Andorra",
	"Angola",
	"Anguilla",
	"Antarctica",
	"Antigua and Barbuda",
	"Argentina",
	"Armenia",
	"Aruba",
	"Australia",
	"Austria",
	"Azerbaijan",
	"Bahamas",
	"Bahrain",
	"Bangladesh",
	"Barbados",
	"Belarus",
	"Belgium",
	"Belize",
	"Benin",
	"Bermuda",
	"Bhutan",
	"Bolivia",
	"Bosnia",
	"Botswana",
	"Bouvet Island",
	"Brazil",
	"British Indian Ocean Territory",
	"British Virgin Islands",
	"Brunei",
	"Bulgaria",
	"Burkina Faso",
	"Burundi",
	"Cambodia",
	"Cameroon",
	"Canada",
	"Cape Verde",
	"Caribbean Netherlands",
	"Cayman Islands",
	"Central African Republic",
	"Chad",
	"Chile",
	"China",
	"Christmas Island",
	"Cocos Islands",
	"Colombia",
	"Comoros",
	"Congo - Brazzaville",
	"Congo - Kinshasa",
	"Cook Islands",
	"Costa Rica",
	"Croatia",
	"Cuba",
	"Curaçao",
	"Cyprus",
	"Czechia",
	"Côte d'Ivoire",
	"Denmark",
	"Djibouti",
	"Dominica",
	"Dominican Republic",
	"Ecuador",
	"Egypt",
	"El Salvador",
	"Equatorial Guinea",
	"Eritrea",
	"Estonia",
	"Eswatini",
	"Ethiopia",
	"Falkland Islands",
	"Faroe Islands",
	"Fiji",
	"Finland",
	"France",
	"French Guiana",
	"French Polynesia",
	"French Southern Territories",
	"Gabon",
	"Gambia",
	"Georgia",
	"Germany",
	"Ghana",
	"Gibraltar",
	"Greece",
	"Greenland",
	"Grenada",
	"Guadeloupe",
	"Guam",
	"Guatemala",
	"Guernsey",
	"Guinea",
	"Guinea-Bissau",
	"Guyana",
	"Haiti",
	"Heard and McDonald Islands",
	"Honduras",
	"Hong Kong",
	"Hungary",
	"Iceland",
	"India",
	"Indonesia",
	"Iran",
	"Iraq",
	"Ireland",
	"Isle of Man",
	"Israel",
	"Italy",
	"Jamaica",
	"Japan",
	"Jersey",
	"Jordan",
	"Kazakhstan",
	"Kenya",
	"Kiribati",
	"Kuwait",
	"Kyrgyzstan",
	"Laos",
	"Latvia",
	"Lebanon",
	"Lesotho",
	"Liberia",
	"Libya",
	"Liechtenstein",
	"Lithuania",
	"Luxembourg",
	"Macao",
	"Madagascar",
	"Malawi",
	"Malaysia",
	"Maldives",
	"Mali",
	"Malta",
	"Marshall Islands",
	"Martinique",
	"Mauritania",
	"Mauritius",
	"Mayotte",
	"Mexico",
	"Micronesia",
	"Moldova",
	"Monaco",
	"Mongolia",
	"Montenegro",
	"Montserrat",
	"Morocco",
	"Mozambique",
	"Myanmar",
	"Namibia",
	"Nauru",
	"Nepal",
	"Netherlands",
	"New Caledonia",
	"New Zealand",
	"Nicaragua",
	"Niger",
	"Nigeria",
	"Niue",
	"Norfolk Island",
	"North Korea",
	"North Macedonia",
	"Northern Mariana Islands",
	"Norway",
	"Oman",
	"Pakistan",
	"Palau",
	"Palestine",
	"Panama",
	"Papua New Guinea",
	"Paraguay",
	"Peru",
	"Philippines",
	"Pitcairn",
	"Poland",
	"Portugal",
	"Puerto Rico",
	"Qatar",
	"Romania",
	"Russia",
	"Rwanda",
	"Réunion",
	"Samoa",
	"San Marino",
	"Saudi Arabia",
	"Senegal",
	"Serbia",
	"Seychelles",
	"Sierra Leone",
	"Singapore",
	"Sint Maarten",
	"Slovakia",
	"Slovenia",
	"Solomon Islands",
	"Somalia",
	"South Africa",
	"South Georgia and South Sandwich Islands",
	"South Korea",
	"South Sudan",
	"Spain",
	"Sri Lanka",
	"St. Barthélemy",
	"St. Helena",
	"St. Kitts and Nevis",
	"St. Lucia",
	"St. Martin",
	"St. Pierre and Miquelon",
	"St. Vincent and Grenadines",
	"Sudan",
	"Suriname",
	"Svalbard and Jan Mayen",
	"Sweden",
	"Switzerland",
	"Syria",
	"São Tomé and Príncipe",
	"Taiwan",
	"Tajikistan",
	"Tanzania",
	"Thailand",
	"Timor-Leste",
	"Togo",
	"Tokelau",
	"Tonga",
	"Trinidad and Tobago",
	"Tunisia",
	"Turkmenistan",
	"Turks and Caicos Islands",
	"Tuvalu",
	"Türkiye",
	"U.S. Minor Outlying Islands",
	"U.S. Virgin Islands",
	"UK",
	"US",
	"Uganda",
	"Ukraine",
	"United Arab Emirates",
	"Uruguay",
	"Uzbekistan",
	"Vanuatu",
	"Vatican City",
	"Venezuela",
	"Vietnam",
	"Wallis and Futuna",
	"Western Sahara",
	"Yemen",
	"Zambia",
	"Zimbabwe",
	"Åland Islands",
};

START_TEST(every_country_of_iso_3166_is_a_place)
{
	bool seen[PLACE_COUNT] = { false };
	const size_t count = sizeof(iso_countries) / sizeof(*iso_countries);
	ck_assert_uint_eq(count, 249);
	for (size_t i = 0; i < count; i++) {
		const enum place_id place = place_of(iso_countries[i]);
		ck_assert_msg(place != PLACE_NONE, "%s is missing", iso_countries[i]);
		ck_assert_msg(place_table[place].country == PLACE_NONE, "%s is a capital",
			      iso_countries[i]);
		ck_assert_msg(!seen[place], "%s is another's place", iso_countries[i]);
		seen[place] = true;
	}
}
END_TEST

START_TEST(countries_by_other_names)
{
	ck_assert_place("Holland", PLACE_NETHERLANDS);
	ck_assert_place("Dutch", PLACE_NETHERLANDS);
	ck_assert_place("Dutchmen", PLACE_NETHERLANDS);
	ck_assert_place("Burma", PLACE_MYANMAR);
	ck_assert_place("Côte d'Ivoire", PLACE_IVORY_COAST);
	ck_assert_place("Cote d’Ivoire", PLACE_IVORY_COAST);
	ck_assert_place("Türkiye", PLACE_TURKEY);
	ck_assert_place("TURKEY", PLACE_TURKEY);
	ck_assert_place("Great Britain", PLACE_UNITED_KINGDOM);
	ck_assert_place("U.K.", PLACE_UNITED_KINGDOM);
	ck_assert_place("UK", PLACE_UNITED_KINGDOM);
	ck_assert_place("U.S.A.", PLACE_UNITED_STATES);
	ck_assert_place("us", PLACE_UNITED_STATES);
	ck_assert_place("U.S.", PLACE_UNITED_STATES);
	ck_assert_place("Zaire", PLACE_DEMOCRATIC_REPUBLIC_OF_THE_CONGO);
	ck_assert_place("Czechia", PLACE_CZECH_REPUBLIC);
	ck_assert_place("People's Republic of China", PLACE_CHINA);
	ck_assert_place("Republic of China", PLACE_TAIWAN);
	ck_assert_place("Korea, South", PLACE_SOUTH_KOREA);
	ck_assert_place("Washington, D.C.", PLACE_WASHINGTON);
	ck_assert_place("Peking", PLACE_BEIJING);
	ck_assert_place("St. Lucia", PLACE_SAINT_LUCIA);
}
END_TEST

START_TEST(countries_that_are_no_more_are_their_own)
{
	ck_assert_place("USSR", PLACE_SOVIET_UNION);
	ck_assert_place("Soviets", PLACE_SOVIET_UNION);
	ck_assert_place("Yugoslavia", PLACE_YUGOSLAVIA);
	ck_assert_place("Czechoslovak", PLACE_CZECHOSLOVAKIA);
	ck_assert_place("West Germany", PLACE_WEST_GERMANY);
	ck_assert_place("GDR", PLACE_EAST_GERMANY);
	ck_assert_place("yemen-arab-republic", PLACE_NORTH_YEMEN);
	ck_assert_place("Scottish", PLACE_SCOTLAND);
	ck_assert_place("Northern Ireland", PLACE_NORTHERN_IRELAND);
}
END_TEST

START_TEST(names_that_are_no_place)
{
	ck_assert_place("", PLACE_NONE);
	ck_assert_place("Ruritania", PLACE_NONE);
	ck_assert_place("English", PLACE_NONE);
	ck_assert_place("American Airlines", PLACE_NONE);
	ck_assert_place("Abkhazia", PLACE_NONE);
	/* Which of the two a publisher means is not known. */
	ck_assert_place("Korea", PLACE_NONE);
	ck_assert_place("Congo", PLACE_NONE);
	/* What is West Germany in old texts is Germany in a list. */
	ck_assert_place("Germany", PLACE_GERMANY);
}
END_TEST

START_TEST(keys_of_any_bytes)
{
	ck_assert_uint_eq(gazetteer_place(STR("china\0")), PLACE_NONE);
	ck_assert_uint_eq(gazetteer_place(STR("chin")), PLACE_NONE);
	ck_assert_uint_eq(gazetteer_place(STR("chinaa")), PLACE_NONE);
	ck_assert_uint_eq(gazetteer_place((struct str){ NULL, 0 }), PLACE_NONE);
	ck_assert_uint_eq(gazetteer_place(STR("\xFF\xFF")), PLACE_NONE);
	ck_assert_uint_eq(gazetteer_place(STR("zzzz")), PLACE_NONE);
	ck_assert_uint_eq(gazetteer_place(STR("\x01")), PLACE_NONE);
	char longest[4096];
	memset(longest, 'a', sizeof(longest));
	for (size_t len = 0; len < sizeof(longest); len += 13)
		ck_assert_uint_eq(gazetteer_place((struct str){ longest, len }), PLACE_NONE);
	/* Only so many bytes are looked at, whatever is behind them. */
	ck_assert_uint_eq(gazetteer_place((struct str){ "chinatown", 5 }), PLACE_CHINA);
}
END_TEST

static Suite *make_suite(void)
{
	Suite *suite = suite_create("gazetteer");
	TCase *tests = tcase_create("all");
	tcase_add_checked_fixture(tests, NULL, tear_down);
	tcase_add_test(tests, keys_are_in_order);
	tcase_add_test(tests, keys_are_keys);
	tcase_add_test(tests, uses_and_places_agree);
	tcase_add_test(tests, capitals_are_of_countries);
	tcase_add_test(tests, every_place_is_found_by_its_name);
	tcase_add_test(tests, every_country_of_iso_3166_is_a_place);
	tcase_add_test(tests, countries_by_other_names);
	tcase_add_test(tests, countries_that_are_no_more_are_their_own);
	tcase_add_test(tests, names_that_are_no_place);
	tcase_add_test(tests, keys_of_any_bytes);
	suite_add_tcase(suite, tests);
	return suite;
}

TEST_MAIN(make_suite)
