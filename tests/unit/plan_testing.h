/* plan_testing.h: queries as typed to plans in one line, for suites of the planner. */
#ifndef DATELINE_PLAN_TESTING_H
#define DATELINE_PLAN_TESTING_H

#include "../../searcher/query/query.h"

#include "small_index.h"

static struct arena arena;
static struct analyser *analyser;
static const struct language *languages[8];
static size_t language_count;
static const struct vocabulary *vocabulary; /* NULL: none */
static struct query_plan plan;
static struct error refused;

static inline void use_languages(const char *codes)
{
	language_count = 0;
	for (const char *at = codes; *at; at += *at == ' ') {
		const size_t len = strcspn(at, " ");
		languages[language_count++] = language_find((struct str){ at, len });
		at += len;
	}
}

static inline void set_up(void)
{
	analyser = analyser_new();
	use_languages("en");
}

static inline void tear_down(void)
{
	analyser_free(analyser);
	arena_release(&arena);
}

/* ---- a plan in one line: (and Zrain (phrase cyber attack)) ---- */

static inline void add_plan(const struct plan *node, struct buffer *out)
{
	static const char *const names[] = {
		[PLAN_NONE] = "none",     [PLAN_ALL] = "all",        [PLAN_AND] = "and",
		[PLAN_OR] = "or",         [PLAN_AND_NOT] = "andnot", [PLAN_SYNONYM] = "synonym",
		[PLAN_PHRASE] = "phrase", [PLAN_FILTER] = "filter",  [PLAN_SCALE] = "scale",
		[PLAN_NEAR] = "near",     [PLAN_ADJ] = "adj",        [PLAN_SENTENCE] = "sentence",
	};
	if (node->op == PLAN_TERM || node->op == PLAN_MENTION) {
		buffer_add_format(out, "%s%.*s", node->op == PLAN_MENTION ? "@" : "",
				  STR_ARG(node->term));
		return;
	}
	ck_assert(node->op != PLAN_PHRASE || node->count <= QUERY_PHRASE_MAX);
	buffer_add_format(out, "(%s", names[node->op]);
	if (node->op == PLAN_NEAR || node->op == PLAN_ADJ)
		buffer_add_format(out, "/%u", node->distance);
	if (node->op == PLAN_SCALE)
		buffer_add_format(out, " %g", node->factor);
	for (size_t i = 0; i < node->count; i++) {
		buffer_add_char(out, ' ');
		add_plan(node->kids[i], out);
	}
	buffer_add_char(out, ')');
}

static inline struct str plan_text(const struct plan *node)
{
	struct buffer out = { 0 };
	add_plan(node, &out);
	const struct str text = arena_copy(&arena, buffer_str(&out));
	buffer_release(&out);
	return text;
}

static inline enum status make_plan(struct str text)
{
	struct query query;
	refused.text[0] = 0;
	plan = (struct query_plan){ 0 };
	const enum status status = query_parse(text, &arena, &query, &refused);
	if (status != STATUS_OK)
		return status;
	return query_make_plan(query.root, analyser, languages, language_count, NULL, vocabulary,
			       &arena, &plan, &refused);
}

static inline bool hinted(const char *words)
{
	for (size_t i = 0; i < plan.hints.count; i++)
		if (memmem(plan.hints.items[i].data, plan.hints.items[i].len, words, strlen(words)))
			return true;
	return false;
}

static inline struct str planned(const char *text)
{
	ck_assert_msg(make_plan(str_from(text)) == STATUS_OK, "%s: %s", text, refused.text);
	return plan.plan ? plan_text(plan.plan) : STR("");
}

/* text, flags, forms: title:rain{T}[rain] */
static inline struct str leaves(const char *text)
{
	planned(text);
	struct buffer out = { 0 };
	for (size_t i = 0; i < plan.leaf_count; i++) {
		const struct query_leaf *leaf = &plan.leaves[i];
		buffer_add_format(&out, "%s%.*s{%s%s%s%s%s}", i ? " " : "", STR_ARG(leaf->text),
				  leaf->negated ? "N" : "", leaf->in_title ? "T" : "",
				  leaf->stemmed ? "S" : "", leaf->mention ? "M" : "",
				  leaf->plan ? "" : "+");
		for (size_t word = 0; word < leaf->word_count; word++)
			for (size_t form = 0; form < leaf->words[word].count; form++)
				buffer_add_format(&out, "%c%.*s",
						  form   ? '|'
						  : word ? ','
							 : ' ',
						  STR_ARG(leaf->words[word].items[form]));
	}
	const struct str copy = arena_copy(&arena, buffer_str(&out));
	buffer_release(&out);
	return copy;
}

#endif
