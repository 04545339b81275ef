/*
 * fault.so: loaded into a program under test with LD_PRELOAD, lets the n-th call that changes a disk go wrong.
 *
 *   FAULT_AT=N       which one, from 1; 0 or unset: none, only count
 *   FAULT_DO=kill    the process is killed before the call (SIGKILL), else the name of an error: ENOSPC, EIO; or `short`: a write
 *                    takes half of what it is given
 *   FAULT_REST=1     all calls behind it go wrong too, as on a full disk
 *   FAULT_CALLS=...  which calls: any of write, truncate, sync, rename, parted by commas (all when unset)
 *   FAULT_NO_EXCHANGE=1  two names cannot be exchanged, as on many network file systems
 *   FAULT_COUNT=FILE the number of calls seen is written there at exit
 *
 * Calls on standard output, standard error and on what is no file or folder are not counted.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static _Atomic long calls;

static bool is_wanted(const char *call)
{
	const char *wanted = getenv("FAULT_CALLS");
	return !wanted || strstr(wanted, call);
}

static int error_number(const char *name)
{
	if (strcmp(name, "ENOSPC") == 0)
		return ENOSPC;
	if (strcmp(name, "EINVAL") == 0)
		return EINVAL;
	return EIO;
}

/* True when this call is the one to fail, with errno set; does not return when it is the one to kill. */
static bool goes_wrong(const char *call)
{
	const char *at = getenv("FAULT_AT");
	if (!is_wanted(call))
		return false;
	const long number = atomic_fetch_add(&calls, 1) + 1;
	const long wanted = at ? strtol(at, NULL, 10) : 0;
	if (!wanted || number < wanted || (number > wanted && !getenv("FAULT_REST")))
		return false;
	const char *what = getenv("FAULT_DO");
	if (!what || strcmp(what, "kill") == 0) {
		raise(SIGKILL);
		return true;
	}
	errno = error_number(what);
	return true;
}

static bool is_disk(int fd)
{
	struct stat info;
	return fd > 2 && fstat(fd, &info) == 0 && (S_ISREG(info.st_mode) || S_ISDIR(info.st_mode));
}

__attribute__((destructor)) static void write_count(void)
{
	const char *path = getenv("FAULT_COUNT");
	FILE *file = path ? fopen(path, "w") : NULL;
	if (!file)
		return;
	fprintf(file, "%ld\n", atomic_load(&calls));
	fclose(file);
}

#define NEXT(name) ((__typeof__(&(name)))dlsym(RTLD_NEXT, #name))

/* What a write is to do: 0 when it fails, with errno set. */
static size_t allowed(int fd, size_t n)
{
	const char *what = getenv("FAULT_DO");
	if (!is_disk(fd) || !goes_wrong("write"))
		return n;
	return what && strcmp(what, "short") == 0 ? (n + 1) / 2 : 0;
}

ssize_t write(int fd, const void *buf, size_t n)
{
	const size_t some = n ? allowed(fd, n) : 0;
	return n && !some ? -1 : NEXT(write)(fd, buf, some);
}

ssize_t pwrite(int fd, const void *buf, size_t n, off_t offset)
{
	const size_t some = n ? allowed(fd, n) : 0;
	return n && !some ? -1 : NEXT(pwrite)(fd, buf, some, offset);
}

ssize_t pwrite64(int fd, const void *buf, size_t n, off64_t offset)
{
	const size_t some = n ? allowed(fd, n) : 0;
	return n && !some ? -1 : NEXT(pwrite64)(fd, buf, some, offset);
}

/* The C library's own buffers are not seen: it writes past us. So it is the filling of them that fails. */
size_t fwrite(const void *ptr, size_t size, size_t n, FILE *s)
{
	const size_t some = size && n ? allowed(fileno(s), n) : 0;
	return size && n && !some ? 0 : NEXT(fwrite)(ptr, size, some, s);
}

int ftruncate(int fd, off_t length)
{
	return goes_wrong("truncate") ? -1 : NEXT(ftruncate)(fd, length);
}

int ftruncate64(int fd, off64_t length)
{
	return goes_wrong("truncate") ? -1 : NEXT(ftruncate64)(fd, length);
}

int fsync(int fd)
{
	return goes_wrong("sync") ? -1 : NEXT(fsync)(fd);
}

int fdatasync(int fildes)
{
	return goes_wrong("sync") ? -1 : NEXT(fdatasync)(fildes);
}

int rename(const char *old, const char *new)
{
	return goes_wrong("rename") ? -1 : NEXT(rename)(old, new);
}

int renameat2(int oldfd, const char *old, int newfd, const char *new, unsigned flags)
{
	if (goes_wrong("rename"))
		return -1;
	if (getenv("FAULT_NO_EXCHANGE") && flags & RENAME_EXCHANGE) {
		errno = EINVAL;
		return -1;
	}
	return NEXT(renameat2)(oldfd, old, newfd, new, flags);
}
