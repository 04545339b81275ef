#include "when_window.h"

#include "dateline/letters.h"

/* Longer words have nothing to do with dates, and are not worth going through again and again. */
#define WORD_BYTES_MAX 64

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_begun(const char *at, size_t len, const char *bytes, size_t size)
{
	return len >= size && memcmp(at, bytes, size) == 0;
}

/*
 * The marks of Latin-1 (U+0080 to U+00BF), punctuation and symbols (U+2000 to U+2BFF), and the scripts from U+3000 on, which
 * are written without blanks.
 */
size_t lex_parting(const char *at, size_t len)
{
	const unsigned char c = (unsigned char)*at;
	if (c < 0x80)
		return !is_digit(*at) && !is_letter(*at);
	if (c == 0xc2)
		return len < 2 ? len : 2;
	if (c == 0xe2 && len >= 3 && (unsigned char)at[1] < 0xb0)
		return 3;
	if (c >= 0xe3 && c <= 0xef)
		return len < 3 ? len : 3;
	return 0;
}

/* An apostrophe, typewritten or printed; its bytes. */
static size_t apostrophe(const char *at, size_t len)
{
	if (len && *at == '\'')
		return 1;
	return is_begun(at, len, "\xe2\x80\x99", 3) ? 3 : 0;
}

/* ---- forward ---- */

static size_t word_run(const char *at, size_t len)
{
	size_t n = 0;
	while (n < len && n < WORD_BYTES_MAX && !lex_parting(at + n, len - n))
		n++;
	return n;
}

static size_t digit_run(const char *at, size_t len)
{
	size_t n = 0;
	while (n < len && is_digit(at[n]))
		n++;
	return n;
}

static bool is_ordinal_ending(const char *at, size_t len)
{
	static const char endings[][3] = { "st", "nd", "rd", "th" };
	for (size_t i = 0; len == 2 && i < sizeof(endings) / sizeof(*endings); i++)
		if ((at[0] | 0x20) == endings[i][0] && (at[1] | 0x20) == endings[i][1])
			return true;
	return false;
}

/* Digits, and marks between them: "1,234.5", "10:30". */
static size_t number_run(const char *at, size_t len)
{
	size_t n = digit_run(at, len);
	while (n + 1 < len && n < WORD_BYTES_MAX &&
	       (at[n] == ',' || at[n] == '.' || at[n] == ':') && is_digit(at[n + 1]))
		n += 1 + digit_run(at + n + 1, len - n - 1);
	return n;
}

static void classify_number(const char *at, size_t digits, struct lexeme *lexeme)
{
	int32_t value = 0;
	for (size_t i = 0; i < digits; i++)
		value = value * 10 + (at[i] - '0');
	lexeme->value = value;
	lexeme->digits = (uint8_t)digits;
	lexeme->class = LEX_NUMBER;
	if (digits <= 2 && value >= 1 && value <= 31)
		lexeme->class = LEX_DAY;
	else if (digits == 4 && value >= YEAR_FIRST && value <= YEAR_LAST)
		lexeme->class = LEX_YEAR;
}

static void read_number(const char *at, size_t len, struct lexeme *lexeme)
{
	const size_t digits = digit_run(at, len), whole = number_run(at, len);
	const size_t letters = word_run(at + whole, len - whole);
	lexeme->class = LEX_ODD;
	if (whole == digits && digits <= 4 && !letters) {
		classify_number(at, digits, lexeme);
	} else if (whole == digits && digits <= 2 && is_ordinal_ending(at + whole, letters)) {
		classify_number(at, digits, lexeme);
		lexeme->is_ordinal = true;
	}
	lexeme->end = lexeme->next = lexeme->start + (uint32_t)(whole + letters);
	/* "the 1990's" */
	const size_t mark = apostrophe(at + whole, len - whole);
	if (lexeme->class == LEX_YEAR && lexeme->value % 10 == 0 && mark &&
	    word_run(at + whole + mark, len - whole - mark) == 1 && (at[whole + mark] | 0x20) == 's')
		lexeme->class = LEX_ODD;
}

static bool is_shouted(const char *at, size_t len)
{
	size_t capitals = 0;
	for (size_t i = 0; i < len; i++) {
		if (is_letter(at[i]) && !is_upper(at[i]))
			return false;
		capitals += is_upper(at[i]);
	}
	return capitals > 1;
}

/* Months and weekdays are written with a capital; "may" is a verb. */
static void classify_word(const char *at, size_t len, struct lexeme *lexeme)
{
	const struct when_word *word = when_word_find(at, len);
	lexeme->class = LEX_WORD;
	lexeme->is_capital = is_upper(*at);
	lexeme->is_all_capitals = lexeme->is_capital && is_shouted(at, len);
	if (word && (lexeme->is_capital || (word->class != LEX_MONTH && word->class != LEX_WEEKDAY))) {
		lexeme->class = word->class;
		lexeme->value = word->value;
		lexeme->flags = word->flags;
	} else if (word && word->class == LEX_MONTH && word->value == 5) {
		lexeme->flags = WORD_FUTURE;
	}
}

static void read_word(const char *at, size_t len, struct lexeme *lexeme)
{
	const size_t letters = word_run(at, len);
	size_t size = letters;
	const size_t mark = apostrophe(at + size, len - size);
	if (mark) {
		const size_t more = word_run(at + size + mark, len - size - mark);
		lexeme->is_possessive = more == 1 && (at[size + mark] | 0x20) == 's';
		size += more ? mark + more : 0;
	}
	lexeme->next = lexeme->start + (uint32_t)size;
	lexeme->end = lexeme->is_possessive ? lexeme->start + (uint32_t)letters : lexeme->next;
	classify_word(at, lexeme->end - lexeme->start, lexeme);
	if (lexeme->flags & WORD_SHORT && size < len && at[size] == '.')
		lexeme->end = ++lexeme->next;
}

static char class_of_mark(const char *at, size_t size)
{
	static const char dashes[][4] = { "\xe2\x80\x90", "\xe2\x80\x91", "\xe2\x80\x92",
					  "\xe2\x80\x93", "\xe2\x80\x94" };
	for (size_t i = 0; size == 3 && i < sizeof(dashes) / sizeof(*dashes); i++)
		if (memcmp(at, dashes[i], 3) == 0)
			return LEX_DASH;
	if (size > 1)
		return LEX_MARK;
	if (*at == '!' || *at == '?')
		return LEX_STOP;
	return strchr(",-/.()", *at) ? *at : LEX_MARK;
}

static void read_mark(const char *at, size_t size, struct lexeme *lexeme)
{
	lexeme->class = class_of_mark(at, size);
	lexeme->value = (unsigned char)*at;
	lexeme->end = lexeme->next = lexeme->start + (uint32_t)size;
}

/* The lexeme that begins at `at`, where there is no blank; at the end of the paragraph it is LEX_END. */
static struct lexeme read_lexeme(const struct window *window, uint32_t at)
{
	struct lexeme lexeme = { .start = at, .end = at, .next = at };
	if (at >= window->last)
		return lexeme;
	const char *text = window->text + at;
	const size_t len = window->last - at, size = lex_parting(text, len);
	lexeme.is_tight = at == window->first || text[-1] != ' ';
	if (size)
		read_mark(text, size, &lexeme);
	else if (is_digit(*text))
		read_number(text, len, &lexeme);
	else
		read_word(text, len, &lexeme);
	return lexeme;
}

static struct lexeme read_after(const struct window *window, const struct lexeme *before)
{
	uint32_t at = before->next;
	while (at < window->last && window->text[at] == ' ')
		at++;
	return read_lexeme(window, at);
}

/* ---- backward ---- */

/* The bytes of the character that ends at `at`. */
static uint32_t last_character(const struct window *window, uint32_t at)
{
	uint32_t size = 1;
	while (size < 4 && at - size > window->first &&
	       ((unsigned char)window->text[at - size] & 0xc0) == 0x80)
		size++;
	return size;
}

/* True for what stands between the parts of one lexeme: "1,987", "year's". */
static bool is_joint(const struct window *window, uint32_t start, uint32_t end)
{
	const char *text = window->text;
	if (start == window->first || end >= window->last)
		return false;
	const char before = text[start - 1], after = text[end];
	if (apostrophe(text + start, end - start) == end - start)
		return is_letter(before) && is_letter(after);
	return end - start == 1 && is_digit(before) && is_digit(after) &&
	       (text[start] == ',' || text[start] == '.' || text[start] == ':');
}

/* Where the run of words and joints that ends at `at` begins. */
static uint32_t run_start(const struct window *window, uint32_t at)
{
	const uint32_t least = at - window->first > 2 * WORD_BYTES_MAX ? at - 2 * WORD_BYTES_MAX
								       : window->first;
	uint32_t start = at;
	while (start > least) {
		const uint32_t size = last_character(window, start);
		if (lex_parting(window->text + start - size, size) &&
		    !is_joint(window, start - size, start))
			break;
		start -= size;
	}
	return start;
}

/* The last lexeme of those in [start, end), which have no blanks. */
static struct lexeme last_of_run(const struct window *window, uint32_t start, uint32_t end)
{
	struct lexeme lexeme = read_lexeme(window, start);
	while (lexeme.next < end)
		lexeme = read_lexeme(window, lexeme.next);
	return lexeme;
}

/* A full stop that belongs to the word before it, as in "Feb.", is read with it. */
static struct lexeme read_before(const struct window *window, const struct lexeme *after)
{
	uint32_t at = after->start;
	while (at > window->first && window->text[at - 1] == ' ')
		at--;
	if (at == window->first)
		return (struct lexeme){ .start = at, .end = at, .next = at };
	const uint32_t size = last_character(window, at), mark = at - size;
	if (!lex_parting(window->text + mark, size))
		return last_of_run(window, run_start(window, at), at);
	if (window->text[mark] == '.' && mark > window->first && is_letter(window->text[mark - 1])) {
		const struct lexeme word = last_of_run(window, run_start(window, mark), mark);
		if (word.next == at)
			return word;
	}
	return read_lexeme(window, mark);
}

/* ---- the window ---- */

void window_open(struct window *window, const char *text, uint32_t first, uint32_t last, uint32_t at)
{
	window->text = text;
	window->first = first;
	window->last = last;
	window->after_count = window->before_count = 0;
	window->middle = read_lexeme(window, at);
}

static const struct lexeme *look_ahead(struct window *window, unsigned place)
{
	while (window->after_count < place) {
		const unsigned count = window->after_count++;
		window->after[count] =
			read_after(window, count ? &window->after[count - 1] : &window->middle);
	}
	return &window->after[place - 1];
}

static const struct lexeme *look_back(struct window *window, unsigned place)
{
	while (window->before_count < place) {
		const unsigned count = window->before_count++;
		window->before[count] =
			read_before(window, count ? &window->before[count - 1] : &window->middle);
	}
	return &window->before[place - 1];
}

const struct lexeme *window_at(struct window *window, int place)
{
	static const struct lexeme none = { .class = LEX_END };
	if (place > WINDOW_REACH || -place > WINDOW_REACH)
		return &none;
	if (place > 0)
		return look_ahead(window, (unsigned)place);
	return place ? look_back(window, (unsigned)-place) : &window->middle;
}

static bool is_of_class(const struct lexeme *lexeme, char class)
{
	return lexeme->class == class || (class == LEX_NUMBER && lexeme->class == LEX_DAY);
}

bool window_fits(struct window *window, int place, const char *form)
{
	for (; *form; form++, place++)
		if (!is_of_class(window_at(window, place), *form))
			return false;
	return true;
}
