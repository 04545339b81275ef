/*
 * topics.h: topics that are paths in a tree of topics: "World > Asia > China".
 *
 * Publishers write them as "World > Asia", "World / Asia", "Top/News/World" and "/World/Asia". A slash between two words
 * alone says nothing: "AC/DC", "TV/Film" and "24/7" are one topic.
 */
#ifndef DATELINE_TOPICS_H
#define DATELINE_TOPICS_H

#include "dateline/article.h"

#define TOPIC_DEPTH_MAX 16 /* what is deeper is no path */

/*
 * A topic as it is counted: the parts of a path with " > " between them, and anything else as it is. `name` has its white
 * space collapsed. Canonical names, and the starts of them that are paths, stay as they are.
 */
struct str topic_canonical(struct str name, struct arena *arena);

/* The lengths of the topics that a canonical one is in, from the root on, and of itself. Returns how many; 1 when it is no path. */
size_t topic_levels(struct str name, size_t lengths[TOPIC_DEPTH_MAX]);

#endif
