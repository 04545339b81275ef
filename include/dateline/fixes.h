/*
 * fixes.h: the file of corrections: what an archive's keepers know better than the indexer.
 *
 * One correction a line, read by each search; an index need not be made again, and a line that is deleted has never been.
 *
 *     merge KIND: NAME = NAME; NAME...     those on the right count for the one on the left, which may be a new name
 *     split KIND: NAME = NAME; NAME...     those on the right no longer count for the one on the left
 *     rename KIND: NAME = NEW NAME         shown so
 *     hide KIND: NAME; NAME...             never shown or counted
 *     retype KIND: NAME = KIND             counts as a value of another kind
 *
 * A line that begins with # is a comment, and a line may be blank. KIND is the name of a field. Names may be in any spelling
 * that has the same key (utf8_name_key); one that holds a ; or an = is written in "double quotes". Whatever the order of lines
 * of different verbs, splits come first, then merges, retypes, renames and hides. So what others are merged into can be retyped,
 * a retyped name renamed, and whatever comes of it hidden; but of one name, a line can say only one of: merged into another,
 * hidden, and the rest.
 */
#ifndef DATELINE_FIXES_H
#define DATELINE_FIXES_H

#include "dateline/article.h"
#include "dateline/status.h"

#define FIXES_BYTES_MAX ((size_t)16 << 20)
#define FIX_NAME_MAX ((size_t)1024) /* bytes; names in articles have no more either */

/* In the order in which they are applied. */
enum fix_verb { FIX_SPLIT, FIX_MERGE, FIX_RETYPE, FIX_RENAME, FIX_HIDE, FIX_VERBS };

/* A line with several names is several of these. Texts live in the arena; names are valid UTF-8 without line breaks. */
struct fix {
	enum fix_verb verb;
	enum facet_kind kind;
	struct str name; /* merge: what the other counts for; split: what it no longer counts for */
	struct str other;   /* merge, split: on the right; rename: the new name; else empty */
	enum facet_kind to; /* retype */
	const char *file;   /* as it was named */
	uint32_t line;      /* from 1 */
};

/* {0} is an empty list. Files add to each other. */
struct fixes {
	struct fix *items; /* in the order of lines */
	size_t count, capacity;
};

void fixes_release(struct fixes *fixes);

/*
 * Adds the corrections in `text`, any bytes, of a file of that name. STATUS_BAD_INPUT or STATUS_TOO_LARGE: "FILE:LINE: what is
 * wrong", also when a line contradicts one that is there: a name merged, renamed or retyped in two ways, one that is merged
 * into and split from the same, one that is to be kept and hidden or merged away, or what goes round in a circle. Then `fixes` is as it was.
 */
enum status fixes_parse(struct str text, const char *file, struct arena *arena, struct fixes *fixes,
			struct error *err);

/* The same with the file's text. STATUS_NOT_FOUND when there is no such file, STATUS_SYSTEM when it cannot be read. */
enum status fixes_read(const char *path, struct arena *arena, struct fixes *fixes, struct error *err);

/* "merge"... */
const char *fix_verb_name(enum fix_verb verb);

#endif
