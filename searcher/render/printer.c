#include "printers.h"

#include <inttypes.h>

const struct printer printer_table[] = {
	{ .name = "text", .answer = text_answer, .hints = true },
	{ .name = "json", .answer = json_answer, .error = json_error, .hints = true },
	{ .name = "html", .answer = html_answer, .hints = true },
	{ .name = "csv", .answer = csv_answer },
	{ .name = "ids", .answer = ids_answer },
	{ .name = NULL },
};

const struct printer *printer_find(struct str name)
{
	for (const struct printer *printer = printer_table; printer->name; printer++)
		if (str_equal(str_from(printer->name), name))
			return printer;
	return NULL;
}

#define DECIMAL_MAX 1e12 /* leaves room for six places in 64 bits */

void add_decimal(struct buffer *out, double value, unsigned places)
{
	uint64_t scale = 1;
	for (unsigned i = 0; i < places; i++)
		scale *= 10;
	if (!(value > -DECIMAL_MAX && value < DECIMAL_MAX))
		value = 0;
	const bool negative = value < 0;
	const uint64_t digits = (uint64_t)((negative ? -value : value) * (double)scale + 0.5);
	if (negative && digits)
		buffer_add_char(out, '-');
	buffer_add_format(out, "%" PRIu64, digits / scale);
	if (places)
		buffer_add_format(out, ".%0*" PRIu64, (int)places, digits % scale);
}

struct str value_text(const struct answer_facet *facet, const struct answer_value *value)
{
	if (!value->value.len && facet->field->role == FIELD_DATE)
		return STR("undated");
	return value->value;
}

/* A field that is counted in several steps has a name for each, with the step in it. */
static bool is_counted_twice(const struct answer *answer, const struct answer_facet *facet)
{
	size_t times = 0;
	for (size_t i = 0; i < answer->facet_count; i++)
		times += answer->facets[i].field == facet->field && !answer->facets[i].beside.len;
	return times > 1;
}

void facet_title(const struct answer *answer, const struct answer_facet *facet, struct buffer *out)
{
	static const char *const steps[] = {
		[STEP_AUTO] = "", [STEP_YEAR] = ":year", [STEP_MONTH] = ":month", [STEP_DAY] = ":day"
	};
	buffer_add_text(out, facet->field->name);
	if (facet->beside.len)
		buffer_add_format(out, "@s:%.*s", STR_ARG(facet->beside));
	else if (is_counted_twice(answer, facet))
		buffer_add_text(out, facet->tree ? ":tree" : steps[facet->step]);
}

/* ---- values ---- */

#define PATH_MARK " > " /* between a topic and one inside it */

static struct str after(struct str text, struct str start)
{
	const size_t mark = strlen(PATH_MARK);
	if (text.len <= start.len + mark || memcmp(text.data, start.data, start.len) != 0 ||
	    memcmp(text.data + start.len, PATH_MARK, mark) != 0)
		return text;
	return (struct str){ text.data + start.len + mark, text.len - start.len - mark };
}

struct str facet_value_name(const struct answer_facet *facet, size_t at)
{
	const struct answer_value *value = &facet->values[at];
	const struct str name = value_text(facet, value);
	while (facet->tree && value->depth && at-- > 0)
		if (facet->values[at].depth + 1 == value->depth)
			return after(name, facet->values[at].value);
	return name;
}

uint32_t facet_more(const struct answer_facet *facet)
{
	uint32_t listed = 0;
	for (size_t i = 0; i < facet->count; i++)
		listed += facet->values[i].count > 0 &&
			  (!facet->values[i].depth || facet->field->role != FIELD_DATE);
	return facet->distinct > listed ? facet->distinct - listed : 0;
}
