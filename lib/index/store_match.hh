/*
 * store_match.hh: which documents match a plan, for the files of the shim: the sets that counting and ranking begin with.
 */
#ifndef DATELINE_STORE_MATCH_HH
#define DATELINE_STORE_MATCH_HH

#include "store.hh"

#include <algorithm>

/* A set that frees itself when an exception passes. */
struct owned_docset {
	struct docset set;
	explicit owned_docset(uint32_t limit)
	{
		docset_init(&set, limit);
	}
	~owned_docset()
	{
		docset_release(&set);
	}
	owned_docset(const owned_docset &) = delete;
	owned_docset &operator=(const owned_docset &) = delete;
};

/* The documents that matter; all when `set` is null. */
struct scope {
	const struct docset *set;
	uint32_t count;
};

static inline struct scope whole_index()
{
	return { nullptr, 0 };
}

static inline struct scope scope_of(const struct docset *set)
{
	return { set, docset_count(set) };
}

/*
 * Adds the matches of `plan` to `set`. What does not matter may be left out, so the caller takes the intersection
 * with a scope that it gives.
 */
void match_plan(struct store *store, const struct plan *plan, const struct scope &scope,
		struct docset *set);

/* At most how many documents match. */
uint32_t match_estimate(const struct store *store, const struct plan *plan);

/* The kids, those that the fewest documents match first. */
std::vector<const struct plan *> rarest_first(const struct store *store, struct plan *const *kids,
					      size_t count);

/* Do positions decide, besides which documents have the words? */
static inline bool is_positional(const struct plan *plan)
{
	return plan->op == PLAN_PHRASE || plan->op == PLAN_NEAR || plan->op == PLAN_ADJ ||
	       plan->op == PLAN_SENTENCE;
}

/* A docid above the last would be written outside the set. */
static inline void add_match(struct docset *set, Xapian::docid id)
{
	if (id > set->limit)
		throw Xapian::DatabaseCorruptError("a list names a document beyond the last");
	docset_add(set, id);
}

/*
 * Goes through the postings of a term in the scope, and perhaps others. A jump is dearer than a step, but by less than two.
 * `use` gets the iterator, whose docid is never above the set's limit.
 */
template <typename Use>
void each_posting(struct store *store, const std::string &term, const struct scope &scope, Use use)
{
	const Xapian::PostingIterator end = store->db.postlist_end(term);
	Xapian::PostingIterator at = store->db.postlist_begin(term);
	if (!scope.set || scope.count >= store->db.get_termfreq(term) / 2) {
		for (; at != end; ++at) {
			store->tick();
			use(at);
		}
		return;
	}
	for (uint32_t id = docset_next(scope.set, 1); id && at != end;) {
		store->tick();
		at.skip_to(id);
		if (at == end)
			break;
		if (*at == id)
			use(at);
		id = docset_next(scope.set, std::max(*at, id + 1));
	}
}

#endif
