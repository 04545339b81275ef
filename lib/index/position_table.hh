/*
 * position_table.hh: the positions of terms, read from libxapian's table of them.
 *
 * libxapian's own iterators go down the tree of the table for every list, with new buffers each time, which takes some two
 * microseconds; a phrase of common words needs ten thousands of lists. Here each term keeps its place in the mapped table: the
 * lists of a term stand in the order of the documents. For lists of several pieces (some two thousand bytes) the answer is that
 * libxapian must be asked.
 */
#ifndef DATELINE_POSITION_TABLE_HH
#define DATELINE_POSITION_TABLE_HH

#include "glass_table.hh"

/* For each database of a search its table, or null; empty when all are to be asked of libxapian. */
typedef std::vector<std::shared_ptr<const glass_table>> position_tables;

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

	const glass_table *table;
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

	uint32_t first_id = 0; /* the document of the first of them */

	/* Documents lie about evenly: the item of one that is between the first and the last. */
	size_t guess(uint32_t id) const
	{
		return index + static_cast<size_t>((uint64_t)(id - first_id) * (end - 1 - index) /
						   (last_id - first_id));
	}

	uint32_t id_of(size_t number) const;
	bool is_of_term(size_t number) const;
	void descend(uint32_t id);
	bool seek(uint32_t id);
	bool copy_tag();

      public:
	position_cursor(const glass_table *of, const std::string &term);

	/*
	 * Goes to the list in document `id`, which must be above all before: HERE when there is one, NONE when not, ELSEWHERE when it is
	 * not readable from here.
	 */
	enum positions_read find(uint32_t id);

	/* Has the memory brought near that `find` of a later document is likely to look at first. */
	void expect(uint32_t id) const
	{
		if (!leaf || index + 1 >= end || id > last_id || id <= first_id)
			return;
		const uint8_t *const entry = leaf + GLASS_DIRECTORY + 2 * guess(id);
		__builtin_prefetch(leaf + glass_two_bytes(entry));
	}

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
