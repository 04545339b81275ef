/*
 * Articles of JSON Lines -> as many articles as one likes, always the same ones, for measuring how time and room grow.
 *
 *   grow N FILE                 N articles like those of FILE to standard output
 *
 * First come those of FILE as they are. Each one after it has the shape of one of them, and sentences of it and of others. What matters is that
 * words keep coming: by Heaps' law there are K n^beta different ones among n, and beta is found in FILE by least squares over the logarithms.
 * Rare words are replaced by made-up ones: by a new one when there are fewer than there should be, else now and then by one that was made before,
 * the older the likelier, so that they too are used again. Names of people and organisations in the lists, and of authors, grow in the same way, by
 * what each does in FILE; a new name is said in the text, too. Days go on from those of FILE, for some 38 years, and begin anew.
 *
 * FILE: each line has at least id, date, title and body, all of them strings; texts are taken as they are written there, escapes and all. With
 * nothing but a number of articles and FILE, all of it is determined.
 */
#include <ctype.h>
#include <fcntl.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define RARE 3       /* articles with a word, at most, for it to be replaced */
#define LAP_DAYS 150 /* between an article and the one made of it */
#define LAPS 93      /* until days begin anew */
#define POINTS 32

struct span {
	const char *at;
	size_t len;
};

static void die(const char *what)
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

/* ---- Heaps' law: as many different things as there were among so many ---- */

struct law {
	double x[POINTS], y[POINTS]; /* logarithms */
	size_t points;
	double beta, last_x, last_y;
};

static void law_point(struct law *law, double of, double different)
{
	if (law->points == POINTS || different < 2)
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

/* How many more there should be than in FILE. It goes through the last point. */
static double law_more(const struct law *law, double of)
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

struct table {
	struct entry *entries;
	size_t count, capacity;
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

enum member {
	ID,
	TITLE,
	DATE,
	DATELINE,
	AUTHOR,
	PLACES,
	PEOPLE,
	ORGS,
	EXCHANGES,
	COMPANIES,
	TOPICS,
	BODY,
	MEMBERS
};

static const char *const members[MEMBERS] = { "id",        "title",     "date",   "dateline",
					      "author",    "places",    "people", "orgs",
					      "exchanges", "companies", "topics", "body" };

/* Part of a title or text, with the words of it that may be replaced. */
struct piece {
	struct span text;
	size_t rare;
	uint32_t rare_count, words;
};

struct article {
	struct span values[MEMBERS]; /* of strings, what is between the quotes; of lists, what is between the brackets */
	size_t title, body; /* the first pieces */
	uint32_t body_count;
};

/* What grows beside the words. */
enum grown_list { GROWN_PEOPLE, GROWN_ORGS, GROWN_AUTHORS, GROWN };
static const enum member grown_member[GROWN] = { PEOPLE, ORGS, AUTHOR };

struct articles {
	struct article *items;
	size_t count, capacity;
	struct piece *pieces;
	size_t piece_count, piece_capacity;
	struct span *rare; /* of all pieces */
	size_t rare_count, rare_capacity;
	struct table words, names[GROWN];
	uint64_t word_total;
	struct law word_law, name_law[GROWN]; /* of words among words, of names among articles */
};

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

static void read_articles(struct articles *all, struct span file)
{
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

/* ---- making ---- */

struct maker {
	const struct articles *all;
	uint64_t state;                       /* of the numbers that stand for chance */
	uint64_t word_total;                  /* written so far */
	uint64_t words, names[GROWN];         /* made so far */
	double more_words, more_names[GROWN]; /* that there should be */
};

/* splitmix64. */
static uint64_t chance(struct maker *maker)
{
	uint64_t z = maker->state += 0x9e3779b97f4a7c15;
	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
	z = (z ^ z >> 27) * 0x94d049bb133111eb;
	return z ^ z >> 31;
}

static uint64_t below(struct maker *maker, uint64_t limit)
{
	return (uint64_t)((unsigned __int128)chance(maker) * limit >> 64);
}

/* One of those made before, the older the likelier. */
static uint64_t made_before(struct maker *maker, uint64_t count)
{
	const double u = (double)(chance(maker) >> 11) * 0x1p-53;
	return (uint64_t)((double)count * u * u * u * u);
}

static void put(struct span text)
{
	fwrite_unlocked(text.at, 1, text.len, stdout);
}

static void put_text(const char *text)
{
	fputs_unlocked(text, stdout);
}

/* A word by its number, two letters a syllable, at least three of them. */
static void put_letters(uint64_t number, bool is_capital)
{
	static const char consonants[] = "bcdfghjklmnpqrstvwxz", vowels[] = "aeiou";
	char word[32];
	size_t len = 0;
	for (number += 10000; number; number /= 100) {
		word[len++] = consonants[number % 20];
		word[len++] = vowels[number / 20 % 5];
	}
	if (is_capital)
		word[0] = (char)toupper((unsigned char)word[0]);
	put((struct span){ word, len });
}

/* Two of five words are numbers, as they are in news of business. */
static void put_made(uint64_t number, bool is_capital)
{
	if (number % 5 >= 2)
		put_letters(number, is_capital);
	else
		printf("%llu", (unsigned long long)number + 1000000);
}

/* True when the word is replaced; else it stays. */
static bool replace(struct maker *maker, bool is_capital)
{
	if ((double)maker->words < maker->more_words) {
		put_made(maker->words++, is_capital);
		return true;
	}
	if (!maker->words || chance(maker) % 4 == 0)
		return false;
	put_made(made_before(maker, maker->words), is_capital);
	return true;
}

static void put_piece(struct maker *maker, size_t index)
{
	const struct piece *piece = &maker->all->pieces[index];
	const struct span *rare = maker->all->rare + piece->rare;
	const char *at = piece->text.at, *end = at + piece->text.len;
	for (uint32_t i = 0; i < piece->rare_count; i++) {
		put((struct span){ at, (size_t)(rare[i].at - at) });
		if (!replace(maker, isupper((unsigned char)*rare[i].at)))
			put(rare[i]);
		at = rare[i].at + rare[i].len;
	}
	put((struct span){ at, (size_t)(end - at) });
	maker->word_total += piece->words;
}

static void put_name(uint64_t number, int list)
{
	put_letters(number * 3 + (uint64_t)list, true);
	put_text(" ");
	put_letters(number * 7 + 5, true);
}

/* The number of a made-up name for this list, or -1: it stays as it is. */
static int64_t choose_name(struct maker *maker, int list, const struct article *article)
{
	if (!article->values[grown_member[list]].len)
		return -1;
	if ((double)maker->names[list] < maker->more_names[list])
		return (int64_t)maker->names[list]++;
	if (!maker->names[list] || chance(maker) % 4 == 0)
		return -1;
	return (int64_t)made_before(maker, maker->names[list]);
}

/* 1970-01-01 is day 0 (days_from_civil and civil_from_days, the well-known way by eras of 400 years, that begin in March). */
static int64_t day_of(int64_t year, int64_t month, int64_t day)
{
	year -= month <= 2;
	const int64_t era = year / 400, of_era = year - era * 400;
	const int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static void put_day(int64_t day)
{
	day += 719468;
	const int64_t era = day / 146097, rest = day - era * 146097;
	const int64_t of_era = (rest - rest / 1460 + rest / 36524 - rest / 146096) / 365;
	const int64_t of_year = rest - (365 * of_era + of_era / 4 - of_era / 100);
	const int64_t march = (5 * of_year + 2) / 153, month = march + (march < 10 ? 3 : -9);
	printf("%04d-%02d-%02d", (int)(of_era + era * 400 + (month <= 2)), (int)month,
	       (int)(of_year - (153 * march + 2) / 5 + 1));
}

/* Of so many figures. */
static int64_t number_at(const char *at, int figures)
{
	int64_t number = 0;
	for (int i = 0; i < figures; i++)
		number = 10 * number + (at[i] - '0');
	return number;
}

static void put_date(const struct article *article, uint64_t lap)
{
	const struct span date = article->values[DATE];
	if (date.len < 10) {
		put(date);
		return;
	}
	const int64_t year = number_at(date.at, 4), month = number_at(date.at + 5, 2),
		      day = number_at(date.at + 8, 2);
	put_day(day_of(year, month, day) + (int64_t)(lap % LAPS) * LAP_DAYS);
	put((struct span){ date.at + 10, date.len - 10 });
}

static void put_lists(const struct article *article, const int64_t chosen[GROWN])
{
	for (int member = DATELINE; member < BODY; member++) {
		const bool is_list = member >= PLACES;
		int list = 0;
		while (list < GROWN && (int)grown_member[list] != member)
			list++;
		printf(",\"%s\":%s", members[member], is_list ? "[" : "\"");
		if (list == GROWN || chosen[list] < 0) {
			put(article->values[member]);
		} else {
			put_text(is_list ? "\"" : "");
			put_name((uint64_t)chosen[list], list);
			put_text(is_list ? "\"" : "");
		}
		put_text(is_list ? "]" : "\"");
	}
}

/* A sentence in the midst of others. One that was the last of its text has no blank at its end. */
static void put_sentence(struct maker *maker, size_t index)
{
	const struct span text = maker->all->pieces[index].text;
	const char *end = text.at + text.len;
	put_piece(maker, index);
	if (text.len && end[-1] != ' ' && !(text.len > 1 && end[-1] == 'n' && end[-2] == '\\'))
		put_text("\\n");
}

/* Half of its sentences are its own, in their places. */
static void put_body(struct maker *maker, const struct article *article, const int64_t chosen[GROWN])
{
	const struct articles *all = maker->all;
	for (int list = 0; list < GROWN_AUTHORS; list++)
		if (chosen[list] >= 0) {
			put_name((uint64_t)chosen[list], list);
			put_text(" said this. ");
		}
	for (uint32_t i = 0; i < article->body_count; i++) {
		const struct article *other = &all->items[below(maker, all->count)];
		if (chance(maker) % 2 && other->body_count)
			put_sentence(maker, other->body + below(maker, other->body_count));
		else
			put_sentence(maker, article->body + i);
	}
}

static void make(struct maker *maker, uint64_t number)
{
	const struct articles *all = maker->all;
	const uint64_t lap = number / all->count;
	const struct article *article = &all->items[number % all->count];
	int64_t chosen[GROWN] = { -1, -1, -1 };
	if (lap) {
		article = &all->items[below(maker, all->count)];
		maker->more_words = law_more(&all->word_law, (double)maker->word_total);
		for (int list = 0; list < GROWN; list++) {
			maker->more_names[list] = law_more(&all->name_law[list], (double)number);
			chosen[list] = choose_name(maker, list, article);
		}
	}
	printf("{\"id\":\"%llu\"", (unsigned long long)number + 1);
	if (article->values[DATE].len) {
		put_text(",\"date\":\"");
		put_date(article, lap);
		put_text("\"");
	}
	put_text(",\"title\":\"");
	put_piece(maker, article->title);
	put_text("\"");
	put_lists(article, chosen);
	put_text(",\"body\":\"");
	if (lap)
		put_body(maker, article, chosen);
	else
		for (uint32_t i = 0; i < article->body_count; i++)
			put_piece(maker, article->body + i);
	put_text("\"}\n");
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

int main(int argc, char **argv)
{
	static char buffer[1 << 20];
	if (argc != 3)
		die("usage: grow N FILE");
	setvbuf(stdout, buffer, _IOFBF, sizeof(buffer));
	struct articles all = { 0 };
	read_articles(&all, map(argv[2]));
	struct maker maker = { .all = &all };
	const uint64_t count = strtoull(argv[1], NULL, 10);
	for (uint64_t i = 0; i < count; i++)
		make(&maker, i);
	if (fflush(stdout) != 0)
		die("cannot write");
	fprintf(stderr,
		"grow: %llu articles, %llu words; beta of words %.3f, people %.3f, organisations %.3f, authors %.3f; made up: %llu words, %llu, %llu, %llu names\n",
		(unsigned long long)count, (unsigned long long)maker.word_total, all.word_law.beta,
		all.name_law[GROWN_PEOPLE].beta, all.name_law[GROWN_ORGS].beta,
		all.name_law[GROWN_AUTHORS].beta, (unsigned long long)maker.words,
		(unsigned long long)maker.names[GROWN_PEOPLE],
		(unsigned long long)maker.names[GROWN_ORGS],
		(unsigned long long)maker.names[GROWN_AUTHORS]);
	return 0;
}
