#include "fused.h"

#include "trim.h"

#include <stdlib.h>

#define AND " and "
#define OF " of "

void fused_release(struct fused *fused)
{
	intern_release(&fused->people);
	free(fused->out.items);
	*fused = (struct fused){ 0 };
}

static bool has_blank(struct str name)
{
	return memchr(name.data, ' ', name.len) != NULL;
}

/* The two sides of a joint in a name; false when it has none. */
static bool divide(struct str name, const char *joint, struct str *front, struct str *rest)
{
	const size_t len = strlen(joint);
	const char *at = memmem(name.data, name.len, joint, len);
	if (!at)
		return false;
	*front = (struct str){ name.data, (size_t)(at - name.data) };
	*rest = (struct str){ at + len, name.len - front->len - len };
	return front->len && rest->len;
}

static bool may_be_fused(struct str name)
{
	struct str front, rest;
	return divide(name, AND, &front, &rest) || divide(name, OF, &front, &rest);
}

/* "Applied Materials and Lam Research"; single words mean too much: "Research and Development". */
static bool are_two(struct sight *sight, struct str name, struct str front, struct str rest)
{
	return has_blank(front) && has_blank(rest) && sight_listed(sight, front) & LISTED_ORG &&
	       sight_listed(sight, rest) & LISTED_ORG && !(sight_listed(sight, name) & LISTED_ORG);
}

/* "Party for Freedom of Geert Wilders", where "Wilders" is somebody elsewhere in the article. */
static bool is_somebodys(const struct fused *fused, struct sight *sight, struct str front,
			 struct str rest)
{
	const struct str first = trim_first_word(rest), last = trim_last_word(rest);
	return has_blank(front) && has_blank(rest) && sight_listed(sight, first) & LISTED_FORENAME &&
	       intern_find(&fused->people, last) != INTERN_NONE;
}

static void part(struct fused *fused, struct sight *sight, struct str text, struct sighting sighting)
{
	const struct str name = sighting_text(text, &sighting);
	struct str front, rest;
	unsigned kind = NAME_KINDS;
	if (sighting.kind == NAME_ORG) {
		if (divide(name, AND, &front, &rest) && are_two(sight, name, front, rest))
			kind = NAME_ORG;
		else if (divide(name, OF, &front, &rest) && is_somebodys(fused, sight, front, rest))
			kind = NAME_PERSON;
	}
	struct sighting head = sighting;
	if (kind != NAME_KINDS)
		head.end = head.start + (uint32_t)front.len;
	sightings_add(&fused->out, head);
	if (kind == NAME_KINDS)
		return;
	sighting.start = sighting.end - (uint32_t)rest.len;
	sighting.kind = (uint8_t)kind;
	sightings_add(&fused->out, sighting);
}

const struct sightings *fused_part(struct fused *fused, struct sight *sight, struct str text,
				   const struct sightings *seen)
{
	size_t first = 0;
	while (first < seen->count && (seen->items[first].kind != NAME_ORG ||
				       !may_be_fused(sighting_text(text, &seen->items[first]))))
		first++;
	if (first == seen->count)
		return seen;
	intern_reset(&fused->people);
	for (size_t i = 0; i < seen->count; i++) {
		if (seen->items[i].kind == NAME_PERSON)
			intern_add(&fused->people, sighting_text(text, &seen->items[i]), NULL);
	}
	fused->out.count = 0;
	for (size_t i = 0; i < seen->count; i++)
		part(fused, sight, text, seen->items[i]);
	return &fused->out;
}
