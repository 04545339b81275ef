#include "position_table.hh"

#include <algorithm>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <sstream>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- numbers, as libxapian packs them ---- */

static bool read_number(const std::string &bytes, size_t *at, uint64_t *value)
{
	*value = 0;
	for (unsigned shift = 0; *at < bytes.size() && shift < 64; shift += 7) {
		const uint8_t byte = static_cast<uint8_t>(bytes[(*at)++]);
		*value |= (uint64_t)(byte & 0x7F) << shift;
		if (byte < 0x80)
			return true;
	}
	return false;
}

/* So that the order of the bytes is that of the numbers: the top bits of the first byte say how many there are. */
static void add_sortable(std::string *key, uint32_t id)
{
	if (id < 0x8000) {
		key->push_back(static_cast<char>(id >> 8));
		key->push_back(static_cast<char>(id));
		return;
	}
	const unsigned bytes = id < 1u << 22 ? 3 : id < 1u << 29 ? 4 : 5;
	for (unsigned i = bytes; i--;)
		key->push_back(static_cast<char>((uint64_t)id >> 8 * i));
	char &first = (*key)[key->size() - bytes];
	first = static_cast<char>(first | 0xFF << (10 - bytes));
}

/* ---- the file of the roots ---- */

/* The name of the format, and its version. */
#define MAGIC "\x0f\x0dXapian Glass\x04\x6e"
#define MAGIC_LEN 16
#define UUID_LEN 16
#define TABLES_BEFORE 3 /* postings, documents, terms of documents */

static std::string uuid_text(const std::string &bytes)
{
	static const char digits[] = "0123456789abcdef";
	std::string text;
	for (size_t i = 0; i < bytes.size(); i++) {
		if (i == 4 || i == 6 || i == 8 || i == 10)
			text += '-';
		text += digits[static_cast<uint8_t>(bytes[i]) >> 4];
		text += digits[bytes[i] & 15];
	}
	return text;
}

struct root_record {
	uint64_t root, flags, entries, blocks, compress_min, free_list;
};

static bool read_record(const std::string &bytes, size_t *at, struct root_record *record)
{
	uint64_t *const numbers[] = { &record->root,   &record->flags,        &record->entries,
				      &record->blocks, &record->compress_min, &record->free_list };
	for (uint64_t *number : numbers)
		if (!read_number(bytes, at, number))
			return false;
	if (record->free_list > bytes.size() - *at)
		return false;
	*at += record->free_list;
	return true;
}

/* Another revision, or another database, is in the place of the one that was opened when a writer was quick. */
bool position_table::read_root(const std::string &path, const Xapian::Database &db)
{
	std::ifstream file(path + "/iamglass", std::ios::binary);
	std::ostringstream read;
	read << file.rdbuf();
	const std::string bytes = read.str();
	if (bytes.size() < MAGIC_LEN + UUID_LEN || bytes.compare(0, MAGIC_LEN, MAGIC, MAGIC_LEN) != 0)
		return false;
	size_t at = MAGIC_LEN + UUID_LEN;
	uint64_t number;
	if (!read_number(bytes, &at, &number) || number != db.get_revision() ||
	    uuid_text(bytes.substr(MAGIC_LEN, UUID_LEN)) != db.get_uuid())
		return false;
	struct root_record record = {};
	for (int i = 0; i <= TABLES_BEFORE; i++)
		if (!read_record(bytes, &at, &record))
			return false;
	revision = static_cast<uint32_t>(number);
	root = static_cast<uint32_t>(record.root);
	levels = static_cast<uint32_t>(record.flags >> 2);
	block_size = static_cast<size_t>(record.blocks) << 11;
	const bool is_there = !(record.flags & 1);
	return is_there && levels < 16 && block_size >= 2048 && block_size <= 65536;
}

bool position_table::map_file(const std::string &path)
{
	const int file = ::open((path + "/position.glass").c_str(), O_RDONLY | O_CLOEXEC);
	if (file < 0)
		return false;
	struct stat info;
	void *mapped = MAP_FAILED;
	if (fstat(file, &info) == 0 && info.st_size > 0) {
		length = static_cast<size_t>(info.st_size);
		mapped = mmap(nullptr, length, PROT_READ, MAP_SHARED, file, 0);
	}
	close(file);
	if (mapped == MAP_FAILED)
		return false;
	map = static_cast<const uint8_t *>(mapped);
	return true;
}

std::shared_ptr<const position_table> position_table::open(const std::string &path,
							   const Xapian::Database &db)
{
	std::shared_ptr<position_table> made(new position_table);
	if (made->read_root(path, db) && made->map_file(path))
		return made;
	return nullptr;
}

position_table::~position_table()
{
	if (map)
		munmap(const_cast<uint8_t *>(map), length);
}

/* ---- blocks ---- */

/*
 * A block begins with its revision (4 bytes), its level (1) and, at byte 9, where the directory ends (2), all big-endian. The
 * directory begins at byte 11 and has the offset (2) of each item, in the order of their keys.
 */
#define LEVEL 4
#define DIRECTORY_END 9
#define DIRECTORY 11
#define LEAF_HEAD 3   /* of an item: flags and size (2), length of the key (1) */
#define BRANCH_HEAD 5 /* of an item: number of the block below (4), length of the key (1) */
#define PIECE 2       /* behind the key, in a branch always: which piece of a cut list */
#define ITEM_WHOLE 3  /* flags of a leaf's item: neither compressed nor cut */

static uint32_t two_bytes(const uint8_t *at)
{
	return (uint32_t)at[0] << 8 | at[1];
}

static uint32_t four_bytes(const uint8_t *at)
{
	return two_bytes(at) << 16 | two_bytes(at + 2);
}

/*
 * A block that was written since has a higher revision. A writer may be at it while it is read here, so the test stands behind
 * the reading, and nothing that was read is trusted to lie inside the block.
 */
void position_table::check(const uint8_t *block) const
{
	volatile const uint8_t *head = block;
	const uint8_t bytes[4] = { head[0], head[1], head[2], head[3] };
	if (four_bytes(bytes) > revision)
		throw Xapian::DatabaseModifiedError("the table of positions changed meanwhile");
}

void position_table::refuse(const uint8_t *block) const
{
	check(block);
	throw Xapian::DatabaseCorruptError("the table of positions has a wrong block");
}

const uint8_t *position_table::block(uint32_t number, uint32_t level) const
{
	if (number >= length / block_size)
		throw Xapian::DatabaseCorruptError("the table of positions is cut short");
	const uint8_t *at = map + (size_t)number * block_size;
	if (at[LEVEL] != level)
		refuse(at);
	return at;
}

size_t position_table::item_count(const uint8_t *block) const
{
	const size_t end = two_bytes(block + DIRECTORY_END);
	if (end < DIRECTORY + 2 || end > block_size)
		refuse(block);
	return (end - DIRECTORY) / 2;
}

inline struct position_table::entry position_table::item_of(const uint8_t *block, size_t number,
							    size_t head) const
{
	const size_t offset = two_bytes(block + DIRECTORY + 2 * number);
	if (offset + head > block_size)
		refuse(block);
	const uint8_t *at = block + offset;
	const size_t key_len = at[head - 1];
	if (offset + head + key_len > block_size)
		refuse(block);
	return { at, at + head, key_len, block_size - offset };
}

int position_table::compare(const struct entry &item, const std::string &key)
{
	const int order = memcmp(item.key, key.data(), std::min(item.key_len, key.size()));
	if (order)
		return order;
	return item.key_len < key.size() ? -1 : item.key_len > key.size();
}

/* The block below the last item that is not behind the first piece of `key`. The first item is before everything. */
uint32_t position_table::child_of(const uint8_t *block, const std::string &key) const
{
	size_t low = 0, high = item_count(block);
	while (high - low > 1) {
		const size_t middle = low + (high - low) / 2;
		const struct entry item = item_of(block, middle, BRANCH_HEAD);
		const int order = compare(item, key);
		if (order == 0 && item.room < BRANCH_HEAD + item.key_len + PIECE)
			refuse(block);
		if (order < 0 || (order == 0 && two_bytes(item.key + item.key_len) <= 1))
			low = middle;
		else
			high = middle;
	}
	return four_bytes(item_of(block, low, BRANCH_HEAD).at);
}

/* The leaf that has `key`, if any has. */
const uint8_t *position_table::leaf_of(const std::string &key) const
{
	const uint8_t *at = block(root, levels);
	for (uint32_t level = levels; level; level--) {
		const uint32_t child = child_of(at, key);
		check(at);
		at = block(child, level - 1);
	}
	return at;
}

/* ---- the lists of a term ---- */

/* In keys a NUL is followed by 0xFF, and one alone is behind the term. */
position_cursor::position_cursor(const position_table *of, const std::string &term) : table(of)
{
	for (const char c : term) {
		key.push_back(c);
		if (!c)
			key.push_back('\xff');
	}
	key.push_back('\0');
	key_start = key.size();
}

/* The document that an item of the term is of. */
inline uint32_t position_cursor::id_of(size_t number) const
{
	const struct position_table::entry item = table->item_of(leaf, number, LEAF_HEAD);
	const uint8_t *const at = item.key + key_start;
	const size_t bytes = item.key_len - key_start;
	if (item.key_len < key_start + 2)
		table->refuse(leaf);
	if (bytes == 2)
		return two_bytes(at);
	if (bytes == 3)
		return (uint32_t)(at[0] & 0x3F) << 16 | two_bytes(at + 1);
	if (bytes == 4)
		return four_bytes(at) & 0x1FFFFFFF;
	return four_bytes(at + 1);
}

bool position_cursor::is_of_term(size_t number) const
{
	const struct position_table::entry item = table->item_of(leaf, number, LEAF_HEAD);
	return item.key_len > key_start && memcmp(item.key, key.data(), key_start) == 0;
}

/* Goes down to the leaf of `id`, and finds which of its items are of the term. */
void position_cursor::descend(uint32_t id)
{
	key.resize(key_start);
	add_sortable(&key, id);
	leaf = table->leaf_of(key);
	const size_t count = table->item_count(leaf);
	size_t low = 0, high = count;
	while (low < high) {
		const size_t middle = low + (high - low) / 2;
		if (position_table::compare(table->item_of(leaf, middle, LEAF_HEAD), key) < 0)
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
	is_last = end < count;
}

/* Often it is one of the next, so that is looked at first. */
bool position_cursor::seek(uint32_t id)
{
	size_t low = index, step = 1;
	while (low + step < end && id_of(low + step) <= id) {
		low += step;
		step *= 2;
	}
	for (size_t high = std::min(low + step, end); high - low > 1;) {
		const size_t middle = low + (high - low) / 2;
		if (id_of(middle) <= id)
			low = middle;
		else
			high = middle;
	}
	index = low;
	return id_of(low) == id;
}

#define PADDING 8

/* False when the list is in several pieces. */
bool position_cursor::copy_tag()
{
	const struct position_table::entry item = table->item_of(leaf, index, LEAF_HEAD);
	const uint32_t head = two_bytes(item.at);
	const size_t size = (head & 0x1FFF) + LEAF_HEAD, start = LEAF_HEAD + item.key_len;
	if (head >> 13 != ITEM_WHOLE)
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
