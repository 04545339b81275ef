#include "formats.h"

#include "fields.h"
#include "json_scan.h"
#include "lines.h"

/* ---- telling ---- */

int json_sniff(struct str head, bool whole, const char *path)
{
	(void)whole;
	const bool is_named = path_ends_in(path, ".json");
	size_t at = white_length(head);
	if (at == head.len)
		return 0;
	const bool is_array = head.data[at] == '[';
	if (!is_array && head.data[at] != '{')
		return is_named ? 40 : 0; /* so that what is wrong with it is said */
	at++;
	at += white_length((struct str){ head.data + at, head.len - at });
	const char next = at < head.len ? head.data[at] : 0;
	const bool is_likely = is_array ? next == '{' || next == ']' : next == '"' || next == '}';
	return is_likely ? 80 : is_named ? 60 : 10;
}

/* ---- splitting ---- */

/*
 * One record a value: objects, one behind the other or in one array around all. Only as much is
 * understood as it takes to find the ends: strings, and how deep it is nested. A string ends with its
 * line, as none can hold a newline.
 *
 * Where a bracket is missing, the rest of the stream would be one bad record. Then the record is
 * ended before the next line with a brace at the same column as its own; once that was necessary,
 * every such line begins a record.
 */
struct json_state {
	enum { BETWEEN, NESTED, SCALAR } where;
	char open; /* the bracket that the record begins with */
	size_t depth;
	bool in_string, escaped;
	size_t held;   /* 1 when the byte at split->seen was looked at already */
	size_t done;   /* the record's length, when all that is asked is whether more follows */
	bool in_array; /* the array around all is open */
	bool had_array;
	bool mistrusts;    /* brackets were missing before */
	size_t indent;     /* blanks before the record's brace in its line */
	size_t line_blank; /* blanks of the line at hand; NO_INDENT behind its first other byte */
	size_t way_out;    /* where the first later line like the record's own begins; 0 for none */
};

#define NO_INDENT SIZE_MAX

/* White space of so much is looked through to see whether a record is alone in its file. */
#define LOOK_AHEAD ((size_t)4096)

_Static_assert(sizeof(struct json_state) <= SPLIT_STATE_BYTES, "the state is too large");

static size_t end_record(struct json_state *state, size_t take, size_t line_blank)
{
	state->where = BETWEEN;
	state->depth = 0;
	state->in_string = state->escaped = false;
	state->held = state->done = state->way_out = 0;
	state->line_blank = line_blank;
	return take;
}

/* True when the byte belongs to no record: white space, commas, the brackets of the array around all. */
static bool is_between(struct json_state *state, char c)
{
	if (c == '\n') {
		state->line_blank = 0;
		return true;
	}
	if (is_white(c)) {
		state->line_blank += state->line_blank != NO_INDENT;
		return true;
	}
	if (c == '[' && !state->in_array)
		state->in_array = state->had_array = true;
	else if (c == ']' && state->in_array)
		state->in_array = false;
	else if (c != ',')
		return false;
	state->line_blank = NO_INDENT;
	return true;
}

/* Moves split->skip to the first byte of a record; false when there is none yet. */
static bool find_record(struct json_state *state, struct split *split)
{
	const struct str have = split->have;
	size_t at = 0;
	while (at < have.len && is_between(state, have.data[at]))
		at++;
	split->skip = at;
	if (at == have.len) {
		if (split->at_end && state->in_array)
			split->flaw =
				"the array around the objects is not closed: the end is missing";
		state->in_array = state->in_array && !split->at_end;
		return false;
	}
	const char c = have.data[at];
	state->where = c == '{' || c == '[' ? NESTED : SCALAR;
	state->open = c;
	state->indent = state->line_blank;
	state->line_blank = NO_INDENT;
	return true;
}

/* A byte outside strings of a nested value. True when a line like the record's own begins with it. */
static bool is_like_first(struct json_state *state, char c)
{
	if (c == '\n') {
		state->line_blank = 0;
		return false;
	}
	if (state->line_blank == NO_INDENT)
		return false;
	if (is_white(c)) {
		state->line_blank++;
		return false;
	}
	const size_t blanks = state->line_blank;
	state->line_blank = NO_INDENT;
	return c == '{' && blanks == state->indent;
}

/* Goes on inside a string from `at`; returns where it stopped. */
static size_t pass_string(struct json_state *state, struct str have, size_t at)
{
	const char *end = have.data + have.len;
	if (!state->escaped)
		at = (size_t)(json_plain_end(have.data + at, end) - have.data);
	if (at == have.len)
		return at;
	const char c = have.data[at];
	if (c == '\n') {
		state->in_string = state->escaped = false;
		return at;
	}
	state->in_string = state->escaped || c != '"';
	state->escaped = !state->escaped && c == '\\';
	return at + 1;
}

/* Both pass functions go on from `at` and return where they stopped; *ended: the record ends there. */
static size_t pass_scalar(struct str have, size_t at, bool *ended)
{
	at += at == 0;
	while (at < have.len && !strchr("\n,{[]", have.data[at]))
		at++;
	*ended = at < have.len;
	return at;
}

static size_t pass_nested(struct json_state *state, struct str have, size_t at, bool *ended)
{
	while (at < have.len) {
		if (state->in_string) {
			at = pass_string(state, have, at);
			continue;
		}
		if (at > RECORD_BYTES_MAX && state->way_out)
			break;
		const char c = have.data[at];
		if (at && is_like_first(state, c)) {
			if (!state->way_out)
				state->way_out = at;
			if (state->mistrusts)
				break;
		}
		/* The end of the array around all, before that of the object. */
		if (c == ']' && state->depth == 1 && state->open == '{') {
			*ended = true;
			break;
		}
		at++;
		if (c == '"')
			state->in_string = true;
		else if (c == '{' || c == '[')
			state->depth++;
		else if ((c == '}' || c == ']') && (*ended = --state->depth == 0))
			break;
	}
	return at;
}

/* Is it all of the stream? -1: that takes more bytes. */
static int is_alone(const struct json_state *state, const struct split *split, struct str have,
		    size_t len)
{
	if (split->records || split->inside || state->had_array || have.data[0] != '{' ||
	    len > RECORD_BYTES_MAX)
		return false;
	const struct str behind = { have.data + len, have.len - len };
	const size_t white = white_length(behind);
	if (white < behind.len || white >= LOOK_AHEAD)
		return false;
	return split->at_end ? true : -1;
}

/* The brackets say that the record ends behind `len` bytes. */
static size_t end_properly(struct json_state *state, struct split *split, struct str have, size_t len)
{
	const int alone = is_alone(state, split, have, len);
	if (alone < 0) {
		state->done = split->seen = len;
		return 0;
	}
	split->is_single = alone;
	state->mistrusts |= len > RECORD_BYTES_MAX;
	return end_record(state, len, NO_INDENT);
}

size_t json_split(struct split *split)
{
	struct json_state *state = split->state;
	if (state->where == BETWEEN && !find_record(state, split))
		return 0;
	const struct str have = { split->have.data + split->skip, split->have.len - split->skip };
	if (state->done)
		return end_properly(state, split, have, state->done);
	state->mistrusts |= split->inside;
	bool ended = false;
	const size_t from = split->seen + state->held;
	const size_t at = state->where == NESTED ? pass_nested(state, have, from, &ended)
						 : pass_scalar(have, from, &ended);
	if (ended) {
		split->lost = state->depth ? "array" : NULL;
		return end_properly(state, split, have, at);
	}
	const bool is_stuck = split->at_end || state->mistrusts || at > RECORD_BYTES_MAX;
	if (is_stuck && state->way_out) {
		state->mistrusts = true;
		return end_record(state, state->way_out, state->indent);
	}
	if (split->at_end) {
		split->lost = state->where == NESTED ? "file" : NULL;
		state->in_array = false; /* one complaint is enough */
		split->is_single = !split->records && !state->had_array && !split->inside;
		return end_record(state, have.len, NO_INDENT);
	}
	/* The last byte is kept, or a record that ends before the next byte would take none. */
	split->seen = at - 1;
	state->held = 1;
	return 0;
}

/* ---- parsing ---- */

static enum status fill_article(const cJSON *object, struct text_builder *builder,
				struct arena *arena, struct article *article, struct error *err)
{
	struct given given;
	given_collect(object, &given);
	/* Blank ones are an article without words, and archives have them. */
	if (!given_has(&given, GIVEN_TITLE) && !given_has(&given, GIVEN_BODY))
		return error_set(err, STATUS_BAD_INPUT, "it has neither a title nor a body");
	enum status status = given_fill(&given, arena, article, err);
	if (status == STATUS_OK)
		status = given_add_title(&given, builder, article, err);
	if (status == STATUS_OK)
		status = given_add_body(&given, builder, article, err);
	return status;
}

enum status json_parse(const struct record_bytes *record, struct text_builder *builder,
		       struct arena *arena, struct article *article, struct error *err)
{
	const cJSON *object;
	const enum status status =
		json_scan(record, &builder->scratch, &object, &article->replaced, err);
	return status == STATUS_OK ? fill_article(object, builder, arena, article, err) : status;
}
