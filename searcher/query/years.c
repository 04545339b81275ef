#include "query.h"

/* Both lists rise. */
static size_t unite(const int16_t *a, size_t a_count, const int16_t *b, size_t b_count, int16_t *to)
{
	size_t count = 0, i = 0, j = 0;
	while (i < a_count || j < b_count) {
		const bool from_a = j == b_count || (i < a_count && a[i] <= b[j]);
		const int16_t year = from_a ? a[i++] : b[j++];
		if (!count || to[count - 1] != year)
			to[count++] = year;
	}
	return count;
}

void years_unite(struct years *years, const struct years *more, struct arena *arena)
{
	struct years both = { 0 };
	both.items = arena_alloc(arena, (years->count + more->count) * sizeof(*both.items));
	both.count = unite(years->items, years->count, more->items, more->count, both.items);
	both.mentioned = arena_alloc(arena, (years->mentioned_count + more->mentioned_count) *
						    sizeof(*both.mentioned));
	both.mentioned_count = unite(years->mentioned, years->mentioned_count, more->mentioned,
				     more->mentioned_count, both.mentioned);
	*years = both;
}
