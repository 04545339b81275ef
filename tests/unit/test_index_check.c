/* `dateline check`: each sort of damage is made, and must be named. */
#include "../../searcher/check/check.h"
#include "../../searcher/commands.h"

#include "small_index.h"

#include <fcntl.h>
#include <sys/wait.h>

static struct small_index made;
static struct findings findings;

static void set_up(void)
{
	small_index_start(&made);
}

static void tear_down(void)
{
	findings_release(&findings);
	findings = (struct findings){ 0 };
	small_index_remove(&made);
}

static void add(const char *id, const char *date, const char *place)
{
	struct small_article article = { .id = id, .title = "Rain", .body = "Rain.", .date = date };
	article.values[article.value_count++] = (struct small_value){ KIND_PLACE, place };
	article.values[article.value_count++] = (struct small_value){ KIND_SOURCE, "The Quay" };
	small_index_add(&made, &article);
}

static void add_three(void)
{
	add("a", "2024-02-07", "China");
	add("b", "2024-02", "China");
	add("c", NULL, "Spain");
}

static const char *examine(void)
{
	struct examination examination = { .db = made.path, .findings = &findings };
	small_ok(examination_run(&examination, &err));
	examination_release(&examination);
	ck_assert_uint_eq(findings.count > 0, findings.text.len > 0);
	return findings.text.len ? findings.text.data : "";
}

static void assert_finds(const char *expected)
{
	const char *found = examine();
	ck_assert_msg(strstr(found, expected), "not found: %s\nin:\n%s", expected, found);
}

START_TEST(a_good_index_has_no_faults)
{
	add_three();
	small_index_finish(&made);
	ck_assert_str_eq(examine(), "");
}
END_TEST

START_TEST(an_empty_index_has_no_faults)
{
	small_index_finish(&made);
	ck_assert_str_eq(examine(), "");
}
END_TEST

/* A document that the indexer would not make. */
static void add_document(const char *id, const struct value *values, size_t count, struct str record)
{
	struct posting postings[2] = { { .term = STR("Yundated") } };
	struct buffer term = { 0 };
	schema_value_term(field_find(STR("id")), str_from(id), &term);
	postings[1].term = buffer_str(&term);
	struct value all[4];
	for (size_t i = 0; i < count; i++)
		all[i] = values[i];
	all[count] = (struct value){ SLOT_HASH, STR("0123456789abcdef") };
	const struct document document = { postings, 2, all, count + 1, record };
	uint32_t docid;
	small_ok(store_add(made.writer, &document, &docid, &err));
	buffer_release(&term);
}

START_TEST(a_damaged_record)
{
	struct record record = { .article = { .id = STR("x") } };
	struct buffer bytes = { 0 };
	add_three();
	made.digest += record_encode(made.records, &record, &bytes);
	bytes.data[bytes.len - 1] ^= 1;
	add_document("x", NULL, 0, buffer_str(&bytes));
	small_index_finish(&made);
	assert_finds("document 4: ");
	ck_assert_uint_eq(findings.count, 1);
	buffer_release(&bytes);
}
END_TEST

START_TEST(no_record_at_all)
{
	add_document("x", NULL, 0, STR(""));
	small_index_finish(&made);
	assert_finds("document 1: ");
}
END_TEST

START_TEST(a_lost_article)
{
	add_three();
	small_ok(store_delete(made.writer, 2, &err));
	small_index_finish(&made);
	assert_finds("the sum of all checksums is ");
	ck_assert_uint_eq(findings.count, 1);
}
END_TEST

START_TEST(two_articles_of_one_id)
{
	add_three();
	add("a", "2024-02-07", "China");
	small_index_finish(&made);
	assert_finds("article \"a\" is document 4, but its id leads to 1");
	assert_finds("there are 3 ids for 4 articles");
}
END_TEST

START_TEST(a_value_that_is_not_in_the_column)
{
	add_three();
	made.without_column = true;
	add("d", "2023", "China");
	small_index_finish(&made);
	assert_finds("place \"China\" has 3 articles by its term, 2 by the column");
	assert_finds("source \"The Quay\" has 4 articles by its term, 3 by the column");
	assert_finds("the facet column of document 4 is not what its record asks for");
	ck_assert_uint_eq(findings.count, 9);
}
END_TEST

START_TEST(a_value_that_has_no_term)
{
	add_three();
	made.without_value_terms = true;
	add("d", "2023", "China");
	small_index_finish(&made);
	assert_finds("place \"China\" has 2 articles by its term, 3 by the column");
}
END_TEST

/* The same number of articles, but others. */
START_TEST(a_value_of_other_articles)
{
	add_three();
	made.without_value_terms = true;
	add("d", "2023", "China");
	made.without_value_terms = false;
	made.without_column = true;
	add("e", "2023", "China");
	small_index_finish(&made);
	assert_finds("place \"China\" has other articles by its term than by the column");
}
END_TEST

START_TEST(a_term_without_a_number)
{
	add_three();
	struct posting posting = { .term = STR("XLOC:nowhere") };
	const struct document document = { &posting, 1, NULL, 0, STR("") };
	uint32_t docid;
	small_ok(store_add(made.writer, &document, &docid, &err));
	small_index_finish(&made);
	assert_finds("the place term \"XLOC:nowhere\" has 1 articles, but no number");
}
END_TEST

START_TEST(a_damaged_column)
{
	const struct value value = { SLOT_FACETS, STR("\3\1\1\x05") };
	add_three();
	add_document("x", &value, 1, STR(""));
	small_index_finish(&made);
	assert_finds("the facet column of document 4 is damaged");
}
END_TEST

/* Kinds in the wrong order could be counted, but would be skipped by nobody. */
START_TEST(a_column_out_of_order)
{
	const struct value value = { SLOT_FACETS, STR("\5\1\1\0\3\1\1\0") };
	add_three();
	add_document("x", &value, 1, STR(""));
	small_index_finish(&made);
	assert_finds("the facet column of document 4 is damaged");
}
END_TEST

static void spoil_name(void (*key_of)(enum facet_kind, struct buffer *), const char *value,
		       size_t len)
{
	struct buffer key = { 0 };
	add_three();
	small_write_metadata(&made);
	key_of(KIND_PLACE, &key);
	small_set(&made, buffer_str(&key), (struct str){ value, len });
	small_index_close(&made);
	buffer_release(&key);
}

static void key_of_first(enum facet_kind kind, struct buffer *key)
{
	schema_entity_key(kind, 0, key);
}

static void key_of_china(enum facet_kind kind, struct buffer *key)
{
	schema_number_key(kind, STR("China"), key);
}

static void key_of_nobody(enum facet_kind kind, struct buffer *key)
{
	schema_number_key(kind, STR("Nobody"), key);
}

START_TEST(a_number_without_a_name)
{
	spoil_name(key_of_first, "", 0);
	assert_finds("place number 0 has no name");
	assert_finds("2 numbers were given to place, but 1 have names");
}
END_TEST

START_TEST(a_name_that_leads_elsewhere)
{
	spoil_name(key_of_china, "\1", 1);
	assert_finds("place \"China\" is number 0, but its name leads to another");
}
END_TEST

START_TEST(a_name_that_leads_nowhere)
{
	spoil_name(key_of_china, "", 0);
	assert_finds("place \"China\" is number 0, but its name leads to none");
}
END_TEST

START_TEST(a_name_too_many)
{
	spoil_name(key_of_nobody, "\1", 1);
	assert_finds("2 numbers were given to place, but 3 names have numbers");
}
END_TEST

START_TEST(a_date_without_terms)
{
	add_three();
	made.without_date_terms = true;
	add("d", "1999-01-01", "China");
	small_index_finish(&made);
	assert_finds("years, months and days only");
}
END_TEST

START_TEST(a_date_that_is_only_a_term)
{
	add_three();
	made.without_slot_date = true;
	add("d", "2024-02-07", "China");
	small_index_finish(&made);
	assert_finds("date \"Y2024\" has 3 articles by its term, 2 by the column");
	assert_finds("date \"D20240207\" has 2 articles by its term, 1 by the column");
	assert_finds("date \"Yundated\" has 1 articles by its term, 2 by the column");
}
END_TEST

START_TEST(a_damaged_date)
{
	const struct value value = { SLOT_PUBLISHED, STR("2024-13-01") };
	add_document("x", &value, 1, STR(""));
	small_index_finish(&made);
	assert_finds("document 1 has a damaged date, \"2024-13-01\"");
}
END_TEST

START_TEST(a_missing_hash)
{
	add_three();
	struct posting postings[2] = { { .term = STR("Qx") }, { .term = STR("Yundated") } };
	const struct document document = { postings, 2, NULL, 0, STR("") };
	uint32_t docid;
	small_ok(store_add(made.writer, &document, &docid, &err));
	small_index_finish(&made);
	assert_finds("3 of 4 articles have a content hash");
}
END_TEST

/* ---- entities against the record ---- */

/* An article with an entity of other names, and dates of each precision. */
static void add_entities(const char *id)
{
	struct small_article article = {
		.id = id,
		.title = "Rain",
		.body = "Rain.",
		.values = { { KIND_PERSON, "Ada Vos" },
			    { KIND_WHEN, "2024-02-06" },
			    { KIND_WHEN, "2024-02-01" },
			    { KIND_WHEN, "2023-12" },
			    { KIND_WHEN, "1987" } },
		.value_count = 5,
		.confidence = { 0, 60, 80, 70, 90 },
		.variants = { { "Vos", "Ada Vos", NULL } },
	};
	small_index_add(&made, &article);
}

static void add_good_entities(void)
{
	add_three();
	add_entities("e");
}

START_TEST(entities_of_all_sorts_have_no_faults)
{
	add_good_entities();
	small_index_finish(&made);
	ck_assert_str_eq(examine(), "");
}
END_TEST

START_TEST(another_name_without_a_term)
{
	add_good_entities();
	made.without_alias_terms = true;
	add_entities("f");
	small_index_finish(&made);
	assert_finds("document 5 has 10 terms of values, but its record asks for 12");
	ck_assert_uint_eq(findings.count, 1);
}
END_TEST

static void add_with_term(const char *term)
{
	struct record record = { .article = { .id = STR("x") } };
	struct buffer bytes = { 0 };
	struct posting postings[] = { { .term = STR("Qx") },
				      { .term = STR("Yundated") },
				      { .term = STR("XENTITIES:given") },
				      { .term = str_from(term) } };
	struct value hash = { SLOT_HASH, STR("0123456789abcdef") };
	made.digest += record_encode(made.records, &record, &bytes);
	const struct document document = { postings, 4, &hash, 1, buffer_str(&bytes) };
	uint32_t docid;
	small_ok(store_add(made.writer, &document, &docid, &err));
	buffer_release(&bytes);
}

START_TEST(terms_that_no_entity_asks_for)
{
	static const char alias[] = "XALIAS:Pvos\x1f"
				    "ada vos"; /* an a is a digit behind \x1f */
	static const char *const terms[] = { alias, "XDAY:20240206", "XPER:ada vos", "Hthe quay",
					     "XANY:P" };
	add_good_entities();
	add_with_term(terms[_i]);
	small_index_finish(&made);
	assert_finds("document 5 has the term \"");
	assert_finds("which its record does not ask for");
}
END_TEST

START_TEST(confidence_that_is_gone)
{
	add_good_entities();
	made.without_confidence = true;
	add_entities("f");
	small_index_finish(&made);
	assert_finds("the confidence of document 5 is not what its record asks for");
	ck_assert_uint_eq(findings.count, 1);
}
END_TEST

START_TEST(a_date_without_its_month_and_year)
{
	add_good_entities();
	made.without_whole_dates = true;
	add_entities("f");
	small_index_finish(&made);
	assert_finds("the facet column of document 5 is not what its record asks for");
}
END_TEST

START_TEST(a_mentioned_date_without_terms)
{
	add_good_entities();
	made.without_when_terms = true;
	add_entities("f");
	small_index_finish(&made);
	assert_finds("document 5 has 5 terms of values, but its record asks for 12");
}
END_TEST

START_TEST(a_mentioned_date_that_is_none)
{
	struct small_article article = { .id = "x", .title = "Rain", .body = "Rain." };
	struct record record = { .article = { .id = STR("y") } };
	struct entity entity = { .kind = KIND_WHEN, .name = STR("soon"), .confidence = 50 };
	struct buffer bytes = { 0 };
	small_index_add(&made, &article);
	record.entities = &entity;
	record.entity_count = 1;
	made.digest += record_encode(made.records, &record, &bytes);
	add_document("y", NULL, 0, buffer_str(&bytes));
	small_index_finish(&made);
	assert_finds("document 2 mentions \"soon\", which is no date");
	buffer_release(&bytes);
}
END_TEST

START_TEST(dates_have_no_names)
{
	struct buffer key = { 0 };
	add_good_entities();
	small_write_metadata(&made);
	schema_entity_key(KIND_WHEN, 7, &key);
	small_set(&made, buffer_str(&key), STR("\0042024\0"));
	small_index_close(&made);
	assert_finds("0 numbers were given to when, but 1 have names");
	ck_assert_uint_eq(findings.count, 1);
	buffer_release(&key);
}
END_TEST

START_TEST(nobody_found_the_entities)
{
	add_good_entities();
	made.maker = "";
	add_entities("f");
	small_index_finish(&made);
	assert_finds("document 5 has 0 terms that say what found its entities, not 1");
	ck_assert_uint_eq(findings.count, 1);
}
END_TEST

/* ---- files that are not what they were ---- */

static const char *const tables[] = { "postlist", "termlist", "docdata", "position" };

#define TABLES (sizeof(tables) / sizeof(tables[0]))

static const char *table_path(const char *table)
{
	static char path[128];
	snprintf(path, sizeof(path), "%s/%s.glass", made.path, table);
	return path;
}

/* The exit code of `dateline check`; what it prints is for people. */
static int run_check(void)
{
	char *argv[] = { (char[]){ "dateline-check" }, (char[]){ "-d" }, made.path, NULL };
	const int saved[] = { dup(1), dup(2) };
	const int nowhere = open("/dev/null", O_WRONLY);
	fflush(stdout);
	dup2(nowhere, 1);
	dup2(nowhere, 2);
	const int code = command_check(3, argv);
	fflush(stdout);
	for (int i = 0; i < 2; i++) {
		dup2(saved[i], i + 1);
		close(saved[i]);
	}
	close(nowhere);
	return code;
}

static void add_many(int count)
{
	static const char *const words[] = { "rain", "harbour", "minister", "election", "coast" };
	uint64_t state = 7;
	made.with_mentions = true;
	for (int i = 0; i < count; i++) {
		char id[16], title[64];
		struct buffer body = { 0 };
		snprintf(id, sizeof(id), "a%d", i);
		snprintf(title, sizeof(title), "Number %d of %s", i, words[i % 5]);
		for (int word = 0; word < 60; word++)
			buffer_add_format(&body, "%s%u%s ", words[small_random(&state, 5)],
					  small_random(&state, 40),
					  word % 9 ? ""
					  : i % 2  ? ". In China"
						   : ". In Spain");
		struct small_article article = { .id = id, .title = title, .body = body.data };
		article.date = i % 3 ? "2024-02-07" : NULL;
		article.values[article.value_count++] =
			(struct small_value){ KIND_PLACE, i % 2 ? "China" : "Spain" };
		small_index_add(&made, &article);
		buffer_release(&body);
	}
}

START_TEST(a_table_that_is_gone)
{
	add_many(5);
	small_index_finish(&made);
	ck_assert_int_eq(run_check(), 0);
	ck_assert_int_eq(remove(table_path(tables[_i])), 0);
	ck_assert_int_eq(run_check(), 1);
}
END_TEST

static void add_all_postings(struct store *store, struct arena *arena, struct buffer *all)
{
	struct term_entry *terms;
	size_t count;
	small_ok(store_terms(store, STR(""), SIZE_MAX, arena, &terms, &count, &err));
	for (size_t i = 0; i < count; i++) {
		buffer_add_counted(all, terms[i].term);
		small_ok(store_postings(store, terms[i].term, all, &err));
	}
}

/* All that a search can answer from: what is not in here is not missed. */
static void take_contents(struct buffer *all)
{
	struct store *store;
	struct arena arena = { 0 };
	buffer_reset(all);
	small_ok(store_open(made.path, &store, &err));
	add_all_postings(store, &arena, all);
	for (uint32_t id = 1; id <= store_last_id(store); id++) {
		small_ok(store_record(store, id, all, &err));
		small_ok(store_value(store, id, SLOT_FACETS, all, &err));
		small_ok(store_value(store, id, SLOT_CONFIDENCE, all, &err));
		small_ok(store_value(store, id, SLOT_SENTENCES, all, &err));
		small_ok(store_value(store, id, SLOT_PUBLISHED, all, &err));
		small_ok(store_positions(store, id, all, &err));
	}
	store_close(store);
	arena_release(&arena);
}

static uint8_t flip(int file, off_t at, uint8_t bits)
{
	uint8_t byte;
	ck_assert_int_eq(pread(file, &byte, 1, at), 1);
	byte ^= bits;
	ck_assert_int_eq(pwrite(file, &byte, 1, at), 1);
	return byte;
}

/* Flips that change an answer are found; those in blocks' unused parts, and in what only saves work, need not be. */
START_TEST(a_flipped_bit)
{
	enum { FLIPS = 60 };
	struct buffer before = { 0 }, after = { 0 };
	uint64_t state = (uint64_t)_i;
	int found = 0;
	add_many(40);
	small_index_finish(&made);
	take_contents(&before);
	const int file = open(table_path(tables[_i]), O_RDWR);
	const off_t size = lseek(file, 0, SEEK_END);
	for (int i = 0; i < FLIPS; i++) {
		const off_t at = small_random(&state, (uint32_t)size);
		const uint8_t bits = (uint8_t)(1u << small_random(&state, 8));
		flip(file, at, bits);
		const int code = run_check();
		ck_assert_msg(code == 0 || code == 1, "%s: byte %ld: exit code %d", tables[_i],
			      (long)at, code);
		found += code;
		if (code == 0) {
			take_contents(&after);
			ck_assert_msg(str_equal(buffer_str(&before), buffer_str(&after)),
				      "%s: byte %ld: nobody noticed", tables[_i], (long)at);
		}
		flip(file, at, bits);
	}
	ck_assert_int_gt(found, 0);
	ck_assert_int_eq(run_check(), 0);
	close(file);
	buffer_release(&before);
	buffer_release(&after);
}
END_TEST

/* Commits one after the other, each writing over what the one before the last left. */
static void write_on(int commits)
{
	struct store_writer *writer;
	const struct store_writer_options options = { 0 };
	small_ok(store_writer_open(made.path, &options, &writer, &err));
	for (int i = 0; i < commits; i++) {
		char text[256];
		for (int k = 0; k < 500; k++) {
			snprintf(text, sizeof(text), "filler.%d", k);
			const struct str key = str_from(text);
			char value[200];
			memset(value, 'a' + (i + k) % 26, sizeof(value));
			small_ok(store_set_metadata(writer, key,
						    (struct str){ value, sizeof(value) }, &err));
		}
		snprintf(text, sizeof(text), "%d", i + 2);
		small_ok(store_set_metadata(writer, STR(META_BATCH), str_from(text), &err));
		small_ok(store_commit(writer, &err));
	}
	store_writer_close(writer);
}

START_TEST(a_writer_beside_is_no_damage)
{
	int state = 0;
	add_many(200);
	small_index_finish(&made);
	const pid_t writer = fork();
	if (writer == 0) {
		write_on(150);
		_exit(0);
	}
	ck_assert_int_gt(writer, 0);
	while (waitpid(writer, &state, WNOHANG) == 0) {
		const int code = run_check();
		ck_assert_msg(code == 0 || code == EXIT_TROUBLE, "exit code %d", code);
	}
	ck_assert_int_eq(state, 0);
	ck_assert_int_eq(run_check(), 0);
}
END_TEST

START_TEST(an_overtaken_check_says_so)
{
	struct examination examination = { .db = made.path, .findings = &findings };
	struct error words;
	add_many(3);
	small_index_finish(&made);
	small_ok(check_reopen(&examination, &err));
	small_ok(check_reopen(&examination, &err));
	write_on(1);
	ck_assert_int_eq(check_reopen(&examination, &words), STATUS_RETRY);
	examination_release(&examination);
}
END_TEST

/* ---- faults that the writer would have to make ---- */

START_TEST(words_that_are_elsewhere)
{
	made.shift_positions = 1;
	add("x", NULL, "China");
	made.shift_positions = 0;
	add("y", NULL, "China");
	small_index_finish(&made);
	assert_finds("document 1 has words or mentions at other positions than its text");
	ck_assert_uint_eq(findings.count, 1);
}
END_TEST

/* ---- mentions ---- */

/* Three sentences, the title one of them, and four mentions. */
static void add_mentions(const char *id)
{
	const struct small_article article = {
		.id = id,
		.title = "Ada Vos in China. Again",
		.body = "On 2024-02-06 it rained. China was dry, Ada Vos said on 2024-02-01.",
		.values = { { KIND_PLACE, "China" },
			    { KIND_PERSON, "Ada Vos" },
			    { KIND_SOURCE, "The Quay" },
			    { KIND_WHEN, "2024-02-06" },
			    { KIND_WHEN, "2024-02-01" } },
		.value_count = 5,
		.variants = { { NULL }, { "Vos", "Ada Vos", NULL } },
	};
	made.with_mentions = true;
	small_index_add(&made, &article);
}

START_TEST(mentions_of_all_sorts_have_no_faults)
{
	add_mentions("a");
	small_index_finish(&made);
	ck_assert_str_eq(examine(), "");
}
END_TEST

START_TEST(a_kind_without_a_term)
{
	made.without_any_terms = true;
	add_mentions("a");
	small_index_finish(&made);
	assert_finds("document 1 has 9 terms of values, but its record asks for 13");
}
END_TEST

START_TEST(mentions_that_are_nowhere)
{
	add_mentions("a");
	made.without_places = true;
	add_mentions("b");
	small_index_finish(&made);
	assert_finds("document 2 has words or mentions at other positions than its text");
	ck_assert_uint_eq(findings.count, 1);
}
END_TEST

START_TEST(sentences_that_begin_nowhere)
{
	add_mentions("a");
	made.without_sentences_term = true;
	add_mentions("b");
	small_index_finish(&made);
	assert_finds("document 2 has words or mentions at other positions than its text");
	ck_assert_uint_eq(findings.count, 1);
}
END_TEST

START_TEST(sentences_that_are_gone)
{
	add_mentions("a");
	made.without_sentences = true;
	add_mentions("b");
	small_index_finish(&made);
	assert_finds("the slot of sentences of document 2 is not what its record asks for");
	ck_assert_uint_eq(findings.count, 1);
}
END_TEST

/* Person and place are in the sentences 0 and 2, the dates in 1 and 2. */
#define PLACED "\x02\x00\x01\x02\x00\x01\x00"

START_TEST(sentences_that_are_not_those)
{
	made.other_sentences = STR(PLACED "\x02\x01\x00\x02\x01\x00\x01\x02\x01\x01");
	add_mentions("a");
	made.other_sentences = STR(PLACED "\x02\x01\x00\x02\x01\x00\x01\x02\x01\x00");
	add_mentions("b");
	small_index_finish(&made);
	assert_finds("the slot of sentences of document 2 is not what its record asks for");
	ck_assert_uint_eq(findings.count, 1);
}
END_TEST

START_TEST(sentences_that_are_damaged)
{
	static const struct str wrong[] = {
		STR(PLACED),                                        /* not of all values */
		STR(PLACED "\x00\x00\x00\x00\x00"),                 /* of one too many */
		STR(PLACED "\x00\x00\x00\x05\x01"),                 /* more than there are bytes */
		STR(PLACED "\x00\x00\x00\x01\x80\x80\x80\x80\x10"), /* a number too large */
	};
	made.other_sentences = wrong[_i];
	add_mentions("a");
	small_index_finish(&made);
	assert_finds("the sentences of document 1 are damaged");
}
END_TEST

START_TEST(many_faults_are_counted_and_not_all_printed)
{
	for (int i = 0; i < 1000; i++)
		findings_add(&findings, "fault \x1b[31m %d\nof many", i);
	ck_assert_uint_eq(findings.count, 1000);
	size_t lines = 0;
	for (size_t i = 0; i < findings.text.len; i++)
		lines += findings.text.data[i] == '\n';
	ck_assert_uint_eq(lines, 20);
	ck_assert_ptr_null(strchr(findings.text.data, '\x1b'));
}
END_TEST

static Suite *check_suite(void)
{
	Suite *suite = suite_create("index check");
	TCase *tcase = tcase_create("faults");
	tcase_add_checked_fixture(tcase, set_up, tear_down);
	tcase_add_test(tcase, a_good_index_has_no_faults);
	tcase_add_test(tcase, an_empty_index_has_no_faults);
	tcase_add_test(tcase, a_damaged_record);
	tcase_add_test(tcase, no_record_at_all);
	tcase_add_test(tcase, a_lost_article);
	tcase_add_test(tcase, two_articles_of_one_id);
	tcase_add_test(tcase, a_value_that_is_not_in_the_column);
	tcase_add_test(tcase, a_value_that_has_no_term);
	tcase_add_test(tcase, a_value_of_other_articles);
	tcase_add_test(tcase, a_term_without_a_number);
	tcase_add_test(tcase, a_damaged_column);
	tcase_add_test(tcase, a_column_out_of_order);
	tcase_add_test(tcase, a_number_without_a_name);
	tcase_add_test(tcase, a_name_that_leads_elsewhere);
	tcase_add_test(tcase, a_name_that_leads_nowhere);
	tcase_add_test(tcase, a_name_too_many);
	tcase_add_test(tcase, entities_of_all_sorts_have_no_faults);
	tcase_add_test(tcase, another_name_without_a_term);
	tcase_add_loop_test(tcase, terms_that_no_entity_asks_for, 0, 5);
	tcase_add_test(tcase, confidence_that_is_gone);
	tcase_add_test(tcase, a_date_without_its_month_and_year);
	tcase_add_test(tcase, a_mentioned_date_without_terms);
	tcase_add_test(tcase, a_mentioned_date_that_is_none);
	tcase_add_test(tcase, dates_have_no_names);
	tcase_add_test(tcase, nobody_found_the_entities);
	tcase_add_test(tcase, a_date_without_terms);
	tcase_add_test(tcase, a_date_that_is_only_a_term);
	tcase_add_test(tcase, a_damaged_date);
	tcase_add_test(tcase, a_missing_hash);
	tcase_add_test(tcase, words_that_are_elsewhere);
	tcase_add_test(tcase, mentions_of_all_sorts_have_no_faults);
	tcase_add_test(tcase, a_kind_without_a_term);
	tcase_add_test(tcase, mentions_that_are_nowhere);
	tcase_add_test(tcase, sentences_that_begin_nowhere);
	tcase_add_test(tcase, sentences_that_are_gone);
	tcase_add_test(tcase, sentences_that_are_not_those);
	tcase_add_loop_test(tcase, sentences_that_are_damaged, 0, 4);
	tcase_add_test(tcase, many_faults_are_counted_and_not_all_printed);
	suite_add_tcase(suite, tcase);
	TCase *files = tcase_create("files");
	tcase_add_checked_fixture(files, set_up, tear_down);
	tcase_set_timeout(files, 300);
	tcase_add_loop_test(files, a_table_that_is_gone, 0, TABLES);
	tcase_add_loop_test(files, a_flipped_bit, 0, TABLES);
	tcase_add_test(files, a_writer_beside_is_no_damage);
	tcase_add_test(files, an_overtaken_check_says_so);
	suite_add_tcase(suite, files);
	return suite;
}

TEST_MAIN(check_suite)
