#include "../../lib/entity/when.h"

#include "date_testing.h"

#include "dateline/utf8.h"

static struct arena arena;
static struct when_list list;
static const char *language = "";

static void tear_down(void)
{
	when_list_release(&list);
	arena_release(&arena);
}

/* Paragraphs are parted by |. */
static void make_article(const char *published, const char *text, struct article *article)
{
	struct text_builder builder = { 0 };
	*article = (struct article){ .language = str_from(language) };
	if (published)
		ck_assert(date_parse(str_from(published), &article->published));
	for (const char *at = text;;) {
		const size_t len = strcspn(at, "|");
		text_builder_add(&builder, PARAGRAPH_TEXT, (struct str){ at, len });
		if (!at[len])
			break;
		at += len + 1;
	}
	text_builder_finish(&builder, &arena, article);
	text_builder_release(&builder);
}

/* The dates of a text, with blanks between. */
static const char *dates_of(const char *published, const char *text)
{
	static char out[1024];
	struct article article;
	make_article(published, text, &article);
	list.count = 0;
	when_find(&article, &list);
	size_t len = 0;
	out[0] = '\0';
	for (size_t i = 0; i < list.count; i++) {
		char date[DATE_TEXT_SIZE];
		date_format(&list.items[i].date, date);
		len += (size_t)snprintf(out + len, sizeof(out) - len, "%s%s", i ? " " : "", date);
	}
	return out;
}

struct expected {
	const char *text, *dates;
};

static void check_all(const char *published, const struct expected *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const char *found = dates_of(published, rows[i].text);
		ck_assert_msg(strcmp(found, rows[i].dates) == 0, "\"%s\" has \"%s\", not \"%s\"",
			      rows[i].text, found, rows[i].dates);
	}
}

#define CHECK_ALL(published, rows) check_all(published, rows, sizeof(rows) / sizeof(*(rows)))

/* A Wednesday. */
#define TODAY "2024-02-07"

START_TEST(dates_written_out)
{
	static const struct expected rows[] = {
		{ "on 6 February 2024", "2024-02-06" },
		{ "on Feb. 6, 2024, he", "2024-02-06" },
		{ "on Feb 6 2024", "2024-02-06" },
		{ "the 6th of February, 2024", "2024-02-06" },
		{ "February the 6th, 2024", "2024-02-06" },
		{ "Tuesday, February 6th, 2024.", "2024-02-06" },
		{ "FEBRUARY 6, 2024", "2024-02-06" },
		{ "26-FEB-1987", "1987-02-26" },
		{ "the Sept. 11 attacks", "2001-09-11" },
		{ "since Sept. 11", "2001-09-11" },
		{ "In December 2023, hackers", "2023-12" },
		{ "in December of 2023", "2023-12" },
		{ "(Sept. 2001)", "2001-09" },
		{ "2024-02-06", "2024-02-06" },
		{ "at 2024-02-06T10:15:00Z.", "2024-02-06" },
		{ "since 02/06/2024", "2024-02-06" },
		{ "since 22/06/2024", "2024-06-22" },
		{ "am 06.02.2024 in", "2024-02-06" },
		{ "2023-12 was", "2023-12" },
		{ "\xe5\x9c\xa8"
		  "2024\xe5\xb9\xb4"
		  "2\xe6\x9c\x88"
		  "7\xe6\x97\xa5\xe4\xbb\x96",
		  "2024-02-07" },
		{ "2024\xeb\x85\x84 2\xec\x9b\x94", "2024-02" },
		{ "2024\xe5\xb9\xb4 was", "2024" },
		{ "\xe2\x80\x94"
		  "February 6, 2024\xe2\x80\x94"
		  "and",
		  "2024-02-06" },
	};
	CHECK_ALL(NULL, rows);
	CHECK_ALL(TODAY, rows);
}
END_TEST

START_TEST(years)
{
	static const struct expected rows[] = {
		{ "in 1987", "1987" },
		{ "In 1066 the", "1066" },
		{ "since 1600.", "1600" },
		{ "mid-2023", "2023" },
		{ "early 2023", "2023" },
		{ "the 2016 election", "2016" },
		{ "elections (2016)", "2016" },
		{ "the summer of 2000", "2000" },
		{ "the year 2000 problem", "2000" },
		{ "by 2050", "2050" },
		{ "2016's films", "2016" },
		{ "in 2008, 2012 and 2016", "2008 2012 2016" },
		{ "a post-2015 world", "2015" },
	};
	CHECK_ALL(NULL, rows);
}
END_TEST

START_TEST(numbers_that_are_no_years)
{
	static const char *const texts[] = {
		"1,987",
		"2000 people",
		"1500 soldiers died",
		"in 1500 cases",
		"1600 Pennsylvania Avenue",
		"at 1987 North Main Street",
		"$1987",
		"\302\2431987",
		"\342\202\2541987",
		"\xc2\xa9 1987 The Paper",
		"Copyright 1987 The Paper",
		"the 1990s",
		"the 1990's",
		"fiscal 2019",
		"fiscal year 2019",
		"a 2000-year-old tree",
		"the 1500-meter race",
		"at 2015 GMT",
		"1987 pct",
		"3.1987",
		"1987.25",
		"Boeing-2020",
		"MH-2017",
		"version 2.2016",
		"in 987",
		"in 2101",
		"in 3000",
		"in 20161",
		"#2016",
		"http://x.org/2016/05/a.html",
		"http://x.org/2016-05-12",
		"2014-1234",
		"555-1987",
		"a total of 1500",
		"Route 1987",
		"No. 1987",
		"Windows 2000",
		"12:2016",
		"x2016",
		"\303\2512016",
	};
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		ck_assert_msg(!*dates_of(TODAY, texts[i]), "\"%s\" has %s", texts[i],
			      dates_of(TODAY, texts[i]));
}
END_TEST

START_TEST(two_ends)
{
	static const struct expected rows[] = {
		{ "the war of 1914-18", "1914 1918" },
		{ "1990-2000", "1990 2000" },
		{ "the 2015/16 season", "2015 2016" },
		{ "in 1939\xe2\x80\x93"
		  "45",
		  "1939 1945" },
		{ "from 2010 to 2015", "2010 2015" },
		{ "between 2010 and 2015", "2010 2015" },
		{ "May 3-5, 2010", "2010-05-03 2010-05-05" },
		{ "May 3 to 5, 2010", "2010-05-03 2010-05-05" },
		{ "May 3 and 4, 2010", "2010-05-03 2010-05-04" },
		{ "3-5 May 2010", "2010-05-03 2010-05-05" },
		{ "from May 30 to June 2, 2010", "2010-05-30 2010-06-02" },
		{ "from Dec. 30 to Jan. 2, 2010", "2009-12-30 2010-01-02" },
		{ "January-March 2010", "2010-01 2010-03" },
		{ "in January and February 2010", "2010-01 2010-02" },
		{ "between November and January 2010", "2009-11 2010-01" },
	};
	CHECK_ALL(NULL, rows);
	CHECK_ALL(TODAY, rows);
}
END_TEST

START_TEST(both_ends_of_a_range_are_there)
{
	dates_of(NULL, "the war of 1914-18 began");
	ck_assert_uint_eq(list.count, 2);
	ck_assert_uint_eq(list.items[0].start, 11);
	ck_assert_uint_eq(list.items[0].end, 15);
	ck_assert_uint_eq(list.items[1].start, 16);
	ck_assert_uint_eq(list.items[1].end, 18);
}
END_TEST

START_TEST(a_year_goes_on_for_the_second)
{
	static const struct expected rows[] = {
		{ "from May 3, 2010, to July 5", "2010-05-03 2010-07-05" },
		{ "from December 30, 2010 to January 2", "2010-12-30 2011-01-02" },
	};
	CHECK_ALL(TODAY, rows);
}
END_TEST

START_TEST(guessed_years)
{
	static const struct expected rows[] = {
		{ "on February 6", "2024-02-06" },
		{ "on Dec. 20 he said", "2023-12-20" },
		{ "on February 20", "2024-02-20" },
		{ "He will go on May 5", "2024-05-05" },
		{ "The 4th of July", "2024-07-04" },
		{ "on 6 June it was", "2023-06-06" },
		{ "It rained on February 8", "2024-02-08" },
		/* It was a Monday in 2023, and nearer in 2024. */
		{ "on Monday, Feb. 13", "2023-02-13" },
		{ "on Sept. 11 it rained", "2023-09-11" },
		{ "In July, he said", "2023-07" },
		{ "in January", "2024-01" },
		{ "in February", "2024-02" },
		{ "They will vote in November", "2024-11" },
		{ "They won't vote in November", "2024-11" },
		{ "by November", "2024-11" },
		{ "since early March", "2023-03" },
		{ "in mid-March", "2023-03" },
		{ "a January report", "2024-01" },
		{ "last July", "2023-07" },
		{ "last February", "2023-02" },
		{ "next March", "2024-03" },
		{ "next February", "2025-02" },
		{ "in July last year", "2023-07" },
		{ "in July of last year", "2023-07" },
		{ "on July 5 last year", "2023-07-05" },
		{ "in May of this year", "2024-05" },
		{ "in July of the previous year", "2023-07" },
		{ "in March next year", "2025-03" },
		{ "on Feb. 29", "2024-02-29" },
	};
	CHECK_ALL(TODAY, rows);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		ck_assert_str_eq(dates_of(NULL, rows[i].text), "");
}
END_TEST

START_TEST(months_that_are_none)
{
	static const char *const texts[] = {
		"Theresa May said",
		"Mrs May said",
		"it may rain",
		"They March on",
		"April Ryan asked",
		"Frederick August Hayek",
		"the women march 5 miles",
		"Jan was there",
		"A blow for Mrs May. It is up to May.",
		"MAY RISE",
		"MARCH SALES",
		"Mar a Lago",
		"in march",
		"Octobers",
		"Decembrist",
		"May 32",
		"June Carter sang",
		"the August Wilson play",
		"in March-like weather of May-Britt",
	};
	for (size_t i = 0; i + 1 < sizeof(texts) / sizeof(*texts); i++)
		ck_assert_msg(!*dates_of(TODAY, texts[i]), "\"%s\" has %s", texts[i],
			      dates_of(TODAY, texts[i]));
}
END_TEST

START_TEST(days_that_are_counts)
{
	static const struct expected rows[] = {
		{ "In March 20 people died", "2023-03" },
		{ "In March 2000 people died", "2023-03" },
		{ "in June 15-year-old girls", "2023-06" },
		{ "In May 30% of them", "2023-05" },
		{ "about 12 March flowers", "" },
	};
	CHECK_ALL(TODAY, rows);
}
END_TEST

START_TEST(relative_dates)
{
	static const struct expected rows[] = {
		{ "last year", "2023" },
		{ "Last year's snow", "2023" },
		{ "this year", "2024" },
		{ "next year", "2025" },
		{ "last month", "2024-01" },
		{ "next month", "2024-03" },
		{ "earlier this month", "2024-02" },
		{ "two years ago", "2022" },
		{ "2 years ago", "2022" },
		{ "a year ago", "2023" },
		{ "three months ago", "2023-11" },
		{ "14 months ago", "2022-12" },
		{ "five days ago", "2024-02-02" },
		{ "a year earlier", "2023" },
		{ "the previous year", "2023" },
		{ "the day before", "2024-02-06" },
		{ "the day before, it", "2024-02-06" },
		{ "the previous day", "2024-02-06" },
		{ "yesterday", "2024-02-06" },
		{ "yesterday's vote", "2024-02-06" },
		{ "the day before yesterday", "2024-02-05" },
		{ "tomorrow", "2024-02-08" },
		{ "the day after tomorrow", "2024-02-09" },
		{ "last night", "2024-02-06" },
		{ "this morning", "2024-02-07" },
		{ "he said today", "2024-02-07" },
		{ "earlier today", "2024-02-07" },
	};
	CHECK_ALL(TODAY, rows);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		ck_assert_str_eq(dates_of(NULL, rows[i].text), "");
}
END_TEST

START_TEST(vague_dates)
{
	static const char *const texts[] = {
		"last week",
		"in his last year",
		"Obama's last year",
		"in May of that year",
		"next week",
		"this week",
		"the last year",
		"over the past year",
		"in the coming year",
		"the last years",
		"the previous days",
		"years ago",
		"a few years ago",
		"some two years ago",
		"more than a year ago",
		"two or three years ago",
		"two and a half years ago",
		"half a year ago",
		"10-15 years ago",
		"twenty years ago",
		"300 years ago",
		"the day before the vote",
		"the year before he died",
		"a day after the vote",
		"the following year",
		"a year later",
		"the youth of today",
		"today's world",
		"Today many are",
		"USA Today said",
		"recently",
		"in the sixties",
		"every day",
		"the day",
		"a hundred years",
	};
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		ck_assert_msg(!*dates_of(TODAY, texts[i]), "\"%s\" has %s", texts[i],
			      dates_of(TODAY, texts[i]));
}
END_TEST

/* A year before another is told by the sentence, a past story, or else the publication. */
START_TEST(dates_that_a_story_is_at)
{
	static const struct expected rows[] = {
		{ "In 2010 it grew, more than the previous year.", "2010 2009" },
		{ "In 2010 it grew. The previous year it fell.", "2010 2009" },
		{ "In 2010 it grew. The following year it fell.", "2010 2011" },
		{ "In 2010 it grew. Two years later it fell.", "2010 2012" },
		{ "In 2010 it grew.|The following year it fell.", "2010" },
		{ "In 2023 it grew, more than the previous year.", "2023 2022" },
		{ "It began in 2004. In January of that year it grew.", "2004 2004-01" },
		{ "It began in 2023. In May of the same year it grew.", "2023 2023-05" },
		{ "In December 2023 it grew. The previous year it fell.", "2023-12 2023" },
		{ "On Monday he said no. The day before he had not.", "2024-02-05" },
		{ "On Monday he said no; the day before, he had not.", "2024-02-05 2024-02-04" },
		{ "On May 5, 2010, he went. Two days later, he came.", "2010-05-05 2010-05-07" },
		{ "In May 2010 he went. A month later, he came.", "2010-05 2010-06" },
	};
	CHECK_ALL(TODAY, rows);
}
END_TEST

START_TEST(weekdays)
{
	static const struct expected rows[] = {
		{ "He said Tuesday", "2024-02-06" },
		{ "on Wednesday", "2024-02-07" },
		{ "He said on Thursday", "2024-02-01" },
		{ "He will say on Thursday", "2024-02-08" },
		{ "She will, he said Thursday", "2024-02-01" },
		{ "is expected to be released Friday", "2024-02-09" },
		{ "is set to vote on Friday", "2024-02-09" },
		{ "He set a record Friday", "2024-02-02" },
		{ "until Friday", "2024-02-09" },
		{ "He was there until Friday", "2024-02-02" },
		{ "last Wednesday", "2024-01-31" },
		{ "last Tuesday", "2024-02-06" },
		{ "next Wednesday", "2024-02-14" },
		{ "this Friday", "2024-02-09" },
		{ "Tuesday last week", "2024-01-30" },
		{ "on Friday of next week", "2024-02-16" },
		{ "in a Tuesday interview", "2024-02-06" },
		{ "On Saturday and Sunday", "2024-02-03 2024-02-04" },
		{ "Tuesday\xe2\x80\x99s vote", "2024-02-06" },
	};
	CHECK_ALL(TODAY, rows);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		ck_assert_str_eq(dates_of("2024-02", rows[i].text), "");
}
END_TEST

START_TEST(weekdays_that_are_none)
{
	static const char *const texts[] = {
		"Black Friday",
		"Super Tuesday",
		"The Sunday Times",
		"every Friday",
		"on a Friday",
		"Monday through Friday",
		"Monday-Friday",
		"Mondays",
		"the first Monday of the month",
		"Monday Night Football",
		"the Friday before Lent",
		"the Sunday after",
		"The Sun said",
		"Sat there",
		"Friday nights",
		"friday",
		"\"Fox News Sunday\"",
	};
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		ck_assert_msg(!*dates_of(TODAY, texts[i]), "\"%s\" has %s", texts[i],
			      dates_of(TODAY, texts[i]));
}
END_TEST

START_TEST(publication_known_less_finely)
{
	ck_assert_str_eq(dates_of("2024", "last year, last month, yesterday, in July, on May 5"),
			 "2023");
	ck_assert_str_eq(dates_of("2024-02", "last year, last month, yesterday, in July, on May 5"),
			 "2023 2024-01 2023-07");
	ck_assert_str_eq(dates_of("2024-02-07T10:00:00Z", "last year, yesterday"), "2023 2024-02-06");
	ck_assert_str_eq(dates_of("0800-02-07", "last year, yesterday, in 2010"), "2010");
}
END_TEST

START_TEST(steps_over_the_ends_of_years)
{
	ck_assert_str_eq(dates_of("2024-01-01", "yesterday, last month, two months ago"),
			 "2023-12-31 2023-12 2023-11");
	ck_assert_str_eq(dates_of("2023-12-31", "tomorrow, next month"), "2024-01-01 2024-01");
	ck_assert_str_eq(dates_of("2024-03-01", "yesterday"), "2024-02-29");
	ck_assert_str_eq(dates_of("1900-03-01", "yesterday"), "1900-02-28");
	ck_assert_str_eq(dates_of("1000-01-01", "yesterday, last year, this year"), "1000");
	ck_assert_str_eq(dates_of("2100-12-31", "tomorrow, next year, this year"), "2100");
}
END_TEST

/* Each day of a hundred years is yesterday on the next. */
START_TEST(days_follow_each_other)
{
	struct date date = { .year = 1950, .month = 1, .day = 1, .precision = DATE_DAY };
	while (date.year < 2050) {
		char expected[DATE_TEXT_SIZE], published[DATE_TEXT_SIZE];
		date_format(&date, expected);
		if (date.day++ == date_days_in_month(date.year, date.month)) {
			date.day = 1;
			date.year = (int16_t)(date.year + (date.month == 12));
			date.month = (uint8_t)(date.month % 12 + 1);
		}
		date_format(&date, published);
		ck_assert_str_eq(dates_of(published, "yesterday"), expected);
		arena_reset(&arena);
	}
}
END_TEST

START_TEST(spans_and_confidence)
{
	dates_of(TODAY, "It was on Tuesday, Feb. 6, that he, in July of the previous year, spoke.");
	ck_assert_uint_eq(list.count, 2);
	ck_assert_uint_eq(list.items[0].start, 10);
	ck_assert_uint_eq(list.items[0].end, 25);
	ck_assert(list.items[0].is_relative);
	ck_assert_uint_eq(list.items[1].start, 39);
	ck_assert_uint_eq(list.items[1].end, 64);
	dates_of(TODAY, "On May 5, 2010, and in 2011 and last year's 'March 2012'.");
	ck_assert_uint_eq(list.count, 4);
	ck_assert(!list.items[0].is_relative && !list.items[1].is_relative);
	ck_assert_uint_gt(list.items[0].confidence, list.items[1].confidence);
	ck_assert(list.items[2].is_relative);
	ck_assert_uint_eq(list.items[2].end - list.items[2].start, strlen("last year"));
}
END_TEST

START_TEST(mentions_are_appended)
{
	struct article article;
	list.count = 0;
	make_article(NULL, "in 1987", &article);
	when_find(&article, &list);
	make_article(TODAY, "The previous year, in 1988", &article);
	when_find(&article, &list);
	ck_assert_uint_eq(list.count, 3);
	/* What another article said is no part of the story. */
	ck_assert_int_eq(list.items[1].date.year, 2023);
	ck_assert_int_eq(list.items[2].date.year, 1988);
}
END_TEST

START_TEST(an_agency_story)
{
	static const char text[] =
		"The report was released by the ministry the day before, and spies had been in the "
		"network last year.|Earlier, on February 6, it was presented by the minister.|In "
		"December 2023, hackers broke into a plant. And in July of the previous year, they "
		"read the mail of an ambassador. \"In recent months\" it was halted.";
	ck_assert_str_eq(dates_of(TODAY, text), "2024-02-06 2023 2024-02-06 2023-12 2023-07");
	ck_assert_str_eq(dates_of(NULL, text), "2023-12");
}
END_TEST

START_TEST(other_languages)
{
	static const struct {
		const char *language, *text, *dates;
	} rows[] = {
		{ "fr", "le 7 f\xc3\xa9vrier 2024, il", "2024-02-07" },
		{ "fr", "le 1er mars, il", "2024-03-01" },
		{ "fr", "en ao\xc3\xbbt 2023", "2023-08" },
		{ "French", "depuis 1987", "1987" },
		{ "de", "am 7. Februar 2024", "2024-02-07" },
		{ "de", "am 24. Dezember", "2023-12-24" },
		{ "de", "im M\xc3\xa4rz 2023", "2023-03" },
		{ "es", "el 7 de febrero de 2024", "2024-02-07" },
		{ "es", "en febrero de 2024", "2024-02" },
		{ "nl", "op 3 mei 2021", "2021-05-03" },
		{ "it", "il 25 aprile 1945", "1945-04-25" },
		{ "pt", "7 de setembro de 1822", "1822-09-07" },
		{ "de", "7 Leute, 12. Etage, 3 Mal", "" },
		{ "de", "7.", "" },
		{ "en", "le 7 f\xc3\xa9vrier, il", "" },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		language = rows[i].language;
		const char *found = dates_of(TODAY, rows[i].text);
		ck_assert_msg(strcmp(found, rows[i].dates) == 0, "\"%s\" has \"%s\", not \"%s\"",
			      rows[i].text, found, rows[i].dates);
	}
	language = "";
}
END_TEST

/* ---- hostile ---- */

static void check_list(const struct article *article)
{
	for (size_t i = 0; i < list.count; i++) {
		const struct when *when = &list.items[i];
		ck_assert_uint_lt(when->start, when->end);
		ck_assert_uint_le(when->end, article->text.len);
		ck_assert(i == 0 || list.items[i - 1].end <= when->start);
		ck_assert(when->date.precision >= DATE_YEAR && when->date.precision <= DATE_DAY);
		ck_assert(when->date.year >= 1000 && when->date.year <= 2100);
		ck_assert_uint_le(when->confidence, 100);
	}
}

START_TEST(any_mix_of_the_words_of_dates)
{
	static const char *const pieces[] = {
		"Monday",
		"Tue.",
		"May",
		"Feb.",
		"March",
		"1",
		"31",
		"6th",
		"2024",
		"1987",
		"18",
		",",
		"-",
		"\xe2\x80\x93",
		"/",
		".",
		"the",
		"of",
		"last",
		"next",
		"year",
		"years",
		"day",
		"month",
		"ago",
		"two",
		"a",
		"before",
		"previous",
		"earlier",
		"later",
		"to",
		"and",
		"in",
		"will",
		"today",
		"yesterday",
		"'s",
		"2024-02-06",
		"\xc3\xa9",
		"week",
		"night",
		"(",
		")",
		"\"",
		"$",
		"\xe5\xb9\xb4",
		"x",
	};
	uint64_t state = 11;
	struct buffer text = { 0 };
	for (int round = 0; round < 3000; round++) {
		struct article article;
		buffer_reset(&text);
		for (int i = 0; i < 40; i++) {
			state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
			buffer_add_text(&text,
					pieces[(state >> 33) % (sizeof(pieces) / sizeof(*pieces))]);
			if (state >> 62)
				buffer_add_char(&text, ' ');
		}
		make_article(round % 2 ? TODAY : NULL, text.data, &article);
		list.count = 0;
		when_find(&article, &list);
		check_list(&article);
		arena_reset(&arena);
	}
	buffer_release(&text);
}
END_TEST

/* One line of a million bytes, made of what dates begin with, takes no longer than it must. */
START_TEST(long_lines)
{
	static const char *const pieces[] = { "May ",  "Monday",          "2024-",
					      "a",     "last year ",      "6 May",
					      "1987 ", "the day before ", "\xe2\x80\x94" };
	struct buffer text = { 0 };
	struct article article;
	while (text.len < 1000000)
		buffer_add_text(&text, pieces[_i]);
	make_article(TODAY, text.data, &article);
	list.count = 0;
	when_find(&article, &list);
	check_list(&article);
	buffer_release(&text);
}
END_TEST

START_TEST(nothing_at_all)
{
	struct article article = { .text = STR("") };
	when_find(&article, &list);
	ck_assert_uint_eq(list.count, 0);
	ck_assert_str_eq(dates_of(TODAY, "1"), "");
	ck_assert_str_eq(dates_of(TODAY, "1987"), "1987");
	ck_assert_str_eq(dates_of(TODAY, "May"), "");
	ck_assert_str_eq(dates_of(TODAY, "\xe2\x80\x94"), "");
}
END_TEST

static Suite *make_suite(void)
{
	Suite *suite = suite_create("dates mentioned");
	TCase *tests = tcase_create("all");
	tcase_add_checked_fixture(tests, NULL, tear_down);
	tcase_set_timeout(tests, 60);
	tcase_add_test(tests, dates_written_out);
	tcase_add_test(tests, years);
	tcase_add_test(tests, numbers_that_are_no_years);
	tcase_add_test(tests, two_ends);
	tcase_add_test(tests, both_ends_of_a_range_are_there);
	tcase_add_test(tests, a_year_goes_on_for_the_second);
	tcase_add_test(tests, guessed_years);
	tcase_add_test(tests, months_that_are_none);
	tcase_add_test(tests, days_that_are_counts);
	tcase_add_test(tests, relative_dates);
	tcase_add_test(tests, vague_dates);
	tcase_add_test(tests, dates_that_a_story_is_at);
	tcase_add_test(tests, weekdays);
	tcase_add_test(tests, weekdays_that_are_none);
	tcase_add_test(tests, publication_known_less_finely);
	tcase_add_test(tests, steps_over_the_ends_of_years);
	tcase_add_test(tests, days_follow_each_other);
	tcase_add_test(tests, spans_and_confidence);
	tcase_add_test(tests, mentions_are_appended);
	tcase_add_test(tests, an_agency_story);
	tcase_add_test(tests, other_languages);
	tcase_add_test(tests, any_mix_of_the_words_of_dates);
	tcase_add_loop_test(tests, long_lines, 0, 9);
	tcase_add_test(tests, nothing_at_all);
	suite_add_tcase(suite, tests);
	return suite;
}

TEST_MAIN(make_suite)
