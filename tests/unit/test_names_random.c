#include "dateline/fixes.h"
#include "names_testing.h"

/*
 * Random articles, merges and corrections: whatever they are, every number beside a value is the number of hits after choosing
 * it, --check agrees, and nothing hangs on the order of the articles.
 */

#define NAMES 10
#define ARTICLES 40
#define KINDS 3

static const enum facet_kind kinds[KINDS] = { KIND_PERSON, KIND_ORG, KIND_OTHER };
static const char *const names[NAMES] = { "Alpha",       "Beta",       "Alpha Beta", "Gamma",
					  "Delta",       "Beta Gamma", "Omega",      "Zeta",
					  "Omega Alpha", "Eta" };
static uint64_t state;

static uint32_t below(uint32_t limit)
{
	return small_random(&state, limit);
}

static const char *any_name(void)
{
	return names[below(NAMES)];
}

static bool is_there(const struct small_article *article, enum facet_kind kind, const char *name)
{
	for (size_t i = 0; i < article->value_count; i++)
		if (article->values[i].kind == kind && strcmp(article->values[i].name, name) == 0)
			return true;
	return false;
}

static void make_article(struct small_article *article, char *id)
{
	*article = (struct small_article){ .id = id, .title = "Title", .body = "Body." };
	for (uint32_t count = below(6); count; count--) {
		const enum facet_kind kind = kinds[below(KINDS)];
		const char *name = any_name();
		if (is_there(article, kind, name))
			continue;
		const size_t at = article->value_count++;
		article->values[at] = (struct small_value){ kind, name };
		article->confidence[at] = below(2) ? 100 : (uint8_t)(1 + below(100));
		for (uint32_t i = 0, variants = below(4); i < variants; i++) {
			const char *variant = below(4) ? any_name() : name;
			bool is_new = true;
			for (uint32_t k = 0; k < i; k++)
				is_new &= strcmp(article->variants[at][k], variant) != 0;
			if (!is_new)
				break;
			article->variants[at][i] = variant;
		}
	}
}

/* Adds the articles in one of two orders. */
static void make_index(struct small_article *articles, bool backwards)
{
	small_index_start(&made);
	for (size_t i = 0; i < ARTICLES; i++)
		small_index_add(&made, &articles[backwards ? ARTICLES - 1 - i : i]);
}

/* A few merges, of names into other names that are not merged. */
static void choose_merges(uint8_t targets[KINDS][NAMES])
{
	for (int kind = 0; kind < KINDS; kind++)
		for (uint32_t i = 0; i < NAMES; i++)
			targets[kind][i] = (uint8_t)(i % 2 && !below(3) ? 2 * below(NAMES / 2) : i);
}

static void write_merges(uint8_t targets[KINDS][NAMES])
{
	for (int kind = 0; kind < KINDS; kind++) {
		const char *pairs[2 * NAMES + 1];
		size_t count = 0;
		for (size_t i = 0; i < NAMES; i++) {
			const struct intern *known = &made.names[kinds[kind]];
			if (targets[kind][i] == i ||
			    intern_find(known, str_from(names[i])) == INTERN_NONE ||
			    intern_find(known, str_from(names[targets[kind][i]])) == INTERN_NONE)
				continue;
			pairs[count++] = names[i];
			pairs[count++] = names[targets[kind][i]];
		}
		pairs[count] = NULL;
		merged(kinds[kind], pairs);
	}
}

/* A variant that some article has, split from its name. */
static void add_split(const struct small_article *articles, struct buffer *lines)
{
	const struct small_article *article = &articles[below(ARTICLES)];
	if (!article->value_count)
		return;
	const size_t at = below((uint32_t)article->value_count);
	const char *variant = article->variants[at][0];
	if (variant)
		buffer_add_format(lines, "split %s: %s = %s\n",
				  field_of_kind(article->values[at].kind)->name,
				  article->values[at].name, variant);
}

static void add_line(struct buffer *lines)
{
	const char *const fields[KINDS] = { "person", "org", "other" };
	static const char *const formats[] = { "merge %s: %s = %s\n", "split %s: %s = %s\n",
					       "rename %s: %s = %s\n" };
	const uint32_t verb = below(10);
	const char *name = below(8) ? any_name() : "Fresh", *other = below(8) ? any_name() : "New";
	const char *field = fields[below(KINDS)];
	if (verb < 9)
		buffer_add_format(lines,
				  verb < 4   ? formats[0]
				  : verb < 8 ? formats[1]
					     : formats[2],
				  field, name, other);
	else if (below(2))
		buffer_add_format(lines, "hide %s: %s\n", field, name);
	else
		buffer_add_format(lines, "retype %s: %s = %s\n", field, name, fields[below(KINDS)]);
}

/* Each line that does not contradict the ones before. */
static void choose_corrections(const struct small_article *articles, struct buffer *lines)
{
	buffer_reset(lines);
	for (uint32_t count = below(16); count; count--) {
		struct fixes fixes = { 0 };
		const size_t len = lines->len;
		if (below(3))
			add_line(lines);
		else
			add_split(articles, lines);
		if (fixes_parse(buffer_str(lines), "f", &arena, &fixes, &err) != STATUS_OK)
			lines->len = len;
		fixes_release(&fixes);
	}
	buffer_add_char(lines, '\n');
}

static const char *field_name(int kind)
{
	return field_of_kind(kinds[kind])->name;
}

/* Choosing each value finds as many articles as stood beside it. */
static void choose_each_value(int kind, const char *lines)
{
	struct answer shown;
	ck_assert_int_eq(ask("", NULL, field_name(kind), &shown), STATUS_OK);
	const struct answer_facet *facet = &shown.facets[0];
	for (size_t i = 0; i < facet->count; i++) {
		struct buffer filter = { 0 };
		buffer_add_format(&filter, "%s=%.*s", field_name(kind),
				  STR_ARG(facet->values[i].value));
		asked("", filter.data, field_name(below(KINDS) % KINDS ? 0 : 1));
		ck_assert_msg(answer.total == facet->values[i].count, "%s: %u, not %u, with\n%s",
			      filter.data, answer.total, facet->values[i].count, lines);
		filter.data[strlen(field_name(kind))] = ':';
		buffer_reset(&filter);
		buffer_add_format(&filter, "%s:\"%.*s\"", field_name(kind),
				  STR_ARG(facet->values[i].value));
		asked(filter.data, NULL, field_name(kind));
		ck_assert_uint_eq(answer.total, facet->values[i].count);
		buffer_release(&filter);
	}
}

static void add_answers(struct buffer *out)
{
	for (int kind = 0; kind < KINDS; kind++) {
		struct answer shown;
		const enum status status = ask("", NULL, field_name(kind), &shown);
		if (status == STATUS_OK)
			buffer_add_format(out, "%s: %s\n", field_name(kind), listed(&shown));
		else
			buffer_add_format(out, "%s\n", err.text);
		ck_assert_msg(status == STATUS_OK || status == STATUS_BAD_INPUT, "%s", err.text);
	}
}

static void try_once(struct small_article *articles, uint8_t targets[KINDS][NAMES],
		     const char *lines, struct buffer *forwards)
{
	struct buffer backwards = { 0 };
	buffer_reset(forwards);
	for (int order = 0; order < 2; order++) {
		make_index(articles, order);
		write_merges(targets);
		correct(lines);
		small_index_finish(&made);
		struct buffer *out = order ? &backwards : forwards;
		add_answers(out);
		if (!order && !strstr(out->data, "circle"))
			for (int kind = 0; kind < KINDS; kind++)
				choose_each_value(kind, lines);
		unlink(fixes_path);
		small_index_remove(&made);
	}
	/* Circles are told with the path of the file. */
	if (!strstr(forwards->data, "circle"))
		ck_assert_msg(strcmp(forwards->data, backwards.data) == 0, "%s%swith\n%s",
			      forwards->data, backwards.data, lines);
	buffer_release(&backwards);
}

static void try(uint64_t seed)
{
	struct small_article articles[ARTICLES];
	char ids[ARTICLES][8];
	uint8_t targets[KINDS][NAMES];
	struct buffer lines = { 0 }, answers = { 0 };
	state = seed;
	for (unsigned i = 0; i < ARTICLES; i++) {
		snprintf(ids[i], sizeof(ids[i]), "a%u", i);
		make_article(&articles[i], ids[i]);
	}
	choose_merges(targets);
	choose_corrections(articles, &lines);
	least = below(2) ? 0 : below(101);
	try_once(articles, targets, lines.data, &answers);
	buffer_release(&lines);
	buffer_release(&answers);
	arena_release(&arena);
	least = 0;
}

#define TRIES 8

START_TEST(counts_are_what_filters_find)
{
	for (unsigned i = 0; i < TRIES; i++)
		try((uint64_t)_i * TRIES + i);
}
END_TEST

static Suite *make_suite(void)
{
	Suite *suite = suite_create("names, at random");
	TCase *tests = tcase_create("all");
	tcase_set_timeout(tests, 120);
	tcase_add_loop_test(tests, counts_are_what_filters_find, 0, 5);
	suite_add_tcase(suite, tests);
	return suite;
}

TEST_MAIN(make_suite)
