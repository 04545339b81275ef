#include "printers.h"

#include "dateline/json.h"
#include "dateline/utf8.h"

/* The order of members is promised in dateline-search(1). */

static void add_text(struct buffer *out, const char *name, struct str text)
{
	buffer_add_format(out, ",\"%s\":", name);
	json_add_string(out, text);
}

static size_t count_characters(struct str text)
{
	size_t count = 0;
	for (size_t i = 0; i < text.len; i++)
		count += ((uint8_t)text.data[i] & 0xC0) != 0x80;
	return count;
}

/* Most languages that read JSON count in characters, so bytes become code points here. */
static void add_marks(struct buffer *out, const struct snippet *snippet)
{
	buffer_add_text(out, ",\"marks\":[");
	size_t at = 0, characters = 0;
	for (size_t i = 0; i < snippet->mark_count; i++) {
		const struct mark *mark = &snippet->marks[i];
		characters +=
			count_characters((struct str){ snippet->text.data + at, mark->start - at });
		buffer_add_format(out, "%s[%zu,", i ? "," : "", characters);
		characters += count_characters(
			(struct str){ snippet->text.data + mark->start, mark->end - mark->start });
		buffer_add_format(out, "%zu]", characters);
		at = mark->end;
	}
	buffer_add_char(out, ']');
}

static void add_place(struct buffer *out, const struct evidence *piece)
{
	const size_t start =
		count_characters((struct str){ piece->sentence.data, piece->mark.start });
	const size_t end =
		start + count_characters((struct str){ piece->sentence.data + piece->mark.start,
						       piece->mark.end - piece->mark.start });
	buffer_add_format(out, ",\"start\":%zu,\"end\":%zu", start, end);
}

static void add_evidence(struct buffer *out, const struct answer_hit *hit)
{
	buffer_add_text(out, ",\"evidence\":[");
	for (size_t i = 0; i < hit->evidence_count; i++) {
		const struct evidence *piece = &hit->evidence[i];
		buffer_add_format(out, "%s{\"kind\":\"%s\"", i ? "," : "", piece->field->name);
		add_text(out, "name", piece->name);
		json_add_text_or_null(out, "sentence", piece->sentence);
		if (piece->sentence.len)
			add_place(out, piece);
		add_text(out, "rule", str_from(mention_rule_name(piece->rule)));
		buffer_add_format(out, ",\"confidence\":%u}", piece->confidence);
	}
	buffer_add_format(out, "],\"evidence_more\":%u", hit->evidence_more);
}

/* The type comes first, then which query of a batch it is about. */
static void begin_line(struct buffer *out, const struct render_options *options, const char *type)
{
	buffer_add_format(out, "{\"type\":\"%s\"", type);
	if (options->query_id.len)
		add_text(out, "query_id", options->query_id);
}

static void add_hit(struct buffer *out, const struct render_options *options,
		    const struct answer_hit *hit)
{
	char published[DATE_TEXT_SIZE];
	const struct str date = { published, date_format(&hit->published, published) };
	begin_line(out, options, "hit");
	buffer_add_format(out, ",\"rank\":%u", hit->rank);
	add_text(out, "id", hit->id);
	json_add_text_or_null(out, "title", hit->title);
	json_add_text_or_null(out, "source", hit->source);
	json_add_text_or_null(out, "published", date);
	json_add_text_or_null(out, "url", hit->url);
	buffer_add_text(out, ",\"score\":");
	add_decimal(out, hit->score, 4);
	json_add_text_or_null(out, "snippet", hit->snippet.text);
	add_marks(out, &hit->snippet);
	if (hit->explanation.len)
		add_text(out, "explain", hit->explanation);
	if (hit->evidence)
		add_evidence(out, hit);
	buffer_add_text(out, "}\n");
}

static void add_variants(struct buffer *out, const struct variant_list *variants)
{
	buffer_add_text(out, ",\"variants\":[");
	for (size_t i = 0; i < variants->count; i++) {
		buffer_add_format(out, "%s{\"name\":", i ? "," : "");
		json_add_string(out, variants->items[i].name);
		buffer_add_format(out, ",\"count\":%u}", variants->items[i].count);
	}
	buffer_add_char(out, ']');
}

static void add_facet(struct buffer *out, const struct render_options *options,
		      const struct answer_facet *facet)
{
	for (size_t i = 0; i < facet->count; i++) {
		const struct answer_value *value = &facet->values[i];
		begin_line(out, options, "facet");
		add_text(out, "field", str_from(facet->field->name));
		add_text(out, "value", value_text(facet, value));
		buffer_add_format(out, ",\"count\":%u,\"selected\":%s", value->count,
				  value->selected ? "true" : "false");
		if (facet->variants)
			add_variants(out, &facet->variants[i]);
		buffer_add_text(out, "}\n");
	}
}

/* A field that is counted in several steps has a member for each, with the step in its name. */
static bool is_counted_twice(const struct answer *answer, const struct answer_facet *facet)
{
	size_t times = 0;
	for (size_t i = 0; i < answer->facet_count; i++)
		times += answer->facets[i].field == facet->field;
	return times > 1;
}

static void add_distinct(struct buffer *out, const struct answer *answer)
{
	static const char *const steps[] = {
		[STEP_AUTO] = "", [STEP_YEAR] = ":year", [STEP_MONTH] = ":month", [STEP_DAY] = ":day"
	};
	buffer_add_text(out, ",\"facets\":{");
	for (size_t i = 0; i < answer->facet_count; i++) {
		const struct answer_facet *facet = &answer->facets[i];
		const char *step = is_counted_twice(answer, facet) ? steps[facet->step] : "";
		buffer_add_format(out, "%s\"%s%s\":%u", i ? "," : "", facet->field->name, step,
				  facet->distinct);
	}
	buffer_add_char(out, '}');
}

static void add_hints(struct buffer *out, const struct str_list *hints)
{
	buffer_add_text(out, ",\"hints\":[");
	for (size_t i = 0; i < hints->count; i++) {
		if (i)
			buffer_add_char(out, ',');
		json_add_string(out, hints->items[i]);
	}
	buffer_add_char(out, ']');
}

/* Said only where not every word has to be there. */
static void add_match(struct buffer *out, const struct answer *answer)
{
	if (answer->matched != MATCH_ALL)
		buffer_add_format(out, ",\"match\":\"%s\",\"words\":%u,\"words_needed\":%u",
				  answer->matched == MATCH_ANY ? "any" : "most", answer->words,
				  answer->words_needed);
}

static void add_summary(struct buffer *out, const struct render_options *options,
			const struct answer *answer)
{
	begin_line(out, options, "summary");
	buffer_add_format(out, ",\"total\":%u,\"exact\":true,\"took_ms\":", answer->total);
	add_decimal(out, answer->took_ms, 3);
	add_text(out, "query", answer->query);
	add_distinct(out, answer);
	add_match(out, answer);
	if (answer->hints.count)
		add_hints(out, &answer->hints);
	if (answer->explanation.len)
		add_text(out, "explain", answer->explanation);
	if (answer->recounted)
		buffer_add_format(out, ",\"recounted\":%u", answer->recounted);
	buffer_add_text(out, "}\n");
}

void json_answer(const struct answer *answer, const struct render_options *options,
		 struct buffer *out)
{
	for (size_t i = 0; i < answer->hit_count; i++)
		add_hit(out, options, &answer->hits[i]);
	for (size_t i = 0; i < answer->facet_count; i++)
		add_facet(out, options, &answer->facets[i]);
	add_summary(out, options, answer);
}

/* The words of an error may hold a path, which is any bytes, and may be cut inside a character. */
void json_error(const struct error *err, struct buffer *out)
{
	struct buffer message = { 0 };
	utf8_clean(str_from(err->text), &message);
	buffer_add_text(out, "{\"type\":\"error\"");
	add_text(out, "status", str_from(status_name(err->status)));
	add_text(out, "message", buffer_str(&message));
	buffer_add_text(out, "}\n");
	buffer_release(&message);
}
