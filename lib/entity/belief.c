#include "belief.h"

#include "beside.h"
#include "called.h"
#include "trim.h"
#include "word_list.h"

#include "dateline/letters.h"

#include <stdlib.h>

#define BELIEF_LEAST 30 /* percent */
#define BELIEF_LEAST_SHOUTED                                                                       \
	50 /* of what stands in capitals only, which every word of a headline may */

/* "TAM", "H.K.": of letters that are no organisation or place, hardly any is a name. */
#define BELIEF_LEAST_ABBREVIATION 65
#define ABBREVIATION_MOST 5

static bool is_abbreviation(const struct form *form)
{
	return form->kind == KIND_OTHER && form->words == 1 &&
	       form->text.len <= ABBREVIATION_MOST && !has_lower(form->text);
}

/* "U.S. STRATEGY": so headlines begin, and what is no name goes on. */
static bool is_of_state(struct str text)
{
	static const char *const states[] = { "U.S. ", "U.K. ", "H.K. ", "N.Z. ", "E.C. " };
	return behind_any(text, SIGNS(states)).len > 0;
}

static uint8_t belief_needed(const struct form *form)
{
	if (is_abbreviation(form))
		return BELIEF_LEAST_ABBREVIATION;
	return form->is_shouted ? BELIEF_LEAST_SHOUTED : BELIEF_LEAST;
}

/* A word of a headline in capitals, whatever lists it is on: "SIOUX FALLS HOGS"; what only begins like a name, "U.S. System". */
static bool is_guess(const struct form *form)
{
	if (form->kind != KIND_OTHER)
		return false;
	if (is_of_state(form->text))
		return !called_find(form->key, KIND_OTHER) &&
		       (form->is_shouted || form->best < BELIEF_LEAST_ABBREVIATION);
	return form->is_shouted && form->count == 1 && form->best < BELIEF_LEAST_SHOUTED;
}

/*
 * One mention that the tagger does not believe itself, of a name that is on no list and does not begin with a forename: of
 * these most are no names, but parts of headlines and of tables. Letters are doubtful however often they are said.
 */
static bool is_doubtful(struct names *names, const struct form *form)
{
	const bool is_letters = is_abbreviation(form);
	if ((form->count > 1 && !is_letters) || form->best >= belief_needed(form) ||
	    called_find(form->key, (enum facet_kind)form->kind))
		return false;
	const unsigned listed = sight_listed(names->sight, form->key);
	if (is_letters ? listed & (LISTED_ORG | LISTED_PLACE) : listed)
		return false;
	const bool has_forename = form->kind == KIND_PERSON && names_is_full(form) &&
				  sight_listed(names->sight, trim_first_word(form->key)) &
					  LISTED_FORENAME;
	return !has_forename;
}

/* "District Court", of which the article says no more. */
static bool is_alone(const struct form *form)
{
	return form->kind == KIND_ORG && word_list_has(WORD_ORG_ALONE, form->key);
}

void belief_drop(struct names *names)
{
	for (size_t i = 0; i < names->spot_count; i++) {
		struct spot *spot = &names->spots[i];
		if (!spot->kind)
			continue;
		const uint32_t full = names->things[spot->thing].form;
		const bool is_own = full == spot->form;
		if (is_alone(&names->forms[full]) || (is_own && is_guess(&names->forms[full])) ||
		    (is_own && spot->confidence < BELIEF_LEAST_ABBREVIATION &&
		     is_doubtful(names, &names->forms[full])))
			spot->kind = KIND_NONE;
	}
}
