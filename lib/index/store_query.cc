#include "store.hh"

#include "dateline/schema.h"

#include <vector>

/*
 * Plans for libxapian's own matcher. It answers no search: it is another way to the same answer, for `search --check`.
 */

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

/* Of plain terms; two of them at most stand near each other in the same sense. */
static Xapian::Query query_of_near(const struct plan *plan)
{
	std::vector<Xapian::Query> kids;
	for (size_t i = 0; i < plan->count; i++)
		kids.push_back(query_of_position(plan->kids[i]));
	const bool any_order = plan->op == PLAN_NEAR;
	return Xapian::Query(any_order ? Xapian::Query::OP_NEAR : Xapian::Query::OP_PHRASE,
			     kids.begin(), kids.end(), plan->distance + 1);
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
	case PLAN_NEAR:
	case PLAN_ADJ:
		return query_of_near(plan);
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
