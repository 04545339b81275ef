#include "valuing.h"

#include <stdlib.h>

/*
 * Topics below those that they belong to. "World > Asia > China" is below "World > Asia"; where that is no value (a
 * correction hides it, say), below the nearest one that is.
 */

#define PATH_MARK " > "
#define NOWHERE SIZE_MAX

struct tree {
	struct valuing *valuing;
	struct branch {
		size_t parent, first_kid, next; /* NOWHERE: none */
		bool is_kept;                   /* it is chosen, or something below it is */
	} * branches;                           /* one an item */
	size_t root;                            /* the first of those without a parent */
	size_t *order;                          /* the items that are listed */
	size_t count;
};

/* The part of a path before its last mark; empty without one. */
static struct str above(struct str path)
{
	const size_t mark = strlen(PATH_MARK);
	for (size_t at = path.len; at >= mark; at--)
		if (memcmp(path.data + at - mark, PATH_MARK, mark) == 0)
			return (struct str){ path.data, at - mark };
	return (struct str){ path.data, 0 };
}

static size_t find_parent(const struct intern *keys, const uint32_t *item_of, struct str key)
{
	for (struct str path = above(key); path.len; path = above(path)) {
		const uint32_t found = intern_find(keys, path);
		if (found != INTERN_NONE)
			return item_of[found];
	}
	return NOWHERE;
}

/* Items are in the order of their level, so each is put before those that were put there already, from the last on. */
static void grow(struct tree *tree)
{
	const struct valuing *valuing = tree->valuing;
	struct intern keys = { 0 };
	uint32_t *item_of = memory_alloc((valuing->count + 1) * sizeof(*item_of));
	for (size_t i = 0; i < valuing->count; i++) {
		tree->branches[i] = (struct branch){ NOWHERE, NOWHERE, NOWHERE, false };
		item_of[intern_add(&keys, valuing->items[i].key, NULL)] = (uint32_t)i;
	}
	tree->root = NOWHERE;
	for (size_t i = valuing->count; i-- > 0;) {
		struct branch *branch = &tree->branches[i];
		branch->parent = find_parent(&keys, item_of, valuing->items[i].key);
		size_t *first = branch->parent == NOWHERE
					? &tree->root
					: &tree->branches[branch->parent].first_kid;
		branch->next = *first;
		*first = i;
	}
	free(item_of);
	intern_release(&keys);
}

static void keep_chosen(struct tree *tree)
{
	for (size_t i = 0; i < tree->valuing->count; i++)
		if (tree->valuing->items[i].value.selected)
			for (size_t at = i; at != NOWHERE && !tree->branches[at].is_kept;
			     at = tree->branches[at].parent)
				tree->branches[at].is_kept = true;
}

/*
 * The first ones of each level, each followed by its own. No stack is needed: behind the last of a level comes the next
 * of the one above. `room` is what is left of each level on the way down.
 */
static void walk(struct tree *tree)
{
	const uint32_t max = tree->valuing->job->request.max;
	uint32_t *room = memory_alloc((tree->valuing->count + 2) * sizeof(*room));
	uint32_t depth = 0;
	room[0] = max;
	for (size_t at = tree->root; at != NOWHERE;) {
		struct branch *branch = &tree->branches[at];
		struct listed *item = &tree->valuing->items[at];
		const bool has_room = room[depth] > 0 && !item->is_extra;
		room[depth] -= has_room;
		if (has_room || branch->is_kept) {
			item->value.depth = depth;
			tree->order[tree->count++] = at;
			if (branch->first_kid != NOWHERE) {
				room[++depth] = max;
				at = branch->first_kid;
				continue;
			}
		}
		while (branch->next == NOWHERE && branch->parent != NOWHERE) {
			branch = &tree->branches[branch->parent];
			depth--;
		}
		at = branch->next;
	}
	free(room);
}

void valuing_tree(struct valuing *valuing)
{
	struct tree tree = { .valuing = valuing };
	valuing_sort(valuing);
	tree.branches = memory_alloc((valuing->count + 1) * sizeof(*tree.branches));
	tree.order = memory_alloc((valuing->count + 1) * sizeof(*tree.order));
	grow(&tree);
	keep_chosen(&tree);
	walk(&tree);
	struct listed *items = memory_alloc((tree.count + 1) * sizeof(*items));
	for (size_t i = 0; i < tree.count; i++)
		items[i] = valuing->items[tree.order[i]];
	free(valuing->items);
	valuing->items = items;
	valuing->count = tree.count;
	free(tree.branches);
	free(tree.order);
}
