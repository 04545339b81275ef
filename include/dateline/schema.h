/*
 * schema.h: what is in the index, byte by byte: terms, value slots, metadata keys, the facet column.
 * ARCHITECTURE.md has the same as a table.
 */
#ifndef DATELINE_SCHEMA_H
#define DATELINE_SCHEMA_H

#include "dateline/article.h"
#include "dateline/field.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * History of SCHEMA_VERSION:
 *   1  the first.
 *   2  Terms of values have the positions of their mentions; terms of kinds and of sentences, and the slot of sentences; a
 *      topic that is a path counts for all that it is in. Records are of RECORD_VERSION 2.
 */
#define SCHEMA_VERSION 2

#define SCHEMA_TERM_MAX 245 /* bytes + NUL bytes; libxapian's real limit */

/*
 * A term is a prefix and a key with nothing between them, and no two of different kinds are ever equal: words, stems and
 * name keys are folded and hold no capital A to Z, so no word looks like a prefix; and of two prefixes none is the start
 * of the other, save Z and ZS, which a capital tells apart. Ids keep their capitals, but only theirs begin with Q. These
 * are also the rules of Xapian and Omega: prefixes of several letters end in ':', and where they write one more between a
 * prefix and a key, the key begins with a capital.
 */

/*
 * Words are at the positions that the analyser gives, the first at 1, and from the last of a paragraph to the first of the
 * next there are so many more: no phrase (of 16 words at most) begins in one and ends in another.
 */
#define SCHEMA_PARAGRAPH_GAP 16

/*
 * How often a use of a word in the title counts, where one in the body counts once: it is the wdf of the word's own terms (those
 * of the title alone, S and ZS, count once), so it costs a search nothing. Titles of news are written to hold the words that
 * tell what an article is about. MAP and nDCG@10 by how often the title counts; the last column counts the first of several
 * paragraphs twice, beside a title of 3:
 *
 *	                          1           3           4           5         lead
 *	abstracts, gain in %  10.2  5.4   12.5  7.1   12.8  7.6   13.1  7.7   12.2  6.5
 *	headlines             .862 .886   .919 .934   .928 .941   .937 .947   .918 .932
 *	late paragraphs       .542 .587   .527 .571   .522 .568   .522 .569   .513 .562
 *	topics of news        .267 .438   .274 .450   .278 .458   .282 .473   .277 .441
 *	topics of Reuters     .440 .673   .448 .666   .443 .652   .438 .635   .448 .655
 *
 * Abstracts are the five sets of tests/bench/relevance.sh, as the mean gain over plain BM25. In 8,000 news articles one is to be found by
 * its headline (294 of them), or by five words of one late paragraph (300); and all of a topic by its name, as the publisher
 * gives it (73), also in Reuters-21578 (66). More than 3 takes from what is deep in a text, and from Reuters, what it
 * gives elsewhere. The first paragraph counts as the others do: twice is worse nearly everywhere.
 */
#define SCHEMA_TITLE_WDF 3

/* Value slots. */
#define SLOT_FACETS 0    /* the facet column, below */
#define SLOT_PUBLISHED 1 /* date_format_sortable; absent when undated */
#define SLOT_HASH                                                                                  \
	2 /* 16 bytes: the hash of the article as it was read, for skipping unchanged ones */
/*
 * The confidence of each value of the facet column, in its order, a byte of percent each. Absent when all are 100. A slot of
 * its own because it is read only when somebody asks for a least confidence.
 */
#define SLOT_CONFIDENCE 3

/*
 * In which sentences each value of the facet column is mentioned, in its order: a varint of how many, then their numbers in the article
 * from 0, rising, the first as it is and the others as the difference to the one before minus 1, varints. A value is mentioned where
 * any word of a mention is. The title is one sentence, whatever stands in it; of a paragraph without words no sentence is counted.
 * Values that are not mentioned (given by the publisher, sources, topics) have 0. Absent when all have 0.
 */
#define SLOT_SENTENCES 4

/* Metadata keys. */
#define META_SCHEMA "dateline.schema"     /* SCHEMA_VERSION as text */
#define META_ANALYSER "dateline.analyser" /* TEXT_ANALYSER_VERSION as text */
#define META_STEMMER "dateline.stemmer"   /* libstemmer's version as text */
#define META_BATCH "dateline.batch"       /* number of the last commit, as text */
#define META_DIGEST "dateline.digest" /* sum modulo 2^64 of all record checksums, 16 hex digits */
#define META_NEXT "dateline.next."    /* + kind letter: the next free number of that kind, varint */
#define META_ENTITY                                                                                \
	"dateline.e." /* + kind letter + number as 4 bytes big-endian: counted name, then counted variants */
#define META_SPELLINGS                                                                             \
	"dateline.s." /* + kind letter + number as 4 bytes big-endian: spellings that are not shown, only where there are: \
			 varint of 2 * articles, plus 1 when it is of a variant; counted spelling */
#define META_NUMBER "dateline.n." /* + kind letter + name key: number, varint */
#define META_FILE "dateline.f."   /* + 16 bytes hash of a path: the path */
/*
 * + kind letter: names that are found to be other names of one thing, over all articles: pairs of varints, rising by the
 * first: a number as its difference to the one before, and the number it counts for, which counts for no other.
 */
#define META_MERGED "dateline.merged."
#define META_MERGED_AT                                                                             \
	"dateline.merged" /* the number of the commit that those are of, as text; else they are made again */
#define META_FIXES                                                                                 \
	"dateline.fixes" /* the absolute path of the corrections that every search reads */

/* One upper-case letter for a kind in metadata keys. */
char schema_kind_letter(enum facet_kind kind);

/*
 * The term of a value: the field's prefix, then the value's name key (utf8_name_key) for FIELD_VALUE or the
 * bytes as they are for FIELD_ID. One that would weigh SCHEMA_TERM_MAX or more keeps its start and ends in a hash of the
 * whole key, and weighs SCHEMA_TERM_MAX exactly: so it equals no other. Appends to out.
 */
void schema_value_term(const struct field *field, struct str value, struct buffer *out);

/* prefix + bytes, shortened in the same way: for words of text ("", "S", "Z", "ZS"). Appends to out. */
void schema_word_term(const char *prefix, struct str word, struct buffer *out);

/*
 * The terms of a date: Y1987, M198702, D19870226; what is finer than the precision is X (M1987XX, D198702XX);
 * DATE_NONE has the one term "Yundated". Fills terms[0..n) and returns n (1 or 3).
 */
size_t schema_date_terms(const struct date *date, char terms[3][16]);

/* The term of one file's articles: "XFILE:" + 32 hex digits of the path's hash. Appends to out. */
#define PREFIX_FILE "XFILE:"
void schema_file_term(struct str path, struct buffer *out);

/*
 * The term of the articles that were stemmed in one language, by its code, or by LANGUAGE_NONE (text.h): a stem of one
 * language is only looked for in articles of that language. Appends to out.
 */
#define PREFIX_STEMMER "XSTEM:"
void schema_stemmer_term(struct str code, struct buffer *out);

/*
 * The terms of a date that the text mentions: those of its year, month and day as far as they are known ("XYEAR:2023",
 * "XMONTH:202312", "XDAY:20231205"), so that an article that mentions a day is found by its month and year.
 * Fills terms[0..n) and returns n.
 */
#define PREFIX_WHEN_YEAR "XYEAR:"
#define PREFIX_WHEN_MONTH "XMONTH:"
#define PREFIX_WHEN_DAY "XDAY:"
size_t schema_when_terms(const struct date *date, char terms[3][16]);

/*
 * The number of a date of KIND_WHEN in the facet column: not given in the order of sight but made of the date:
 * year * 512 + month * 32 + day, with 0 for what is not known. A column holds for each date its year and month too.
 */
#define WHEN_YEAR(number) ((number) >> 9)
#define WHEN_MONTH(number) ((number) >> 5 & 15)
#define WHEN_DAY(number) ((number)&31)
#define WHEN_NUMBERS ((uint32_t)10000 << 9) /* more than any number */
static inline uint32_t schema_when_number(const struct date *date)
{
	return (uint32_t)date->year << 9 | (uint32_t)date->month << 5 | date->day;
}

/* The date that has this number. */
struct date schema_when_date(uint32_t number);

/*
 * The term of an article that calls the entity `name` by `variant`: "XALIAS:", kind letter, name key of the variant, byte
 * 0x1F, name key of the name. An entity that has variants has one for each of them (the name itself too when it is
 * among them); one that is called nothing but its name has none. So the articles that know it by each name are counted
 * exactly, and who is called "trump" are the terms that begin with "XALIAS:Ptrump\x1f" (schema_alias_prefix).
 * False, and nothing appended, when either key is empty or it would weigh SCHEMA_TERM_MAX or more: then there is no such term.
 */
#define PREFIX_ALIAS "XALIAS:"
#define ALIAS_PARTED '\x1f' /* in no name key */
bool schema_alias_term(enum facet_kind kind, struct str variant, struct str name, struct buffer *out);
bool schema_alias_prefix(enum facet_kind kind, struct str variant, struct buffer *out);

/* What all alias terms of a kind begin with. Appends to out. */
void schema_alias_kind(enum facet_kind kind, struct buffer *out);

/* The two keys of an alias term; false when it is none. */
bool schema_alias_read(struct str term, struct str *variant, struct str *name);

/*
 * The term of the documents that have any value of a kind: "XANY:" and the kind's letter. It and the terms of values of kinds that
 * are mentioned have positions: those of all words of each mention. So positions in a row are one mention.
 */
#define PREFIX_ANY "XANY:"
void schema_any_term(enum facet_kind kind, struct buffer *out);

/* The term whose positions are those of the first word of each sentence, in the order of SLOT_SENTENCES. */
#define TERM_SENTENCES "XSENTENCES:"

/* The term of what found the entities of an article, by entity_maker's word (entity.h): others are stale. */
#define PREFIX_ENTITIES "XENTITIES:"

/* Other names kept for one entity: one that has so many may have more. Those of countries come to some dozens. */
#define SCHEMA_VARIANTS_MAX 1000

void schema_entity_key(enum facet_kind kind, uint32_t number, struct buffer *out);
void schema_spellings_key(enum facet_kind kind, uint32_t number, struct buffer *out);
void schema_number_key(enum facet_kind kind, struct str name,
		       struct buffer *out); /* a name or its key */

/* The number that is the value of META_NEXT and META_NUMBER; false when that is anything else. */
bool schema_number_read(struct str value, uint32_t *number);

/*
 * The facet column: for each kind that the article has a value of, by rising kind: one byte kind, varint count,
 * varint bytes of what follows for this kind, then the numbers, rising, the first as it is and the
 * others as the difference to the one before minus 1, varints.
 */
struct facet_value {
	enum facet_kind kind;
	uint32_t number;
	uint8_t confidence; /* percent; in a slot of its own */
	struct str sentences; /* by sentence_numbers_encode, of SLOT_SENTENCES; empty: it has none. For encoding only */
};

/* `values` are sorted here by kind and number and must hold no pair twice. Appends to out. */
void facet_column_encode(struct facet_value *values, size_t count, struct buffer *out);

/* The bytes of SLOT_CONFIDENCE for values that were sorted by facet_column_encode; none when all are 100. Appends to out. */
void facet_confidence_encode(const struct facet_value *values, size_t count, struct buffer *out);

/* The sentences of one value, by their numbers: rising, none twice, more than none. Appends to out. */
void sentence_numbers_encode(const uint32_t *numbers, size_t count, struct buffer *out);

/* The bytes of SLOT_SENTENCES for values that were sorted by facet_column_encode; none when none has any. Appends to out. */
void facet_sentences_encode(const struct facet_value *values, size_t count, struct buffer *out);

/*
 * The sentences of one value as SLOT_SENTENCES has them. To be read with sentence_next, and empty then.
 */
struct sentence_group {
	uint32_t count;       /* that are still to be read */
	uint32_t least;       /* the next one is this or a greater one */
	const char *at, *end; /* of what is still to be read */
};

/*
 * Reads the group at *at and moves *at behind it; false at the end, or (then *at != end) on damage. Called once for each value
 * of the facet column, in its order, it gives the sentences of that value; whoever does not want them does not read them:
 *
 *	const char *at = slot.data, *end = slot.data + slot.len;
 *	for each value of the column: (an absent slot: no value has any)
 *		facet_sentences_read(&at, end, &group);
 *		while (sentence_next(&group, &number)) ...
 *
 * Behind the last value *at == end. The numbers of a group that was read are never led beyond its end; that they are rising
 * and fit 32 bits is seen when they are read.
 */
bool facet_sentences_read(const char **at, const char *end, struct sentence_group *group);

/* The next number, in rising order; false when there is none, or (then group->count is not 0) on damage. */
static inline bool sentence_next(struct sentence_group *group, uint32_t *number)
{
	uint64_t step;
	if (!group->count || !varint_read(&group->at, group->end, &step) ||
	    step > UINT32_MAX - group->least)
		return false;
	*number = group->least + (uint32_t)step;
	group->least = *number + (*number < UINT32_MAX);
	group->count--;
	return true;
}

/* One kind's group of a column. */
struct facet_group {
	enum facet_kind kind;
	uint32_t count;
	const char *at, *end; /* of the numbers */
};

/*
 * Reads the group at *at and moves *at behind it; false at the end, or (then *at != end) on damage. A group has
 * numbers, and its last byte ends one: whoever reads varints up to `end` is never led beyond.
 */
bool facet_group_read(const char **at, const char *end, struct facet_group *group);

/* The key of META_MERGED of a kind. Appends to out. */
void schema_merged_key(enum facet_kind kind, struct buffer *out);

/* A name that counts for another of its kind, by their numbers. */
struct merged_pair {
	uint32_t from, to;
};

/* The value of META_MERGED: `pairs` are sorted here by `from`, which no two share. Appends to out. */
void merged_encode(struct merged_pair *pairs, size_t count, struct buffer *out);

/*
 * Reads the pair at *at and moves *at behind it; false at the end, or (then *at != end) on damage. *pair is the one read
 * before, {0} at first.
 */
bool merged_read(const char **at, const char *end, struct merged_pair *pair);

#ifdef __cplusplus
}
#endif
#endif
