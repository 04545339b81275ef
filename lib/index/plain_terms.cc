#include "plain_terms.hh"

#include "store.hh"

#include <algorithm>

/* Behind the last number there is no position: one that wrapped around would be found before, again and again. */
static bool reach(position_cursor *cursor, uint64_t position)
{
	return position <= UINT32_MAX && cursor->skip_to(static_cast<uint32_t>(position));
}

/* The list with the fewest positions leads, and the others only go as far as it asks. */
static bool stand_in_a_row(const std::vector<position_cursor *> &cursors,
			   const std::vector<uint32_t> &order)
{
	position_cursor *const lead = cursors[order[0]];
	bool more = lead->skip_to(order[0]);
	while (more) {
		const uint64_t begin = lead->position() - order[0];
		size_t i = 1;
		for (; i < order.size(); i++) {
			position_cursor *const other = cursors[order[i]];
			if (!reach(other, begin + order[i]))
				return false;
			if (other->position() != begin + order[i])
				break;
		}
		if (i == order.size())
			return true;
		more = reach(lead, (uint64_t)cursors[order[i]]->position() - order[i] + order[0]);
	}
	return false;
}

static bool follow(position_cursor *a, position_cursor *b, uint32_t distance)
{
	while (a->position() < UINT32_MAX && b->skip_to(a->position() + 1)) {
		if (b->position() - a->position() <= distance)
			return true;
		if (!a->skip_to(b->position() - distance))
			return false;
	}
	return false;
}

static bool stand_near(position_cursor *a, position_cursor *b, uint32_t distance)
{
	for (;;) {
		const uint32_t here = a->position();
		if (!b->skip_to(here > distance ? here - distance : 0))
			return false;
		/* Both are there: each may be near the next of the other. */
		if (b->position() == here) {
			const bool more = b->next();
			if (more && b->position() - here <= distance)
				return true;
			if (!a->next())
				return false;
			if (a->position() - here <= distance)
				return true;
			if (!more)
				return false;
		} else {
			if (b->position() < here || b->position() - here <= distance)
				return true;
			if (!a->skip_to(b->position() - distance))
				return false;
		}
	}
}

bool plain_terms::fit()
{
	std::sort(order.begin(), order.end(), [this](uint32_t a, uint32_t b) {
		return cursors[a]->size() < cursors[b]->size();
	});
	if (op == PLAN_PHRASE)
		return stand_in_a_row(cursors, order);
	if (op == PLAN_ADJ)
		return follow(cursors[0], cursors[1], distance);
	return stand_near(cursors[order[0]], cursors[order[1]], distance);
}

plain_terms::plain_terms(const Xapian::Database &db, const position_tables &tables,
			 const struct plan *plan)
	: op(plan->op), distance(plan->distance), cursors(plan->count)
{
	for (size_t i = 0; i < plan->count; i++)
		terms.emplace_back(db, tables, to_string(plan->kids[i]->term));
}

bool plain_terms::are_all(const struct plan *plan)
{
	const bool is_pair = (plan->op == PLAN_NEAR || plan->op == PLAN_ADJ) && plan->count == 2;
	bool are = is_pair || (plan->op == PLAN_PHRASE && plan->count);
	for (size_t i = 0; i < plan->count; i++)
		are = are && plan->kids[i]->op == PLAN_TERM && plan->kids[i]->term.len;
	return are;
}

enum positions_read plain_terms::find(uint32_t id, ticker &work)
{
	bool are_here = true;
	order.clear();
	for (uint32_t i = 0; i < terms.size(); i++) {
		const enum positions_read found = terms[i].find(id, &cursors[i]);
		if (found == positions_read::NONE)
			return found;
		are_here = are_here && found == positions_read::HERE;
		order.push_back(i);
	}
	if (!are_here)
		return positions_read::ELSEWHERE;
	for (position_cursor *cursor : cursors)
		cursor->start();
	work.add(STEPS_OF_LIST * (1 + terms.size()));
	return fit() ? positions_read::HERE : positions_read::NONE;
}
