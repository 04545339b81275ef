/*
 * names.h: the names that were seen in an article, and which of them are one thing.
 *
 * A spot is a name at its place. Spots of one name key share a form. A thing has all the forms that mean it here: the
 * full name, the surname, the acronym.
 *
 *   names_reset; names_see for each sighting; (the caller drops some); names_resolve
 */
#ifndef DATELINE_NAMES_H
#define DATELINE_NAMES_H

#include "sight.h"

#include "dateline/intern.h"

#define NAMES_NONE UINT32_MAX

struct spot {
	uint32_t start, end; /* bytes of the name alone: no title, no 's */
	uint32_t form, thing;
	uint8_t kind; /* enum facet_kind: as the tagger has it, then as the article has it; KIND_NONE: dropped */
	uint8_t confidence;
	uint8_t rule;    /* enum mention_rule */
	bool is_person;  /* the tagger saw somebody, whatever the article makes of it */
	bool is_people;  /* a nationality or the like; its kind is KIND_PLACE until it is known */
	bool is_shouted; /* in a line of capitals */
	bool is_credit;  /* of who took a picture, or for whom */
	bool is_company; /* by its last word or what stands behind it; or a site */
};

struct form {
	struct str key;                /* words parted by single blanks */
	struct str text;               /* not in capitals when it is written otherwise anywhere */
	uint32_t sums[KIND_OTHER + 1]; /* of confidences, for each kind */
	uint8_t settled[KIND_OTHER + 1]; /* what it is when it was seen as that kind, [0] as a people; 0: not known yet */
	uint32_t count; /* of spots; a form without is of what is no name */
	uint32_t thing;
	uint16_t words;
	uint8_t kind;
	uint8_t best; /* confidence of its surest spot */
	bool is_shouted;
	bool is_both;  /* a person's and a place's name here: each spot is what it was seen as */
	bool is_party; /* beside "v." */
	bool is_town;  /* before the name of a state */
	bool is_company;
};

struct thing {
	enum facet_kind kind;
	struct str name; /* canonical */
	uint32_t form;   /* which names it */
	uint32_t next;   /* of the same surname */
	uint32_t entity; /* number + 1 of the caller's */
	uint8_t best;    /* confidence of its surest full form */
	uint8_t most; /* percent that its mentions are sure together, when all are one guess; 0: any */
};

/* What a word leads to, or a few words of an organisation's name. */
struct link {
	uint32_t first; /* of people with this surname, or organisations with these initials */
	uint32_t now; /* the person mentioned last; the only organisation that has a word more behind, or LINK_SEVERAL */
	uint32_t fore; /* the only person with this first word, or organisation that may be called so alone; or LINK_SEVERAL */
};

#define LINK_SEVERAL (UINT32_MAX - 1)

/* Words, and by their numbers what they lead to: things of people, forms of organisations. */
struct links {
	struct intern words;
	struct link *items;
	size_t count, capacity;
};

struct names {
	struct sight *sight;
	struct arena *arena;
	struct str text;
	struct spot *spots; /* by start, apart from each other */
	size_t spot_count, spot_capacity;
	struct form *forms;
	size_t form_count, form_capacity;
	struct thing *things;
	size_t thing_count, thing_capacity;
	struct intern keys; /* of forms */
	struct links of_people, of_orgs;
	struct buffer scratch;
	int year;         /* when the article was published; 0: not known */
	size_t paragraph; /* the one looked at last */
	bool is_shouted;  /* it is in capitals */
	bool is_known;    /* that was worked out */
};

void names_release(struct names *names);
void names_reset(struct names *names, struct sight *sight, struct str text, struct arena *arena);

/* Adds spots for what the tagger saw, by start; junk is left out. */
void names_see(struct names *names, const struct article *article, const struct sighting *sighting);

/* Works out forms, kinds and things of all spots that have a kind, and the names of the things. */
void names_resolve(struct names *names);

/* ---- for those that work on names ---- */

/* The form with this key, new when there is none. */
uint32_t names_form(struct names *names, struct str key, struct str text);

/* A new thing that the form names. */
uint32_t names_thing(struct names *names, enum facet_kind kind, uint32_t form);

/* The links of a word, new when there are none; NULL: there are none and `make` is false. */
struct link *links_of(struct links *links, struct str word, bool make);

/* Leads to this one, if it leads to no other. */
static inline void link_only(uint32_t *link, uint32_t number)
{
	if (*link != number)
		*link = *link == NAMES_NONE ? number : LINK_SEVERAL;
}

static inline struct str names_bytes(const struct names *names, const struct spot *spot)
{
	return (struct str){ names->text.data + spot->start, spot->end - spot->start };
}

static inline bool names_is_full(const struct form *form)
{
	return form->words > 1;
}

#endif
