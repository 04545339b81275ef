#include "printers.h"

#include "text.h"
#include "layout.h"
#include "pieces.h"
#include "why.h"
#include "../shell.h"

#include "dateline/utf8.h"
#include "dateline/terminal.h"

#include <inttypes.h>
#include <stdio.h>

/*
 * One answer on a terminal:
 *
 *   1-2 of 345 articles, 12 ms
 *
 *   1. Title of the first
 *      Source · 2024-02-07 · id
 *      … the passage with the *words* that match…
 *
 *   place    [x] China (12) · Netherlands (9) · Russia (3) · and 12 more
 *   source   Reuters (40)
 *
 *   Next page: --offset 2 · Narrow: --filter source=Reuters
 */

#define COLUMNS_DEFAULT 80
#define COLUMNS_MIN 20

static const struct looks colored = {
	.title = { "\033[1m", "\033[0m", 0 },
	.facts = { "\033[36m", "\033[0m", 0 },
	.match = { "\033[1;31m", "\033[0m", 0 },
	.name = { "\033[1m", "\033[0m", 0 },
	.chosen = { "\033[1;32m", "\033[0m", 0 },
};

static const struct looks plain = {
	.title = { "", "", 0 },
	.facts = { "", "", 0 },
	.match = { "*", "*", 1 },
	.name = { "", "", 0 },
	.chosen = { "", "", 0 },
};

void text_count(struct buffer *out, uint32_t count)
{
	if (count >= 1000) {
		text_count(out, count / 1000);
		buffer_add_format(out, ",%03" PRIu32, count % 1000);
	} else {
		buffer_add_format(out, "%" PRIu32, count);
	}
}

void text_end_line(struct page *page)
{
	struct buffer *out = page->out;
	while (out->len && out->data[out->len - 1] == ' ')
		out->len--;
	buffer_add_char(out, '\n');
}

/* A paragraph of its own, every line but the first `indent` columns from the edge. */
static void add_paragraph(struct page *page, size_t indent, struct str text)
{
	struct flow flow = flow_start(page->out, page->columns, indent, 0);
	flow_words(&flow, text, NULL, 0, NULL);
	text_end_line(page);
}

/* Lines as they are, each a paragraph that keeps its own indent: an explanation is a tree. */
static void add_lines(struct page *page, size_t indent, struct str text)
{
	while (text.len) {
		const char *end = memchr(text.data, '\n', text.len);
		const size_t len = end ? (size_t)(end - text.data) : text.len;
		size_t blanks = 0;
		while (blanks < len && text.data[blanks] == ' ')
			blanks++;
		const size_t own = indent + (blanks < page->columns / 2 ? blanks : page->columns / 2);
		memset(buffer_extend(page->out, own), ' ', own);
		struct flow flow = flow_start(page->out, page->columns, own, own);
		flow_words(&flow, (struct str){ text.data + blanks, len - blanks }, NULL, 0, NULL);
		text_end_line(page);
		text.data += len + (end != NULL);
		text.len -= len + (end != NULL);
	}
}

/* ---- head ---- */

static void add_articles(struct buffer *out, uint32_t count)
{
	text_count(out, count);
	buffer_add_text(out, count == 1 ? " article" : " articles");
}

static void add_head(struct page *page)
{
	const struct answer *answer = page->answer;
	struct buffer *out = &page->item;
	buffer_reset(out);
	if (!answer->total) {
		buffer_add_text(out, "No articles");
	} else if (answer->hit_count) {
		const uint32_t first = answer->hits[0].rank;
		const uint32_t last = answer->hits[answer->hit_count - 1].rank;
		text_count(out, first);
		if (last > first) {
			buffer_add_char(out, '-');
			text_count(out, last);
		}
		buffer_add_text(out, " of ");
		add_articles(out, answer->total);
	} else {
		add_articles(out, answer->total);
		if (page->options->offset >= answer->total)
			buffer_add_text(out, ", and none after those left out");
	}
	buffer_add_text(out, ", ");
	add_decimal(out, answer->took_ms, answer->took_ms < 10 ? 1 : 0);
	buffer_add_text(out, " ms");
	add_paragraph(page, 0, buffer_str(out));
}

static void add_hints(struct page *page)
{
	const struct str_list *hints = &page->answer->hints;
	for (size_t i = 0; i < hints->count; i++) {
		buffer_add_text(page->out, "- ");
		struct flow flow = flow_start(page->out, page->columns, 2, 2);
		flow_words(&flow, hints->items[i], NULL, 0, NULL);
		text_end_line(page);
	}
}

/* ---- hits ---- */

/* A time is shown when the article has one that was not filled up with zeros. */
static void add_published(struct page *page, const struct date *date)
{
	char text[DATE_TEXT_SIZE];
	size_t len = date_format_sortable(date, text);
	const bool has_time = date->precision >= DATE_MINUTE &&
			      (date->hour || date->minute || date->second);
	if (len > 10) {
		len = has_time ? 16 : 10; /* of "2024-02-07T10:00:00" */
		text[10] = ' ';
	}
	if (!len)
		buffer_add_text(&page->item, "undated");
	buffer_add(&page->item, text, len);
}

static void start_line(struct page *page, size_t indent)
{
	memset(buffer_extend(page->out, indent), ' ', indent);
}

static void add_facts(struct page *page, const struct answer_hit *hit, size_t indent)
{
	const struct style *style = &page->looks->facts;
	start_line(page, indent);
	struct flow flow = flow_start(page->out, page->columns, indent, indent);
	if (hit->index.len)
		flow_item(&flow, SEPARATOR, hit->index, style, true);
	if (hit->source.len)
		flow_item(&flow, SEPARATOR, hit->source, style, false);
	buffer_reset(&page->item);
	add_published(page, &hit->published);
	flow_item(&flow, SEPARATOR, buffer_str(&page->item), style, false);
	flow_item(&flow, SEPARATOR, hit->id, style, true);
	if (hit->url.len && !str_equal(hit->url, hit->id))
		flow_item(&flow, SEPARATOR, hit->url, style, true);
	text_end_line(page);
}

static void add_snippet(struct page *page, const struct answer_hit *hit, size_t indent)
{
	const struct snippet *snippet = &hit->snippet;
	/* The snippet of an article that is a title alone is that title. */
	if (!snippet->text.len || (!snippet->mark_count && str_equal(snippet->text, hit->title)))
		return;
	start_line(page, indent);
	struct flow flow = flow_start(page->out, page->columns, indent, indent);
	pieces_flow(snippet, page->options->color, &page->looks->match, &flow);
	text_end_line(page);
}

static void add_hit(struct page *page, const struct answer_hit *hit, int rank_columns)
{
	const size_t indent = (size_t)rank_columns + 2;
	const struct mark whole = { 0, (uint32_t)hit->title.len };
	buffer_add_format(page->out, "\n%*" PRIu32 ". ", rank_columns, hit->rank);
	struct flow flow = flow_start(page->out, page->columns, indent, indent);
	if (hit->title.len)
		flow_words(&flow, hit->title, &whole, 1, &page->looks->title);
	else
		flow_words(&flow, STR("(no title)"), NULL, 0, NULL);
	text_end_line(page);
	add_facts(page, hit, indent);
	add_snippet(page, hit, indent);
	why_add(hit, page->columns, indent, &page->looks->match, page->out);
	add_lines(page, indent, hit->explanation);
}

static void add_hits(struct page *page)
{
	const struct answer *answer = page->answer;
	if (!answer->hit_count)
		return;
	char last[16];
	const int rank_columns =
		snprintf(last, sizeof(last), "%" PRIu32, answer->hits[answer->hit_count - 1].rank);
	for (size_t i = 0; i < answer->hit_count; i++)
		add_hit(page, &answer->hits[i], rank_columns);
}

/* ---- what next ---- */

/* Choosing one more value of a field that has a choice would widen the answer, so such a field is no example. */
static bool has_choice(const struct answer_facet *facet)
{
	for (size_t i = 0; i < facet->count; i++)
		if (facet->values[i].selected)
			return true;
	return false;
}

/* It can be shown as it must be typed. */
static bool can_be_typed(struct str value)
{
	struct buffer harmless = { 0 };
	terminal_add_harmless(&harmless, value);
	const bool same = str_equal(buffer_str(&harmless), value);
	buffer_release(&harmless);
	return same && value.len;
}

/* Fields whose values say most about what an answer is about: an example is taken from them, if it can be. */
static bool is_telling(const struct field *field)
{
	switch (field->kind) {
	case KIND_PERSON:
	case KIND_ORG:
	case KIND_PLACE:
	case KIND_TOPIC:
	case KIND_SOURCE:
		return true;
	default:
		return false;
	}
}

struct example {
	const struct answer_facet *facet;
	const struct answer_value *value;
	uint64_t distance; /* of its count from half of the articles, doubled */
};

static void consider(const struct answer *answer, const struct answer_facet *facet,
		     struct example *example)
{
	if (has_choice(facet) || facet->beside.len)
		return;
	for (size_t i = 0; i < facet->count; i++) {
		const struct answer_value *value = &facet->values[i];
		const uint64_t twice = (uint64_t)value->count * 2;
		const uint64_t distance = twice > answer->total ? twice - answer->total
								: answer->total - twice;
		if (!value->count || value->count >= answer->total ||
		    (example->value && distance >= example->distance) ||
		    !can_be_typed(value_text(facet, value)))
			continue;
		*example = (struct example){ facet, value, distance };
	}
}

/* The value that would leave nearest to half of the articles; none when all would leave all. */
static bool add_example_filter(struct page *page, struct buffer *out)
{
	const struct answer *answer = page->answer;
	struct example example = { 0 };
	for (int telling = 1; telling >= 0 && !example.value; telling--)
		for (size_t f = 0; f < answer->facet_count; f++)
			if (is_telling(answer->facets[f].field) == telling)
				consider(answer, &answer->facets[f], &example);
	if (!example.value)
		return false;
	struct buffer filter = { 0 };
	buffer_add_format(&filter, "%s=%.*s", example.facet->field->name,
			  STR_ARG(value_text(example.facet, example.value)));
	buffer_add_text(out, "--filter ");
	shell_add_word(out, buffer_str(&filter));
	buffer_release(&filter);
	return true;
}

static void add_next(struct page *page)
{
	const struct answer *answer = page->answer;
	struct buffer *item = &page->item;
	struct flow flow = flow_start(page->out, page->columns, 0, 0);
	const uint32_t last = answer->hit_count ? answer->hits[answer->hit_count - 1].rank : 0;
	buffer_reset(item);
	if (!page->options->quiet_facets) {
		buffer_add_text(item, "Narrow: ");
		if (!add_example_filter(page, item))
			buffer_reset(item);
	}
	const bool has_more = last && last < answer->total;
	if (!item->len && !has_more)
		return;
	buffer_add_char(page->out, '\n');
	if (item->len)
		flow_item(&flow, SEPARATOR, buffer_str(item), NULL, true);
	if (has_more) {
		buffer_reset(item);
		buffer_add_format(item, "Next page: --offset %" PRIu32, last);
		flow_item(&flow, SEPARATOR, buffer_str(item), NULL, true);
	}
	buffer_add_char(page->out, '\n');
}

static void add_recounted(struct page *page)
{
	struct buffer *item = &page->item;
	if (!page->answer->recounted)
		return;
	buffer_reset(item);
	buffer_add_text(item, "Counted again: ");
	text_count(item, page->answer->recounted);
	buffer_add_text(item, page->answer->recounted == 1 ? " number, and it is right."
							   : " numbers, all of them right.");
	buffer_add_char(page->out, '\n');
	add_paragraph(page, 0, buffer_str(item));
}

void text_answer(const struct answer *answer, const struct render_options *options,
		 struct buffer *out)
{
	const size_t columns = options->columns ? options->columns : COLUMNS_DEFAULT;
	struct page page = {
		.answer = answer,
		.options = options,
		.looks = options->color ? &colored : &plain,
		.columns = columns < COLUMNS_MIN ? COLUMNS_MIN : columns,
		.out = out,
	};
	add_head(&page);
	add_hints(&page);
	add_lines(&page, 0, answer->explanation);
	add_hits(&page);
	if (!options->quiet_facets)
		text_facets(&page);
	add_next(&page);
	add_recounted(&page);
	buffer_release(&page.item);
}
