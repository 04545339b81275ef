/*
 * beside.h: the words right in front of a name and behind it, by which things of one name are told apart.
 */
#ifndef DATELINE_BESIDE_H
#define DATELINE_BESIDE_H

#include "names.h"

/* Texts of a table, to be looked for together. */
struct signs {
	const char *const *items;
	size_t count;
};

#define SIGNS(table) ((struct signs){ table, sizeof(table) / sizeof(*(table)) })

/* All of the article before the name, and behind it. */
static inline struct str text_before(const struct names *names, const struct spot *spot)
{
	return (struct str){ names->text.data, spot->start };
}

static inline struct str text_behind(const struct names *names, const struct spot *spot)
{
	return (struct str){ names->text.data + spot->end, names->text.len - spot->end };
}

static inline bool begins_with_any(struct str text, struct signs signs)
{
	size_t i = 0;
	while (i < signs.count && !str_begins_with(text, signs.items[i]))
		i++;
	return i < signs.count;
}

static inline bool ends_in_any(struct str text, struct signs signs)
{
	size_t i = 0;
	while (i < signs.count && !str_ends_in(text, signs.items[i]))
		i++;
	return i < signs.count;
}

/* Is it one of them, letter for letter? */
static inline bool is_any(struct str text, struct signs signs)
{
	size_t i = 0;
	while (i < signs.count && !str_equal(text, str_from(signs.items[i])))
		i++;
	return i < signs.count;
}

/* The text behind the first of the signs that it begins with and goes on from; empty when there is none. */
static inline struct str behind_any(struct str text, struct signs signs)
{
	for (size_t i = 0; i < signs.count; i++) {
		const size_t len = strlen(signs.items[i]);
		if (text.len > len && str_begins_with(text, signs.items[i]))
			return (struct str){ text.data + len, text.len - len };
	}
	return STR("");
}

#endif
