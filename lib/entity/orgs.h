/*
 * orgs.h: which names of organisations in an article are one organisation.
 */
#ifndef DATELINE_ORGS_H
#define DATELINE_ORGS_H

#include "names.h"

/*
 * Gives forms of organisations and other things their thing: an acronym is what the article spells out, "Goldman" is Goldman
 * Sachs, "the Post" the Washington Post.
 */
void orgs_resolve(struct names *names);

/* What was seen as a person, and is nobody here, may be an organisation's short name: "Shearson". After persons_resolve. */
void orgs_claim(struct names *names);

#endif
