/*
 * store.hh: what the files of the shim share: the handle of a reader, conversions, and the tests that a path and
 * its database pass before they are used.
 */
#ifndef DATELINE_STORE_HH
#define DATELINE_STORE_HH

#include "guard.hh"

struct store {
	Xapian::Database db;
	enum status failed = STATUS_OK;
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
	const enum status status = guard(err, doing, call);
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

/* Makes one file or directory durable; `flags` are those of open (O_DIRECTORY, or 0). */
enum status sync_path(const char *path, int flags, struct error *err);

/* That the database is one that this program understands. */
enum status check_schema(const Xapian::Database &db, const char *path, struct error *err);

#endif
