#include "parting.h"

#include "trim.h"
#include "word_list.h"

#include "dateline/letters.h"

#include <stdlib.h>

void parting_release(struct parting *parting)
{
	intern_release(&parting->texts);
	free(parting->counts);
	free(parting->out.items);
	*parting = (struct parting){ 0 };
}

/* ---- where a sentence may end ---- */

static size_t word_length(struct str name, size_t at)
{
	const char *blank = memchr(name.data + at, ' ', name.len - at);
	return (blank ? (size_t)(blank - name.data) : name.len) - at;
}

/* Is it the last word of a name of that kind, whose stop may end a sentence? */
static bool is_last_word(struct str word, unsigned kind)
{
	if (kind != NAME_PERSON)
		return word_list_has(WORD_COMPANY, word);
	return str_equal(word, STR("Jr.")) || str_equal(word, STR("Sr."));
}

static bool begins_sentence(struct str name, size_t at, unsigned kind)
{
	const struct str word = { name.data + at, word_length(name, at) };
	return word.len && *word.data >= 'A' && *word.data <= 'Z' && !is_last_word(word, kind);
}

/* How much of a name is in front of the end of a sentence; 0 when there is none in it. */
static size_t front_of(struct str name, unsigned kind)
{
	const char *stop = memmem(name.data, name.len, ". ", 2);
	for (size_t word = 0, at = 0; stop && at < name.len; at += word + 1) {
		word = word_length(name, at);
		/* A form that stands alone is nobody's name. */
		if (at > 0 && name.data[at + word - 1] == '.' && at + word + 1 < name.len &&
		    is_last_word((struct str){ name.data + at, word }, kind) &&
		    begins_sentence(name, at + word + 1, kind))
			return at + word;
	}
	return 0;
}

/* ---- what the article says of it ---- */

static void count_texts(struct parting *parting, struct str text, const struct sightings *seen)
{
	intern_reset(&parting->texts);
	for (size_t i = 0; i < seen->count; i++) {
		bool is_new;
		const uint32_t number =
			intern_add(&parting->texts, sighting_text(text, &seen->items[i]), &is_new);
		memory_reserve(&parting->counts, &parting->capacity, number,
			       sizeof(*parting->counts));
		if (is_new)
			parting->counts[number] =
				(struct counted_text){ .kind = seen->items[i].kind };
		parting->counts[number].count++;
	}
}

static const struct counted_text *counted(const struct parting *parting, struct str name)
{
	const uint32_t number = intern_find(&parting->texts, name);
	return number == INTERN_NONE ? NULL : &parting->counts[number];
}

/* The kind of what begins a sentence behind `front`; NAME_KINDS when it is no name. */
static unsigned kind_of_rest(const struct parting *parting, struct sight *sight, struct str rest,
			     struct str front, unsigned front_kind)
{
	const struct counted_text *elsewhere = counted(parting, rest);
	if (elsewhere)
		return elsewhere->kind;
	if (str_equal(rest, front))
		return front_kind;
	const struct str last = trim_last_word(rest);
	const bool has_form = last.len < rest.len && word_list_has(WORD_COMPANY, last);
	if (has_form || front_of(rest, NAME_ORG))
		return NAME_ORG;
	const unsigned listed = sight_listed(sight, rest);
	/* Tickers look like the short forms of places, and "Warren" may be anybody. */
	const bool is_anybody = listed & (LISTED_FORENAME | LISTED_SURNAME | LISTED_PERSON) &&
				!memchr(rest.data, ' ', rest.len);
	if (!has_lower(rest) || is_anybody)
		return NAME_KINDS;
	return listed & LISTED_PERSON  ? NAME_PERSON
	       : listed & LISTED_PLACE ? NAME_PLACE
	       : listed & LISTED_ORG   ? NAME_ORG
				       : NAME_KINDS;
}

static void part(struct parting *parting, struct sight *sight, struct str text,
		 struct sighting sighting)
{
	for (;;) {
		const struct str name = sighting_text(text, &sighting);
		const struct counted_text *whole = counted(parting, name);
		const size_t front = whole && whole->count > 1 ? 0 : front_of(name, sighting.kind);
		struct sighting head = sighting;
		if (front) {
			head.end = head.start + (uint32_t)front;
			head.kind = head.kind == NAME_PERSON ? NAME_PERSON : NAME_ORG;
		}
		sightings_add(&parting->out, head);
		if (!front)
			return;
		sighting.start = head.end + 1;
		const unsigned kind = kind_of_rest(parting, sight, sighting_text(text, &sighting),
						   sighting_text(text, &head), head.kind);
		if (kind == NAME_KINDS)
			return;
		sighting.kind = (uint8_t)kind;
	}
}

const struct sightings *parting_run(struct parting *parting, struct sight *sight, struct str text,
				    const struct sightings *seen)
{
	size_t first = 0;
	while (first < seen->count &&
	       !front_of(sighting_text(text, &seen->items[first]), seen->items[first].kind))
		first++;
	if (first == seen->count)
		return seen;
	count_texts(parting, text, seen);
	parting->out.count = 0;
	for (size_t i = 0; i < seen->count; i++)
		part(parting, sight, text, seen->items[i]);
	return &parting->out;
}
