/*
 * record.h: the stored record, one a document: fields, text, mentions, checksum.
 *
 * Layout: byte 'D', byte RECORD_VERSION, 8 bytes XXH3-64 (big-endian) of the body, then the body: counted
 * strings and varints for the fields, the entities, the mentions and the paragraphs, and last the text behind the title
 * as raw deflate (RFC 1951) after its plain length. The text is compressed here, not by libxapian: the workers do it
 * side by side instead of the writer, and reading a page of hits inflates only the texts.
 *
 * The body of a record of more than RECORD_PLAIN_MAX bytes is mixed with (exclusive or) the numbers of a generator that
 * starts from the checksum. libxapian 1.4.22 cannot read back some tags over 8192 bytes that it compressed itself
 * (those that shrink more than four times at their end), and an article may well repeat itself that much: a
 * list of a thousand equal mentions, say. What is mixed does not shrink at all, so libxapian stores it as it is.
 */
#ifndef DATELINE_RECORD_H
#define DATELINE_RECORD_H

#include "dateline/article.h"
#include "dateline/status.h"

#define RECORD_VERSION 1
#define RECORD_PLAIN_MAX 8192 /* bytes */

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

/* Appends the record to out and returns its checksum. The text has at most ARTICLE_TEXT_MAX bytes. */
uint64_t record_encode(struct record_writer *writer, const struct record *record, struct buffer *out);

enum record_parts {
	RECORD_FIELDS, /* all but the text and paragraphs: text.data is NULL, title is set */
	RECORD_ALL,
};

/*
 * Reads a record; everything lives in `arena`. Wrong checksum, version or shape: STATUS_CORRUPT in `err`. Spans lie
 * inside the text and mentions name an entity that is there (with RECORD_FIELDS, spans are not checked).
 */
enum status record_decode(struct str bytes, enum record_parts parts, struct arena *arena,
			  struct record *record, struct error *err);

/* The checksum inside the record without checking it; 0 when it is too short. */
uint64_t record_checksum(struct str bytes);

#endif
