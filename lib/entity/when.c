#include "when_finder.h"

#include <stdlib.h>

void when_list_release(struct when_list *list)
{
	free(list->items);
	*list = (struct when_list){ 0 };
}

bool finder_add(struct finder *finder, uint32_t start, uint32_t end, struct date date,
		bool is_relative, unsigned confidence)
{
	struct when_list *list = finder->list;
	if (start < finder->seen || date.precision == DATE_NONE || date.year < YEAR_FIRST ||
	    date.year > YEAR_LAST)
		return false;
	if (date.precision == DATE_DAY && !date_is_valid(date.year, date.month, date.day))
		return false;
	memory_reserve(&list->items, &list->capacity, list->count, sizeof(*list->items));
	list->items[list->count++] = (struct when){
		.start = start,
		.end = end,
		.date = date,
		.is_relative = is_relative,
		.confidence = (uint8_t)confidence,
	};
	finder->seen = end;
	return true;
}

/* ---- places worth a closer look ---- */

static bool (*const finders[128])(struct finder *) = {
	[LEX_MONTH] = find_month,
	[LEX_WEEKDAY] = find_weekday,
	[LEX_UNIT] = find_unit,
	[LEX_NEAR_DAY] = find_near_day,
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The bytes of the ASCII letters from `at` on, up to one more than any word of a date has. */
static uint32_t word_length(const char *text, uint32_t at, uint32_t last)
{
	uint32_t len = 0;
	while (at + len < last && len <= WHEN_WORD_MAX &&
	       (unsigned char)((text[at + len] | 0x20) - 'a') < 26)
		len++;
	return len;
}

/* The scan takes any byte that is no ASCII for the end of a word; here it is seen whether it is. */
static bool is_word_start(const struct finder *finder, uint32_t at)
{
	const char *text = finder->article->text.data;
	uint32_t start = at;
	if (at == finder->paragraph || !(text[at - 1] & 0x80))
		return true;
	do
		start--;
	while (start > finder->paragraph && at - start < 4 && (text[start] & 0xc0) == 0x80);
	return lex_parting(text + start, at - start) == at - start;
}

static bool try_window(struct finder *finder, uint32_t at, char class)
{
	window_open(&finder->window, finder->article->text.data, finder->paragraph,
		    finder->paragraph_end, at);
	const unsigned char middle = (unsigned char)finder->window.middle.class;
	return class ? finders[middle] && finders[middle](finder) : find_number(finder);
}

static bool try_word(struct finder *finder, uint32_t at)
{
	const char *text = finder->article->text.data;
	const struct when_word *word =
		when_word_find(text + at, word_length(text, at, finder->paragraph_end));
	return word && finders[(unsigned char)word->class] && is_word_start(finder, at) &&
	       try_window(finder, at, word->class);
}

/* Four digits, or one or two with a mark that dates have. */
static bool may_be_date(const char *at, uint32_t len)
{
	uint32_t digits = 1;
	while (digits < len && digits < 5 && is_digit(at[digits]))
		digits++;
	if (digits == 4)
		return *at <= '2';
	return digits <= 2 && digits + 1 < len && strchr("-/.", at[digits]) && at[digits] &&
	       is_digit(at[digits + 1]);
}

static bool try_number(struct finder *finder, uint32_t at)
{
	return (finder->is_foreign ||
		may_be_date(finder->article->text.data + at, finder->paragraph_end - at)) &&
	       is_word_start(finder, at) && try_window(finder, at, '\0');
}

static void try_start(struct finder *finder, const struct when_triggers *triggers, uint32_t at)
{
	const char *text = finder->article->text.data;
	if (at < finder->seen)
		return;
	if (is_digit(text[at]))
		try_number(finder, at);
	else if (finder->paragraph_end - at >= 3 && when_triggers_has(triggers, text + at))
		try_word(finder, at);
}

/* ---- the scan ---- */

/*
 * Eight bytes at a time, each a lane of a number, with the first byte in the lowest. What is said of a byte is the top bit of
 * its lane (H. S. Warren, "Hacker's Delight", 6-1).
 */
#define LANES(byte) (UINT64_C(0x0101010101010101) * (byte))
#define LANE_BYTES 8

static uint64_t read_lanes(const char *at, size_t len)
{
	uint64_t lanes = 0;
	memcpy(&lanes, at, len);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	lanes = __builtin_bswap64(lanes);
#endif
	return lanes;
}

/* Of lanes below 0x80: those from `first` to `last`. */
static inline uint64_t lanes_between(uint64_t lanes, uint8_t first, uint8_t last)
{
	return (lanes + LANES(0x80u - first)) ^ (lanes + LANES(0x7fu - last));
}

/* ASCII letters and digits. */
static inline uint64_t word_lanes(uint64_t lanes)
{
	const uint64_t low = lanes & LANES(0x7f);
	const uint64_t word = lanes_between(low | LANES(0x20), 'a', 'z') |
			      lanes_between(low, '0', '9');
	return word & ~lanes & LANES(0x80);
}

static void scan_paragraph(struct finder *finder, const struct when_triggers *triggers,
			   uint32_t first, uint32_t last)
{
	const char *text = finder->article->text.data;
	uint64_t before = 0; /* whether the byte before is part of a word */
	finder->paragraph = first;
	finder->paragraph_end = last;
	finder->open = (struct open_date){ .place = NOT_LISTED };
	for (uint32_t at = first; at < last; at += LANE_BYTES) {
		const size_t len = last - at < LANE_BYTES ? last - at : LANE_BYTES;
		const uint64_t words = word_lanes(read_lanes(text + at, len));
		uint64_t starts = words & ~(words << 8 | before);
		before = words >> 56;
		for (; starts; starts &= starts - 1)
			try_start(finder, triggers, at + (uint32_t)__builtin_ctzll(starts) / 8);
	}
}

/* Finer than a day is of no use here. */
static struct date day_of(const struct date *published)
{
	struct date date = {
		.year = published->year,
		.month = published->month,
		.day = published->day,
		.precision = published->precision > DATE_DAY ? DATE_DAY : published->precision,
	};
	if (date.year < YEAR_FIRST || date.year > YEAR_LAST)
		date = (struct date){ .precision = DATE_NONE };
	return date;
}

void when_find(const struct article *article, struct when_list *list)
{
	struct when_triggers triggers;
	struct finder finder = {
		.article = article,
		.list = list,
		.first = list->count,
		.published = day_of(&article->published),
		.is_foreign = article->language.len && is_foreign(article),
	};
	if (finder.published.precision == DATE_DAY)
		finder.today = calendar_days(&finder.published);
	when_triggers_init(&triggers);
	for (size_t i = 0; i < article->paragraph_count; i++)
		scan_paragraph(&finder, &triggers, article->paragraphs[i].start,
			       article->paragraphs[i].end);
}
