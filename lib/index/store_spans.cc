#include "store_spans.hh"

#include "plain_terms.hh"

#include "dateline/schema.h"

#include <algorithm>
#include <optional>
#include <vector>

namespace
{

struct span {
	uint32_t first, last;
};

/* The sentences of the document that is looked at. */
class sentences
{
	positions starts;
	const std::vector<uint32_t> *list = nullptr;

      public:
	sentences(const Xapian::Database &db, const position_tables &tables)
		: starts(db, tables, TERM_SENTENCES)
	{
	}
	void go_to(uint32_t id, ticker &work)
	{
		list = &starts.in(id, work);
	}
	bool begins_at(uint32_t position) const
	{
		return list && std::binary_search(list->begin(), list->end(), position);
	}
	/* The first position of the sentence that `span` begins in; false when it ends in another. */
	bool begin_of(const struct span &span, uint32_t *begin) const
	{
		const auto next = std::upper_bound(list->begin(), list->end(), span.first);
		*begin = next == list->begin() ? 0 : next[-1];
		return next == list->end() || span.last < *next;
	}
};

/* With fewer kids in any order, their states are few. */
#define LOOK_FIRST_KIDS 3

/* A span of one of the kids. */
struct place {
	struct span span;
	uint32_t kid;
};

bool is_same(const struct plan *a, const struct plan *b)
{
	bool same = a->op == b->op && a->count == b->count && a->distance == b->distance &&
		    str_equal(a->term, b->term);
	for (size_t i = 0; i < a->count && same; i++)
		same = is_same(a->kids[i], b->kids[i]);
	return same;
}

/*
 * Kids that are the same have the same spans, and it is all one which of them has which: they take theirs in their order. For each
 * kid, the bit of the last one before that is the same, else 0.
 */
std::vector<uint32_t> twins_of(const struct plan *plan)
{
	std::vector<uint32_t> twins(plan->count, 0);
	if (plan->op != PLAN_NEAR && plan->op != PLAN_SENTENCE)
		return twins;
	for (size_t i = 0; i < plan->count; i++)
		for (size_t k = 0; k < i; k++)
			if (is_same(plan->kids[i], plan->kids[k]))
				twins[i] = (uint32_t)1 << k;
	return twins;
}

/*
 * Looks for one span of each kid, none over another, each near enough to the one before. It goes through the spans of all kids by
 * their first positions. A state says which kids have their spans: how many in the order of the kids, or a bit each in any
 * order. What can still be added to a state hangs on the last position only, and the latest reaches furthest: so one
 * number a state is enough.
 */
class chain
{
	struct waiting {
		uint32_t last, state;
		bool operator<(const struct waiting &other) const
		{
			return last > other.last; /* the top of the heap is the least */
		}
	};

	const enum plan_op op;
	const uint32_t distance, whole;
	const size_t kid_count;
	const std::vector<uint32_t> twins;
	std::vector<std::pair<uint64_t, uint64_t>> met,
		sorted;               /* spans: first position, behind the last */
	std::vector<uint64_t> latest; /* by state: the last position + 1; 0 when it is not reached */
	std::vector<uint32_t> live;   /* states that are reached, and not too far behind */
	std::vector<struct waiting> held; /* heap of those whose last position is not passed yet */

	bool in_order() const
	{
		return op == PLAN_PHRASE || op == PLAN_ADJ;
	}

	static uint32_t whole_of(const struct plan *plan)
	{
		if (plan->op == PLAN_PHRASE || plan->op == PLAN_ADJ)
			return static_cast<uint32_t>(plan->count);
		if (plan->op == PLAN_NEAR || plan->op == PLAN_SENTENCE)
			return ((uint32_t)1 << plan->count) - 1;
		return 0;
	}

	/* The state after `state` with this kid; 0 when it cannot be added. 0 is also the state before the first. */
	uint32_t after(uint32_t state, uint32_t kid) const
	{
		if (in_order())
			return state == kid ? state + 1 : 0;
		const uint32_t bit = (uint32_t)1 << kid;
		return state & bit || twins[kid] & ~state ? 0 : state | bit;
	}

	void forget()
	{
		for (const uint32_t state : live)
			latest[state] = 0;
		live.clear();
		held.clear();
	}

	/*
	 * In a sentence it does not matter how far the last position is behind: who has more of the kids can do all that who
	 * has less can.
	 */
	bool is_outdone(uint32_t state)
	{
		for (const uint32_t other : live)
			if ((state & other) == state)
				return true;
		size_t kept = 0;
		for (const uint32_t other : live) {
			if ((state & other) == other)
				latest[other] = 0;
			else
				live[kept++] = other;
		}
		live.resize(kept);
		return false;
	}

	/* What ends before `first` can be gone on from. */
	void release(uint32_t first)
	{
		while (!held.empty() && held.front().last < first) {
			const struct waiting next = held.front();
			std::pop_heap(held.begin(), held.end());
			held.pop_back();
			const bool is_new = !latest[next.state];
			if (is_new && op == PLAN_SENTENCE && is_outdone(next.state))
				continue;
			if (is_new)
				live.push_back(next.state);
			latest[next.state] =
				std::max<uint64_t>(latest[next.state], (uint64_t)next.last + 1);
		}
	}

	void drop_before(uint32_t low)
	{
		size_t kept = 0;
		for (const uint32_t state : live) {
			if (latest[state] > low)
				live[kept++] = state;
			else
				latest[state] = 0;
		}
		live.resize(kept);
	}

	/* True when that is all of the kids. */
	bool reach(uint32_t state, uint32_t last)
	{
		if (state == whole)
			return true;
		if (state) {
			held.push_back({ last, state });
			std::push_heap(held.begin(), held.end());
		}
		return false;
	}

	/* The least position from which on a span before one that begins at `first` must end; false when it fits nowhere. */
	bool least_before(const struct span &span, const sentences &sentences, uint32_t *low) const
	{
		if (op == PLAN_SENTENCE)
			return sentences.begin_of(span, low);
		*low = span.first > distance ? span.first - distance : 0;
		return true;
	}

	/* Of the spans met last, one of each kid: are they all there from `low` on? And is none over another? */
	bool all_since(uint64_t low) const
	{
		return std::all_of(met.begin(), met.end(),
				   [low](const auto &last) { return last.second > low; });
	}
	bool are_apart()
	{
		sorted.assign(met.begin(), met.end());
		std::sort(sorted.begin(), sorted.end());
		for (size_t i = 1; i < sorted.size(); i++)
			if (sorted[i].first < sorted[i - 1].second)
				return false;
		return true;
	}

	enum class look { FITS, NEVER, PERHAPS };

	/*
	 * A first look without states, where their number would be great: the kids are near enough when all are in a window as
	 * long as one gap, and are not when no window holds them all that is as long as all gaps and spans together.
	 */
	enum look look_first(const std::vector<struct place> &places, const sentences &sentences,
			     ticker &work)
	{
		uint64_t longest = 1;
		enum look found = look::NEVER;
		met.assign(kid_count, { 0, 0 });
		for (const struct place &place : places) {
			uint32_t low;
			work.add(1);
			longest = std::max<uint64_t>(longest, place.span.last - place.span.first + 1);
			if (!least_before(place.span, sentences, &low))
				continue;
			met[place.kid] = { place.span.first, (uint64_t)place.span.last + 1 };
			if (all_since(low) && are_apart())
				return look::FITS;
			const uint64_t reach = (distance + longest) * kid_count;
			const bool in_reach = op == PLAN_SENTENCE || place.span.first <= reach;
			if (all_since(in_reach ? (op == PLAN_SENTENCE ? low : 0)
					       : place.span.first - reach))
				found = look::PERHAPS;
		}
		return found;
	}

	/* Puts the span behind all states that it fits behind, and before none when `may_start`. True when one is whole then. */
	bool add(const struct place &place, bool may_start)
	{
		bool is_whole = may_start && reach(after(0, place.kid), place.span.last);
		for (size_t i = 0; i < live.size() && !is_whole; i++)
			is_whole = reach(after(live[i], place.kid), place.span.last);
		return is_whole;
	}

      public:
	explicit chain(const struct plan *plan)
		: op(plan->op), distance(op == PLAN_PHRASE ? 1 : plan->distance),
		  whole(whole_of(plan)), kid_count(plan->count), twins(twins_of(plan)),
		  latest((size_t)whole + 1)
	{
	}

	/* Whether the kids fit anywhere. */
	bool fits(const std::vector<struct place> &places, const sentences &sentences, ticker &work)
	{
		if (!in_order() && kid_count >= LOOK_FIRST_KIDS) {
			const enum look first = look_first(places, sentences, work);
			if (first != look::PERHAPS)
				return first == look::FITS;
		}
		forget();
		for (const struct place &place : places) {
			uint32_t low;
			work.add(live.size() + 1);
			if (!least_before(place.span, sentences, &low))
				continue;
			release(place.span.first);
			drop_before(low);
			if (add(place, true))
				return true;
		}
		return false;
	}

	/* The least last position of those that begin with places[from]; false when there is none. */
	bool shortest(const std::vector<struct place> &places, size_t from,
		      const sentences &sentences, ticker &work, uint32_t *last)
	{
		bool found = false;
		const size_t end = std::min(places.size(), from + 1 + SPAN_LOOK);
		forget();
		for (size_t i = from; i < end; i++) {
			const struct place &place = places[i];
			uint32_t low;
			work.add(live.size() + 1);
			if (found && place.span.first > *last)
				break;
			if (!least_before(place.span, sentences, &low))
				continue;
			release(place.span.first);
			drop_before(low);
			if (i > from && live.empty() && held.empty())
				break;
			if (add(place, i == from) && (!found || place.span.last < *last)) {
				*last = place.span.last;
				found = true;
			}
		}
		return found;
	}
};

/* A part of the plan, with its spans in the document that is looked at. */
class part
{
	const enum plan_op op;
	positions term;
	std::vector<part> kids;
	chain order;
	std::vector<struct span> spans;
	std::vector<struct place> places;

	bool is_chain() const
	{
		return op == PLAN_PHRASE || op == PLAN_NEAR || op == PLAN_ADJ || op == PLAN_SENTENCE;
	}

	void read_term(uint32_t id, const sentences &sentences, ticker &work)
	{
		for (const uint32_t position : term.in(id, work)) {
			if (op == PLAN_MENTION && !spans.empty() &&
			    position == spans.back().last + 1 && !sentences.begins_at(position))
				spans.back().last = position;
			else
				spans.push_back({ position, position });
		}
	}

	void read_any(uint32_t id, const sentences &sentences, ticker &work)
	{
		for (part &kid : kids) {
			kid.read(id, sentences, work);
			spans.insert(spans.end(), kid.spans.begin(), kid.spans.end());
		}
		work.add(spans.size());
		std::sort(spans.begin(), spans.end(), [](const auto &a, const auto &b) {
			return a.first != b.first ? a.first < b.first : a.last < b.last;
		});
		const auto same = [](const auto &a, const auto &b) {
			return a.first == b.first && a.last == b.last;
		};
		spans.erase(std::unique(spans.begin(), spans.end(), same), spans.end());
	}

	/* The spans of all kids by their first positions; false when a kid has none. */
	bool find_places(uint32_t id, const sentences &sentences, ticker &work)
	{
		places.clear();
		for (uint32_t i = 0; i < kids.size(); i++) {
			kids[i].read(id, sentences, work);
			if (kids[i].spans.empty())
				return false;
			for (const struct span &span : kids[i].spans)
				places.push_back({ span, i });
		}
		work.add(places.size());
		std::sort(places.begin(), places.end(),
			  [](const auto &a, const auto &b) { return a.span.first < b.span.first; });
		return true;
	}

	void read_chain(uint32_t id, const sentences &sentences, ticker &work)
	{
		if (!find_places(id, sentences, work))
			return;
		for (size_t i = 0; i < places.size(); i++) {
			const uint32_t first = places[i].span.first;
			uint32_t last = 0;
			if (!order.shortest(places, i, sentences, work, &last))
				continue;
			if (spans.empty() || spans.back().first != first)
				spans.push_back({ first, last });
			else
				spans.back().last = std::min(spans.back().last, last);
		}
	}

	/* Fills `spans`, by first and then by last position. */
	void read(uint32_t id, const sentences &sentences, ticker &work)
	{
		spans.clear();
		if (op == PLAN_TERM || op == PLAN_MENTION)
			read_term(id, sentences, work);
		else if (op == PLAN_OR || op == PLAN_SYNONYM)
			read_any(id, sentences, work);
		else if (is_chain())
			read_chain(id, sentences, work);
	}

      public:
	part(const Xapian::Database &db, const position_tables &tables, const struct plan *plan)
		: op(plan->op),
		  term(db, tables,
		       op == PLAN_TERM || op == PLAN_MENTION ? to_string(plan->term) : ""),
		  order(plan)
	{
		kids.reserve(plan->count);
		for (size_t i = 0; i < plan->count; i++)
			kids.emplace_back(db, tables, plan->kids[i]);
	}

	bool fits(uint32_t id, const sentences &sentences, ticker &work)
	{
		return find_places(id, sentences, work) && order.fits(places, sentences, work);
	}
};

} // namespace

static bool has_sentences(const struct plan *plan)
{
	/* A mention ends where its sentence does. */
	bool has = plan->op == PLAN_SENTENCE || plan->op == PLAN_MENTION;
	for (size_t i = 0; i < plan->count && !has; i++)
		has = has_sentences(plan->kids[i]);
	return has;
}

enum status check_spans(const struct plan *plan, struct error *err)
{
	if ((plan->op == PLAN_NEAR || plan->op == PLAN_SENTENCE) && plan->count > SPAN_KIDS_MAX)
		return error_set(err, STATUS_TOO_LARGE,
				 "at most %d words can be looked for near each other: use fewer",
				 SPAN_KIDS_MAX);
	enum status status = STATUS_OK;
	for (size_t i = 0; i < plan->count && status == STATUS_OK; i++)
		status = check_spans(plan->kids[i], err);
	return status;
}

void match_spans(const Xapian::Database &db, const position_tables &tables, const struct plan *plan,
		 const struct docset *candidates, const std::function<void()> &tick,
		 struct docset *set)
{
	ticker work(tick);
	part whole(db, tables, plan);
	sentences sentences(db, tables);
	const bool needs_sentences = has_sentences(plan);
	std::optional<plain_terms> terms;
	if (plain_terms::are_all(plan))
		terms.emplace(db, tables, plan);
	for (uint32_t id = docset_next(candidates, 1), next; id; id = next) {
		next = docset_next(candidates, id + 1);
		if (terms && next)
			terms->expect(next);
		enum positions_read found = terms ? terms->find(id, work) : positions_read::ELSEWHERE;
		if (needs_sentences)
			sentences.go_to(id, work);
		if (found == positions_read::ELSEWHERE && whole.fits(id, sentences, work))
			found = positions_read::HERE;
		if (found == positions_read::HERE)
			docset_add(set, id);
	}
}
