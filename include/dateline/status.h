/*
 * status.h: what went wrong, said so that the caller knows what to do next.
 *
 * What can fail returns an `enum status`; the reason in words travels in a `struct error` that the
 * caller owns, usually on its stack. Nothing here allocates. A NULL error is allowed everywhere and
 * drops the words.
 */
#ifndef DATELINE_STATUS_H
#define DATELINE_STATUS_H

#ifdef __cplusplus
extern "C" {
#endif

/* Name, and what the caller can do about it. Only ever appended to. */
#define STATUS_LIST(X)                                                                             \
	X(OK, "done")                                                                              \
	X(END, "there is no more")                                                                 \
	X(RETRY, "the index changed meanwhile: open it again and repeat")                          \
	X(BAD_INPUT, "this input is wrong: mend it, or go on with the next")                       \
	X(BAD_REQUEST, "the request is wrong: say it differently")                                 \
	X(TOO_LARGE, "over a limit: make it smaller")                                              \
	X(LOCKED, "someone else is writing: wait and try again")                                   \
	X(NO_INDEX, "there is no index here: make one, or name another")                           \
	X(OTHER_VERSION, "made by another version: rebuild the index")                             \
	X(CORRUPT, "the stored data is damaged: rebuild the index")                                \
	X(SYSTEM, "the system refused: see its words")                                             \
	X(INTERRUPTED, "stopped on request: the same command goes on")                             \
	X(NOT_FOUND, "nothing of that name")                                                       \
	X(TIMEOUT, "over the time that was allowed: ask for less, or allow more")

enum status {
#define STATUS_ENUM(name, text) STATUS_##name,
	STATUS_LIST(STATUS_ENUM)
#undef STATUS_ENUM
};

struct error {
	enum status status;
	char text[512]; /* one line without a newline, always terminated */
};

/* The text of STATUS_LIST; for a number outside it, "unknown status". */
const char *status_text(enum status status);

/* The name without its prefix, such as "BAD_INPUT". */
const char *status_name(enum status status);

/*
 * Fills *err (cut at its size, control characters made blank) and returns `status`, so that a
 * failing function can end with `return error_set(err, ...)`.
 */
enum status error_set(struct error *err, enum status status, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* As error_set with STATUS_SYSTEM and the words of errno: "cannot WHAT PATH: No space left ...". */
enum status error_system(struct error *err, const char *what, const char *path);

#ifdef __cplusplus
}
#endif
#endif
