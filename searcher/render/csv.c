#include "printers.h"

#include "dateline/utf8.h"
#include "dateline/terminal.h"

/*
 * What makes a spreadsheet take a cell for a formula, at its start: a title from anywhere must not run in the
 * reader's spreadsheet. The wide forms are taken for the others in some of them.
 */
static bool begins_formula(struct str cell)
{
	if (!cell.len)
		return false;
	size_t bytes;
	switch (utf8_decode(cell.data, cell.len, &bytes)) {
	case '=':
	case '+':
	case '-':
	case '@':
	case 0xFF1D:
	case 0xFF0B:
	case 0xFF0D:
	case 0xFF20:
		return true;
	default:
		return false;
	}
}

static bool needs_quotes(struct str cell)
{
	static const char special[] = { ',', '"', '\r', '\n' };
	for (size_t i = 0; i < cell.len; i++)
		if (memchr(special, cell.data[i], sizeof(special)))
			return true;
	return cell.len && (cell.data[0] == ' ' || cell.data[cell.len - 1] == ' ');
}

static void add_cell(struct buffer *out, struct str text)
{
	struct buffer cell = { 0 };
	size_t blanks = 0;
	terminal_add_harmless(&cell, text);
	while (blanks < cell.len && cell.data[blanks] == ' ')
		blanks++;
	const struct str shown = { cell.data + blanks, cell.len - blanks };
	const bool quotes = needs_quotes(buffer_str(&cell));
	if (quotes)
		buffer_add_char(out, '"');
	if (cell.len && begins_formula(shown))
		buffer_add_char(out, '\'');
	for (size_t i = 0; i < cell.len; i++) {
		if (cell.data[i] == '"')
			buffer_add_char(out, '"');
		buffer_add_char(out, cell.data[i]);
	}
	if (quotes)
		buffer_add_char(out, '"');
	buffer_release(&cell);
}

static void add_hit(struct buffer *out, const struct answer_hit *hit)
{
	char published[DATE_TEXT_SIZE];
	const struct str date = { published, date_format(&hit->published, published) };
	const struct str before[] = { hit->id, hit->title, hit->source, date, hit->url };
	buffer_add_format(out, "%u,", hit->rank);
	for (size_t i = 0; i < sizeof(before) / sizeof(before[0]); i++) {
		add_cell(out, before[i]);
		buffer_add_char(out, ',');
	}
	add_decimal(out, hit->score, 4);
	buffer_add_char(out, ',');
	add_cell(out, hit->snippet.text);
	if (hit->index.len) {
		buffer_add_char(out, ',');
		add_cell(out, hit->index);
	}
	buffer_add_text(out, "\r\n");
}

/* ---- facets ---- */

static void add_day(struct buffer *out, const struct date *date)
{
	char text[DATE_TEXT_SIZE];
	add_cell(out, (struct str){ text, date_format_sortable(date, text) });
}

static void add_value(struct buffer *out, struct str title, const struct answer_facet *facet,
		      const struct answer_value *value)
{
	add_cell(out, title);
	buffer_add_char(out, ',');
	add_cell(out, value_text(facet, value));
	buffer_add_format(out, ",%u,", value->count);
	if (facet->compared)
		buffer_add_format(out, "%u", value->everywhere);
	buffer_add_format(out, ",%u,%s,", value->depth, value->selected ? "true" : "false");
	if (value->trend)
		add_day(out, &value->trend->first);
	buffer_add_char(out, ',');
	if (value->trend)
		add_day(out, &value->trend->last);
	buffer_add_text(out, "\r\n");
}

/* A row without a value has the articles that have none. */
static void add_facet(struct buffer *out, const struct answer *answer,
		      const struct answer_facet *facet)
{
	struct buffer title = { 0 };
	facet_title(answer, facet, &title);
	for (size_t i = 0; i < facet->count; i++)
		add_value(out, buffer_str(&title), facet, &facet->values[i]);
	if (facet->missing) {
		add_cell(out, buffer_str(&title));
		buffer_add_format(out, ",,%u,,0,false,,\r\n", facet->missing);
	}
	buffer_release(&title);
}

static void add_facets(struct buffer *out, const struct answer *answer)
{
	buffer_add_text(out, "field,value,count,everywhere,depth,selected,first,last\r\n");
	for (size_t i = 0; i < answer->facet_count; i++)
		add_facet(out, answer, &answer->facets[i]);
}

/* RFC 4180. Without a hit, the names of the columns alone. */
void csv_answer(const struct answer *answer, const struct render_options *options, struct buffer *out)
{
	if (options->counts_only) {
		add_facets(out, answer);
		return;
	}
	/* Hits say where they are from when there are several indexes. */
	const bool are_several = answer->hit_count && answer->hits[0].index.len;
	buffer_add_format(out, "rank,id,title,source,published,url,score,snippet%s\r\n",
			  are_several ? ",index" : "");
	for (size_t i = 0; i < answer->hit_count; i++)
		add_hit(out, &answer->hits[i]);
}
