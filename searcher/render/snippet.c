#include "layout.h"
#include "match.h"
#include "render.h"
#include "window.h"

#include "dateline/utf8.h"

#include <stdlib.h>

#define COLUMNS_MIN 20

/* What is longer is no word, and may be cut. */
#define WORD_COLUMNS_MAX 40

/* For "… " before and " …" behind. */
#define ELLIPSIS "…"
#define ELLIPSES_COLUMNS 4

/* A stretch of the text that is looked for its best passage. */
struct region {
	struct str text;   /* the whole text of the article */
	size_t start, end; /* what may be shown */
};

struct passage {
	size_t start, end; /* bytes in the text */
	bool is_sentence;  /* it begins where a sentence does */
};

/* ---- measuring ---- */

static bool is_blank(char byte)
{
	return byte == ' ' || byte == '\n' || byte == '\t';
}

struct character {
	uint32_t code;
	size_t bytes, columns;
};

static struct character character_at(struct str text, size_t at)
{
	struct character c;
	c.code = utf8_decode(text.data + at, text.len - at, &c.bytes);
	c.columns = is_blank(text.data[at]) ? 1
					    : utf8_columns((struct str){ text.data + at, c.bytes });
	return c;
}

static size_t character_before(struct str text, size_t at)
{
	do
		at--;
	while (at && ((uint8_t)text.data[at] & 0xC0) == 0x80);
	return at;
}

/* True when a passage may begin or end at this place between two characters of the region. */
static bool is_edge(const struct region *region, size_t at)
{
	if (at <= region->start || at >= region->end)
		return true;
	const struct str text = region->text;
	if (is_blank(text.data[at]) || is_blank(text.data[at - 1]))
		return true;
	const struct character before = character_at(text, character_before(text, at));
	const struct character after = character_at(text, at);
	return layout_may_break(before.code, before.columns, after.code, after.columns);
}

/* No mark of the character before is cut off it. */
static bool is_between_characters(const struct region *region, size_t at)
{
	return at >= region->end || character_at(region->text, at).columns > 0;
}

/* How far a passage may go, as the columns and bytes that are left. */
struct room {
	size_t columns, bytes;
};

static bool room_take(struct room *room, const struct character *c)
{
	if (c->columns > room->columns || c->bytes > room->bytes)
		return false;
	room->columns -= c->columns;
	room->bytes -= c->bytes;
	return true;
}

static struct room room_of(size_t columns)
{
	return (struct room){ columns, columns * BYTES_PER_COLUMN };
}

/*
 * The last edge in reach behind `at`. Where there is none (a script without blanks, an address), or none that makes
 * use of the room, a place between two characters. With `keep`, `at` itself will do for an edge.
 */
static size_t reach_right(const struct region *region, size_t at, size_t columns, bool keep)
{
	struct room room = room_of(columns);
	size_t edge = keep ? at : 0, between = 0, left_at_edge = columns;
	while (at < region->end) {
		const struct character c = character_at(region->text, at);
		if (!room_take(&room, &c))
			break;
		at += c.bytes;
		if (is_between_characters(region, at))
			between = at;
		if (is_edge(region, at)) {
			edge = at;
			left_at_edge = room.columns;
		}
	}
	if (edge && left_at_edge - room.columns <= WORD_COLUMNS_MAX)
		return edge;
	return between ? between : at;
}

/* The same to the left, and only to edges. */
static size_t reach_left(const struct region *region, size_t at, size_t columns)
{
	struct room room = room_of(columns);
	size_t edge = at;
	while (at > region->start) {
		const size_t before = character_before(region->text, at);
		const struct character c = character_at(region->text, before);
		if (!room_take(&room, &c))
			break;
		at = before;
		if (is_edge(region, at) && !is_blank(region->text.data[at]))
			edge = at;
	}
	return edge;
}

/* ---- the passage around it ---- */

/* The earliest of the sentences up to `sentence` from which `columns` reach as far as `to`. */
static uint32_t sentence_in_reach(const struct region *region, const struct match_list *list,
				  uint32_t sentence, size_t to, size_t columns)
{
	while (sentence &&
	       window_measure(region->text, list->sentences[sentence - 1], to, columns) <= columns)
		sentence--;
	return sentence;
}

/* Begins at a sentence's start when it is near, else some words before the first match. */
static void begin_passage(const struct region *region, const struct match_list *list,
			  const struct window *window, size_t columns, struct passage *passage)
{
	const struct match *first = &list->items[window->first];
	const size_t width = window_measure(region->text, first->start, window->end, columns);
	const size_t room = width < columns ? columns - width : 0;
	/* At the end of an article all the room is before the matches. */
	const size_t rest = window_measure(region->text, first->start, region->end, columns);
	const bool is_last = rest <= columns;
	const size_t near = is_last ? columns - rest : room * 3 / 4;
	size_t start = list->sentences[first->sentence];
	passage->is_sentence = window_measure(region->text, start, first->start, columns) <= near;
	if (!passage->is_sentence)
		start = reach_left(region, first->start, is_last ? near : room / 3);
	else if (is_last)
		start = list->sentences[sentence_in_reach(region, list, first->sentence,
							  region->end, columns)];
	passage->start = start;
}

static size_t passage_end(const struct region *region, size_t start, size_t window_end,
			  size_t columns)
{
	const size_t width = window_measure(region->text, start, window_end, columns);
	if (width <= columns)
		return reach_right(region, window_end, columns - width, window_end > start);
	return reach_right(region, start, columns, false);
}

static struct passage passage_around(const struct region *region, const struct match_list *list,
				     const struct window *window, size_t columns)
{
	struct passage passage;
	begin_passage(region, list, window, columns, &passage);
	passage.end = passage_end(region, passage.start, window->end, columns);
	return passage;
}

/* ---- two passages ---- */

/* One, or two that are parted by more than blanks; by rising place. */
struct passages {
	struct passage items[2];
	size_t count;
};

/* Half of less is too little to be read. */
#define TWO_COLUMNS_MIN 100

/* For "… " between the two, and a blank before it behind the end of a sentence. */
#define BETWEEN_COLUMNS 3

/* Common words explain no hit, unless there are no others. */
static bool *idle_leaves(const struct query_leaf *leaves, size_t leaf_count)
{
	bool *idle = memory_zero(leaf_count, sizeof(*idle));
	bool any = false;
	for (size_t i = 0; i < leaf_count; i++)
		any |= !leaves[i].common;
	for (size_t i = 0; i < leaf_count && any; i++)
		idle[i] = leaves[i].common;
	return idle;
}

/* Different leaves among the matches. */
static size_t count_leaves(const struct match_list *list, size_t leaf_count, const bool *idle)
{
	bool *seen = memory_alloc(leaf_count * sizeof(*seen));
	size_t count = 0;
	memcpy(seen, idle, leaf_count * sizeof(*seen));
	for (size_t i = 0; i < list->count; i++) {
		count += !seen[list->items[i].leaf];
		seen[list->items[i].leaf] = true;
	}
	free(seen);
	return count;
}

static void put_two(const struct region *region, struct passage a, struct passage b,
		    struct passages *passages)
{
	struct passage *first = &passages->items[0], *second = &passages->items[1];
	*first = a.start <= b.start ? a : b;
	*second = a.start <= b.start ? b : a;
	size_t between = first->end;
	while (between < second->start && is_blank(region->text.data[between]))
		between++;
	passages->count = between < second->start ? 2 : 1;
	if (passages->count == 1 && second->end > first->end)
		first->end = second->end;
}

/*
 * Two passages of half the room when together they have more different leaves than the `best` one of all the room. `idle` is
 * changed.
 */
static bool try_two(const struct region *region, const struct match_list *list, size_t leaf_count,
		    size_t columns, size_t best, bool *idle, struct passages *passages)
{
	if (columns < TWO_COLUMNS_MIN || count_leaves(list, leaf_count, idle) <= best)
		return false;
	const size_t half = (columns - BETWEEN_COLUMNS) / 2;
	const struct window first = window_best(list, leaf_count, region->text, half * 3 / 4, idle);
	for (size_t i = 0; i < first.count; i++)
		idle[list->items[first.first + i].leaf] = true;
	const struct window second = window_best(list, leaf_count, region->text, half * 3 / 4, idle);
	if (first.leaves + second.leaves <= best)
		return false;
	put_two(region, passage_around(region, list, &first, half),
		passage_around(region, list, &second, half), passages);
	return true;
}

static void choose_passages(const struct region *region, const struct match_list *list,
			    const struct query_leaf *leaves, size_t leaf_count, size_t columns,
			    struct passages *passages)
{
	bool *idle = idle_leaves(leaves, leaf_count);
	const struct window window =
		window_best(list, leaf_count, region->text, columns * 3 / 4, idle);
	if (!try_two(region, list, leaf_count, columns, window.leaves, idle, passages)) {
		passages->items[0] = passage_around(region, list, &window, columns);
		passages->count = 1;
	}
	free(idle);
}

/* ---- writing it down ---- */

struct writing {
	struct buffer out;
	const struct match_list *list;
	const struct article *article;
	struct arena *arena;
	struct snippet_places *places;
	struct mark *marks;
	size_t count, capacity;
};

static void add_mark(struct writing *writing, size_t start, size_t end)
{
	if (writing->count && start <= writing->marks[writing->count - 1].end) {
		struct mark *last = &writing->marks[writing->count - 1];
		last->end = end > last->end ? (uint32_t)end : last->end;
		return;
	}
	memory_reserve(&writing->marks, &writing->capacity, writing->count, sizeof(*writing->marks));
	writing->marks[writing->count++] = (struct mark){ (uint32_t)start, (uint32_t)end };
}

/* The bytes of the one of `pieces` (which end with NULL) that the text up to `end` ends with, or 0. */
static size_t ending(struct str text, size_t end, const char *const *pieces)
{
	for (; *pieces; pieces++) {
		const size_t len = strlen(*pieces);
		if (end >= len && memcmp(text.data + end - len, *pieces, len) == 0)
			return len;
	}
	return 0;
}

static bool ends_sentence(struct str text, size_t end)
{
	static const char *const stops[] = { ".", "!", "?", "。", "！", "？", "…", NULL };
	static const char *const closings[] = { "\"", "'",  ")",  "]",  "”", "’",
						"»",  "」", "』", "）", NULL };
	for (size_t len; (len = ending(text, end, closings)) > 0;)
		end -= len;
	return ending(text, end, stops) > 0;
}

/*
 * Behind a heading that would run into the text as if it were the start of a sentence. `paragraph` goes along with `at`,
 * which rises.
 */
static bool is_heading_end(const struct article *article, size_t *paragraph, size_t at)
{
	while (*paragraph < article->paragraph_count && article->paragraphs[*paragraph].end < at)
		++*paragraph;
	if (*paragraph >= article->paragraph_count)
		return false;
	const struct paragraph *this = &article->paragraphs[*paragraph];
	return this->kind == PARAGRAPH_HEADING && this->end == at &&
	       !ends_sentence(article->text, at) && article->text.data[at - 1] != ':';
}

/*
 * All white space between two words becomes one blank, and a colon before it where a heading ends: paragraphs
 * have two line ends between them, so nothing becomes wider. `places` says for each byte of the passage, and for its end,
 * where it is in what is written.
 */
static void write_text(struct writing *writing, struct str text, const struct passage *passage,
		       uint32_t *places)
{
	size_t paragraph = 0;
	for (size_t at = passage->start; at < passage->end; at++) {
		places[at - passage->start] = (uint32_t)writing->out.len;
		if (is_heading_end(writing->article, &paragraph, at) && at + 2 < passage->end)
			buffer_add_char(&writing->out, ':');
		if (!is_blank(text.data[at]))
			buffer_add_char(&writing->out, text.data[at]);
		else if (at == passage->start || !is_blank(text.data[at - 1]))
			buffer_add_char(&writing->out, ' ');
	}
	places[passage->end - passage->start] = (uint32_t)writing->out.len;
}

/* Marks all matches that are wholly in the passage; of the first one of a window at least what is. */
static void write_marks(struct writing *writing, const struct passage *passage,
			const uint32_t *places)
{
	const struct match_list *list = writing->list;
	const size_t before = writing->count;
	for (size_t i = 0; i < list->count && list->items[i].start < passage->end; i++) {
		const struct match *match = &list->items[i];
		if (match->start < passage->start)
			continue;
		const bool is_whole = match->end <= passage->end;
		if (is_whole || writing->count == before)
			add_mark(writing, places[match->start - passage->start],
				 places[(is_whole ? match->end : passage->end) - passage->start]);
	}
}

/* A comma or colon before an ellipsis says nothing. */
static size_t without_comma(struct str text, const struct passage *passage)
{
	static const char idle[] = { ' ', '\n', '\t', ',', ';', ':', '(', '-' };
	size_t end = passage->end;
	while (end > passage->start + 1 && memchr(idle, text.data[end - 1], sizeof(idle)))
		end--;
	return end;
}

static void write_passage(struct writing *writing, const struct region *region,
			  struct passage passage)
{
	const struct str text = region->text;
	const bool goes_on = passage.end < region->end;
	if (goes_on)
		passage.end = without_comma(text, &passage);
	const size_t bytes = passage.end - passage.start;
	uint32_t *places = arena_alloc(writing->arena, (bytes + 1) * sizeof(*places));
	write_text(writing, text, &passage, places);
	write_marks(writing, &passage, places);
	if (goes_on)
		buffer_add_text(&writing->out,
				ends_sentence(text, passage.end) ? " " ELLIPSIS : ELLIPSIS);
	writing->places->parts[writing->places->count++] =
		(struct snippet_part){ (uint32_t)passage.start, (uint32_t)passage.end, places };
}

static void write_passages(const struct article *article, const struct region *region,
			   const struct match_list *list, const struct passages *passages,
			   struct arena *arena, struct snippet *snippet,
			   struct snippet_places *places)
{
	struct writing writing = { .list = list, .article = article, .arena = arena, .places = places };
	const struct passage *first = &passages->items[0];
	if (first->start > region->start)
		buffer_add_text(&writing.out, first->is_sentence ? ELLIPSIS " " : ELLIPSIS);
	for (size_t i = 0; i < passages->count; i++) {
		buffer_add_text(&writing.out, i ? " " : "");
		write_passage(&writing, region, passages->items[i]);
	}
	snippet->text = arena_copy(arena, buffer_str(&writing.out));
	const size_t size = writing.count * sizeof(*writing.marks);
	snippet->marks = arena_alloc(arena, size);
	if (size)
		memcpy(snippet->marks, writing.marks, size);
	snippet->mark_count = writing.count;
	buffer_release(&writing.out);
	free(writing.marks);
}

/* ---- which part of the article ---- */

static struct region region_of(const struct article *article, enum match_part part)
{
	struct region region = { .text = article->text, .end = article->text.len };
	if (article->paragraph_count && article->paragraphs[0].kind == PARAGRAPH_TITLE) {
		if (part == MATCH_TITLE)
			region.end = article->paragraphs[0].end;
		else
			region.start = article->paragraphs[0].end;
	}
	while (region.start < region.end && is_blank(region.text.data[region.start]))
		region.start++;
	while (region.start < region.end && is_blank(region.text.data[region.end - 1]))
		region.end--;
	return region;
}

/* The first paragraph that is no heading, and on from there. */
static struct passage passage_first(const struct region *region, const struct article *article,
				    size_t columns)
{
	struct passage passage = { .start = region->start, .is_sentence = true };
	for (size_t i = 0; i < article->paragraph_count; i++) {
		const struct paragraph *paragraph = &article->paragraphs[i];
		if (paragraph->kind == PARAGRAPH_TEXT && paragraph->start >= region->start) {
			passage.start = paragraph->start;
			break;
		}
	}
	passage.end = passage_end(region, passage.start, passage.start, columns);
	return passage;
}

void snippet_make(const struct record *record, const struct query_leaf *leaves, size_t leaf_count,
		  struct analyser *analyser, uint32_t columns, struct arena *arena,
		  struct snippet *snippet, struct snippet_places *places)
{
	const struct article *article = &record->article;
	const size_t room = (columns < COLUMNS_MIN ? COLUMNS_MIN : columns) - ELLIPSES_COLUMNS;
	enum match_part part = MATCH_BODY;
	struct region region = region_of(article, part);
	*snippet = (struct snippet){ 0 };
	*places = (struct snippet_places){ 0 };
	if (region.start == region.end) {
		part = MATCH_TITLE;
		region = region_of(article, part);
	}
	struct match_list list = { 0 };
	struct passages passages = { .count = 1 };
	match_article(article, part, leaves, leaf_count, analyser, &list);
	if (list.count)
		choose_passages(&region, &list, leaves, leaf_count, room, &passages);
	else
		passages.items[0] = passage_first(&region, article, room);
	write_passages(article, &region, &list, &passages, arena, snippet, places);
	match_list_release(&list);
}
