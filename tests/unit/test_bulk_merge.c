#include "../../indexer/bulk/merge_runs.h"
#include "../../indexer/bulk/postlist.h"
#include "../../indexer/bulk/run.h"
#include "bulk_equal.h"

#include <fcntl.h>

#define WORKERS 3
#define BATCH 4

/* ---- runs, made by hand ---- */

struct use {
	const struct posting *posting;
	uint32_t sequence;
};

static int compare_uses(const void *a, const void *b)
{
	const struct use *x = a, *y = b;
	const int order = str_compare(x->posting->term, y->posting->term);
	return order ? order : (x->sequence > y->sequence) - (x->sequence < y->sequence);
}

static void add_posting(struct buffer *out, const struct posting *posting, uint32_t gap)
{
	buffer_add_varint(out, gap);
	buffer_add_varint(out, (uint64_t)posting->wdf * 2 + (posting->count > 0));
	if (!posting->count)
		return;
	char *tag = memory_alloc(POSITIONS_ROOM(posting->count));
	const char *end = pack_positions(tag, posting->positions, posting->count);
	buffer_add_counted(out, end_of_key(tag, end));
	free(tag);
}

static void make_terms(struct run *run, struct use *uses, size_t count)
{
	struct buffer postings = { 0 };
	qsort(uses, count, sizeof(*uses), compare_uses);
	for (size_t i = 0, next; i < count; i = next) {
		const struct str term = uses[i].posting->term;
		uint32_t last = 0;
		buffer_reset(&postings);
		for (next = i; next < count && str_equal(uses[next].posting->term, term); next++) {
			add_posting(&postings, uses[next].posting, uses[next].sequence - last);
			last = uses[next].sequence;
		}
		buffer_add_counted(&run->terms.bytes, term);
		buffer_add_varint(&run->terms.bytes, next - i);
		buffer_add_counted(&run->terms.bytes, buffer_str(&postings));
		run->term_count++;
	}
	buffer_release(&postings);
}

static uint32_t length_of(const struct document *article)
{
	uint32_t length = 0;
	for (size_t i = 0; i < article->posting_count; i++)
		length += article->postings[i].wdf;
	return length;
}

/* `uses` are those of the article, sorted. */
static void make_article(struct run *run, const struct document *article, const struct use *uses,
			 uint32_t gap)
{
	struct buffer tag = { 0 };
	struct termlist list;
	const uint32_t count = (uint32_t)article->posting_count;
	termlist_begin(&list, &tag, length_of(article), count);
	for (uint32_t i = 0; i < count; i++)
		termlist_add(&list, uses[i].posting->term, 0, uses[i].posting->wdf);
	buffer_add_varint(&run->articles.bytes, gap);
	/* Twice the bytes, and one more if it were deflated. */
	buffer_add_varint(&run->articles.bytes, 2 * (uint64_t)tag.len);
	buffer_add_str(&run->articles.bytes, buffer_str(&tag));
	run->article_count++;
	buffer_release(&tag);
}

/* Those of the articles whose numbers are given. */
static void make_run(struct run *run, const struct document *articles, const uint32_t *numbers,
		     size_t count)
{
	struct use *uses = NULL;
	size_t used = 0, capacity = 0;
	uint32_t last = 0;
	*run = (struct run){ .file = -1 };
	for (size_t i = 0; i < count; i++) {
		const struct document *article = &articles[numbers[i]];
		const size_t start = used;
		for (size_t k = 0; k < article->posting_count; k++) {
			memory_reserve(&uses, &capacity, used, sizeof(*uses));
			uses[used++] = (struct use){ &article->postings[k], numbers[i] };
		}
		if (used > start)
			qsort(uses + start, used - start, sizeof(*uses), compare_uses);
		make_article(run, article, uses ? uses + start : NULL, numbers[i] - last);
		last = numbers[i];
	}
	if (used)
		make_terms(run, uses, used);
	free(uses);
}

/* Articles come to workers in batches; each closes a run when it has `of_run` of them. Every other run goes to a file. */
static size_t make_runs(struct run *runs, const struct document *articles, uint32_t count,
			uint32_t of_run)
{
	size_t made = 0;
	uint32_t *numbers = arena_alloc(&corpus, (count + 1) * sizeof(*numbers));
	for (uint32_t worker = 0; worker < WORKERS; worker++) {
		size_t waiting = 0;
		for (uint32_t i = 0; i < count; i++) {
			if (i / BATCH % WORKERS == worker)
				numbers[waiting++] = i;
			if (waiting && (waiting == of_run || i == count - 1)) {
				make_run(&runs[made++], articles, numbers, waiting);
				waiting = 0;
			}
		}
	}
	make_run(&runs[made++], articles, numbers, 0);
	for (size_t i = 0; i < made; i += 2)
		assert_ok(run_spill(&runs[i], folder, &err));
	return made;
}

/* ---- the database of all runs ---- */

struct fates {
	uint32_t *ids;
	uint8_t *slots;
};

/* Every fifth article becomes no document, and those at the end are not even known of. */
static bool is_dropped(uint32_t article, uint32_t count)
{
	return article % 5 == 3 || article + 2 >= count;
}

static void decide(struct made_database *made, const struct document *articles, uint32_t count,
		   struct fates *fates)
{
	struct postlist lengths = { 0 };
	fates->ids = arena_zero(&corpus, count + 1, sizeof(*fates->ids));
	fates->slots = arena_zero(&corpus, count + 1, 1);
	for (uint32_t i = 0; i < count; i++) {
		uint32_t greatest = made->statistics.greatest_wdf;
		if (is_dropped(i, count))
			continue;
		count_document(&made->statistics, length_of(&articles[i]));
		fates->ids[i] = made->statistics.documents;
		postlist_add(&lengths, fates->ids[i], length_of(&articles[i]));
		for (size_t k = 0; k < articles[i].posting_count; k++)
			if (articles[i].postings[k].wdf > greatest)
				greatest = articles[i].postings[k].wdf;
		made->statistics.greatest_wdf = greatest;
	}
	assert_ok(postlist_end_lengths(&lengths, made->tables[BULK_POSTINGS], &err));
	postlist_release(&lengths);
}

static void merge_all(struct made_database *made, const struct bulk_runs *runs)
{
	struct metadata metadata = { 0 };
	set_schema(&metadata);
	assert_ok(merge_postings(runs, made->tables[BULK_POSTINGS], &err));
	assert_ok(merge_positions(runs, made->tables[BULK_POSITIONS], &err));
	assert_ok(merge_termlists(runs, made->tables[BULK_TERMLISTS], &err));
	assert_ok(metadata_write(&metadata, made->tables[BULK_POSTINGS], &err));
	metadata_release(&metadata);
	publish_made(made);
	free_made(made);
}

static void make_theirs(const struct document *articles, uint32_t count)
{
	struct store_writer *writer = create("theirs");
	for (uint32_t i = 0; i < count; i++) {
		uint32_t id;
		if (!is_dropped(i, count))
			assert_ok(store_add(writer, &articles[i], &id, &err));
	}
	finish(writer);
}

static void list_runs(const struct run *runs, size_t count, const struct run **list)
{
	for (size_t i = 0; i < count; i++)
		list[i] = &runs[i];
}

START_TEST(as_libxapian_makes_it)
{
	static const uint32_t of_run[] = { 1000, 61, 20, 2, 1 };
	enum { ARTICLES = 240 };
	const struct shape shape = { .articles = ARTICLES,
				     .vocabulary = 300,
				     .terms_max = 40,
				     .term_bytes = 20,
				     .positions_max = 5,
				     .common = true };
	const struct document *articles = random_articles(&shape);
	struct made_database made = { .name = "ours", .block_size = 2048 };
	struct run runs[ARTICLES + 1];
	const struct run *list[ARTICLES + 1];
	struct fates fates;
	const size_t count = make_runs(runs, articles, ARTICLES, of_run[_i]);
	ck_assert(of_run[_i] > 1 || count == ARTICLES + 1);
	list_runs(runs, count, list);
	make_tables(&made);
	decide(&made, articles, ARTICLES, &fates);
	const struct bulk_runs all = { list, count, { fates.ids, ARTICLES - 2, fates.slots } };
	merge_all(&made, &all);
	make_theirs(articles, ARTICLES);
	for (size_t i = 0; i < count; i++)
		run_release(&runs[i]);
	compare_databases("ours", "theirs");
}
END_TEST

/* ---- which slots a document has ---- */

START_TEST(slots_of_documents)
{
	enum { ARTICLES = 256 };
	struct document *articles = arena_zero(&corpus, ARTICLES, sizeof(*articles));
	struct run runs[ARTICLES + 1];
	const struct run *list[ARTICLES + 1];
	uint32_t ids[ARTICLES];
	uint8_t slots[ARTICLES + 1];
	for (uint32_t i = 0; i < ARTICLES; i++) {
		ids[i] = i + 1;
		slots[i + 1] = (uint8_t)i;
	}
	const size_t count = make_runs(runs, articles, ARTICLES, 50);
	list_runs(runs, count, list);
	const struct bulk_runs all = { list, count, { ids, ARTICLES, slots } };
	struct table *table;
	struct table_root root;
	assert_ok(table_create(path("table"), 65536, &table, &err));
	assert_ok(merge_termlists(&all, table, &err));
	assert_ok(table_finish(table, &root, &err));
	table_free(table);
	/* All have a term list, all but the first have slots. */
	ck_assert_uint_eq(root.entries, 2 * ARTICLES - 1);
	read_whole(".", "table", &bytes);
	/* Document 0x93, with the slots 1, 4 and 7: the first, and how many lie between each and the next. */
	static const char item[] = "\x03\x00\x93\x00\x01\x02\x02";
	ck_assert_ptr_nonnull(memmem(bytes.data, bytes.len, item, sizeof(item) - 1));
	for (size_t i = 0; i < count; i++)
		run_release(&runs[i]);
}
END_TEST

/* ---- failures ---- */

typedef enum status merge_one(const struct bulk_runs *runs, struct table *table, struct error *err);

static merge_one *const merges[] = { merge_postings, merge_positions, merge_termlists };

/* A file that ends too soon. */
START_TEST(a_run_cannot_be_read)
{
	struct document articles[2] = { 0 };
	const uint32_t numbers[] = { 0, 1 };
	struct posting posting = { .term = STR("rain"), .wdf = 1 };
	articles[0] = articles[1] = (struct document){ .postings = &posting, .posting_count = 1 };
	struct run runs[2];
	const struct run *list[] = { &runs[0], &runs[1] };
	const uint32_t ids[] = { 1, 2 };
	const uint8_t slots[3] = { 0 };
	make_run(&runs[0], articles, numbers, 1);
	make_run(&runs[1], articles, numbers + 1, 1);
	assert_ok(run_spill(&runs[_i % 2], folder, &err));
	ck_assert_int_eq(ftruncate(runs[_i % 2].file, 1), 0);
	const struct bulk_runs all = { list, 2, { ids, 2, slots } };
	struct table *table;
	assert_ok(table_create(path("table"), 8192, &table, &err));
	assert_status(merges[_i / 2](&all, table, &err), STATUS_SYSTEM);
	table_free(table);
	run_release(&runs[0]);
	run_release(&runs[1]);
}
END_TEST

/* Keys that do not rise stand for any failure of a table. */
START_TEST(a_table_cannot_be_written)
{
	const struct shape shape = {
		.articles = 40, .vocabulary = 40, .terms_max = 20, .term_bytes = 6, .positions_max = 5
	};
	const struct document *articles = random_articles(&shape);
	struct run runs[41];
	const struct run *list[41];
	struct fates fates = { arena_zero(&corpus, 40, 4), arena_zero(&corpus, 41, 1) };
	for (uint32_t i = 0; i < 40; i++)
		fates.ids[i] = i + 1;
	const size_t count = make_runs(runs, articles, 40, 5);
	list_runs(runs, count, list);
	const struct bulk_runs all = { list, count, { fates.ids, 40, fates.slots } };
	struct table *table;
	assert_ok(table_create(path("table"), 8192, &table, &err));
	assert_ok(table_add(table, STR("\xff\xff"), STR(""), &err));
	assert_status(merges[_i](&all, table, &err), STATUS_BAD_REQUEST);
	table_free(table);
	for (size_t i = 0; i < count; i++)
		run_release(&runs[i]);
}
END_TEST

static void release(void)
{
	arena_release(&corpus);
	tear_down();
}

static Suite *bulk_merge(void)
{
	Suite *suite = suite_create("bulk merge");
	TCase *tests = tcase_create("merge");
	tcase_add_checked_fixture(tests, set_up, release);
	tcase_set_timeout(tests, 120);
	tcase_add_loop_test(tests, as_libxapian_makes_it, 0, 5);
	tcase_add_test(tests, slots_of_documents);
	tcase_add_loop_test(tests, a_run_cannot_be_read, 0, 6);
	tcase_add_loop_test(tests, a_table_cannot_be_written, 0, 3);
	suite_add_tcase(suite, tests);
	return suite;
}

TEST_MAIN(bulk_merge)
