/*
 * entity.h: tokens -> mentions -> entities, and one canonical name for one thing.
 *
 * A recogniser takes one analysed article and says which entities it counts for and where they are
 * mentioned: what the publisher gives, what the tagger sees, and a gazetteer of countries, demonyms and
 * capitals (lib/entity/data, with its sources). A list that the publisher gives settles that kind for the
 * article, also when it is empty: the text then only adds the places where a listed entity is
 * mentioned, never a new entity, so that counts equal the publisher's own. Roles (agency, speaker, dateline) and dates
 * (when) are entities too, whose mentions may lie over those of other kinds.
 */
#ifndef DATELINE_ENTITY_H
#define DATELINE_ENTITY_H

#include "dateline/article.h"
#include "dateline/status.h"
#include "dateline/text.h"

/* Raised whenever the same article would give other entities. 3: a topic that is a path gives all that it is in. */
#define ENTITY_VERSION 3

enum entity_mode {
	ENTITIES_AUTO, /* the publisher's, and recognised ones for the kinds the publisher does not give */
	ENTITIES_GIVEN, /* the publisher's only */
	ENTITIES_OFF,
};

/* Owned by the recogniser's caller through the arena it passed. */
struct entity_result {
	struct entity *entities; /* no two of the same kind and name key; in order of first sight, given ones first */
	size_t entity_count;
	struct mention *mentions; /* by start, then by end; those of one kind never overlap */
	size_t mention_count;
};

/* ---- the model: what was learned about names, in a file that is mapped, never read ---- */

struct name_model;

/*
 * Maps the model at `path`; NULL: $DATELINE_MODEL, else names.model in ../share/dateline beside the folder of this program
 * (where `make install` puts it), else in lib/entity/data of the source that the program was built in. STATUS_SYSTEM,
 * STATUS_BAD_INPUT (no model), STATUS_OTHER_VERSION and STATUS_CORRUPT (its head or size is wrong) name the file. May be
 * shared by threads.
 */
enum status name_model_open(const char *path, struct name_model **model, struct error *err);
void name_model_close(struct name_model *model); /* takes NULL */

/* Reads all of the model, which opening does not: STATUS_CORRUPT when it is not as it was written. */
enum status name_model_check(const struct name_model *model, struct error *err);

/*
 * What decides which entities an article gets, as a word: "given", "off", or for ENTITIES_AUTO ENTITY_VERSION and the hash of
 * the model, as "1-3f9a2b4c5d6e7f80". Documents carry it (PREFIX_ENTITIES). `model` is NULL unless AUTO.
 */
#define ENTITY_MAKER_SIZE 40
void entity_maker(enum entity_mode mode, const struct name_model *model, char out[ENTITY_MAKER_SIZE]);

/*
 * Finds the names in a hand-tagged text (`token TAB tag` lines) and counts how many are right: exact spans of the right kind,
 * as CoNLL-2003 counts, with a model that is checked first. Appends precision, recall and F1 a kind and overall to out; the last line is "F1 NN.NN".
 * STATUS_BAD_INPUT also when no name is tagged.
 */
enum status entity_evaluate(const struct name_model *model, const char *path, struct buffer *out,
			    struct error *err);

/* ---- the recogniser ---- */

/* One a thread; borrows the model, which is NULL unless the mode is ENTITIES_AUTO. */
struct recogniser *recogniser_new(enum entity_mode mode, const struct name_model *model);
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
 * name), "  Kajsa\nOllongren" -> "Kajsa Ollongren"; a topic that is a path: "/World/Asia" -> "World > Asia". Kinds without
 * rules keep their text with white space collapsed. The result lives in `arena` or in static tables. Valid UTF-8 in and
 * out; may be empty.
 */
struct str entity_canonical(enum facet_kind kind, struct str name, struct arena *arena);

#endif
