/* Any bytes as Markdown. */
#include "target.h"

#include "reader_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	fuzz_reader("markdown", "/a.md", data, size);
	return 0;
}
