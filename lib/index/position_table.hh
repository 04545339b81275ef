/*
 * position_table.hh: the positions of terms, read from libxapian's table of them.
 *
 * libxapian's own iterators go down the tree of the table for every list, with new buffers each time, which takes some two
 * microseconds; a phrase of common words needs ten thousands of lists. Here the table is mapped, and each term keeps its place in
 * it: the lists of a term stand in the order of the documents. Only what libxapian 1.4 writes is understood ("glass", with the
 * version of 2016-03-14); for everything else, and for lists of several pieces (some two thousand bytes), the answer is that
 * libxapian must be asked.
 *
 * The table is that of the revision at which the database was opened. Blocks that a writer has used again since are told by
 * their revision, as libxapian does, and by the same exception; so are damaged ones.
 */
#ifndef DATELINE_POSITION_TABLE_HH
#define DATELINE_POSITION_TABLE_HH

#include <memory>
#include <string>
#include <vector>
#include <xapian.h>

class position_table
{
	const uint8_t *map = nullptr;
	size_t length = 0, block_size = 0;
	uint32_t root = 0, levels = 0, revision = 0;

	friend class position_cursor;

	struct entry {
		const uint8_t *at, *key;
		size_t key_len, room; /* from `at` to the end of the block */
	};

	bool read_root(const std::string &path, const Xapian::Database &db);
	bool map_file(const std::string &path);
	void check(const uint8_t *block) const;
	[[noreturn]] void refuse(const uint8_t *block) const;
	const uint8_t *block(uint32_t number, uint32_t level) const;
	size_t item_count(const uint8_t *block) const;
	struct entry item_of(const uint8_t *block, size_t number, size_t head) const;
	static int compare(const struct entry &item, const std::string &key);
	uint32_t child_of(const uint8_t *block, const std::string &key) const;
	const uint8_t *leaf_of(const std::string &key) const;

	position_table() = default;

      public:
	/*
	 * The table of `db`, which was opened at the directory `path` just before and is one database; null when it cannot be read
	 * from here.
	 */
	static std::shared_ptr<const position_table> open(const std::string &path,
							  const Xapian::Database &db);
	~position_table();
	position_table(const position_table &) = delete;
	position_table &operator=(const position_table &) = delete;
};

/* For each database of a search its table, or null; empty when all are to be asked of libxapian. */
typedef std::vector<std::shared_ptr<const position_table>> position_tables;

enum class positions_read { NONE, HERE, ELSEWHERE };

/*
 * The lists of one term in one table, which must live as long. A list is decoded as far as it is gone through: whether two words
 * stand side by side is often seen early.
 */
class position_cursor
{
	struct known {
		uint32_t index, position;
	};

	const position_table *table;
	std::string key; /* of the table: that of the term, then that of the document */
	size_t key_start;
	const uint8_t *leaf = nullptr;
	size_t index = 0,
	       end = 0; /* items of the leaf that are of the term, without those already passed */
	uint32_t last_id = 0; /* the document of the last of them */
	bool is_last = false; /* no other leaf has more */

	std::vector<uint8_t> tag; /* the list as it is stored */
	size_t tag_size = 0, bit = 0;
	struct known here = { 0, 0 };
	struct known ahead[33]; /* decoded on the way, the nearest last */
	size_t depth = 0;

	uint32_t id_of(size_t number) const;
	bool is_of_term(size_t number) const;
	void descend(uint32_t id);
	bool seek(uint32_t id);
	bool copy_tag();

      public:
	position_cursor(const position_table *of, const std::string &term);

	/*
	 * Goes to the list in document `id`, which must be above all before: HERE when there is one, NONE when not, ELSEWHERE when it is
	 * not readable from here.
	 */
	enum positions_read find(uint32_t id);

	/* Bytes of the list: the fewer, the fewer positions. */
	size_t size() const
	{
		return tag_size;
	}

	/* To the first position of the list that was found; to the next, and to the first that is not before one. False at the end. */
	void start();
	bool next();
	bool skip_to(uint32_t position);
	uint32_t position() const
	{
		return here.position;
	}
};

#endif
