#include "store_match.hh"
#include "store_spans.hh"

#include <cmath>
#include <cstdlib>
#include <optional>

/*
 * One way through the posting lists gives the matches, for counting, and what each of them weighs, for the best. Scores are
 * added up by document, list by list; where all of some terms are needed, their lists are gone through together.
 *
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
 *
 * The formula is that of libxapian's BM25Weight (k2 and k3 without a part in it): a term weighs
 * idf * (k1 + 1) * wdf / (k1 * (1 - b + b * length) + wdf), with the length of the document in mean lengths.
 */
#define RANKING_LENGTH_MIN 0.5

/* ---- what weighs ---- */

/* Calls `use` for each part that weighs, in the order of the plan. */
template <typename Use>
static void each_weight(const struct plan *plan, Use use)
{
	size_t kids = plan->count;
	switch (plan->op) {
	case PLAN_TERM:
	case PLAN_SYNONYM:
		use(plan);
		return;
	case PLAN_FILTER:
	case PLAN_MENTION:
		return;
	case PLAN_AND_NOT:
		kids = std::min<size_t>(kids, 1);
		break;
	default:
		break;
	}
	for (size_t i = 0; i < kids; i++)
		each_weight(plan->kids[i], use);
}

static bool weighs(const struct plan *plan)
{
	bool found = false;
	each_weight(plan, [&](const struct plan *) { found = true; });
	return found;
}

/* ---- statistics ---- */

void statistics_release(struct statistics *statistics)
{
	free(statistics->frequencies);
	*statistics = {};
}

static uint64_t frequency_of(struct store *store, const struct plan *plan)
{
	if (plan->op == PLAN_TERM)
		return match_estimate(store, plan);
	owned_docset any(store->db.get_lastdocid());
	match_plan(store, plan, whole_index(), &any.set);
	return docset_count(&any.set);
}

static void add_frequency(struct statistics *statistics, size_t number, uint64_t frequency)
{
	memory_reserve(&statistics->frequencies, &statistics->capacity, number,
		       sizeof(*statistics->frequencies));
	if (number == statistics->count) {
		statistics->frequencies[number] = 0;
		statistics->count++;
	}
	statistics->frequencies[number] += frequency;
}

enum status store_statistics(struct store *store, const struct plan *plan,
			     struct statistics *statistics, struct error *err)
{
	if (check_spans(plan, err) != STATUS_OK)
		return STATUS_TOO_LARGE;
	return guard_reading(store, err, "searching", [&] {
		size_t number = 0;
		statistics->documents += store->db.get_doccount();
		statistics->length += store->db.get_total_length();
		each_weight(plan, [&](const struct plan *part) {
			add_frequency(statistics, number++, frequency_of(store, part));
		});
		return STATUS_OK;
	});
}

/* ---- scores ---- */

namespace
{

class ranker
{
	struct store *store;
	float *scores;
	std::vector<std::pair<const struct plan *, double>> weights; /* by place in memory */
	std::optional<posting_cursor> lengths;

	float weight_of(const struct plan *plan, double factor) const
	{
		const auto found = std::lower_bound(weights.begin(), weights.end(), plan,
						    [](const auto &a, const struct plan *b) {
							    return a.first < b;
						    });
		return static_cast<float>(factor * found->second);
	}

	float norm_of(uint32_t length) const
	{
		const double relative = std::max(length / store->norms_mean, RANKING_LENGTH_MIN);
		return static_cast<float>(RANKING_K1 * (1 - RANKING_B + RANKING_B * relative));
	}

	float learn_norm(uint32_t id);

	/* How the length of a document tells: kept, as it is the same for each term and each search. */
	float norm(uint32_t id)
	{
		const float known = store->norms[id];
		return known != 0 ? known : learn_norm(id);
	}

	void add(uint32_t id, float weight, uint32_t uses)
	{
		const float times = static_cast<float>(uses);
		scores[id] += weight * times / (norm(id) + times);
	}

	void score_term(const struct plan *plan, double factor, const struct docset *within);
	void score_synonym(const struct plan *plan, double factor, const struct docset *within);
	void count_uses(const struct plan *plan, const struct docset *within,
			std::vector<uint32_t> *uses);
	void score_kids(const struct plan *plan, size_t first, double factor,
			const struct docset *within, bool certain);
	void score_matching(const struct plan *plan, double factor, const struct docset *matching);
	void rank_term(const struct plan *plan, double factor, struct docset *set);
	void rank_together(const std::vector<const struct plan *> &terms, double factor,
			   const struct docset *others, struct docset *set);
	void rank_all_of(const struct plan *plan, double factor, struct docset *set);
	void rank_maybe(const struct plan *plan, double factor, struct docset *set);

      public:
	ranker(struct store *of, const struct plan *plan, const struct statistics *statistics,
	       float *into);

	/*
	 * Adds what the plan weighs to the scores of those documents in `within` that match it; `certain` when it is known
	 * that all of them do.
	 */
	void score(const struct plan *plan, double factor, const struct docset *within, bool certain);

	/* Adds the matches to `set` too; every document that matches gets its score once. */
	void rank(const struct plan *plan, double factor, struct docset *set);
};

} // namespace

/* As libxapian reckons it: a term that half of the documents have still says something. */
static double rarity(double documents, double frequency)
{
	const double odds = (documents - frequency + 0.5) / (frequency + 0.5);
	return std::log(odds < 2 ? odds * 0.5 + 1 : odds);
}

ranker::ranker(struct store *of, const struct plan *plan, const struct statistics *statistics,
	       float *into)
	: store(of), scores(into)
{
	const double documents = static_cast<double>(statistics->documents);
	const double mean =
		std::max(static_cast<double>(statistics->length) / std::max(documents, 1.0), 1.0);
	size_t number = 0;
	each_weight(plan, [&](const struct plan *part) {
		const size_t at = number++;
		const double frequency = at < statistics->count
						 ? static_cast<double>(statistics->frequencies[at])
						 : 0;
		weights.emplace_back(part, rarity(documents, std::min(frequency, documents)) *
						   (RANKING_K1 + 1));
	});
	std::sort(weights.begin(), weights.end());
	const size_t wanted = static_cast<size_t>(store->db.get_lastdocid()) + 1;
	if (store->norms.size() != wanted || store->norms_mean != mean || !store->is_fixed)
		store->norms.assign(wanted, 0);
	store->norms_mean = mean;
}

/* The lengths of documents that stand together are read together. */
float ranker::learn_norm(uint32_t id)
{
	float &known = store->norms[id];
	if (store->postings) {
		if (!lengths)
			lengths.emplace(*store->postings, std::string());
		lengths->go_to_chunk_of(id);
		if (!lengths->at_end())
			store->tick(lengths->each_in_chunk([this](uint32_t other, uint32_t length) {
				store->norms[other] = norm_of(length);
			}));
	}
	if (known == 0)
		known = norm_of(store->db.get_doclength(id));
	return known;
}

void ranker::score_term(const struct plan *plan, double factor, const struct docset *within)
{
	if (!plan->term.len)
		return;
	const float weight = weight_of(plan, factor);
	each_posting(store, to_string(plan->term), scope_of(within), [&](uint32_t id, uint32_t uses) {
		if (docset_has(within, id))
			add(id, weight, uses);
	});
}

/*
 * How often each document uses the forms of a synonym; of several words together (which are needed to match), as often as the
 * rarest.
 */
void ranker::count_uses(const struct plan *plan, const struct docset *within,
			std::vector<uint32_t> *uses)
{
	if (plan->op == PLAN_TERM) {
		if (plan->term.len)
			each_posting(store, to_string(plan->term), scope_of(within),
				     [&](uint32_t id, uint32_t more) {
					     if (docset_has(within, id))
						     (*uses)[id] += more;
				     });
		return;
	}
	if (!weighs(plan))
		return;
	if (plan->op != PLAN_AND && !is_positional(plan)) {
		for (size_t i = 0; i < plan->count; i++)
			count_uses(plan->kids[i], within, uses);
		return;
	}
	owned_docset matching(within->limit);
	match_plan(store, plan, scope_of(within), &matching.set);
	docset_and(&matching.set, within);
	for (const struct plan *kid : rarest_first(store, plan->kids, plan->count))
		if (weighs(kid))
			return count_uses(kid, &matching.set, uses);
}

void ranker::score_synonym(const struct plan *plan, double factor, const struct docset *within)
{
	std::vector<uint32_t> uses(static_cast<size_t>(within->limit) + 1);
	for (size_t i = 0; i < plan->count; i++)
		count_uses(plan->kids[i], within, &uses);
	const float weight = weight_of(plan, factor);
	for (uint32_t id = 0; (id = docset_next(within, id + 1));)
		if (uses[id])
			add(id, weight, uses[id]);
}

void ranker::score_kids(const struct plan *plan, size_t first, double factor,
			const struct docset *within, bool certain)
{
	for (size_t i = first; i < plan->count; i++)
		score(plan->kids[i], factor, within, certain);
}

void ranker::score_matching(const struct plan *plan, double factor, const struct docset *matching)
{
	if (plan->op != PLAN_AND_NOT && plan->op != PLAN_MAYBE)
		return score_kids(plan, 0, factor, matching, true);
	score(plan->kids[0], factor, matching, true);
	if (plan->op == PLAN_MAYBE)
		score_kids(plan, 1, factor, matching, false);
}

void ranker::score(const struct plan *plan, double factor, const struct docset *within, bool certain)
{
	if (!weighs(plan))
		return;
	if (plan->op == PLAN_TERM)
		return score_term(plan, factor, within);
	if (plan->op == PLAN_SYNONYM)
		return score_synonym(plan, factor, within);
	if (plan->op == PLAN_OR)
		return score_kids(plan, 0, factor, within, false);
	if (plan->op == PLAN_SCALE)
		return score_kids(plan, 0, factor * plan->factor, within, certain);
	/* The others need several things at once: they weigh only where they match as a whole. */
	if (certain)
		return score_matching(plan, factor, within);
	owned_docset matching(within->limit);
	match_plan(store, plan, scope_of(within), &matching.set);
	docset_and(&matching.set, within);
	score_matching(plan, factor, &matching.set);
}

void ranker::rank_term(const struct plan *plan, double factor, struct docset *set)
{
	if (!plan->term.len)
		return;
	const float weight = weight_of(plan, factor);
	each_posting(store, to_string(plan->term), whole_index(), [&](uint32_t id, uint32_t uses) {
		add_match(set, id);
		add(id, weight, uses);
	});
}

/* Documents that have all of the terms and, unless it is null, are in `others`; the rarest term leads. */
void ranker::rank_together(const std::vector<const struct plan *> &terms, double factor,
			   const struct docset *others, struct docset *set)
{
	std::vector<std::string> names;
	std::vector<float> weight;
	for (const struct plan *term : terms) {
		if (!term->term.len)
			return;
		names.push_back(to_string(term->term));
		weight.push_back(weight_of(term, factor));
	}
	each_common(store, names, [&](uint32_t id, const auto &lists) {
		if (others && !docset_has(others, id))
			return;
		add_match(set, id);
		for (size_t i = 0; i < lists.size(); i++)
			add(id, weight[i], lists[i].uses());
	});
}

void ranker::rank_all_of(const struct plan *plan, double factor, struct docset *set)
{
	std::vector<struct plan *> others;
	std::vector<struct plan *> terms;
	bool only_terms = true;
	for (size_t i = 0; i < plan->count; i++) {
		struct plan *kid = plan->kids[i];
		only_terms = only_terms && (kid->op == PLAN_TERM || !weighs(kid));
		(weighs(kid) ? terms : others).push_back(kid);
	}
	owned_docset found(set->limit);
	if (!only_terms || terms.empty()) {
		match_plan(store, plan, whole_index(), &found.set);
		score_kids(plan, 0, factor, &found.set, true);
	} else if (others.empty()) {
		rank_together(rarest_first(store, terms.data(), terms.size()), factor, nullptr,
			      &found.set);
	} else {
		owned_docset passed(set->limit);
		struct plan filter = {};
		filter.op = PLAN_AND;
		filter.kids = others.data();
		filter.count = others.size();
		match_plan(store, &filter, whole_index(), &passed.set);
		rank_together(rarest_first(store, terms.data(), terms.size()), factor, &passed.set,
			      &found.set);
	}
	docset_or(set, &found.set);
}

void ranker::rank_maybe(const struct plan *plan, double factor, struct docset *set)
{
	owned_docset found(set->limit);
	rank(plan->kids[0], factor, &found.set);
	score_kids(plan, 1, factor, &found.set, false);
	docset_or(set, &found.set);
}

void ranker::rank(const struct plan *plan, double factor, struct docset *set)
{
	switch (plan->op) {
	case PLAN_TERM:
		return rank_term(plan, factor, set);
	case PLAN_AND:
		return rank_all_of(plan, factor, set);
	case PLAN_OR:
		for (size_t i = 0; i < plan->count; i++)
			rank(plan->kids[i], factor, set);
		return;
	case PLAN_SCALE:
		return rank(plan->kids[0], factor * plan->factor, set);
	case PLAN_MAYBE:
		return rank_maybe(plan, factor, set);
	default:
		break;
	}
	owned_docset found(set->limit);
	match_plan(store, plan, whole_index(), &found.set);
	score(plan, factor, &found.set, true);
	docset_or(set, &found.set);
}

enum status store_rank(struct store *store, const struct plan *plan,
		       const struct statistics *statistics, struct docset *set, float *scores,
		       struct error *err)
{
	return guard_reading(store, err, "searching", [&] {
		ranker(store, plan, statistics, scores).rank(plan, 1, set);
		return STATUS_OK;
	});
}

enum status store_score(struct store *store, const struct plan *plan,
			const struct statistics *statistics, const struct docset *within,
			float *scores, struct error *err)
{
	return guard_reading(store, err, "searching", [&] {
		ranker(store, plan, statistics, scores).score(plan, 1, within, false);
		return STATUS_OK;
	});
}

/* ---- deadlines ---- */

void store_deadline(struct store *store, uint32_t milliseconds)
{
	store->deadline = {};
	if (milliseconds)
		store->deadline =
			std::chrono::steady_clock::now() + std::chrono::milliseconds(milliseconds);
}
