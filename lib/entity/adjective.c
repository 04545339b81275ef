#include "adjective.h"

#include "gazetteer.h"
#include "trim.h"
#include "word_list.h"

#include "dateline/utf8.h"

#include <stdlib.h>

static bool is_region(struct names *names, struct str word)
{
	if (sight_listed(names->sight, word) & LISTED_PLACE || word_list_has(WORD_NO_OTHER, word))
		return true;
	buffer_reset(&names->scratch);
	utf8_name_key(word, &names->scratch);
	return gazetteer_place(buffer_str(&names->scratch)) != PLACE_NONE;
}

/* "Singapore Asian", of a dollar: an adjective behind a place. */
static bool is_place_and_adjective(struct names *names, struct str text)
{
	const struct str first = trim_first_word(text), last = trim_last_word(text);
	return first.len + 1 + last.len == text.len && word_list_has(WORD_NO_OTHER, last) &&
	       (str_ends_in(last, "an") || str_ends_in(last, "ern")) &&
	       sight_listed(names->sight, first) & LISTED_PLACE;
}

/* "European-Mediterranean", "U.S.-South Korean": an adjective of two, and no race from Paris to Roubaix. */
static bool is_of_regions(struct names *names, struct str text)
{
	const char *hyphen = memchr(text.data, '-', text.len);
	if (!hyphen)
		return false;
	const struct str front = { text.data, (size_t)(hyphen - text.data) };
	const struct str rest = { hyphen + 1, text.len - front.len - 1 };
	const bool is_adjective = text.data[text.len - 1] == 'n' ||
				  word_list_has(WORD_NO_OTHER, rest);
	return is_adjective && is_region(names, front) && is_region(names, rest);
}

/* "anti-Baghdad Kurdish": what is glued to a word before it. */
static bool is_glued(const struct names *names, const struct spot *spot)
{
	return spot->start >= 2 && names->text.data[spot->start - 1] == '-' &&
	       names->text.data[spot->start - 2] >= 'a' && names->text.data[spot->start - 2] <= 'z';
}

bool adjective_is(struct names *names, const struct spot *spot, struct str text)
{
	return is_of_regions(names, text) || is_place_and_adjective(names, text) ||
	       is_glued(names, spot);
}
