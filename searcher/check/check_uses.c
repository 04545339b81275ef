#include "check.h"

#include <inttypes.h>

/*
 * What libxapian's own check does not do: it looks at each table, and not whether one says what the other does.
 */
enum status check_uses(struct examination *examination, struct error *err)
{
	struct findings *findings = examination->findings;
	struct store_cross cross;
	const enum status status =
		store_cross_sums(examination->store, &examination->all, &cross, err);
	if (status != STATUS_OK)
		return status;
	if (cross.postings != cross.entries)
		findings_add(findings,
			     "the posting lists have %" PRIu64 " uses of terms, the term lists of the "
			     "documents %" PRIu64,
			     cross.postings, cross.entries);
	else if (cross.posting_sum != cross.entry_sum)
		findings_add(findings,
			     "the posting lists and the term lists of the documents disagree");
	if (cross.value_sum != cross.document_value_sum)
		findings_add(findings, "the documents do not have the values that the slots hold");
	if (cross.odd_lengths)
		findings_add(findings,
			     "the terms of document %u do not add up to its length, nor those of %u "
			     "others",
			     cross.first_odd, cross.odd_lengths - 1);
	if (cross.has_words && !cross.has_positions)
		findings_add(findings, "there are words, but no positions of words");
	return STATUS_OK;
}
