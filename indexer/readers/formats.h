/* formats.h: the functions behind the lines of reader_table. reader.h says what each has to do. */
#ifndef DATELINE_FORMATS_H
#define DATELINE_FORMATS_H

#include "reader.h"

int text_sniff(struct str head, bool whole, const char *path);
size_t whole_split(struct split *split); /* of all formats in which a file is a record */
enum status text_parse(const struct record_bytes *record, struct text_builder *builder,
		       struct arena *arena, struct article *article, struct error *err);

int markdown_sniff(struct str head, bool whole, const char *path);
enum status markdown_parse(const struct record_bytes *record, struct text_builder *builder,
			   struct arena *arena, struct article *article, struct error *err);

int json_sniff(struct str head, bool whole, const char *path);
size_t json_split(struct split *split);
enum status json_parse(const struct record_bytes *record, struct text_builder *builder,
		       struct arena *arena, struct article *article, struct error *err);

int jsonl_sniff(struct str head, bool whole, const char *path);
size_t jsonl_split(struct split *split);

/* Does `path` end in one of `endings` (".md .markdown"), ASCII case ignored? */
bool path_ends_in(const char *path, const char *endings);

#endif
