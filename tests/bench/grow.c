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
#include "grow_read.h"

#include <ctype.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LAP_DAYS 150 /* between an article and the one made of it */
#define LAPS 93      /* until days begin anew */

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
	number += 10000;
	do {
		word[len++] = consonants[number % 20];
		word[len++] = vowels[number / 20 % 5];
		number /= 100;
	} while (number);
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

int main(int argc, char **argv)
{
	static char buffer[1 << 20];
	if (argc != 3)
		die("usage: grow N FILE");
	setvbuf(stdout, buffer, _IOFBF, sizeof(buffer));
	struct articles all = { 0 };
	read_articles(&all, argv[2]);
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
