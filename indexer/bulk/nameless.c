#include "nameless.h"

#include "dateline/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

int nameless_open(const char *folder)
{
	int file = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	if (file >= 0 || (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL))
		return file;
	struct buffer path = { 0 };
	buffer_add_format(&path, "%s/aside-XXXXXX", folder);
	file = mkostemp(path.data, O_CLOEXEC);
	if (file >= 0)
		unlink(path.data);
	buffer_release(&path);
	return file;
}
