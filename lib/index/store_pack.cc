#include "store.hh"

#include "dateline/file.h"
#include "dateline/intern.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#define PIECE ((size_t)1 << 20)

/* A hash of what the file holds; its memory in the page cache is given up first when it is to come from the disk. */
static enum status hash_file(const char *path, bool from_disk, struct buffer *piece, uint64_t *hash,
			     struct error *err)
{
	const int file = open(path, O_RDONLY | O_CLOEXEC);
	if (file < 0)
		return error_system(err, "open", path);
	if (from_disk)
		posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED);
	ssize_t got;
	*hash = 0;
	while ((got = read(file, piece->data, PIECE)) > 0)
		*hash = *hash * UINT64_C(0x9E3779B97F4A7C15) +
			hash_bytes(piece->data, static_cast<size_t>(got));
	const enum status status = got < 0 ? error_system(err, "read", path) : STATUS_OK;
	close(file);
	return status;
}

/*
 * libxapian's compactor takes a sync that failed for one that worked. A second sync then finds nothing
 * wrong, because the kernel tells a failure once, and forgets what it could not write. So what is on
 * the disk is compared with what was written.
 */
static enum status sync_file(const char *path, struct buffer *piece, struct error *err)
{
	uint64_t written = 0, stored = 0;
	enum status status = hash_file(path, false, piece, &written, err);
	if (status == STATUS_OK)
		status = file_sync(path, 0, err);
	if (status == STATUS_OK)
		status = hash_file(path, true, piece, &stored, err);
	if (status == STATUS_OK && written != stored)
		return error_set(err, STATUS_SYSTEM, "%s was not written as it should have been",
				 path);
	return status;
}

/* Every file of the database that was packed must have come out of it. */
static enum status sync_database(const char *from, const char *to, struct error *err)
{
	DIR *listing = opendir(from);
	if (!listing)
		return error_system(err, "list", from);
	struct buffer piece = {};
	buffer_extend(&piece, PIECE);
	enum status status = STATUS_OK;
	for (struct dirent *entry; status == STATUS_OK && (entry = readdir(listing));)
		if (entry->d_name[0] != '.')
			status = sync_file((std::string(to) + "/" + entry->d_name).c_str(), &piece,
					   err);
	closedir(listing);
	buffer_release(&piece);
	return status == STATUS_OK ? file_sync(to, O_DIRECTORY, err) : status;
}

/* Numbers of documents stay: the order of hits with equal scores hangs on them. */
static enum status compact(Xapian::Database *db, const char *from, const char *to, struct error *err)
{
	if (mkdir(to, 0777) != 0)
		return error_system(err, "make the folder", to);
	db->compact(to, Xapian::DBCOMPACT_NO_RENUMBER);
	return sync_database(from, to, err);
}

enum status store_pack(const char *from, const char *to, struct error *err)
{
	return guard(err, "packing the index", [&] {
		const enum status status = check_directory(from, err);
		if (status != STATUS_OK)
			return status;
		Xapian::Database db(from, Xapian::DB_BACKEND_GLASS);
		return compact(&db, from, to, err);
	});
}

enum status store_join(const char *from, const char *more, const char *to, struct error *err)
{
	return guard(err, "joining the new articles to the index", [&] {
		const enum status status = check_directory(from, err);
		if (status != STATUS_OK)
			return status;
		Xapian::Database db(from, Xapian::DB_BACKEND_GLASS);
		db.add_database(Xapian::Database(more, Xapian::DB_BACKEND_GLASS));
		return compact(&db, from, to, err);
	});
}
