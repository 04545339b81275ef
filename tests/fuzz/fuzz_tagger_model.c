/*
 * Any bytes as a model: as a file they are refused or good, and in the tables of a model that is well formed they
 * make the tagger say what they will, but in order, apart, and with a confidence.
 *
 * The line up to the first newline is tagged; what follows fills the tables.
 */
#include "target.h"

#include "../../lib/entity/tagger/tagger.h"
#include "dateline/intern.h"
#include "dateline/utf8.h"

#include <stddef.h>
#include <stdlib.h>

#define LISTS 16
#define GROUPS 1

static struct {
	struct model_header header;
	struct list_slot lists[LISTS];
	uint8_t marks[GROUPS * ROW_GROUP];
	struct row_slot rows[GROUPS * ROW_GROUP];
} bytes;

static void require(bool condition)
{
	if (!condition)
		abort();
}

/* A copy, for a file's bytes are aligned as memory is. */
static void view_as_file(const uint8_t *data, size_t size)
{
	struct model model;
	struct error err;
	uint8_t *copy = memory_alloc(size + 1);
	memcpy(copy, data, size);
	const enum status status = model_view(&model, copy, size, "model", &err);
	require(status == STATUS_OK || strstr(err.text, "model"));
	free(copy);
}

static void fill(struct model *model, const uint8_t *data, size_t size)
{
	struct error err;
	memset(&bytes, 0, sizeof bytes);
	memcpy(&bytes, data, size < sizeof bytes ? size : sizeof bytes);
	memcpy(bytes.header.magic, MODEL_MAGIC, sizeof MODEL_MAGIC);
	bytes.header.format = MODEL_FORMAT;
	bytes.header.features = MODEL_FEATURES;
	bytes.header.list_count = LISTS;
	bytes.header.row_groups = GROUPS;
	if (!(bytes.header.unit > 0 && bytes.header.unit <= 1))
		bytes.header.unit = 1;
	bytes.header.check = hash_bytes(&bytes.header, offsetof(struct model_header, check));
	require(model_view(model, &bytes, sizeof bytes, "model", &err) == STATUS_OK);
}

static void tag(const struct model *model, struct str line)
{
	struct spans spans = { 0 };
	struct tagger *tagger = tagger_new(model);
	split_line(line.data, 0, (uint32_t)line.len, &spans);
	tagger_begin(tagger);
	tagger_add_line(tagger, line.data, spans.items, spans.count);
	size_t count;
	const struct name *names = tagger_run(tagger, &count);
	for (size_t i = 0; i < count; i++) {
		require(names[i].first <= names[i].last && names[i].last < spans.count);
		require(i == 0 || names[i - 1].last < names[i].first);
		require(names[i].kind < NAME_KINDS && names[i].confidence <= 100);
	}
	tagger_free(tagger);
	free(spans.items);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t *stop = size ? memchr(data, '\n', size) : NULL;
	const size_t line = stop ? (size_t)(stop - data) : size;
	const size_t rest = stop ? line + 1 : size;
	struct buffer text = { 0 };
	struct model model;
	view_as_file(data + rest, size - rest);
	utf8_clean((struct str){ (const char *)data, line }, &text);
	fill(&model, data + rest, size - rest);
	tag(&model, buffer_str(&text));
	buffer_release(&text);
	return 0;
}
