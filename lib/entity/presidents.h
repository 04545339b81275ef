/*
 * presidents.h: surnames that two presidents, or a president and a candidate, have in common.
 */
#ifndef DATELINE_PRESIDENTS_H
#define DATELINE_PRESIDENTS_H

#include "names.h"

/*
 * Who is meant by "Bush" or "Clinton" where the article has no fuller name: what stands beside it tells ("the Bush
 * administration"), else the year does. Where neither does, the surname stays alone. After persons_resolve.
 */
void presidents_resolve(struct names *names);

#endif
