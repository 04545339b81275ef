#include "fixes_check.h"

#include "dateline/intern.h"
#include "dateline/utf8.h"

#include <stdlib.h>

#define NOTHING SIZE_MAX

/* How much of a name is shown, in bytes. */
#define SHOWN_MAX 80

/* Names as points, and the corrections of one verb as arrows: no point has two, and they lead round in no circle. */
struct web {
	struct intern points; /* kind and name key */
	size_t *arrows;       /* by point: the correction that leads away from it, or NOTHING */
	uint32_t *ends;       /* by point: where it leads to */
	size_t arrow_room, end_room;
	struct buffer key;
};

static void web_release(struct web *web)
{
	intern_release(&web->points);
	free(web->arrows);
	free(web->ends);
	buffer_release(&web->key);
}

static uint32_t point_of(struct web *web, enum facet_kind kind, struct str name)
{
	bool is_new;
	buffer_reset(&web->key);
	buffer_add_char(&web->key, (char)kind);
	utf8_name_key(name, &web->key);
	const uint32_t point = intern_add(&web->points, buffer_str(&web->key), &is_new);
	if (is_new) {
		memory_reserve(&web->arrows, &web->arrow_room, point, sizeof(*web->arrows));
		memory_reserve(&web->ends, &web->end_room, point, sizeof(*web->ends));
		web->arrows[point] = NOTHING;
	}
	return point;
}

static enum status contradicts(const struct fix *fix, const struct fix *before, const char *what,
			       struct error *err)
{
	return error_set(err, STATUS_BAD_INPUT, "%s:%u: %s (%s:%u)", fix->file, fix->line, what,
			 before->file, before->line);
}

/* What each verb leads from and to. */
static void find_ends(struct web *web, const struct fix *fix, uint32_t *from, uint32_t *to)
{
	const bool merges = fix->verb == FIX_MERGE;
	const enum facet_kind kind = fix->verb == FIX_RETYPE ? fix->to : fix->kind;
	*from = point_of(web, fix->kind, merges ? fix->other : fix->name);
	*to = point_of(web, kind, fix->verb == FIX_RENAME ? fix->other : fix->name);
}

/* Two names of one key are the same to a merge, but not to those who read them. */
static bool says_the_same(const struct web *web, const struct fix *fix, const struct fix *before,
			  uint32_t from, uint32_t to)
{
	return fix->verb == FIX_RENAME ? str_equal(fix->other, before->other) : web->ends[from] == to;
}

static enum status add_arrow(struct web *web, const struct fixes *fixes, size_t at, struct error *err)
{
	static const char *const twice[FIX_VERBS] = {
		[FIX_MERGE] = "this name is merged into another already",
		[FIX_RENAME] = "this name is renamed already",
		[FIX_RETYPE] = "this name gets another kind already",
	};
	const struct fix *fix = &fixes->items[at];
	uint32_t from, to;
	find_ends(web, fix, &from, &to);
	const size_t before = web->arrows[from];
	if (before != NOTHING && !says_the_same(web, fix, &fixes->items[before], from, to))
		return contradicts(fix, &fixes->items[before], twice[fix->verb], err);
	web->arrows[from] = at;
	web->ends[from] = to;
	return STATUS_OK;
}

/* The last line of the circle that goes through a point. */
static size_t last_of_circle(const struct web *web, uint32_t start)
{
	size_t last = web->arrows[start];
	for (uint32_t at = web->ends[start]; at != start; at = web->ends[at])
		last = web->arrows[at] > last ? web->arrows[at] : last;
	return last;
}

/* A new spelling of the same name leads to itself, and is no circle. */
static bool leads_on(const struct web *web, uint32_t point)
{
	return web->arrows[point] != NOTHING && web->ends[point] != point;
}

static enum status find_circle(const struct web *web, const struct fixes *fixes, struct error *err)
{
	enum status status = STATUS_OK;
	uint32_t *walks = memory_zero(web->points.count + 1, sizeof(*walks)); /* which one came by */
	for (uint32_t start = 0; start < web->points.count && status == STATUS_OK; start++) {
		uint32_t at = start;
		while (!walks[at] && leads_on(web, at)) {
			walks[at] = start + 1;
			at = web->ends[at];
		}
		if (walks[at] != start + 1 || !leads_on(web, at))
			continue;
		const struct fix *fix = &fixes->items[last_of_circle(web, at)];
		status = error_set(err, STATUS_BAD_INPUT, "%s:%u: this %s goes round in a circle",
				   fix->file, fix->line, fix_verb_name(fix->verb));
	}
	free(walks);
	return status;
}

static enum status check_verb(const struct fixes *fixes, enum fix_verb verb, struct error *err)
{
	struct web web = { 0 };
	enum status status = STATUS_OK;
	for (size_t i = 0; i < fixes->count && status == STATUS_OK; i++)
		if (fixes->items[i].verb == verb)
			status = add_arrow(&web, fixes, i, err);
	if (status == STATUS_OK)
		status = find_circle(&web, fixes, err);
	web_release(&web);
	return status;
}

/* ---- merged into and split from the same ---- */

static void add_pair(const struct fix *fix, struct buffer *key)
{
	buffer_reset(key);
	buffer_add_char(key, (char)fix->kind);
	utf8_name_key(fix->name, key);
	buffer_add_char(key, '\0');
	utf8_name_key(fix->other, key);
}

static enum status check_pairs(const struct fixes *fixes, struct error *err)
{
	struct intern pairs = { 0 };
	struct buffer key = { 0 };
	enum status status = STATUS_OK;
	size_t *lines = memory_zero(fixes->count + 1, sizeof(*lines));
	for (size_t i = 0; i < fixes->count; i++) {
		if (fixes->items[i].verb != FIX_SPLIT)
			continue;
		add_pair(&fixes->items[i], &key);
		lines[intern_add(&pairs, buffer_str(&key), NULL)] = i;
	}
	for (size_t i = 0; i < fixes->count && status == STATUS_OK; i++) {
		if (fixes->items[i].verb != FIX_MERGE)
			continue;
		add_pair(&fixes->items[i], &key);
		const uint32_t pair = intern_find(&pairs, buffer_str(&key));
		if (pair == INTERN_NONE)
			continue;
		const size_t split = lines[pair];
		const struct fix *one = &fixes->items[i], *other = &fixes->items[split];
		status = i > split ? contradicts(one, other, "what is merged here is split", err)
				   : contradicts(other, one, "what is split here is merged", err);
	}
	free(lines);
	intern_release(&pairs);
	buffer_release(&key);
	return status;
}

/* ---- two things said of one name ---- */

/* The corrections of one name, by verb, or NOTHING: the last of each. */
struct said {
	size_t by_verb[FIX_VERBS];
};

/* The name that the correction takes away or changes; of a split, where both stay what they are, there is none. */
static struct str changed_name(const struct fix *fix)
{
	return fix->verb == FIX_MERGE ? fix->other : fix->name;
}

static enum status cannot_be_both(const struct fix *fix, const struct fix *before, struct error *err)
{
	static const char *const done[FIX_VERBS] = {
		[FIX_MERGE] = "merged into another",
		[FIX_RETYPE] = "given another kind",
		[FIX_RENAME] = "renamed",
		[FIX_HIDE] = "hidden",
	};
	const struct str name = changed_name(fix);
	return error_set(err, STATUS_BAD_INPUT, "%s:%u: \"%.*s\" cannot be both %s and %s (%s:%u)",
			 fix->file, fix->line, (int)utf8_cut(name, SHOWN_MAX), name.data,
			 done[before->verb], done[fix->verb], before->file, before->line);
}

/* Whatever is merged goes by the other's name and kind, and what is hidden has none. A name in another kind can have a new name. */
static bool exclude_each_other(enum fix_verb one, enum fix_verb other)
{
	return one != other &&
	       (one == FIX_HIDE || other == FIX_HIDE || one == FIX_MERGE || other == FIX_MERGE);
}

static enum status compare_said(const struct fixes *fixes, const struct said *said, size_t at,
				struct error *err)
{
	const struct fix *fix = &fixes->items[at];
	for (int verb = 0; verb < FIX_VERBS; verb++) {
		const size_t before = said->by_verb[verb];
		if (before != NOTHING && exclude_each_other((enum fix_verb)verb, fix->verb))
			return cannot_be_both(fix, &fixes->items[before], err);
	}
	return STATUS_OK;
}

static enum status check_names(const struct fixes *fixes, struct error *err)
{
	struct intern names = { 0 };
	struct buffer key = { 0 };
	enum status status = STATUS_OK;
	struct said *said = memory_alloc((fixes->count + 1) * sizeof(*said));
	for (size_t i = 0; i < fixes->count && status == STATUS_OK; i++) {
		const struct fix *fix = &fixes->items[i];
		bool is_new;
		if (fix->verb == FIX_SPLIT)
			continue;
		buffer_reset(&key);
		buffer_add_char(&key, (char)fix->kind);
		utf8_name_key(changed_name(fix), &key);
		struct said *of_name = &said[intern_add(&names, buffer_str(&key), &is_new)];
		for (int verb = 0; is_new && verb < FIX_VERBS; verb++)
			of_name->by_verb[verb] = NOTHING;
		status = compare_said(fixes, of_name, i, err);
		of_name->by_verb[fix->verb] = i;
	}
	free(said);
	intern_release(&names);
	buffer_release(&key);
	return status;
}

enum status fixes_check(const struct fixes *fixes, struct error *err)
{
	static const enum fix_verb verbs[] = { FIX_MERGE, FIX_RETYPE, FIX_RENAME };
	enum status status = STATUS_OK;
	for (size_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]) && status == STATUS_OK; i++)
		status = check_verb(fixes, verbs[i], err);
	if (status == STATUS_OK)
		status = check_pairs(fixes, err);
	return status == STATUS_OK ? check_names(fixes, err) : status;
}
