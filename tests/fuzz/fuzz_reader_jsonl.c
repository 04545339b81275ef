/* Any bytes as JSON Lines. */
#include "target.h"

#include "reader_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	fuzz_reader("jsonl", "/a.jsonl", data, size);
	return 0;
}
