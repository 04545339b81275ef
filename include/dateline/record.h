/*
 * record.h: the stored record, one a document: fields, text, mentions, checksum.
 *
 * Layout: byte 'D', byte RECORD_VERSION, 8 bytes XXH3-64 (big-endian) of all that follows; 8 bytes of a seed, and the
 * body: a head behind its length as a varint, which has what a list of hits shows; then all else as one raw
 * deflate (RFC 1951) behind its plain length: the other fields, the entities, the mentions, the paragraphs, and last the text
 * behind the title. A page of hits reads heads and inflates nothing.
 *
 * The record is compressed here, not by libxapian: the workers do it side by side instead of the writer. So that libxapian does not
 * try it again, and inflate with each reading what it gained, the body is mixed with (exclusive or) the numbers of a generator
 * that starts from the seed: what is mixed does not shrink at all, and is stored as it is. libxapian 1.4.22 also cannot read
 * back some tags over 8192 bytes that it compressed itself (those that shrink more than four times at their end), and an
 * article may well repeat itself that much. The seed is the XXH3-64 of the plain body: one that is always the same
 * could be written against. The checksum is of what is stored, so checking it does not need unmixing.
 */
#ifndef DATELINE_RECORD_H
#define DATELINE_RECORD_H

#include "dateline/article.h"
#include "dateline/status.h"

/*
 * History of RECORD_VERSION; an index of SCHEMA_VERSION 2 has records of version 2, and one of 1 those of 1:
 *   1  the first.
 *   2  A head that is read by itself; all else is compressed, not the text alone; all records are mixed.
 */
#define RECORD_VERSION 2

#define RECORD_REST_MAX ((size_t)100 << 20) /* bytes of what is compressed, before that */

struct record {
	struct article article; /* origin.path too, as it is shown; with the publisher's lists as they were given */
	struct entity *entities;
	size_t entity_count;
	struct mention *mentions;
	size_t mention_count;
};

/* One a thread: keeps the compressor. */
struct record_writer *record_writer_new(void);
void record_writer_free(struct record_writer *writer);

/*
 * Appends the record to out and returns its checksum. The text has at most ARTICLE_TEXT_MAX bytes. A record of more than
 * RECORD_REST_MAX is not compressed, and so too large for any index (store_add).
 */
uint64_t record_encode(struct record_writer *writer, const struct record *record, struct buffer *out);

enum record_parts {
	RECORD_HEAD, /* id, title, source, url and published, and no other: they are empty */
	RECORD_ALL,
};

/*
 * Reads a record; everything lives in `arena`. Wrong checksum, version or shape: STATUS_CORRUPT in `err`. The checksum is of
 * all of it, also with RECORD_HEAD. Spans lie inside the text and mentions name an entity that is there.
 */
enum status record_decode(struct str bytes, enum record_parts parts, struct arena *arena,
			  struct record *record, struct error *err);

/* The checksum inside the record without checking it; 0 when it is too short. */
uint64_t record_checksum(struct str bytes);

#endif
