/* store_testing.h: what the suites of the shim share: a folder of their own, small indexes, and assertions. */
#ifndef DATELINE_STORE_TESTING_H
#define DATELINE_STORE_TESTING_H

#include "dateline/schema.h"
#include "dateline/store.h"
#include "testing.h"

#include <ftw.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[PATH_MAX];
static struct buffer place;
static struct arena arena;
static struct error err;
static struct buffer bytes;

static inline void set_up(void)
{
	const char *top = getenv("TMPDIR");
	snprintf(folder, sizeof(folder), "%s/dateline-test-XXXXXX", top ? top : P_tmpdir);
	ck_assert_ptr_nonnull(mkdtemp(folder));
}

static inline int remove_one(const char *path, const struct stat *info, int type, struct FTW *where)
{
	(void)info;
	(void)type;
	(void)where;
	return remove(path);
}

static inline void tear_down(void)
{
	nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	buffer_release(&place);
	buffer_release(&bytes);
	arena_release(&arena);
}

/* The path of a name in the test's folder; lives until the next call. */
static inline const char *path(const char *name)
{
	buffer_reset(&place);
	buffer_add_format(&place, "%s/%s", folder, name);
	return place.data;
}

static inline void write_file(const char *name, const char *text)
{
	FILE *file = fopen(path(name), "w");
	ck_assert_ptr_nonnull(file);
	fputs(text, file);
	ck_assert_int_eq(fclose(file), 0);
}

#define assert_ok(call) assert_status(call, STATUS_OK)
#define assert_status(call, expected)                                                              \
	do {                                                                                       \
		err.text[0] = '\0';                                                                \
		const enum status status_ = (call);                                                \
		ck_assert_msg(status_ == (expected), "%s: %s (%s), not %s", #call,                 \
			      status_name(status_), err.text, status_name(expected));              \
		ck_assert((expected) == STATUS_OK || err.text[0]);                                 \
	} while (0)

static inline struct store_writer *create(const char *name)
{
	const struct store_writer_options options = { .create = true, .flush_every = 50 };
	struct store_writer *writer;
	assert_ok(store_writer_open(path(name), &options, &writer, &err));
	char version[16];
	snprintf(version, sizeof(version), "%d", SCHEMA_VERSION);
	assert_ok(store_set_metadata(writer, STR(META_SCHEMA), str_from(version), &err));
	return writer;
}

static inline struct store_writer *open_writer(const char *name)
{
	const struct store_writer_options options = { 0 };
	struct store_writer *writer;
	assert_ok(store_writer_open(path(name), &options, &writer, &err));
	return writer;
}

static inline void finish(struct store_writer *writer)
{
	assert_ok(store_commit(writer, &err));
	store_writer_close(writer);
}

static inline struct store *open_reader(const char *name)
{
	struct store *store;
	assert_ok(store_open(path(name), &store, &err));
	return store;
}

/* Words parted by blanks, each at its position from 1 on; a '#' before one makes it a term without weight. */
static inline void make_document(const char *words, struct document *document)
{
	const size_t room = strlen(words) / 2 + 1;
	struct posting *postings = arena_zero(&arena, room, sizeof(*postings));
	uint32_t *positions = arena_alloc(&arena, room * room * sizeof(*positions));
	*document = (struct document){ .postings = postings };
	uint32_t position = 0;
	for (const char *at = words + strspn(words, " "); *at; at += strspn(at, " ")) {
		const bool is_flag = *at == '#';
		const struct str term = { at + is_flag, strcspn(at + is_flag, " ") };
		size_t i = 0;
		while (i < document->posting_count && !str_equal(postings[i].term, term))
			i++;
		document->posting_count += i == document->posting_count;
		struct posting *posting = &postings[i];
		posting->term = term;
		if (!is_flag) {
			posting->positions = positions + i * room;
			positions[i * room + posting->count++] = ++position;
			posting->wdf++;
		}
		at = term.data + term.len;
	}
}

static inline uint32_t add(struct store_writer *writer, const char *words)
{
	struct document document;
	uint32_t id;
	make_document(words, &document);
	document.record = str_from(words);
	assert_ok(store_add(writer, &document, &id, &err));
	return id;
}

static inline uint32_t frequency(struct store *store, const char *term)
{
	uint32_t number = 77;
	assert_ok(store_frequency(store, str_from(term), &number, &err));
	return number;
}

static inline struct str record_of(struct store *store, uint32_t id)
{
	buffer_reset(&bytes);
	assert_ok(store_record(store, id, &bytes, &err));
	return buffer_str(&bytes);
}

#endif
