#include "gazetteer.h"

#include "table.h"

const struct place place_table[PLACE_COUNT] = {
#define PLACE(id, name, of) [PLACE_##id] = { name, PLACE_##of },
#include "data/places.inc"
#undef PLACE
};

/* The words of the rows in data/names.inc. */
enum {
	PLAIN = 0,
	CAPS = CARE_CAPS,
	SUPPORT = CARE_SUPPORT,
	COMMON = CARE_COMMON,
	FORENAME = CARE_FORENAME,
	SURNAME = CARE_SURNAME,
	TOWN = CARE_TOWN,
	ALT = CARE_ALT,
	LOWER = CARE_LOWER,
	TEXT = CARE_TEXT,
	PAST = CARE_PAST,
};

const struct gazetteer_name gazetteer_names[] = {
#define NAME(key, place, use, care) { key, sizeof(key) - 1, USE_##use, PLACE_##place, care },
#include "data/names.inc"
#undef NAME
};

const size_t gazetteer_count = sizeof(gazetteer_names) / sizeof(*gazetteer_names);

/* The first row with this key, or the end of the table. */
static size_t find_first(struct str key)
{
	size_t low = 0, high = gazetteer_count;
	while (low < high) {
		const size_t middle = low + (high - low) / 2;
		if (table_compare(key, gazetteer_names[middle].key) > 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static bool is_for_publishers(const struct gazetteer_name *name)
{
	return name->use <= USE_GIVEN && !(name->care & (CARE_TEXT | CARE_ALT | CARE_PAST));
}

enum place_id gazetteer_place(struct str key)
{
	/* Longer than any row, or with a byte that would end a row's text early. */
	if (!key.len || key.len >= sizeof(gazetteer_names->key) || memchr(key.data, '\0', key.len))
		return PLACE_NONE;
	for (size_t i = find_first(key); i < gazetteer_count; i++) {
		if (table_compare(key, gazetteer_names[i].key) != 0)
			break;
		if (is_for_publishers(&gazetteer_names[i]))
			return gazetteer_names[i].place;
	}
	return PLACE_NONE;
}
