/* pages.h: memory in large pieces, straight from the system and given back to it at once. */
#ifndef DATELINE_BULK_PAGES_H
#define DATELINE_BULK_PAGES_H

#include <stdbool.h>
#include <stddef.h>

/* Pieces that are a multiple of this lie on one, and can be backed by huge pages, which save time where much is spread widely. */
#define PAGES_UNIT ((size_t)2 << 20)

/* *size is made a multiple of the unit. All zero; what is not touched takes no memory, but of huge pages. Never NULL (memory.h). */
void *pages_map(size_t *size, bool huge);
/* Advice that memory that comes from malloc be backed by huge pages where it covers some. */
void pages_prefer_huge(void *memory, size_t size);

void pages_unmap(void *pages, size_t size);

#endif
