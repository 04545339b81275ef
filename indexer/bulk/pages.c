#include "pages.h"

#include "dateline/memory.h"

#include <sys/mman.h>

/* More is asked for, and the ends are given back, so that it begins on a multiple of the unit. */
static char *map_on_unit(size_t size)
{
	const size_t all = size + PAGES_UNIT;
	char *start = mmap(NULL, all, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (start == MAP_FAILED)
		memory_exhausted();
	const size_t before = -(uintptr_t)start & (PAGES_UNIT - 1);
	if (before)
		munmap(start, before);
	munmap(start + before + size, all - before - size);
	return start + before;
}

void *pages_map(size_t *size, bool huge)
{
	*size = (*size + PAGES_UNIT - 1) / PAGES_UNIT * PAGES_UNIT;
	char *pages = map_on_unit(*size);
	/* Advice: where it is not taken, the pages are small ones. */
	if (huge)
		madvise(pages, *size, MADV_HUGEPAGE);
	return pages;
}

void pages_prefer_huge(void *memory, size_t size)
{
	const size_t before = -(uintptr_t)memory & (PAGES_UNIT - 1);
	if (size >= before + PAGES_UNIT)
		madvise((char *)memory + before, (size - before) / PAGES_UNIT * PAGES_UNIT,
			MADV_HUGEPAGE);
}

void pages_unmap(void *pages, size_t size)
{
	if (pages)
		munmap(pages, size);
}
