#include "plan.h"

#include "dateline/schema.h"

struct plan *plan_term(struct arena *arena, struct str term)
{
	struct plan *plan = arena_alloc(arena, sizeof(*plan));
	*plan = (struct plan){ .op = PLAN_TERM, .term = arena_copy(arena, term) };
	return plan;
}

static bool is_plain_join(enum plan_op op)
{
	return op == PLAN_AND || op == PLAN_OR || op == PLAN_SYNONYM || op == PLAN_PHRASE ||
	       op == PLAN_NEAR || op == PLAN_ADJ || op == PLAN_SENTENCE;
}

struct plan *plan_join(struct arena *arena, enum plan_op op, struct plan *const *kids, size_t count)
{
	if (count == 1 && is_plain_join(op))
		return kids[0];
	struct plan *plan = arena_alloc(arena, sizeof(*plan));
	*plan = (struct plan){ .op = op, .count = count };
	plan->kids = arena_alloc(arena, count * sizeof(struct plan *));
	if (count)
		memcpy(plan->kids, kids, count * sizeof(struct plan *));
	return plan;
}

struct plan *plan_scale(struct arena *arena, struct plan *plan, double factor)
{
	struct plan *scaled = plan_join(arena, PLAN_SCALE, &plan, 1);
	scaled->factor = factor;
	return scaled;
}

struct plan *plan_word(struct arena *arena, const char *prefix, struct str form)
{
	struct buffer term = { 0 };
	schema_word_term(prefix, form, &term);
	struct plan *plan = plan_term(arena, buffer_str(&term));
	buffer_release(&term);
	return plan;
}

struct plan *plan_words(struct arena *arena, const char *prefix, const struct str *forms,
			size_t count)
{
	struct plan **kids = arena_alloc(arena, count * sizeof(struct plan *));
	for (size_t i = 0; i < count; i++)
		kids[i] = plan_word(arena, prefix, forms[i]);
	return count ? plan_join(arena, PLAN_SYNONYM, kids, count) : NULL;
}

struct plan *plan_sequence(struct arena *arena, struct plan *const *words, size_t count)
{
	const size_t step = QUERY_PHRASE_MAX - 1;
	struct plan *runs[QUERY_WORDS_MAX / (QUERY_PHRASE_MAX - 1) + 1];
	size_t run = 0, at = 0;
	for (; at + QUERY_PHRASE_MAX < count; at += step)
		runs[run++] = plan_join(arena, PLAN_PHRASE, words + at, QUERY_PHRASE_MAX);
	runs[run++] = plan_join(arena, PLAN_PHRASE, words + at, count - at);
	return plan_join(arena, PLAN_AND, runs, run);
}
