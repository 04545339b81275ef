/* Runs: what was written is read back alike from memory and from a file, and a file that fails is an error in words. */
#include "../../indexer/bulk/run_write.h"

#include "store_testing.h"

#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>

/* Longer than what is held of a file. */
#define LONG_BYTES 700000

static void add_term(struct run *run, struct str term, uint32_t count, struct str postings)
{
	buffer_add_counted(&run->terms.bytes, term);
	buffer_add_varint(&run->terms.bytes, count);
	buffer_add_counted(&run->terms.bytes, postings);
	run->term_count++;
}

static void add_article(struct run *run, uint32_t step, struct str tag)
{
	buffer_add_varint(&run->articles.bytes, step);
	buffer_add_varint(&run->articles.bytes, tag.len * 2 + tag.len % 2);
	buffer_add_str(&run->articles.bytes, tag);
	run->article_count++;
}

static char pattern[LONG_BYTES];

/* Sizes around that of the window, and of what is looked at at once, among many small ones. */
static size_t size_of(unsigned number)
{
	static const size_t sizes[] = { 0, 1, 5, 299, 300, 40000, (size_t)256 << 10, LONG_BYTES };
	return number % 97 ? number % 37 : sizes[number / 97 % 8];
}

static struct str text_of(unsigned number)
{
	return (struct str){ pattern + number % 251,
			     size_of(number) - (size_of(number) > 251) * 251 };
}

#define ENTRIES 3000

static struct run make_run(void)
{
	for (size_t i = 0; i < LONG_BYTES; i++)
		pattern[i] = (char)(i * 7 % 251);
	struct run run = { .file = -1 };
	for (unsigned i = 0; i < ENTRIES; i++) {
		add_term(&run, (struct str){ pattern + i % 300, 1 + i % 255 }, i * 1000, text_of(i));
		add_article(&run, i % 3 ? 1 : 100000, text_of(i + 1));
	}
	return run;
}

/* As many readers there are said to be. */
static size_t readers = 1;

static void check_terms(const struct run *run)
{
	struct run_reader *reader = run_read_terms(run);
	run_reader_beside(reader, readers);
	struct run_term term;
	for (unsigned i = 0; i < ENTRIES; i++) {
		ck_assert(run_next_term(reader, &term));
		ck_assert_uint_eq(term.term.len, 1 + i % 255);
		ck_assert_mem_eq(term.term.data, pattern + i % 300, term.term.len);
		ck_assert_uint_eq(term.count, i * 1000);
		ck_assert(str_equal(term.postings, text_of(i)));
	}
	ck_assert(!run_next_term(reader, &term));
	ck_assert(!run_next_term(reader, &term));
	ck_assert_int_eq(run_reader_status(reader, &err), STATUS_OK);
	run_reader_free(reader);
}

static void check_articles(const struct run *run)
{
	struct run_reader *reader = run_read_articles(run);
	run_reader_beside(reader, readers);
	struct run_article article;
	uint32_t sequence = 0;
	for (unsigned i = 0; i < ENTRIES; i++) {
		ck_assert(run_next_article(reader, &article));
		sequence += i % 3 ? 1 : 100000;
		ck_assert_uint_eq(article.sequence, sequence);
		ck_assert(str_equal(article.tag, text_of(i + 1)));
		ck_assert(article.is_deflated == article.tag.len % 2);
	}
	ck_assert(!run_next_article(reader, &article));
	ck_assert_int_eq(run_reader_status(reader, &err), STATUS_OK);
	run_reader_free(reader);
}

static unsigned files_in_folder(void)
{
	unsigned files = 0;
	DIR *open_folder = opendir(folder);
	ck_assert_ptr_nonnull(open_folder);
	for (const struct dirent *entry; (entry = readdir(open_folder));)
		files += entry->d_name[0] != '.';
	closedir(open_folder);
	return files;
}

START_TEST(from_memory)
{
	struct run run = make_run();
	const size_t len = run.terms.bytes.len + run.articles.bytes.len;
	ck_assert_uint_ge(run_memory(&run), len);
	check_terms(&run);
	check_articles(&run);
	run_release(&run);
	ck_assert_uint_eq(run_memory(&run), 0);
}
END_TEST

START_TEST(memory_is_not_copied)
{
	struct run run = { .file = -1 };
	add_term(&run, STR("word"), 1, STR("postings"));
	struct run_reader *reader = run_read_terms(&run);
	struct run_term term;
	ck_assert(run_next_term(reader, &term));
	ck_assert_ptr_eq(term.term.data, run.terms.bytes.data + 1);
	run_reader_free(reader);
	run_release(&run);
}
END_TEST

START_TEST(from_file)
{
	struct run run = make_run();
	ck_assert_int_eq(run_spill(&run, folder, &err), STATUS_OK);
	ck_assert_int_ge(run.file, 0);
	ck_assert_uint_eq(run_memory(&run), 0);
	ck_assert_uint_eq(files_in_folder(), 0);
	/* With windows of every size, the least among them. */
	for (readers = 1; readers < 1000000000; readers *= 11) {
		check_terms(&run);
		check_articles(&run);
	}
	/* What is in a file stays there. */
	ck_assert_int_eq(run_spill(&run, folder, &err), STATUS_OK);
	check_terms(&run);
	run_release(&run);
}
END_TEST

/* As the inverter does: to the file before all is there, and more behind. */
START_TEST(written_in_pieces)
{
	struct run whole = make_run();
	for (unsigned moment = 0; moment < 4; moment++) {
		struct run run = { .file = -1 };
		const struct str terms = buffer_str(&whole.terms.bytes);
		const struct str articles = buffer_str(&whole.articles.bytes);
		for (size_t at = 0; at < terms.len; at += 100000) {
			if (moment == 0 && at == 0)
				ck_assert_int_eq(run_to_file(&run, folder, &err), STATUS_OK);
			buffer_add(&run.terms.bytes, terms.data + at,
				   terms.len - at < 100000 ? terms.len - at : 100000);
			if (moment == 1 && at == 300000)
				ck_assert_int_eq(run_to_file(&run, folder, &err), STATUS_OK);
			if (run_is_due(&run, &run.terms))
				ck_assert_int_eq(run_write(&run, &run.terms, folder, &err),
						 STATUS_OK);
		}
		ck_assert_int_eq(run_end_part(&run, &run.terms, folder, &err), STATUS_OK);
		if (moment == 2)
			ck_assert_int_eq(run_to_file(&run, folder, &err), STATUS_OK);
		buffer_add_str(&run.articles.bytes, articles);
		if (moment == 3)
			ck_assert_int_eq(run_to_file(&run, folder, &err), STATUS_OK);
		ck_assert_int_eq(run_end_part(&run, &run.articles, folder, &err), STATUS_OK);
		ck_assert_int_ge(run.file, 0);
		ck_assert_uint_eq(run.terms.size, terms.len);
		ck_assert_uint_eq(run.articles.size, articles.len);
		check_terms(&run);
		check_articles(&run);
		run_release(&run);
	}
	run_release(&whole);
}
END_TEST

static void check_empty(const struct run *run)
{
	struct run_reader *reader;
	struct run_term term;
	struct run_article article;
	reader = run_read_terms(run);
	ck_assert(!run_next_term(reader, &term));
	ck_assert_int_eq(run_reader_status(reader, &err), STATUS_OK);
	run_reader_free(reader);
	reader = run_read_articles(run);
	ck_assert(!run_next_article(reader, &article));
	ck_assert_int_eq(run_reader_status(reader, &err), STATUS_OK);
	run_reader_free(reader);
}

START_TEST(empty)
{
	struct run run = { .file = -1 };
	check_empty(&run);
	ck_assert_int_eq(run_spill(&run, folder, &err), STATUS_OK);
	check_empty(&run);
	run_release(&run);
	run_reader_free(NULL);
}
END_TEST

/* ---- side by side ---- */

static void *read_both(void *run)
{
	for (unsigned round = 0; round < 3; round++) {
		check_terms(run);
		check_articles(run);
	}
	return NULL;
}

START_TEST(several_threads)
{
	struct run run = make_run();
	ck_assert_int_eq(run_spill(&run, folder, &err), STATUS_OK);
	pthread_t threads[3];
	for (unsigned i = 0; i < 3; i++)
		ck_assert_int_eq(pthread_create(&threads[i], NULL, read_both, &run), 0);
	for (unsigned i = 0; i < 3; i++)
		pthread_join(threads[i], NULL);
	run_release(&run);
}
END_TEST

/* ---- failures ---- */

static void assert_reads_fail(const struct run *run)
{
	struct run_reader *reader = run_read_terms(run);
	struct run_term term;
	unsigned seen = 0;
	while (run_next_term(reader, &term))
		seen++;
	ck_assert_uint_lt(seen, ENTRIES);
	ck_assert_int_eq(run_reader_status(reader, NULL), STATUS_SYSTEM);
	ck_assert_int_eq(run_reader_status(reader, &err), STATUS_SYSTEM);
	ck_assert_str_ne(err.text, "");
	ck_assert(!run_next_term(reader, &term));
	run_reader_free(reader);
}

START_TEST(file_is_cut)
{
	struct run run = make_run();
	ck_assert_int_eq(run_spill(&run, folder, &err), STATUS_OK);
	static const unsigned parts[] = { 0, 1, 10, 100, 300000, 3000000 };
	for (unsigned i = 6; i--;) {
		ck_assert_int_eq(ftruncate(run.file, parts[i]), 0);
		assert_reads_fail(&run);
	}
	run_release(&run);
}
END_TEST

START_TEST(file_cannot_be_read)
{
	struct run run = make_run();
	ck_assert_int_eq(run_spill(&run, folder, &err), STATUS_OK);
	const int other = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	ck_assert_int_ge(other, 0);
	close(run.file);
	run.file = other;
	assert_reads_fail(&run);
	run_release(&run);
}
END_TEST

/* Not what any program writes: every cut of it is refused or read, and nothing behind it is looked at. */
START_TEST(cut_in_memory)
{
	static const char entry[] = "\4word\2\203\0abcdefgh";
	for (size_t len = 1; len < sizeof(entry) - 1; len++) {
		struct run run = { .file = -1 };
		run.terms.bytes.data = memory_alloc(len);
		memcpy(run.terms.bytes.data, entry, len);
		run.terms.bytes.len = run.terms.bytes.capacity = len;
		struct run_reader *reader = run_read_terms(&run);
		struct run_term term;
		while (run_next_term(reader, &term))
			ck_assert_uint_eq(term.postings.len, 3);
		ck_assert_int_eq(run_reader_status(reader, &err),
				 len == 11 ? STATUS_OK : STATUS_SYSTEM);
		run_reader_free(reader);
		run_release(&run);
	}
}
END_TEST

START_TEST(no_folder)
{
	struct run run = make_run();
	char path[PATH_MAX + 16];
	snprintf(path, sizeof(path), "%s/missing", folder);
	ck_assert_int_eq(run_spill(&run, path, &err), STATUS_SYSTEM);
	ck_assert_ptr_nonnull(strstr(err.text, path));
	run_release(&run);
}
END_TEST

START_TEST(full_disk)
{
	struct run run = make_run();
	signal(SIGXFSZ, SIG_IGN);
	const struct rlimit limit = { 1000000, 1000000 };
	ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
	ck_assert_int_eq(run_spill(&run, folder, &err), STATUS_SYSTEM);
	ck_assert_ptr_nonnull(strstr(err.text, folder));
	run_release(&run);
	ck_assert_uint_eq(files_in_folder(), 0);
}
END_TEST

static Suite *bulk_run(void)
{
	Suite *suite = suite_create("bulk run");
	TCase *tests = tcase_create("run");
	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_set_timeout(tests, 120);
	tcase_add_test(tests, from_memory);
	tcase_add_test(tests, memory_is_not_copied);
	tcase_add_test(tests, from_file);
	tcase_add_test(tests, written_in_pieces);
	tcase_add_test(tests, empty);
	tcase_add_test(tests, several_threads);
	tcase_add_test(tests, file_is_cut);
	tcase_add_test(tests, file_cannot_be_read);
	tcase_add_test(tests, cut_in_memory);
	tcase_add_test(tests, no_folder);
	tcase_add_test(tests, full_disk);
	suite_add_tcase(suite, tests);
	return suite;
}

TEST_MAIN(bulk_run)
