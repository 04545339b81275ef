/*
 * Any text: tokens are in order and hold all that is seen, names are in order and apart, and the next article is not
 * changed by the one before. The model has no features, but steps between tags that make names likely.
 */
#include "small_model.h"
#include "target.h"

#include "../../lib/entity/tagger/tagger.h"
#include "dateline/utf8.h"

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
