/* made_up.h: an answer that was never asked for, for the suites of the printers. */
#ifndef DATELINE_TESTS_MADE_UP_H
#define DATELINE_TESTS_MADE_UP_H

#include "../../searcher/render/render.h"

#include "testing.h"

static struct answer answer;
static struct render_options options;
static struct buffer out;

static inline void set_up(void)
{
	answer = (struct answer){ .query = STR("cyber espionage"), .took_ms = 12.3456 };
	options = (struct render_options){ 0 };
}

static inline void tear_down(void)
{
	buffer_release(&out);
}

static inline struct str print(const char *format)
{
	const struct printer *printer = printer_find(str_from(format));
	buffer_reset(&out);
	printer->answer(&answer, &options, &out);
	return buffer_str(&out);
}

static struct mark two_words[] = { { 44, 49 }, { 50, 59 } }; /* "…" is three bytes */

static inline struct answer_hit first_hit(void)
{
	return (struct answer_hit){
		.rank = 1,
		.id = STR("dutch-1"),
		.title = STR("Dutch find Chinese cyber spies"),
		.source = STR("Reuters"),
		.published = { .year = 2024, .month = 2, .day = 7, .precision = DATE_DAY },
		.score = 12.34567,
		.snippet = { STR("…network last year, in the latest case of cyber espionage. The agencies said "
				 "it was part of a trend…"),
			     two_words, 2 },
	};
}

static inline struct answer_facet facet(const char *field, struct answer_value *values,
					size_t count, uint32_t distinct)
{
	return (struct answer_facet){ .field = field_find(str_from(field)),
				      .values = values,
				      .count = count,
				      .distinct = distinct };
}

#endif
