/*
 * roles.h: what people, organisations and places do in an article: which agency it comes from, who wrote it, where it was
 * filed, and who is quoted.
 */
#ifndef DATELINE_ROLES_H
#define DATELINE_ROLES_H

#include "dateline/entity.h"

struct role {
	enum facet_kind kind; /* KIND_AGENCY, KIND_DATELINE, KIND_AUTHOR or KIND_SPEAKER */
	struct str name;      /* canonical; an entity's name where it is one */
	uint32_t start, end;  /* the evidence: bytes in article.text; both 0 when a field says so */
	uint8_t rule;         /* enum mention_rule */
	uint8_t confidence;   /* percent */
};

/* {0} is an empty one. */
struct role_list {
	struct role *items;
	size_t count, capacity;
};

void role_list_release(struct role_list *list);

/*
 * Appends the roles that the article's text and fields show, by start; roles of one kind do not overlap. `found` has the
 * people, organisations and places of the article with all their mentions. Names live in `arena`, in the article, in `found` or in
 * static tables. Authors are only looked for when the publisher gives none.
 */
void roles_find(const struct article *article, const struct entity_result *found,
		struct arena *arena, struct role_list *list);

#endif
