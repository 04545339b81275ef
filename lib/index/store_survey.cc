#include "dateline/store.h"
#include "store.hh"

enum status store_postings(struct store *store, struct str term, struct buffer *out,
			   struct error *err)
{
	return guard_reading(store, err, "reading the index", [&] {
		const std::string name = to_string(term);
		const Xapian::PostingIterator end = store->db.postlist_end(name);
		for (Xapian::PostingIterator at = store->db.postlist_begin(name); at != end; ++at) {
			const uint32_t id = *at;
			buffer_add(out, &id, sizeof(id));
		}
		return STATUS_OK;
	});
}

/* Prefixes are capital letters, and words never begin with one: they are folded. */
static bool has_prefix(const std::string &term)
{
	return !term.empty() && term[0] >= 'A' && term[0] <= 'Z';
}

enum status store_words(struct store *store, uint64_t *distinct, uint64_t *total, struct error *err)
{
	return guard_reading(store, err, "reading the index", [&] {
		*distinct = 0;
		const Xapian::TermIterator end = store->db.allterms_end();
		for (Xapian::TermIterator at = store->db.allterms_begin(); at != end; ++at)
			*distinct += !has_prefix(*at);
		*total = store->db.get_total_length();
		return STATUS_OK;
	});
}
