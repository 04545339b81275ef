/* Any bytes as plain text. */
#include "target.h"

#include "reader_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	fuzz_reader("text", "/a.txt", data, size);
	return 0;
}
