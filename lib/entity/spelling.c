#include "spelling.h"

#include "dateline/letters.h"
#include "dateline/utf8.h"

/* ---- white space ---- */

static bool is_collapsed(struct str name)
{
	bool was_blank = true;
	for (size_t at = 0, bytes; at < name.len; at += bytes) {
		const uint32_t code = utf8_decode(name.data + at, name.len - at, &bytes);
		const bool blank = utf8_is_blank(code);
		if (blank && (was_blank || code != ' '))
			return false;
		was_blank = blank;
	}
	return !name.len || !was_blank;
}

struct str spelling_collapse(struct str name, struct arena *arena)
{
	if (is_collapsed(name))
		return name;
	char *text = arena_alloc(arena, name.len);
	size_t len = 0;
	bool parted = false;
	for (size_t at = 0, bytes; at < name.len; at += bytes) {
		if (utf8_is_blank(utf8_decode(name.data + at, name.len - at, &bytes))) {
			parted = true;
			continue;
		}
		if (parted && len)
			text[len++] = ' ';
		parted = false;
		memcpy(text + len, name.data + at, bytes);
		len += bytes;
	}
	return (struct str){ text, len };
}

/* ---- letters ---- */

static bool is_one_of(uint32_t code, uint32_t first, uint32_t last)
{
	return code - first <= last - first;
}

/* The capital of a letter in which names begin: of Latin, Greek and Cyrillic. */
static uint32_t upper(uint32_t code)
{
	if (is_one_of(code, 'a', 'z') || (is_one_of(code, 0xE0, 0xFE) && code != 0xF7))
		return code - 0x20;
	if (code == 0x131) /* ı */
		return 'I';
	if (is_one_of(code, 0x100, 0x137) || is_one_of(code, 0x14A, 0x177))
		return code & ~UINT32_C(1);
	if (is_one_of(code, 0x139, 0x148) || is_one_of(code, 0x179, 0x17E))
		return code - !(code & 1);
	if (is_one_of(code, 0x3B1, 0x3C9) && code != 0x3C2)
		return code - 0x20;
	if (is_one_of(code, 0x430, 0x44F))
		return code - 0x20;
	return is_one_of(code, 0x450, 0x45F) ? code - 0x50 : code;
}

static void add_capitalised(struct buffer *out, struct str word)
{
	if (!word.len)
		return;
	size_t bytes;
	utf8_add(out, upper(utf8_decode(word.data, word.len, &bytes)));
	buffer_add(out, word.data + bytes, word.len - bytes);
}

/* ---- words ---- */

struct word_list {
	const char *words; /* parted and surrounded by blanks */
};

/* Lower-case inside names. Others, such as "le" and "el", are as often capitals. */
static const struct word_list particles = { " bin da de del della den der des di do dos du ibn la "
					    "ten ter van von y zu zur " };
static const struct word_list small_words = { " and de del des du of on the upon " };
static const struct word_list numerals = { " ii iii iv vi vii viii ix xi xii xiii xiv xv xvi xxiii " };

static bool list_has(struct word_list list, struct str word)
{
	if (!word.len || word.len > 5)
		return false;
	char framed[8] = " ";
	memcpy(framed + 1, word.data, word.len);
	framed[word.len + 1] = ' ';
	framed[word.len + 2] = '\0';
	return strstr(list.words, framed);
}

/* Of people's names: McCain, O'Neill, D'Amato, Jean-Claude, E.J. */
static void add_name_word(struct buffer *out, struct str word)
{
	size_t part = 0;
	if (word.len > 4 && str_begins_with(word, "mc")) {
		buffer_add_text(out, "Mc");
		part = 2;
	} else if (word.len > 3 && (str_begins_with(word, "o'") || str_begins_with(word, "d'"))) {
		add_capitalised(out, (struct str){ word.data, 2 });
		part = 2;
	}
	for (size_t at = part; at <= word.len; at++) {
		if (at < word.len && word.data[at] != '-' && word.data[at] != '.')
			continue;
		add_capitalised(out, (struct str){ word.data + part, at - part });
		if (at < word.len)
			buffer_add_char(out, word.data[at]);
		part = at + 1;
	}
}

enum manner { MANNER_PERSON, MANNER_PLACE, MANNER_ORG };

/* "nypd" is no word that one could say. */
static bool is_acronym(struct str word)
{
	for (size_t i = 0; i < word.len; i++) {
		if (!is_lower(word.data[i]) || strchr("aeiouy", word.data[i]))
			return false;
	}
	return word.len >= 2 && word.len <= 5;
}

static void add_upper(struct buffer *out, struct str word)
{
	for (size_t i = 0; i < word.len; i++)
		buffer_add_char(out, (char)upper((uint8_t)word.data[i]));
}

static void add_person_word(struct buffer *out, struct str word, bool is_first, bool is_last)
{
	if (!is_first && !is_last && list_has(particles, word)) {
		buffer_add_str(out, word);
		return;
	}
	if ((!is_first && list_has(numerals, word)) || (word.len > 2 && is_acronym(word))) {
		add_upper(out, word);
		return;
	}
	add_name_word(out, word);
	/* An initial: but the X of Malcolm X is a name. */
	if (word.len == 1 && is_lower(*word.data) && !is_last)
		buffer_add_char(out, '.');
}

static void add_word(struct buffer *out, struct str word, enum manner manner, bool is_first,
		     bool is_last)
{
	if (manner == MANNER_PERSON)
		add_person_word(out, word, is_first, is_last);
	else if (!is_first && !is_last && list_has(small_words, word))
		buffer_add_str(out, word);
	else if (manner == MANNER_ORG && is_acronym(word))
		add_upper(out, word);
	else
		add_name_word(out, word);
}

/* ---- names ---- */

/* Cuts the next word off *rest at blanks, or at the marks of slugs when there are none. */
static struct str next_word(struct str *rest, const char *marks)
{
	size_t start = 0;
	while (start < rest->len && strchr(marks, rest->data[start]) && rest->data[start])
		start++;
	size_t end = start;
	while (end < rest->len && (!strchr(marks, rest->data[end]) || !rest->data[end]))
		end++;
	const struct str word = { rest->data + start, end - start };
	*rest = (struct str){ rest->data + end, rest->len - end };
	return word;
}

static struct str spell(struct str name, enum manner manner, struct arena *arena)
{
	const bool has_blanks = memchr(name.data, ' ', name.len);
	const char *marks = has_blanks ? " " : "-_";
	struct buffer out = { 0 };
	struct str word = next_word(&name, marks);
	for (bool is_first = true; word.len; is_first = false) {
		const struct str following = next_word(&name, marks);
		if (!is_first)
			buffer_add_char(&out, ' ');
		add_word(&out, word, manner, is_first, !following.len);
		word = following;
	}
	const struct str spelled = arena_copy(arena, buffer_str(&out));
	buffer_release(&out);
	return spelled;
}

/* Folding alone does not tell: it takes ß and the last letter of many Greek names for capitals. */
static bool is_capital(uint32_t code, const char *s, size_t bytes, struct buffer *folded)
{
	if (code < 0x80)
		return is_upper(*s);
	buffer_reset(folded);
	utf8_fold((struct str){ s, bytes }, UTF8_FOLD_CASE, folded);
	size_t first = 0;
	const uint32_t lower = folded->len ? utf8_decode(folded->data, folded->len, &first) : code;
	return lower != code && first == folded->len && upper(lower) == code;
}

/* All in lower case, with a letter of ours: names in other scripts are no slugs. */
static bool is_slug(struct str name)
{
	if (!has_lower(name))
		return false;
	struct buffer folded = { 0 };
	bool found = false;
	for (size_t at = 0, bytes; at < name.len && !found; at += bytes) {
		const uint32_t code = utf8_decode(name.data + at, name.len - at, &bytes);
		found = is_capital(code, name.data + at, bytes, &folded);
	}
	buffer_release(&folded);
	return !found;
}

/* Several words in capitals are a name that was shouted; a single one may be an acronym. */
static bool is_shouted(struct str name)
{
	size_t words = 0, letters = 0;
	for (size_t i = 0; i <= name.len; i++) {
		if (i < name.len && is_lower(name.data[i]))
			return false;
		const bool ends = i == name.len || name.data[i] == ' ';
		if (!ends)
			letters += is_upper(name.data[i]);
		else
			words += letters > 1;
		letters = ends ? 0 : letters;
	}
	return words > 1;
}

/* Of the next word "Mcxyz" in the name from `at` on, where the x is; at the end when there is none. */
static size_t find_scot(struct str name, size_t at)
{
	for (; at + 5 <= name.len; at++) {
		const char *word = name.data + at;
		if ((at == 0 || word[-1] == ' ' || word[-1] == '-') && word[0] == 'M' &&
		    word[1] == 'c' && is_lower(word[2]) && is_lower(word[3]) && is_lower(word[4]))
			return at + 2;
	}
	return name.len;
}

/* "Mccarthy" -> "McCarthy"; Mackay and Mach stay. */
static struct str with_scots(struct str name, struct arena *arena)
{
	size_t at = find_scot(name, 0);
	if (at == name.len)
		return name;
	char *text = arena_alloc(arena, name.len);
	memcpy(text, name.data, name.len);
	for (; at < name.len; at = find_scot(name, at))
		text[at] = (char)upper((uint8_t)text[at]);
	return (struct str){ text, name.len };
}

struct str spelling_person(struct str name, struct arena *arena)
{
	if (is_slug(name))
		return spell(name, MANNER_PERSON, arena);
	if (!is_shouted(name))
		return with_scots(name, arena);
	struct buffer folded = { 0 };
	utf8_fold(name, UTF8_FOLD_CASE, &folded);
	const struct str spelled = spell(buffer_str(&folded), MANNER_PERSON, arena);
	buffer_release(&folded);
	return spelled;
}

struct str spelling_place(struct str name, struct arena *arena)
{
	return is_slug(name) ? spell(name, MANNER_PLACE, arena) : name;
}

struct str spelling_org(struct str name, struct arena *arena)
{
	return is_slug(name) ? spell(name, MANNER_ORG, arena) : name;
}

/* An organisation's single word of so many letters stays in capitals. */
#define ACRONYM_MOST 5

struct str spelling_shouted(enum facet_kind kind, struct str name, struct arena *arena)
{
	const bool is_word = !memchr(name.data, ' ', name.len);
	if (has_lower(name) || memchr(name.data, '.', name.len) ||
	    (is_word && kind != KIND_PERSON && kind != KIND_PLACE && name.len <= ACRONYM_MOST))
		return name;
	const enum manner manner = kind == KIND_PERSON  ? MANNER_PERSON
				   : kind == KIND_PLACE ? MANNER_PLACE
							: MANNER_ORG;
	struct buffer folded = { 0 };
	utf8_fold(name, UTF8_FOLD_CASE, &folded);
	const struct str spelled = spell(buffer_str(&folded), manner, arena);
	buffer_release(&folded);
	return spelled;
}
