/*
 * Any bytes as a stored record and as a facet column: refused, or taken for something that nobody who
 * follows its spans and numbers comes to harm with. A record is tried three times: as it is; as a plain body, with a
 * seed and a checksum that is right, or hardly any input would get past it; and as a plain head and what is behind it plain
 * too, compressed here. What is taken can be written and read again.
 */
#include "target.h"

#include "../made_record.h"
#include "dateline/schema.h"

#include <stdlib.h>

static void require(bool condition)
{
	if (!condition)
		abort();
}

static void check_record(const struct record *record)
{
	const struct article *article = &record->article;
	unsigned char sum = 0;
	for (size_t i = 0; i < article->paragraph_count; i++) {
		require(article->paragraphs[i].start <= article->paragraphs[i].end);
		require(article->paragraphs[i].end <= article->text.len);
	}
	for (size_t i = 0; i < record->mention_count; i++) {
		const struct mention *mention = &record->mentions[i];
		require(mention->entity < record->entity_count);
		require(mention->start <= mention->end && mention->end <= article->text.len);
	}
	for (size_t i = 0; i < record->entity_count; i++) {
		const struct entity *entity = &record->entities[i];
		require(entity->kind < KIND_COUNT);
		sum ^= (unsigned char)entity->name.data[entity->name.len];
		for (size_t k = 0; k < entity->variants.count; k++)
			sum ^= (unsigned char)entity->variants.items[k]
				       .data[entity->variants.items[k].len];
	}
	for (size_t i = 0; i < article->topics.count; i++)
		sum ^= (unsigned char)article->topics.items[i].data[article->topics.items[i].len];
	/* All texts end in a NUL. */
	require(sum == 0 && article->text.data[article->text.len] == '\0');
}

static void check_again(const struct record *record, struct arena *arena)
{
	struct record_writer *writer = record_writer_new();
	struct buffer bytes = { 0 };
	struct record again;
	const uint64_t checksum = record_encode(writer, record, &bytes);
	require(checksum == record_checksum(buffer_str(&bytes)));
	require(record_decode(buffer_str(&bytes), RECORD_ALL, arena, &again, NULL) == STATUS_OK);
	require(str_equal(again.article.text, record->article.text));
	require(str_equal(again.article.title, record->article.title));
	require(str_equal(again.article.id, record->article.id));
	require(again.mention_count == record->mention_count);
	require(again.entity_count == record->entity_count);
	buffer_release(&bytes);
	record_writer_free(writer);
}

static void try_record(struct str bytes)
{
	struct arena arena = { 0 };
	struct record record;
	struct error err;
	struct record head;
	const enum status status = record_decode(bytes, RECORD_HEAD, &arena, &head, &err);
	if (record_decode(bytes, RECORD_ALL, &arena, &record, &err) == STATUS_OK) {
		require(status == STATUS_OK && str_equal(head.article.id, record.article.id) &&
			str_equal(head.article.title, record.article.title) &&
			str_equal(head.article.source, record.article.source) &&
			str_equal(head.article.url, record.article.url));
		check_record(&record);
		check_again(&record, &arena);
	} else {
		require(err.status == STATUS_CORRUPT);
	}
	arena_release(&arena);
}

static void try_plain(struct str bytes)
{
	struct buffer made = { 0 };
	struct str head;
	const char *at = bytes.data, *end = at + bytes.len;
	made_of_body(bytes, &made);
	try_record(buffer_str(&made));
	if (counted_read(&at, end, &head)) {
		const struct str rest = { at, (size_t)(end - at) };
		made_of_parts(head, rest.len, rest, &made);
		try_record(buffer_str(&made));
	}
	buffer_release(&made);
}

static void try_column(struct str bytes)
{
	const char *at = bytes.data, *end = at + bytes.len, *before = at;
	struct facet_group group;
	while (facet_group_read(&at, end, &group)) {
		require(before < group.at && group.at < group.end && group.end == at && at <= end);
		require(group.kind > KIND_NONE && group.kind < KIND_COUNT && group.count > 0);
		/* As those do who count: up to the end of the group, and no further. */
		uint64_t number;
		for (const char *s = group.at; s < group.end && varint_read(&s, at, &number);)
			require(s <= group.end);
		before = at;
	}
	require(at == before);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct str bytes = { (const char *)data, size };
	try_record(bytes);
	try_plain(bytes);
	try_column(bytes);
	return 0;
}
