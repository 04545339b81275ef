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
uint32_t match_estimate(struct store *store, const struct plan *plan);

/* The kids, those that the fewest documents match first. */
std::vector<const struct plan *> rarest_first(struct store *store, struct plan *const *kids,
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

/* How many documents have the term, which is not empty. */
uint32_t term_frequency(struct store *store, const std::string &term);

/* Calls `use` with what reads postings: the class posting_cursor or posting_iterator, which are used alike. */
template <typename Use>
void with_postings(const struct store *store, Use use)
{
	if (store->postings)
		use([store](const std::string &term) {
			return posting_cursor(*store->postings, term);
		});
	else
		use([store](const std::string &term) { return posting_iterator(store->db, term); });
}

/*
 * Goes through the postings of a term in the scope, and perhaps others: a jump is dearer than a step.
 * `use` gets the document, which is never above the set's limit, and how often it uses the term.
 */
template <typename Use>
void each_posting(struct store *store, const std::string &term, const struct scope &scope, Use use)
{
	with_postings(store, [&](auto open) {
		auto at = open(term);
		if (!scope.set || scope.count >= at.frequency() / at.STEPS_OF_JUMP) {
			at.each(use, [store](size_t steps) { store->tick(steps); });
			return;
		}
		for (uint32_t id = docset_next(scope.set, 1); id && at.skip_to(id);) {
			store->tick();
			if (at.id() == id)
				use(id, at.uses());
			id = docset_next(scope.set, std::max(at.id(), id + 1));
		}
	});
}

/*
 * Goes through the documents that have all of the terms, which are some; it is the quicker the rarer the first is. `use` gets the
 * document and what reads the postings of each term, which is at it.
 */
template <typename Use>
void each_common(struct store *store, const std::vector<std::string> &terms, Use use)
{
	with_postings(store, [&](auto open) {
		std::vector<decltype(open(terms[0]))> lists;
		lists.reserve(terms.size());
		for (const std::string &term : terms) {
			lists.push_back(open(term));
			if (lists.back().at_end())
				return;
		}
		auto &lead = lists[0];
		for (bool more = true; more;) {
			const uint32_t id = lead.id();
			uint32_t wanted = id;
			for (size_t i = 1; i < lists.size() && wanted == id; i++) {
				if (!lists[i].skip_to(id))
					return;
				wanted = lists[i].id();
			}
			store->tick(lists.size());
			if (wanted == id)
				use(id, lists);
			more = wanted == id ? lead.next() : lead.skip_to(wanted);
		}
	});
}

#endif
