#include "position_table.hh"

#include <algorithm>
#include <cstring>

/* ---- the lists of a term ---- */

position_cursor::position_cursor(const glass_table *of, const std::string &term)
	: table(of), key(glass_key_of(term))
{
	key.push_back('\0');
	key_start = key.size();
}

/* The document that an item of the term is of. */
inline uint32_t position_cursor::id_of(size_t number) const
{
	const struct glass_table::entry item = table->item_of(leaf, number, GLASS_LEAF_HEAD);
	const uint8_t *const at = item.key + key_start;
	const size_t bytes = item.key_len - key_start;
	if (item.key_len < key_start + 2)
		table->refuse(leaf);
	return glass_sortable(at, bytes);
}

bool position_cursor::is_of_term(size_t number) const
{
	const struct glass_table::entry item = table->item_of(leaf, number, GLASS_LEAF_HEAD);
	return item.key_len > key_start && memcmp(item.key, key.data(), key_start) == 0;
}

/* Goes down to the leaf of `id`, and finds which of its items are of the term. */
void position_cursor::descend(uint32_t id)
{
	key.resize(key_start);
	glass_add_sortable(&key, id);
	leaf = table->leaf_of(key);
	const size_t count = table->item_count(leaf);
	size_t low = 0, high = count;
	while (low < high) {
		const size_t middle = low + (high - low) / 2;
		if (glass_table::compare(table->item_of(leaf, middle, GLASS_LEAF_HEAD), key) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	index = end = low;
	for (high = count; end < high;) {
		const size_t middle = high == count ? count - 1 : end + (high - end) / 2;
		if (is_of_term(middle))
			end = middle + 1;
		else
			high = middle;
	}
	last_id = end > index ? id_of(end - 1) : 0;
	first_id = end > index ? id_of(index) : 0;
	is_last = end < count;
}

/*
 * To the last item that is not behind `id`, which is not behind the last. Documents lie about evenly, so it is looked for where it
 * would be then, and around there in steps that double: each look is likely to be at memory that is not near.
 */
bool position_cursor::seek(uint32_t id)
{
	if (id <= first_id || index + 1 >= end || last_id <= first_id)
		return id == first_id;
	size_t low = index, high = end;
	const size_t likely = guess(id);
	if (id_of(likely) <= id) {
		low = likely;
		for (size_t step = 1; low + step < end; low += step, step *= 2)
			if (id_of(low + step) > id) {
				high = low + step;
				break;
			}
	} else {
		high = likely;
		for (size_t step = 1; low + step < high; high -= step, step *= 2)
			if (id_of(high - step) <= id) {
				low = high - step;
				break;
			}
	}
	while (high - low > 1) {
		const size_t middle = low + (high - low) / 2;
		if (id_of(middle) <= id)
			low = middle;
		else
			high = middle;
	}
	index = low;
	first_id = id_of(low);
	return first_id == id;
}

#define PADDING 8

/* False when the list is in several pieces. */
bool position_cursor::copy_tag()
{
	const struct glass_table::entry item = table->item_of(leaf, index, GLASS_LEAF_HEAD);
	const uint32_t head = glass_two_bytes(item.at);
	const size_t size = (head & 0x1FFF) + GLASS_LEAF_HEAD, start = GLASS_LEAF_HEAD + item.key_len;
	if (head >> 13 != GLASS_ITEM_WHOLE)
		return false;
	if (size > item.room || size <= start)
		table->refuse(leaf);
	tag_size = size - start;
	if (tag.size() < tag_size + PADDING)
		tag.resize(tag_size + PADDING);
	memcpy(&tag[0], item.at + start, tag_size);
	return true;
}

enum positions_read position_cursor::find(uint32_t id)
{
	if (!leaf || (id > last_id && !is_last))
		descend(id);
	const bool is_there = id <= last_id && seek(id);
	const bool is_here = is_there && copy_tag();
	table->check(leaf);
	if (!is_there)
		return positions_read::NONE;
	return is_here ? positions_read::HERE : positions_read::ELSEWHERE;
}

static void damaged()
{
	throw Xapian::DatabaseCorruptError("a list of positions is wrong");
}

/* ---- the code of a list ---- */

/*
 * The last position is a number; if there are others, a stream of bits follows, the least first: the first position, how many there
 * are, and the others by interpolative coding (Moffat and Stuiver, "Binary Interpolative Coding for Effective Index
 * Compression", 2000): the one in the middle as a number below the room that there is for it, then the half before it, then the
 * half behind it, each in the same way.
 */

/*
 * A number below `limit`, in as many bits as the largest takes; those in the middle of the range have one bit less, which the
 * others show by being small without their top bit. The tag is padded, so that eight bytes can be read anywhere in it.
 */
static inline uint32_t number_below(const std::vector<uint8_t> &tag, size_t size, uint64_t limit,
				    size_t *bit)
{
	if (limit <= 1)
		return 0;
	const size_t byte = *bit >> 3;
	if (byte >= size)
		damaged();
	uint64_t bits;
	memcpy(&bits, &tag[byte], sizeof(bits));
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	bits = __builtin_bswap64(bits);
#endif
	bits >>= *bit & 7;
	const unsigned width = 63 - static_cast<unsigned>(__builtin_clzll(limit - 1));
	const uint64_t spare = ((uint64_t)2 << width) - limit, middle = (limit - spare) / 2;
	const uint64_t value = bits & (((uint64_t)1 << width) - 1);
	const bool has_top = value < middle;
	*bit += width + has_top;
	return static_cast<uint32_t>(value + (has_top && bits >> width & 1 ? middle + spare : 0));
}

void position_cursor::start()
{
	size_t at = 0;
	uint64_t last = 0;
	for (unsigned shift = 0; at < tag_size && shift < 35; shift += 7) {
		last |= (uint64_t)(tag[at] & 0x7F) << shift;
		if (tag[at++] < 0x80)
			break;
	}
	if (last > UINT32_MAX)
		damaged();
	here = { 0, static_cast<uint32_t>(last) };
	depth = 0;
	if (at == tag_size)
		return;
	bit = at * 8;
	here.position = number_below(tag, tag_size, last, &bit);
	const uint64_t more = (uint64_t)number_below(tag, tag_size, last - here.position, &bit) + 1;
	if (here.position + more > last)
		damaged();
	ahead[depth++] = { static_cast<uint32_t>(more), static_cast<uint32_t>(last) };
}

/*
 * Each half is half as long, so there are never more ahead than a number has bits. What changes is kept in variables of its own:
 * each number hangs on the one before, and the way over memory would double the time.
 */
bool position_cursor::skip_to(uint32_t position)
{
	struct known at = here;
	size_t left = depth, used = bit;
	while (at.position < position) {
		if (!left || ahead[0].position < position)
			return false;
		struct known high = ahead[left - 1];
		while (at.index + 1 < high.index) {
			const uint32_t items = high.index - at.index, half = items / 2;
			const uint32_t room = high.position - at.position;
			if (room < items)
				damaged();
			high = { at.index + half,
				 at.position + half +
					 number_below(tag, tag_size, (uint64_t)room - items + 1,
						      &used) };
			ahead[left++] = high;
		}
		at = high;
		left--;
	}
	here = at;
	depth = left;
	bit = used;
	return true;
}

bool position_cursor::next()
{
	return here.position < UINT32_MAX && skip_to(here.position + 1);
}
