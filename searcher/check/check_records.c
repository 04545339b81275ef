#include "check_entities.h"

#include "dateline/schema.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* What is used for one article after the other. */
struct reading {
	struct examination *examination;
	struct entity_check *entities;
	struct arena arena;
	struct buffer bytes, term;
	uint64_t digest;
};

/* An article is found by its id, and by no other's. */
static enum status check_id(struct reading *reading, uint32_t document, struct str id,
			    struct error *err)
{
	uint32_t found;
	buffer_reset(&reading->term);
	schema_value_term(field_find(STR("id")), id, &reading->term);
	const enum status status =
		store_first(reading->examination->store, buffer_str(&reading->term), &found, err);
	if (status == STATUS_OK && found != document)
		findings_add(reading->examination->findings,
			     "article \"%.*s\" is document %u, but its id leads to %u", STR_ARG(id),
			     document, found);
	return status;
}

static enum status read_record(struct reading *reading, uint32_t document, struct record *record,
			       struct error *err)
{
	buffer_reset(&reading->bytes);
	arena_reset(&reading->arena);
	enum status status =
		store_record(reading->examination->store, document, &reading->bytes, err);
	if (status == STATUS_OK) {
		const struct str bytes = buffer_str(&reading->bytes);
		reading->digest += record_checksum(bytes);
		status = record_decode(bytes, RECORD_ALL, &reading->arena, record, err);
	}
	return status;
}

static enum status check_record(struct reading *reading, uint32_t document, struct error *err)
{
	struct record record;
	enum status status = read_record(reading, document, &record, err);
	if (status == STATUS_OK) {
		status = check_id(reading, document, record.article.id, err);
		if (status == STATUS_OK)
			status = entity_check_run(reading->entities, document, &record, err);
		return status;
	}
	if (status != STATUS_CORRUPT && status != STATUS_NOT_FOUND)
		return status;
	findings_add(reading->examination->findings, "document %u: %s", document, err->text);
	return check_reopen(reading->examination, err);
}

static enum status check_digest(struct reading *reading, struct error *err)
{
	struct buffer value = { 0 };
	char expected[17];
	snprintf(expected, sizeof(expected), "%016" PRIx64, reading->digest);
	const enum status status =
		store_metadata(reading->examination->store, STR(META_DIGEST), &value, err);
	if (status == STATUS_OK && !str_equal(buffer_str(&value), str_from(expected)))
		findings_add(reading->examination->findings,
			     "the sum of all checksums is %s, but the index says \"%.*s\"",
			     expected, STR_ARG(buffer_str(&value)));
	buffer_release(&value);
	return status;
}

/* As many ids as articles: with each article found by its own, no id is left over. */
static enum status check_id_count(struct reading *reading, struct error *err)
{
	struct examination *examination = reading->examination;
	struct term_entry *terms;
	size_t count;
	arena_reset(&reading->arena);
	const enum status status = store_terms(examination->store,
					       str_from(field_find(STR("id"))->prefix), SIZE_MAX,
					       &reading->arena, &terms, &count, err);
	if (status == STATUS_OK && count != docset_count(&examination->all))
		findings_add(examination->findings, "there are %zu ids for %u articles", count,
			     docset_count(&examination->all));
	return status;
}

struct hashes {
	struct findings *findings;
	uint32_t count;
};

static void read_hash(void *context, uint32_t id, struct str value)
{
	struct hashes *hashes = context;
	hashes->count++;
	if (value.len != 16)
		findings_add(hashes->findings,
			     "document %u has a content hash of %zu bytes, not 16", id, value.len);
}

static enum status check_hashes(struct examination *examination, struct error *err)
{
	struct hashes hashes = { .findings = examination->findings };
	const enum status status = check_each_value(examination, SLOT_HASH, read_hash, &hashes, err);
	if (status == STATUS_OK && hashes.count != docset_count(&examination->all))
		findings_add(examination->findings, "%u of %u articles have a content hash",
			     hashes.count, docset_count(&examination->all));
	return status;
}

enum status check_records(struct examination *examination, struct error *err)
{
	struct reading reading = { .examination = examination,
				   .entities = entity_check_new(examination) };
	enum status status = STATUS_OK;
	for (uint32_t id = 0; status == STATUS_OK && (id = docset_next(&examination->all, id + 1));)
		status = check_record(&reading, id, err);
	if (status == STATUS_OK)
		status = check_digest(&reading, err);
	if (status == STATUS_OK)
		status = check_id_count(&reading, err);
	if (status == STATUS_OK)
		status = check_hashes(examination, err);
	entity_check_free(reading.entities);
	arena_release(&reading.arena);
	buffer_release(&reading.bytes);
	buffer_release(&reading.term);
	return status;
}
