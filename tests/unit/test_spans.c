/* Words at positions that fit, beside a model that tries every way to put the parts of a plan into every document. */
#include "dateline/schema.h"
#include "dateline/store.h"

#include "store_testing.h"

#define DOCUMENTS 150
#define ROOM 400 /* positions of a document, gaps included */
#define SPANS_MAX 4096

static const char *const words[] = { "rain", "sun", "wind", "snow", "fog", "coast" };
static const char *const names[] = { "XPERann", "XPERbob", "XANY:P" };
#define WORDS (sizeof(words) / sizeof(words[0]))
#define NAMES (sizeof(names) / sizeof(names[0]))
#define TERMS (WORDS + NAMES + 1) /* and the sentences */

/* By position: which terms are there, a bit each. */
static uint16_t model[DOCUMENTS + 1][ROOM];
static struct store *store;
static uint64_t seed;

static uint32_t random_below(uint32_t limit)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)((seed >> 32) * limit >> 32);
}

static const char *term_text(size_t number)
{
	if (number < WORDS)
		return words[number];
	return number < WORDS + NAMES ? names[number - WORDS] : TERM_SENTENCES;
}

/* ---- the documents ---- */

/* One to three words are a name, now and then of two entities at once; of the kind there are those of both. */
static void add_name(uint16_t *at, uint32_t position, uint32_t len)
{
	const uint16_t which = (uint16_t)(1 + random_below(3));
	for (uint32_t i = 0; i < len; i++)
		at[position + i] |= (uint16_t)((which | 4) << WORDS);
}

static void make_positions(uint16_t *at)
{
	const bool has_sentences = random_below(5) > 0;
	uint32_t position = 1;
	for (uint32_t left = random_below(30); left; left--, position++) {
		if (random_below(12) == 0)
			position += SCHEMA_PARAGRAPH_GAP;
		at[position] |= (uint16_t)(1 << random_below(1 + random_below(WORDS)));
		if (random_below(25) == 0) /* two forms of a word */
			at[position] |= (uint16_t)(1 << random_below(WORDS));
		if (has_sentences && (position == 1 || random_below(7) == 0))
			at[position] |= 1 << (TERMS - 1);
		if (random_below(6) == 0)
			add_name(at, position, 1 + random_below(3));
	}
}

static struct posting posting_of(const uint16_t *at, size_t number)
{
	uint32_t *positions = arena_alloc(&arena, ROOM * sizeof(*positions));
	uint32_t count = 0;
	for (uint32_t i = 0; i < ROOM; i++)
		if (at[i] >> number & 1)
			positions[count++] = i;
	return (struct posting){ str_from(term_text(number)), positions, count, number < WORDS };
}

static void add_model_document(struct store_writer *writer, const uint16_t *at)
{
	struct posting postings[TERMS];
	struct document document = { .postings = postings };
	uint32_t id;
	for (size_t i = 0; i < TERMS; i++) {
		postings[document.posting_count] = posting_of(at, i);
		document.posting_count += postings[document.posting_count].count > 0;
	}
	assert_ok(store_add(writer, &document, &id, &err));
}

static void set_up_model(void)
{
	set_up();
	seed = 19860214;
	struct store_writer *writer = create("db");
	memset(model, 0, sizeof(model));
	for (uint32_t id = 1; id <= DOCUMENTS; id++) {
		make_positions(model[id]);
		add_model_document(writer, model[id]);
	}
	finish(writer);
	store = open_reader("db");
}

static void tear_down_model(void)
{
	store_close(store);
	tear_down();
}

/* ---- plans ---- */

static struct plan *new_plan(enum plan_op op, size_t count)
{
	struct plan *plan = arena_zero(&arena, 1, sizeof(*plan));
	plan->op = op;
	plan->count = count;
	plan->kids = arena_zero(&arena, count, sizeof(struct plan *));
	return plan;
}

static struct plan *term_plan(enum plan_op op, const char *term)
{
	struct plan *plan = new_plan(op, 0);
	plan->term = str_from(term);
	return plan;
}

static struct plan *random_leaf(void)
{
	if (random_below(30) == 0)
		return term_plan(PLAN_TERM, random_below(2) ? "nowhere" : "");
	if (random_below(3) == 0)
		return term_plan(PLAN_MENTION, names[random_below(NAMES)]);
	return term_plan(PLAN_TERM, words[random_below(WORDS)]);
}

static struct plan *random_positional(int depth);

static struct plan *random_part(int depth)
{
	if (!depth || random_below(2))
		return random_leaf();
	if (random_below(3))
		return random_positional(depth - 1);
	struct plan *plan = new_plan(random_below(2) ? PLAN_OR : PLAN_SYNONYM, random_below(4));
	for (size_t i = 0; i < plan->count; i++)
		plan->kids[i] = random_part(depth - 1);
	return plan;
}

static struct plan *random_positional(int depth)
{
	static const enum plan_op ops[] = { PLAN_PHRASE, PLAN_ADJ, PLAN_NEAR, PLAN_SENTENCE };
	struct plan *plan = new_plan(ops[random_below(4)], 1 + random_below(3));
	plan->distance = 1 + random_below(6);
	for (size_t i = 0; i < plan->count; i++)
		plan->kids[i] = random_part(depth);
	return plan;
}

static void describe(const struct plan *plan, struct buffer *out)
{
	static const char *const ops[] = {
		[PLAN_OR] = "OR",     [PLAN_SYNONYM] = "SYNONYM", [PLAN_PHRASE] = "PHRASE",
		[PLAN_NEAR] = "NEAR", [PLAN_ADJ] = "ADJ",         [PLAN_SENTENCE] = "SENTENCE"
	};
	if (plan->op == PLAN_TERM || plan->op == PLAN_MENTION) {
		buffer_add_format(out, "%s%.*s ", plan->op == PLAN_TERM ? "" : "@",
				  STR_ARG(plan->term));
		return;
	}
	buffer_add_format(out, "%s/%u(", ops[plan->op], plan->distance);
	for (size_t i = 0; i < plan->count; i++)
		describe(plan->kids[i], out);
	buffer_add_text(out, ") ");
}

/* ---- the model ---- */

struct span {
	uint32_t first, last;
};

struct spans {
	struct span items[SPANS_MAX];
	size_t count;
};

static const uint16_t *document; /* that is looked at */

static void add_span(struct spans *spans, struct span span)
{
	ck_assert_uint_lt(spans->count, SPANS_MAX);
	spans->items[spans->count++] = span;
}

static void find_term(const struct plan *plan, struct spans *spans)
{
	size_t number = 0;
	while (number < TERMS && !str_equal(plan->term, str_from(term_text(number))))
		number++;
	for (uint32_t i = 0, len; number < TERMS && i < ROOM; i += len) {
		/* A mention goes on as far as its sentence. */
		for (len = 0;
		     i + len < ROOM && document[i + len] >> number & 1 &&
		     (!len || plan->op == PLAN_TERM || !(document[i + len] >> (TERMS - 1) & 1));
		     len++)
			if (plan->op == PLAN_TERM)
				add_span(spans, (struct span){ i + len, i + len });
		if (len && plan->op == PLAN_MENTION)
			add_span(spans, (struct span){ i, i + len - 1 });
		len += !len;
	}
}

static bool in_one_sentence(struct span span)
{
	for (uint32_t i = span.first + 1; i <= span.last; i++)
		if (document[i] >> (TERMS - 1) & 1)
			return false;
	return true;
}

static bool may_follow(const struct plan *plan, struct span before, struct span span)
{
	if (span.first <= before.last)
		return false;
	if (plan->op == PLAN_SENTENCE)
		return true;
	return span.first - before.last <= (plan->op == PLAN_PHRASE ? 1 : plan->distance);
}

/* Every way to put the kids that are left behind what is there; the results may be there several times. */
static void put_rest(const struct plan *plan, const struct spans *kids, uint32_t used,
		     struct span so_far, struct span before, struct spans *spans)
{
	const bool any_order = plan->op == PLAN_NEAR || plan->op == PLAN_SENTENCE;
	uint32_t number = 0;
	for (uint32_t k = 0; k < plan->count; k++)
		number += used >> k & 1;
	if (number == plan->count) {
		if (plan->op != PLAN_SENTENCE || in_one_sentence(so_far))
			add_span(spans, so_far);
		return;
	}
	for (uint32_t k = 0; k < plan->count; k++) {
		if (used >> k & 1 || (!any_order && k != number))
			continue;
		for (size_t i = 0; i < kids[k].count; i++) {
			const struct span span = kids[k].items[i];
			if (used && !may_follow(plan, before, span))
				continue;
			const struct span all = { used ? so_far.first : span.first, span.last };
			put_rest(plan, kids, used | (uint32_t)1 << k, all, span, spans);
		}
	}
}

static void keep_shortest(struct spans *spans)
{
	size_t kept = 0;
	for (size_t i = 0; i < spans->count; i++) {
		size_t k = 0;
		while (k < kept && spans->items[k].first != spans->items[i].first)
			k++;
		if (k == kept)
			spans->items[kept++] = spans->items[i];
		else if (spans->items[i].last < spans->items[k].last)
			spans->items[k].last = spans->items[i].last;
	}
	spans->count = kept;
}

static void find_spans(const struct plan *plan, struct spans *spans)
{
	spans->count = 0;
	if (plan->op == PLAN_TERM || plan->op == PLAN_MENTION) {
		find_term(plan, spans);
		return;
	}
	struct spans *kids = memory_alloc((plan->count + 1) * sizeof(*kids));
	for (size_t i = 0; i < plan->count; i++)
		find_spans(plan->kids[i], &kids[i]);
	if (plan->op == PLAN_OR || plan->op == PLAN_SYNONYM) {
		for (size_t i = 0; i < plan->count; i++)
			for (size_t k = 0; k < kids[i].count; k++)
				add_span(spans, kids[i].items[k]);
	} else {
		const struct span none = { 0, 0 };
		put_rest(plan, kids, 0, none, none, spans);
		keep_shortest(spans);
	}
	free(kids);
}

/* ---- the two beside each other ---- */

static uint32_t check_plan(const struct plan *plan)
{
	static struct spans spans;
	struct docset set;
	struct buffer text = { 0 };
	uint32_t count = 0;
	describe(plan, &text);
	assert_ok(store_match(store, plan, &set, &err));
	for (uint32_t id = 1; id <= DOCUMENTS; id++) {
		document = model[id];
		find_spans(plan, &spans);
		ck_assert_msg(docset_has(&set, id) == (spans.count > 0),
			      "%s: document %u: %zu spans", text.data, id, spans.count);
		count += spans.count > 0;
	}
	ck_assert_uint_eq(docset_count(&set), count);
	docset_release(&set);
	buffer_release(&text);
	return count;
}

START_TEST(random_plans_agree_with_the_model)
{
	uint32_t found = 0;
	seed = (uint64_t)_i * 7 + 1;
	for (int round = 0; round < 400; round++) {
		found += check_plan(random_positional(round % 3)) > 0;
		arena_reset(&arena);
	}
	ck_assert_uint_gt(found, 130); /* else little was compared */
	ck_assert_uint_lt(found, 390);
}
END_TEST

/* Documents where both terms are at one position, as two forms of a word are. */
static uint32_t count_at_one_place(const struct plan *plan)
{
	uint32_t count = 0;
	for (uint32_t id = 1; id <= DOCUMENTS; id++) {
		bool has = false;
		for (uint32_t i = 0; i < ROOM && !has; i++) {
			uint32_t terms = 0;
			for (size_t k = 0; k < WORDS; k++)
				terms += model[id][i] >> k & 1 &&
					 (str_equal(plan->kids[0]->term, str_from(words[k])) ||
					  str_equal(plan->kids[1]->term, str_from(words[k])));
			has = terms > 1;
		}
		count += has;
	}
	return count;
}

/*
 * libxapian knows positions of terms, and means the same by them; only that where both terms of a NEAR are at one position, it
 * goes on from there with one of them, and may then miss what the other could be near to.
 */
START_TEST(plain_terms_agree_with_libxapian)
{
	static const enum plan_op ops[] = { PLAN_PHRASE, PLAN_ADJ, PLAN_NEAR };
	uint32_t found = 0, exact = 0, count;
	seed = (uint64_t)_i + 99;
	for (int round = 0; round < 300; round++) {
		const enum plan_op op = ops[random_below(3)];
		struct plan *plan = new_plan(op, op == PLAN_PHRASE ? 1 + random_below(4) : 2);
		plan->distance = 1 + random_below(12);
		for (size_t i = 0; i < plan->count; i++) {
			const uint32_t from = random_below(WORDS);
			plan->kids[i] = term_plan(PLAN_TERM, words[from]);
			/* One word twice near itself is another thing to libxapian. */
			if (op == PLAN_NEAR && i &&
			    str_equal(plan->kids[0]->term, plan->kids[1]->term))
				plan->kids[i]->term = str_from(words[(from + 1) % WORDS]);
		}
		assert_ok(store_recount(store, plan, &count, &err));
		struct buffer text = { 0 };
		describe(plan, &text);
		const uint32_t ours = check_plan(plan);
		const uint32_t missed = op == PLAN_NEAR ? count_at_one_place(plan) : 0;
		ck_assert_msg(ours >= count && ours <= count + missed, "%s: %u, not %u", text.data,
			      ours, count);
		exact += ours == count;
		buffer_release(&text);
		found += count > 0;
		arena_reset(&arena);
	}
	ck_assert_uint_gt(found, 150);
	ck_assert_uint_gt(exact, 250);
}
END_TEST

/* ---- what it costs ---- */

/* `count` times `repeated`, each at its position, and then one `end`. */
static void write_long(const char *name, const char *repeated, uint32_t count, const char *end,
		       uint32_t gap)
{
	struct store_writer *writer = create(name);
	uint32_t *positions = arena_alloc(&arena, count * sizeof(*positions)), id;
	for (uint32_t i = 0; i < count; i++)
		positions[i] = i + 1;
	const uint32_t last = count + gap;
	struct posting postings[] = { { str_from(repeated), positions, count, count },
				      { str_from(end), &last, 1, 1 } };
	const struct document made = { .postings = postings, .posting_count = 2 };
	assert_ok(store_add(writer, &made, &id, &err));
	finish(writer);
}

static struct plan *pair(enum plan_op op, uint32_t distance, struct plan *a, struct plan *b)
{
	struct plan *plan = new_plan(op, 2);
	plan->distance = distance;
	plan->kids[0] = a;
	plan->kids[1] = b;
	return plan;
}

static bool matches(struct store *where, const struct plan *plan)
{
	struct docset set;
	assert_ok(store_match(where, plan, &set, &err));
	const bool does = docset_has(&set, 1);
	docset_release(&set);
	return does;
}

static struct plan *word(const char *text)
{
	return term_plan(PLAN_TERM, text);
}

/* With work that grows with the square of 50,000, this would not end while anybody waits. */
START_TEST(a_word_used_very_often)
{
	write_long("db2", "rain", 50000, "sun", 50);
	struct store *other = open_reader("db2");
	const enum plan_op ops[] = { PLAN_ADJ, PLAN_NEAR };
	for (int i = 0; i < 2; i++) {
		ck_assert(!matches(other, pair(ops[i], 49, word("rain"), word("sun"))));
		ck_assert(matches(other, pair(ops[i], 50, word("rain"), word("sun"))));
		ck_assert(matches(other, pair(ops[i], 49999 + 50, word("rain"), word("sun"))));
		ck_assert(!matches(other, pair(ops[i], 1000000, word("sun"), word("sun"))));
		/* "rain rain" 49 words before "sun", and inside another operator */
		struct plan *twice = pair(ops[i], 1000, word("rain"), word("rain"));
		ck_assert(!matches(other, pair(ops[i], 49, twice, word("sun"))));
		ck_assert(matches(other, pair(ops[i], 50, twice, word("sun"))));
		struct plan *never = pair(ops[i], 49, word("rain"), word("sun"));
		ck_assert(!matches(other, pair(PLAN_SENTENCE, 0, never, word("rain"))));
	}
	ck_assert(matches(other, pair(PLAN_SENTENCE, 0, word("rain"), word("sun"))));
	ck_assert(!matches(other, pair(PLAN_SENTENCE, 0, word("sun"), word("sun"))));
	store_close(other);
}
END_TEST

/* In any order, the number of ways doubles with each kid. */
START_TEST(as_many_parts_as_there_may_be)
{
	struct plan *near = new_plan(PLAN_NEAR, 16), *sentence = new_plan(PLAN_SENTENCE, 16);
	near->distance = 3;
	for (size_t i = 0; i < 16; i++)
		near->kids[i] = sentence->kids[i] = word(words[i % 2]);
	struct docset set;
	assert_ok(store_match(store, near, &set, &err));
	docset_release(&set);
	assert_ok(store_match(store, sentence, &set, &err));
	docset_release(&set);
	struct plan *too_many = new_plan(PLAN_NEAR, 17);
	too_many->distance = 3;
	for (size_t i = 0; i < 17; i++)
		too_many->kids[i] = word("rain");
	struct plan *inside = new_plan(PLAN_FILTER, 1);
	inside->kids[0] = too_many;
	assert_status(store_match(store, inside, &set, &err), STATUS_TOO_LARGE);
	ck_assert_ptr_nonnull(strstr(err.text, "16"));
	too_many->op = PLAN_ADJ;
	check_plan(too_many);
}
END_TEST

START_TEST(nothing_to_look_for)
{
	struct docset set;
	for (enum plan_op op = PLAN_PHRASE; op <= PLAN_SENTENCE; op++) {
		if (op != PLAN_PHRASE && op < PLAN_NEAR)
			continue;
		assert_ok(store_match(store, new_plan(op, 0), &set, &err));
		ck_assert_uint_eq(docset_count(&set), 0);
		docset_release(&set);
		check_plan(pair(op, 1, word(""), word("rain")));
		check_plan(pair(op, 1, new_plan(PLAN_OR, 0), word("rain")));
	}
}
END_TEST

static Suite *make_suite(void)
{
	Suite *suite = suite_create("spans");
	TCase *tests = tcase_create("positions");
	tcase_add_checked_fixture(tests, set_up_model, tear_down_model);
	tcase_set_timeout(tests, 300);
	tcase_add_loop_test(tests, random_plans_agree_with_the_model, 0, 4);
	tcase_add_loop_test(tests, plain_terms_agree_with_libxapian, 0, 2);
	tcase_add_test(tests, a_word_used_very_often);
	tcase_add_test(tests, as_many_parts_as_there_may_be);
	tcase_add_test(tests, nothing_to_look_for);
	suite_add_tcase(suite, tests);
	return suite;
}

TEST_MAIN(make_suite)
