#include "../../indexer/bulk/builder.h"
#include "bulk_equal.h"

#include <pthread.h>

/* As workers take them: so many articles in a row. */
#define BATCH 32

/* How a database is built of articles. */
struct way {
	const char *name;
	uint64_t memory;
	unsigned jobs;
	uint32_t block_size, first_document;
	uint32_t dropped_each; /* every so many-th article becomes no document, though its terms came; 0: none */
};

static bool is_dropped(const struct way *way, uint32_t article)
{
	return way->dropped_each && article % way->dropped_each == way->dropped_each - 1;
}

/* ---- building ---- */

/* Every other term by its number, as workers do. */
static void invert(struct inverter *inverter, uint32_t sequence, const struct document *article,
		   struct inverted *inverted)
{
	const size_t count = article->posting_count;
	struct numbered_posting *numbered = memory_zero(count + 1, sizeof(*numbered));
	struct posting *others = memory_zero(count + 1, sizeof(*others));
	size_t numbered_count = 0, other_count = 0;
	for (size_t i = 0; i < count; i++) {
		const struct posting *posting = &article->postings[i];
		if (i % 2)
			others[other_count++] = *posting;
		else
			numbered[numbered_count++] = (struct numbered_posting){
				intern_add(inverter_terms(inverter), posting->term, NULL),
				posting->wdf, posting->positions, posting->count
			};
	}
	struct error failure;
	const enum status status = inverter_add(inverter, sequence, numbered, numbered_count,
						others, other_count, inverted, &failure);
	ck_assert_msg(status == STATUS_OK, "%s", failure.text);
	free(numbered);
	free(others);
}

struct worker {
	const struct way *way;
	struct inverter *inverter;
	const struct document *articles;
	struct inverted *inverted; /* by article */
	uint32_t count;
	unsigned number;
	pthread_t thread;
};

static void *work(void *data)
{
	struct worker *worker = data;
	struct error failure;
	for (uint32_t i = 0; i < worker->count; i++)
		if (i / BATCH % worker->way->jobs == worker->number)
			invert(worker->inverter, i, &worker->articles[i], &worker->inverted[i]);
	ck_assert_int_eq(inverter_finish(worker->inverter, &failure), STATUS_OK);
	return NULL;
}

static struct inverted *invert_all(struct builder *builder, const struct way *way,
				   const struct document *articles, uint32_t count)
{
	struct worker workers[8];
	struct inverted *inverted = memory_zero(count + 1, sizeof(*inverted));
	for (unsigned i = 0; i < way->jobs; i++) {
		workers[i] = (struct worker){
			way, builder_inverter(builder, i), articles, inverted, count, i, 0
		};
		ck_assert_int_eq(pthread_create(&workers[i].thread, NULL, work, &workers[i]), 0);
	}
	for (unsigned i = 0; i < way->jobs; i++)
		pthread_join(workers[i].thread, NULL);
	return inverted;
}

static size_t count_runs(struct builder *builder, const struct way *way)
{
	size_t runs = 0;
	for (unsigned i = 0; i < way->jobs; i++) {
		size_t count;
		inverter_runs(builder_inverter(builder, i), &count);
		runs += count;
	}
	return runs;
}

static void add_all(struct builder *builder, const struct way *way, const struct document *articles,
		    const struct inverted *inverted, uint32_t count)
{
	uint32_t expected = way->first_document ? way->first_document : 1;
	for (uint32_t i = 0; i < count; i++) {
		uint32_t id;
		if (is_dropped(way, i))
			continue;
		assert_ok(builder_add(builder, &inverted[i], &articles[i], &id, &err));
		ck_assert_uint_eq(id, expected++);
	}
}

/* Written with some metadata, finished with others. Returns how many runs there were. */
static size_t build(const struct way *way, const struct document *articles, uint32_t count)
{
	const struct builder_options options = {
		.folder = path(way->name),
		.memory = way->memory ? way->memory : 64 << 20,
		.jobs = way->jobs,
		.block_size = way->block_size,
		.first_document = way->first_document,
	};
	struct builder *builder;
	struct metadata metadata = { 0 };
	assert_ok(builder_new(&options, &builder, &err));
	struct inverted *inverted = invert_all(builder, way, articles, count);
	add_all(builder, way, articles, inverted, count);
	const size_t runs = count_runs(builder, way);
	set_schema(&metadata);
	assert_ok(builder_write(builder, &metadata, &err));
	struct store *store = open_reader(way->name);
	ck_assert_uint_eq(store_count(store), builder_count(builder));
	store_close(store);
	metadata_set(&metadata, STR("names"), STR("all of them"));
	assert_ok(builder_finish(builder, &metadata, &err));
	metadata_release(&metadata);
	builder_free(builder);
	free(inverted);
	return runs;
}

static void build_by_store(const struct way *way, const char *name, const struct document *articles,
			   uint32_t count)
{
	struct store_writer *writer = create(name);
	assert_ok(store_set_metadata(writer, STR("names"), STR("all of them"), &err));
	for (uint32_t i = 0; i < count; i++) {
		uint32_t id;
		if (!is_dropped(way, i))
			assert_ok(store_add(writer, &articles[i], &id, &err));
	}
	finish(writer);
}

/* Returns how many runs there were. */
static size_t check_way(const struct way *way, const struct document *articles, uint32_t count)
{
	struct metadata expected = { 0 };
	const size_t runs = build(way, articles, count);
	build_by_store(way, "theirs", articles, count);
	compare_databases(way->name, "theirs");
	set_schema(&expected);
	metadata_set(&expected, STR("names"), STR("all of them"));
	struct store *store = open_reader(way->name);
	assert_metadata(store, &expected);
	store_close(store);
	metadata_release(&expected);
	return runs;
}

static void release(void)
{
	arena_release(&corpus);
	tear_down();
}

/* ---- corpora ---- */

static const struct shape usual = { .articles = 300,
				    .vocabulary = 400,
				    .terms_max = 60,
				    .term_bytes = 12,
				    .record_bytes = 300,
				    .value_bytes = 20,
				    .positions_max = 9,
				    .common = true };

START_TEST(no_articles)
{
	static const struct way way = { .name = "ours", .jobs = 2 };
	check_way(&way, NULL, 0);
	struct buffer bytes_there = { 0 };
	read_whole("ours", "position.glass", &bytes_there);
	ck_assert_uint_eq(bytes_there.len, 0);
	read_whole("ours", "docdata.glass", &bytes_there);
	ck_assert_uint_eq(bytes_there.len, 0);
	read_whole("ours", "termlist.glass", &bytes_there);
	ck_assert_uint_gt(bytes_there.len, 0);
	buffer_release(&bytes_there);
}
END_TEST

START_TEST(one_article)
{
	static const struct way way = { .name = "ours", .jobs = 1 };
	struct shape shape = usual;
	shape.articles = 1;
	check_way(&way, random_articles(&shape), 1);
}
END_TEST

START_TEST(an_article_of_nothing)
{
	static const struct way way = { .name = "ours", .jobs = 1 };
	static const struct document nothing[2] = { 0 };
	check_way(&way, nothing, 2);
}
END_TEST

/* The same bytes whatever the number of workers, and however often they had to write runs aside. */
START_TEST(ways_make_no_difference)
{
	static const struct way one = { .name = "one", .jobs = 1, .dropped_each = 7 };
	static const struct way others[] = {
		{ .name = "two", .jobs = 2, .dropped_each = 7 },
		{ .name = "four", .jobs = 4, .dropped_each = 7 },
		{ .name = "tight", .jobs = 1, .memory = 64 << 10, .dropped_each = 7 },
		{ .name = "tight_two", .jobs = 2, .memory = 128 << 10, .dropped_each = 7 },
		{ .name = "tight_four", .jobs = 4, .memory = 1 << 10, .dropped_each = 7 },
	};
	const struct document *articles = random_articles(&usual);
	ck_assert_uint_eq(check_way(&one, articles, usual.articles), 1);
	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++) {
		build(&others[i], articles, usual.articles);
		assert_same_files("one", others[i].name);
	}
}
END_TEST

START_TEST(many_runs)
{
	static const struct way two_runs = { .name = "ours", .jobs = 2 };
	static const struct way fifty = { .name = "fifty", .jobs = 1, .memory = 1 };
	const struct document *articles = random_articles(&usual);
	ck_assert_uint_eq(check_way(&two_runs, articles, usual.articles), 2);
	ck_assert_uint_ge(build(&fifty, articles, usual.articles), 50);
	assert_same_files("ours", "fifty");
}
END_TEST

START_TEST(any_block_size)
{
	static const struct way ways[] = {
		{ .name = "ours", .jobs = 2, .block_size = 2048 },
		{ .name = "ours", .jobs = 2, .block_size = 8192 },
		{ .name = "ours", .jobs = 2, .block_size = 65536 },
	};
	struct shape shape = usual;
	shape.articles = 120;
	shape.term_bytes = 245;
	shape.record_bytes = 30000;
	shape.value_bytes = 5000;
	check_way(&ways[_i], random_articles(&shape), shape.articles);
}
END_TEST

/* Every byte value, at every length; NULs count twice. */
START_TEST(all_terms)
{
	static const struct way way = { .name = "ours", .jobs = 1 };
	struct document article = { 0 };
	struct posting *postings = arena_zero(&corpus, 256 * 2 + 245, sizeof(*postings));
	for (uint32_t byte = 0; byte < 256; byte++) {
		const uint32_t longest = byte ? 245 : 122;
		char *text = arena_alloc(&corpus, longest);
		memset(text, (int)byte, longest);
		postings[article.posting_count++] = (struct posting){ .term = { text, 1 }, .wdf = 1 };
		postings[article.posting_count++] =
			(struct posting){ .term = { text, longest }, .wdf = 2 };
	}
	const struct str text = postings['w' * 2 + 1].term;
	for (uint32_t len = 2; len < 245; len++)
		postings[article.posting_count++] =
			(struct posting){ .term = { text.data, len }, .wdf = len };
	article.postings = postings;
	check_way(&way, &article, 1);
}
END_TEST

START_TEST(very_many_positions)
{
	static const struct way way = { .name = "ours", .jobs = 1, .memory = 1 << 20 };
	enum { POSITIONS = 200000 };
	uint32_t *positions = arena_alloc(&corpus, POSITIONS * sizeof(*positions));
	for (uint32_t i = 0; i < POSITIONS; i++)
		positions[i] = 3 * i + random_below(3);
	struct posting postings[2][1] = { { { STR("word"), positions, POSITIONS, POSITIONS } },
					  { { STR("word"), positions + 7, 1, 1 } } };
	const struct document articles[] = {
		{ .postings = postings[0], .posting_count = 1 },
		{ .postings = postings[1], .posting_count = 1 },
	};
	check_way(&way, articles, 2);
}
END_TEST

/* Chunks of the common term, of lengths and of values end and begin; keys of document numbers grow longer. */
START_TEST(long_lists)
{
	static const struct way way = { .name = "ours", .jobs = 2, .memory = 1 << 20 };
	const struct shape shape = { .articles = 36000,
				     .vocabulary = 30,
				     .terms_max = 2,
				     .term_bytes = 5,
				     .record_bytes = 3,
				     .value_bytes = 2,
				     .positions_max = 2,
				     .common = true };
	check_way(&way, random_articles(&shape), shape.articles);
}
END_TEST

START_TEST(high_trees)
{
	static const struct way way = { .name = "ours", .jobs = 2, .block_size = 2048 };
	enum { TERMS = 6000, LENGTH = 240 };
	struct document articles[4] = { 0 };
	for (int i = 0; i < 4; i++)
		articles[i].postings = arena_zero(&corpus, TERMS, sizeof(struct posting));
	for (uint32_t i = 0; i < TERMS; i++) {
		char *text = arena_alloc(&corpus, LENGTH + 1);
		memset(text, 'w', LENGTH);
		snprintf(text + LENGTH - 6, 7, "%06u", i);
		struct document *article = &articles[i % 4];
		article->postings[article->posting_count++] =
			(struct posting){ .term = { text, LENGTH }, .wdf = 1 };
	}
	check_way(&way, articles, 4);
	ck_assert_uint_ge(postings_level("ours"), 4);
}
END_TEST

/* Of articles that became no document nothing is left, not even terms that only they have. */
START_TEST(dropped)
{
	static const struct way way = { .name = "ours", .jobs = 2, .dropped_each = 2 };
	static const struct way all = { .name = "none", .jobs = 2, .dropped_each = 1 };
	struct shape shape = usual;
	shape.vocabulary = 5000;
	shape.articles = 90;
	const struct document *articles = random_articles(&shape);
	check_way(&way, articles, shape.articles);
	build(&all, articles, shape.articles);
	struct store *store = open_reader("none");
	ck_assert_uint_eq(store_count(store), 0);
	store_close(store);
	assert_checked("none");
}
END_TEST

/* To be joined to an index that has the documents before. */
START_TEST(later_documents)
{
	static const struct way way = { .name = "more", .jobs = 2, .first_document = 41 };
	struct shape shape = usual;
	shape.articles = 100;
	const struct document *articles = random_articles(&shape);
	build_by_store(&way, "theirs", articles, 100);
	build_by_store(&way, "first", articles, 40);
	const struct builder_options options = {
		.folder = path("more"), .memory = 1 << 20, .jobs = 2, .first_document = 41
	};
	const struct metadata none = { 0 };
	struct builder *builder;
	assert_ok(builder_new(&options, &builder, &err));
	struct inverted *inverted = invert_all(builder, &way, articles + 40, 60);
	add_all(builder, &way, articles + 40, inverted, 60);
	assert_ok(builder_write(builder, &none, &err));
	builder_free(builder);
	free(inverted);
	struct buffer names[2] = { 0 };
	buffer_add_text(&names[0], path("first"));
	buffer_add_text(&names[1], path("more"));
	assert_ok(store_join(names[0].data, names[1].data, path("joined"), &err));
	buffer_release(&names[0]);
	buffer_release(&names[1]);
	compare_databases("joined", "theirs");
}
END_TEST

START_TEST(wrong_use)
{
	const struct builder_options options = { .folder = path("ours"), .memory = 1 << 20, .jobs = 1 };
	const struct inverted inverted = { .sequence = 5 };
	struct value value = { 8, STR("x") };
	const struct document empty = { 0 }, odd = { .values = &value, .value_count = 1 };
	struct builder *builder;
	uint32_t id;
	assert_ok(builder_new(&options, &builder, &err));
	assert_ok(builder_add(builder, &inverted, &empty, &id, &err));
	assert_status(builder_add(builder, &inverted, &empty, &id, &err), STATUS_BAD_REQUEST);
	const struct inverted next = { .sequence = 6 };
	assert_status(builder_add(builder, &next, &odd, &id, &err), STATUS_BAD_REQUEST);
	builder_free(builder);
	builder_free(NULL);
}
END_TEST

START_TEST(no_folder)
{
	const struct builder_options options = { .folder = path("no/such"),
						 .memory = 1 << 20,
						 .jobs = 1 };
	struct builder *builder;
	assert_status(builder_new(&options, &builder, &err), STATUS_SYSTEM);
	builder_free(builder);
}
END_TEST

static Suite *bulk_builder(void)
{
	Suite *suite = suite_create("bulk builder");
	TCase *tests = tcase_create("builder");
	tcase_add_checked_fixture(tests, set_up, release);
	tcase_set_timeout(tests, 240);
	tcase_add_test(tests, no_articles);
	tcase_add_test(tests, one_article);
	tcase_add_test(tests, an_article_of_nothing);
	tcase_add_test(tests, ways_make_no_difference);
	tcase_add_test(tests, many_runs);
	tcase_add_loop_test(tests, any_block_size, 0, 3);
	tcase_add_test(tests, all_terms);
	tcase_add_test(tests, very_many_positions);
	tcase_add_test(tests, long_lists);
	tcase_add_test(tests, high_trees);
	tcase_add_test(tests, dropped);
	tcase_add_test(tests, later_documents);
	tcase_add_test(tests, wrong_use);
	tcase_add_test(tests, no_folder);
	suite_add_tcase(suite, tests);
	return suite;
}

TEST_MAIN(bulk_builder)
