#include "store.hh"

#include "dateline/file.h"
#include "dateline/schema.h"

#include <cstdlib>
#include <ctime>
#include <fcntl.h>

struct store_writer {
	std::string path;
	Xapian::WritableDatabase db;
	struct store view;
	bool fresh = false;
};

/* ---- opening and closing ---- */

#define FLUSH_VARIABLE "XAPIAN_FLUSH_THRESHOLD"

namespace
{

/* libxapian reads the threshold from the environment when it opens, and nowhere else. */
class flush_threshold
{
	std::string before;
	bool was_set, is_ours;

      public:
	explicit flush_threshold(uint32_t documents)
	{
		const char *now = getenv(FLUSH_VARIABLE);
		was_set = now != nullptr;
		is_ours = documents != 0;
		if (was_set)
			before = now;
		if (is_ours)
			setenv(FLUSH_VARIABLE, std::to_string(documents).c_str(), 1);
	}
	~flush_threshold()
	{
		if (is_ours && was_set)
			setenv(FLUSH_VARIABLE, before.c_str(), 1);
		else if (is_ours)
			unsetenv(FLUSH_VARIABLE);
	}
	flush_threshold(const flush_threshold &) = delete;
	flush_threshold &operator=(const flush_threshold &) = delete;
};

} // namespace

static void pause_for(uint32_t ms)
{
	const struct timespec pause = { ms / 1000, static_cast<long>(ms % 1000) * 1000000 };
	nanosleep(&pause, nullptr);
}

/* libxapian's own way to wait for the lock waits for ever. */
static Xapian::WritableDatabase open_patiently(const char *path, int flags, uint32_t wait_ms)
{
	const uint32_t step = 50;
	for (uint32_t waited = 0;; waited += step) {
		try {
			return Xapian::WritableDatabase(path, flags);
		} catch (const Xapian::DatabaseLockError &e) {
			if (waited >= wait_ms || !guard_is_held(e))
				throw;
		}
		pause_for(step);
	}
}

/*
 * A new index is written without a sync: it lives in a directory that is thrown away in the end, and what is published,
 * and synced, is a packed copy (store_pack). DB_DANGEROUS, which writes over blocks in place, gains nothing when there
 * is but one commit, and hides why a write failed behind a complaint about itself.
 */
static int flags_for(bool create)
{
	const int flags = create ? Xapian::DB_CREATE | Xapian::DB_NO_SYNC : Xapian::DB_OPEN;
	return flags | Xapian::DB_BACKEND_GLASS;
}

static enum status open_writer(struct store_writer *made,
			       const struct store_writer_options *options, struct error *err)
{
	const char *path = made->path.c_str();
	if (!options->create) {
		const enum status status = check_directory(path, err);
		if (status != STATUS_OK)
			return status;
	}
	{
		const flush_threshold threshold(options->flush_every);
		made->db = open_patiently(path, flags_for(options->create), options->lock_wait_ms);
	}
	made->view.db = made->db;
	if (!options->create) {
		const enum status status = check_schema(made->db, path, err);
		if (status != STATUS_OK)
			return status;
	}
	made->db.begin_transaction();
	return STATUS_OK;
}

enum status store_writer_open(const char *path, const struct store_writer_options *options,
			      struct store_writer **writer, struct error *err)
{
	*writer = nullptr;
	struct store_writer *made = nullptr;
	const enum status status = guard(err, path, [&] {
		made = new struct store_writer;
		made->path = path;
		made->fresh = options->create;
		return open_writer(made, options, err);
	});
	if (status == STATUS_OK)
		*writer = made;
	else
		store_writer_close(made);
	return status;
}

/*
 * The destructor of a database commits what is pending, and hides failure; so does one whose commit has
 * failed before. Cancelling first leaves it nothing. There is a transaction to cancel unless a commit
 * failed, and then one is begun (and if there is one already, beginning fails and does no harm).
 */
void store_writer_close(struct store_writer *writer)
{
	if (!writer)
		return;
	guard(nullptr, "closing", [&] {
		writer->db.begin_transaction(false);
		return STATUS_OK;
	});
	guard(nullptr, "closing", [&] {
		writer->db.cancel_transaction();
		return STATUS_OK;
	});
	guard(nullptr, "closing", [&] {
		delete writer;
		return STATUS_OK;
	});
}

struct store *store_writer_view(struct store_writer *writer)
{
	return &writer->view;
}

/* ---- documents ---- */

static bool term_fits(struct str term)
{
	size_t size = term.len;
	for (size_t i = 0; i < term.len && size <= SCHEMA_TERM_MAX; i++)
		size += term.data[i] == '\0';
	return term.len > 0 && size <= SCHEMA_TERM_MAX;
}

/* libxapian takes more, but what is that large is a mistake. */
#define BYTES_MAX ((size_t)100 << 20)

/*
 * An exception out of libxapian throws away all that is not committed, and a term that is too long is only found
 * out at the commit: so whatever could fail is looked at before.
 */
enum status store_document_fits(const struct document *document, struct error *err)
{
	for (size_t i = 0; i < document->posting_count; i++)
		if (!term_fits(document->postings[i].term))
			return error_set(
				err, STATUS_TOO_LARGE,
				"a term of %zu bytes is none that the index can take (1 to %d)",
				document->postings[i].term.len, SCHEMA_TERM_MAX);
	size_t largest = document->record.len;
	for (size_t i = 0; i < document->value_count; i++)
		if (document->values[i].bytes.len > largest)
			largest = document->values[i].bytes.len;
	if (largest > BYTES_MAX)
		return error_set(err, STATUS_TOO_LARGE,
				 "%zu bytes are more than the index can take", largest);
	return STATUS_OK;
}

static Xapian::Document make_document(const struct document *document)
{
	Xapian::Document made;
	for (size_t i = 0; i < document->posting_count; i++) {
		const struct posting *posting = &document->postings[i];
		const std::string term = to_string(posting->term);
		made.add_term(term, posting->wdf);
		for (uint32_t k = 0; k < posting->count; k++)
			made.add_posting(term, posting->positions[k], 0);
	}
	for (size_t i = 0; i < document->value_count; i++)
		made.add_value(document->values[i].slot, to_string(document->values[i].bytes));
	made.set_data(to_string(document->record));
	return made;
}

enum status store_add(struct store_writer *writer, const struct document *document, uint32_t *id,
		      struct error *err)
{
	return guard(err, "writing", [&] {
		const enum status status = store_document_fits(document, err);
		if (status == STATUS_OK)
			*id = writer->db.add_document(make_document(document));
		return status;
	});
}

enum status store_replace(struct store_writer *writer, uint32_t id, const struct document *document,
			  struct error *err)
{
	return guard(err, "writing", [&] {
		const enum status status = store_document_fits(document, err);
		if (status == STATUS_OK)
			writer->db.replace_document(id, make_document(document));
		return status;
	});
}

enum status store_add_all(struct store_writer *writer, const char *from, struct error *err)
{
	return guard(err, "writing", [&] {
		const Xapian::Database db(from, Xapian::DB_BACKEND_GLASS);
		const std::string all;
		for (auto at = db.postlist_begin(all); at != db.postlist_end(all); ++at) {
			const Xapian::docid id = writer->db.add_document(db.get_document(*at));
			if (id != *at)
				return error_set(err, STATUS_SYSTEM,
						 "document %u of %s came to be %u", *at, from, id);
		}
		return STATUS_OK;
	});
}

enum status store_delete(struct store_writer *writer, uint32_t id, struct error *err)
{
	return guard(err, "deleting", [&] {
		writer->db.delete_document(id);
		return STATUS_OK;
	});
}

#define METADATA_KEY_MAX 253

enum status store_set_metadata(struct store_writer *writer, struct str key, struct str value,
			       struct error *err)
{
	if (!key.len || key.len > METADATA_KEY_MAX || value.len > BYTES_MAX)
		return error_set(
			err, STATUS_TOO_LARGE,
			"metadata of %zu bytes under a key of %zu is none that the index can take",
			value.len, key.len);
	return guard(err, "writing", [&] {
		writer->db.set_metadata(to_string(key), to_string(value));
		return STATUS_OK;
	});
}

/* ---- committing ---- */

/* libxapian syncs its files on a commit, but never the directory. */
enum status store_commit(struct store_writer *writer, struct error *err)
{
	return guard(err, "committing", [&] {
		writer->db.commit_transaction();
		if (!writer->fresh) {
			const enum status status = file_sync(writer->path.c_str(), O_DIRECTORY, err);
			if (status != STATUS_OK)
				return status;
		}
		writer->db.begin_transaction();
		return STATUS_OK;
	});
}
