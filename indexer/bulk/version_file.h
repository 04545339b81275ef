/* version_file.h: the file "iamglass" of a glass database, which says what its tables are: with it the database is there. */
#ifndef DATELINE_BULK_VERSION_FILE_H
#define DATELINE_BULK_VERSION_FILE_H

#include "table.h"

/* In the order in which the file has them. */
enum bulk_table {
	BULK_POSTINGS,
	BULK_RECORDS,
	BULK_TERMLISTS,
	BULK_POSITIONS,
	BULK_SPELLINGS, /* never there */
	BULK_SYNONYMS,  /* never there */
	BULK_TABLES,
};

/* The name of the table's file in the folder of the database. */
const char *bulk_table_file(enum bulk_table table);

struct bulk_statistics {
	uint32_t documents, last_document;
	uint32_t shortest; /* document that is not empty, 0 when all are; in wdfs, as the next two */
	uint32_t longest;
	uint32_t greatest_wdf;
	uint64_t total_length;
};

/*
 * Writes the file aside and renames it to its place. Durable: it is synced before and the folder after that, and the tables must be synced
 * already. `uuid` names the database; 16 bytes.
 */
enum status version_file_write(const char *folder, const struct table_root roots[BULK_TABLES],
			       uint32_t block_size, const struct bulk_statistics *statistics,
			       const unsigned char uuid[16], bool durable, struct error *err);

#endif
