#include "store_match.hh"
#include "store_spans.hh"

/* ---- how many ---- */

#define FREQUENCIES_MAX 256

/* A search asks for the same ones several times. */
uint32_t term_frequency(struct store *store, const std::string &term)
{
	if (!store->postings)
		return store->db.get_termfreq(term);
	const auto known = store->frequencies.find(term);
	if (known != store->frequencies.end())
		return known->second;
	const uint32_t frequency = posting_cursor(*store->postings, term).frequency();
	if (store->frequencies.size() >= FREQUENCIES_MAX)
		store->frequencies.clear();
	store->frequencies.emplace(term, frequency);
	return frequency;
}

uint32_t match_estimate(struct store *store, const struct plan *plan)
{
	if (plan->op == PLAN_TERM || plan->op == PLAN_MENTION)
		return plan->term.len ? term_frequency(store, to_string(plan->term)) : 0;
	if (plan->op == PLAN_NONE)
		return 0;
	if (plan->op == PLAN_SET)
		return docset_count(plan->set);
	if (plan->op == PLAN_ALL || (plan->op == PLAN_AND && !plan->count))
		return store->db.get_doccount();
	if ((plan->op == PLAN_MAYBE || plan->op == PLAN_AND_NOT) && plan->count)
		return match_estimate(store, plan->kids[0]);
	uint64_t sum = 0, least = UINT32_MAX;
	for (size_t i = 0; i < plan->count; i++) {
		const uint32_t kid = match_estimate(store, plan->kids[i]);
		sum += kid;
		least = std::min<uint64_t>(least, kid);
	}
	const bool needs_all = plan->op == PLAN_AND || is_positional(plan);
	return static_cast<uint32_t>(std::min<uint64_t>(needs_all ? least : sum, UINT32_MAX));
}

std::vector<const struct plan *> rarest_first(struct store *store, struct plan *const *kids,
					      size_t count)
{
	std::vector<std::pair<uint32_t, const struct plan *>> numbered;
	for (size_t i = 0; i < count; i++)
		numbered.emplace_back(match_estimate(store, kids[i]), kids[i]);
	std::stable_sort(numbered.begin(), numbered.end(),
			 [](const auto &a, const auto &b) { return a.first < b.first; });
	std::vector<const struct plan *> sorted;
	sorted.reserve(count);
	for (const auto &kid : numbered)
		sorted.push_back(kid.second);
	return sorted;
}

/* ---- a plan as a set ---- */

static void match_term(struct store *store, const std::string &term, const struct scope &scope,
		       struct docset *set)
{
	each_posting(store, term, scope, [&](uint32_t id, uint32_t) { add_match(set, id); });
}

/* The documents that all kids match. */
static void match_kids(struct store *store, const struct plan *plan, const struct scope &scope,
		       struct docset *found)
{
	bool is_first = true;
	for (const struct plan *kid : rarest_first(store, plan->kids, plan->count)) {
		if (is_first) {
			match_plan(store, kid, scope, found);
			is_first = false;
			continue;
		}
		owned_docset other(found->limit);
		match_plan(store, kid, scope_of(found), &other.set);
		docset_and(found, &other.set);
	}
}

static void match_all_of(struct store *store, const struct plan *plan, const struct scope &scope,
			 struct docset *set)
{
	if (!plan->count)
		return match_term(store, std::string(), scope, set);
	owned_docset found(set->limit);
	match_kids(store, plan, scope, &found.set);
	docset_or(set, &found.set);
}

/* Where all the words are, their positions are looked at. */
static void match_positions(struct store *store, const struct plan *plan, const struct scope &scope,
			    struct docset *set)
{
	owned_docset found(set->limit);
	match_kids(store, plan, scope, &found.set);
	if (scope.set)
		docset_and(&found.set, scope.set);
	match_spans(
		store->db, store->tables, plan, &found.set, [store] { store->check_deadline(); },
		set);
}

static void match_without(struct store *store, const struct plan *plan, const struct scope &scope,
			  struct docset *set)
{
	owned_docset found(set->limit), others(set->limit);
	match_plan(store, plan->kids[0], scope, &found.set);
	const struct scope left = scope_of(&found.set);
	for (size_t i = 1; i < plan->count; i++)
		match_plan(store, plan->kids[i], left, &others.set);
	docset_and_not(&found.set, &others.set);
	docset_or(set, &found.set);
}

void match_plan(struct store *store, const struct plan *plan, const struct scope &scope,
		struct docset *set)
{
	if (plan->op == PLAN_ALL)
		match_term(store, std::string(), scope, set);
	else if (plan->op == PLAN_SET)
		docset_or(set, plan->set);
	else if (plan->op == PLAN_AND)
		match_all_of(store, plan, scope, set);
	else if ((plan->op == PLAN_TERM || plan->op == PLAN_MENTION) && plan->term.len)
		match_term(store, to_string(plan->term), scope, set);
	else if (is_positional(plan))
		match_positions(store, plan, scope, set);
	else if (plan->op == PLAN_AND_NOT && plan->count)
		match_without(store, plan, scope, set);
	else if (plan->op == PLAN_MAYBE && plan->count)
		match_plan(store, plan->kids[0], scope, set);
	else
		for (size_t i = 0; i < plan->count; i++)
			match_plan(store, plan->kids[i], scope, set);
}

enum status store_match(struct store *store, const struct plan *plan, struct docset *set,
			struct error *err)
{
	docset_init(set, store_last_id(store));
	if (check_spans(plan, err) != STATUS_OK) {
		docset_release(set);
		return STATUS_TOO_LARGE;
	}
	const enum status status = guard_reading(store, err, "searching", [&] {
		match_plan(store, plan, whole_index(), set);
		return STATUS_OK;
	});
	if (status != STATUS_OK)
		docset_release(set);
	return status;
}
