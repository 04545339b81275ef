#include "pieces.h"
#include "printers.h"

#include "dateline/command.h"
#include "dateline/letters.h"
#include "dateline/utf8.h"

#include <inttypes.h>

/*
 * One page that stands for itself: no scripts, nothing from elsewhere, and a policy that forbids both. Every text of an article, of
 * the query and of the index goes through add_text: in HTML (the Living Standard's "Parsing HTML documents"), text and quoted
 * attributes end only at what is escaped there.
 */

static const char head[] =
	"<!DOCTYPE html>\n"
	"<html lang=\"en\">\n"
	"<head>\n"
	"<meta charset=\"utf-8\">\n"
	"<meta http-equiv=\"Content-Security-Policy\" "
	"content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
	"<meta name=\"referrer\" content=\"no-referrer\">\n"
	"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";

static const char style[] =
	"<style>\n"
	":root { color-scheme: light dark; --dim: #666; --line: #ccc; --mark: #fd6; }\n"
	"@media (prefers-color-scheme: dark) { :root { --dim: #aaa; --line: #444; --mark: #752; } }\n"
	"body { font: 1rem system-ui, sans-serif; line-height: 150%; max-width: 70rem; margin: 1rem auto; "
	"padding: 0 1rem; overflow-wrap: anywhere; }\n"
	".page { display: grid; gap: 2rem; grid-template-columns: minmax(0, 3fr) minmax(0, 1fr); }\n"
	"@media (max-width: 45rem) { .page { display: block; } }\n"
	"h1 { font-size: 1.3rem; } h2 { font-size: 1rem; margin: 0; }\n"
	".dim, .facts { color: var(--dim); margin: 0; }\n"
	".hits li { margin-bottom: 1.2rem; } .hits p { margin: .2rem 0; }\n"
	"mark { background: var(--mark); color: inherit; }\n"
	".entity { border-bottom: 2px solid; cursor: help; }\n"
	".person { border-color: #36c; } .org { border-color: #a3a; } .place { border-color: #393; } "
	".other { border-color: #b80; }\n"
	"aside ul { list-style: none; padding: 0; margin: 0 0 1rem; }\n"
	"aside li { display: flex; gap: 1rem; justify-content: space-between; "
	"border-bottom: 1px solid var(--line); }\n"
	".chosen { font-weight: bold; }\n"
	"pre { white-space: pre-wrap; border: 1px solid var(--line); padding: .5rem; }\n"
	"</style>\n";

/* ---- texts ---- */

static void add_escaped(struct buffer *out, struct str text)
{
	for (size_t i = 0; i < text.len; i++)
		switch (text.data[i]) {
		case '&':
			buffer_add_text(out, "&amp;");
			break;
		case '<':
			buffer_add_text(out, "&lt;");
			break;
		case '>':
			buffer_add_text(out, "&gt;");
			break;
		case '"':
			buffer_add_text(out, "&quot;");
			break;
		case '\'':
			buffer_add_text(out, "&#39;");
			break;
		default:
			buffer_add_char(out, text.data[i]);
		}
}

/* For elements and quoted attributes; what commands a terminal (controls, turned directions) is no good in a page either. */
static void add_text(struct buffer *out, struct str text)
{
	struct buffer harmless = { 0 };
	terminal_add_harmless(&harmless, text);
	add_escaped(out, buffer_str(&harmless));
	buffer_release(&harmless);
}

/* Is it an address of the web, and nothing that a browser would run or read otherwise? */
static bool is_web_address(struct str url)
{
	static const char *const schemes[] = { "http://", "https://" };
	size_t start = 0;
	for (size_t i = 0; i < 2; i++) {
		const size_t len = strlen(schemes[i]);
		size_t same = 0;
		while (same < len && same < url.len && to_lower(url.data[same]) == schemes[i][same])
			same++;
		start = same == len ? len : start;
	}
	for (size_t i = 0; i < url.len; i++)
		if ((uint8_t)url.data[i] <= ' ' || url.data[i] == 0x7F || url.data[i] == '\\')
			return false;
	return start && url.len > start;
}

/* What is not ASCII is written in hexadecimal, as browsers do with it anyway. */
static void add_address(struct buffer *out, struct str url)
{
	struct buffer plain = { 0 };
	for (size_t i = 0; i < url.len; i++)
		if ((uint8_t)url.data[i] < 0x80)
			buffer_add_char(&plain, url.data[i]);
		else
			buffer_add_format(&plain, "%%%02X", (uint8_t)url.data[i]);
	add_escaped(out, buffer_str(&plain));
	buffer_release(&plain);
}

/* ---- head ---- */

static void add_head(struct buffer *out, const struct answer *answer)
{
	const struct str query = answer->query.len ? answer->query : STR("All articles");
	buffer_add_text(out, head);
	buffer_add_text(out, "<title>");
	add_text(out, query);
	buffer_add_text(out, "</title>\n");
	buffer_add_text(out, style);
	buffer_add_text(out, "</head>\n<body>\n<header>\n<h1>");
	add_text(out, query);
	buffer_add_text(out, "</h1>\n");
}

static void add_total(struct buffer *out, const struct answer *answer)
{
	buffer_add_text(out, "<p class=\"dim\">");
	if (answer->hit_count) {
		const uint32_t first = answer->hits[0].rank;
		const uint32_t last = answer->hits[answer->hit_count - 1].rank;
		add_grouped(out, first);
		if (last > first) {
			buffer_add_text(out, "–");
			add_grouped(out, last);
		}
		buffer_add_text(out, " of ");
	}
	if (answer->total)
		add_grouped(out, answer->total);
	else
		buffer_add_text(out, "No");
	buffer_add_text(out, answer->total == 1 ? " article, " : " articles, ");
	add_decimal(out, answer->took_ms, answer->took_ms < 10 ? 1 : 0);
	buffer_add_text(out, " ms");
	if (answer->recounted) {
		buffer_add_text(out, ", ");
		add_grouped(out, answer->recounted);
		buffer_add_text(out, " numbers counted again and right");
	}
	buffer_add_text(out, "</p>\n");
}

static void add_hints(struct buffer *out, const struct str_list *hints)
{
	if (!hints->count)
		return;
	buffer_add_text(out, "<ul class=\"hints\">\n");
	for (size_t i = 0; i < hints->count; i++) {
		buffer_add_text(out, "<li>");
		add_text(out, hints->items[i]);
		buffer_add_text(out, "</li>\n");
	}
	buffer_add_text(out, "</ul>\n");
}

/* Its lines are a tree, so they stay as they are. */
static void add_explanation(struct buffer *out, struct str text)
{
	if (!text.len)
		return;
	buffer_add_text(out, "<pre>");
	while (text.len) {
		const char *end = memchr(text.data, '\n', text.len);
		const size_t len = end ? (size_t)(end - text.data) : text.len;
		add_text(out, (struct str){ text.data, len });
		buffer_add_char(out, '\n');
		text.data += len + (end != NULL);
		text.len -= len + (end != NULL);
	}
	buffer_add_text(out, "</pre>\n");
}

/* ---- hits ---- */

static void add_title(struct buffer *out, const struct answer_hit *hit)
{
	const bool is_link = is_web_address(hit->url);
	buffer_add_text(out, "<h2>");
	if (is_link) {
		buffer_add_text(out, "<a rel=\"noopener noreferrer nofollow\" href=\"");
		add_address(out, hit->url);
		buffer_add_text(out, "\">");
	}
	add_text(out, hit->title.len ? hit->title : STR("(no title)"));
	buffer_add_text(out, is_link ? "</a></h2>\n" : "</h2>\n");
}

static void add_facts(struct buffer *out, const struct answer_hit *hit)
{
	char date[DATE_TEXT_SIZE];
	const size_t len = date_format(&hit->published, date);
	const struct str published = len ? (struct str){ date, len } : STR("undated");
	struct buffer id = { 0 };
	id_escape(hit->id, &id);
	const struct str facts[] = { hit->index, hit->source, published, buffer_str(&id) };
	buffer_add_text(out, "<p class=\"facts\">");
	bool any = false;
	for (size_t i = 0; i < sizeof(facts) / sizeof(*facts); i++) {
		if (!facts[i].len)
			continue;
		buffer_add_text(out, any ? " · " : "");
		add_text(out, facts[i]);
		any = true;
	}
	buffer_add_text(out, "</p>\n");
	buffer_release(&id);
}

static void open_entity(struct buffer *out, const struct entity_mark *entity)
{
	const char *field = entity->field->name;
	buffer_add_format(out, "<span class=\"entity %s\" title=\"%s: ", field, field);
	add_text(out, entity->name);
	buffer_add_text(out, "\">");
}

static void add_snippet(struct buffer *out, const struct answer_hit *hit)
{
	const struct snippet *snippet = &hit->snippet;
	if (!snippet->text.len || (!snippet->mark_count && str_equal(snippet->text, hit->title)))
		return;
	buffer_add_text(out, "<p>");
	for (struct piece piece = { 0 }; piece_next(snippet, &piece);) {
		if (piece.opens)
			open_entity(out, piece.entity);
		buffer_add_text(out, piece.is_match ? "<mark>" : "");
		add_text(out,
			 (struct str){ snippet->text.data + piece.start, piece.end - piece.start });
		buffer_add_text(out, piece.is_match ? "</mark>" : "");
		buffer_add_text(out, piece.closes ? "</span>" : "");
	}
	buffer_add_text(out, "</p>\n");
}

static void add_sentence(struct buffer *out, const struct evidence *piece)
{
	const struct str text = piece->sentence;
	const struct mark mark = piece->mark;
	add_text(out, (struct str){ text.data, mark.start });
	buffer_add_text(out, "<mark>");
	add_text(out, (struct str){ text.data + mark.start, mark.end - mark.start });
	buffer_add_text(out, "</mark>");
	add_text(out, (struct str){ text.data + mark.end, text.len - mark.end });
	buffer_add_char(out, ' ');
}

static void add_evidence(struct buffer *out, const struct answer_hit *hit)
{
	if (!hit->evidence_count)
		return;
	buffer_add_text(out, "<ul class=\"why\">\n");
	for (size_t i = 0; i < hit->evidence_count; i++) {
		const struct evidence *piece = &hit->evidence[i];
		buffer_add_text(out, "<li>");
		if (piece->sentence.len)
			add_sentence(out, piece);
		buffer_add_format(out, "<span class=\"dim\">(%s ", piece->field->name);
		add_text(out, piece->name);
		buffer_add_format(out, ": %s %u%%)</span></li>\n", mention_rule_name(piece->rule),
				  piece->confidence);
	}
	if (hit->evidence_more)
		buffer_add_format(out, "<li>and %" PRIu32 " more</li>\n", hit->evidence_more);
	buffer_add_text(out, "</ul>\n");
}

static void add_hits(struct buffer *out, const struct answer *answer)
{
	buffer_add_text(out, "<main>\n");
	if (answer->hit_count)
		buffer_add_format(out, "<ol class=\"hits\" start=\"%" PRIu32 "\">\n",
				  answer->hits[0].rank);
	for (size_t i = 0; i < answer->hit_count; i++) {
		const struct answer_hit *hit = &answer->hits[i];
		buffer_add_text(out, "<li>\n");
		add_title(out, hit);
		add_facts(out, hit);
		add_snippet(out, hit);
		add_evidence(out, hit);
		add_explanation(out, hit->explanation);
		buffer_add_text(out, "</li>\n");
	}
	buffer_add_text(out, answer->hit_count ? "</ol>\n</main>\n" : "</main>\n");
}

/* ---- facets ---- */

static void add_value(struct buffer *out, const struct answer_facet *facet, size_t at)
{
	const struct answer_value *value = &facet->values[at];
	buffer_add_text(out, value->selected ? "<li class=\"chosen\">" : "<li>");
	if (value->depth)
		buffer_add_format(out, "<span style=\"padding-left: %" PRIu32 "rem\">",
				  value->depth < 8 ? value->depth : 8);
	else
		buffer_add_text(out, "<span>");
	add_text(out, facet_value_name(facet, at));
	buffer_add_text(out, "</span> <span>");
	add_grouped(out, value->count);
	if (facet->compared) {
		buffer_add_text(out, " of ");
		add_grouped(out, value->everywhere);
	}
	if (value->trend) {
		buffer_add_text(out, "<br>");
		trend_text(value->trend, out);
	}
	buffer_add_text(out, "</span></li>\n");
}

static void add_rest(struct buffer *out, const char *before, uint32_t count, const char *behind)
{
	if (!count)
		return;
	buffer_add_format(out, "<li class=\"dim\"><span>%s</span> <span>", before);
	add_grouped(out, count);
	buffer_add_format(out, "%s</span></li>\n", behind);
}

static void add_facet(struct buffer *out, const struct answer *answer,
		      const struct answer_facet *facet)
{
	struct buffer title = { 0 };
	facet_title(answer, facet, &title);
	buffer_add_text(out, "<h2>");
	add_text(out, buffer_str(&title));
	buffer_add_text(out, "</h2>\n<ul>\n");
	for (size_t i = 0; i < facet->count; i++)
		add_value(out, facet, facet->by_time ? facet->by_time[i] : i);
	add_rest(out, "and", facet_more(facet), " more");
	add_rest(out, "none", facet->missing, "");
	buffer_add_text(out, "</ul>\n");
	buffer_release(&title);
}

static void add_facets(struct buffer *out, const struct answer *answer)
{
	bool any = false;
	for (size_t i = 0; i < answer->facet_count; i++) {
		const struct answer_facet *facet = &answer->facets[i];
		if (!facet->count && !facet->distinct)
			continue;
		buffer_add_text(out, any ? "" : "<aside>\n");
		add_facet(out, answer, facet);
		any = true;
	}
	buffer_add_text(out, any ? "</aside>\n" : "");
}

void html_answer(const struct answer *answer, const struct render_options *options,
		 struct buffer *out)
{
	add_head(out, answer);
	add_total(out, answer);
	add_hints(out, &answer->hints);
	add_explanation(out, answer->explanation);
	buffer_add_text(out, "</header>\n<div class=\"page\">\n");
	add_hits(out, answer);
	if (!options->quiet_facets)
		add_facets(out, answer);
	buffer_add_text(out, "</div>\n</body>\n</html>\n");
}
