/*
 * care.h: is this word the country, or Mr Jordan, or a turkey?
 *
 * Looks at what is around a name that may mean other things. Nothing here knows the rest of the article.
 */
#ifndef DATELINE_CARE_H
#define DATELINE_CARE_H

#include "dateline/article.h"
#include "gazetteer.h"
#include "match.h"

enum verdict {
	VERDICT_NONE, /* no mention at all: "us" */
	VERDICT_SURE,
	VERDICT_OPEN,  /* as the rest of the article has it */
	VERDICT_OTHER, /* somebody or something else of that name */
};

/* How a paragraph is written, and so what capitals mean in it. */
enum style {
	STYLE_PLAIN,
	STYLE_HEADLINE, /* Most Words Have One */
	STYLE_CAPITALS, /* ALL LETTERS ARE */
};

/* The paragraph looked at last; {0} at the start of an article. */
struct style_cache {
	uint32_t start, end; /* bytes */
	enum style style;
};

enum verdict care_verdict(const struct view *view, const struct article *article,
			  struct style_cache *cache, const struct gazetteer_name *name,
			  size_t first, size_t last);

/* How the paragraph of that token is written. */
enum style care_style(const struct view *view, const struct article *article,
		      struct style_cache *cache, size_t token);

/* Does a word that may be a forename stand before this family name: "Susan" before "Baker"? */
bool care_is_anothers(const struct view *view, size_t first);

#endif
