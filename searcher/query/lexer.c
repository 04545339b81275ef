#include "lexer.h"

#include "dateline/letters.h"
#include "dateline/utf8.h"

#include <stdlib.h>

struct lexer {
	struct str text;
	size_t at;
	bool is_fresh;    /* a "-" here is an operator: what is before is a blank, "(" or "-" */
	bool after_minus; /* -OR takes away the word "or" */
	bool in_capitals; /* all of a long query is: no word is an operator */
	struct hints *hints;
	struct lexemes *lexemes;
	size_t operators, operands, depth;
	const struct field *fields[QUERY_DEPTH_MAX + 1]; /* by depth, that of the words without a prefix */
	size_t keywords;                                 /* words that are operators, or would be */
	struct analyser *analyser;                       /* made when first needed */
};

void lexemes_release(struct lexemes *lexemes)
{
	free(lexemes->items);
	*lexemes = (struct lexemes){ 0 };
}

static struct lexeme *push(struct lexer *lexer, enum lexeme_kind kind, struct str text)
{
	struct lexemes *lexemes = lexer->lexemes;
	memory_reserve(&lexemes->items, &lexemes->capacity, lexemes->count, sizeof(*lexemes->items));
	struct lexeme *lexeme = &lexemes->items[lexemes->count++];
	*lexeme = (struct lexeme){ .kind = kind, .text = text, .signs = NO_SIGNS };
	return lexeme;
}

/* ---- characters ---- */

enum mark { MARK_NONE, MARK_QUOTE, MARK_OPEN, MARK_CLOSE };

static enum mark mark_at(struct str text, size_t at, size_t *len)
{
	static const struct {
		struct str bytes;
		enum mark mark;
	} marks[] = {
		{ STR("\""), MARK_QUOTE },
		{ STR("("), MARK_OPEN },
		{ STR(")"), MARK_CLOSE },
		{ STR("\xE2\x80\x9C"), MARK_QUOTE }, /* “ */
		{ STR("\xE2\x80\x9D"), MARK_QUOTE },
		{ STR("\xE2\x80\x9E"), MARK_QUOTE }, /* ” „ */
		{ STR("\xE2\x80\x9F"), MARK_QUOTE },
		{ STR("\xEF\xBC\x82"), MARK_QUOTE }, /* ‟ ＂ */
		{ STR("\xEF\xBC\x88"), MARK_OPEN },
		{ STR("\xEF\xBC\x89"), MARK_CLOSE }, /* （ ） */
	};
	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++) {
		*len = marks[i].bytes.len;
		if (*len <= text.len - at && memcmp(text.data + at, marks[i].bytes.data, *len) == 0)
			return marks[i].mark;
	}
	return MARK_NONE;
}

/* The bytes of the blank at `at`, or 0. */
static size_t blank_at(struct str text, size_t at)
{
	size_t bytes;
	const uint32_t code = utf8_decode(text.data + at, text.len - at, &bytes);
	return utf8_is_blank(code) ? bytes : 0;
}

static bool ends_word(struct str text, size_t at)
{
	size_t len;
	return at == text.len || blank_at(text, at) || mark_at(text, at, &len) != MARK_NONE;
}

static size_t word_end(struct str text, size_t at)
{
	while (!ends_word(text, at)) {
		size_t bytes;
		utf8_decode(text.data + at, text.len - at, &bytes);
		at += bytes;
	}
	return at;
}

/* What is a word is for the analyser to say; it is not troubled for what is plain to see. */
static bool holds_words(struct lexer *lexer, struct str text)
{
	bool is_ascii = true;
	for (size_t i = 0; i < text.len; i++) {
		if (is_letter(text.data[i]) || (text.data[i] >= '0' && text.data[i] <= '9'))
			return true;
		is_ascii &= (unsigned char)text.data[i] < 0x80;
	}
	if (is_ascii)
		return false;
	if (!lexer->analyser)
		lexer->analyser = analyser_new();
	struct token_list tokens = { 0 };
	analyser_run(lexer->analyser, text, 0, 0, &tokens);
	const bool found = tokens.count > 0;
	token_list_release(&tokens);
	return found;
}

/* Every run of white space becomes one blank, and none at the ends. */
static struct str collapse(struct str text, struct arena *arena)
{
	struct buffer out = { 0 };
	for (size_t at = 0, bytes; at < text.len; at += bytes) {
		if ((bytes = blank_at(text, at))) {
			if (out.len && out.data[out.len - 1] != ' ')
				buffer_add_char(&out, ' ');
			continue;
		}
		utf8_decode(text.data + at, text.len - at, &bytes);
		buffer_add(&out, text.data + at, bytes);
	}
	const struct str copy = arena_copy(arena, str_trim(buffer_str(&out)));
	buffer_release(&out);
	return copy;
}

/* ---- limits ---- */

static enum status count_operator(struct lexer *lexer, struct error *err)
{
	if (++lexer->operators > QUERY_OPERATORS_MAX)
		return error_set(
			err, STATUS_TOO_LARGE,
			"the query has more than %d operators (OR, AND, NOT, -, NEAR, ADJ, @s)",
			QUERY_OPERATORS_MAX);
	return STATUS_OK;
}

static enum status push_operator(struct lexer *lexer, enum lexeme_kind kind, struct str text,
				 struct error *err)
{
	const enum status status = count_operator(lexer, err);
	if (status == STATUS_OK)
		push(lexer, kind, text);
	return status;
}

static enum status push_operand(struct lexer *lexer, enum lexeme_kind kind, struct str text,
				const struct field *field, const struct signs *signs,
				struct error *err)
{
	const bool is_text = !field || field->role == FIELD_TEXT;
	if (is_text && !holds_words(lexer, text)) {
		hint_add(lexer->hints, "there is no word in \"%.*s\": it is left out",
			 STR_ARG(message_clip(text, lexer->hints->arena)));
		return STATUS_OK;
	}
	if (++lexer->operands > QUERY_WORDS_MAX)
		return error_set(err, STATUS_TOO_LARGE, "the query has more than %d words",
				 QUERY_WORDS_MAX);
	struct lexeme *lexeme = push(lexer, kind, text);
	lexeme->field = field;
	lexeme->signs = *signs;
	return STATUS_OK;
}

/* Words with their signs: one, or behind the prefix of values several. */
static enum status push_words(struct lexer *lexer, struct str words, const struct field *field,
			      struct error *err)
{
	struct signs signs;
	const struct str text = signs_of_word(words, field, &signs, lexer->hints);
	return push_operand(lexer, LEX_WORD, text, field, &signs, err);
}

/* ---- quotes ---- */

/* The quote at lexer->at has a partner: *inside is what is between them, *next is behind. */
static bool find_closing(const struct lexer *lexer, struct str *inside, size_t *next)
{
	size_t len;
	mark_at(lexer->text, lexer->at, &len);
	const size_t start = lexer->at + len;
	for (size_t at = start; at < lexer->text.len; at++) {
		if (mark_at(lexer->text, at, &len) != MARK_QUOTE)
			continue;
		*inside = (struct str){ lexer->text.data + start, at - start };
		*next = at + len;
		return true;
	}
	return false;
}

static bool is_at_quote(const struct lexer *lexer)
{
	size_t len;
	return lexer->at < lexer->text.len && mark_at(lexer->text, lexer->at, &len) == MARK_QUOTE;
}

static void skip_unclosed(struct lexer *lexer)
{
	size_t len;
	mark_at(lexer->text, lexer->at, &len);
	hint_add(lexer->hints, "a quote is not closed: it is left out");
	lexer->at += len;
}

static struct str rest_of(const struct lexer *lexer)
{
	return (struct str){ lexer->text.data + lexer->at, lexer->text.len - lexer->at };
}

static enum status lex_quoted(struct lexer *lexer, const struct field *field, struct error *err)
{
	struct str inside;
	size_t next;
	if (!find_closing(lexer, &inside, &next)) {
		skip_unclosed(lexer);
		return STATUS_OK;
	}
	lexer->at = next;
	lexer->is_fresh = false;
	struct str text = collapse(inside, lexer->hints->arena);
	struct signs signs, within = NO_SIGNS;
	lexer->at += signs_behind(rest_of(lexer), false, &signs, lexer->hints);
	if (!text.len) {
		hint_add(lexer->hints, "there is nothing between two quotes: they are left out");
		return STATUS_OK;
	}
	if (field && field->role == FIELD_VALUE)
		text = signs_of_word(text, field, &within, lexer->hints);
	signs.prefix = within.prefix;
	return push_operand(lexer, LEX_QUOTED, text, field, &signs, err);
}

/* ---- parentheses ---- */

/* `field`: of the words inside that have no prefix of their own; NULL: as outside. */
static enum status lex_open(struct lexer *lexer, size_t len, const struct field *field,
			    struct error *err)
{
	if (++lexer->depth > QUERY_DEPTH_MAX)
		return error_set(err, STATUS_TOO_LARGE,
				 "the query has more than %d levels of parentheses", QUERY_DEPTH_MAX);
	lexer->fields[lexer->depth] = field ? field : lexer->fields[lexer->depth - 1];
	push(lexer, LEX_OPEN, (struct str){ lexer->text.data + lexer->at, len });
	lexer->at += len;
	lexer->is_fresh = true;
	return STATUS_OK;
}

static enum status lex_close(struct lexer *lexer, size_t len, struct error *err)
{
	const struct str close = { lexer->text.data + lexer->at, len };
	struct signs signs;
	lexer->at += len;
	lexer->at += signs_behind(rest_of(lexer), true, &signs, lexer->hints);
	lexer->is_fresh = false;
	if (!lexer->depth) {
		hint_add(lexer->hints, "a ) has no ( before it: it is left out");
		return STATUS_OK;
	}
	lexer->depth--;
	push(lexer, LEX_CLOSE, close)->signs = signs;
	return signs.sentence ? count_operator(lexer, err) : STATUS_OK;
}

static void close_the_rest(struct lexer *lexer)
{
	if (lexer->depth)
		hint_add(lexer->hints, "a ( is not closed: it goes on to the end of the query");
	for (; lexer->depth; lexer->depth--)
		push(lexer, LEX_CLOSE, STR(""));
}

/* ---- words ---- */

static enum lexeme_kind keyword(struct str word)
{
	uint32_t distance;
	if (str_equal(word, STR("OR")))
		return LEX_OR;
	if (str_equal(word, STR("AND")))
		return LEX_AND;
	if (str_equal(word, STR("NOT")))
		return LEX_NOT;
	const enum placing placing = placing_of_word(word, &distance);
	return placing == PLACING_NEAR ? LEX_NEAR : placing == PLACING_ADJ ? LEX_ADJ : LEX_WORD;
}

/* Is it a prefix that somebody meant? Times (12:30) and drives (C:) are not. */
static bool looks_like_field(struct str name)
{
	for (size_t i = 0; i < name.len; i++)
		if (!is_letter(name.data[i]))
			return false;
	return name.len > 1;
}

static void hint_no_field(struct lexer *lexer, struct str name, struct str word, bool has_rest)
{
	const struct field *nearest = field_nearest(name);
	const struct str shown = message_clip(word, lexer->hints->arena);
	if (!looks_like_field(name) || (!nearest && !has_rest))
		return;
	name = message_clip(name, lexer->hints->arena);
	if (nearest)
		hint_add(lexer->hints,
			 "there is no field \"%.*s\", did you mean \"%s\"? %.*s is taken as words",
			 STR_ARG(name), nearest->name, STR_ARG(shown));
	else
		hint_add(lexer->hints, "there is no field \"%.*s\": %.*s is taken as words",
			 STR_ARG(name), STR_ARG(shown));
}

/* One sign before a word that is left out; what is behind it may well be a field. */
static void skip_sign(struct lexer *lexer)
{
	const struct str text = lexer->text;
	const char sign = text.data[lexer->at];
	if (!lexer->is_fresh || lexer->after_minus || (sign != '+' && sign != '~'))
		return;
	size_t len;
	const bool has_word = !ends_word(text, lexer->at + 1) && text.data[lexer->at + 1] != sign;
	const bool has_quote = lexer->at + 1 < text.len &&
			       mark_at(text, lexer->at + 1, &len) == MARK_QUOTE;
	if (!has_word && !has_quote)
		return;
	if (sign == '+')
		hint_add(lexer->hints,
			 "a + before a word stands for nothing: which words must be there is up to --match");
	else
		hint_add(lexer->hints, "a ~ before a word stands for nothing: it is left out");
	lexer->at++;
}

/* The field of the parentheses that the lexer is in; NULL: none. */
static const struct field *group_field(const struct lexer *lexer)
{
	return lexer->fields[lexer->depth];
}

/* The value of title: is words, and a second prefix among them is not seen as one. */
static void hint_second_prefix(struct lexer *lexer, const struct field *field, struct str rest)
{
	const char *colon = memchr(rest.data, ':', rest.len);
	if (field->role != FIELD_TEXT || !colon ||
	    !field_find((struct str){ rest.data, (size_t)(colon - rest.data) }))
		return;
	hint_add(lexer->hints, "behind %s: there is no other field: %.*s is taken as words",
		 field->name, STR_ARG(message_clip(rest, lexer->hints->arena)));
}

/* A quote that is not closed, right behind a prefix: without it, the next word is what was meant. */
static enum status lex_unclosed_value(struct lexer *lexer, const struct field *field, bool *done,
				      struct error *err)
{
	skip_unclosed(lexer);
	const size_t end = word_end(lexer->text, lexer->at);
	const struct str rest = { lexer->text.data + lexer->at, end - lexer->at };
	*done = rest.len > 0;
	lexer->at = end;
	return *done ? push_words(lexer, rest, field, err) : STATUS_OK;
}

/* A prefix with nothing right behind it but perhaps a quote or a parenthesis. */
static enum status lex_bare_prefix(struct lexer *lexer, const struct field *field, struct str word,
				   struct error *err)
{
	size_t len;
	lexer->at += word.len;
	if (lexer->at < lexer->text.len && mark_at(lexer->text, lexer->at, &len) == MARK_OPEN)
		return lex_open(lexer, len, field, err);
	if (is_at_quote(lexer)) {
		struct str inside;
		size_t next;
		if (find_closing(lexer, &inside, &next))
			return lex_quoted(lexer, field, err);
		bool done;
		const enum status status = lex_unclosed_value(lexer, field, &done, err);
		if (done)
			return status;
	}
	hint_add(lexer->hints, "there is nothing right behind %.*s it is taken as a word",
		 STR_ARG(word));
	return push_operand(lexer, LEX_WORD, word, group_field(lexer), &NO_SIGNS, err);
}

static enum status lex_prefixed(struct lexer *lexer, struct str word, size_t colon, struct error *err)
{
	const struct str name = { word.data, colon };
	const struct str rest = { word.data + colon + 1, word.len - colon - 1 };
	const struct field *field = field_find(name);
	if (field && !rest.len)
		return lex_bare_prefix(lexer, field, word, err);
	if (field) {
		hint_second_prefix(lexer, field, rest);
		lexer->at += word.len;
		return push_words(lexer, rest, field, err);
	}
	lexer->at += word.len;
	hint_no_field(lexer, name, word, rest.len || is_at_quote(lexer));
	return push_words(lexer, word, group_field(lexer), err);
}

static bool begins_name(const struct lexer *lexer, size_t at)
{
	const struct str word = { lexer->text.data + at, word_end(lexer->text, at) - at };
	const char *colon = word.len ? memchr(word.data, ':', word.len) : NULL;
	const size_t prefix = colon ? (size_t)(colon - word.data) : 0;
	return word.len && word.data[0] != '-' && keyword(word) == LEX_WORD &&
	       !field_find((struct str){ word.data, prefix });
}

/* Behind the prefix of values, words in a row in parentheses are one value: to where that ends. */
static size_t name_end(const struct lexer *lexer, size_t end)
{
	for (size_t at = end, blank; at < lexer->text.len && (blank = blank_at(lexer->text, at));) {
		at += blank;
		while (at < lexer->text.len && (blank = blank_at(lexer->text, at)))
			at += blank;
		if (!begins_name(lexer, at))
			break;
		at = end = word_end(lexer->text, at);
	}
	return end;
}

/* A word without a prefix. */
static enum status lex_plain(struct lexer *lexer, struct str word, struct error *err)
{
	const struct field *field = group_field(lexer);
	if (!lexer->in_capitals)
		placing_hint(word, lexer->hints);
	if (field && field->role != FIELD_TEXT) {
		const size_t end = name_end(lexer, lexer->at + word.len);
		word.len = end - lexer->at;
		word = collapse(word, lexer->hints->arena);
		lexer->at = end;
	} else {
		lexer->at += word.len;
	}
	if (str_equal(word, STR("@s")))
		hint_add(lexer->hints, "an @s stands right behind a ): it is taken as a word");
	return push_words(lexer, word, field, err);
}

static enum status lex_keyword(struct lexer *lexer, enum lexeme_kind kind, struct str word,
			       struct error *err)
{
	uint32_t distance = 0;
	lexer->at += word.len;
	if (kind == LEX_NEAR || kind == LEX_ADJ) {
		placing_of_word(word, &distance);
		placing_hint(word, lexer->hints);
	}
	const enum status status = push_operator(lexer, kind, word, err);
	if (status == STATUS_OK)
		lexer->lexemes->items[lexer->lexemes->count - 1].distance = distance;
	return status;
}

static enum status lex_word(struct lexer *lexer, struct error *err)
{
	const size_t end = word_end(lexer->text, lexer->at);
	const struct str word = { lexer->text.data + lexer->at, end - lexer->at };
	const bool is_plain = lexer->after_minus || lexer->in_capitals;
	const enum lexeme_kind kind = is_plain ? LEX_WORD : keyword(word);
	lexer->is_fresh = false;
	lexer->keywords += keyword(word) != LEX_WORD;
	if (kind != LEX_WORD)
		return lex_keyword(lexer, kind, word, err);
	const char *colon = memchr(word.data, ':', word.len);
	if (colon && colon > word.data)
		return lex_prefixed(lexer, word, (size_t)(colon - word.data), err);
	return lex_plain(lexer, word, err);
}

/* One - takes away; a run of them with nothing behind is a dash. */
static enum status lex_minus(struct lexer *lexer, bool *done, struct error *err)
{
	const struct str text = lexer->text;
	size_t behind = lexer->at, len;
	while (behind < text.len && text.data[behind] == '-')
		behind++;
	*done = behind < text.len && !blank_at(text, behind) &&
		mark_at(text, behind, &len) != MARK_CLOSE;
	if (!*done)
		return STATUS_OK;
	const struct str minus = { text.data + lexer->at++, 1 };
	lexer->is_fresh = lexer->after_minus = true;
	return push_operator(lexer, LEX_NOT, minus, err);
}

/* ---- all of it ---- */

static enum status lex_next(struct lexer *lexer, struct error *err)
{
	size_t len = blank_at(lexer->text, lexer->at);
	if (len) {
		lexer->at += len;
		lexer->is_fresh = true;
		lexer->after_minus = false;
		return STATUS_OK;
	}
	if (lexer->text.data[lexer->at] == '-' && lexer->is_fresh) {
		bool done;
		const enum status status = lex_minus(lexer, &done, err);
		if (done || status != STATUS_OK)
			return status;
	}
	skip_sign(lexer);
	const enum mark mark = mark_at(lexer->text, lexer->at, &len);
	enum status status = STATUS_OK;
	if (mark == MARK_QUOTE)
		status = lex_quoted(lexer, group_field(lexer), err);
	else if (mark == MARK_OPEN)
		status = lex_open(lexer, len, NULL, err);
	else if (mark == MARK_CLOSE)
		status = lex_close(lexer, len, err);
	else
		status = lex_word(lexer, err);
	lexer->after_minus = false;
	return status;
}

/* Whoever types nothing but OR looks for the word, or for Oregon. */
static void take_operators_as_words(struct lexer *lexer)
{
	for (size_t i = 0; i < lexer->lexemes->count; i++) {
		struct lexeme *lexeme = &lexer->lexemes->items[i];
		if (keyword(lexeme->text) == LEX_WORD)
			continue;
		lexeme->kind = LEX_WORD;
		hint_add(lexer->hints, "there is nothing beside %.*s: it is taken as a word",
			 STR_ARG(lexeme->text));
	}
}

/* A question that is typed in capitals all through says nothing by those of an AND. */
static bool is_in_capitals(struct str text)
{
	size_t words = 0;
	bool inside = false;
	for (size_t i = 0; i < text.len; i++) {
		const bool was_inside = inside;
		inside = is_letter(text.data[i]);
		words += inside && !was_inside;
	}
	return words >= CAPITALS_WORDS_MIN && !has_lower(text);
}

enum status lex_query(struct str text, struct hints *hints, struct lexemes *lexemes,
		      struct error *err)
{
	struct lexer lexer = { .text = text, .is_fresh = true, .hints = hints, .lexemes = lexemes };
	lexer.in_capitals = is_in_capitals(text);
	enum status status = STATUS_OK;
	while (lexer.at < text.len && status == STATUS_OK)
		status = lex_next(&lexer, err);
	analyser_free(lexer.analyser);
	if (status != STATUS_OK)
		return status;
	close_the_rest(&lexer);
	if (lexer.in_capitals && lexer.keywords)
		hint_add(hints,
			 "all of the query is in capitals: AND, OR and NOT in it are taken as words");
	if (!lexer.operands)
		take_operators_as_words(&lexer);
	push(&lexer, LEX_END, STR(""));
	return STATUS_OK;
}
