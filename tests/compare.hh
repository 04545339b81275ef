/*
 * compare.hh: whether two databases are the same to everyone who reads them through libxapian: all that its public interface tells,
 * except their names (uuid) and revisions.
 */
#ifndef DATELINE_TESTS_COMPARE_HH
#define DATELINE_TESTS_COMPARE_HH

#include <cstdint>
#include <mutex>
#include <set>
#include <string>
#include <vector>

/* No more are looked for than these. */
#define DIFFERENCES_MAX 20

struct comparison {
	std::set<std::string> but; /* keys of metadata that may differ */
	unsigned threads = 2;

	std::vector<std::string> differences; /* a line each */
	std::mutex mutex;

	/* What was gone through, of the first of the two. */
	uint64_t documents = 0, terms = 0, postings = 0, positions = 0;
};

/* Fills the rest of *comparison. A database that cannot be read is a difference. */
void compare_databases(const std::string &a, const std::string &b, comparison *comparison);

/* Whether it finds differences: 0 when it does. What it needs is made in a folder that is thrown away. */
int compare_self_test();

#endif
