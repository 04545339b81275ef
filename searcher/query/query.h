/*
 * query.h: a query as typed -> a tree -> a plan for the index.
 *
 * The grammar (dateline-query(7) has it whole, for users):
 *   query  := or ; or := and ("OR" and)* ; and := unary+ (AND between, a written "AND" is allowed)
 *   unary  := ("-" | "NOT") unary | near ; near := operand (("NEAR" | "ADJ") ("/" n)? operand)*
 *   operand := prefix? "(" or ")" "@s"? boost? | prefix? (word ("*" | "~" n?)? | '"' phrase '"') boost?
 *   prefix := a field's name or alias, then ":" ; boost := "^" number
 * Quotes are " and the typographic and full-width ones, parentheses also the full-width ones. A "-" takes away where
 * a word could begin; inside a word it is a hyphen. Behind the prefix of a field of values, words in a row in
 * parentheses are one value.
 * Forgiving: what cannot be parsed (an unclosed quote or parenthesis, an OR with nothing beside it, a lone -) is
 * taken literally or left out, with a hint in words; only the limits below are errors. In a long query that is all
 * in capitals, AND, OR and NOT are words.
 */
#ifndef DATELINE_QUERY_H
#define DATELINE_QUERY_H

#include "dateline/field.h"
#include "dateline/status.h"
#include "dateline/store.h"
#include "dateline/text.h"

#define QUERY_BYTES_MAX 4096   /* of a query, and of a filter */
#define QUERY_OPERATORS_MAX 64 /* OR, AND, NOT, -, NEAR, ADJ and @s together */
#define QUERY_DEPTH_MAX 32     /* of parentheses */
#define QUERY_PHRASE_MAX 16    /* words in one phrase */
#define QUERY_WORDS_MAX 512
#define QUERY_PLACED_MAX 8 /* words, phrases and values in one NEAR, ADJ or @s, with those inside */
#define QUERY_EXPANDED_MAX 16 /* words with * or ~ in a query */
#define NEAR_DISTANCE 10      /* of a bare NEAR */
#define ADJ_DISTANCE 1
#define QUERY_DISTANCE_MAX 100
#define BOOST_MAX 100.0
#define PREFIX_MIN 3          /* characters before a * */
#define PREFIX_FORMS_MAX 500  /* of the text, for word* */
#define PREFIX_VALUES_MAX 200 /* for person:oll* */
#define LIKE_FORMS_MAX 50     /* for word~ */
/* Each form is a list of positions to be read: between operators that look at them, and in phrases, there are fewer. */
#define PLACED_FORMS_MAX 100 /* for word* */
#define STEM_FORMS_MAX 50    /* of a word */
#define CAPITALS_WORDS_MIN                                                                         \
	8 /* a query of fewer words may well be acronyms and operators: NATO AND EU */
#define LANGUAGES_MAX 64 /* in one index; libstemmer has fewer */

enum node_op {
	NODE_WORD,   /* unquoted text between blanks; the analyser may make several words of it */
	NODE_PHRASE, /* quoted text */
	NODE_VALUE,  /* field: an exact value of a FIELD_VALUE or FIELD_ID field */
	NODE_DATE,   /* field: a date, range or "undated" */
	NODE_ANY,    /* field: any value at all */
	NODE_AND,
	NODE_OR,
	NODE_NOT, /* one kid; inside an AND it takes away, alone it is "all but" */
	NODE_SEQUENCE, /* quoted text with more than words in it: PHRASE, WORD with a prefix, VALUE and ANY, in a row */
	NODE_NEAR, /* kids are operands that have a place in the text, at most `distance` words apart */
	NODE_ADJ,      /* the same, in their order */
	NODE_SENTENCE, /* the same, in one sentence */
};

struct node {
	enum node_op op;
	struct str text; /* as typed, without quotes and prefix; white space is single blanks */
	const struct field *field; /* of VALUE, DATE and ANY; the title field or NULL for words */
	bool common; /* of WORD: nearly every text has it ("the"), so it says nothing beside others */
	bool added;        /* by synonyms: nobody typed it */
	bool bound;        /* a written AND stands between it and the one before, in an AND */
	bool prefix;       /* of WORD and VALUE: what begins with the text (a * was behind it) */
	uint8_t edits;     /* of WORD: what is so many edits away from the text, too; 0 to 2 */
	uint32_t distance; /* of NEAR and ADJ */
	double factor;     /* it weighs so many times as much; 1 unless somebody wrote ^ */
	struct node **kids;
	size_t count;
};

struct query {
	struct node *root;     /* NULL: no words at all */
	struct str_list hints; /* what was taken literally, in words, for stderr and JSON */
};

/* `text` may be any bytes: made valid here. Everything lives in `arena`. STATUS_TOO_LARGE names the limit. */
enum status query_parse(struct str text, struct arena *arena, struct query *query, struct error *err);

/* The tree, indented, one node a line, for --explain. */
void query_describe(const struct node *root, struct buffer *out);

/* One thing that was looked for: for snippets, for "no article has this", for --explain. */
struct query_leaf {
	struct str text; /* with prefix and quotes: for messages */
	bool negated;    /* under a NOT: never marked in snippets */
	bool in_title;   /* title: */
	bool stemmed;    /* forms are stems, to be compared with word.stem and word.folded_stem */
	bool common;     /* it weighs nothing, because other words do */
	bool added;      /* by synonyms: that no article has it is no news */
	bool mention; /* a value where it is mentioned: then `plan` is a MENTION, or what look_names.c makes of it in its place */
	struct str_list *words; /* for each word in order, its alternative forms, without term prefix */
	/* When stemmed, for each alternative of the one word the languages that have it; NULL: all. */
	const uint64_t *stem_languages; /* bit i: languages[i] */
	const struct language *const *languages;
	size_t language_count;
	size_t word_count; /* 0 for values and dates; more than 1: one after the other */
	const struct field *field; /* of values and dates, else NULL; then `plan` is a FILTER of that of the value */
	struct str typed,
		value; /* of those: as typed, and canonical; typed is empty when it is not one value (person:*, person:oll*) */
	struct plan *plan; /* this leaf alone; NULL: another way in which the leaf before it can be written */
};

/* What stands side by side in a query, without an operator between. */
struct query_part {
	enum query_part_kind {
		/* A word, a phrase, what NEAR and the like or a written AND or OR join, parentheses that mean something. */
		PART_WORD,
		PART_COMMON, /* a word that weighs nothing */
		PART_MUST,   /* a value or a date: it decides, whatever the words do */
		PART_NOT,    /* to be taken away */
	} kind;
	struct plan *plan; /* of NOT: of what is taken away */
};

struct query_plan {
	struct plan *plan; /* NULL: the query holds no words (only punctuation, say) */
	/* What `plan` is made of: all that is wanted, without what is not. The NOTs come last. */
	struct query_part *parts;
	size_t part_count;
	struct query_leaf *leaves;
	size_t leaf_count;
	struct str_list hints; /* for people: which forms stand for word*, word~ */
};

/*
 * The years that articles of the index have, rising. A range of dates becomes one term for each of them, not for
 * each that there could be. Where a function takes NULL instead, all years from 1 to 9999 are meant.
 */
struct years {
	int16_t *items;
	size_t count;
	int16_t *mentioned; /* those of the dates that articles mention (KIND_WHEN) */
	size_t mentioned_count;
};

/* Adds those of `more` to *years, from `arena`. */
void years_unite(struct years *years, const struct years *more, struct arena *arena);

enum status query_read_years(struct store *store, struct arena *arena, struct years *years,
			     struct error *err);

/*
 * The words of the text of all indexes that are searched: what word*, word~1 and the forms of a stem are looked up in (vocabulary.c).
 */
struct vocabulary {
	struct store *const *stores;
	size_t count;
};

/*
 * Unquoted words match by stem in each of `languages` (NULL among them: not stemmed; a zero-length list: only not
 * stemmed), quoted ones exactly. A word that the analyser splits ("cyber-attack", "北京市") is a phrase of its parts, or
 * the joined form; one of more than QUERY_PHRASE_MAX parts (an address) is several phrases that overlap. Where positions count,
 * a word is all the forms in the vocabulary that have its stem; without a vocabulary (NULL) it is what was typed, and so are
 * word* and word~. Bad dates, unknown date forms and a * behind too few characters: STATUS_BAD_REQUEST in words. More words
 * than the limits above: STATUS_TOO_LARGE. Everything lives in `arena`. The analyser is left with any of the languages.
 */
enum status query_make_plan(const struct node *root, struct analyser *analyser,
			    const struct language *const *languages, size_t language_count,
			    const struct years *years, const struct vocabulary *vocabulary,
			    struct arena *arena, struct query_plan *plan, struct error *err);

/* ---- filters: what --filter takes, and what a field prefix in a query means ---- */

struct filter {
	const struct field *field;
	bool excluded;     /* != */
	struct str typed;  /* the value as typed, made valid */
	struct str value;  /* canonical (filter_canonical): as shown to people */
	struct plan *plan; /* of the value alone, not negated */
};

/*
 * "place=China", "place!=Russia", "published=2024-01..2024-03", "published=2024-02", "published=2024..",
 * "published=undated", "published=2023-XX" (a year without a month), "published=3d..", "person=*" (any). Values may be in any case and spelling that
 * entity_canonical knows. STATUS_BAD_REQUEST: no such field (with "did you mean"), no value, not a date. `text` may
 * be any bytes: made valid here.
 */
enum status filter_parse(struct str text, const struct years *years, struct arena *arena,
			 struct filter *filter, struct error *err);

/*
 * A value as the index and facets have it: entity_canonical for names, the code of a language, dates as
 * dateline-search(1) writes them ("7 Feb 2024" -> "2024-02-07", "2023-xx-xx" -> "2023-XX", "3d.." reckoned from today). Ids stay as they are.
 * STATUS_BAD_REQUEST: not a date, or nothing left of it. The result lives in `arena` or in static tables.
 */
enum status filter_canonical(const struct field *field, struct str value, struct arena *arena,
			     struct str *canonical, struct error *err);

/*
 * The plan of one canonical value, shared by filters, prefixes and the recount of --check. An article dated only by
 * year or month is in a range only when all of that year or month is.
 */
enum status filter_plan(const struct field *field, struct str value, const struct years *years,
			struct arena *arena, struct plan **plan, struct error *err);

/*
 * Small plan makers, from `arena`; kids are copied. An AND, OR, SYNONYM or PHRASE of one kid is that kid itself.
 */
struct plan *plan_term(struct arena *arena, struct str term);
struct plan *plan_join(struct arena *arena, enum plan_op op, struct plan *const *kids, size_t count);

#endif
