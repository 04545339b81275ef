/* target.h: what a fuzz target defines; libFuzzer and replay.c call it. */
#ifndef DATELINE_TARGET_H
#define DATELINE_TARGET_H

#include <stddef.h>
#include <stdint.h>

/* Must take any bytes; ends the process when something is wrong; returns 0. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
