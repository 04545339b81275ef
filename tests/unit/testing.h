/* testing.h: what every suite shares: one program a suite, run by `make check`. */
#ifndef DATELINE_TESTING_H
#define DATELINE_TESTING_H

#include "dateline/memory.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

/* A `struct str` against a literal, with both in the message. */
#define assert_str(actual, expected)                                                               \
	do {                                                                                       \
		struct str actual_ = (actual);                                                     \
		const char *expected_ = (expected);                                                \
		ck_assert_msg(str_equal(actual_, str_from(expected_)),                             \
			      "%s is \"%.*s\", not \"%s\"", #actual, (int)actual_.len,             \
			      actual_.data ? actual_.data : "", expected_);                        \
	} while (0)

/* The one index of a search. */
#define ONE_INDEX(path) (&(const struct str_list){ (struct str[]){ str_from(path) }, 1 })

/* int main that runs the suite a function makes; CK_FORK=no is honoured (sanitizers, valgrind). */
#define TEST_MAIN(make_suite)                                                                      \
	int main(void)                                                                             \
	{                                                                                          \
		SRunner *runner = srunner_create(make_suite());                                    \
		srunner_run_all(runner, CK_NORMAL);                                                \
		int failed = srunner_ntests_failed(runner);                                        \
		srunner_free(runner);                                                              \
		return failed ? EXIT_FAILURE : EXIT_SUCCESS;                                       \
	}

#endif
