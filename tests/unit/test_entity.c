#include "dateline/entity.h"

#include "dateline/utf8.h"
#include "entity_names.h"
#include "testing.h"

static struct text_builder builder;
static struct analyser *analyser;
static struct token_list tokens;
static struct arena arena;
static struct article article;
static struct entity_result result;
static enum entity_mode mode;

static void set_up(void)
{
	article = (struct article){ 0 };
	mode = ENTITIES_AUTO;
	text_builder_reset(&builder);
	analyser = analyser_new();
	analyser_set_language(analyser, language_find(STR("en")));
}

static void tear_down(void)
{
	text_builder_release(&builder);
	analyser_free(analyser);
	token_list_release(&tokens);
	arena_release(&arena);
}

/* ---- what holds for every result ---- */

static struct str key_of(struct str name, struct buffer *buffer)
{
	buffer_reset(buffer);
	utf8_name_key(name, buffer);
	return buffer_str(buffer);
}

static void check_entities(void)
{
	struct buffer first = { 0 }, second = { 0 };
	for (size_t i = 0; i < result.entity_count; i++) {
		const struct entity *entity = &result.entities[i];
		ck_assert_uint_gt(entity->kind, KIND_NONE);
		ck_assert_uint_lt(entity->kind, KIND_COUNT);
		ck_assert_uint_gt(key_of(entity->name, &first).len, 0);
		for (size_t j = 0; j < i; j++)
			ck_assert_msg(entity->kind != result.entities[j].kind ||
					      !str_equal(buffer_str(&first),
							 key_of(result.entities[j].name, &second)),
				      "%.*s is there twice", STR_ARG(entity->name));
	}
	buffer_release(&first);
	buffer_release(&second);
}

static void check_mentions(void)
{
	uint32_t ends[KIND_COUNT] = { 0 }, start = 0;
	for (size_t i = 0; i < result.mention_count; i++) {
		const struct mention *mention = &result.mentions[i];
		ck_assert_uint_lt(mention->entity, result.entity_count);
		const unsigned kind = result.entities[mention->entity].kind;
		ck_assert_uint_ge(mention->start, start);
		ck_assert_uint_ge(mention->start, ends[kind]);
		ck_assert_uint_lt(mention->start, mention->end);
		ck_assert_uint_le(mention->end, article.text.len);
		ck_assert(mention->rule != RULE_NONE && mention->rule < RULE_COUNT);
		ck_assert(mention->confidence > 0 && mention->confidence <= 100);
		start = mention->start;
		ends[kind] = mention->end;
	}
}

static void recognise(struct recogniser *recogniser)
{
	text_builder_finish(&builder, &arena, &article);
	tokens.count = 0;
	uint32_t position = 0;
	for (size_t i = 0; i < article.paragraph_count; i++) {
		const struct paragraph *paragraph = &article.paragraphs[i];
		const struct str text = { article.text.data + paragraph->start,
					  paragraph->end - paragraph->start };
		position = analyser_run(analyser, text, paragraph->start, position, &tokens);
	}
	recogniser_run(recogniser, &article, &tokens, &arena, &result);
	check_entities();
	check_mentions();
}

static void run(void)
{
	struct recogniser *recogniser = recogniser_new(mode, NULL);
	recognise(recogniser);
	recogniser_free(recogniser);
}

static void title(const char *text)
{
	text_builder_add(&builder, PARAGRAPH_TITLE, str_from(text));
}

static void paragraph(const char *text)
{
	text_builder_add(&builder, PARAGRAPH_TEXT, str_from(text));
}

static struct str names(enum facet_kind kind)
{
	return entity_names(&result, kind, &arena);
}

static struct str variant(size_t entity)
{
	const struct str_list *variants = &result.entities[entity].variants;
	return variants->count ? variants->items[0] : STR("");
}

/* Roles and dates have suites of their own. */
static bool is_name(const struct mention *mention)
{
	return result.entities[mention->entity].kind <= KIND_OTHER;
}

static size_t count_names(void)
{
	size_t count = 0;
	for (size_t i = 0; i < result.mention_count; i++)
		count += is_name(&result.mentions[i]);
	return count;
}

/* Each mention as "text=name", with "; " between them. */
static struct str mentions(void)
{
	struct buffer all = { 0 };
	for (size_t i = 0; i < result.mention_count; i++) {
		const struct mention *mention = &result.mentions[i];
		if (!is_name(mention))
			continue;
		if (all.len)
			buffer_add_text(&all, "; ");
		buffer_add(&all, article.text.data + mention->start, mention->end - mention->start);
		buffer_add_char(&all, '=');
		buffer_add_str(&all, result.entities[mention->entity].name);
	}
	const struct str copy = arena_copy(&arena, buffer_str(&all));
	buffer_release(&all);
	return copy;
}

/* The places of an article of one paragraph. */
static struct str places_in(const char *text)
{
	text_builder_reset(&builder);
	paragraph(text);
	run();
	return names(KIND_PLACE);
}

static struct str mentions_in(const char *text)
{
	places_in(text);
	return mentions();
}

static struct str_list list(const char *const *items, size_t count)
{
	struct str_list all = { arena_alloc(&arena, (count + 1) * sizeof(*all.items)), count };
	for (size_t i = 0; i < count; i++)
		all.items[i] = str_from(items[i]);
	return all;
}

#define LIST(...)                                                                                  \
	list((const char *const[]){ __VA_ARGS__ },                                                 \
	     sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(const char *))

/* ---- names of places ---- */

START_TEST(countries_and_demonyms_are_one)
{
	assert_str(mentions_in("The Dutch met the Chinese. The Netherlands and China signed, said the "
			       "Dutch minister in Beijing."),
		   "Dutch=Netherlands; Chinese=China; Netherlands=Netherlands; China=China; "
		   "Dutch=Netherlands; Beijing=Beijing");
	assert_str(names(KIND_PLACE), "Netherlands; China; Beijing");
	ck_assert_uint_eq(result.mentions[0].rule, RULE_DEMONYM);
	ck_assert_uint_eq(result.mentions[2].rule, RULE_GAZETTEER);
	assert_str(variant(0), "Dutch");
	ck_assert_uint_eq(result.entities[2].variants.count, 0);
	assert_str(places_in("A Briton, two Frenchwomen, a Spaniard and some Filipinos met a Turk."),
		   "United Kingdom; France; Spain; Philippines; Turkey");
}
END_TEST

START_TEST(longer_names_win)
{
	assert_str(places_in("They flew from Papua New Guinea to Guinea-Bissau and Niger."),
		   "Papua New Guinea; Guinea-Bissau; Niger");
	assert_str(places_in("Nigeria and Nigerians, in Northern Ireland."),
		   "Nigeria; Northern Ireland");
	assert_str(places_in("The Democratic People's Republic of Korea and the People's Republic of "
			     "China, not the Republic of China."),
		   "North Korea; China; Taiwan");
	assert_str(places_in("Mexico City is in Mexico."), "Mexico City; Mexico");
	assert_str(places_in("The South Korean and the North Koreans spoke."),
		   "South Korea; North Korea");
	assert_str(places_in("From St. Lucia to St. Vincent and the Grenadines."),
		   "Saint Lucia; Saint Vincent and the Grenadines");
	assert_str(
		places_in("To Bosnia-Herzegovina, Port-au-Prince, Dar es Salaam and Cote d'Ivoire."),
		"Bosnia and Herzegovina; Port-au-Prince; Dar es Salaam; Ivory Coast");
	assert_str(places_in("Trinidad & Tobago and C\u00f4te d\u2019Ivoire play in N\u2019Djamena."),
		   "Trinidad and Tobago; Ivory Coast; N'Djamena");
}
END_TEST

START_TEST(names_inside_other_names)
{
	assert_str(places_in("Latin America, South America and the Latin American states."), "");
	assert_str(places_in("Bank of America and American Airlines fly over the Indian Ocean."), "");
	assert_str(places_in("She left New Mexico and New Guinea for New England, with a Guinea pig."),
		   "");
	assert_str(places_in("The Washington Post and Washington state."), "");
	assert_str(places_in("The Gulf of Mexico, the South China Sea and the Sea of Japan."), "");
	/* But what is no such name is not lost. */
	assert_str(places_in("The American can do more in Latin countries."), "United States");
	assert_str(places_in("Visitors like New Mexico. Mexico is near."), "Mexico");
}
END_TEST

START_TEST(hyphens)
{
	assert_str(mentions_in("The U.S.-backed, Dutch-led and Chinese-made Anglo-French plan."),
		   "U.S.=United States; Dutch=Netherlands; Chinese=China; French=France");
	assert_str(places_in("The Sino-Soviet border."), "Soviet Union");
	assert_str(places_in("Inter-American and Pan-American games."), "");
}
END_TEST

START_TEST(possessives_and_spans)
{
	places_in("China's and the Philippines' shares; the U.S. fell.");
	ck_assert_uint_eq(result.mention_count, 3);
	assert_str(mentions(), "China=China; Philippines=Philippines; U.S.=United States");
	ck_assert_uint_eq(result.mentions[0].start, 0);
	ck_assert_uint_eq(result.mentions[0].end, 5);
}
END_TEST

START_TEST(us_is_a_word)
{
	assert_str(places_in("They gave us a reason, and Us too."), "");
	assert_str(places_in("The US said so."), "United States");
	assert_str(places_in("US officials said so."), "United States");
	assert_str(places_in("The U.S.A. and the USSR and the uk."), "United States; Soviet Union");
	assert_str(places_in("America and the Americans."), "United States");
	/* In a line of capitals it may be either. */
	assert_str(places_in("WHAT THEY TOLD US YESTERDAY"), "");
	text_builder_reset(&builder);
	title("WHAT THE US SAID");
	paragraph("The U.S. said nothing, said the spokesman of the ministry.");
	run();
	assert_str(mentions(), "US=United States; U.S.=United States");
	ck_assert_uint_lt(result.mentions[0].confidence, result.mentions[1].confidence);
}
END_TEST

START_TEST(lower_case_is_no_place)
{
	assert_str(places_in("We ate turkey on china, with polish and chad; the swiss roll was good."),
		   "");
	assert_str(places_in("Turkey is what people eat then."), "");
	assert_str(places_in("Polish your shoes before you leave."), "");
}
END_TEST

START_TEST(words_at_the_start_need_another_sign)
{
	assert_str(places_in("Turkey said no. The Turkish minister left."), "Turkey");
	assert_str(places_in("Polish workers went home. They flew to Poland."), "Poland");
	assert_str(places_in("They went to Turkey by train."), "Turkey");
	assert_str(places_in("Turkey's economy grew."), "Turkey");
	assert_str(places_in("Polish miners went home."), "Poland");
	assert_str(mentions_in("They went to Turkey by train. Turkey is big."),
		   "Turkey=Turkey; Turkey=Turkey");
}
END_TEST

START_TEST(people_of_that_name)
{
	assert_str(places_in("Yesterday Michael Jordan scored. Then Jordan sat down."), "");
	assert_str(
		places_in("It was Denzel Washington, and George Washington, and Booker T. Washington."),
		"");
	assert_str(places_in("They met Chad Smith and Tom Holland and Mr. French and David French."),
		   "");
	assert_str(places_in("There Paris Hilton and Jack London sang."), "");
	assert_str(places_in("King Hussein of Jordan spoke in Washington on Monday."),
		   "Jordan; Washington");
	/* The place itself is certain: its name is the place, but the man is not. */
	assert_str(mentions_in("In Amman, Michael Jordan praised Jordan."),
		   "Amman=Amman; Jordan=Jordan");
	assert_str(places_in("On Monday French troops left. President Jordan of nowhere."),
		   "France; Jordan");
	assert_str(places_in("For France, Israel and Ireland."), "France; Israel; Ireland");
}
END_TEST

START_TEST(towns_of_that_name)
{
	assert_str(
		places_in("He lives in Paris, Texas, and was born in Athens, Ga., near Moscow, ID."),
		"");
	assert_str(places_in("He lives in Paris, France."), "Paris; France");
	assert_str(places_in("He flew to London, UK, and Paris, Texas Instruments said."),
		   "London; United Kingdom; Paris");
	assert_str(places_in("In Holland (Mich.) they grow tulips."), "");
}
END_TEST

START_TEST(georgia_and_korea_need_a_sign)
{
	assert_str(places_in("Voters in Georgia and Georgians in Atlanta."), "");
	assert_str(places_in("In Tbilisi, the government of Georgia met. Georgian troops stood by."),
		   "Tbilisi; Georgia");
	assert_str(places_in("The Korean economy."), "");
	assert_str(places_in("The Korean economy grew, Seoul said."), "South Korea; Seoul");
}
END_TEST

START_TEST(congo_is_one_of_two)
{
	assert_str(places_in("Rebels in Congo fled."), "Democratic Republic of the Congo");
	assert_str(places_in("Rebels in Congo fled to Brazzaville."),
		   "Republic of the Congo; Brazzaville");
	assert_str(places_in("Zaire is the Democratic Republic of Congo."),
		   "Democratic Republic of the Congo");
}
END_TEST

START_TEST(germany_was_west_germany)
{
	assert_str(places_in("The German mark fell in Germany."), "Germany");
	article.published = (struct date){ .year = 1987, .precision = DATE_YEAR };
	assert_str(places_in("The German mark fell in Germany and East Germany."),
		   "West Germany; East Germany");
	article.published.year = 1990;
	assert_str(places_in("Germany and West Germany."), "Germany; West Germany");
	article.published.year = 1940;
	assert_str(places_in("Germany attacked."), "Germany");
}
END_TEST

START_TEST(headlines_in_capitals)
{
	text_builder_reset(&builder);
	title("DUTCH PM MEETS CHINESE IN TURKEY");
	paragraph("The prime minister met them on Monday, a spokesman of the government said.");
	run();
	assert_str(mentions(), "DUTCH=Netherlands; CHINESE=China");
	text_builder_reset(&builder);
	title("DUTCH PM MEETS CHINESE IN TURKEY");
	paragraph("The prime minister met them in Turkey, a spokesman of the government said.");
	run();
	assert_str(mentions(), "DUTCH=Netherlands; CHINESE=China; TURKEY=Turkey; Turkey=Turkey");
	ck_assert_uint_lt(result.mentions[2].confidence, result.mentions[3].confidence);
}
END_TEST

START_TEST(headlines_with_capitals)
{
	text_builder_reset(&builder);
	title("Jordan Leads Chad and David French to Moscow, Idaho and Iran");
	paragraph("The players were tired after a long night, said the coach of the team.");
	run();
	assert_str(mentions(), "Iran=Iran");
	/* Nobody's name stands behind such a word, nor alone in front. */
	text_builder_reset(&builder);
	title("French Stars Win Against Welsh Stars After Ireland Loses");
	paragraph("The players were tired after a long night, said the coach of the team.");
	run();
	assert_str(names(KIND_PLACE), "France; Wales; Ireland");
	/* A sentence of names is no headline. */
	assert_str(places_in("Jordan, Chad, Israel and Ireland."), "Jordan; Chad; Israel; Ireland");
}
END_TEST

START_TEST(names_end_with_their_paragraph)
{
	text_builder_reset(&builder);
	paragraph("They went North");
	paragraph("Korea is cold.");
	paragraph("They were South. Africa is big, and, South, Africa too.");
	run();
	assert_str(names(KIND_PLACE), "");
}
END_TEST

START_TEST(texts_without_places)
{
	run();
	ck_assert_uint_eq(result.entity_count, 0);
	ck_assert_uint_eq(result.mention_count, 0);
	assert_str(places_in("Nothing here."), "");
	assert_str(places_in("中国和日本。 Тут нет ничего. 1987 99 -- ?"), "");
	assert_str(places_in("N"), "");
	assert_str(places_in("N. New S"), "");
	assert_str(places_in("South"), "");
}
END_TEST

/* ---- what the publisher gives ---- */

START_TEST(given_lists_settle_their_kind)
{
	paragraph("Rain in France and the Netherlands, said the Dutch.");
	article.places = LIST("netherlands", "usa");
	article.gives_places = true;
	run();
	assert_str(names(KIND_PLACE), "Netherlands; United States");
	assert_str(mentions(), "Netherlands=Netherlands; Dutch=Netherlands");
	ck_assert_uint_eq(result.mentions[0].rule, RULE_PUBLISHER);
	ck_assert_uint_eq(result.mentions[1].rule, RULE_DEMONYM);
	assert_str(variant(0), "netherlands");
	assert_str(variant(1), "usa");
}
END_TEST

START_TEST(an_empty_list_is_a_list)
{
	paragraph("Rain in France.");
	article.gives_places = true;
	run();
	ck_assert_uint_eq(result.entity_count, 0);
	ck_assert_uint_eq(result.mention_count, 0);
}
END_TEST

START_TEST(a_list_of_people_leaves_places_open)
{
	paragraph("Rain in France, said James Baker.");
	article.people = LIST("james-baker");
	article.gives_people = true;
	run();
	assert_str(names(KIND_PERSON), "James Baker");
	assert_str(names(KIND_PLACE), "France");
	assert_str(mentions(), "France=France; James Baker=James Baker");
}
END_TEST

START_TEST(given_places_need_no_other_sign)
{
	paragraph("Turkey and Georgia are near. Yesterday Michael Jordan came.");
	article.places = LIST("turkey", "georgia", "jordan");
	article.gives_places = true;
	run();
	assert_str(mentions(), "Turkey=Turkey; Georgia=Georgia");
	assert_str(names(KIND_PLACE), "Turkey; Georgia; Jordan");
}
END_TEST

START_TEST(given_places_that_the_gazetteer_lacks)
{
	paragraph("From Rotterdam to Paris, and to New Orleans.");
	article.places = LIST("Rotterdam", "new-orleans");
	article.gives_places = true;
	run();
	assert_str(mentions(), "Rotterdam=Rotterdam; New Orleans=New Orleans");
}
END_TEST

START_TEST(people_by_their_family_name)
{
	paragraph("Treasury Secretary James Baker said so. Later Baker left. Mr. Baker's car, and "
		  "Susan Baker's, and a baker's.");
	article.people = LIST("james-baker");
	article.gives_people = true;
	run();
	assert_str(mentions(), "James Baker=James Baker; Baker=James Baker; Baker=James Baker");
	ck_assert_uint_eq(result.mentions[0].confidence, 100);
	ck_assert_uint_lt(result.mentions[1].confidence, 100);
}
END_TEST

START_TEST(a_family_name_of_two_is_nobodys)
{
	paragraph("James Baker met Howard Baker. Then Baker left.");
	article.people = LIST("james-baker", "howard-baker");
	article.gives_people = true;
	run();
	assert_str(mentions(), "James Baker=James Baker; Howard Baker=Howard Baker");
}
END_TEST

START_TEST(names_with_small_words)
{
	paragraph("President Miguel de la Madrid met De Clercq, and Ban Ki-moon's aide.");
	article.people = LIST("de-la-madrid", "de-clercq", "Ban Ki-moon");
	article.gives_people = true;
	run();
	assert_str(mentions(), "de la Madrid=De la Madrid; De Clercq=De Clercq; "
			       "Ban Ki-moon=Ban Ki-moon");
}
END_TEST

START_TEST(organisations_by_name_and_short_name)
{
	paragraph("The International Monetary Fund and the World Bank met. The IMF left, who was it? The WHO "
		  "said the Opec and AT&T and J.P. Morgan are not.");
	article.orgs = LIST("imf", "worldbank", "who", "opec", "AT&T", "J.P. Morgan");
	article.gives_orgs = true;
	run();
	assert_str(mentions(), "International Monetary Fund=International Monetary Fund; "
			       "World Bank=World Bank; IMF=International Monetary Fund; "
			       "WHO=World Health Organization; "
			       "Opec=OPEC; "
			       "AT&T=AT&T; J.P. Morgan=J.P. Morgan");
}
END_TEST

START_TEST(given_names_hide_what_is_inside)
{
	paragraph("The Bank of China lent to China.");
	article.orgs = LIST("Bank of China");
	article.gives_orgs = true;
	run();
	assert_str(mentions(), "Bank of China=Bank of China; China=China");
}
END_TEST

START_TEST(one_name_is_one_entity)
{
	article.places = LIST("usa", "US", "United States", "U.S.", "america");
	article.people = LIST("james-baker", "James Baker", "JAMES BAKER", "Baker, James");
	article.topics = LIST("Grain", "grain", " GRAIN ", "-", "");
	run();
	assert_str(names(KIND_PLACE), "United States");
	assert_str(names(KIND_PERSON), "James Baker");
	assert_str(names(KIND_TOPIC), "Grain");
	assert_str(variant(1), "usa");
}
END_TEST

START_TEST(topics_are_in_all_that_they_are_part_of)
{
	article.topics = LIST("Sports", "World > Asia > China", "world/asia/japan", "AC/DC",
			      "/World/Asia", "World", "Sports / Tennis");
	run();
	assert_str(names(KIND_TOPIC),
		   "Sports; World; World > Asia; World > Asia > China; world > asia > japan; "
		   "AC/DC; Sports > Tennis");
}
END_TEST

START_TEST(values_of_every_kind_in_order)
{
	paragraph("Rain in France.");
	article.people = LIST("reagan");
	article.orgs = LIST("opec");
	article.source = STR("CNN");
	article.authors = LIST("By Jane Doe", "Reuters", "John Roe", "Staff Writer",
			       "Comment Count", "avatar_large", "In July of", "Analysis Jane Doe",
			       "John Roe Reuters");
	article.topics = LIST("grain", "wheat");
	article.section = STR("World");
	article.language = STR("English");
	run();
	static const enum facet_kind kinds[] = { KIND_PERSON, KIND_ORG,     KIND_SOURCE,
						 KIND_AUTHOR, KIND_AUTHOR,  KIND_TOPIC,
						 KIND_TOPIC,  KIND_SECTION, KIND_LANGUAGE,
						 KIND_PLACE,  KIND_AGENCY };
	ck_assert_uint_eq(result.entity_count, sizeof(kinds) / sizeof(*kinds));
	for (size_t i = 0; i < result.entity_count; i++)
		ck_assert_uint_eq(result.entities[i].kind, kinds[i]);
	assert_str(names(KIND_AUTHOR), "Jane Doe; John Roe");
	assert_str(names(KIND_LANGUAGE), "en");
}
END_TEST

START_TEST(an_agency_alone_is_the_author)
{
	article.authors = LIST("Associated Press");
	run();
	assert_str(names(KIND_AUTHOR), "Associated Press");
}
END_TEST

/* ---- modes ---- */

static void fill(void)
{
	text_builder_reset(&builder);
	paragraph("Rain in China, said James Baker.");
	article.people = LIST("james-baker");
	article.gives_people = true;
	article.authors = LIST("Ada Vos");
	run();
}

START_TEST(given_only)
{
	mode = ENTITIES_GIVEN;
	fill();
	assert_str(names(KIND_PERSON), "James Baker");
	assert_str(names(KIND_PLACE), "");
	assert_str(names(KIND_AUTHOR), "Ada Vos");
	assert_str(mentions(), "James Baker=James Baker");
}
END_TEST

START_TEST(off)
{
	mode = ENTITIES_OFF;
	fill();
	assert_str(names(KIND_PERSON), "");
	assert_str(names(KIND_PLACE), "");
	assert_str(names(KIND_AUTHOR), "Ada Vos");
	ck_assert_uint_eq(result.mention_count, 0);
}
END_TEST

START_TEST(nothing_is_left_of_the_article_before)
{
	struct recogniser *recogniser = recogniser_new(ENTITIES_AUTO, NULL);
	for (int round = 0; round < 3; round++) {
		article = (struct article){ 0 };
		text_builder_reset(&builder);
		paragraph("Amman is in Jordan, said James Baker, and Michael Jordan.");
		article.people = LIST("james-baker");
		article.places = LIST("jordan");
		recognise(recogniser);
		assert_str(names(KIND_PLACE), "Jordan");
		ck_assert_uint_eq(count_names(), 2);

		article = (struct article){ 0 };
		text_builder_reset(&builder);
		paragraph("Jordan, said Baker. A nice place is Georgia.");
		recognise(recogniser);
		assert_str(mentions(), "Jordan=Jordan");

		article = (struct article){ 0 };
		text_builder_reset(&builder);
		recognise(recogniser);
		ck_assert_uint_eq(result.entity_count, 0);
	}
	recogniser_free(recogniser);
	recogniser_free(NULL);
}
END_TEST

/* ---- hostile input ---- */

START_TEST(long_lists)
{
	const size_t count = 4000;
	char(*items)[32] = memory_alloc(count * sizeof(*items));
	article.people.items = arena_alloc(&arena, count * sizeof(struct str));
	article.people.count = count;
	for (size_t i = 0; i < count; i++) {
		snprintf(items[i], sizeof(*items), "John Smith%zu", i % (count / 2));
		article.people.items[i] = str_from(items[i]);
	}
	struct buffer text = { 0 };
	for (int i = 0; i < 5000; i++)
		buffer_add_text(&text, "John John Smith1 said China. ");
	text_builder_add(&builder, PARAGRAPH_TEXT, buffer_str(&text));
	run();
	assert_str(names(KIND_PLACE), "China");
	assert_str(names(KIND_ORG), "");
	ck_assert_uint_eq(count_names(), 2 * 5000);
	buffer_release(&text);
	free(items);
}
END_TEST

START_TEST(texts_of_pieces_of_names)
{
	static const char *const pieces[] = {
		"South",    "Korea",   "of",      "the",       "New",        "U.S.",
		"US",       "us",      "Guinea",  "-",         ".",          ",",
		"'s",       "\u2019s", "&",       "Jordan",    "Smith",      "\n",
		"CHAD",     "St.",     "and",     "N'Djamena", "\u00c9",     "\u4e2d\u56fd",
		"Republic", "China",   "Georgia", "Tbilisi",   "Washington", "Post",
		"T.",       "Texas",   "\u00ad",  "People's",  "Congo",
	};
	const size_t count = sizeof(pieces) / sizeof(*pieces);
	uint32_t state = 7;
	struct buffer text = { 0 };
	struct recogniser *recogniser = recogniser_new(ENTITIES_AUTO, NULL);
	for (int round = 0; round < 3000; round++) {
		article = (struct article){ 0 };
		text_builder_reset(&builder);
		buffer_reset(&text);
		for (int left = 12; left > 0; left--) {
			state = state * 1664525 + 1013904223;
			buffer_add_text(&text, pieces[(state >> 8) % count]);
			if (state >> 28)
				buffer_add_char(&text, ' ');
		}
		if (round % 3 == 0) {
			article.people = LIST("Jordan Smith", "smith", "St. Jordan");
			article.orgs = LIST("us", "Republic of the South");
			article.places = LIST("china", "Washington Post");
		}
		text_builder_add_body(&builder, buffer_str(&text));
		recognise(recogniser);
		arena_reset(&arena);
	}
	buffer_release(&text);
	recogniser_free(recogniser);
}
END_TEST

static void add_names(TCase *tests)
{
	tcase_add_test(tests, countries_and_demonyms_are_one);
	tcase_add_test(tests, longer_names_win);
	tcase_add_test(tests, names_inside_other_names);
	tcase_add_test(tests, hyphens);
	tcase_add_test(tests, possessives_and_spans);
	tcase_add_test(tests, us_is_a_word);
	tcase_add_test(tests, lower_case_is_no_place);
	tcase_add_test(tests, words_at_the_start_need_another_sign);
	tcase_add_test(tests, people_of_that_name);
	tcase_add_test(tests, towns_of_that_name);
	tcase_add_test(tests, georgia_and_korea_need_a_sign);
	tcase_add_test(tests, congo_is_one_of_two);
	tcase_add_test(tests, germany_was_west_germany);
	tcase_add_test(tests, headlines_in_capitals);
	tcase_add_test(tests, headlines_with_capitals);
	tcase_add_test(tests, names_end_with_their_paragraph);
	tcase_add_test(tests, texts_without_places);
}

static void add_given(TCase *tests)
{
	tcase_add_test(tests, given_lists_settle_their_kind);
	tcase_add_test(tests, an_empty_list_is_a_list);
	tcase_add_test(tests, a_list_of_people_leaves_places_open);
	tcase_add_test(tests, given_places_need_no_other_sign);
	tcase_add_test(tests, given_places_that_the_gazetteer_lacks);
	tcase_add_test(tests, people_by_their_family_name);
	tcase_add_test(tests, a_family_name_of_two_is_nobodys);
	tcase_add_test(tests, names_with_small_words);
	tcase_add_test(tests, organisations_by_name_and_short_name);
	tcase_add_test(tests, given_names_hide_what_is_inside);
	tcase_add_test(tests, one_name_is_one_entity);
	tcase_add_test(tests, topics_are_in_all_that_they_are_part_of);
	tcase_add_test(tests, values_of_every_kind_in_order);
	tcase_add_test(tests, an_agency_alone_is_the_author);
}

static Suite *make_suite(void)
{
	Suite *suite = suite_create("entity");
	TCase *tests = tcase_create("all");
	tcase_set_timeout(tests, 60);
	tcase_add_checked_fixture(tests, set_up, tear_down);
	add_names(tests);
	add_given(tests);
	tcase_add_test(tests, given_only);
	tcase_add_test(tests, off);
	tcase_add_test(tests, nothing_is_left_of_the_article_before);
	tcase_add_test(tests, long_lists);
	tcase_add_test(tests, texts_of_pieces_of_names);
	suite_add_tcase(suite, tests);
	return suite;
}

TEST_MAIN(make_suite)
