/* Terms by a word inside of them. */
#include "store.hh"

#include <vector>

/* Is `text` from `from` on one word after the other, parted by blanks, one of which begins with `start`? */
static bool has_word(const std::string &text, size_t from, const std::string &start)
{
	for (size_t at = from; (at = text.find(start, at)) != std::string::npos; at++)
		if (at == from || text[at - 1] == ' ')
			return true;
	return false;
}

enum status store_terms_having(struct store *store, struct str prefix, struct str word, size_t max,
			       struct arena *arena, struct term_entry **entries, size_t *count,
			       struct error *err)
{
	*entries = nullptr;
	*count = 0;
	return guard_reading(store, err, "reading the index", [&] {
		const std::string first = to_string(prefix), start = to_string(word);
		const Xapian::TermIterator end = store->db.allterms_end(first);
		std::vector<struct term_entry> found;
		for (Xapian::TermIterator at = store->db.allterms_begin(first);
		     at != end && found.size() < max; ++at) {
			const std::string term = *at;
			store->tick();
			if (has_word(term, first.size(), start))
				found.push_back({ to_arena(arena, term), at.get_termfreq() });
		}
		struct term_entry *made = static_cast<struct term_entry *>(
			arena_alloc(arena, found.size() * sizeof(*made)));
		std::copy(found.begin(), found.end(), made);
		*entries = made;
		*count = found.size();
		return STATUS_OK;
	});
}
