/*
 * render.h: an answer -> text, JSON Lines, a page of HTML, CSV or ids; snippets; the pager.
 *
 * Printers write to a buffer; the caller writes the buffer out. Text for terminals never carries a control
 * character of an article's.
 */
#ifndef DATELINE_RENDER_H
#define DATELINE_RENDER_H

#include "../answer.h"
#include "../query/query.h"
#include "dateline/record.h"

struct render_options {
	bool color;          /* ANSI marks instead of *stars* */
	uint32_t columns;    /* of the terminal; 0 stands for 80 */
	bool quiet_facets;   /* the text leaves facets out */
	bool counts_only;    /* no hits were asked for: CSV is of the facets */
	uint32_t offset;     /* of the first hit, for "11-20 of 345" */
	struct str query_id; /* of a batch, else empty: in every line of JSON */
};

struct printer {
	const char *name; /* "text", "json", "html", "csv", "ids" */
	void (*answer)(const struct answer *answer, const struct render_options *options,
		       struct buffer *out);
	/* An error as data on stdout (JSON); NULL: only on stderr. */
	void (*error)(const struct error *err, struct buffer *out);
	bool hints; /* it prints answer.hints itself; otherwise they are the caller's, for stderr */
};

/* Appends the hits as lines of a TREC run: query id, "Q0", id, rank, score, "dateline". */
void trec_answer(const struct answer *answer, const struct render_options *options,
		 struct buffer *out);

/* Appends an id on one line, with its controls escaped. */
void id_escape(struct str id, struct buffer *out);

/*
 * Appends the id that --format=ids wrote as `text`, with its controls as they are; false when nothing in it can be an
 * escape.
 */
bool id_unescape(struct str text, struct buffer *out);

extern const struct printer printer_table[]; /* ends with a NULL name */
const struct printer *printer_find(struct str name);

/* Where a snippet has what it shows from: bytes [start, end) of article.text. */
struct snippet_part {
	uint32_t start, end;
	uint32_t *places; /* for each of these bytes, and for the end: the byte of snippet.text; in the arena */
};

struct snippet_places {
	struct snippet_part parts[2]; /* rising */
	size_t count;
};

/*
 * The best passage of an article for these leaves: the window of at most `columns` columns (20 at least) that covers
 * most different leaves, then most occurrences, then the earliest; whole words, from a sentence's start when it is
 * near. Where two passages of half the room, with "…" between, cover more different leaves than one, they are taken. Matched
 * words are marked, words of a phrase only where the phrase stands, all of a phrase by one mark. Without
 * matches in the body: the beginning of its first paragraph that is no heading. Only an article that has nothing
 * else shows its title here. Marks are bytes, rising, and never touch. Everything lives in `arena`. The
 * analyser's language must be that of the article; it may be trimmed between calls, not by this one. *places says
 * where it is from.
 */
void snippet_make(const struct record *record, const struct query_leaf *leaves, size_t leaf_count,
		  struct analyser *analyser, uint32_t columns, struct arena *arena,
		  struct snippet *snippet, struct snippet_places *places);

/* Columns of a snippet that fills three lines of the text printer at 80 columns. */
#define SNIPPET_COLUMNS 225

/*
 * Writes the text to stdout. With `page` (stdout is a terminal, and nobody said --no-pager) a text that is longer than
 * the screen goes to $PAGER (or "less -FRX") instead; when no pager starts, it is written. An empty PAGER and "cat"
 * mean none. STATUS_SYSTEM when writing fails; a closed pipe is no failure.
 */
enum status render_out(struct str text, bool page, struct error *err);

#endif
