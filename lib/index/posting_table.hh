/*
 * posting_table.hh: the documents of terms, and how often each uses them, read from libxapian's table.
 *
 * A search goes through every posting of its words, for exact counts; libxapian's iterators take some ten nanoseconds for each
 * step and microseconds for each jump. Here a chunk of a list (some two thousand bytes) is copied from the mapped table, tested,
 * and gone through in place. What a writer does meanwhile, or damage, is told as glass_table.hh says; no document is above the last.
 */
#ifndef DATELINE_POSTING_TABLE_HH
#define DATELINE_POSTING_TABLE_HH

#include "glass_table.hh"

/* The table of one database, and what bounds what stands in it. */
struct posting_table {
	std::shared_ptr<const glass_table> table;
	uint32_t last_id, documents;

	/* As glass_table::open: null when libxapian must be asked. */
	static std::unique_ptr<const posting_table> open(const std::string &path,
							 const Xapian::Database &db);
};

/*
 * The postings of one term, rising by document; those of the empty term are all documents, each with its length. The table must
 * live as long. Where there are none, it is at the end from the beginning.
 */
class posting_cursor
{
	const glass_table *table;
	uint32_t limit; /* the last document */
	struct glass_place place;
	std::string key; /* in which the id of a chunk's first document follows, but for the first chunk */
	size_t key_start, first_key_len;
	std::vector<uint8_t> chunk;
	const uint8_t *at = nullptr, *end = nullptr; /* in it, behind the posting that it is at */
	uint32_t here = 0, used = 0;
	uint32_t last_of_chunk = 0;
	uint32_t documents = 0;
	bool is_last_chunk = false, is_at_end = true;

	[[noreturn]] static void damaged();
	uint32_t number();
	void slow_pair(const uint8_t **from, uint32_t *step, uint32_t *uses) const;
	void load(bool is_first);
	void load_next();
	bool is_later_chunk() const;
	void go_down(uint32_t id);
	void start(const struct posting_table &of);
	bool next_chunk();
	bool skip_chunks(uint32_t id);

	/* The number of documents to go on and the uses at `from`, which is not at the end; the chunk is padded. */
	void pair(const uint8_t **from, uint32_t *step, uint32_t *uses) const
	{
		*step = (*from)[0];
		*uses = (*from)[1];
		if ((*step | *uses) < 0x80)
			*from += 2;
		else
			slow_pair(from, step, uses);
	}

      public:
	/* Only jumps over chunks save anything, and those have hundreds of postings. */
	static constexpr uint32_t STEPS_OF_JUMP = 32;

	posting_cursor(const struct posting_table &of, const std::string &term);
	posting_cursor(posting_cursor &&) = default;

	/* How many documents there are. */
	uint32_t frequency() const
	{
		return documents;
	}

	bool at_end() const
	{
		return is_at_end;
	}

	/* Unless at the end: the document, and how often it uses the term. */
	uint32_t id() const
	{
		return here;
	}
	uint32_t uses() const
	{
		return used;
	}

	/* False at the end, where there is no next. */
	bool next()
	{
		if (at == end)
			return next_chunk();
		uint32_t step;
		pair(&at, &step, &used);
		if (step >= last_of_chunk - here || at > end)
			damaged();
		here += step + 1;
		return true;
	}

	/* To the first that is not before `to`. False when there is none. */
	bool skip_to(uint32_t to)
	{
		if (to <= here)
			return !is_at_end;
		if (to > last_of_chunk)
			return !is_at_end && skip_chunks(to);
		const uint8_t *from = at;
		uint32_t reached = here, step, uses;
		do {
			if (from >= end)
				damaged();
			pair(&from, &step, &uses);
			if (step >= last_of_chunk - reached)
				damaged();
			reached += step + 1;
		} while (reached < to);
		at = from;
		here = reached;
		used = uses;
		return true;
	}

	/* Calls `use` with id and uses for all from here to the end of the chunk; returns how many. */
	template <typename Use>
	size_t each_in_chunk(Use use)
	{
		const uint8_t *from = at, *const last = end;
		const uint32_t most = last_of_chunk;
		uint32_t reached = here, step, uses = used;
		size_t count = 1;
		use(reached, uses);
		for (; from < last; count++) {
			pair(&from, &step, &uses);
			if (step >= most - reached)
				damaged();
			reached += step + 1;
			use(reached, uses);
		}
		at = from;
		here = reached;
		return count;
	}

	/* For all to the end of the list; `tick` is called now and then, with how many were done. */
	template <typename Use, typename Tick>
	void each(Use use, Tick tick)
	{
		while (!is_at_end) {
			tick(each_in_chunk(use));
			next_chunk();
		}
	}

	/* To the first of the chunk that `id` is or would be in, wherever it was, unless there are no postings at all. */
	void go_to_chunk_of(uint32_t id);
};

/* The same of libxapian, for what cannot be read in that way; all documents do not have their lengths. */
class posting_iterator
{
	Xapian::PostingIterator at;
	const Xapian::PostingIterator last;
	uint32_t limit, documents;

      public:
	static constexpr uint32_t STEPS_OF_JUMP = 2;

	posting_iterator(const Xapian::Database &db, const std::string &term)
		: at(db.postlist_begin(term)), last(db.postlist_end(term)),
		  limit(db.get_lastdocid()), documents(db.get_termfreq(term))
	{
	}
	uint32_t frequency() const
	{
		return documents;
	}
	bool at_end() const
	{
		return at == last;
	}
	uint32_t id() const
	{
		if (*at > limit)
			throw Xapian::DatabaseCorruptError("a list names a document beyond the last");
		return *at;
	}
	uint32_t uses() const
	{
		return at.get_wdf();
	}
	bool next()
	{
		return ++at != last;
	}
	bool skip_to(uint32_t to)
	{
		if (at != last)
			at.skip_to(to);
		return at != last;
	}
	template <typename Use, typename Tick>
	void each(Use use, Tick tick)
	{
		for (; at != last; ++at) {
			use(id(), uses());
			tick(1);
		}
	}
};

#endif
