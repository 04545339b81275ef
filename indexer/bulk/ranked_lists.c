#include "ranked_lists.h"

#include "packing.h"
#include "termlist.h"
#include "termlist_codes.h"

#include <endian.h>
#include <stdlib.h>

/* Up to it, inserting is quicker than counting. */
#define FEW 20

/* Terms are looked at so far ahead. */
#define AHEAD 28

#define DIGIT_BITS_MAX 13

/* Percent of its bytes that a list of English terms is not left with unless it is very short. */
#define DEFLATED_POOR 85

/* Bytes of an entry of a term list, and of what is written too much. */
#define ENTRY_MAX (2 + 255 + PACKED_NUMBER_MAX + RANKED_TERM_BYTES)

void ranked_term_set(struct ranked_term *ranked, struct str text, uint32_t term)
{
	ranked->term = term;
	ranked->len = (uint32_t)text.len;
	const size_t len = text.len < RANKED_TERM_BYTES ? text.len : RANKED_TERM_BYTES;
	memset(ranked->start, 0, RANKED_TERM_BYTES);
	memcpy(ranked->start, text.data, len);
}

void ranked_lists_init(struct ranked_lists *lists, const struct ranked_terms *of)
{
	*lists = (struct ranked_lists){ .of = *of };
	lists->counts = memory_alloc(sizeof(uint32_t) << DIGIT_BITS_MAX);
	lists->deflate = deflate_new(&termlist_codes);
}

void ranked_lists_release(struct ranked_lists *lists)
{
	free(lists->items);
	free(lists->spare);
	free(lists->counts);
	buffer_release(&lists->tag);
	buffer_release(&lists->deflated);
	deflate_free(lists->deflate);
}

/* ---- the order of an article's terms ---- */

static void sort_few(uint64_t *items, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		const uint64_t item = items[i];
		size_t at = i;
		for (; at && items[at - 1] > item; at--)
			items[at] = items[at - 1];
		items[at] = item;
	}
}

/* Numbers of `digit` bits from `shift` on decide; equal ones stay as they are. */
static void sort_digit(struct ranked_lists *lists, size_t count, unsigned shift, unsigned digit)
{
	uint32_t *counts = lists->counts, next = 0;
	const uint64_t *items = lists->items;
	uint64_t *to = lists->spare;
	const uint32_t mask = (1U << digit) - 1;
	memset(counts, 0, sizeof(*counts) << digit);
	for (size_t i = 0; i < count; i++)
		counts[items[i] >> shift & mask]++;
	for (uint32_t value = 0; value <= mask; value++) {
		const uint32_t own = counts[value];
		counts[value] = next;
		next += own;
	}
	for (size_t i = 0; i < count; i++)
		to[counts[items[i] >> shift & mask]++] = items[i];
	lists->spare = lists->items;
	lists->items = to;
}

/* Few long passes, or many short ones: a pass costs some steps for each item and one or two for each value of its digit. */
static unsigned choose_passes(size_t count, unsigned bits)
{
	unsigned best = 0;
	size_t least = SIZE_MAX;
	for (unsigned passes = 1; passes <= 4; passes++) {
		const unsigned digit = (bits + passes - 1) / passes;
		const size_t cost = passes * (((size_t)1 << digit) + 3 * count);
		if (digit <= DIGIT_BITS_MAX && cost < least) {
			least = cost;
			best = passes;
		}
	}
	return best;
}

/* An item is a rank, and below it the wdf. */
static void sort_items(struct ranked_lists *lists, size_t count)
{
	if (count <= FEW) {
		sort_few(lists->items, count);
		return;
	}
	const unsigned bits = 32 - (unsigned)__builtin_clz((uint32_t)lists->of.count);
	const unsigned passes = choose_passes(count, bits);
	const unsigned digit = (bits + passes - 1) / passes;
	for (unsigned pass = 0; pass < passes; pass++)
		sort_digit(lists, count, 32 + pass * digit, digit);
}

static void take_items(struct ranked_lists *lists, const struct forward_article *article)
{
	const size_t count = article->term_count;
	if (count > lists->capacity) {
		lists->items = memory_grow(lists->items, count * sizeof(*lists->items));
		lists->spare = memory_grow(lists->spare, count * sizeof(*lists->spare));
		lists->capacity = count;
	}
	const uint32_t *at = article->terms;
	for (size_t i = 0; i < count; i++) {
		uint32_t term, wdf;
		at = forward_term(at, &term, &wdf);
		lists->items[i] = (uint64_t)lists->of.ranks[term] << 32 | wdf;
	}
	sort_items(lists, count);
}

/* ---- its list ---- */

static inline uint64_t differ_at(const struct ranked_term *a, const struct ranked_term *b, size_t at)
{
	uint64_t from_a, from_b;
	memcpy(&from_a, a->start + at, sizeof(from_a));
	memcpy(&from_b, b->start + at, sizeof(from_b));
	return le64toh(from_a ^ from_b);
}

/* How many bytes both begin with. Zeros behind the end of one can equal those of the other, hence the limit. */
static inline uint32_t shared_by(const struct ranked_terms *of, const struct ranked_term *a,
				 const struct ranked_term *b)
{
	const uint32_t limit = a->len < b->len ? a->len : b->len;
	for (uint32_t at = 0; at < RANKED_TERM_BYTES; at += 8) {
		const uint64_t differ = differ_at(a, b, at);
		if (differ) {
			const uint32_t shared = at + (uint32_t)__builtin_ctzll(differ) / 8;
			return shared < limit ? shared : limit;
		}
	}
	if (limit <= RANKED_TERM_BYTES)
		return limit;
	const char *text_a = of->texts[a->term].data, *text_b = of->texts[b->term].data;
	uint32_t shared = RANKED_TERM_BYTES;
	while (shared < limit && text_a[shared] == text_b[shared])
		shared++;
	return shared;
}

static struct str text_of(const struct ranked_terms *of, const struct ranked_term *ranked)
{
	const bool is_short = ranked->len <= RANKED_TERM_BYTES;
	return (struct str){ is_short ? ranked->start : of->texts[ranked->term].data, ranked->len };
}

/* The end of a term from its byte `shared` on. A short one is copied in steps of a fixed size; what is too much is written over by what follows. */
static inline char *put_rest(char *to, const struct ranked_terms *of,
			     const struct ranked_term *ranked, uint32_t shared)
{
	const uint32_t rest = ranked->len - shared;
	if (ranked->len > RANKED_TERM_BYTES) {
		memcpy(to, of->texts[ranked->term].data + shared, rest);
		return to + rest;
	}
	const char *from = (const char *)ranked + shared;
	memcpy(to, from, 8);
	if (rest > 8)
		memcpy(to + 8, from + 8, 16);
	return to + rest;
}

/* As termlist_add does it, which has to look at the room for each term and to copy texts of any length. */
static inline char *put_term(char *to, const struct ranked_terms *of,
			     const struct ranked_term *before, const struct ranked_term *now,
			     uint32_t wdf)
{
	const uint32_t shared = shared_by(of, before, now);
	const size_t packed = termlist_pack(wdf, before->len, shared);
	to[0] = (char)(packed != SIZE_MAX ? packed : shared);
	to[1] = (char)(now->len - shared);
	to = put_rest(to + 2, of, now, shared);
	return packed != SIZE_MAX ? to : pack_number(to, wdf);
}

/* There is room for one more entry at the end of the tag, whose length is known only at its end. */
static inline char *make_room(struct buffer *tag, char *to)
{
	const size_t len = (size_t)(to - tag->data);
	if (tag->capacity - len > ENTRY_MAX)
		return to;
	tag->len = len;
	buffer_extend(tag, ENTRY_MAX);
	return tag->data + len;
}

static void make_tag(struct ranked_lists *lists, const struct forward_article *article)
{
	const struct ranked_terms *of = &lists->of;
	const uint64_t *items = lists->items;
	const size_t count = article->term_count;
	struct termlist list;
	termlist_begin(&list, &lists->tag, article->length, (uint32_t)count);
	if (!count)
		return;
	const struct ranked_term *before = &of->terms[items[0] >> 32];
	termlist_add(&list, text_of(of, before), 0, (uint32_t)items[0]);
	char *to = lists->tag.data + lists->tag.len;
	for (size_t i = 1; i < count; i++) {
		if (i + AHEAD < count)
			__builtin_prefetch(&of->terms[items[i + AHEAD] >> 32]);
		const struct ranked_term *now = &of->terms[items[i] >> 32];
		to = make_room(&lists->tag, to);
		to = put_term(to, of, before, now, (uint32_t)items[i]);
		before = now;
	}
	lists->tag.len = (size_t)(to - lists->tag.data);
}

/* libxapian reads a short list whoever deflated it; what libdeflate makes of a long one it might not read. */
static size_t deflate_list(struct ranked_lists *lists, struct str tag, char *to)
{
	if (tag.len > DEFLATE_SAFE_MAX)
		return deflate_text(lists->deflate, tag, to);
	return deflate_shorter(lists->deflate, tag, DEFLATED_POOR, to);
}

/* Deflated when that is shorter: always, but for lists of few terms. */
static void add_tag(struct ranked_lists *lists, struct buffer *out)
{
	const struct str tag = buffer_str(&lists->tag);
	buffer_reset(&lists->deflated);
	char *to = buffer_extend(&lists->deflated, deflate_room(tag.len));
	const size_t len = deflate_list(lists, tag, to);
	const bool is_shorter = len < tag.len;
	buffer_add_varint(out, (is_shorter ? len : tag.len) * 2 + is_shorter);
	buffer_add(out, is_shorter ? to : tag.data, is_shorter ? len : tag.len);
}

void ranked_lists_add(struct ranked_lists *lists, const struct forward_article *article,
		      struct buffer *out)
{
	take_items(lists, article);
	buffer_reset(&lists->tag);
	make_tag(lists, article);
	buffer_add_varint(out, article->sequence - lists->sequence);
	add_tag(lists, out);
	lists->sequence = article->sequence;
}
