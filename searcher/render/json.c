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

static void add_entities(struct buffer *out, const struct snippet *snippet)
{
	size_t at = 0, characters = 0;
	buffer_add_text(out, ",\"entities\":[");
	for (size_t i = 0; i < snippet->entity_count; i++) {
		const struct entity_mark *entity = &snippet->entities[i];
		const char *text = snippet->text.data;
		const struct mark mark = entity->mark;
		characters += count_characters((struct str){ text + at, mark.start - at });
		buffer_add_format(out, "%s{\"start\":%zu", i ? "," : "", characters);
		characters +=
			count_characters((struct str){ text + mark.start, mark.end - mark.start });
		buffer_add_format(out, ",\"end\":%zu,\"field\":\"%s\"", characters,
				  entity->field->name);
		add_text(out, "value", entity->name);
		buffer_add_char(out, '}');
		at = mark.end;
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
	if (hit->index.len)
		add_text(out, "index", hit->index);
	json_add_text_or_null(out, "title", hit->title);
	json_add_text_or_null(out, "source", hit->source);
	json_add_text_or_null(out, "published", date);
	json_add_text_or_null(out, "url", hit->url);
	buffer_add_text(out, ",\"score\":");
	add_decimal(out, hit->score, 4);
	json_add_text_or_null(out, "snippet", hit->snippet.text);
	add_marks(out, &hit->snippet);
	if (hit->snippet.entities)
		add_entities(out, &hit->snippet);
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

static void add_trend(struct buffer *out, const struct value_trend *trend)
{
	char first[DATE_TEXT_SIZE], last[DATE_TEXT_SIZE];
	json_add_text_or_null(out, "first",
			      (struct str){ first, date_format_sortable(&trend->first, first) });
	json_add_text_or_null(out, "last",
			      (struct str){ last, date_format_sortable(&trend->last, last) });
	buffer_add_text(out, ",\"trend\":[");
	for (size_t i = 0; i < TREND_STEPS; i++)
		buffer_add_format(out, "%s%u", i ? "," : "", trend->counts[i]);
	buffer_add_char(out, ']');
}

static void add_value(struct buffer *out, const struct answer_facet *facet, size_t at)
{
	const struct answer_value *value = &facet->values[at];
	add_text(out, "field", str_from(facet->field->name));
	if (facet->beside.len)
		add_text(out, "beside", facet->beside);
	add_text(out, "value", value_text(facet, value));
	if (facet->tree)
		buffer_add_format(out, ",\"depth\":%u", value->depth);
	buffer_add_format(out, ",\"count\":%u", value->count);
	if (facet->compared)
		buffer_add_format(out, ",\"everywhere\":%u", value->everywhere);
	buffer_add_format(out, ",\"selected\":%s", value->selected ? "true" : "false");
	if (value->trend)
		add_trend(out, value->trend);
	if (facet->variants)
		add_variants(out, &facet->variants[at]);
}

static void add_facet(struct buffer *out, const struct render_options *options,
		      const struct answer_facet *facet)
{
	for (size_t i = 0; i < facet->count; i++) {
		begin_line(out, options, "facet");
		add_value(out, facet, i);
		buffer_add_text(out, "}\n");
	}
}

/* A member for each facet, with a number of it. */
static void add_facet_name(struct buffer *out, const struct answer *answer,
			   const struct answer_facet *facet, bool is_first)
{
	struct buffer name = { 0 };
	facet_title(answer, facet, &name);
	if (!is_first)
		buffer_add_char(out, ',');
	json_add_string(out, buffer_str(&name));
	buffer_add_char(out, ':');
	buffer_release(&name);
}

static void add_distinct(struct buffer *out, const struct answer *answer)
{
	buffer_add_text(out, ",\"facets\":{");
	for (size_t i = 0; i < answer->facet_count; i++) {
		add_facet_name(out, answer, &answer->facets[i], i == 0);
		buffer_add_format(out, "%u", answer->facets[i].distinct);
	}
	buffer_add_char(out, '}');
}

/* Of fields that articles can be without: what is undated is a value. */
static void add_missing(struct buffer *out, const struct answer *answer)
{
	bool is_first = true;
	for (size_t i = 0; i < answer->facet_count; i++) {
		const struct answer_facet *facet = &answer->facets[i];
		if (facet->field->kind == KIND_NONE || facet->beside.len)
			continue;
		buffer_add_text(out, is_first ? ",\"missing\":{" : "");
		add_facet_name(out, answer, facet, is_first);
		buffer_add_format(out, "%u", facet->missing);
		is_first = false;
	}
	buffer_add_text(out, is_first ? "" : "}");
}

/* The time that trends are of, the same for all values of a field. */
static void add_spans(struct buffer *out, const struct answer *answer)
{
	bool is_first = true;
	for (size_t i = 0; i < answer->facet_count; i++) {
		const struct answer_facet *facet = &answer->facets[i];
		char from[DATE_TEXT_SIZE], to[DATE_TEXT_SIZE];
		if (facet->from.precision == DATE_NONE)
			continue;
		const size_t from_len = date_format_sortable(&facet->from, from);
		const size_t to_len = date_format_sortable(&facet->to, to);
		buffer_add_text(out, is_first ? ",\"trends\":{" : "");
		add_facet_name(out, answer, facet, is_first);
		buffer_add_format(out, "{\"from\":\"%.*s\",\"to\":\"%.*s\"}", (int)from_len, from,
				  (int)to_len, to);
		is_first = false;
	}
	buffer_add_text(out, is_first ? "" : "}");
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

static void add_suggestions(struct buffer *out, const struct answer *answer)
{
	buffer_add_text(out, ",\"did_you_mean\":{\"query\":");
	json_add_string(out, answer->meant_query);
	buffer_add_text(out, ",\"filters\":[");
	for (size_t i = 0; i < answer->meant_filters.count; i++) {
		buffer_add_text(out, i ? "," : "");
		json_add_string(out, answer->meant_filters.items[i]);
	}
	buffer_add_text(out, "],\"changes\":[");
	for (size_t i = 0; i < answer->suggestion_count; i++) {
		const struct suggestion *made = &answer->suggestions[i];
		buffer_add_text(out, i ? ",{\"typed\":" : "{\"typed\":");
		json_add_string(out, made->typed);
		add_text(out, "meant", made->meant);
		json_add_text_or_null(out, "field",
				      made->field ? str_from(made->field->name) : STR(""));
		buffer_add_format(out, ",\"has\":%u,\"count\":%u}", made->has, made->count);
	}
	buffer_add_text(out, "]}");
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
	add_missing(out, answer);
	add_spans(out, answer);
	add_match(out, answer);
	if (answer->hints.count)
		add_hints(out, &answer->hints);
	if (answer->suggestion_count)
		add_suggestions(out, answer);
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
