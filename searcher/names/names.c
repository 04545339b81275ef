#include "inside.h"

#include "dateline/utf8.h"

#include <stdlib.h>

/* ---- what the indexer merged ---- */

static enum status damaged(struct error *err)
{
	return error_set(err, STATUS_CORRUPT,
			 "what names count for is damaged in the index: rebuild it");
}

static enum status read_pairs(struct merges *merges, struct str value, struct error *err)
{
	const char *at = value.data, *end = at + value.len;
	struct merged_pair pair = { 0 };
	size_t room = 0;
	while (merged_read(&at, end, &pair)) {
		/* Rising by the first, and none into itself. */
		if (pair.from == pair.to ||
		    (merges->count && merges->pairs[merges->count - 1].from >= pair.from))
			return damaged(err);
		memory_reserve(&merges->pairs, &room, merges->count, sizeof(*merges->pairs));
		merges->pairs[merges->count++] = pair;
	}
	return at == end ? STATUS_OK : damaged(err);
}

static const struct merged_pair *find_pair(const struct merges *merges, uint32_t from)
{
	size_t low = 0, high = merges->count;
	while (low < high) {
		const size_t middle = low + (high - low) / 2;
		if (merges->pairs[middle].from == from)
			return &merges->pairs[middle];
		if (merges->pairs[middle].from < from)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

/* What others count for counts for nothing else: so no chain of merges can run in a circle. */
static enum status check_pairs(const struct merges *merges, struct error *err)
{
	for (size_t i = 0; i < merges->count; i++)
		if (find_pair(merges, merges->pairs[i].to))
			return damaged(err);
	return STATUS_OK;
}

static enum status read_merges(struct names *names, struct error *err)
{
	struct buffer key = { 0 }, value = { 0 };
	enum status status = STATUS_OK;
	for (int kind = KIND_NONE + 1; kind < KIND_COUNT && status == STATUS_OK; kind++) {
		buffer_reset(&key);
		buffer_reset(&value);
		schema_merged_key((enum facet_kind)kind, &key);
		status = store_metadata(names->store, buffer_str(&key), &value, err);
		if (status == STATUS_OK)
			status = read_pairs(&names->merges[kind], buffer_str(&value), err);
		if (status == STATUS_OK)
			status = check_pairs(&names->merges[kind], err);
	}
	buffer_release(&key);
	buffer_release(&value);
	return status;
}

/* ---- the files of corrections ---- */

void names_hint(struct names *names, const char *format, ...)
{
	struct buffer line = { 0 };
	va_list args;
	va_start(args, format);
	buffer_add_format_v(&line, format, args);
	va_end(args);
	memory_reserve(&names->hints, &names->hint_room, names->hint_count, sizeof(*names->hints));
	names->hints[names->hint_count++] = arena_copy(&names->arena, buffer_str(&line));
	buffer_release(&line);
}

/* An archive can be moved without its corrections; then it is still one. */
static enum status read_remembered(struct names *names, struct error *err)
{
	struct buffer path = { 0 };
	enum status status = store_metadata(names->store, STR(META_FIXES), &path, err);
	if (status == STATUS_OK && path.len) {
		status = fixes_read(path.data, &names->arena, &names->fixes, err);
		if (status == STATUS_NOT_FOUND) {
			names_hint(names,
				   "the index remembers a file of corrections that is not there: %s",
				   path.data);
			status = STATUS_OK;
		}
	}
	buffer_release(&path);
	return status;
}

static enum status read_fixes(struct names *names, const struct names_request *request,
			      struct error *err)
{
	enum status status = read_remembered(names, err);
	for (size_t i = 0; i < request->files.count && status == STATUS_OK; i++) {
		const struct str path = arena_copy(&names->arena, request->files.items[i]);
		status = fixes_read(path.data, &names->arena, &names->fixes, err);
	}
	return status;
}

enum status names_open(struct store *store, const struct names_request *request,
		       struct names **names, struct error *err)
{
	struct names *made = memory_zero(1, sizeof(*made));
	made->store = store;
	made->min_confidence = request->min_confidence;
	enum status status = read_merges(made, err);
	if (status == STATUS_OK)
		status = read_fixes(made, request, err);
	if (status == STATUS_OK && made->fixes.count)
		status = names_fix(made, err);
	if (status != STATUS_OK) {
		names_close(made);
		made = NULL;
	}
	*names = made;
	return status;
}

static void release_change(struct change *change)
{
	struct split *split = change->split;
	free(change->gains.items);
	if (!split)
		return;
	for (size_t i = 0; i < split->count; i++)
		docset_release(&split->items[i].set);
	free(split->items);
	docset_release(&split->left);
}

void names_close(struct names *names)
{
	if (!names)
		return;
	for (int kind = 0; kind < KIND_COUNT; kind++) {
		free(names->merges[kind].pairs);
		free(names->merges[kind].by_to);
		intern_release(&names->fresh[kind]);
		free(names->fresh_names[kind].items);
		roll_free(names->rolls[kind]);
	}
	for (size_t i = 0; i < names->changed.count; i++)
		release_change(&names->changes[i]);
	names_forget_plans(names);
	intern_release(&names->changed);
	free(names->changes);
	free(names->moves);
	free(names->sets);
	free(names->idle);
	free(names->hints);
	fixes_release(&names->fixes);
	arena_release(&names->arena);
	free(names);
}

uint32_t names_min_confidence(const struct names *names)
{
	return names->min_confidence;
}

struct str_list names_hints(const struct names *names)
{
	return (struct str_list){ names->hints, names->hint_count };
}

struct fix_list names_idle_fixes(const struct names *names)
{
	return (struct fix_list){ names->idle, names->idle_count };
}

void names_forget_plans(struct names *names)
{
	for (size_t i = 0; i < names->set_count; i++) {
		docset_release(names->sets[i]);
		free(names->sets[i]);
	}
	names->set_count = 0;
}

struct docset *names_new_set(struct names *names)
{
	memory_reserve(&names->sets, &names->set_room, names->set_count, sizeof(struct docset *));
	struct docset *set = memory_zero(1, sizeof(*set));
	names->sets[names->set_count++] = set;
	return set;
}

/* ---- points ---- */

enum status names_next(struct names *names, enum facet_kind kind, uint32_t *next, struct error *err)
{
	enum status status = STATUS_OK;
	if (!names->next_known[kind])
		status = facet_next(names->store, kind, &names->next[kind], err);
	names->next_known[kind] = status == STATUS_OK;
	*next = names->next[kind];
	return status;
}

enum status names_size(struct names *names, enum facet_kind kind, uint32_t *size, struct error *err)
{
	const enum status status = names_next(names, kind, size, err);
	*size += (uint32_t)names->fresh[kind].count;
	return status;
}

static struct str point_key(struct point point, char bytes[5])
{
	bytes[0] = (char)point.kind;
	memcpy(bytes + 1, &point.number, sizeof(point.number));
	return (struct str){ bytes, 5 };
}

struct change *names_change(const struct names *names, struct point point)
{
	char bytes[5];
	if (!names->changed.count)
		return NULL;
	const uint32_t at = intern_find(&names->changed, point_key(point, bytes));
	return at == INTERN_NONE ? NULL : &names->changes[at];
}

struct change *names_make_change(struct names *names, struct point point)
{
	char bytes[5];
	bool is_new;
	const uint32_t at = intern_add(&names->changed, point_key(point, bytes), &is_new);
	if (is_new) {
		memory_reserve(&names->changes, &names->change_room, at, sizeof(*names->changes));
		names->changes[at] = (struct change){ .at = point };
	}
	return &names->changes[at];
}

bool names_merged(const struct names *names, struct point point, struct point *to)
{
	const struct merges *merges = &names->merges[point.kind];
	const struct merged_pair *pair = merges->count ? find_pair(merges, point.number) : NULL;
	const struct change *change = pair ? names_change(names, point) : NULL;
	if (!pair || (change && change->is_cut))
		return false;
	*to = (struct point){ point.kind, pair->to };
	return true;
}

/*
 * What is moved stays so, and where it was found to lead to it leads ever after: each walk shortens the next. Corrections never
 * make a circle (fixing.c), so this ends.
 */
struct point names_moved_end(const struct names *names, struct point point)
{
	struct change *change = names_change(names, point);
	while (change && change->is_moved) {
		struct change *next = names_change(names, change->ahead);
		if (!next || !next->is_moved)
			return change->ahead;
		change->ahead = next->ahead;
		change = next;
	}
	return change ? change->at : point;
}

struct point names_end(const struct names *names, struct point point)
{
	do
		point = names_moved_end(names, point);
	while (names_merged(names, point, &point));
	return point;
}

bool names_hidden(const struct names *names, struct point end)
{
	const struct change *change = names_change(names, end);
	return change && change->is_hidden;
}

static struct str key_of(struct str name, struct buffer *out)
{
	buffer_reset(out);
	utf8_name_key(name, out);
	return buffer_str(out);
}

enum status names_point(struct names *names, enum facet_kind kind, struct str name, bool *known,
			struct point *point, struct error *err)
{
	point->kind = kind;
	enum status status = facet_number(names->store, kind, name, known, &point->number, err);
	if (status != STATUS_OK || *known || !names->fresh[kind].count)
		return status;
	struct buffer key = { 0 };
	const uint32_t fresh = intern_find(&names->fresh[kind], key_of(name, &key));
	buffer_release(&key);
	*known = fresh != INTERN_NONE;
	point->number = names->next[kind] + fresh;
	return STATUS_OK;
}

/* ---- groups ---- */

static int compare_by_to(const void *a, const void *b)
{
	const struct merged_pair *one = a, *two = b;
	if (one->to != two->to)
		return one->to < two->to ? -1 : 1;
	return (one->from > two->from) - (one->from < two->from);
}

static void sort_merges(struct merges *merges)
{
	if (merges->by_to || !merges->count)
		return;
	merges->by_to = memory_alloc(merges->count * sizeof(*merges->by_to));
	memcpy(merges->by_to, merges->pairs, merges->count * sizeof(*merges->by_to));
	qsort(merges->by_to, merges->count, sizeof(*merges->by_to), compare_by_to);
}

static size_t first_to(const struct merges *merges, uint32_t to)
{
	size_t low = 0, high = merges->count;
	while (low < high) {
		const size_t middle = low + (high - low) / 2;
		if (merges->by_to[middle].to < to)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

void names_add_point(struct point_list *list, struct arena *arena, struct point point)
{
	if (list->count == list->capacity) {
		list->capacity = list->capacity ? list->capacity * 2 : 4;
		struct point *items = arena_alloc(arena, list->capacity * sizeof(*items));
		if (list->count)
			memcpy(items, list->items, list->count * sizeof(*items));
		list->items = items;
	}
	list->items[list->count++] = point;
}

/* Those that the indexer merged into this point, and that no correction took elsewhere. */
static void add_merged(struct names *names, struct point to, struct arena *arena,
		       struct point_list *members)
{
	struct merges *merges = &names->merges[to.kind];
	sort_merges(merges);
	for (size_t i = first_to(merges, to.number);
	     i < merges->count && merges->by_to[i].to == to.number; i++) {
		const struct point from = { to.kind, merges->by_to[i].from };
		const struct change *change = names_change(names, from);
		if (!change || (!change->is_cut && !change->is_moved))
			names_add_point(members, arena, from);
	}
}

static int compare_moves(const void *a, const void *b)
{
	const struct move *one = a, *two = b;
	const int by_to = compare_points(one->to, two->to);
	return by_to ? by_to : compare_points(one->from, two->from);
}

void names_sort_moves(struct names *names)
{
	names->moves = memory_alloc((names->changed.count + 1) * sizeof(*names->moves));
	for (size_t i = 0; i < names->changed.count; i++)
		if (names->changes[i].is_moved)
			names->moves[names->move_count++] =
				(struct move){ names->changes[i].at, names->changes[i].to };
	if (names->move_count)
		qsort(names->moves, names->move_count, sizeof(*names->moves), compare_moves);
}

static void add_moved(const struct names *names, struct point to, struct arena *arena,
		      struct point_list *members)
{
	size_t low = 0, high = names->move_count;
	while (low < high) {
		const size_t middle = low + (high - low) / 2;
		if (compare_points(names->moves[middle].to, to) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < names->move_count && same_point(names->moves[low].to, to); low++)
		names_add_point(members, arena, names->moves[low].from);
}

void names_members(struct names *names, struct point end, struct arena *arena,
		   struct point_list *members)
{
	*members = (struct point_list){ 0 };
	names_add_point(members, arena, end);
	/* What was added counts for something that is there, and so on. */
	for (size_t i = 0; i < members->count; i++) {
		add_merged(names, members->items[i], arena, members);
		add_moved(names, members->items[i], arena, members);
	}
}

bool names_is_changed(struct names *names, struct point point)
{
	struct point to;
	struct merges *merges = &names->merges[point.kind];
	if (names_change(names, point) || names_merged(names, point, &to))
		return true;
	if (!merges->count)
		return false;
	sort_merges(merges);
	const size_t at = first_to(merges, point.number);
	return at < merges->count && merges->by_to[at].to == point.number;
}

uint32_t names_verbs(struct names *names, struct point end)
{
	struct arena arena = { 0 };
	struct point_list members;
	uint32_t verbs = 0;
	if (!names->changed.count)
		return 0;
	names_members(names, end, &arena, &members);
	for (size_t i = 0; i < members.count; i++) {
		const struct change *change = names_change(names, members.items[i]);
		verbs |= change ? change->verbs : 0;
	}
	arena_release(&arena);
	return verbs;
}

/* ---- names ---- */

enum status names_own(struct names *names, struct point point, struct arena *arena,
		      struct str *name, struct error *err)
{
	if (!names_is_fresh(names, point))
		return facet_name(names->store, point.kind, point.number, arena, name, err);
	const uint32_t fresh = point.number - names->next[point.kind];
	if (fresh >= names->fresh[point.kind].count)
		return damaged(err);
	*name = arena_copy(arena, names->fresh_names[point.kind].items[fresh]);
	return STATUS_OK;
}

static enum status find_shown(struct names *names, struct point end, struct arena *arena,
			      struct str *name, struct error *err)
{
	const struct change *change = names_change(names, end);
	if (!change || !change->shown.len)
		return names_own(names, end, arena, name, err);
	*name = arena_copy(arena, change->shown);
	return STATUS_OK;
}

/* Of kinds that are counted again and again, the same names are shown again and again. */
enum status names_shown(struct names *names, struct point end, struct arena *arena,
			struct str *name, struct error *err)
{
	struct roll *roll = names->rolls[end.kind];
	if (!roll || end.number >= roll->size)
		return find_shown(names, end, arena, name, err);
	if (!roll->shown)
		roll->shown = memory_zero((size_t)roll->size + 1, sizeof(*roll->shown));
	struct str *known = &roll->shown[end.number];
	if (!known->data) {
		const enum status status = find_shown(names, end, &names->arena, known, err);
		if (status != STATUS_OK) {
			*known = (struct str){ 0 };
			return status;
		}
	}
	*name = arena_copy(arena, *known);
	return STATUS_OK;
}

enum status names_value(struct names *names, enum facet_kind kind, struct str name, bool *known,
			bool *gone, struct point *end, struct error *err)
{
	*gone = false;
	const enum status status = names_point(names, kind, name, known, end, err);
	if (status != STATUS_OK || !*known)
		return status;
	*end = names_end(names, *end);
	*gone = end->kind != kind || names_hidden(names, *end);
	*known = !*gone;
	return STATUS_OK;
}
