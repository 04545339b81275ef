/*
 * spellings.h: how articles spell one name and its other names, and which spelling of each is shown.
 *
 * Spellings of one name key (utf8_name_key) are one name: "Julián Castro" and "Julian Castro". The one that most articles have is
 * shown; of equals the last in the order of bytes, in which capitals come before small letters and those before letters with
 * accents: so "Castro" before "CASTRO". So what is shown hangs on the articles in the index, not on their order or on what was
 * there before. Only where an entity has more than SPELLINGS_MAX spellings beside those that are shown, or more than
 * SCHEMA_VARIANTS_MAX other names, those that came first are kept, and so the order matters: no real name gets so far.
 *
 * Most names have one spelling and need no count. Where there are more, those that are not shown are counted; how many
 * articles have the one that is shown is what they leave of the articles that have the name at all, which the index knows by its term.
 */
#ifndef DATELINE_INDEXER_SPELLINGS_H
#define DATELINE_INDEXER_SPELLINGS_H

#include "dateline/article.h"
#include "dateline/memory.h"
#include "dateline/store.h"

/* Spellings that are counted of one entity; more are taken for the one that is shown. */
#define SPELLINGS_MAX 256

struct spelling {
	struct str text, key;
	uint32_t count;  /* articles; of one that is shown not known: 0 */
	bool is_variant; /* of another name, else of the name itself */
};

struct spelling_list {
	struct spelling *items;
	size_t count, capacity;
};

/* Texts live in the catalog's arena. */
struct spellings {
	struct str name; /* as it is shown */
	struct spelling_list variants; /* other names, each as it is shown; no two of one key, none of the name's */
	struct spelling_list others; /* of all of them, not shown, at most SPELLINGS_MAX */
};

void spellings_release(struct spellings *spellings);

/* What a change of an article means for the entity, whose name key that is. */
struct spelling_change {
	enum facet_kind kind;
	struct str key;
	struct arena *arena;
	struct buffer *scratch;
};

enum spelling_news {
	SPELLING_NOTHING, /* nothing can have changed */
	SPELLING_COUNTS,  /* spellings_decide is to be called */
	SPELLING_CHANGED, /* so it is, and the entity is to be written in any case */
};

/* An article comes in that has the entity. */
enum spelling_news spellings_add(struct spellings *spellings, const struct spelling_change *change,
				 const struct entity *entity);

/* One goes. What was counted for it is counted no more; names that nobody has any longer go with spellings_decide. */
enum spelling_news spellings_take(struct spellings *spellings, const struct entity *entity);

/*
 * Decides what is shown, when all articles that were told of are in the store or out of it. Names without any article are left
 * out, save the name itself, which the number needs. *changed is only ever set.
 */
enum status spellings_decide(struct spellings *spellings, const struct spelling_change *change,
			     struct store *store, bool *changed, struct error *err);

/* The value of META_SPELLINGS (schema.h): the others. Appends to out. */
void spellings_encode(const struct spellings *spellings, struct buffer *out);

/* Reads them, when name and variants are there; false on damage. */
bool spellings_decode(struct spellings *spellings, const struct spelling_change *change,
		      struct str bytes);

/* Adds another name as it is shown; of those that have the key of another, nothing. For reading. */
void spellings_add_variant(struct spellings *spellings, const struct spelling_change *change,
			   struct str text);

#endif
