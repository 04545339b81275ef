#include "store.hh"

#include "dateline/schema.h"

#include <algorithm>
#include <vector>

/* ---- a plan as libxapian's query ---- */

static Xapian::Query query_of_plan(const struct plan *plan);

/* An empty term would be every document to libxapian; it is in none. */
static Xapian::Query query_of_term(struct str term)
{
	return term.len ? Xapian::Query(to_string(term)) : Xapian::Query();
}

namespace
{

/* The members of a set as libxapian's matcher takes them, one after the other; they weigh nothing. */
class set_source : public Xapian::PostingSource
{
	const struct docset *set;
	Xapian::doccount members;
	Xapian::docid at = 0;

	void go_to(Xapian::docid from)
	{
		const Xapian::docid found = from <= set->limit ? docset_next(set, from) : 0;
		at = found ? found : UINT32_MAX;
	}

      public:
	explicit set_source(const struct docset *of) : set(of), members(docset_count(of))
	{
	}
	PostingSource *clone() const override
	{
		return new set_source(set);
	}
	void init(const Xapian::Database & /*db*/) override
	{
		at = 0;
		set_maxweight(0);
	}
	Xapian::doccount get_termfreq_min() const override
	{
		return members;
	}
	Xapian::doccount get_termfreq_est() const override
	{
		return members;
	}
	Xapian::doccount get_termfreq_max() const override
	{
		return members;
	}
	void next(double /*least*/) override
	{
		go_to(at + 1);
	}
	void skip_to(Xapian::docid to, double /*least*/) override
	{
		if (to > at)
			go_to(to);
	}
	bool at_end() const override
	{
		return at == UINT32_MAX;
	}
	Xapian::docid get_docid() const override
	{
		return at;
	}
};

} // namespace

static Xapian::Query query_of_set(const struct docset *set)
{
	set_source source(set);
	return Xapian::Query(&source);
}

static Xapian::Query everything()
{
	return Xapian::Query(std::string());
}

template <typename Make>
static Xapian::Query query_of_kids(Xapian::Query::op op, const struct plan *plan, size_t first,
				   Make make)
{
	std::vector<Xapian::Query> kids;
	for (size_t i = first; i < plan->count; i++)
		kids.push_back(make(plan->kids[i]));
	const bool in_a_row = op == Xapian::Query::OP_PHRASE;
	return Xapian::Query(op, kids.begin(), kids.end(),
			     in_a_row ? static_cast<Xapian::termcount>(kids.size()) : 0);
}

/* libxapian takes no synonyms inside a phrase; there, any of the forms at the position is meant. */
static Xapian::Query query_of_position(const struct plan *plan)
{
	if (plan->op == PLAN_TERM)
		return query_of_term(plan->term);
	return query_of_kids(Xapian::Query::OP_OR, plan, 0, query_of_position);
}

static Xapian::Query query_of_phrase(const struct plan *plan)
{
	if (plan->count == 1)
		return query_of_position(plan->kids[0]);
	return query_of_kids(Xapian::Query::OP_PHRASE, plan, 0, query_of_position);
}

static Xapian::Query query_of_and_not(const struct plan *plan)
{
	return Xapian::Query(Xapian::Query::OP_AND_NOT, query_of_plan(plan->kids[0]),
			     query_of_kids(Xapian::Query::OP_OR, plan, 1, query_of_plan));
}

/* An OR adds up what any of them give. */
static Xapian::Query query_of_maybe(const struct plan *plan)
{
	return Xapian::Query(Xapian::Query::OP_AND_MAYBE, query_of_plan(plan->kids[0]),
			     query_of_kids(Xapian::Query::OP_OR, plan, 1, query_of_plan));
}

static Xapian::Query query_of_operator(const struct plan *plan)
{
	switch (plan->op) {
	case PLAN_AND:
		return query_of_kids(Xapian::Query::OP_AND, plan, 0, query_of_plan);
	case PLAN_OR:
		return query_of_kids(Xapian::Query::OP_OR, plan, 0, query_of_plan);
	case PLAN_SYNONYM:
		return query_of_kids(Xapian::Query::OP_SYNONYM, plan, 0, query_of_plan);
	case PLAN_AND_NOT:
		return query_of_and_not(plan);
	case PLAN_PHRASE:
		return query_of_phrase(plan);
	case PLAN_SCALE:
		return Xapian::Query(Xapian::Query::OP_SCALE_WEIGHT, query_of_plan(plan->kids[0]),
				     plan->factor);
	case PLAN_MAYBE:
		return query_of_maybe(plan);
	case PLAN_FILTER:
		return Xapian::Query(Xapian::Query::OP_SCALE_WEIGHT, query_of_plan(plan->kids[0]),
				     0.0);
	default:
		return Xapian::Query();
	}
}

static Xapian::Query query_of_plan(const struct plan *plan)
{
	if (plan->op == PLAN_ALL || (plan->op == PLAN_AND && !plan->count))
		return everything();
	if (plan->op == PLAN_TERM)
		return query_of_term(plan->term);
	if (plan->op == PLAN_SET)
		return query_of_set(plan->set);
	return plan->count ? query_of_operator(plan) : Xapian::Query();
}

/* ---- a plan as a set ---- */

namespace
{

/* A docid above the last would be written outside the set. */
void add_match(struct docset *set, Xapian::docid id)
{
	if (id > set->limit)
		throw Xapian::DatabaseCorruptError("a list names a document beyond the last");
	docset_add(set, id);
}

/* Runs under libxapian's frames, and takes nothing but the number. */
class note_matches : public Xapian::MatchDecider
{
	struct docset *set;

      public:
	explicit note_matches(struct docset *into) : set(into)
	{
	}
	bool operator()(const Xapian::Document &document) const override
	{
		add_match(set, document.get_docid());
		return true;
	}
};

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

const struct scope whole_index = { nullptr, 0 };

} // namespace

/*
 * Adds the matches of `plan` to `set`. What does not matter may be left out, so the caller takes the intersection
 * with a scope that it gives.
 */
static void match_plan(const Xapian::Database &db, const struct plan *plan,
		       const struct scope &scope, struct docset *set);

static struct scope scope_of(const struct docset *set)
{
	return { set, docset_count(set) };
}

static void match_by_jumps(const Xapian::Database &db, const std::string &term,
			   const struct docset *within, struct docset *set)
{
	const Xapian::PostingIterator end = db.postlist_end(term);
	Xapian::PostingIterator at = db.postlist_begin(term);
	for (uint32_t id = docset_next(within, 1); id && at != end;) {
		at.skip_to(id);
		if (at == end)
			break;
		if (*at == id)
			docset_add(set, id);
		id = docset_next(within, std::max(*at, id + 1));
	}
}

static void match_term(const Xapian::Database &db, const std::string &term,
		       const struct scope &scope, struct docset *set)
{
	/* A jump is dearer than a step, but by less than two. */
	if (scope.set && scope.count < db.get_termfreq(term) / 2)
		return match_by_jumps(db, term, scope.set, set);
	const Xapian::PostingIterator end = db.postlist_end(term);
	for (Xapian::PostingIterator at = db.postlist_begin(term); at != end; ++at)
		add_match(set, *at);
}

/* Positions are the matcher's business; it is asked for every match. */
static void match_by_matcher(const Xapian::Database &db, const struct plan *plan, struct docset *set)
{
	Xapian::Enquire enquire(db);
	enquire.set_query(query_of_plan(plan));
	enquire.set_weighting_scheme(Xapian::BoolWeight());
	const note_matches note(set);
	enquire.get_mset(0, 0, db.get_doccount(), nullptr, &note);
}

/* At most how many documents match. */
static uint32_t estimate(const Xapian::Database &db, const struct plan *plan)
{
	if (plan->op == PLAN_TERM)
		return plan->term.len ? db.get_termfreq(to_string(plan->term)) : 0;
	if (plan->op == PLAN_NONE)
		return 0;
	if (plan->op == PLAN_SET)
		return docset_count(plan->set);
	if (plan->op == PLAN_ALL || (plan->op == PLAN_AND && !plan->count))
		return db.get_doccount();
	if (plan->op == PLAN_MAYBE && plan->count)
		return estimate(db, plan->kids[0]);
	uint64_t sum = 0, least = UINT32_MAX;
	for (size_t i = 0; i < plan->count; i++) {
		const uint32_t kid = estimate(db, plan->kids[i]);
		sum += kid;
		least = std::min<uint64_t>(least, kid);
	}
	const bool needs_all = plan->op == PLAN_AND || plan->op == PLAN_PHRASE;
	return static_cast<uint32_t>(std::min<uint64_t>(needs_all ? least : sum, UINT32_MAX));
}

static std::vector<const struct plan *> rarest_first(const Xapian::Database &db,
						     const struct plan *plan)
{
	std::vector<std::pair<uint32_t, const struct plan *>> kids;
	for (size_t i = 0; i < plan->count; i++)
		kids.emplace_back(estimate(db, plan->kids[i]), plan->kids[i]);
	std::stable_sort(kids.begin(), kids.end(),
			 [](const auto &a, const auto &b) { return a.first < b.first; });
	std::vector<const struct plan *> sorted;
	sorted.reserve(kids.size());
	for (const auto &kid : kids)
		sorted.push_back(kid.second);
	return sorted;
}

static bool has_phrase(const struct plan *plan)
{
	for (size_t i = 0; i < plan->count; i++)
		if (plan->kids[i]->op == PLAN_PHRASE && plan->kids[i]->count > 1)
			return true;
	return false;
}

/* With phrases among the kids, the matcher looks at positions only where all words are. */
static void match_all_of(const Xapian::Database &db, const struct plan *plan,
			 const struct scope &scope, struct docset *set)
{
	if (!plan->count)
		return match_term(db, std::string(), scope, set);
	if (has_phrase(plan))
		return match_by_matcher(db, plan, set);
	owned_docset found(set->limit);
	bool is_first = true;
	for (const struct plan *kid : rarest_first(db, plan)) {
		if (is_first) {
			match_plan(db, kid, scope, &found.set);
			is_first = false;
			continue;
		}
		owned_docset other(set->limit);
		match_plan(db, kid, scope_of(&found.set), &other.set);
		docset_and(&found.set, &other.set);
	}
	docset_or(set, &found.set);
}

static void match_without(const Xapian::Database &db, const struct plan *plan,
			  const struct scope &scope, struct docset *set)
{
	owned_docset found(set->limit), others(set->limit);
	match_plan(db, plan->kids[0], scope, &found.set);
	const struct scope left = scope_of(&found.set);
	for (size_t i = 1; i < plan->count; i++)
		match_plan(db, plan->kids[i], left, &others.set);
	docset_and_not(&found.set, &others.set);
	docset_or(set, &found.set);
}

static void match_plan(const Xapian::Database &db, const struct plan *plan,
		       const struct scope &scope, struct docset *set)
{
	if (plan->op == PLAN_ALL)
		match_term(db, std::string(), scope, set);
	else if (plan->op == PLAN_SET)
		docset_or(set, plan->set);
	else if (plan->op == PLAN_AND)
		match_all_of(db, plan, scope, set);
	else if (plan->op == PLAN_TERM && plan->term.len)
		match_term(db, to_string(plan->term), scope, set);
	else if (plan->op == PLAN_PHRASE && plan->count > 1)
		match_by_matcher(db, plan, set);
	else if (plan->op == PLAN_AND_NOT && plan->count)
		match_without(db, plan, scope, set);
	else if (plan->op == PLAN_MAYBE && plan->count)
		match_plan(db, plan->kids[0], scope, set);
	else
		for (size_t i = 0; i < plan->count; i++)
			match_plan(db, plan->kids[i], scope, set);
}

enum status store_match(struct store *store, const struct plan *plan, struct docset *set,
			struct error *err)
{
	docset_init(set, store_last_id(store));
	const enum status status = guard_reading(store, err, "searching", [&] {
		match_plan(store->db, plan, whole_index, set);
		return STATUS_OK;
	});
	if (status != STATUS_OK)
		docset_release(set);
	return status;
}

/* ---- counting again ---- */

enum status store_recount(struct store *store, const struct plan *plan, uint32_t *count,
			  struct error *err)
{
	return guard_reading(store, err, "counting again", [&] {
		Xapian::Enquire enquire(store->db);
		enquire.set_query(query_of_plan(plan));
		enquire.set_weighting_scheme(Xapian::BoolWeight());
		*count = enquire.get_mset(0, 0, store->db.get_doccount()).get_matches_estimated();
		return STATUS_OK;
	});
}

/* ---- the best ---- */

/*
 * Ranking: BM25. The constants are measured on the five sets of `make bench-relevance`, one setting for all. The figures are
 * gains over a plain BM25 in parts of a hundred: MAP and nDCG@10, averaged over the sets, and the least of all ten; first
 * of the query alone, then with words of the best hits (searcher/expand.c).
 *
 *   k1 = 1,   b = 0.5                         +3.4 +3.4 -1.8   +10.9 +5.3 +2.2
 *   k1 = 1.2, b = 0.75 (SQLite FTS5, Lucene)  +4.0 +3.5 +0.3   +11.3 +6.6 +4.1
 *   k1 = 1.4, b = 0.65                        +4.3 +3.9 +0.8   +12.5 +7.1 +3.8
 *   k1 = 1.6, b = 0.6                         +4.3 +3.9 +0.4   +12.6 +7.0 +3.5
 *   k1 = 2,   b = 0.6                         +4.6 +4.1 -0.2   +12.8 +7.5 +2.7
 *
 * It lies flat; a higher k1 takes from the set of the shortest documents what it gives to the others. A min_normlen of 0.5 keeps
 * a two-line flash from outranking everything, and costs nearly nothing (0: +12.5 +7.3 +4.3). Not worth their place were:
 * a part for the very form that was typed (+1 at most, for another list of postings a word), and one for words that stand side
 * by side as in the query (-1 at the least).
 */
static Xapian::BM25Weight ranking()
{
	return Xapian::BM25Weight(RANKING_K1, 0, 1, RANKING_B, 0.5);
}

/* Dates ascending, with the undated behind all others. */
class oldest_first : public Xapian::KeyMaker
{
      public:
	std::string operator()(const Xapian::Document &document) const override
	{
		const std::string published = document.get_value(SLOT_PUBLISHED);
		return published.empty() ? std::string("\xff") : published;
	}
};

static enum status collect_hits(const Xapian::MSet &found, struct arena *arena,
				struct store_hit **hits, size_t *count)
{
	struct store_hit *made =
		static_cast<struct store_hit *>(arena_alloc(arena, found.size() * sizeof(*made)));
	size_t n = 0;
	for (Xapian::MSetIterator at = found.begin(); at != found.end(); ++at)
		made[n++] = { *at, at.get_weight(), to_arena(arena, at.get_document().get_data()) };
	*hits = made;
	*count = n;
	return STATUS_OK;
}

enum status store_top(struct store *store, const struct plan *plan, enum store_order order,
		      uint32_t first, uint32_t max, struct arena *arena, struct store_hit **hits,
		      size_t *count, struct error *err)
{
	*hits = nullptr;
	*count = 0;
	if (max > STORE_WINDOW_MAX || first > STORE_WINDOW_MAX - max)
		return error_set(err, STATUS_TOO_LARGE,
				 "hits are shown up to number %d: narrow the search with a filter",
				 STORE_WINDOW_MAX);
	return guard_reading(store, err, "searching", [&] {
		oldest_first keys;
		Xapian::Enquire enquire(store->db);
		enquire.set_query(query_of_plan(plan));
		enquire.set_docid_order(Xapian::Enquire::ASCENDING);
		if (order == ORDER_RELEVANCE)
			enquire.set_weighting_scheme(ranking());
		else
			enquire.set_weighting_scheme(Xapian::BoolWeight());
		if (order == ORDER_NEWEST)
			enquire.set_sort_by_value(SLOT_PUBLISHED, true);
		else if (order == ORDER_OLDEST)
			enquire.set_sort_by_key(&keys, false);
		return collect_hits(enquire.get_mset(first, max), arena, hits, count);
	});
}
