/* dates.h: what can be asked of the field of dates. Private to this room. */
#ifndef DATELINE_QUERY_DATES_H
#define DATELINE_QUERY_DATES_H

#include "query.h"

/* As filter_canonical and filter_plan, for a FIELD_DATE field. Valid text. */
enum status dates_canonical(const struct field *field, struct str text, struct arena *arena,
			    struct str *canonical, struct error *err);
enum status dates_plan(const struct field *field, struct str text, const struct years *years,
		       struct arena *arena, struct plan **plan, struct error *err);

#endif
