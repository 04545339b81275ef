/*
 * document.h: an article and the entities found in it -> the terms and values of its document. All but the words, which
 * come from terms.h, and the facet column, whose numbers only the writer can give.
 */
#ifndef DATELINE_INDEXER_DOCUMENT_H
#define DATELINE_INDEXER_DOCUMENT_H

#include "dateline/entity.h"
#include "dateline/positions.h"
#include "dateline/schema.h"
#include "dateline/store.h"

/* How many values a document can have. */
#define DOCUMENT_VALUES_MAX 5

/* Where in the text it is: by document_find_places, from an arena. */
struct document_places {
	struct position_list sentences; /* their first words */
	struct position_list *entities; /* their mentions, by number of the entity */
};

/* A date that the text mentions, or the month or year of one, as a value of the facet column. */
struct document_date {
	struct facet_value value;
	struct position_list positions;
};

/* What a document is made of; all borrowed for the call. */
struct document_parts {
	const struct article *article;
	const struct entity_result *found;
	const struct document_places *places;
	/* The dates that the text mentions, by document_dates. */
	const struct document_date *dates;
	size_t date_count;
	struct str stemmer; /* the code of the language of its stems, or LANGUAGE_NONE (text.h) */
	struct str file;    /* the term of the file that it came from */
	struct str hash;    /* for SLOT_HASH */
	struct str maker;   /* what found the entities, by entity_maker's word */
};

/*
 * Where the sentences begin and the entities are mentioned. Tokens are the article's, at the positions that its words have
 * in the index.
 */
void document_find_places(const struct article *article, const struct token_list *tokens,
			  const struct entity_result *found, struct arena *arena,
			  struct document_places *places);

/* What SLOT_SENTENCES says of a value that is mentioned there; empty when it is nowhere. From `arena`. */
struct str document_sentences(const struct document_places *places, struct position_list positions,
			      struct arena *arena);

/*
 * The dates among the entities (KIND_WHEN) as values of the facet column: each with its month and its year, which are as sure
 * as the surest date in them, and mentioned where any of them is. By rising number, each once. From `arena`.
 */
size_t document_dates(const struct entity_result *found, const struct document_places *places,
		      struct arena *arena, struct document_date **dates);

/* At least as many as document_add_terms adds: the room that there must be in document.postings. */
size_t document_terms_max(const struct entity_result *found, size_t date_count);

/* Adds the terms that carry no weight: of the id, the values, other names, dates, the file, the stemmer. */
void document_add_terms(const struct document_parts *parts, struct arena *arena,
			struct document *document);

/* Makes room for DOCUMENT_VALUES_MAX and adds the slots of the publication date and of the hash. */
void document_add_values(const struct document_parts *parts, struct arena *arena,
			 struct document *document);

/* Adds a value that lives as long as the document. */
void document_add_value(struct document *document, uint32_t slot, struct str bytes);

#endif
