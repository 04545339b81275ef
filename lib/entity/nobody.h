/*
 * nobody.h: what was seen as a person by a single word, and is a court case or a town.
 */
#ifndef DATELINE_NOBODY_H
#define DATELINE_NOBODY_H

#include "names.h"

/*
 * Drops the parties of cases that the article has no fuller name of, "Roe v. Wade" and "Roe"; and makes places of towns: "Ferguson"
 * where the article has "Ferguson, Missouri". After persons_resolve and orgs_claim, before things are made of the rest.
 */
void nobody_resolve(struct names *names);

#endif
