#include "store_match.hh"

#include "dateline/schema.h"

#include <cerrno>
#include <cstdlib>
#include <sstream>
#include <sys/stat.h>
#include <vector>

/* ---- opening ---- */

/* Without words an opening that fails says "Couldn't stat ..." for what is simply not there yet. */
enum status check_directory(const char *path, struct error *err)
{
	struct stat info;
	if (stat(path, &info) != 0) {
		if (errno == ENOENT || errno == ENOTDIR)
			return error_set(
				err, STATUS_NO_INDEX,
				"no index at %s: make one with `dateline index`, or name another with -d",
				path);
		return error_system(err, "open the index", path);
	}
	/* A stub file could name a program to run. */
	if (!S_ISDIR(info.st_mode))
		return error_set(err, STATUS_NO_INDEX,
				 "%s is not an index (an index is a directory): name another with -d",
				 path);
	std::string version = std::string(path) + "/iamglass";
	if (stat(version.c_str(), &info) != 0) {
		if (errno == ENOENT)
			return error_set(
				err, STATUS_NO_INDEX,
				"no index in %s: make one with `dateline index`, or name another with -d",
				path);
		return error_system(err, "open the index", path);
	}
	return STATUS_OK;
}

enum status check_schema(const Xapian::Database &db, const char *path, struct error *err)
{
	const std::string version = db.get_metadata(META_SCHEMA);
	if (version.empty())
		return error_set(err, STATUS_NO_INDEX,
				 "%s is a Xapian database, but not one that dateline made: name another "
				 "with -d",
				 path);
	if (version != std::to_string(SCHEMA_VERSION))
		return error_set(err, STATUS_OTHER_VERSION,
				 "%s has schema version %s and this program knows %d: rebuild it with "
				 "`dateline index --rebuild`",
				 path, version.c_str(), SCHEMA_VERSION);
	return STATUS_OK;
}

const char *store_default_path(void)
{
	const char *named = getenv("DATELINE_DB");
	return named && *named ? named : "dateline.db";
}

#define OPEN_ATTEMPTS_MAX 10

static enum status open_once(const char *path, struct store **store, struct error *err)
{
	return guard(err, path, [&] {
		const enum status status = check_directory(path, err);
		if (status != STATUS_OK)
			return status;
		Xapian::Database db(path, Xapian::DB_BACKEND_GLASS);
		const enum status known = check_schema(db, path, err);
		if (known != STATUS_OK)
			return known;
		struct store *made = new struct store;
		made->db = db;
		made->is_fixed = true;
		made->tables.push_back(glass_table::open(path, db, GLASS_POSITIONS));
		made->postings = posting_table::open(path, db);
		made->records = glass_table::open(path, db, GLASS_RECORDS);
		*store = made;
		return STATUS_OK;
	});
}

/*
 * libxapian opens the files of an index one after the other by path: when a new index takes the place of the old one
 * meanwhile, it has some of each. Then the directory is another one than before.
 */
enum status store_open(const char *path, struct store **store, struct error *err)
{
	struct stat before, after;
	*store = nullptr;
	for (int attempt = 0;; attempt++) {
		const bool was_there = stat(path, &before) == 0;
		const enum status status = open_once(path, store, err);
		if (!was_there || stat(path, &after) != 0 ||
		    (before.st_dev == after.st_dev && before.st_ino == after.st_ino) ||
		    attempt == OPEN_ATTEMPTS_MAX)
			return status;
		store_close(*store);
		*store = nullptr;
	}
}

void store_close(struct store *store)
{
	guard(nullptr, "closing", [&] {
		delete store;
		return STATUS_OK;
	});
}

/* Always asked anew: a writer's view grows. */
uint32_t store_count(const struct store *store)
{
	uint32_t count = 0;
	guard(nullptr, "counting", [&] {
		count = store->db.get_doccount();
		return STATUS_OK;
	});
	return count;
}

uint32_t store_last_id(const struct store *store)
{
	uint32_t last = 0;
	guard(nullptr, "counting", [&] {
		last = store->db.get_lastdocid();
		return STATUS_OK;
	});
	return last;
}

/* ---- metadata, terms, documents ---- */

enum class stored { COPIED, ABSENT, ELSEWHERE };

/* Adds what a table has under the key; ELSEWHERE when libxapian is to be asked. */
static enum stored add_stored(struct store *store, const glass_table *table, const std::string &key,
			      struct buffer *out)
{
	struct glass_place place;
	size_t size;
	if (!table)
		return stored::ELSEWHERE;
	if (!table->find(key, &place))
		return stored::ABSENT;
	if (!table->copy_tag(&place, 0, &store->stored, &size))
		return stored::ELSEWHERE;
	buffer_add(out, store->stored.data(), size);
	return stored::COPIED;
}

/* In the table of postings the keys of metadata begin so, before any term. */
#define METADATA_KEY "\0\xc0"
#define METADATA_KEY_LEN 2

enum status store_metadata(struct store *store, struct str key, struct buffer *value,
			   struct error *err)
{
	return guard_reading(store, err, "reading the index", [&] {
		const std::string name = to_string(key);
		const glass_table *table = store->postings ? store->postings->table.get() : nullptr;
		std::string stored_key(METADATA_KEY, METADATA_KEY_LEN);
		stored_key += name;
		if (name.empty() || add_stored(store, table, stored_key, value) == stored::ELSEWHERE)
			add_string(value, store->db.get_metadata(name));
		return STATUS_OK;
	});
}

/* Shared by the listings below; `frequency` is a callable on the iterator. */
template <typename Iterator, typename Frequency>
static void list_terms(struct store *store, Iterator at, Iterator end, const std::string &prefix,
		       size_t max, Frequency frequency, struct arena *arena,
		       struct term_entry **entries, size_t *count)
{
	std::vector<struct term_entry> found;
	for (; at != end && found.size() < max; ++at) {
		const std::string term = *at;
		if (term.compare(0, prefix.size(), prefix) != 0)
			break;
		store->tick();
		struct term_entry entry = { to_arena(arena, term), frequency(at) };
		found.push_back(entry);
	}
	*count = found.size();
	*entries = static_cast<struct term_entry *>(
		arena_alloc(arena, found.size() * sizeof(found[0])));
	std::copy(found.begin(), found.end(), *entries);
}

enum status store_terms_from(struct store *store, struct str prefix, struct str from, size_t max,
			     struct arena *arena, struct term_entry **entries, size_t *count,
			     struct error *err)
{
	return guard_reading(store, err, "reading the index", [&] {
		const std::string start = to_string(prefix);
		Xapian::TermIterator at = store->db.allterms_begin(start);
		if (from.len)
			at.skip_to(to_string(from));
		list_terms(
			store, at, store->db.allterms_end(start), start, max,
			[](const Xapian::TermIterator &it) { return it.get_termfreq(); }, arena,
			entries, count);
		return STATUS_OK;
	});
}

enum status store_terms(struct store *store, struct str prefix, size_t max, struct arena *arena,
			struct term_entry **entries, size_t *count, struct error *err)
{
	const struct str start = { nullptr, 0 };
	return store_terms_from(store, prefix, start, max, arena, entries, count, err);
}

enum status store_metadata_keys(struct store *store, struct str prefix, size_t max,
				struct arena *arena, struct term_entry **entries, size_t *count,
				struct error *err)
{
	return guard_reading(store, err, "reading the index", [&] {
		const std::string start = to_string(prefix);
		list_terms(
			store, store->db.metadata_keys_begin(start),
			store->db.metadata_keys_end(start), start, max,
			[](const Xapian::TermIterator &) { return 0u; }, arena, entries, count);
		return STATUS_OK;
	});
}

enum status store_document_terms(struct store *store, uint32_t id, struct str prefix,
				 struct arena *arena, struct term_entry **entries, size_t *count,
				 struct error *err)
{
	return guard_reading(store, err, "reading the index", [&] {
		const std::string start = to_string(prefix);
		Xapian::TermIterator at = store->db.termlist_begin(id);
		at.skip_to(start);
		list_terms(
			store, at, store->db.termlist_end(id), start, SIZE_MAX,
			[](const Xapian::TermIterator &it) { return it.get_wdf(); }, arena, entries,
			count);
		return STATUS_OK;
	});
}

enum status store_frequency(struct store *store, struct str term, uint32_t *frequency,
			    struct error *err)
{
	return guard_reading(store, err, "reading the index", [&] {
		*frequency = term.len ? term_frequency(store, to_string(term))
				      : store->db.get_doccount();
		return STATUS_OK;
	});
}

enum status store_first(struct store *store, struct str term, uint32_t *id, struct error *err)
{
	return guard_reading(store, err, "reading the index", [&] {
		const std::string name = to_string(term);
		Xapian::PostingIterator at = store->db.postlist_begin(name);
		*id = at == store->db.postlist_end(name) ? 0 : *at;
		return STATUS_OK;
	});
}

enum status store_record(struct store *store, uint32_t id, struct buffer *out, struct error *err)
{
	return guard_reading(store, err, "reading the index", [&] {
		std::string key;
		glass_add_sortable(&key, id);
		if (add_stored(store, store->records.get(), key, out) != stored::COPIED)
			add_string(out, store->db.get_document(id).get_data());
		return STATUS_OK;
	});
}

enum status store_value(struct store *store, uint32_t id, uint32_t slot, struct buffer *out,
			struct error *err)
{
	return guard_reading(store, err, "reading the index", [&] {
		add_string(out, store->db.get_document(id).get_value(slot));
		return STATUS_OK;
	});
}

/* ---- the whole ---- */

enum status store_check(const char *path, struct buffer *report, uint32_t *faults, struct error *err)
{
	return guard(err, path, [&] {
		const enum status status = check_directory(path, err);
		if (status != STATUS_OK)
			return status;
		std::ostringstream words;
		*faults = static_cast<uint32_t>(Xapian::Database::check(path, 0, &words));
		add_string(report, words.str());
		return STATUS_OK;
	});
}

const char *store_xapian_version(void)
{
	return Xapian::version_string();
}
