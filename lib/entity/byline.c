#include "byline.h"

#include <strings.h>

#define COUNT(table) (sizeof(table) / sizeof(*(table)))

static bool is_word(struct str s, const char *word)
{
	return s.len == strlen(word) && strncasecmp(s.data, word, s.len) == 0;
}

static bool is_in(struct str s, const char *const *words, size_t count)
{
	size_t i = 0;
	while (i < count && !is_word(s, words[i]))
		i++;
	return i < count;
}

/* "Analysis Jane Doe", "Opinion by Jane Doe": but "Analysis" alone stays. */
static struct str strip_label(struct str name)
{
	static const char *const labels[] = { "analysis", "commentary", "opinion", "review" };
	const char *blank = memchr(name.data, ' ', name.len);
	const size_t len = blank ? (size_t)(blank - name.data) : name.len;
	const struct str rest = str_trim((struct str){ name.data + len, name.len - len });
	return rest.len && is_in((struct str){ name.data, len }, labels, COUNT(labels)) ? rest : name;
}

struct str byline_strip(struct str name)
{
	name = strip_label(name);
	for (;;) {
		if (name.len < 3 || strncasecmp(name.data, "by", 2) != 0)
			return name;
		const size_t mark = name.data[2] == ':' ? 3 : 2;
		if (mark == 2 && name.data[2] != ' ')
			return name;
		const struct str rest = str_trim((struct str){ name.data + mark, name.len - mark });
		if (!rest.len)
			return name;
		name = rest;
	}
}

/* ---- parts ---- */

static bool is_suffix(struct str part)
{
	static const char *const suffixes[] = { "jr", "jr.",  "sr",  "sr.",   "ii",  "iii", "iv",
						"md", "m.d.", "phd", "ph.d.", "esq", "esq." };
	return is_in(part, suffixes, COUNT(suffixes));
}

static size_t count_words(struct str s)
{
	size_t words = 0;
	for (size_t i = 0; i < s.len; i++)
		words += s.data[i] != ' ' && (i == 0 || s.data[i - 1] == ' ');
	return words;
}

#define PARTS_MAX 3

/* The parts between commas; 0 when one is empty or there are more than PARTS_MAX. */
static size_t split_parts(struct str name, struct str parts[PARTS_MAX])
{
	size_t count = 0;
	for (size_t start = 0, at = 0; at <= name.len; at++) {
		if (at < name.len && name.data[at] != ',')
			continue;
		const struct str part = str_trim((struct str){ name.data + start, at - start });
		if (!part.len || count == PARTS_MAX)
			return 0;
		parts[count++] = part;
		start = at + 1;
	}
	return count;
}

static struct str join(const struct str *parts, size_t count, struct arena *arena)
{
	size_t size = 0;
	for (size_t i = 0; i < count; i++)
		size += parts[i].len + 1;
	char *text = arena_alloc(arena, size);
	size_t len = 0;
	for (size_t i = 0; i < count; i++) {
		if (i)
			text[len++] = ' ';
		memcpy(text + len, parts[i].data, parts[i].len);
		len += parts[i].len;
	}
	return (struct str){ text, len };
}

/* ---- beside the author ---- */

static struct str first_word(struct str s)
{
	const char *blank = memchr(s.data, ' ', s.len);
	return (struct str){ s.data, blank ? (size_t)(blank - s.data) : s.len };
}

static struct str last_word(struct str s)
{
	const char *blank = memrchr(s.data, ' ', s.len);
	const size_t before = blank ? (size_t)(blank - s.data) + 1 : 0;
	return (struct str){ s.data + before, s.len - before };
}

static bool is_agency(struct str name)
{
	static const char *const agencies[] = {
		"reuters",
		"associated press",
		"the associated press",
		"ap",
		"agence france-presse",
		"afp",
		"upi",
		"bloomberg",
		"bloomberg news",
		"dpa",
		"efe",
		"ansa",
		"xinhua",
		"united press international",
		"press association",
	};
	return is_in(name, agencies, COUNT(agencies));
}

static bool is_office(struct str name)
{
	static const char *const first[] = { "staff", "for", "special" };
	static const char *const last[] = {
		"writer",    "writers", "reporter",    "reporters",    "correspondent",
		"columnist", "editor",  "contributor", "contributors", "commentator",
		"analyst",   "chief",   "staff",       "director",
	};
	return count_words(name) > 1 && (is_in(first_word(name), first, COUNT(first)) ||
					 is_in(last_word(name), last, COUNT(last)));
}

static bool is_address(struct str name)
{
	if (memchr(name.data, '@', name.len))
		return true;
	const struct str last = last_word(name);
	return last.len > 4 && strncasecmp(last.data + last.len - 4, ".com", 4) == 0;
}

bool byline_is_furniture(struct str name)
{
	static const char *const furniture[] = { "comment count",   "popular tags", "story count",
						 "read more",       "share this",   "follow us",
						 "cond\u00e9 nast", "conde nast" };
	static const char *const small[] = { "and", "by", "for", "in", "of", "the", "with" };
	return memchr(name.data, '_', name.len) || is_in(name, furniture, COUNT(furniture)) ||
	       is_in(last_word(name), small, COUNT(small));
}

bool byline_is_no_author(struct str name)
{
	return is_agency(name) || is_office(name) || is_address(name);
}

/* ---- turned around ---- */

/* "Jane Doe Reuters" -> "Jane Doe"; "Thomson Reuters" stays. */
static struct str without_agency(struct str name)
{
	const struct str last = last_word(name);
	const struct str rest = str_trim((struct str){ name.data, name.len - last.len });
	return count_words(rest) > 1 && is_agency(last) ? rest : name;
}

#define FORENAMES_MAX 4

/* "King", "Van Buren", "de la Cruz": and not "Jane Doe", behind whom a comma means something else. */
static bool is_family(struct str part)
{
	static const char *const first[] = { "da", "de", "del", "della", "di",  "do", "du",
					     "el", "la", "le",  "st.",   "van", "von" };
	return count_words(part) == 1 ||
	       (count_words(part) < 4 && is_in(first_word(part), first, COUNT(first)));
}

struct str byline_forward(struct str name, struct arena *arena)
{
	struct str parts[PARTS_MAX] = { { 0 } };
	const size_t count = memchr(name.data, ',', name.len) ? split_parts(name, parts) : 0;
	if (count < 2)
		return without_agency(name);
	if (count == 2 && byline_is_no_author(parts[1]))
		return parts[0];
	if (count == 2 && is_suffix(parts[1]))
		return join(parts, 2, arena);
	if (is_suffix(parts[1]) || (count == 3 && !is_suffix(parts[2])) || !is_family(parts[0]) ||
	    count_words(parts[1]) > FORENAMES_MAX)
		return name;
	const struct str turned[] = { parts[1], parts[0], parts[2] };
	return join(turned, count == 3 ? 3 : 2, arena);
}
