/*
 * entity.h: tokens -> mentions -> entities, and one canonical name for one thing.
 *
 * A recogniser takes one analysed article and says which entities it counts for and where they are
 * mentioned. What fills it today: what the publisher gives, and a gazetteer of countries, demonyms and
 * capitals (lib/entity/data, with its sources). A list that the publisher gives settles that kind for the
 * article, also when it is empty: the text then only adds the places where a listed entity is
 * mentioned, never a new entity, so that counts equal the publisher's own.
 */
#ifndef DATELINE_ENTITY_H
#define DATELINE_ENTITY_H

#include "dateline/article.h"
#include "dateline/text.h"

/* Raised whenever the same article would give other entities. */
#define ENTITY_VERSION 1

enum entity_mode {
	ENTITIES_AUTO, /* the publisher's, and recognised ones for the kinds the publisher does not give */
	ENTITIES_GIVEN, /* the publisher's only */
	ENTITIES_OFF,
};

/* Owned by the recogniser's caller through the arena it passed. */
struct entity_result {
	struct entity *entities; /* no two of the same kind and name key; in order of first sight, given ones first */
	size_t entity_count;
	struct mention *mentions; /* by start; never overlapping */
	size_t mention_count;
};

struct recogniser *recogniser_new(enum entity_mode mode); /* one a thread */
void recogniser_free(struct recogniser *recogniser);

/*
 * Tokens are the article's, over the whole of article.text, in order. Fills *result from `arena`; texts in
 * it are borrowed from the article, the arena or static tables. Of authors, agencies and offices ("Reuters",
 * "Washington Bureau Chief") are left out when others stay.
 */
void recogniser_run(struct recogniser *recogniser, const struct article *article,
		    const struct token_list *tokens, struct arena *arena,
		    struct entity_result *result);

/*
 * The canonical name of `name` as a publisher or a user writes it: "usa" -> "United States", "Dutch" ->
 * "Netherlands", "worldbank" -> "World Bank", "james-baker" -> "James Baker" (a lower-case slug becomes a
 * name), "  Kajsa\nOllongren" -> "Kajsa Ollongren". Kinds without rules keep their text with white space
 * collapsed. The result lives in `arena` or in static tables. Valid UTF-8 in and out; may be empty.
 */
struct str entity_canonical(enum facet_kind kind, struct str name, struct arena *arena);

#endif
