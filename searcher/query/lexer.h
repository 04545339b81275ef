/*
 * lexer.h: a query as typed -> words, quoted texts, parentheses and operators, and hints about what could not be
 * made sense of. Private to this room.
 *
 * What comes out is easy to parse: parentheses are balanced, and there is an operand when there is anything but
 * operators. What holds no word at all is left out here already.
 */
#ifndef DATELINE_QUERY_LEXER_H
#define DATELINE_QUERY_LEXER_H

#include "signs.h"

enum lexeme_kind {
	LEX_END,
	LEX_WORD,
	LEX_QUOTED,
	LEX_OPEN,
	LEX_CLOSE, /* its text is empty when nobody wrote it */
	LEX_OR,
	LEX_AND,
	LEX_NOT, /* NOT or - */
	LEX_NEAR,
	LEX_ADJ,
};

struct lexeme {
	enum lexeme_kind kind;
	struct str text;           /* in the arena; without quotes, prefix and signs behind */
	const struct field *field; /* of a WORD or QUOTED, when there was a prefix */
	uint32_t distance;         /* of NEAR and ADJ */
	struct signs signs;        /* behind a WORD, QUOTED or CLOSE */
};

struct lexemes {
	struct lexeme *items; /* ends with LEX_END */
	size_t count, capacity;
};

void lexemes_release(struct lexemes *lexemes);

/*
 * Appends the lexemes of clean text (utf8.h). STATUS_TOO_LARGE: more operators, operands or open parentheses than
 * query.h allows.
 */
enum status lex_query(struct str text, struct hints *hints, struct lexemes *lexemes,
		      struct error *err);

#endif
