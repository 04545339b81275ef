#include "walk.h"

#include <errno.h>
#include <fts.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static struct walk_file *add_file(struct walk *walk, struct str path)
{
	memory_reserve(&walk->files, &walk->capacity, walk->count, sizeof(*walk->files));
	struct walk_file *file = &walk->files[walk->count++];
	*file = (struct walk_file){ .path = arena_copy(&walk->arena, path) };
	return file;
}

static void add_failure(struct walk *walk, const char *path, int number)
{
	struct walk_file *file = add_file(walk, str_from(path));
	file->err = arena_zero(&walk->arena, 1, sizeof(*file->err));
	errno = number;
	error_system(file->err, "read", path);
}

/* Names of files are ids of articles, so they are told in one way only: absolute, without links. */
static void add_readable(struct walk *walk, const FTSENT *entry)
{
	char real[PATH_MAX];
	const bool is_file = S_ISREG(entry->fts_statp->st_mode);
	/* A pipe of the shell, /dev/fd/63, has no other name. */
	const char *path = realpath(entry->fts_accpath, real);
	if (!path && is_file) {
		add_failure(walk, entry->fts_path, errno);
		return;
	}
	struct walk_file *file = add_file(walk, str_from(path ? path : entry->fts_path));
	file->named = entry->fts_level == FTS_ROOTLEVEL;
	if (is_file)
		file->size = (uint64_t)entry->fts_statp->st_size;
	walk->bytes += file->size;
}

static bool holds_database(const char *folder)
{
	char path[PATH_MAX];
	const int len = snprintf(path, sizeof(path), "%s/iamglass", folder);
	return len > 0 && (size_t)len < sizeof(path) && access(path, F_OK) == 0;
}

static int by_name(const FTSENT **a, const FTSENT **b)
{
	return strcmp((*a)->fts_name, (*b)->fts_name);
}

static void visit(struct walk *walk, FTS *tree, FTSENT *entry)
{
	const bool hidden = entry->fts_level > FTS_ROOTLEVEL && entry->fts_name[0] == '.';
	switch (entry->fts_info) {
	case FTS_D:
		if (hidden || holds_database(entry->fts_accpath))
			fts_set(tree, entry, FTS_SKIP);
		break;
	case FTS_F:
	case FTS_DEFAULT:
		/* A device or a pipe is read when it is named, and passed over in a folder. */
		if (!hidden && (entry->fts_info == FTS_F || entry->fts_level == FTS_ROOTLEVEL))
			add_readable(walk, entry);
		break;
	case FTS_DNR:
	case FTS_ERR:
	case FTS_NS:
	case FTS_SLNONE:
		if (!hidden)
			add_failure(walk, entry->fts_path,
				    entry->fts_errno ? entry->fts_errno : ENOENT);
		break;
	default: /* leaving a folder; a folder that is one of its own parents */
		break;
	}
}

static enum status walk_one(struct walk *walk, char *path, struct error *err)
{
	struct stat info;
	if (stat(path, &info) != 0)
		return error_set(err, STATUS_NOT_FOUND, "%s: %s", path,
				 errno == ENOENT ? "there is no such file or folder"
						 : strerror(errno));
	char *const roots[] = { path, NULL };
	FTS *tree = fts_open(roots, FTS_LOGICAL | FTS_NOCHDIR, by_name);
	if (!tree)
		return error_system(err, "read", path);
	errno = 0;
	for (FTSENT *entry; (entry = fts_read(tree)); errno = 0)
		visit(walk, tree, entry);
	const enum status status = errno ? error_system(err, "read", path) : STATUS_OK;
	fts_close(tree);
	return status;
}

enum status walk_paths(char *const *paths, struct walk *walk, struct error *err)
{
	*walk = (struct walk){ 0 };
	enum status status = STATUS_OK;
	for (; *paths && status == STATUS_OK; paths++) {
		if (strcmp(*paths, "-") == 0)
			add_file(walk, STR("-"))->named = true;
		else
			status = walk_one(walk, *paths, err);
	}
	return status;
}

void walk_release(struct walk *walk)
{
	arena_release(&walk->arena);
	free(walk->files);
	*walk = (struct walk){ 0 };
}
