#include "version_file.h"

#include "dateline/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#define REVISION 1 /* of blocks too; a writer empties tables of revision 0 */
#define BLOCK_UNIT 2048

/* The format's name and the day of its version: 14 March 2016, as year - 2014, month and day in 7, 4 and 5 bits. */
static const char magic[] = "\x0f\x0dXapian Glass\x04\x6e";

static const struct {
	const char *file;
	uint32_t compress_above; /* bytes of a tag that a writer may deflate; 0: none */
} kinds[BULK_TABLES] = {
	[BULK_POSTINGS] = { "postlist.glass", 0 },   [BULK_RECORDS] = { "docdata.glass", 18 },
	[BULK_TERMLISTS] = { "termlist.glass", 18 }, [BULK_POSITIONS] = { "position.glass", 0 },
	[BULK_SPELLINGS] = { "spelling.glass", 18 }, [BULK_SYNONYMS] = { "synonym.glass", 18 },
};

const char *bulk_table_file(enum bulk_table table)
{
	return kinds[table].file;
}

/* A table that is not there has no list of free blocks; one that is has an empty list. */
static void add_root(struct buffer *out, const struct table_root *root, uint32_t block_size,
		     uint32_t compress_above)
{
	buffer_add_varint(out, root->exists ? root->root : 0);
	buffer_add_varint(out, root->exists ? root->level << 2 : 3);
	buffer_add_varint(out, root->exists ? root->entries : 0);
	buffer_add_varint(out, block_size / BLOCK_UNIT);
	buffer_add_varint(out, compress_above);
	struct buffer free_list = { 0 };
	if (root->exists) {
		buffer_add_varint(&free_list, REVISION);
		buffer_add_varint(&free_list, root->blocks);
		buffer_add(&free_list, "\0\0\0\0", 4); /* from block 0, byte 0 to the same */
	}
	buffer_add_counted(out, buffer_str(&free_list));
	buffer_release(&free_list);
}

/* Numbers that cannot be smaller than another are stored as what they are more. */
static void add_statistics(struct buffer *out, const struct bulk_statistics *statistics)
{
	buffer_add_varint(out, statistics->documents);
	buffer_add_varint(out, statistics->last_document - statistics->documents);
	buffer_add_varint(out, statistics->shortest);
	buffer_add_varint(out, statistics->greatest_wdf);
	buffer_add_varint(out, statistics->longest - statistics->greatest_wdf);
	buffer_add_varint(out, 0); /* the oldest set of changes: there are none */
	buffer_add_varint(out, statistics->total_length);
	buffer_add_varint(out, 0); /* of spellings */
}

static enum status write_file(const char *path, struct str bytes, bool durable, struct error *err)
{
	const int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	if (file < 0)
		return error_system(err, "make", path);
	enum status status = STATUS_OK;
	if (!file_write_at(file, bytes.data, bytes.len, 0))
		status = error_system(err, "write", path);
	else if (durable && fsync(file))
		status = error_system(err, "sync", path);
	if (close(file) && !status)
		status = error_system(err, "write", path);
	return status;
}

/* Whole, or not there. */
static enum status publish(const char *folder, struct str bytes, bool durable, struct error *err)
{
	struct buffer aside = { 0 }, path = { 0 };
	buffer_add_format(&aside, "%s/v.tmp", folder);
	buffer_add_format(&path, "%s/iamglass", folder);
	enum status status = write_file(aside.data, bytes, durable, err);
	if (!status && rename(aside.data, path.data))
		status = error_system(err, "make", path.data);
	if (!status && durable)
		status = file_sync(folder, O_DIRECTORY, err);
	buffer_release(&aside);
	buffer_release(&path);
	return status;
}

enum status version_file_write(const char *folder, const struct table_root roots[BULK_TABLES],
			       uint32_t block_size, const struct bulk_statistics *statistics,
			       const unsigned char uuid[16], bool durable, struct error *err)
{
	struct buffer bytes = { 0 };
	buffer_add(&bytes, magic, sizeof(magic) - 1);
	buffer_add(&bytes, uuid, 16);
	buffer_add_varint(&bytes, REVISION);
	for (int i = 0; i < BULK_TABLES; i++)
		add_root(&bytes, &roots[i], block_size, kinds[i].compress_above);
	add_statistics(&bytes, statistics);
	const enum status status = publish(folder, buffer_str(&bytes), durable, err);
	buffer_release(&bytes);
	return status;
}
