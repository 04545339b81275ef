#include "../../searcher/evidence.h"

#include "dateline/utf8.h"
#include "made_up.h"

static struct arena arena;
static struct analyser *analyser;
static struct text_builder builder;
static struct record record;
static struct entity *entities; /* room for ENTITIES_MAX */

#define ENTITIES_MAX 8

static struct mention mentions[256];
static struct why why;
static struct error err;
static struct answer_hit hit;

static void start(void)
{
	set_up();
	analyser = analyser_new();
	analyser_set_language(analyser, language_find(STR("en")));
	arena = (struct arena){ 0 };
	entities = arena_zero(&arena, ENTITIES_MAX, sizeof(*entities));
	builder = (struct text_builder){ 0 };
	record = (struct record){ .entities = entities, .mentions = mentions };
	hit = (struct answer_hit){ .rank = 1, .id = STR("a") };
}

static void finish(void)
{
	tear_down();
	analyser_free(analyser);
	text_builder_release(&builder);
	arena_release(&arena);
}

static void article(const char *title, const char *body)
{
	text_builder_add(&builder, PARAGRAPH_TITLE, str_from(title));
	text_builder_add_body(&builder, str_from(body));
	text_builder_finish(&builder, &arena, &record.article);
}

static void entity(enum facet_kind kind, const char *name, struct str *variants, size_t count)
{
	entities[record.entity_count++] = (struct entity){
		.kind = kind,
		.name = str_from(name),
		.variants = { variants, count },
		.confidence = 90,
	};
}

/* The last entity is mentioned where `text` stands, behind the last mention. */
static void mention(const char *text, enum mention_rule rule)
{
	const struct str whole = record.article.text;
	const size_t from = record.mention_count ? mentions[record.mention_count - 1].start : 0;
	const char *at = memmem(whole.data + from, whole.len - from, text, strlen(text));
	ck_assert_ptr_nonnull(at);
	mentions[record.mention_count++] = (struct mention){
		.start = (uint32_t)(at - whole.data),
		.end = (uint32_t)(at - whole.data + (ptrdiff_t)strlen(text)),
		.entity = (uint32_t)record.entity_count - 1,
		.rule = (uint8_t)rule,
		.confidence = 80,
	};
}

static enum status ask(const char *text)
{
	struct str *items = arena_alloc(&arena, sizeof(*items));
	*items = str_from(text);
	const struct str_list list = { items, 1 };
	return why_parse(&list, NULL, &arena, &why, &err);
}

static void find(const char *text)
{
	const enum status status = ask(text);
	ck_assert_msg(status == STATUS_OK, "%s", err.text);
	const struct evidence_tools tools = { .analyser = analyser, .arena = &arena };
	ck_assert_int_eq(evidence_find(&why, &record, &tools, &hit, &err), STATUS_OK);
	ck_assert_ptr_nonnull(hit.evidence);
}

/* "sentence with the [mention]" */
static void shows(size_t piece, const char *expected)
{
	ck_assert_uint_lt(piece, hit.evidence_count);
	const struct evidence *evidence = &hit.evidence[piece];
	struct buffer text = { 0 };
	buffer_add(&text, evidence->sentence.data, evidence->mark.start);
	buffer_add_char(&text, '[');
	buffer_add(&text, evidence->sentence.data + evidence->mark.start,
		   evidence->mark.end - evidence->mark.start);
	buffer_add_char(&text, ']');
	buffer_add(&text, evidence->sentence.data + evidence->mark.end,
		   evidence->sentence.len - evidence->mark.end);
	assert_str(buffer_str(&text), expected);
	buffer_release(&text);
}

/* ---- what is asked for ---- */

static void two_people(void)
{
	static struct str variants[] = { STR("Kajsa Ollongren"), STR("Ollongren") };
	article("Minister speaks",
		"It rained. Mr. Rutte met Kajsa Ollongren in The Hague. \"No,\" said Ollongren.");
	entity(KIND_PERSON, "Kajsa Ollongren", variants, 2);
	mention("Kajsa Ollongren", RULE_TAGGER);
	mention("Ollongren.", RULE_SHORT);
	mentions[1].end--;
}

START_TEST(sentences_are_shown_with_their_mentions)
{
	two_people();
	find("person:kajsa ollongren");
	ck_assert_uint_eq(hit.evidence_count, 2);
	shows(0, "Mr. Rutte met [Kajsa Ollongren] in The Hague.");
	shows(1, "\"No,\" said [Ollongren].");
	ck_assert_int_eq(hit.evidence[0].rule, RULE_TAGGER);
	ck_assert_int_eq(hit.evidence[1].rule, RULE_SHORT);
	ck_assert_int_eq(hit.evidence[0].confidence, 80);
	assert_str(hit.evidence[0].name, "Kajsa Ollongren");
	ck_assert_str_eq(hit.evidence[0].field->name, "person");
	ck_assert_uint_eq(hit.evidence_more, 0);
}
END_TEST

START_TEST(names_are_taken_as_those_of_filters)
{
	static const char *const ways[] = { "Kajsa Ollongren", "kajsa-ollongren", "OLLONGREN",
					    "person=Ollongren", "people: Kajsa  Ollongren" };
	two_people();
	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
		find(ways[i]);
		ck_assert_msg(hit.evidence_count == 2, "%s", ways[i]);
	}
}
END_TEST

START_TEST(others_are_not_meant)
{
	static const char *const ways[] = { "org:Ollongren", "Rutte", "person:Kajsa", "Ollongre" };
	two_people();
	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
		find(ways[i]);
		ck_assert_msg(hit.evidence_count == 0, "%s", ways[i]);
	}
}
END_TEST

START_TEST(countries_are_meant_by_their_other_names)
{
	article("Talks", "The Dutch spoke.");
	entity(KIND_PLACE, "Netherlands", NULL, 0);
	mention("Dutch", RULE_DEMONYM);
	find("Holland");
	shows(0, "The [Dutch] spoke.");
	find("place:dutch");
	shows(0, "The [Dutch] spoke.");
}
END_TEST

START_TEST(dates_are_meant_by_their_month_and_year)
{
	article("Talks", "They met on 5 December 2023.");
	entity(KIND_WHEN, "2023-12-05", NULL, 0);
	mention("5 December 2023", RULE_DATE);
	find("when:2023-12");
	ck_assert_uint_eq(hit.evidence_count, 1);
	find("2023");
	ck_assert_uint_eq(hit.evidence_count, 1);
	find("when:2023-1");
	ck_assert_uint_eq(hit.evidence_count, 0);
	find("when:2022");
	ck_assert_uint_eq(hit.evidence_count, 0);
}
END_TEST

START_TEST(what_is_no_entity_is_refused)
{
	static const char *const wrong[] = { "",           "  ",   "person:",
					     "title:rain", "id:a", "published:2024" };
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		ck_assert_msg(ask(wrong[i]) == STATUS_BAD_REQUEST, "%s", wrong[i]);
		ck_assert_ptr_nonnull(strstr(err.text, "--why"));
	}
	ck_assert_int_eq(ask("when:whenever"), STATUS_BAD_REQUEST);
	/* A colon that no field stands before is part of the name. */
	ck_assert_int_eq(ask("Star Wars: Andor"), STATUS_OK);
	ck_assert_ptr_null(why.names[0].field);
}
END_TEST

/* ---- how much is shown ---- */

START_TEST(given_ones_have_no_sentence)
{
	two_people();
	entity(KIND_ORG, "Ollongren", NULL, 0);
	find("ollongren");
	ck_assert_uint_eq(hit.evidence_count, 3);
	ck_assert_uint_eq(hit.evidence[2].sentence.len, 0);
	ck_assert_int_eq(hit.evidence[2].rule, RULE_PUBLISHER);
	ck_assert_int_eq(hit.evidence[2].confidence, 90);
}
END_TEST

START_TEST(mentions_in_one_sentence_share_it)
{
	article("T", "Rain in Rome, sun in Rome. Rome is old.");
	entity(KIND_PLACE, "Rome", NULL, 0);
	mention("Rome,", RULE_GAZETTEER);
	mention("Rome.", RULE_REPEAT);
	mention("Rome is", RULE_REPEAT);
	for (size_t i = 0; i < 3; i++)
		mentions[i].end = mentions[i].start + 4;
	find("Rome");
	ck_assert_uint_eq(hit.evidence_count, 3);
	ck_assert_ptr_eq(hit.evidence[0].sentence.data, hit.evidence[1].sentence.data);
	ck_assert_ptr_ne(hit.evidence[1].sentence.data, hit.evidence[2].sentence.data);
	shows(1, "Rain in Rome, sun in [Rome].");
}
END_TEST

START_TEST(so_many_sentences_and_no_more)
{
	struct buffer body = { 0 };
	for (int i = 0; i < 40; i++)
		buffer_add_format(&body, "Rome %d rained. ", i);
	article("T", body.data);
	entity(KIND_PLACE, "Rome", NULL, 0);
	for (int i = 0; i < 40; i++) {
		mention("Rome", RULE_GAZETTEER);
		mentions[i].start++; /* so that the next search is behind it */
	}
	find("Rome");
	ck_assert_uint_eq(hit.evidence_count, EVIDENCE_SENTENCES);
	ck_assert_uint_eq(hit.evidence_more, 40 - EVIDENCE_SENTENCES);
	buffer_release(&body);
}
END_TEST

/* A mention in the middle of `words` words without a full stop. */
static void long_sentence(const char *word, int words)
{
	struct buffer body = { 0 };
	for (int i = 0; i < words; i++)
		buffer_add_format(&body, "%s%s", i == words / 2 ? "Rome " : "", word);
	article("T", body.data);
	entity(KIND_PLACE, "Rome", NULL, 0);
	mention("Rome", RULE_GAZETTEER);
	buffer_release(&body);
}

START_TEST(long_sentences_are_cut_between_words)
{
	long_sentence("rain ", 1000);
	find("Rome");
	ck_assert_uint_eq(hit.evidence_count, 1);
	const struct str sentence = hit.evidence[0].sentence;
	ck_assert_uint_le(sentence.len, EVIDENCE_BYTES + 6);
	ck_assert_uint_gt(sentence.len, EVIDENCE_BYTES - 20);
	ck_assert_int_eq(memcmp(sentence.data, "…rain ", 8), 0);
	ck_assert_int_eq(memcmp(sentence.data + sentence.len - 7, "rain…", 7), 0);
	const struct mark mark = hit.evidence[0].mark;
	assert_str(((struct str){ sentence.data + mark.start, mark.end - mark.start }), "Rome");
}
END_TEST

START_TEST(long_sentences_without_blanks_are_cut_between_characters)
{
	long_sentence("é", 3000);
	find("Rome");
	ck_assert_uint_eq(hit.evidence_count, 1);
	ck_assert(utf8_is_clean(hit.evidence[0].sentence));
	ck_assert_uint_le(hit.evidence[0].sentence.len, EVIDENCE_BYTES + 6);
}
END_TEST

START_TEST(mentions_beyond_a_cut_have_a_piece_of_their_own)
{
	long_sentence("rain ", 1000);
	mentions[1] = mentions[0];
	mentions[1].start = mentions[1].end = (uint32_t)record.article.text.len - 4;
	mentions[1].end += 4;
	record.mention_count = 2;
	find("Rome");
	ck_assert_uint_eq(hit.evidence_count, 2);
	ck_assert_ptr_ne(hit.evidence[0].sentence.data, hit.evidence[1].sentence.data);
	const struct str last = hit.evidence[1].sentence;
	ck_assert_uint_eq(hit.evidence[1].mark.end, last.len);
}
END_TEST

START_TEST(mentions_over_the_end_of_a_sentence_keep_whole)
{
	article("T", "It was in St. Louis. The Cathedral fell. More.");
	entity(KIND_PLACE, "St. Louis. The Cathedral", NULL, 0);
	mention("St. Louis. The Cathedral", RULE_TAGGER);
	find("St. Louis. The Cathedral");
	shows(0, "It was in [St. Louis. The Cathedral] fell.");
}
END_TEST

START_TEST(titles_are_sentences_too)
{
	article("Rain in Rome", "It rained.");
	entity(KIND_PLACE, "Rome", NULL, 0);
	mention("Rome", RULE_GAZETTEER);
	find("Rome");
	shows(0, "Rain in [Rome]");
}
END_TEST

START_TEST(articles_without_entities_have_none)
{
	article("T", "Rain.");
	find("Rome");
	ck_assert_uint_eq(hit.evidence_count, 0);
}
END_TEST

/* The next place between two characters from `at` on. */
static uint32_t edge(struct str text, uint32_t at)
{
	while (at < text.len && ((uint8_t)text.data[at] & 0xC0) == 0x80)
		at++;
	return at;
}

static void random_article(void)
{
	static const char *const pieces[] = { "rain ",    "Rome. ", "\"No\" ", "é",
					      "下雨了。", "x",      "\n\n",    "Mr. " };
	struct buffer body = { 0 };
	for (int i = rand() % 300; i >= 0; i--)
		buffer_add_text(&body, pieces[rand() % 8]);
	text_builder_reset(&builder);
	article("T", body.data);
	buffer_release(&body);
	const struct str text = record.article.text;
	record.mention_count = 0;
	for (uint32_t at = 0; at < text.len && record.mention_count < 256;
	     at += 1 + (uint32_t)rand() % 30) {
		at = edge(text, at);
		const uint32_t end = edge(text, at + 1 + (uint32_t)rand() % 600);
		if (at < text.len)
			mentions[record.mention_count++] =
				(struct mention){ .start = at, .end = end };
	}
	for (size_t i = 0; i < record.mention_count; i++)
		if (mentions[i].end > text.len)
			mentions[i].end = (uint32_t)text.len;
}

static bool shows_mention(const struct evidence *piece, size_t number)
{
	const struct mention *wanted = &mentions[number];
	const size_t len = wanted->end - wanted->start;
	return piece->mark.end - piece->mark.start == len && piece->mark.end <= piece->sentence.len &&
	       memcmp(piece->sentence.data + piece->mark.start,
		      record.article.text.data + wanted->start, len) == 0;
}

START_TEST(any_spans_are_shown_as_they_stand)
{
	srand(2);
	for (int round = 0; round < 500; round++) {
		record.entity_count = 0;
		entity(KIND_PLACE, "Rome", NULL, 0);
		random_article();
		find("Rome");
		ck_assert_uint_eq(hit.evidence_count + hit.evidence_more,
				  record.mention_count ? record.mention_count : 1);
		/* What is not shown is left out between them. */
		for (size_t i = 0, at = 0; i < hit.evidence_count && record.mention_count; i++) {
			ck_assert(utf8_is_clean(hit.evidence[i].sentence));
			while (at < record.mention_count && !shows_mention(&hit.evidence[i], at))
				at++;
			ck_assert_msg(at++ < record.mention_count, "round %d, %zu", round, i);
		}
		arena_reset(&arena);
		entities = arena_zero(&arena, ENTITIES_MAX, sizeof(*entities));
		record.entities = entities;
	}
}
END_TEST

/* ---- as it is printed ---- */

static void print_two_kinds(void)
{
	two_people();
	entity(KIND_SPEAKER, "Kajsa Ollongren", NULL, 0);
	mention("Ollongren.", RULE_QUOTE);
	mentions[2].end--;
	mentions[2].confidence = 75;
	entity(KIND_ORG, "Ollongren", NULL, 0);
	find("ollongren");
	hit.evidence_more = 2;
	answer.hits = &hit;
	answer.hit_count = 1;
	answer.total = 1;
}

START_TEST(text_names_the_rules)
{
	print_two_kinds();
	find("kajsa ollongren");
	hit.evidence_more = 1;
	assert_str(print("text"),
		   "1 of 1 article, 12 ms\n"
		   "\n"
		   "1. (no title)\n"
		   "   undated · a\n"
		   "   > Mr. Rutte met *Kajsa Ollongren* in The Hague. (person Kajsa Ollongren:\n"
		   "     tagger 80%)\n"
		   "   > \"No,\" said *Ollongren*. (person Kajsa Ollongren: short form 80%; speaker\n"
		   "     Kajsa Ollongren: quotation 75%)\n"
		   "   > and 1 more mention\n");
}
END_TEST

START_TEST(text_says_what_is_only_given)
{
	print_two_kinds();
	const struct str text = print("text");
	ck_assert_ptr_nonnull(
		strstr(text.data,
		       "   > org Ollongren: given by the publisher, and not mentioned in the text\n"
		       "   > and 2 more mentions\n"));
}
END_TEST

START_TEST(json_counts_in_characters)
{
	static struct str cafe = STR("Café “Zoë” burnt.");
	struct evidence pieces[] = {
		{ .field = field_find(STR("place")),
		  .name = STR("Zoë"),
		  .sentence = cafe,
		  .mark = { 9, 13 },
		  .rule = RULE_TAGGER,
		  .confidence = 64 },
		{ .field = field_find(STR("org")),
		  .name = STR("Fire"),
		  .rule = RULE_PUBLISHER,
		  .confidence = 100 },
	};
	hit.evidence = pieces;
	hit.evidence_count = 2;
	hit.evidence_more = 3;
	answer.hits = &hit;
	answer.hit_count = 1;
	ck_assert_ptr_nonnull(strstr(
		print("json").data,
		",\"evidence\":[{\"kind\":\"place\",\"name\":\"Zoë\",\"sentence\":\"Café “Zoë” burnt.\","
		"\"start\":6,\"end\":9,\"rule\":\"tagger\",\"confidence\":64},"
		"{\"kind\":\"org\",\"name\":\"Fire\",\"sentence\":null,\"rule\":\"publisher\",\"confidence\":100}],"
		"\"evidence_more\":3}\n"));
	hit.evidence = NULL;
	hit.evidence_count = 0;
	ck_assert_ptr_null(strstr(print("json").data, "evidence"));
}
END_TEST

static Suite *make_suite(void)
{
	Suite *suite = suite_create("evidence");
	TCase *tests = tcase_create("evidence");
	tcase_add_checked_fixture(tests, start, finish);
	tcase_set_timeout(tests, 60);
	tcase_add_test(tests, sentences_are_shown_with_their_mentions);
	tcase_add_test(tests, names_are_taken_as_those_of_filters);
	tcase_add_test(tests, others_are_not_meant);
	tcase_add_test(tests, countries_are_meant_by_their_other_names);
	tcase_add_test(tests, dates_are_meant_by_their_month_and_year);
	tcase_add_test(tests, what_is_no_entity_is_refused);
	tcase_add_test(tests, given_ones_have_no_sentence);
	tcase_add_test(tests, mentions_in_one_sentence_share_it);
	tcase_add_test(tests, so_many_sentences_and_no_more);
	tcase_add_test(tests, long_sentences_are_cut_between_words);
	tcase_add_test(tests, long_sentences_without_blanks_are_cut_between_characters);
	tcase_add_test(tests, mentions_beyond_a_cut_have_a_piece_of_their_own);
	tcase_add_test(tests, mentions_over_the_end_of_a_sentence_keep_whole);
	tcase_add_test(tests, titles_are_sentences_too);
	tcase_add_test(tests, articles_without_entities_have_none);
	tcase_add_test(tests, any_spans_are_shown_as_they_stand);
	tcase_add_test(tests, text_names_the_rules);
	tcase_add_test(tests, text_says_what_is_only_given);
	tcase_add_test(tests, json_counts_in_characters);
	suite_add_tcase(suite, tests);
	return suite;
}

TEST_MAIN(make_suite)
