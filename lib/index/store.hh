/*
 * store.hh: what the files of the shim share: the handle of a reader, conversions, and the tests that a path and
 * its database pass before they are used.
 */
#ifndef DATELINE_STORE_HH
#define DATELINE_STORE_HH

#include "guard.hh"
#include "position_table.hh"
#include "posting_table.hh"

#include <chrono>
#include <memory>
#include <unordered_map>
#include <vector>

/* Thrown when a store's deadline has passed; guard.cc makes STATUS_TIMEOUT of it. */
struct out_of_time {
};

/* A value slot in memory: the entry of document id is bytes [offsets[id], offsets[id + 1]). */
struct whole_column {
	uint32_t slot;
	std::string bytes;
	std::vector<uint32_t> offsets;
};

struct store {
	Xapian::Database db;
	position_tables tables; /* of db; empty when what is read is still being written */
	std::unique_ptr<const posting_table> postings; /* null when libxapian is to be asked */
	std::shared_ptr<const glass_table> records;    /* so too */
	std::vector<uint8_t> stored;                   /* room for what is read from them */
	std::unordered_map<std::string, uint32_t> frequencies; /* of terms, from postings: a few */
	enum status failed = STATUS_OK;
	bool is_fixed = false; /* a snapshot: what was read of it once stays so, and may be kept */

	/* When reading calls have to give up; 0: never. */
	std::chrono::steady_clock::time_point deadline{};
	size_t ticks = 0;

	/* For the ranking: how the length of each document weighs, 0 where it is not known yet; store_rank.cc. */
	std::vector<float> norms;
	double norms_mean = 0; /* the mean length that they are reckoned with */

	/* Columns that were read so often that they are kept; store_column.cc. */
	std::vector<std::unique_ptr<whole_column>> columns;
	std::vector<uint64_t> column_reads; /* entries read so far, by slot */

	/* To be called once for each few steps of work, each well under a microsecond, or for several of them. */
	void tick(size_t steps = 1)
	{
		ticks += steps;
		if (ticks < 1024)
			return;
		ticks = 0;
		check_deadline();
	}
	void check_deadline() const
	{
		if (deadline.time_since_epoch().count() != 0 &&
		    std::chrono::steady_clock::now() > deadline)
			throw out_of_time();
	}
};

/*
 * As guard, for what reads. A block that libxapian has read and refused stays in its cursors and is taken
 * without a look the next time: after a reader was overtaken by a writer, a second try finds nothing, and
 * says so with a straight face. So what failed once goes on failing.
 */
template <typename Call>
enum status guard_reading(struct store *store, struct error *err, const char *doing, Call call) noexcept
{
	if (store->failed != STATUS_OK)
		return error_set(err, store->failed, "%s: reading this index has failed before",
				 doing);
	const enum status status = guard(err, doing, [&] {
		store->check_deadline();
		return call();
	});
	if (status == STATUS_RETRY || status == STATUS_CORRUPT || status == STATUS_SYSTEM)
		store->failed = status;
	return status;
}

static inline std::string to_string(struct str s)
{
	return std::string(s.data ? s.data : "", s.len);
}

static inline void add_string(struct buffer *out, const std::string &s)
{
	buffer_add(out, s.data(), s.size());
}

/* Throws nothing of its own; out of memory ends the process in memory.c. */
static inline struct str to_arena(struct arena *arena, const std::string &s)
{
	struct str view = { s.data(), s.size() };
	return arena_copy(arena, view);
}

/* That `path` is a directory with a database, in words when not. */
enum status check_directory(const char *path, struct error *err);

/* That the database is one that this program understands. */
enum status check_schema(const Xapian::Database &db, const char *path, struct error *err);

#endif
