/*
 * store_spans.hh: which documents have words at positions that fit: PLAN_PHRASE, PLAN_NEAR, PLAN_ADJ and PLAN_SENTENCE.
 *
 * Each part of such a plan stands in a document at spans, from a first to a last position:
 *   TERM         each of its positions
 *   MENTION      each run of positions one after the other, as long as it is, but not into another sentence
 *   OR, SYNONYM  all spans of the kids
 *   PHRASE       one span of each kid, each beginning right behind the one before
 *   ADJ          the same, each beginning 1 to `distance` behind the last of the one before
 *   NEAR         as ADJ, in any order of the kids
 *   SENTENCE     one span of each kid, none over another, all in one sentence, in any order. Sentences begin at the positions
 *                of TERM_SENTENCES; without that term all of the text is one
 * The last four stand from the first position of their spans to the last.
 *
 * A document matches when the plan has a span in it, and every match is found, but with one bound: of PHRASE, NEAR, ADJ and
 * SENTENCE inside one of these, what counts is the shortest span from each first position, looked for among the next
 * SPAN_LOOK spans of the kids. So the work in a document grows with the number of its positions, not with their combinations.
 */
#ifndef DATELINE_STORE_SPANS_HH
#define DATELINE_STORE_SPANS_HH

#include "store.hh"

#include <functional>

#define SPAN_LOOK 256
#define SPAN_KIDS_MAX 16 /* of NEAR and SENTENCE: with each the ways to order them double */

/* STATUS_TOO_LARGE when a NEAR or SENTENCE anywhere in the plan has more kids than that. */
enum status check_spans(const struct plan *plan, struct error *err);

/*
 * Adds to `set` the documents of `candidates` that `plan`, one of the four that passed check_spans, matches. They should have all
 * that it needs: a candidate that has not is only looked at in vain. `tables` are those of `db`, or empty. `tick` is called
 * every millisecond or so of work, and may throw.
 */
void match_spans(const Xapian::Database &db, const position_tables &tables, const struct plan *plan,
		 const struct docset *candidates, const std::function<void()> &tick,
		 struct docset *set);

#endif
