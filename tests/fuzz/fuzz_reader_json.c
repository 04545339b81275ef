/* Any bytes as JSON: objects, alone, in an array or one behind the other. */
#include "target.h"

#include "reader_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	fuzz_reader("json", "/a.json", data, size);
	return 0;
}
