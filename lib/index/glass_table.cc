#include "glass_table.hh"

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

std::string glass_key_of(const std::string &term)
{
	std::string key;
	for (const char c : term) {
		key.push_back(c);
		if (!c)
			key.push_back('\xff');
	}
	return key;
}

void glass_add_sortable(std::string *key, uint32_t id)
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

/* By kind: the file, and what it is of in messages. */
static const char *const files[] = { "/postlist.glass", "/docdata.glass", "/termlist.glass",
				     "/position.glass" };
static const char *const contents[] = { "postings", "records", "terms", "positions" };

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
bool glass_table::read_root(const std::string &path, const Xapian::Database &db, enum glass_kind kind)
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
	for (int i = 0; i <= kind; i++)
		if (!read_record(bytes, &at, &record))
			return false;
	revision = static_cast<uint32_t>(number);
	root = static_cast<uint32_t>(record.root);
	levels = static_cast<uint32_t>(record.flags >> 2);
	block_size = static_cast<size_t>(record.blocks) << 11;
	const bool is_there = !(record.flags & 1);
	return is_there && levels < 16 && block_size >= 2048 && block_size <= 65536;
}

bool glass_table::map_file(const std::string &path)
{
	const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
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

std::shared_ptr<const glass_table> glass_table::open(const std::string &path,
						     const Xapian::Database &db, enum glass_kind kind)
{
	std::shared_ptr<glass_table> made(new glass_table);
	made->words = contents[kind];
	if (made->read_root(path, db, kind) && made->map_file(path + files[kind]))
		return made;
	return nullptr;
}

glass_table::~glass_table()
{
	if (map)
		munmap(const_cast<uint8_t *>(map), length);
}

/* ---- blocks ---- */

#define BRANCH_HEAD 5 /* of an item: number of the block below (4), length of the key (1) */
#define PIECE                                                                                      \
	2 /* behind the key, in a branch always: which piece of a cut tag; in a leaf but for the first */
#define PIECES_MAX 65535

/* The flags of a leaf's item, above the 13 bits of its size without the head. */
#define COMPRESSED 0x8000u
#define LAST_PIECE 0x4000u
#define FIRST_PIECE 0x2000u
#define SIZE_MASK 0x1FFFu

/* A block that was written since has a higher revision. */
void glass_table::check(const uint8_t *block) const
{
	volatile const uint8_t *head = block;
	const uint8_t bytes[4] = { head[0], head[1], head[2], head[3] };
	if (glass_four_bytes(bytes) > revision)
		throw Xapian::DatabaseModifiedError(std::string("the table of ") + words +
						    " changed meanwhile");
}

void glass_table::refuse(const uint8_t *block) const
{
	check(block);
	throw Xapian::DatabaseCorruptError(std::string("the table of ") + words +
					   " has a wrong block");
}

const uint8_t *glass_table::block(uint32_t number, uint32_t level) const
{
	if (number >= length / block_size)
		throw Xapian::DatabaseCorruptError(std::string("the table of ") + words +
						   " is cut short");
	const uint8_t *at = map + (size_t)number * block_size;
	if (at[GLASS_LEVEL] != level)
		refuse(at);
	return at;
}

int glass_table::compare(const struct entry &item, const std::string &key)
{
	const int order = memcmp(item.key, key.data(), std::min(item.key_len, key.size()));
	if (order)
		return order;
	return item.key_len < key.size() ? -1 : item.key_len > key.size();
}

/* The last item that is not behind the first piece of `key`. The first item is before everything. */
size_t glass_table::branch_of(const uint8_t *block, const std::string &key) const
{
	size_t low = 0, high = item_count(block);
	while (high - low > 1) {
		const size_t middle = low + (high - low) / 2;
		const struct entry item = item_of(block, middle, BRANCH_HEAD);
		const int order = compare(item, key);
		if (order == 0 && item.room < BRANCH_HEAD + item.key_len + PIECE)
			refuse(block);
		if (order < 0 || (order == 0 && glass_two_bytes(item.key + item.key_len) <= 1))
			low = middle;
		else
			high = middle;
	}
	return low;
}

uint32_t glass_table::child_of(const uint8_t *block, size_t number) const
{
	return glass_four_bytes(item_of(block, number, BRANCH_HEAD).at);
}

const uint8_t *glass_table::leaf_of(const std::string &key) const
{
	const uint8_t *at = block(root, levels);
	for (uint32_t level = levels; level; level--) {
		const uint32_t child = child_of(at, branch_of(at, key));
		check(at);
		at = block(child, level - 1);
	}
	return at;
}

/* ---- places ---- */

/* How many items of a leaf are not behind the first piece of `key`. */
size_t glass_table::items_until(const uint8_t *leaf, const std::string &key) const
{
	size_t low = 0, high = item_count(leaf);
	while (low < high) {
		const size_t middle = low + (high - low) / 2;
		const struct entry item = item_of(leaf, middle, GLASS_LEAF_HEAD);
		const int order = compare(item, key);
		if (order < 0 || (order == 0 && glass_two_bytes(item.at) & FIRST_PIECE))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

bool glass_table::is_first_piece(const struct glass_place &place) const
{
	const struct entry item = item_of(place.blocks[0], place.items[0], GLASS_LEAF_HEAD);
	return glass_two_bytes(item.at) & FIRST_PIECE;
}

/*
 * Separators are cut short, so the way down may end in a leaf that begins behind the key: then the entry is the last of the leaf
 * before. It may be in several pieces.
 */
bool glass_table::find(const std::string &key, struct glass_place *place) const
{
	place->blocks[levels] = block(root, levels);
	for (uint32_t level = levels; level; level--) {
		const uint8_t *const at = place->blocks[level];
		place->items[level] = branch_of(at, key);
		const uint32_t child = child_of(at, place->items[level]);
		check(at);
		place->blocks[level - 1] = block(child, level - 1);
	}
	const uint8_t *const leaf = place->blocks[0];
	const size_t items = items_until(leaf, key);
	const bool is_it = items && compare(item_of(leaf, items - 1, GLASS_LEAF_HEAD), key) == 0;
	check(leaf);
	place->items[0] = items ? items - 1 : 0;
	bool is_here = items || step(place, -1);
	for (int pieces = 0; is_here && !is_first_piece(*place); pieces++)
		is_here = pieces < PIECES_MAX && step(place, -1);
	if (!is_here)
		refuse(leaf);
	return is_it;
}

bool glass_table::step(struct glass_place *place, int by) const
{
	uint32_t level = 0;
	for (;; level++) {
		if (level > levels)
			return false;
		const size_t count = item_count(place->blocks[level]);
		check(place->blocks[level]);
		if (by > 0 ? place->items[level] + 1 < count : place->items[level] > 0)
			break;
	}
	place->items[level] += by > 0 ? 1 : SIZE_MAX;
	for (; level; level--) {
		const uint8_t *const at = place->blocks[level];
		const uint32_t child = child_of(at, place->items[level]);
		check(at);
		place->blocks[level - 1] = block(child, level - 1);
		place->items[level - 1] = by > 0 ? 0 : item_count(place->blocks[level - 1]) - 1;
	}
	return true;
}

size_t glass_table::match_key(const struct glass_place &place, const std::string &key,
			      size_t size) const
{
	const struct entry item = item_of(place.blocks[0], place.items[0], GLASS_LEAF_HEAD);
	const bool is_so = item.key_len >= size && memcmp(item.key, key.data(), size) == 0;
	const size_t len = item.key_len;
	check(place.blocks[0]);
	return is_so ? len : SIZE_MAX;
}

void glass_table::copy_key(const struct glass_place &place, std::string *key) const
{
	const struct entry item = item_of(place.blocks[0], place.items[0], GLASS_LEAF_HEAD);
	key->assign(reinterpret_cast<const char *>(item.key), item.key_len);
	check(place.blocks[0]);
}

bool glass_table::copy_tag(struct glass_place *place, size_t padding, std::vector<uint8_t> *tag,
			   size_t *size) const
{
	*size = 0;
	for (uint32_t piece = 1;; piece++) {
		const uint8_t *const leaf = place->blocks[0];
		const struct entry item = item_of(leaf, place->items[0], GLASS_LEAF_HEAD);
		const uint32_t head = glass_two_bytes(item.at);
		const size_t end = (head & SIZE_MASK) + GLASS_LEAF_HEAD;
		const size_t start = GLASS_LEAF_HEAD + item.key_len + (piece > 1 ? PIECE : 0);
		if (end > item.room || end < start || !(head & FIRST_PIECE) != (piece > 1) ||
		    (piece > 1 && glass_two_bytes(item.key + item.key_len) != piece))
			refuse(leaf);
		const bool is_last = head & LAST_PIECE;
		if (tag->size() < *size + (end - start) + padding)
			tag->resize(*size + (end - start) + padding);
		memcpy(tag->data() + *size, item.at + start, end - start);
		*size += end - start;
		check(leaf);
		if (head & COMPRESSED)
			return false;
		if (is_last)
			break;
		if (piece == PIECES_MAX || !step(place, 1))
			refuse(leaf);
	}
	memset(tag->data() + *size, 0, padding);
	return true;
}
