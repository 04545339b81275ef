/*
 * Any bytes: cleaning gives valid text that stays as it is when cleaned again; what is made of that
 * text is valid, and no function runs on or reads beyond the end.
 */
#include "target.h"

#include "dateline/utf8.h"

#include <stdlib.h>

static void require(bool condition)
{
	if (!condition)
		abort();
}

static void check_clean(struct str raw, struct buffer *clean)
{
	const size_t replaced = utf8_clean(raw, clean);
	const struct str once = buffer_str(clean);
	require(utf8_is_clean(once));
	require(utf8_is_clean(raw) == str_equal(raw, once));
	require(replaced <= raw.len);
	struct buffer again = { 0 };
	require(utf8_clean(once, &again) == 0);
	require(str_equal(once, buffer_str(&again)));
	buffer_release(&again);
}

static void check_code_points(struct str text)
{
	for (size_t at = 0, bytes; at < text.len; at += bytes) {
		char encoded[4];
		const uint32_t code = utf8_decode(text.data + at, text.len - at, &bytes);
		require(bytes >= 1 && bytes <= text.len - at);
		require(utf8_encode(code, encoded) == bytes);
		require(memcmp(encoded, text.data + at, bytes) == 0);
		/* The cut may fall anywhere in the character, and never behind it. */
		for (size_t max = at; max < at + bytes; max++)
			require(utf8_cut(text, max) == at);
	}
	require(utf8_cut(text, text.len) == text.len);
	require(utf8_columns(text) <= 2 * text.len);
}

/* The longest that anything folds to is U+FDFA: 33 bytes for 3. */
static void check_folds(struct str text)
{
	struct buffer out = { 0 };
	for (unsigned folds = 0; folds <= 3; folds++) {
		buffer_reset(&out);
		utf8_fold(text, folds, &out);
		require(utf8_is_clean(buffer_str(&out)));
		require(out.len <= 12 * text.len);
	}
	buffer_reset(&out);
	utf8_name_key(text, &out);
	const struct str key = buffer_str(&out);
	require(utf8_is_clean(key));
	require(!key.len || (key.data[0] != ' ' && key.data[key.len - 1] != ' '));
	require(!key.len || !strstr(key.data, "  "));
	struct buffer again = { 0 };
	utf8_name_key(key, &again);
	require(str_equal(buffer_str(&again), key));
	buffer_release(&again);
	buffer_release(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buffer clean = { 0 };
	check_clean((struct str){ (const char *)data, size }, &clean);
	check_code_points(buffer_str(&clean));
	check_folds(buffer_str(&clean));
	buffer_release(&clean);
	return 0;
}
