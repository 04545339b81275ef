/*
 * Any bytes as a file of corrections: read, or refused with the line; and what was read twice says nothing else.
 */
#include "target.h"

#include "dateline/fixes.h"
#include "dateline/utf8.h"

#include <stdlib.h>

static void require(bool condition)
{
	if (!condition)
		abort();
}

static void check_name(struct str name)
{
	require(name.len > 0 && name.len <= 3 * FIX_NAME_MAX);
	require(utf8_is_clean(name) && !memchr(name.data, '\n', name.len));
	struct buffer key = { 0 };
	utf8_name_key(name, &key);
	require(key.len > 0);
	buffer_release(&key);
}

static void check_fix(const struct fix *fix)
{
	require((unsigned)fix->verb < FIX_VERBS && fix->line > 0);
	require(fix->kind > KIND_NONE && fix->kind < KIND_WHEN);
	check_name(fix->name);
	const bool has_other = fix->verb == FIX_MERGE || fix->verb == FIX_SPLIT ||
			       fix->verb == FIX_RENAME;
	if (has_other)
		check_name(fix->other);
	require(has_other || !fix->other.len);
	require((fix->to != KIND_NONE) == (fix->verb == FIX_RETYPE) && fix->to != fix->kind);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = { 0 };
	struct fixes fixes = { 0 };
	struct error err;
	const struct str text = { (const char *)data, size };
	const enum status status = fixes_parse(text, "f", &arena, &fixes, &err);
	if (status == STATUS_OK) {
		for (size_t i = 0; i < fixes.count; i++)
			check_fix(&fixes.items[i]);
		/* All of it once more is the same said twice. */
		const size_t count = fixes.count;
		require(fixes_parse(text, "f", &arena, &fixes, &err) == STATUS_OK);
		require(fixes.count == 2 * count);
	} else {
		require(status == STATUS_BAD_INPUT && strncmp(err.text, "f:", 2) == 0);
		require(fixes.count == 0);
	}
	fixes_release(&fixes);
	arena_release(&arena);
	return 0;
}
