/*
 * plain_terms.hh: a phrase of terms, and two terms near each other: the common cases of plans that look at positions, in which no
 * list needs to be decoded to its end.
 */
#ifndef DATELINE_PLAIN_TERMS_HH
#define DATELINE_PLAIN_TERMS_HH

#include "dateline/store.h"
#include "term_positions.hh"

class plain_terms
{
	const enum plan_op op;
	const uint32_t distance;
	std::vector<positions> terms;
	std::vector<position_cursor *> cursors;
	std::vector<uint32_t> order; /* of the terms: fewest positions first */

	bool fit();

      public:
	/* PHRASE of terms, NEAR and ADJ of two. */
	static bool are_all(const struct plan *plan);

	/* `plan` is such a one. */
	plain_terms(const Xapian::Database &db, const position_tables &tables,
		    const struct plan *plan);

	/* That document `id` comes after the next that is looked for. */
	void expect(uint32_t id) const
	{
		for (const positions &term : terms)
			term.expect(id);
	}

	/* HERE when it matches in document `id`, NONE when not, ELSEWHERE when another way must be taken to know. Ids rise. */
	enum positions_read find(uint32_t id, ticker &work);
};

#endif
