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
	buffer_add_text(out, "\r\n");
}

/* RFC 4180. Without a hit, the names of the columns alone. */
void csv_answer(const struct answer *answer, const struct render_options *options, struct buffer *out)
{
	(void)options;
	buffer_add_text(out, "rank,id,title,source,published,url,score,snippet\r\n");
	for (size_t i = 0; i < answer->hit_count; i++)
		add_hit(out, &answer->hits[i]);
}
