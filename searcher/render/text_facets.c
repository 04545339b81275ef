#include "text.h"

#include "dateline/utf8.h"

/*
 * A line or more a field:
 *
 *   place    [x] China (12) · Netherlands (9) · Russia (3) · and 12 more · none (4)
 *
 * Trees and trends have a line a value:
 *
 *   topic    World (50)
 *              Asia (20)
 *   person   Kajsa Ollongren (12)  ▁▁▂▃▁▁▁▁█▁▁▁▁▁▁▁  2019-03-01 to 2020-11-12
 */

#define FIELD_COLUMNS 10 /* of the names of the fields, before their values */
#define DEPTH_COLUMNS 2
#define NAMES_COLUMNS 40 /* at most so wide do names push the trends behind them */

static void add_blanks(struct buffer *out, size_t count)
{
	memset(buffer_extend(out, count), ' ', count);
}

/* ---- one value ---- */

/* "[x] China (12)"; with what the whole index has, "China (12 of 210)". */
static void write_value(struct buffer *item, const struct answer_facet *facet, size_t at)
{
	const struct answer_value *value = &facet->values[at];
	buffer_reset(item);
	if (value->selected)
		buffer_add_text(item, "[x] ");
	buffer_add_str(item, facet_value_name(facet, at));
	buffer_add_text(item, " (");
	text_count(item, value->count);
	if (facet->compared) {
		buffer_add_text(item, " of ");
		text_count(item, value->everywhere);
	}
	buffer_add_char(item, ')');
}

static void add_value(struct page *page, struct flow *flow, const struct answer_facet *facet,
		      size_t at)
{
	write_value(&page->item, facet, at);
	flow_item(flow, SEPARATOR, buffer_str(&page->item),
		  facet->values[at].selected ? &page->looks->chosen : NULL, false);
}

/* ---- trends ---- */

/* A bar for each step, the highest for the greatest of the value's own counts. */
static void add_bars(struct buffer *out, const struct value_trend *trend)
{
	static const char *const bars[] = { "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█" };
	uint32_t greatest = 1;
	for (size_t i = 0; i < TREND_STEPS; i++)
		greatest = trend->counts[i] > greatest ? trend->counts[i] : greatest;
	for (size_t i = 0; i < TREND_STEPS; i++) {
		/* Whatever is not 0 stands out from the ground. */
		const uint64_t height = ((uint64_t)trend->counts[i] * 7 + greatest - 1) / greatest;
		buffer_add_text(out, bars[height]);
	}
}

/* Times of day would say no more. */
static void add_day(struct buffer *out, const struct date *date)
{
	char text[DATE_TEXT_SIZE];
	const size_t len = date_format_sortable(date, text);
	buffer_add(out, text, len > 10 ? 10 : len);
}

void trend_text(const struct value_trend *trend, struct buffer *item)
{
	if (trend->first.precision == DATE_NONE) {
		buffer_add_text(item, "undated");
		return;
	}
	add_bars(item, trend);
	buffer_add_text(item, "  ");
	add_day(item, &trend->first);
	buffer_add_text(item, " to ");
	add_day(item, &trend->last);
}

/* How wide the values are that have trends behind them. */
static size_t names_width(struct page *page, const struct answer_facet *facet)
{
	size_t widest = 0;
	for (size_t i = 0; i < facet->count; i++) {
		write_value(&page->item, facet, i);
		const size_t width = utf8_columns(buffer_str(&page->item)) +
				     DEPTH_COLUMNS * facet->values[i].depth;
		if (width > widest && width <= NAMES_COLUMNS)
			widest = width;
	}
	return widest;
}

static void add_trend(struct page *page, struct flow *flow, const struct value_trend *trend,
		      size_t behind)
{
	buffer_reset(&page->item);
	trend_text(trend, &page->item);
	const size_t gap = behind > flow->used ? behind - flow->used : 2;
	const size_t width = utf8_columns(buffer_str(&page->item));
	if (flow->used + gap + width <= flow->columns) {
		add_blanks(page->out, gap);
	} else {
		text_end_line(page);
		add_blanks(page->out, flow->indent);
	}
	buffer_add_str(page->out, buffer_str(&page->item));
}

/* ---- one facet ---- */

/* What is not listed: how many more values, and the articles without any. */
static void add_rest(struct page *page, struct flow *flow, const struct answer_facet *facet)
{
	struct buffer *item = &page->item;
	const uint32_t more = facet_more(facet);
	if (more) {
		buffer_reset(item);
		buffer_add_text(item, facet->count ? "and " : "");
		text_count(item, more);
		buffer_add_text(item, facet->count ? " more" : " values");
		flow_item(flow, SEPARATOR, buffer_str(item), NULL, false);
	}
	if (facet->missing || (!more && !facet->count)) {
		buffer_reset(item);
		buffer_add_text(item, "none");
		if (facet->missing) {
			buffer_add_text(item, " (");
			text_count(item, facet->missing);
			buffer_add_char(item, ')');
		}
		flow_item(flow, SEPARATOR, buffer_str(item), NULL, false);
	}
}

/* What must be beside the values stands behind the name of their field, on a line of its own. */
static void add_beside(struct page *page, const struct answer_facet *facet, size_t indent,
		       size_t used)
{
	/* Goes beyond the indent: at it, a flow would take the next word for the first of a line. */
	static const char beside[] = " beside ";
	struct buffer *item = &page->item;
	buffer_add_text(page->out, beside);
	struct flow flow = flow_start(page->out, page->columns, indent, used + sizeof(beside) - 1);
	buffer_reset(item);
	buffer_add_format(item, "%.*s in a sentence", STR_ARG(facet->beside));
	flow_words(&flow, buffer_str(item), NULL, 0, NULL);
	buffer_add_char(page->out, '\n');
}

/* The name of a field; the flow of what follows. */
static struct flow add_title(struct page *page, const struct answer_facet *facet)
{
	const size_t columns = strlen(facet->field->name);
	const size_t indent = columns < FIELD_COLUMNS ? FIELD_COLUMNS : columns + 1;
	buffer_add_text(page->out, page->looks->name.open);
	buffer_add_text(page->out, facet->field->name);
	buffer_add_text(page->out, page->looks->name.close);
	if (facet->beside.len) {
		add_beside(page, facet, indent, columns);
		add_blanks(page->out, indent);
	} else {
		add_blanks(page->out, indent - columns);
	}
	return flow_start(page->out, page->columns, indent, indent);
}

/* A line a value; what is not listed comes last. */
static void add_lines(struct page *page, const struct answer_facet *facet, struct flow first)
{
	const size_t behind = first.indent + names_width(page, facet) + 2;
	for (size_t i = 0; i < facet->count; i++) {
		const size_t indent = first.indent + DEPTH_COLUMNS * facet->values[i].depth;
		if (i > 0)
			add_blanks(page->out, first.indent);
		add_blanks(page->out, indent - first.indent);
		struct flow flow = flow_start(page->out, page->columns, indent, indent);
		add_value(page, &flow, facet, i);
		if (facet->values[i].trend)
			add_trend(page, &flow, facet->values[i].trend, behind);
		text_end_line(page);
	}
	const size_t before = page->out->len;
	if (facet->count)
		add_blanks(page->out, first.indent);
	const size_t start = page->out->len;
	add_rest(page, &first, facet);
	if (page->out->len > start)
		text_end_line(page);
	else
		page->out->len = before;
}

static bool has_lines(const struct answer_facet *facet)
{
	return facet->tree || (facet->count && facet->values[0].trend);
}

static void add_facet(struct page *page, const struct answer_facet *facet)
{
	struct flow flow = add_title(page, facet);
	if (has_lines(facet)) {
		add_lines(page, facet, flow);
		return;
	}
	for (size_t i = 0; i < facet->count; i++)
		add_value(page, &flow, facet, facet->by_time ? facet->by_time[i] : i);
	add_rest(page, &flow, facet);
	text_end_line(page);
}

/* A field without values says nothing, except when nothing else is said. */
void text_facets(struct page *page)
{
	const struct answer *answer = page->answer;
	bool any = false;
	for (size_t i = 0; i < answer->facet_count; i++)
		any = any || answer->facets[i].count || answer->facets[i].distinct;
	if (answer->facet_count && (any || answer->total))
		buffer_add_char(page->out, '\n');
	for (size_t i = 0; i < answer->facet_count; i++) {
		const struct answer_facet *facet = &answer->facets[i];
		if (facet->count || facet->distinct || (!any && answer->total))
			add_facet(page, facet);
	}
}
