/*
 * synonyms.h: words that stand for each other, from a file, put into a query.
 *
 * A line is a list of words and phrases parted by commas, each of which stands for all others; or two lists with "=>" between, where
 * what is on the left also looks for what is on the right. A line that begins with # is a comment. Case, accents, hyphens and
 * double quotes around a phrase do not matter:
 *
 *   car, automobile, motorcar
 *   usa, "united states of america" => united states, america
 */
#ifndef DATELINE_QUERY_SYNONYMS_H
#define DATELINE_QUERY_SYNONYMS_H

#include "query.h"

#define SYNONYMS_BYTES_MAX ((size_t)16 << 20)
#define SYNONYMS_LINE_MAX 64  /* words and phrases in a line */
#define SYNONYMS_TEXT_MAX 200 /* bytes of one of them */
#define SYNONYMS_ADDED_MAX 64 /* put into one query; what is more is left out, with a hint */

struct synonyms;

/*
 * STATUS_BAD_INPUT: a line is wrong, by its number; STATUS_NOT_FOUND, STATUS_SYSTEM, STATUS_TOO_LARGE. Free with
 * synonyms_free, which takes NULL.
 */
enum status synonyms_read(const char *path, struct synonyms **synonyms, struct error *err);

/* The same of a text; `file` is for messages. */
enum status synonyms_parse(struct str text, const char *file, struct synonyms **synonyms,
			   struct error *err);
void synonyms_free(struct synonyms *synonyms);

/*
 * Puts an OR with all that stands for it in the place of each word and phrase that the file has, also of words in a row that are a
 * phrase of it, with a hint for each. As typed, not in all forms: who writes "car" has not written "cars". Left as they are: what is
 * taken away (-car must not hide what has "automobile" alone), values, words with * or ~, and what NEAR, ADJ, @s and quotes hold
 * together with other things. To be called behind query_parse; everything lives in `arena`, but nothing of the synonyms.
 */
void synonyms_apply(const struct synonyms *synonyms, struct arena *arena, struct query *query);

#endif
