/*
 * Any text: tokens are in order and hold all that is seen, names are in order and apart, and the next article is not
 * changed by the one before. The model has no features, but steps between tags that make names likely.
 */
#include "target.h"

#include "../../lib/entity/tagger/tagger.h"
#include "dateline/intern.h"
#include "dateline/utf8.h"

#include <stddef.h>
#include <stdlib.h>

static struct {
	struct model_header header;
	struct list_slot lists[16];
	uint8_t marks[16];
	struct row_slot rows[16];
} bytes;

static void require(bool condition)
{
	if (!condition)
		abort();
}

static void make_model(struct model *model)
{
	memset(&bytes, 0, sizeof bytes);
	memcpy(bytes.header.magic, MODEL_MAGIC, sizeof MODEL_MAGIC);
	bytes.header.format = MODEL_FORMAT;
	bytes.header.features = MODEL_FEATURES;
	bytes.header.list_count = 16;
	bytes.header.row_groups = 1;
	bytes.header.unit = 0.05f;
	for (unsigned a = 0; a < TAGS; a++)
		for (unsigned b = 0; b < TAGS; b++)
			bytes.header.steps[a][b] = (int16_t)((a * 31 + b * 17) % 41);
	bytes.header.check = hash_bytes(&bytes.header, offsetof(struct model_header, check));
	require(model_view(model, &bytes, sizeof bytes, "model", NULL) == STATUS_OK);
}

static void check_tokens(struct str text, const struct spans *spans)
{
	size_t at = 0;
	for (size_t i = 0; i <= spans->count; i++) {
		const size_t stop = i < spans->count ? spans->items[i].start : text.len;
		require(at <= stop);
		while (at < stop) { /* only blanks are left out */
			size_t size;
			require(utf8_is_blank(utf8_decode(text.data + at, text.len - at, &size)));
			at += size;
		}
		if (i < spans->count) {
			require(spans->items[i].start < spans->items[i].end);
			at = spans->items[i].end;
		}
	}
}

static size_t run(struct tagger *tagger, struct str text, const struct spans *spans)
{
	size_t count;
	tagger_begin(tagger);
	tagger_add_line(tagger, text.data, spans->items, spans->count);
	const struct name *names = tagger_run(tagger, &count);
	for (size_t i = 0; i < count; i++) {
		require(names[i].first <= names[i].last && names[i].last < spans->count);
		require(i == 0 || names[i - 1].last < names[i].first);
		require(names[i].kind < NAME_KINDS && names[i].confidence <= 100);
	}
	return count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct model model;
	struct buffer text = { 0 };
	struct spans spans = { 0 };
	make_model(&model);
	utf8_clean((struct str){ (const char *)data, size }, &text);
	const struct str clean = buffer_str(&text);
	split_line(clean.data, 0, (uint32_t)clean.len, &spans);
	check_tokens(clean, &spans);
	struct tagger *tagger = tagger_new(&model);
	const size_t count = run(tagger, clean, &spans);
	require(run(tagger, clean, &spans) == count);
	tagger_free(tagger);
	free(spans.items);
	buffer_release(&text);
	return 0;
}
