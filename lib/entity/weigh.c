#include "weigh.h"

#include "called.h"

#include "dateline/utf8.h"

struct range {
	uint32_t start, end;
};

static struct range range_of(const struct view *view, const struct found *found)
{
	return (struct range){ view->tokens[found->first].start, view->tokens[found->last].end };
}

/* Cares that make a name mean something else as often as the place. */
#define CARE_OTHERS (CARE_SUPPORT | CARE_COMMON | CARE_FORENAME | CARE_SURNAME)

static unsigned care_of(const struct found *found)
{
	return gazetteer_names[found->row + found->rows - 1].care;
}

static enum name_use use_of(const struct found *found)
{
	return gazetteer_names[found->row].use;
}

/* "Northern Iraq" is Iraq, and nothing of its own. */
static bool is_part_word(struct str word)
{
	static const char *const parts[] = {
		"East ",         "North ",    "South ",        "West ",     "Central ",
		"Eastern ",      "Mainland ", "Northeastern ", "Northern ", "Northwestern ",
		"Southeastern ", "Southern ", "Southwestern ", "Western ",  "central ",
		"eastern ",      "mainland ", "northeastern ", "northern ", "northwestern ",
		"southeastern ", "southern ", "southwestern ", "western ",
	};
	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
		if (str_equal(word, str_from(parts[i])))
			return true;
	}
	return false;
}

static bool is_place_kind(const struct spot *spot)
{
	return spot->kind == KIND_PLACE;
}

static void drop(struct spot *spot)
{
	spot->kind = KIND_NONE;
}

#define SURE_OF_PLACE 80

static void support(const struct names *names, struct found *found, uint32_t spot)
{
	found->evidence = EVIDENCE_SUPPORT;
	found->spot = spot;
	found->is_sure = names->spots[spot].confidence >= SURE_OF_PLACE;
	/* A place, but of that name there are several: or Miss Georgia, who is no place. */
	if (found->verdict != VERDICT_NONE && found->rows == 1 && !(care_of(found) & CARE_SUPPORT) &&
	    !(found->verdict == VERDICT_OTHER && care_of(found) & CARE_TOWN))
		found->verdict = VERDICT_SURE;
}

static void deny(struct found *found, const struct spot *spot)
{
	found->evidence = spot->kind == KIND_PERSON ? EVIDENCE_PERSON : EVIDENCE_AGAINST;
}

/* ---- the gazetteer's ---- */

#define SURE_OF_PERSON 60

/* The very same words. What means nothing but the country is the country, whatever the tagger takes it for: a team, a government. */
static void weigh_same(const struct names *names, struct found *found, struct spot *spot,
		       uint32_t number)
{
	const unsigned care = care_of(found);
	if (is_place_kind(spot)) {
		support(names, found, number);
	} else if (spot->kind == KIND_PERSON ? care & CARE_OTHERS || spot->confidence > SURE_OF_PERSON
					     : care & (CARE_SUPPORT | CARE_COMMON)) {
		deny(found, spot);
	} else {
		found->evidence = EVIDENCE_SUPPORT;
		found->spot = number;
	}
}

static bool is_hyphenated(struct names *names, const struct spot *spot, struct str name)
{
	if ((spot->kind != KIND_OTHER && !spot->is_people) || !memchr(name.data, '-', name.len) ||
	    memchr(name.data, ' ', name.len))
		return false;
	buffer_reset(&names->scratch);
	utf8_name_key(name, &names->scratch);
	return !called_find(buffer_str(&names->scratch), KIND_OTHER); /* African-Americans */
}

static void weigh_place(struct names *names, const struct range *range, struct found *found,
			struct spot *spot, uint32_t number)
{
	if (use_of(found) == USE_BLOCK || use_of(found) == USE_SIGN)
		return;
	if (range->start <= spot->start && range->end >= spot->end) {
		weigh_same(names, found, spot, number);
		return;
	}
	const bool is_inside = spot->start <= range->start && spot->end >= range->end;
	const struct str name = { names->text.data + spot->start, spot->end - spot->start };
	/* "U.S.-Mexico" and "Israeli-Palestinian" are two places, "pro-Russian" and "Iraqi-born" one. */
	if (is_inside && is_hyphenated(names, spot, name)) {
		found->evidence = EVIDENCE_SUPPORT;
		return;
	}
	const struct str front = { names->text.data + spot->start,
				   is_inside ? range->start - spot->start : 0 };
	if (is_inside && is_place_kind(spot) && spot->end == range->end && is_part_word(front))
		support(names, found, number);
	else
		deny(found, spot);
}

/* ---- the publisher's ---- */

/* What is given is right, but for a surname inside a longer name of something else. */
static void weigh_given(const struct range *range, struct found *found, struct spot *spot)
{
	const bool is_inside = spot->start <= range->start && spot->end >= range->end &&
			       spot->end - spot->start > range->end - range->start;
	if (found->is_family && is_inside && spot->kind != KIND_PERSON)
		found->evidence = EVIDENCE_AGAINST;
	else
		drop(spot);
}

/* ---- both in turn ---- */

/* What the tagger does not take for a name may be none, where the word is also another. */
static void weigh_silence(struct found *found)
{
	if (found->evidence != EVIDENCE_NONE || found->given != GIVEN_NONE)
		return;
	found->evidence = EVIDENCE_SILENT;
	if (found->verdict == VERDICT_SURE && care_of(found) & CARE_OTHERS &&
	    !(care_of(found) & CARE_CAPS))
		found->verdict = VERDICT_OPEN;
}

void weigh(const struct view *view, struct found *found, size_t count, struct names *names)
{
	size_t spot = 0;
	for (size_t i = 0; i < count; i++) {
		const struct range range = range_of(view, &found[i]);
		while (spot < names->spot_count && names->spots[spot].end <= range.start)
			spot++;
		for (size_t j = spot; j < names->spot_count && names->spots[j].start < range.end;
		     j++) {
			if (!names->spots[j].kind)
				continue;
			if (found[i].given != GIVEN_NONE)
				weigh_given(&range, &found[i], &names->spots[j]);
			else
				weigh_place(names, &range, &found[i], &names->spots[j], (uint32_t)j);
		}
		weigh_silence(&found[i]);
	}
}
