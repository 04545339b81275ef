/*
 * article.h: the plain shapes that every room passes on: an article as it was read, and the
 * mentions found in it.
 */
#ifndef DATELINE_ARTICLE_H
#define DATELINE_ARTICLE_H

#include "dateline/date.h"
#include "dateline/memory.h"

/*
 * What an article can be counted by. The numbers are stored in indexes: only ever appended to, and
 * a change of meaning needs a new schema version.
 */
enum facet_kind {
	KIND_NONE,
	KIND_PERSON,
	KIND_ORG,
	KIND_PLACE,
	KIND_OTHER, /* events, products, works */
	KIND_SOURCE,
	KIND_AUTHOR,
	KIND_TOPIC,
	KIND_SECTION,
	KIND_LANGUAGE,
	KIND_AGENCY,   /* the news agency that the story, or a part of it, comes from */
	KIND_SPEAKER,  /* who is quoted */
	KIND_DATELINE, /* the place that the story was filed from */
	KIND_WHEN,     /* a date that the text mentions; its name is the date in ISO 8601 */
	KIND_COUNT
};

enum paragraph_kind {
	PARAGRAPH_TITLE, /* at most one, and then the first */
	PARAGRAPH_TEXT,
	PARAGRAPH_HEADING,
};

struct paragraph {
	uint32_t start, end; /* bytes in article.text */
	uint32_t kind;       /* enum paragraph_kind */
};

/* Where an article came from, for messages and for --prune. */
struct origin {
	struct str path; /* absolute and real, perhaps no UTF-8; "-" for standard input */
	uint64_t line;   /* of the record's first byte, from 1 */
	uint64_t record; /* in the file, from 1 */
	bool is_single;  /* the whole file is one article */
};

/*
 * Everything borrowed from the arena that the reader filled. `text` holds all that is searched, in
 * reading order: title, headings and paragraphs, separated by one "\n\n", white space inside a
 * paragraph collapsed to single blanks, valid UTF-8.
 */
struct article {
	struct str id;    /* never empty once the reader is done */
	struct str title; /* inside text; empty when there is none */
	struct str text;
	struct paragraph *paragraphs;
	size_t paragraph_count;
	struct date published;
	struct str unread_date; /* the text of a date that could not be read, when no other could; else empty */
	struct str source, section, url;
	struct str language; /* as declared; empty when not */
	struct str dateline; /* "SALVADOR, Feb 26 -", as given apart from the body */
	struct str_list authors, topics;
	struct str_list people, orgs, places;        /* as the publisher gives them */
	bool gives_people, gives_orgs, gives_places; /* it has such a list, even if empty */
	uint32_t replaced;                           /* ill-formed sequences that became U+FFFD */
	uint64_t cut; /* bytes of text beyond ARTICLE_TEXT_MAX that were left out */
	struct origin origin;
};

#define ARTICLE_TEXT_MAX ((size_t)4 << 20) /* bytes; a long novel has one MiB */

/* How a mention was found: the evidence for a count. Stored in indexes, only ever appended to. */
enum mention_rule {
	RULE_NONE,
	RULE_PUBLISHER, /* given beside the text, and found in it by its name */
	RULE_GAZETTEER, /* a name in the lists: of countries and capitals, of what is well known */
	RULE_DEMONYM,   /* a people or nationality, counted for its country */
	RULE_TAGGER,    /* seen by the tagger */
	RULE_SHORT, /* a short form of a name that the article has in full: a surname, an acronym */
	RULE_REPEAT,   /* the words of a name that was found elsewhere in the article */
	RULE_BYLINE,   /* "By Jane Doe" */
	RULE_DATELINE, /* "BEIJING, Feb 6 (Reuters) -", or "reports Reuters" */
	RULE_QUOTE,    /* "..., said Jane Doe" */
	RULE_DATE,     /* a date written out */
	RULE_RELATIVE, /* a date reckoned from when the article appeared: "last year" */
	RULE_COUNT
};

/* As people read it: "publisher", "tagger", "short form"... "unknown" for what is no rule. */
const char *mention_rule_name(enum mention_rule rule);

struct mention {
	uint32_t start, end; /* bytes in article.text */
	uint32_t entity;     /* index in the article's list of entities */
	uint8_t rule;        /* enum mention_rule */
	uint8_t confidence;  /* percent */
};

/* A value that the article counts for. */
struct entity {
	enum facet_kind kind;
	uint8_t confidence; /* percent: that the article has it; 100 for what the publisher gives */
	struct str name;    /* canonical, for people to read */
	/*
	 * What the publisher and the text call it, no two of one name key (utf8_name_key), the first in order of sight;
	 * the name itself among them when it is called so too. Empty when it is called nothing but its name.
	 */
	struct str_list variants;
};

/*
 * Builds article.text paragraph by paragraph. Texts handed in must be valid UTF-8 (utf8.h); white
 * space is collapsed here. {0} is an empty one; reset it for each article. The finished text and
 * paragraphs are copied to the arena by text_builder_finish.
 */
struct text_builder {
	struct buffer text;
	struct paragraph *paragraphs;
	size_t count, capacity;
	uint64_t cut;
	struct body_lines {
		struct body_line *items;
		size_t count, capacity;
	} lines;              /* of the body at work */
	struct arena scratch; /* for what a reader makes on its way; empty after a reset */
};

void text_builder_reset(struct text_builder *builder);
void text_builder_release(struct text_builder *builder);

/*
 * Adds one paragraph, unless it is blank. A title behind other paragraphs becomes a heading. All
 * together are at most ARTICLE_TEXT_MAX bytes; what is more is left out, from the first cut on, and
 * counted.
 */
void text_builder_add(struct text_builder *builder, enum paragraph_kind kind, struct str text);

/* How a body is laid out, told from all of it. */
struct body_layout {
	bool is_wrapped;   /* lines were broken at a width; else each is a paragraph */
	bool sets_in;      /* paragraphs begin with blanks, or some do */
	uint32_t width;    /* in characters, when it is wrapped */
	const char *start; /* of the body */
};

struct body_layout body_layout_of(struct str body);

/*
 * Adds a body, or a part of one whose layout is known: paragraphs are parted by blank lines. Between them, when the body is not
 * wrapped, every line is a paragraph. When it is, lines go on where the width broke them or in lower case; a paragraph
 * begins with a line that is set in, an item of a list, a row of a table, and behind a line that was not full and
 * ended a sentence or was much too short.
 */
void text_builder_add_lines(struct text_builder *builder, const struct body_layout *layout,
			    struct str text);
void text_builder_add_body(struct text_builder *builder, struct str body);

void text_builder_finish(struct text_builder *builder, struct arena *arena, struct article *article);

#endif
