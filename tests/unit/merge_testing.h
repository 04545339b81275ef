/* merge_testing.h: what the suites of merging share: an index, articles of given entities, and what became of them. */
#ifndef DATELINE_MERGE_TESTING_H
#define DATELINE_MERGE_TESTING_H

#include "put_entities.h"
#include "testing.h"
#include "writing.h"

#include "dateline/utf8.h"

#include <unistd.h>

static char place[64];
static char path[256];
static struct buffer out;

static inline void begin(void)
{
	snprintf(place, sizeof(place), "/tmp/dateline-merge-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(place));
	snprintf(path, sizeof(path), "%s/news.db", place);
}

static inline void empty(void)
{
	char command[300];
	snprintf(command, sizeof(command), "rm -rf %s/*", place);
	ck_assert_int_eq(system(command), 0);
}

static inline void end(void)
{
	empty();
	ck_assert_int_eq(rmdir(place), 0);
	buffer_release(&out);
}

static inline struct writer *open_writer(void)
{
	return open_writer_at(path, false);
}

static inline void name_of(struct store *store, enum facet_kind kind, uint32_t number,
			   struct buffer *name)
{
	struct buffer key = { 0 }, value = { 0 };
	struct str found;
	schema_entity_key(kind, number, &key);
	ck_assert_int_eq(store_metadata(store, buffer_str(&key), &value, NULL), STATUS_OK);
	const char *at = value.data;
	ck_assert(value.len && counted_read(&at, at + value.len, &found));
	utf8_name_key(found, name);
	buffer_release(&key);
	buffer_release(&value);
}

static inline int compare_lines(const void *a, const void *b)
{
	const struct buffer *left = a, *right = b;
	return strcmp(left->data, right->data);
}

/* The pairs of a kind by their names, in their order: "anc > african national congress; ...". */
static inline struct str merged(enum facet_kind kind)
{
	struct store *store;
	struct buffer key = { 0 }, value = { 0 };
	static struct buffer lines[2000];
	size_t count = 0;
	ck_assert_int_eq(store_open(path, &store, NULL), STATUS_OK);
	schema_merged_key(kind, &key);
	ck_assert_int_eq(store_metadata(store, buffer_str(&key), &value, NULL), STATUS_OK);
	struct merged_pair pair = { 0 };
	const char *at = value.data, *stop = at + value.len;
	while (merged_read(&at, stop, &pair)) {
		ck_assert_uint_lt(count, 2000);
		struct buffer *line = &lines[count++];
		buffer_reset(line);
		name_of(store, kind, pair.from, line);
		buffer_add_text(line, " > ");
		name_of(store, kind, pair.to, line);
	}
	ck_assert_ptr_eq(at, stop);
	qsort(lines, count, sizeof(*lines), compare_lines);
	buffer_reset(&out);
	for (size_t i = 0; i < count; i++)
		buffer_add_format(&out, "%s%s", i ? "; " : "", lines[i].data);
	buffer_release(&key);
	buffer_release(&value);
	store_close(store);
	return buffer_str(&out);
}

/* `count` articles of those entities; their ids are made of `id` and a number. */
static inline void put_some(struct writer *writer, const char *id, int count, const char *entities)
{
	for (int i = 0; i < count; i++) {
		char whole[64];
		snprintf(whole, sizeof(whole), "%s%d", id, i);
		put_article(writer, whole, entities);
	}
}

#define CONGRESS "O African National Congress = ANC"

static inline void metadata(const char *key, const char *value)
{
	struct store *store;
	struct buffer found = { 0 };
	ck_assert_int_eq(store_open(path, &store, NULL), STATUS_OK);
	ck_assert_int_eq(store_metadata(store, str_from(key), &found, NULL), STATUS_OK);
	assert_str(buffer_str(&found), value);
	buffer_release(&found);
	store_close(store);
}

#endif
