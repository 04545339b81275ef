/*
 * answer.h: a search, from what was asked to what is shown. The library call behind `dateline search`.
 *
 * search_run fills a `struct answer` from a `struct request`; render/ prints it. Neither knows the other's inside.
 */
#ifndef DATELINE_ANSWER_H
#define DATELINE_ANSWER_H

#include "dateline/article.h"
#include "dateline/field.h"
#include "dateline/status.h"
#include "dateline/store.h"

enum date_step { STEP_AUTO, STEP_YEAR, STEP_MONTH, STEP_DAY };

enum facet_sort { FACET_BY_COUNT, FACET_BY_NAME, FACET_BY_SIGNIFICANCE };

struct facet_request {
	const struct field *field;
	uint32_t max;         /* values to list; chosen ones are listed on top of it */
	enum date_step step;  /* of the date field */
	enum facet_sort sort; /* of values; dates have an order of their own */
	bool tree; /* dates: years with their months with their days; topics: below those they belong to */
	/* For each value listed, when it is first and last seen in the articles counted,and how often in between. */
	bool trend;
	struct str match; /* only values that contain this, in any case; empty: all */
	/* Count a value only where an article mentions it in one sentence with this one ("place=China"); empty: anywhere. */
	struct str beside;
};

enum sort_order {
	SORT_AUTO,
	SORT_RELEVANCE,
	SORT_NEWEST,
	SORT_OLDEST
}; /* AUTO: relevance, without words newest */

/*
 * Which words of the query an article must have. ANY: at least one; phrases, NOT, fields and written operators
 * mean what they always do. AUTO: all; when no article has them all, most of them. MOST is only ever an answer.
 */
enum match_mode { MATCH_ALL, MATCH_ANY, MATCH_AUTO, MATCH_MOST };

/* Whether words that the best hits share add to the scores. AUTO: when any word of the query is enough. */
enum expansion { EXPAND_NEVER, EXPAND_AUTO, EXPAND_ALWAYS };

struct request {
	struct str words;        /* the query, may be empty */
	bool all;                /* --all: every article */
	struct str_list filters; /* as typed */
	struct facet_request *facets;
	size_t facet_count;
	uint32_t first, max; /* the page of hits; max 0: counts only */
	enum sort_order sort;
	enum match_mode match;
	enum expansion expand;
	bool brief; /* of a hit only what its fields say, and its score: no snippet, evidence or explanation */
	bool explain, recount;
	bool entities;         /* mark the entities that snippets mention */
	uint32_t timeout_ms;   /* STATUS_TIMEOUT when it takes longer; 0: as long as it takes */
	uint32_t recency_days; /* rank by age too: one so many days older weighs half; 0: not */
	struct str similar; /* instead of words: the id of an article that hits are to be like; else empty */
	const char *synonyms;    /* a file of words that stand for each other; NULL: none */
	bool variants;           /* say what values are called */
	struct str_list fixes;   /* files of corrections, beside the one that the index remembers */
	uint32_t min_confidence; /* percent: an article has a value only with so much */
	struct str_list why;     /* entities as typed: each hit shows where it mentions them */
};

/* A span of snippet.text to be made visible. */
struct mark {
	uint32_t start, end;
};

/* A mention of an entity in a snippet. */
struct entity_mark {
	struct mark mark;
	const struct field *field;
	struct str name;
};

struct snippet {
	struct str text; /* one line, valid UTF-8, no markup; begins or ends with "…" where the article goes on */
	struct mark *marks;
	size_t mark_count;
	struct entity_mark *entities; /* with request.entities, else NULL: by start, none over another; may lie over marks */
	size_t entity_count;
};

/* One mention of an entity that request.why names. */
struct evidence {
	const struct field *field;
	struct str name; /* of the entity */
	/*
	 * One line, with "…" where it is only a part of the sentence. Mentions in one sentence lie side by side and share its
	 * bytes. Empty: the publisher gives the entity beside the text, which does not mention it.
	 */
	struct str sentence;
	struct mark mark;   /* the mention in the sentence */
	uint8_t rule;       /* enum mention_rule */
	uint8_t confidence; /* percent */
};

struct answer_hit {
	uint32_t rank;          /* from 1 over all pages */
	uint32_t evidence_more; /* mentions beyond those in `evidence` */
	struct str index; /* the path of the one it is from, when there are several; else empty */
	struct date published;
	struct str id, title, source, url; /* empty when unknown */
	double score;
	struct snippet snippet;
	struct str explanation;    /* with request.explain */
	struct evidence *evidence; /* with request.why, else NULL */
	size_t evidence_count;
};

#define TREND_STEPS 16 /* equal parts of the time from the first to the last article counted */

struct value_trend {
	struct date first, last; /* published; DATE_NONE when all are undated */
	uint32_t counts[TREND_STEPS];
};

struct answer_value {
	struct str value;
	uint32_t count;
	uint32_t everywhere; /* how many of the whole index have it; with FACET_BY_SIGNIFICANCE, else 0 */
	uint32_t depth;            /* in a tree, 0 at the top */
	bool selected;             /* a filter (=) names it */
	struct value_trend *trend; /* NULL unless asked for */
};

/* What articles call a value, and how many of the whole index do, by falling count. */
struct variant_list {
	struct name_variant {
		struct str name;
		uint32_t count;
	} * items;
	size_t count;
};

#define VARIANTS_MAX 32 /* of a value */

struct answer_facet {
	const struct field *field;
	enum date_step step; /* of the date fields; that of `published` is never AUTO */
	uint32_t distinct;   /* values that match at least one article, also those beyond `max` */
	uint32_t missing; /* articles without any value of the field, as those of the filter FIELD!=*; of `published` 0 */
	bool tree; /* values come as they are read: each below the one that it is in */
	bool compared; /* by significance: of each value it is known how many of the whole index have it */
	struct str beside; /* as in the request, understood; else empty */
	struct date from,
		to; /* of trends: the time of all articles counted, cut into TREND_STEPS; DATE_NONE without any */
	struct answer_value *values; /* by falling count, then by value; dates then newer first */
	size_t count;
	struct variant_list *variants; /* for each value; NULL without request.variants and of kinds that have none */
	uint32_t *by_time; /* of dates: places in values, ranges, then newest first, the undated last; else NULL */
};

/* What was probably meant by a word or value that no article has, or very few. */
struct suggestion {
	const struct field *field; /* of a value; NULL: a word */
	struct str typed, meant;
	uint32_t has;   /* articles that have it as it was typed */
	uint32_t count; /* articles that have what was meant */
};

struct answer {
	struct str query;        /* as typed, made valid */
	uint32_t total;          /* exact */
	enum match_mode matched; /* ALL, MOST or ANY */
	uint32_t words,
		words_needed; /* how many were asked for, and must be there; common ones do not count */
	struct answer_hit *hits;
	size_t hit_count;
	struct answer_facet *facets;
	size_t facet_count;
	struct str_list hints; /* lines for people: what was taken literally, what has no match and why */
	struct suggestion *suggestions;
	size_t suggestion_count;
	struct str meant_query; /* the request's words with all suggestions put in; without any, empty, as the filters */
	struct str_list meant_filters;
	struct str explanation; /* with request.explain: tree and plan */
	uint32_t recounted;     /* numbers that --check recounted, all equal */
	double took_ms;
};

/*
 * An index that is open for searches, one after the other. A reader that a writer overtook opens again and repeats by
 * itself. `like` says the corrections, the confidence and the synonyms, which are the same for all searches, and what a completion
 * may take (timeout_ms); it and `paths` are borrowed until searcher_close, which takes NULL. Several indexes are searched as if they were one: ranked by the statistics of all, values of
 * one name counted together. An article that is in two of them is two.
 */
struct searcher;
enum status searcher_open(const struct str_list *paths, const struct request *like,
			  struct searcher **searcher, struct error *err);
void searcher_close(struct searcher *searcher);

/*
 * Everything in *answer lives in `arena`. STATUS_CORRUPT with request.recount: a number shown differs from its recount; the words
 * say which.
 */
enum status searcher_run(struct searcher *searcher, const struct request *request,
			 struct arena *arena, struct answer *answer, struct error *err);

/* One search: opens the indexes at `paths`, answers, closes. A request that asks for nothing is refused before. */
enum status search_run(const struct str_list *paths, const struct request *request,
		       struct arena *arena, struct answer *answer, struct error *err);

/* ---- completing what is typed ---- */

struct completion {
	struct str text;           /* to be put in the place of what was typed */
	struct str value;          /* the word or value alone, without field and quotes */
	const struct field *field; /* of values, and of words of the title; NULL: a word */
	uint32_t count;            /* articles */
};

/*
 * What begins with `prefix`, the last word of a query as it is being typed: words of the text; values when it is FIELD:START; without
 * a field also names of people, organisations, places and others. Names are found by any of their words; where an index has very many,
 * those of persons only by the first, and by what articles call them. By falling count, at most `max`, of which names without a field
 * have half if there are so many. From `arena`.
 */
enum status searcher_complete(struct searcher *searcher, struct str prefix, size_t max,
			      struct arena *arena, struct completion **completions, size_t *count,
			      struct error *err);

#endif
