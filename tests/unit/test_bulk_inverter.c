/* The inverter: its runs beside what a plain sort of all postings makes of the same articles. */
#include "../../indexer/bulk/inverter.h"
#include "../../indexer/bulk/packing.h"
#include "../../indexer/bulk/term_order.h"
#include "../../indexer/bulk/termlist.h"

#include "store_testing.h"

#include <libdeflate.h>
#include <sys/resource.h>

#define PLENTY ((size_t)1 << 30)

static uint64_t seed;

static uint32_t random_below(uint32_t limit)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)((seed >> 32) * limit >> 32);
}

/* ---- articles ---- */

/* A posting as it was given, and the article that it is of. */
struct given {
	struct posting posting;
	uint32_t sequence;
};

struct article_given {
	uint32_t sequence, length, greatest_wdf;
	struct given *postings; /* by term */
	size_t count;
};

/* All that was given to an inverter. */
struct model {
	struct article_given *articles;
	size_t count, capacity;
	struct arena arena;
};

static void model_release(struct model *model)
{
	free(model->articles);
	arena_release(&model->arena);
}

static int by_term(const void *a, const void *b)
{
	const struct given *left = a, *right = b;
	const int order = str_compare(left->posting.term, right->posting.term);
	if (order)
		return order;
	return (left->sequence > right->sequence) - (left->sequence < right->sequence);
}

/* The first `numbered` go in by number, the others as text. */
static enum status give(struct inverter *inverter, struct model *model, uint32_t sequence,
			const struct posting *postings, size_t count, size_t numbered_count)
{
	struct numbered_posting *numbered = memory_zero(numbered_count, sizeof(*numbered));
	for (size_t i = 0; i < numbered_count; i++)
		numbered[i] = (struct numbered_posting){
			.term = intern_add(inverter_terms(inverter), postings[i].term, NULL),
			.wdf = postings[i].wdf,
			.positions = postings[i].positions,
			.count = postings[i].count,
		};
	struct article_given given = { .sequence = sequence, .count = count };
	given.postings = arena_alloc(&model->arena, count * sizeof(*given.postings));
	for (size_t i = 0; i < count; i++) {
		given.postings[i] = (struct given){ postings[i], sequence };
		given.length += postings[i].wdf;
		if (postings[i].wdf > given.greatest_wdf)
			given.greatest_wdf = postings[i].wdf;
	}
	qsort(given.postings, count, sizeof(*given.postings), by_term);
	memory_reserve(&model->articles, &model->capacity, model->count, sizeof(given));
	model->articles[model->count++] = given;
	struct inverted inverted;
	const enum status status = inverter_add(inverter, sequence, numbered, numbered_count,
						postings + numbered_count, count - numbered_count,
						&inverted, &err);
	free(numbered);
	if (status == STATUS_OK) {
		ck_assert_uint_eq(inverted.sequence, sequence);
		ck_assert_uint_eq(inverted.length, given.length);
		ck_assert_uint_eq(inverted.greatest_wdf, given.greatest_wdf);
	}
	return status;
}

/* ---- what runs must be ---- */

static void add_expected(const struct given *given, uint32_t before, struct buffer *out)
{
	const struct posting *posting = &given->posting;
	buffer_add_varint(out, given->sequence - before);
	buffer_add_varint(out, (uint64_t)posting->wdf * 2 + (posting->count > 0));
	if (!posting->count)
		return;
	char *tag = memory_alloc(POSITIONS_ROOM(posting->count));
	const char *end = pack_positions(tag, posting->positions, posting->count);
	buffer_add_counted(out, (struct str){ tag, (size_t)(end - tag) });
	free(tag);
}

/* The terms of articles [from, to). */
static void check_terms(const struct model *model, size_t from, size_t to, const struct run *run)
{
	size_t count = 0, terms = 0;
	for (size_t i = from; i < to; i++)
		count += model->articles[i].count;
	struct given *all = memory_alloc(count * sizeof(*all));
	count = 0;
	for (size_t i = from; i < to; i++) {
		const struct article_given *article = &model->articles[i];
		memcpy(all + count, article->postings, article->count * sizeof(*all));
		count += article->count;
	}
	qsort(all, count, sizeof(*all), by_term);
	struct run_reader *reader = run_read_terms(run);
	struct run_term term;
	for (size_t start = 0, end; start < count; start = end, terms++) {
		const struct str text = all[start].posting.term;
		buffer_reset(&bytes);
		for (end = start; end < count && str_equal(all[end].posting.term, text); end++)
			add_expected(&all[end], end > start ? all[end - 1].sequence : 0, &bytes);
		ck_assert(run_next_term(reader, &term));
		ck_assert(str_equal(term.term, text));
		ck_assert_uint_eq(term.count, end - start);
		ck_assert(str_equal(term.postings, buffer_str(&bytes)));
	}
	ck_assert(!run_next_term(reader, &term));
	ck_assert_int_eq(run_reader_status(reader, &err), STATUS_OK);
	ck_assert_uint_eq(run->term_count, terms);
	run_reader_free(reader);
	free(all);
}

static uint32_t shared_by(struct str a, struct str b)
{
	uint32_t shared = 0;
	while (shared < a.len && shared < b.len && a.data[shared] == b.data[shared])
		shared++;
	return shared;
}

static void expected_tag(const struct article_given *article, struct buffer *out)
{
	struct termlist list;
	termlist_begin(&list, out, article->length, (uint32_t)article->count);
	struct str before = { 0 };
	for (size_t i = 0; i < article->count; i++) {
		const struct posting *posting = &article->postings[i].posting;
		termlist_add(&list, posting->term, shared_by(before, posting->term), posting->wdf);
		before = posting->term;
	}
}

static void assert_tag(const struct run_article *article, struct str expected)
{
	if (!article->is_deflated) {
		ck_assert(str_equal(article->tag, expected));
		return;
	}
	ck_assert_uint_lt(article->tag.len, expected.len);
	struct libdeflate_decompressor *inflate = libdeflate_alloc_decompressor();
	char *plain = memory_alloc(expected.len);
	ck_assert_int_eq(libdeflate_deflate_decompress(inflate, article->tag.data, article->tag.len,
						       plain, expected.len, NULL),
			 LIBDEFLATE_SUCCESS);
	ck_assert_mem_eq(plain, expected.data, expected.len);
	free(plain);
	libdeflate_free_decompressor(inflate);
}

/* Which articles the run has is told by itself: as many as it says. */
static void check_articles(const struct model *model, size_t from, const struct run *run)
{
	struct run_reader *reader = run_read_articles(run);
	struct run_article article;
	for (size_t i = from; i < from + run->article_count; i++) {
		ck_assert_uint_lt(i, model->count);
		ck_assert(run_next_article(reader, &article));
		ck_assert_uint_eq(article.sequence, model->articles[i].sequence);
		buffer_reset(&bytes);
		expected_tag(&model->articles[i], &bytes);
		assert_tag(&article, buffer_str(&bytes));
	}
	ck_assert(!run_next_article(reader, &article));
	ck_assert_int_eq(run_reader_status(reader, &err), STATUS_OK);
	run_reader_free(reader);
}

/* All runs; all but the last are in files. Gives their number. */
static size_t check_runs(const struct inverter *inverter, const struct model *model)
{
	size_t count, from = 0;
	const struct run *runs = inverter_runs(inverter, &count);
	for (size_t i = 0; i < count; i++) {
		if (i + 1 < count)
			ck_assert_int_ge(runs[i].file, 0);
		check_articles(model, from, &runs[i]);
		check_terms(model, from, from + runs[i].article_count, &runs[i]);
		from += runs[i].article_count;
	}
	ck_assert_uint_eq(from, model->count);
	return count;
}

static void end_run(struct inverter *inverter)
{
	ck_assert_int_eq(inverter_finish(inverter, &err), STATUS_OK);
}

static struct inverter *make_inverter(size_t memory)
{
	return inverter_new(&(struct inverter_options){ folder, memory });
}

/* ---- made-up articles ---- */

#define WORDS 2000

struct made {
	struct str words[WORDS];
	bool used[WORDS];
	struct arena arena;
};

/*
 * Terms of 1 to 245 bytes, each byte value in them, many that begin alike and many of zeros, so that they differ in their length
 * alone.
 */
static void make_words(struct made *made)
{
	struct intern seen = { 0 };
	for (unsigned i = 0; i < WORDS;) {
		char text[245];
		size_t len = 1 + random_below(random_below(4) ? 20 : 245);
		for (size_t at = 0; at < len; at++)
			text[at] = (char)random_below(256);
		const unsigned kind = random_below(4);
		if (kind == 1 && i) {
			const struct str other = made->words[random_below(i)];
			const size_t same = random_below((uint32_t)other.len + 1);
			memcpy(text, other.data, same < len ? same : len);
		} else if (kind == 2) {
			memset(text, 0, len);
			text[random_below((uint32_t)len)] = (char)random_below(2);
		} else if (kind == 3) {
			memset(text, 'x', len);
			text[len - 1] = (char)random_below(256);
		}
		bool is_new;
		intern_add(&seen, (struct str){ text, len }, &is_new);
		if (is_new)
			made->words[i++] = arena_copy(&made->arena, (struct str){ text, len });
	}
	intern_release(&seen);
}

static uint32_t make_wdf(void)
{
	static const uint32_t others[] = { 62, 63, 64, 126, 127, 128, 300000 };
	return random_below(8) ? random_below(4) : others[random_below(7)];
}

static void make_positions(struct made *made, struct posting *posting)
{
	static const uint32_t counts[] = { 3, 26, 27, 28, 29, 100, 2000 };
	const uint32_t kind = random_below(20);
	posting->count = kind < 18 ? kind % 3 : counts[random_below(7)];
	if (!posting->count)
		return;
	uint32_t *positions = arena_alloc(&made->arena, posting->count * sizeof(*positions));
	const uint32_t step = kind % 2 ? 5 : 1000000;
	uint32_t last = 0;
	for (uint32_t i = 0; i < posting->count; i++)
		positions[i] = last += 1 + random_below(step);
	posting->positions = positions;
}

/* Some terms of an article, each once; low numbers far more often. */
static size_t make_article(struct made *made, struct posting postings[WORDS], size_t wanted)
{
	size_t count = 0;
	memset(made->used, 0, sizeof(made->used));
	for (size_t i = 0; i < wanted; i++) {
		const uint32_t word = random_below(1 + random_below(WORDS));
		if (made->used[word])
			continue;
		made->used[word] = true;
		struct posting *posting = &postings[count++];
		*posting = (struct posting){ .term = made->words[word], .wdf = make_wdf() };
		make_positions(made, posting);
	}
	return count;
}

static uint32_t next_sequence(uint32_t sequence)
{
	static const uint32_t steps[] = { 127, 128, 20000, 3000000 };
	return sequence + (random_below(50) ? 1 + random_below(3) : steps[random_below(4)]);
}

static void add_made(struct inverter *inverter, struct made *made, struct model *model,
		     size_t articles)
{
	static const size_t sizes[] = { 0, 1, 2, 19, 20, 21, 60, 300, 3000 };
	struct posting *postings = memory_alloc(WORDS * sizeof(*postings));
	uint32_t sequence = 0, epoch = inverter_epoch(inverter);
	for (size_t i = 0; i < articles; i++) {
		const size_t count = make_article(made, postings, sizes[random_below(9)]);
		const size_t numbered = random_below((uint32_t)count + 1);
		ck_assert_int_eq(give(inverter, model, sequence, postings, count, numbered),
				 STATUS_OK);
		sequence = next_sequence(sequence);
		if (inverter_epoch(inverter) != epoch)
			ck_assert_uint_eq(inverter_terms(inverter)->count, 0);
		epoch = inverter_epoch(inverter);
	}
	free(postings);
}

/* The same articles for the same start; gives how many runs they came to. */
static size_t runs_of(size_t memory, size_t articles, uint64_t start)
{
	seed = start;
	struct made *made = memory_zero(1, sizeof(*made));
	make_words(made);
	struct model model = { 0 };
	struct inverter *inverter = make_inverter(memory);
	add_made(inverter, made, &model, articles);
	end_run(inverter);
	const size_t runs = check_runs(inverter, &model);
	inverter_free(inverter);
	model_release(&model);
	arena_release(&made->arena);
	free(made);
	return runs;
}

START_TEST(one_run)
{
	for (uint64_t start = 1; start < 4; start++)
		ck_assert_uint_eq(runs_of(PLENTY, 300, start), 1);
}
END_TEST

START_TEST(two_runs)
{
	size_t memory = (size_t)8 << 20, runs = 1;
	for (; runs == 1 && memory; memory -= memory / 8)
		runs = runs_of(memory, 300, 7);
	ck_assert_uint_eq(runs, 2);
}
END_TEST

START_TEST(fifty_runs)
{
	ck_assert_uint_eq(runs_of(1, 50, 8), 50);
	ck_assert_uint_gt(runs_of((size_t)400 << 10, 300, 9), 2);
}
END_TEST

/* A process may not have a file open for each of them. */
START_TEST(few_files)
{
	struct rlimit limit;
	ck_assert_int_eq(getrlimit(RLIMIT_NOFILE, &limit), 0);
	limit.rlim_cur = 16;
	ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &limit), 0);
	ck_assert_uint_eq(runs_of(1, 200, 10), 200);
}
END_TEST

/* ---- few and many ---- */

START_TEST(no_articles)
{
	struct inverter *inverter = make_inverter(PLENTY);
	size_t count;
	/* A term that no article has. */
	intern_add(inverter_terms(inverter), STR("word"), NULL);
	end_run(inverter);
	inverter_runs(inverter, &count);
	ck_assert_uint_eq(count, 0);
	inverter_free(inverter);
	inverter_free(NULL);
}
END_TEST

START_TEST(one_term)
{
	struct inverter *inverter = make_inverter(PLENTY);
	struct model model = { 0 };
	static const uint32_t position = 3000000000;
	const struct posting all[] = {
		{ STR("word"), &position, 1, 1 },
		{ STR("Qid"), NULL, 0, 0 },
	};
	intern_add(inverter_terms(inverter), STR("another"), NULL);
	ck_assert_int_eq(give(inverter, &model, 5, all, 1, 1), STATUS_OK);
	intern_add(inverter_terms(inverter), STR("a third"), NULL);
	ck_assert_int_eq(give(inverter, &model, 6, all, 0, 0), STATUS_OK);
	ck_assert_int_eq(give(inverter, &model, 7, all + 1, 1, 0), STATUS_OK);
	ck_assert_int_eq(give(inverter, &model, UINT32_MAX, all, 2, 1), STATUS_OK);
	end_run(inverter);
	ck_assert_uint_eq(check_runs(inverter, &model), 1);
	size_t count;
	ck_assert_int_eq(inverter_runs(inverter, &count)->file, -1);
	inverter_free(inverter);
	model_release(&model);
}
END_TEST

/* An article of 200,000 positions, of one word and of as many words. */
START_TEST(many_positions)
{
	enum { MANY = 200000 };
	struct model model = { 0 };
	uint32_t *positions = arena_alloc(&model.arena, MANY * sizeof(*positions));
	struct posting *postings = arena_alloc(&model.arena, MANY * sizeof(*postings));
	for (uint32_t i = 0; i < MANY; i++) {
		char text[16];
		snprintf(text, sizeof(text), "w%06x", i * 7919 % MANY);
		positions[i] = i + 1;
		postings[i] = (struct posting){ arena_copy(&model.arena, str_from(text)),
						&positions[i], 1, 1 };
	}
	for (size_t memory = 1; memory <= PLENTY; memory *= PLENTY) {
		struct inverter *inverter = make_inverter(memory);
		model.count = 0;
		ck_assert_int_eq(give(inverter, &model, 1, postings, MANY, MANY / 2), STATUS_OK);
		const struct posting one = { STR("word"), positions, MANY, MANY };
		ck_assert_int_eq(give(inverter, &model, 2, &one, 1, 1), STATUS_OK);
		ck_assert_int_eq(give(inverter, &model, 3, &one, 1, 0), STATUS_OK);
		end_run(inverter);
		ck_assert_uint_eq(check_runs(inverter, &model), memory == 1 ? 3 : 1);
		inverter_free(inverter);
	}
	model_release(&model);
}
END_TEST

/* What the terms of one article took is not lost for all that come after it. */
START_TEST(one_giant)
{
	enum { MANY = 100000, SMALL = 500 };
	struct model model = { 0 };
	struct posting *postings = arena_alloc(&model.arena, MANY * sizeof(*postings));
	for (uint32_t i = 0; i < MANY; i++) {
		char text[16];
		snprintf(text, sizeof(text), "w%06x", i);
		postings[i] =
			(struct posting){ arena_copy(&model.arena, str_from(text)), NULL, 0, 0 };
	}
	struct inverter *inverter = make_inverter((size_t)1 << 20);
	ck_assert_int_eq(give(inverter, &model, 0, postings, MANY, MANY / 2), STATUS_OK);
	for (uint32_t i = 1; i <= SMALL; i++)
		ck_assert_int_eq(give(inverter, &model, i, postings, 10, 5), STATUS_OK);
	end_run(inverter);
	ck_assert_uint_eq(check_runs(inverter, &model), 2);
	inverter_free(inverter);
	model_release(&model);
}
END_TEST

/* Each of many articles has the same terms, so that lists go over slices of every size. */
START_TEST(in_every_article)
{
	struct inverter *inverter = make_inverter(PLENTY);
	struct model model = { 0 };
	static const uint32_t positions[] = { 5, 90, 30000 };
	for (uint32_t i = 0; i < 20000; i++) {
		const struct posting all[] = {
			{ STR("a"), NULL, 0, 1 },
			{ STR("b"), positions + i % 3, 1, 1 },
			{ STR("c"), positions, 3, 3 },
			{ STR("d"), positions + i % 2, i % 2 + 1, i % 100 },
		};
		ck_assert_int_eq(give(inverter, &model, i, all, 4, i % 5), STATUS_OK);
	}
	end_run(inverter);
	ck_assert_uint_eq(check_runs(inverter, &model), 1);
	inverter_free(inverter);
	model_release(&model);
}
END_TEST

/* ---- order ---- */

static void check_order(const struct str *terms, size_t count)
{
	uint32_t *numbers = memory_alloc(count * sizeof(*numbers));
	bool *seen = memory_zero(count, sizeof(*seen));
	for (uint32_t i = 0; i < count; i++)
		numbers[i] = i;
	term_order(terms, numbers, count);
	for (size_t i = 0; i < count; i++) {
		ck_assert(!seen[numbers[i]]);
		seen[numbers[i]] = true;
		if (i)
			ck_assert_int_lt(str_compare(terms[numbers[i - 1]], terms[numbers[i]]), 0);
	}
	free(numbers);
	free(seen);
}

START_TEST(order_of_terms)
{
	struct made *made = memory_zero(1, sizeof(*made));
	seed = 11;
	make_words(made);
	check_order(made->words, WORDS);
	for (size_t count = 0; count < 100; count++)
		check_order(made->words, count);
	/* Each is the start of the next. */
	char text[245];
	memset(text, 0, sizeof(text));
	struct str starts[245];
	for (unsigned byte = 0; byte < 256; byte += 51) {
		memset(text, (int)byte, sizeof(text));
		for (size_t len = 245; len; len--)
			starts[245 - len] = (struct str){ text, len };
		check_order(starts, 245);
	}
	arena_release(&made->arena);
	free(made);
}
END_TEST

/* ---- failures ---- */

START_TEST(spilling_fails)
{
	struct model model = { 0 };
	const struct posting one = { STR("word"), NULL, 0, 1 };
	struct inverter *inverter = make_inverter(1);
	tear_down();
	ck_assert_int_eq(give(inverter, &model, 1, &one, 1, 1), STATUS_SYSTEM);
	ck_assert_ptr_nonnull(strstr(err.text, folder));
	inverter_free(inverter);
	model_release(&model);
}
END_TEST

static Suite *bulk_inverter(void)
{
	Suite *suite = suite_create("bulk inverter");
	TCase *tests = tcase_create("inverter");
	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_set_timeout(tests, 120);
	tcase_add_test(tests, one_run);
	tcase_add_test(tests, two_runs);
	tcase_add_test(tests, fifty_runs);
	tcase_add_test(tests, few_files);
	tcase_add_test(tests, no_articles);
	tcase_add_test(tests, one_term);
	tcase_add_test(tests, many_positions);
	tcase_add_test(tests, one_giant);
	tcase_add_test(tests, in_every_article);
	tcase_add_test(tests, order_of_terms);
	tcase_add_test(tests, spilling_fails);
	suite_add_tcase(suite, tests);
	return suite;
}

TEST_MAIN(bulk_inverter)
