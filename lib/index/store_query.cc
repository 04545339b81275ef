#include "store_match.hh"

#include "dateline/schema.h"

#include <deque>
#include <vector>

/*
 * Plans for libxapian's own matcher. It answers no search: it is another way to the same answer, for `search --check`.
 */

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

/* A query, and the sets that its sources go through: it may not outlive them. */
class query_maker
{
	struct store *store;
	std::deque<owned_docset> sets;

	Xapian::Query term(struct str term);
	Xapian::Query set(const struct docset *set);
	Xapian::Query matches(const struct plan *plan);
	Xapian::Query position(const struct plan *plan);
	Xapian::Query positions(const struct plan *plan);
	Xapian::Query kids(Xapian::Query::op op, const struct plan *plan, size_t first);
	Xapian::Query with_operator(const struct plan *plan);

      public:
	explicit query_maker(struct store *of) : store(of)
	{
	}
	Xapian::Query make(const struct plan *plan);
};

} // namespace

/* An empty term would be every document to libxapian; it is in none. */
Xapian::Query query_maker::term(struct str term)
{
	return term.len ? Xapian::Query(to_string(term)) : Xapian::Query();
}

Xapian::Query query_maker::set(const struct docset *set)
{
	set_source source(set);
	return Xapian::Query(&source);
}

/* What libxapian has no operator for, as a set that we made. */
Xapian::Query query_maker::matches(const struct plan *plan)
{
	sets.emplace_back(store->db.get_lastdocid());
	match_plan(store, plan, whole_index(), &sets.back().set);
	return set(&sets.back().set);
}

/* One word, or one of several at the same place. */
static bool is_position(const struct plan *plan)
{
	if (plan->op == PLAN_TERM)
		return true;
	if (plan->op != PLAN_OR && plan->op != PLAN_SYNONYM)
		return false;
	for (size_t i = 0; i < plan->count; i++)
		if (!is_position(plan->kids[i]))
			return false;
	return true;
}

/* Two words stand near each other in the same sense for libxapian; of more, it knows a window for all together. */
static bool has_operator(const struct plan *plan)
{
	for (size_t i = 0; i < plan->count; i++)
		if (!is_position(plan->kids[i]))
			return false;
	return plan->op == PLAN_PHRASE ||
	       (plan->count <= 2 && (plan->op == PLAN_NEAR || plan->op == PLAN_ADJ));
}

/* libxapian takes no synonyms inside a phrase; there, any of the forms at the position is meant. */
Xapian::Query query_maker::position(const struct plan *plan)
{
	if (plan->op == PLAN_TERM)
		return term(plan->term);
	std::vector<Xapian::Query> forms;
	for (size_t i = 0; i < plan->count; i++)
		forms.push_back(position(plan->kids[i]));
	return Xapian::Query(Xapian::Query::OP_OR, forms.begin(), forms.end());
}

Xapian::Query query_maker::positions(const struct plan *plan)
{
	if (!has_operator(plan))
		return matches(plan);
	if (plan->count == 1)
		return position(plan->kids[0]);
	std::vector<Xapian::Query> words;
	for (size_t i = 0; i < plan->count; i++)
		words.push_back(position(plan->kids[i]));
	const bool any_order = plan->op == PLAN_NEAR;
	const size_t window = plan->op == PLAN_PHRASE ? words.size() : plan->distance + 1;
	return Xapian::Query(any_order ? Xapian::Query::OP_NEAR : Xapian::Query::OP_PHRASE,
			     words.begin(), words.end(), static_cast<Xapian::termcount>(window));
}

Xapian::Query query_maker::kids(Xapian::Query::op op, const struct plan *plan, size_t first)
{
	std::vector<Xapian::Query> made;
	for (size_t i = first; i < plan->count; i++)
		made.push_back(make(plan->kids[i]));
	return Xapian::Query(op, made.begin(), made.end());
}

Xapian::Query query_maker::with_operator(const struct plan *plan)
{
	switch (plan->op) {
	case PLAN_AND:
		return kids(Xapian::Query::OP_AND, plan, 0);
	case PLAN_OR:
		return kids(Xapian::Query::OP_OR, plan, 0);
	case PLAN_SYNONYM:
		return kids(Xapian::Query::OP_SYNONYM, plan, 0);
	case PLAN_AND_NOT:
		return Xapian::Query(Xapian::Query::OP_AND_NOT, make(plan->kids[0]),
				     kids(Xapian::Query::OP_OR, plan, 1));
	case PLAN_PHRASE:
	case PLAN_NEAR:
	case PLAN_ADJ:
	case PLAN_SENTENCE:
		return positions(plan);
	case PLAN_SCALE:
		return Xapian::Query(Xapian::Query::OP_SCALE_WEIGHT, make(plan->kids[0]),
				     plan->factor);
	case PLAN_MAYBE: /* an OR adds up what any of them give */
		return Xapian::Query(Xapian::Query::OP_AND_MAYBE, make(plan->kids[0]),
				     kids(Xapian::Query::OP_OR, plan, 1));
	case PLAN_FILTER:
		return Xapian::Query(Xapian::Query::OP_SCALE_WEIGHT, make(plan->kids[0]), 0.0);
	default:
		return Xapian::Query();
	}
}

Xapian::Query query_maker::make(const struct plan *plan)
{
	if (plan->op == PLAN_ALL || (plan->op == PLAN_AND && !plan->count))
		return Xapian::Query(std::string());
	if (plan->op == PLAN_TERM || plan->op == PLAN_MENTION)
		return term(plan->term);
	if (plan->op == PLAN_SET)
		return set(plan->set);
	return plan->count ? with_operator(plan) : Xapian::Query();
}

/* ---- counting again ---- */

enum status store_recount(struct store *store, const struct plan *plan, uint32_t *count,
			  struct error *err)
{
	return guard_reading(store, err, "counting again", [&] {
		query_maker maker(store);
		Xapian::Enquire enquire(store->db);
		enquire.set_query(maker.make(plan));
		enquire.set_weighting_scheme(Xapian::BoolWeight());
		*count = enquire.get_mset(0, 0, store->db.get_doccount()).get_matches_estimated();
		return STATUS_OK;
	});
}

/* ---- the best ---- */

/* store_rank.cc says why these constants. */
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
		made[n++] = { *at, at.get_weight() };
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
		query_maker maker(store);
		Xapian::Enquire enquire(store->db);
		enquire.set_query(maker.make(plan));
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
