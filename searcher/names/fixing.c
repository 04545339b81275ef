#include "inside.h"

#include "dateline/entity.h"
#include "dateline/utf8.h"

#include <stdlib.h>

/* Applies one correction; *idle is set when there is no such name, and so nothing to correct. */
typedef enum status fixer(struct names *names, const struct fix *fix, bool *idle, struct error *err);

static void note(struct names *names, struct point point, const struct fix *fix)
{
	names_make_change(names, point)->verbs |= (uint32_t)1 << fix->verb;
}

/* ---- names ---- */

/* The point of a name; a new one when nothing is called so yet. */
static enum status make_point(struct names *names, enum facet_kind kind, struct str name,
			      struct point *point, struct error *err)
{
	bool known;
	uint32_t next;
	enum status status = names_next(names, kind, &next, err);
	if (status == STATUS_OK)
		status = names_point(names, kind, name, &known, point, err);
	if (status != STATUS_OK || known)
		return status;
	struct buffer key = { 0 };
	utf8_name_key(name, &key);
	const uint32_t fresh = intern_add(&names->fresh[kind], buffer_str(&key), NULL);
	buffer_release(&key);
	memory_reserve(&names->fresh_names[kind].items, &names->fresh_room[kind], fresh,
		       sizeof(struct str));
	names->fresh_names[kind].items[fresh] = name;
	names->fresh_names[kind].count = fresh + 1;
	point->number = next + fresh;
	return STATUS_OK;
}

/* A name that the index has, also when its canonical form is written otherwise: "usa" for United States. */
static enum status find_point(struct names *names, enum facet_kind kind, struct str name,
			      bool *known, struct point *point, struct error *err)
{
	struct arena arena = { 0 };
	enum status status = names_point(names, kind, name, known, point, err);
	if (status == STATUS_OK && !*known)
		status = names_point(names, kind, entity_canonical(kind, name, &arena), known,
				     point, err);
	arena_release(&arena);
	return status;
}

static enum status goes_round(const struct fix *fix, struct error *err)
{
	return error_set(err, STATUS_BAD_INPUT,
			 "%s:%u: with the corrections before it, this %s goes round in a circle",
			 fix->file, fix->line, fix_verb_name(fix->verb));
}

/* Of two spellings that only here turn out to be one name ("usa", "United States"). */
static enum status is_moved_already(const struct fix *fix, const struct fix *before,
				    struct error *err)
{
	return error_set(err, STATUS_BAD_INPUT, "%s:%u: this name counts for another already (%s:%u)",
			 fix->file, fix->line, before->file, before->line);
}

static void set_move(struct names *names, struct point from, struct point to, const struct fix *fix)
{
	struct change *moved = names_make_change(names, from);
	moved->is_moved = true;
	moved->mover = fix;
	moved->to = moved->ahead = to;
	note(names, from, fix);
	note(names, to, fix);
}

/*
 * Corrections alone run in no circle: of those that names show that is refused when they are read, of the others here. `from` is
 * not moved, so no walk over what is moved goes past it.
 */
static enum status move(struct names *names, struct point from, struct point to,
			const struct fix *fix, struct error *err)
{
	const struct change *change = names_change(names, from);
	if (change && change->is_moved)
		return same_point(change->to, to) ? STATUS_OK
						  : is_moved_already(fix, change->mover, err);
	if (same_point(names_moved_end(names, to), from))
		return goes_round(fix, err);
	set_move(names, from, to, fix);
	return STATUS_OK;
}

/* ---- circles ---- */

/* Goes over corrections to the next merge of the index, and over that; false: there is none. */
static bool pass_merge(const struct names *names, struct point *at)
{
	*at = names_moved_end(names, *at);
	return names_merged(names, *at, at);
}

/*
 * Does the way run in a circle? Then *at is on it. A mark is moved up at 2, 4, 8... steps: sooner or later it is on the circle
 * and the next one is further away than once round.
 */
static bool find_circle(const struct names *names, struct point *at)
{
	struct point mark = *at;
	for (size_t steps = 1, next = 2; pass_merge(names, at); steps++) {
		if (same_point(*at, mark))
			return true;
		if (steps == next) {
			mark = *at;
			next *= 2;
		}
	}
	return false;
}

/*
 * With what the indexer merged, corrections may run in a circle. Then its merges give way, all of them, so that it does not
 * matter where the circle was met first.
 */
static void open_circle(struct names *names, struct point at)
{
	if (!find_circle(names, &at))
		return;
	for (struct point from = names_moved_end(names, at); names_merged(names, from, &at);
	     from = names_moved_end(names, at))
		names_make_change(names, from)->is_cut = true;
}

/* Not before all merges of the corrections are there, as some may lead out of the circle that others close. */
static void open_merge_circles(struct names *names)
{
	for (uint32_t i = 0; i < names->changed.count; i++)
		if (names->changes[i].is_moved)
			open_circle(names, names->changes[i].at);
}

/* ---- split ---- */

static void add_leaver(struct names *names, struct point from, struct point to, struct str variant)
{
	struct change *change = names_make_change(names, from);
	if (!change->split)
		change->split = arena_zero(&names->arena, 1, sizeof(*change->split));
	struct split *split = change->split;
	for (size_t i = 0; i < split->count; i++)
		if (same_point(split->items[i].to, to))
			return;
	memory_reserve(&split->items, &split->capacity, split->count, sizeof(*split->items));
	split->items[split->count++] = (struct leaver){ .to = to, .variant = variant };
	struct point_list *gains = &names_make_change(names, to)->gains;
	memory_reserve(&gains->items, &gains->capacity, gains->count, sizeof(*gains->items));
	gains->items[gains->count++] = from;
}

/* Articles that call the member of the group by the variant will count for that. */
static enum status split_member(struct names *names, const struct fix *fix, struct point member,
				bool *idle, struct error *err)
{
	struct arena arena = { 0 };
	struct buffer term = { 0 };
	struct str name;
	struct point to;
	uint32_t articles = 0;
	enum status status = names_own(names, member, &arena, &name, err);
	if (status == STATUS_OK && schema_alias_term(fix->kind, fix->other, name, &term))
		status = store_frequency(names->store, buffer_str(&term), &articles, err);
	if (status == STATUS_OK && articles) {
		status = make_point(names, fix->kind, fix->other, &to, err);
		if (status == STATUS_OK && !same_point(to, member)) {
			add_leaver(names, member, to, fix->other);
			note(names, member, fix);
			note(names, to, fix);
			*idle = false;
		}
	}
	buffer_release(&term);
	arena_release(&arena);
	return status;
}

/* Takes the merge back that makes the two one. */
static void cut(struct names *names, const struct fix *fix, struct point one, struct point other,
		bool *idle)
{
	struct point end;
	const bool leads = names_merged(names, one, &end);
	if (leads && same_point(end, other)) {
		names_make_change(names, one)->is_cut = true;
	} else {
		end = names_end(names, one);
		if (same_point(end, other) || !same_point(end, names_end(names, other)))
			return;
		names_make_change(names, other)->is_cut = true;
	}
	note(names, one, fix);
	note(names, other, fix);
	*idle = false;
}

static enum status fix_split(struct names *names, const struct fix *fix, bool *idle,
			     struct error *err)
{
	bool known, other_known;
	struct point name, other;
	enum status status = find_point(names, fix->kind, fix->name, &known, &name, err);
	if (status == STATUS_OK)
		status = names_point(names, fix->kind, fix->other, &other_known, &other, err);
	if (status != STATUS_OK || !known)
		return status;
	if (other_known)
		cut(names, fix, name, other, idle);
	struct arena arena = { 0 };
	struct point_list members;
	names_members(names, names_end(names, name), &arena, &members);
	for (size_t i = 0; i < members.count && status == STATUS_OK; i++)
		status = split_member(names, fix, members.items[i], idle, err);
	arena_release(&arena);
	return status;
}

/* ---- the others ---- */

/* What the indexer made of the other one no longer holds: somebody knows better. */
static enum status fix_merge(struct names *names, const struct fix *fix, bool *idle,
			     struct error *err)
{
	bool known;
	struct point name, other;
	enum status status = find_point(names, fix->kind, fix->other, &known, &other, err);
	if (status != STATUS_OK || !known)
		return status;
	status = make_point(names, fix->kind, fix->name, &name, err);
	if (status != STATUS_OK || same_point(name, other))
		return status;
	*idle = false;
	return move(names, other, name, fix, err);
}

/* The group that a name stands for, which may be of another kind by now. */
static enum status find_group(struct names *names, const struct fix *fix, bool *known,
			      struct point *end, struct error *err)
{
	const enum status status = find_point(names, fix->kind, fix->name, known, end, err);
	if (status == STATUS_OK && *known)
		*end = names_end(names, *end);
	return status;
}

static enum status fix_retype(struct names *names, const struct fix *fix, bool *idle,
			      struct error *err)
{
	bool known;
	struct point end, to;
	struct str name;
	enum status status = find_group(names, fix, &known, &end, err);
	if (status != STATUS_OK || !known)
		return status;
	*idle = end.kind != fix->kind && end.kind != fix->to;
	if (end.kind != fix->kind)
		return STATUS_OK;
	status = names_shown(names, end, &names->arena, &name, err);
	if (status == STATUS_OK)
		status = make_point(names, fix->to, name, &to, err);
	if (status == STATUS_OK)
		status = move(names, end, to, fix, err);
	if (status == STATUS_OK)
		open_circle(names, end);
	return status;
}

static bool is_moved(const struct names *names, struct point point)
{
	const struct change *change = names_change(names, point);
	return change && change->is_moved;
}

/*
 * A new name that is another value's makes one of the two; one that is the group's own is only shown. Where the new name is
 * corrected itself, what it became is shown: then the order of lines does not matter.
 */
static enum status fix_rename(struct names *names, const struct fix *fix, bool *idle,
			      struct error *err)
{
	bool known;
	struct point end, to;
	enum status status = find_group(names, fix, &known, &end, err);
	if (status != STATUS_OK || !known)
		return status;
	status = make_point(names, end.kind, fix->other, &to, err);
	if (status != STATUS_OK)
		return status;
	*idle = false;
	const bool is_corrected = is_moved(names, to);
	to = names_end(names, to);
	note(names, to, fix);
	if (same_point(end, to) || (!is_corrected && to.kind == end.kind))
		names_make_change(names, to)->shown = fix->other;
	return same_point(end, to) ? STATUS_OK : move(names, end, to, fix, err);
}

static enum status fix_hide(struct names *names, const struct fix *fix, bool *idle, struct error *err)
{
	bool known;
	struct point end;
	const enum status status = find_group(names, fix, &known, &end, err);
	if (status != STATUS_OK || !known || end.kind != fix->kind)
		return status;
	*idle = false;
	names_make_change(names, end)->is_hidden = true;
	note(names, end, fix);
	return STATUS_OK;
}

/* ---- all of them ---- */

static enum status apply(struct names *names, const struct fix *fix, struct error *err)
{
	static fixer *const fixers[FIX_VERBS] = {
		[FIX_SPLIT] = fix_split,   [FIX_MERGE] = fix_merge, [FIX_RETYPE] = fix_retype,
		[FIX_RENAME] = fix_rename, [FIX_HIDE] = fix_hide,
	};
	bool idle = true;
	const enum status status = fixers[fix->verb](names, fix, &idle, err);
	if (status == STATUS_OK && idle)
		names->idle[names->idle_count++] = fix;
	return status;
}

/* In the other kind it is spelled as the index has it, and not as the line. */
static enum status make_retyped(struct names *names, const struct fix *fix, struct error *err)
{
	bool known;
	struct point point;
	struct str name;
	enum status status = find_point(names, fix->kind, fix->name, &known, &point, err);
	if (status != STATUS_OK || !known)
		return status;
	status = names_own(names, point, &names->arena, &name, err);
	return status == STATUS_OK ? make_point(names, fix->to, name, &point, err) : status;
}

/* New names are there before anything is corrected, so that the order of lines does not matter. */
static enum status make_new_names(struct names *names, struct error *err)
{
	const struct fixes *fixes = &names->fixes;
	enum status status = STATUS_OK;
	struct point point;
	for (size_t i = 0; i < fixes->count && status == STATUS_OK; i++) {
		const struct fix *fix = &fixes->items[i];
		if (fix->verb == FIX_MERGE)
			status = make_point(names, fix->kind, fix->name, &point, err);
		else if (fix->verb == FIX_RENAME)
			status = make_point(names, fix->kind, fix->other, &point, err);
		else if (fix->verb == FIX_RETYPE)
			status = make_retyped(names, fix, err);
	}
	return status;
}

enum status names_fix(struct names *names, struct error *err)
{
	const struct fixes *fixes = &names->fixes;
	enum status status = make_new_names(names, err);
	names->idle = memory_alloc(fixes->count * sizeof(struct fix *));
	for (int verb = 0; verb < FIX_VERBS && status == STATUS_OK; verb++) {
		for (size_t i = 0; i < fixes->count && status == STATUS_OK; i++)
			if (fixes->items[i].verb == (enum fix_verb)verb)
				status = apply(names, &fixes->items[i], err);
		if (status == STATUS_OK && verb == FIX_MERGE)
			open_merge_circles(names);
	}
	if (status == STATUS_OK)
		names_sort_moves(names);
	return status;
}
