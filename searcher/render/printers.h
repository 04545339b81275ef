/*
 * printers.h: the functions behind printer_table, and what more than one of them needs.
 */
#ifndef DATELINE_SEARCHER_PRINTERS_H
#define DATELINE_SEARCHER_PRINTERS_H

#include "render.h"

void text_answer(const struct answer *answer, const struct render_options *options,
		 struct buffer *out);
void json_answer(const struct answer *answer, const struct render_options *options,
		 struct buffer *out);
void csv_answer(const struct answer *answer, const struct render_options *options,
		struct buffer *out);
void ids_answer(const struct answer *answer, const struct render_options *options,
		struct buffer *out);

void html_answer(const struct answer *answer, const struct render_options *options,
		 struct buffer *out);

void json_error(const struct error *err, struct buffer *out);

/* With a full stop and exactly `places` (0 to 6) digits, whatever the locale; what is no number is 0. */
void add_decimal(struct buffer *out, double value, unsigned places);

/* The value as people and filters know it: that of the undated is "undated". */
struct str value_text(const struct answer_facet *facet, const struct answer_value *value);

/*
 * Appends what tells a facet from the others of an answer: its field; what must be beside its values, as
 * "person@s:place=China"; of a field that is counted more than once, the step, as "published:year".
 */
void facet_title(const struct answer *answer, const struct answer_facet *facet, struct buffer *out);

/* The value at this place as people read it: in a tree, of a path only what is not said by the values above. */
struct str facet_value_name(const struct answer_facet *facet, size_t at);

/*
 * Values that match and are not listed; a chosen one is listed at 0 too, and of a tree of dates only the years are counted.
 */
uint32_t facet_more(const struct answer_facet *facet);

/* "▁▁▂▃▁▁▁▁█▁▁▁▁▁▁▁  2019-03-01 to 2020-11-12", or "undated". Appends to item (text_facets.c). */
void trend_text(const struct value_trend *trend, struct buffer *item);

#endif
