/*
 * spelling.h: names as people write them, out of slugs, capitals and lists.
 *
 * All of these give text that they leave alone when they are asked again, and whose name key is
 * that of what came in, but for full stops behind initials.
 */
#ifndef DATELINE_SPELLING_H
#define DATELINE_SPELLING_H

#include "dateline/article.h"

/* Without white space at the ends, and with one blank for every run inside. `name` itself when it is so already. */
struct str spelling_collapse(struct str name, struct arena *arena);

/* "james-baker" -> "James Baker", "BERNICE NAPACH" -> "Bernice Napach"; names in both cases stay, but for "Mccarthy" -> "McCarthy". */
struct str spelling_person(struct str name, struct arena *arena);

/* "new-orleans" -> "New Orleans", "isle_of_dogs" -> "Isle of Dogs"; only names without a capital. */
struct str spelling_place(struct str name, struct arena *arena);

/* "reporters-without-borders" -> "Reporters Without Borders", "cnn" -> "CNN"; only names without a capital. */
struct str spelling_org(struct str name, struct arena *arena);

/* "REAGAN" -> "Reagan", "BANK OF CHINA" -> "Bank of China"; an organisation of one short word may be an acronym, and stays. */
struct str spelling_shouted(enum facet_kind kind, struct str name, struct arena *arena);

#endif
