/*
 * namesake.h: organisations that have the name of a river, a sea or a hill, and which of the two an article means.
 */
#ifndef DATELINE_NAMESAKE_H
#define DATELINE_NAMESAKE_H

#include "names.h"

/*
 * "Amazon" is the company unless the article is about the river and its forest; "Atlantic" is the ocean unless the article
 * cites the magazine; what is said "on the Hill" is not in The Hill. When kinds of forms are settled, before orgs_resolve.
 */
void namesake_resolve(struct names *names);

#endif
