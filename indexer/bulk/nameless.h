/* nameless.h: files for what is put aside: they have no name, and so go with the process, however it ends. */
#ifndef DATELINE_BULK_NAMELESS_H
#define DATELINE_BULK_NAMELESS_H

/*
 * A new one in the folder, open for reading and writing; -1 with errno. Where the file system has no files without a name, one is
 * made and its name is taken away at once.
 */
int nameless_open(const char *folder);

#endif
