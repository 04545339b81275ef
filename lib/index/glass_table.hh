/*
 * glass_table.hh: a table of libxapian's, mapped and read in place.
 *
 * libxapian's own cursors read blocks into buffers of their own, by a call of the system each, and go down the tree for every
 * thing that is asked for. Here the table is mapped, and whoever reads it keeps its place. Only what libxapian 1.4 writes is
 * understood ("glass", with the version of 2016-03-14); for everything else libxapian must be asked.
 *
 * The table is that of the revision at which the database was opened. Blocks that a writer has used again since are told by
 * their revision, as libxapian does, and by the same exception (DatabaseModifiedError); damaged ones by DatabaseCorruptError.
 */
#ifndef DATELINE_GLASS_TABLE_HH
#define DATELINE_GLASS_TABLE_HH

#include <memory>
#include <string>
#include <vector>
#include <xapian.h>

/* In the order of their roots. */
enum glass_kind { GLASS_POSTINGS, GLASS_RECORDS, GLASS_TERMS, GLASS_POSITIONS };

/*
 * A block begins with its revision (4 bytes), its level (1) and, at byte 9, where the directory ends (2), all big-endian. The
 * directory has the offset (2) of each item, in the order of their keys.
 */
#define GLASS_LEVEL 4
#define GLASS_DIRECTORY_END 9
#define GLASS_DIRECTORY 11

#define GLASS_LEAF_HEAD 3   /* of a leaf's item: flags and size (2), length of the key (1) */
#define GLASS_ITEM_WHOLE 3  /* flags of a leaf's item: neither compressed nor cut */
#define GLASS_LEVELS_MAX 16 /* of a tree, with that of the leaves */

static inline uint32_t glass_two_bytes(const uint8_t *at)
{
	return (uint32_t)at[0] << 8 | at[1];
}

static inline uint32_t glass_four_bytes(const uint8_t *at)
{
	return glass_two_bytes(at) << 16 | glass_two_bytes(at + 2);
}

/* A term as it stands in a key: a NUL is followed by 0xFF. One alone ends it where something follows. */
std::string glass_key_of(const std::string &term);

/* So that the order of the bytes is that of the numbers: the top bits of the first byte say how many there are. */
void glass_add_sortable(std::string *key, uint32_t id);

/* The number in `size` such bytes; 0 when they are none. */
static inline uint32_t glass_sortable(const uint8_t *at, size_t size)
{
	if (size == 2)
		return glass_two_bytes(at);
	if (size == 3)
		return (uint32_t)(at[0] & 0x3F) << 16 | glass_two_bytes(at + 1);
	if (size == 4)
		return glass_four_bytes(at) & 0x1FFFFFFF;
	return size == 5 ? glass_four_bytes(at + 1) : 0;
}

/* An item, and the blocks on the way down to it: by level, with the number of the item in each. The leaf is the first. */
struct glass_place {
	const uint8_t *blocks[GLASS_LEVELS_MAX];
	size_t items[GLASS_LEVELS_MAX];
};

class glass_table
{
	const char *words = ""; /* what the table is of, for messages */
	const uint8_t *map = nullptr;
	size_t length = 0, block_size = 0;
	uint32_t root = 0, levels = 0, revision = 0;

	bool read_root(const std::string &path, const Xapian::Database &db, enum glass_kind kind);
	bool map_file(const std::string &path);
	const uint8_t *block(uint32_t number, uint32_t level) const;
	uint32_t child_of(const uint8_t *block, size_t number) const;
	size_t branch_of(const uint8_t *block, const std::string &key) const;
	size_t items_until(const uint8_t *leaf, const std::string &key) const;
	bool is_first_piece(const struct glass_place &place) const;

	glass_table() = default;

      public:
	struct entry {
		const uint8_t *at, *key;
		size_t key_len, room; /* from `at` to the end of the block */
	};

	/*
	 * A table of `db`, which was opened at the directory `path` just before and is one database; null when it cannot be read
	 * from here.
	 */
	static std::shared_ptr<const glass_table>
	open(const std::string &path, const Xapian::Database &db, enum glass_kind kind);
	~glass_table();
	glass_table(const glass_table &) = delete;
	glass_table &operator=(const glass_table &) = delete;

	/*
	 * Throws when the block was written after the database was opened. A writer may be at it while it is read here, so the test
	 * stands behind the reading, and nothing that was read is trusted to lie inside the block.
	 */
	void check(const uint8_t *block) const;

	/* Throws: the block changed, or is damaged. */
	[[noreturn]] void refuse(const uint8_t *block) const;

	/* ---- single blocks: `check` is to follow ---- */

	/* The leaf that has `key`, if any has. */
	const uint8_t *leaf_of(const std::string &key) const;

	size_t item_count(const uint8_t *block) const
	{
		const size_t end = glass_two_bytes(block + GLASS_DIRECTORY_END);
		if (end < GLASS_DIRECTORY + 2 || end > block_size)
			refuse(block);
		return (end - GLASS_DIRECTORY) / 2;
	}

	struct entry item_of(const uint8_t *block, size_t number, size_t head) const
	{
		const size_t offset = glass_two_bytes(block + GLASS_DIRECTORY + 2 * number);
		if (offset + head > block_size)
			refuse(block);
		const uint8_t *at = block + offset;
		const size_t key_len = at[head - 1];
		if (offset + head + key_len > block_size)
			refuse(block);
		return { at, at + head, key_len, block_size - offset };
	}

	static int compare(const struct entry &item, const std::string &key);

	/* ---- places ---- */

	/* To the last entry that is not behind `key`; true when it has this very key. */
	bool find(const std::string &key, struct glass_place *place) const;

	/* One item on (1) or back (-1); false when there is none. */
	bool step(struct glass_place *place, int by) const;

	/* How long the key of the item is, when it begins with the first `size` bytes of `key`; else SIZE_MAX. */
	size_t match_key(const struct glass_place &place, const std::string &key, size_t size) const;

	/* The item's key. */
	void copy_key(const struct glass_place &place, std::string *key) const;

	/*
	 * Copies what is stored under the key, in however many pieces, to the front of `tag`, which grows as it must, with `padding`
	 * bytes of 0 behind, and goes to the last piece. False when it is compressed.
	 */
	bool copy_tag(struct glass_place *place, size_t padding, std::vector<uint8_t> *tag,
		      size_t *size) const;
};

#endif
