#include "publish.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define BUILDING ".building"
#define REPLACED ".replaced"

/* ---- what is there ---- */

static bool is_among(const char *name, const char *const *names)
{
	for (; *names; names++)
		if (strcmp(name, *names) == 0)
			return true;
	return false;
}

/* What else is in a folder: the first entry that is not among `names` is appended to *other. */
static enum status find_other(const char *path, const char *const *names, struct buffer *other,
			      struct error *err)
{
	DIR *folder = opendir(path);
	if (!folder)
		return error_system(err, "look into", path);
	for (struct dirent *entry; !other->len && (entry = readdir(folder));)
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 &&
		    !is_among(entry->d_name, names))
			buffer_add_text(other, entry->d_name);
	closedir(folder);
	return STATUS_OK;
}

static bool holds(const char *path, const char *name)
{
	struct stat info;
	struct buffer whole = { 0 };
	buffer_add_format(&whole, "%s/%s", path, name);
	const bool is_there = stat(whole.data, &info) == 0;
	buffer_release(&whole);
	return is_there;
}

static enum status refuse_other(const char *path, const char *const *names, struct error *err)
{
	struct buffer other = { 0 };
	enum status status = find_other(path, names, &other, err);
	if (status == STATUS_OK && other.len)
		status = error_set(err, STATUS_NO_INDEX,
				   "%s holds something else than an index (%s): take it out, or name "
				   "another with -d",
				   path, other.data);
	buffer_release(&other);
	return status;
}

enum status target_look(const char *path, enum target_state *state, struct error *err)
{
	static const char *const nothing[] = { NULL };
	struct stat info;
	*state = TARGET_ABSENT;
	if (stat(path, &info) != 0 && lstat(path, &info) == 0)
		return error_set(err, STATUS_NO_INDEX, "%s is a link that leads nowhere", path);
	if (stat(path, &info) != 0)
		return errno == ENOENT ? STATUS_OK : error_system(err, "look at", path);
	if (!S_ISDIR(info.st_mode))
		return error_set(err, STATUS_NO_INDEX,
				 "%s is a file; an index is a directory: name another with -d", path);
	if (!holds(path, "iamglass"))
		return refuse_other(path, nothing, err);
	*state = TARGET_INDEX;
	return STATUS_OK;
}

enum status target_may_go(const char *path, struct error *err)
{
	static const char *const files[] = { "iamglass",       "flintlock",      "docdata.glass",
					     "position.glass", "postlist.glass", "spelling.glass",
					     "synonym.glass",  "termlist.glass", NULL };
	return refuse_other(path, files, err);
}

/* ---- files ---- */

static int remove_entry(const char *path, const struct stat *info, int type, struct FTW *place)
{
	(void)info;
	(void)type;
	(void)place;
	remove(path); /* what stays makes the removal of its folder fail, and that shows */
	return 0;
}

static void remove_folder(const char *path)
{
	nftw(path, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
}

static int remove_inside(const char *path, const struct stat *info, int type, struct FTW *place)
{
	return place->level ? remove_entry(path, info, type, place) : 0;
}

/* The folder itself stays: it is locked. */
static void empty_folder(const char *path)
{
	nftw(path, remove_inside, 8, FTW_DEPTH | FTW_PHYS);
}

static enum status sync_parent(const char *path, struct error *err)
{
	char *copy = strdup(path);
	if (!copy)
		return error_system(err, "sync the folder of", path);
	const int folder = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	free(copy);
	if (folder < 0)
		return error_system(err, "open the folder of", path);
	const enum status status =
		fsync(folder) == 0 ? STATUS_OK : error_system(err, "sync the folder of", path);
	close(folder);
	return status;
}

/* ---- the fresh directory ---- */

/* A link stays what it is: what it leads to is replaced. */
static void set_paths(const char *named, struct fresh *fresh)
{
	char real[PATH_MAX];
	const char *target = realpath(named, real) ? real : named;
	size_t len = strlen(target);
	while (len > 1 && target[len - 1] == '/')
		len--;
	*fresh = (struct fresh){ .lock = -1 };
	buffer_add(&fresh->target, target, len);
	buffer_add(&fresh->path, target, len);
	buffer_add_text(&fresh->path, BUILDING);
}

static void release(struct fresh *fresh)
{
	if (fresh->lock >= 0)
		close(fresh->lock);
	fresh->lock = -1;
	buffer_release(&fresh->path);
	buffer_release(&fresh->target);
}

/* Whoever held the lock before may have renamed or removed the directory while we waited for it. */
static bool is_still_there(const struct fresh *fresh)
{
	struct stat held, named;
	return fstat(fresh->lock, &held) == 0 && stat(fresh->path.data, &named) == 0 &&
	       held.st_dev == named.st_dev && held.st_ino == named.st_ino;
}

/* False with errno; EWOULDBLOCK when somebody else has it. */
static bool lock_folder(struct fresh *fresh)
{
	fresh->lock = open(fresh->path.data, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fresh->lock < 0)
		return false;
	if (flock(fresh->lock, LOCK_EX | LOCK_NB) == 0)
		return true;
	const int number = errno;
	close(fresh->lock);
	fresh->lock = -1;
	errno = number;
	return false;
}

/* What others put into the directory is not thrown away. */
static enum status clear_folder(struct fresh *fresh, struct error *err)
{
	static const char *const ours[] = { FRESH_LOOSE, FRESH_PACKED, NULL };
	const enum status status = refuse_other(fresh->path.data, ours, err);
	if (status == STATUS_OK) {
		empty_folder(fresh->path.data);
		return STATUS_OK;
	}
	close(fresh->lock);
	fresh->lock = -1;
	return status;
}

enum status fresh_make(const char *target, struct fresh *fresh, struct error *err)
{
	set_paths(target, fresh);
	for (int attempt = 0; attempt < 10; attempt++) {
		if (mkdir(fresh->path.data, 0777) != 0 && errno != EEXIST)
			return error_system(err, "make the folder", fresh->path.data);
		if (lock_folder(fresh)) {
			if (is_still_there(fresh))
				return clear_folder(fresh, err);
			close(fresh->lock);
			fresh->lock = -1;
		} else if (errno == EWOULDBLOCK) {
			break;
		} else if (errno != ENOENT) {
			return error_system(err, "open the folder", fresh->path.data);
		}
	}
	return error_set(err, STATUS_LOCKED,
			 "another program is making the index %s: wait until it is done",
			 fresh->target.data);
}

void fresh_discard(struct fresh *fresh)
{
	if (fresh->lock >= 0)
		remove_folder(fresh->path.data);
	release(fresh);
}

/* The old index goes when it is sure that the new one stays. */
static enum status remove_replaced(const char *path, const char *target, struct error *err)
{
	const enum status status = sync_parent(target, err);
	if (status == STATUS_OK)
		remove_folder(path);
	return status;
}

/*
 * Both names change owners in one step where the file system can do it. Where it cannot, the old index is
 * moved aside first, and for a moment there is none.
 */
static enum status exchange(const char *path, const char *target, struct error *err)
{
	if (renameat2(AT_FDCWD, path, AT_FDCWD, target, RENAME_EXCHANGE) == 0)
		return remove_replaced(path, target, err);
	if (errno != EINVAL && errno != ENOSYS)
		return error_system(err, "put the new index in the place of", target);
	struct buffer aside = { 0 };
	buffer_add_format(&aside, "%s%s", target, REPLACED);
	enum status status = STATUS_OK;
	if (rename(target, aside.data) != 0)
		status = error_system(err, "move aside", target);
	else if (rename(path, target) != 0) {
		status = error_system(err, "put the new index in the place of", target);
		if (rename(aside.data, target) != 0)
			status = error_set(err, STATUS_SYSTEM, "the old index is now %s", aside.data);
	} else {
		status = remove_replaced(aside.data, target, err);
	}
	buffer_release(&aside);
	return status;
}

void fresh_folder(const struct fresh *fresh, const char *name, struct buffer *out)
{
	buffer_add_format(out, "%s/%s", fresh->path.data, name);
}

/* Who may read what was there may read what takes its place. */
static enum status keep_mode(const char *target, const char *path, struct error *err)
{
	struct stat info;
	if (stat(target, &info) != 0)
		return STATUS_OK;
	if (chmod(path, info.st_mode & 07777) != 0)
		return error_system(err, "set the rights of", path);
	return STATUS_OK;
}

enum status fresh_publish(struct fresh *fresh, const char *name, bool replace, struct error *err)
{
	const char *target = fresh->target.data;
	enum target_state state;
	struct buffer path = { 0 };
	fresh_folder(fresh, name, &path);
	enum status status = target_look(target, &state, err);
	if (status == STATUS_OK && state == TARGET_INDEX && !replace)
		status = error_set(
			err, STATUS_LOCKED,
			"another program has made an index at %s meanwhile: run this again", target);
	if (status == STATUS_OK)
		status = keep_mode(target, path.data, err);
	if (status == STATUS_OK && state == TARGET_INDEX)
		status = target_may_go(target, err);
	if (status == STATUS_OK && state == TARGET_INDEX)
		status = exchange(path.data, target, err);
	else if (status == STATUS_OK && rename(path.data, target) != 0)
		status = error_system(err, "put the new index at", target);
	if (status == STATUS_OK)
		status = sync_parent(target, err);
	buffer_release(&path);
	fresh_discard(fresh);
	return status;
}

/*
 * Killed between the two renames of a file system that cannot exchange names: the old index is whole, under
 * another name.
 */
enum status target_restore(const char *path, enum target_state *state, struct error *err)
{
	struct fresh names;
	struct buffer aside = { 0 };
	enum status status = STATUS_OK;
	set_paths(path, &names);
	buffer_add_format(&aside, "%s%s", names.target.data, REPLACED);
	if (holds(aside.data, "iamglass") && target_may_go(aside.data, NULL) == STATUS_OK) {
		if (rename(aside.data, names.target.data) != 0)
			status = error_system(err, "put back the index", names.target.data);
		else
			*state = TARGET_INDEX;
	}
	buffer_release(&aside);
	release(&names);
	return status;
}

void fresh_clear(const char *target)
{
	struct fresh fresh;
	set_paths(target, &fresh);
	struct buffer aside = { 0 };
	buffer_add_format(&aside, "%s%s", fresh.target.data, REPLACED);
	if (lock_folder(&fresh) && is_still_there(&fresh) && clear_folder(&fresh, NULL) == STATUS_OK)
		remove_folder(fresh.path.data);
	/* When there is an index, what was moved aside for it has done its service. */
	if (holds(fresh.target.data, "iamglass") && target_may_go(aside.data, NULL) == STATUS_OK)
		remove_folder(aside.data);
	release(&fresh);
	buffer_release(&aside);
}
