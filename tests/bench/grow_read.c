#include "grow_read.h"

#include <ctype.h>
#include <fcntl.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define RARE 3 /* articles with a word, at most, for it to be replaced */

void die(const char *what)
{
	fprintf(stderr, "grow: %s\n", what);
	exit(1);
}

static void *grown(void *items, size_t count, size_t *capacity, size_t size)
{
	if (count < *capacity)
		return items;
	*capacity = *capacity ? 2 * *capacity : 1024;
	items = realloc(items, *capacity * size);
	if (!items)
		die("no memory");
	return items;
}

/* ---- Heaps' law ---- */

static void law_point(struct law *law, double of, double different)
{
	if (law->points == GROW_POINTS || different < 2)
		return;
	law->last_x = law->x[law->points] = log(of);
	law->last_y = law->y[law->points++] = log(different);
}

static void law_fit(struct law *law)
{
	double x = 0, y = 0, xx = 0, xy = 0;
	const double n = (double)law->points;
	for (size_t i = 0; i < law->points; i++) {
		x += law->x[i];
		y += law->y[i];
		xx += law->x[i] * law->x[i];
		xy += law->x[i] * law->y[i];
	}
	law->beta = law->points > 1 ? (n * xy - x * y) / (n * xx - x * x) : 0;
}

/* It goes through the last point. */
double law_more(const struct law *law, double of)
{
	if (!law->points)
		return 0;
	const double now = exp(law->last_y + law->beta * (log(of) - law->last_x));
	return now - exp(law->last_y);
}

/* ---- counting different texts ---- */

struct entry {
	struct span text;
	uint32_t articles, last;
};

static uint64_t hash(struct span text)
{
	uint64_t h = 0xcbf29ce484222325;
	for (size_t i = 0; i < text.len; i++)
		h = (h ^ (uint64_t)tolower((unsigned char)text.at[i])) * 0x100000001b3;
	return h ^ h >> 29;
}

static struct entry *table_find(struct table *table, struct span text)
{
	for (size_t i = hash(text) & (table->capacity - 1);; i = (i + 1) & (table->capacity - 1)) {
		struct entry *entry = &table->entries[i];
		if (!entry->text.at ||
		    (entry->text.len == text.len && !strncasecmp(entry->text.at, text.at, text.len)))
			return entry;
	}
}

static void table_grow(struct table *table)
{
	const struct table old = *table;
	table->capacity = old.capacity ? 2 * old.capacity : 1 << 12;
	table->entries = calloc(table->capacity, sizeof(*table->entries));
	if (!table->entries)
		die("no memory");
	for (size_t i = 0; i < old.capacity; i++)
		if (old.entries[i].text.at)
			*table_find(table, old.entries[i].text) = old.entries[i];
	free(old.entries);
}

/* `article` from 1. */
static void table_add(struct table *table, struct span text, uint32_t article)
{
	if (2 * table->count >= table->capacity)
		table_grow(table);
	struct entry *entry = table_find(table, text);
	if (!entry->text.at) {
		entry->text = text;
		table->count++;
	}
	entry->articles += entry->last != article;
	entry->last = article;
}

/* ---- reading ---- */

const enum member grown_member[GROWN] = { PEOPLE, ORGS, AUTHOR };

const char *const members[MEMBERS] = { "id",        "title",     "date",   "dateline",
				       "author",    "places",    "people", "orgs",
				       "exchanges", "companies", "topics", "body" };

static const char *behind_string(const char *at, const char *end)
{
	for (; at < end && *at != '"'; at++)
		at += *at == '\\';
	if (at >= end)
		die("a string has no end");
	return at;
}

static const char *behind_blanks(const char *at, const char *end)
{
	while (at < end && (*at == ' ' || *at == ':' || *at == ','))
		at++;
	return at;
}

/* A string, or a list of strings; null is as an empty one. *at moves behind it. */
static struct span value_of(const char **at, const char *end)
{
	const char *start = *at + 1, *stop = start;
	if (**at == '"') {
		stop = behind_string(start, end);
	} else if (**at == '[') {
		for (; stop < end && *stop != ']'; stop++)
			if (*stop == '"')
				stop = behind_string(stop + 1, end);
	} else if (end - start > 3 && !memcmp(*at, "null", 4)) {
		*at += 4;
		return (struct span){ *at, 0 };
	} else {
		die("a value is neither a string nor a list");
	}
	*at = stop + 1;
	return (struct span){ start, (size_t)(stop - start) };
}

static void read_members(const char *at, const char *end, struct article *article)
{
	for (at++; (at = behind_blanks(at, end)) < end && *at == '"';) {
		const char *name = at + 1, *stop = behind_string(name, end);
		at = behind_blanks(stop + 1, end);
		if (at >= end)
			die("a member has no value");
		const struct span value = value_of(&at, end);
		for (int i = 0; i < MEMBERS; i++)
			if (strlen(members[i]) == (size_t)(stop - name) &&
			    !memcmp(members[i], name, (size_t)(stop - name)))
				article->values[i] = value;
	}
	if (!article->values[ID].at || !article->values[DATE].at || !article->values[TITLE].at ||
	    !article->values[BODY].at)
		die("an article has no id, date, title or body");
}

static bool in_word(const char *at)
{
	return isalnum((unsigned char)*at) || (unsigned char)*at >= 0x80;
}

/* The next word from *at, which moves behind it; a mark between two letters or figures is part of it. */
static bool next_word(const char **at, const char *end, struct span *word)
{
	const char *p = *at;
	while (p < end && !in_word(p))
		p += *p != '\\' ? 1 : p[1] == 'u' ? 6 : 2;
	if (p >= end)
		return false;
	word->at = p;
	while (p < end && (in_word(p) || ((*p == '.' || *p == ',' || *p == '\'') && p + 1 < end &&
					  in_word(p + 1))))
		p++;
	word->len = (size_t)(p - word->at);
	*at = p;
	return true;
}

static void count_words(struct articles *all, struct span text)
{
	struct span word;
	for (const char *at = text.at; next_word(&at, text.at + text.len, &word); all->word_total++)
		table_add(&all->words, word, (uint32_t)all->count);
}

static void count_names(struct articles *all, const struct article *article)
{
	for (int list = 0; list < GROWN; list++) {
		const struct span value = article->values[grown_member[list]];
		const char *at = value.at, *end = at + value.len;
		if (grown_member[list] == AUTHOR && value.len)
			table_add(&all->names[list], value, (uint32_t)all->count);
		else if (grown_member[list] != AUTHOR)
			while ((at = behind_blanks(at, end)) < end)
				table_add(&all->names[list], value_of(&at, end),
					  (uint32_t)all->count);
	}
}

/* One piece of text: a title, or a sentence. */
static void cut_piece(struct articles *all, struct span text)
{
	all->pieces =
		grown(all->pieces, all->piece_count, &all->piece_capacity, sizeof(*all->pieces));
	struct piece *piece = &all->pieces[all->piece_count++];
	*piece = (struct piece){ .text = text, .rare = all->rare_count };
	struct span word;
	for (const char *at = text.at; next_word(&at, text.at + text.len, &word); piece->words++) {
		if (table_find(&all->words, word)->articles > RARE)
			continue;
		all->rare =
			grown(all->rare, all->rare_count, &all->rare_capacity, sizeof(*all->rare));
		all->rare[all->rare_count++] = word;
		piece->rare_count++;
	}
}

/* Sentences end with a full stop and a blank or the end of a line. */
static void cut_body(struct articles *all, struct article *article)
{
	const char *start = article->values[BODY].at, *end = start + article->values[BODY].len;
	article->body = all->piece_count;
	for (const char *at = start; at < end; at++) {
		const bool is_end = at + 2 >= end ||
				    (*at == '.' && (at[1] == ' ' || (at[1] == '\\' && at[2] == 'n')));
		if (!is_end)
			continue;
		at = at + 2 >= end ? end : at + (at[1] == ' ' ? 2 : 3);
		cut_piece(all, (struct span){ start, (size_t)(at - start) });
		start = at--;
	}
	article->body_count = (uint32_t)(all->piece_count - article->body);
}

static void point_at(struct articles *all)
{
	law_point(&all->word_law, (double)all->word_total, (double)all->words.count);
	for (int list = 0; list < GROWN; list++)
		law_point(&all->name_law[list], (double)all->count, (double)all->names[list].count);
}

static struct span map(const char *path)
{
	struct stat about;
	const int file = open(path, O_RDONLY | O_CLOEXEC);
	if (file < 0 || fstat(file, &about) != 0 || about.st_size == 0)
		die("the file cannot be read, or is empty");
	void *text = mmap(NULL, (size_t)about.st_size, PROT_READ, MAP_PRIVATE, file, 0);
	if (text == MAP_FAILED)
		die("the file cannot be mapped");
	close(file);
	return (struct span){ text, (size_t)about.st_size };
}

void read_articles(struct articles *all, const char *path)
{
	const struct span file = map(path);
	const char *at = file.at, *end = at + file.len;
	for (size_t next = 500; at < end;) {
		const char *stop = memchr(at, '\n', (size_t)(end - at));
		stop = stop ? stop : end;
		all->items = grown(all->items, all->count, &all->capacity, sizeof(*all->items));
		struct article *article = &all->items[all->count++];
		*article = (struct article){ 0 };
		read_members(at, stop, article);
		count_words(all, article->values[TITLE]);
		count_words(all, article->values[BODY]);
		count_names(all, article);
		at = stop + 1;
		if (all->count == next) {
			point_at(all);
			next *= 2;
		}
	}
	if (!all->count)
		die("there are no articles");
	point_at(all);
	law_fit(&all->word_law);
	for (int list = 0; list < GROWN; list++)
		law_fit(&all->name_law[list]);
	for (size_t i = 0; i < all->count; i++) {
		all->items[i].title = all->piece_count;
		cut_piece(all, all->items[i].values[TITLE]);
		cut_body(all, &all->items[i]);
	}
}
