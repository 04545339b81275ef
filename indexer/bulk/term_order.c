#include "term_order.h"

#include "pages.h"

#include <endian.h>

/* A term with eight of its bytes, so that most comparisons need no more. */
struct term_key {
	uint64_t bytes; /* the first of them highest; 0 behind the end */
	uint32_t term;
	uint32_t left; /* bytes of the term from there on, at most KEY_BYTES + 1 */
};

#define KEY_BYTES 8

/* Below it, comparing is quicker than counting. */
#define FEW 40

struct term_sort {
	const struct str *terms;
	struct term_key *spare; /* as many as there are keys */
};

static void load(struct term_key *key, struct str term, size_t depth)
{
	const size_t left = term.len - depth;
	uint64_t bytes = 0;
	memcpy(&bytes, term.data + depth, left < KEY_BYTES ? left : KEY_BYTES);
	key->bytes = be64toh(bytes);
	key->left = left > KEY_BYTES ? KEY_BYTES + 1 : (uint32_t)left;
}

/* One that ends among bytes that are equal can only be followed by zeros in the other. */
static bool is_before(const struct term_sort *sort, const struct term_key *a,
		      const struct term_key *b)
{
	if (a->bytes != b->bytes)
		return a->bytes < b->bytes;
	if (a->left != b->left)
		return a->left < b->left;
	return str_compare(sort->terms[a->term], sort->terms[b->term]) < 0;
}

static void sort_few(const struct term_sort *sort, struct term_key *keys, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		const struct term_key key = keys[i];
		size_t at = i;
		for (; at && is_before(sort, &key, &keys[at - 1]); at--)
			keys[at] = keys[at - 1];
		keys[at] = key;
	}
}

/* Parts keys by one byte; ends[b]: where those with that byte end. */
static void part(const struct term_sort *sort, struct term_key *keys, size_t count, unsigned shift,
		 size_t ends[256])
{
	size_t starts[256], next = 0;
	memset(ends, 0, 256 * sizeof(*ends));
	for (size_t i = 0; i < count; i++)
		ends[keys[i].bytes >> shift & 0xff]++;
	for (unsigned byte = 0; byte < 256; byte++) {
		starts[byte] = next;
		next += ends[byte];
		ends[byte] = next;
	}
	for (size_t i = 0; i < count; i++)
		sort->spare[starts[keys[i].bytes >> shift & 0xff]++] = keys[i];
	memcpy(keys, sort->spare, count * sizeof(*keys));
}

/* All keys are equal: those that end in them come first, the shortest first; the others go on with their next bytes. */
static size_t go_on(const struct term_sort *sort, struct term_key *keys, size_t count, size_t depth)
{
	size_t ended = 0;
	for (size_t i = 0; i < count; i++) {
		if (keys[i].left > KEY_BYTES)
			continue;
		const struct term_key key = keys[i];
		keys[i] = keys[ended];
		keys[ended++] = key;
	}
	sort_few(sort, keys, ended);
	for (size_t i = ended; i < count; i++)
		load(&keys[i], sort->terms[keys[i].term], depth);
	return ended;
}

/* By the first byte in which keys differ, then each part alike. A part has a byte more in common, so this is at most as deep as terms are long. */
static void sort_keys(const struct term_sort *sort, struct term_key *keys, size_t count, size_t depth)
{
	uint64_t differ = 0;
	while (count >= FEW) {
		for (size_t i = 1; i < count; i++)
			differ |= keys[i].bytes ^ keys[0].bytes;
		if (differ)
			break;
		depth += KEY_BYTES;
		const size_t ended = go_on(sort, keys, count, depth);
		keys += ended;
		count -= ended;
	}
	if (count < FEW) {
		sort_few(sort, keys, count);
		return;
	}
	size_t ends[256], start = 0;
	part(sort, keys, count, 56 - ((unsigned)__builtin_clzll(differ) & ~7U), ends);
	for (unsigned byte = 0; byte < 256; byte++) {
		if (ends[byte] > start + 1)
			sort_keys(sort, keys + start, ends[byte] - start, depth);
		start = ends[byte];
	}
}

void term_order(const struct str *terms, uint32_t *numbers, size_t count)
{
	if (!count)
		return;
	/* Given back to the system at once, as what comes next may need as much. */
	size_t size = 2 * count * sizeof(struct term_key);
	struct term_key *keys = pages_map(&size, size >= PAGES_UNIT);
	const struct term_sort sort = { terms, keys + count };
	for (size_t i = 0; i < count; i++) {
		keys[i].term = numbers[i];
		load(&keys[i], terms[numbers[i]], 0);
	}
	sort_keys(&sort, keys, count, 0);
	for (size_t i = 0; i < count; i++)
		numbers[i] = keys[i].term;
	pages_unmap(keys, size);
}
