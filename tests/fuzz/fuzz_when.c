/*
 * Any text, with a publication date and without: the dates that it mentions are dates, lie apart and in order, and without a
 * publication date none is reckoned from one.
 */
#include "target.h"

#include "../../lib/entity/when.h"

#include "dateline/utf8.h"

#include <stdlib.h>

static void require(bool condition)
{
	if (!condition)
		abort();
}

static void check_when(const struct when *when, uint32_t from, size_t len)
{
	const struct date *date = &when->date;
	require(when->start >= from && when->start < when->end && when->end <= len);
	require(when->confidence > 0 && when->confidence <= 100);
	require(date->year >= 1000 && date->year <= 2100);
	require(date->precision >= DATE_YEAR && date->precision <= DATE_DAY);
	require(date->precision >= DATE_MONTH ? date->month >= 1 && date->month <= 12 : !date->month);
	require(date->precision == DATE_DAY ? date_is_valid(date->year, date->month, date->day)
					    : !date->day);
	require(!date->hour && !date->minute && !date->second && !date->has_zone);
}

static void run(const struct article *article, struct when_list *list)
{
	uint32_t from = 0;
	list->count = 0;
	when_find(article, list);
	for (size_t i = 0; i < list->count; i++) {
		check_when(&list->items[i], from, article->text.len);
		from = list->items[i].end;
	}
}

static void check_article(struct article *article)
{
	static const char *const published[] = { "2024-02-29", "2024-02", "1000", "2100-12-31" };
	struct when_list list = { 0 };
	run(article, &list);
	for (size_t i = 0; i < list.count; i++)
		require(!list.items[i].is_relative);
	for (size_t i = 0; i < sizeof(published) / sizeof(*published); i++) {
		require(date_parse((struct str){ published[i], strlen(published[i]) },
				   &article->published));
		run(article, &list);
	}
	when_list_release(&list);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct article article = { 0 };
	struct text_builder builder = { 0 };
	struct arena arena = { 0 };
	struct buffer clean = { 0 };
	utf8_clean((struct str){ (const char *)data, size }, &clean);
	text_builder_add_body(&builder, buffer_str(&clean));
	text_builder_finish(&builder, &arena, &article);
	check_article(&article);
	article.published = (struct date){ .precision = DATE_NONE };
	article.language = (struct str){ "de", 2 };
	check_article(&article);
	text_builder_release(&builder);
	arena_release(&arena);
	buffer_release(&clean);
	return 0;
}
