#include "evaluate.h"

static unsigned folded(unsigned kind)
{
	return kind == NAME_PEOPLE ? NAME_OTHER : kind;
}

static void run_article(struct tagger *tagger, const struct labelled *labelled, size_t article)
{
	tagger_begin(tagger);
	for (size_t i = labelled->articles[article]; i < labelled->articles[article + 1]; i++)
		tagger_add_line(tagger, labelled->text.data,
				labelled->tokens.items + labelled->lines[i],
				labelled->lines[i + 1] - labelled->lines[i]);
}

/* Labels and names are both in order; *label is the first that is not before this article. */
static void compare(const struct labelled *labelled, size_t *label, uint32_t first_token,
		    const struct name *names, size_t count, struct evaluation *result)
{
	for (size_t i = 0; i < count; i++) {
		const uint32_t first = first_token + names[i].first;
		const unsigned kind = folded(names[i].kind);
		while (*label < labelled->label_count && labelled->labels[*label].first < first)
			++*label;
		const struct label *there =
			*label < labelled->label_count ? &labelled->labels[*label] : NULL;
		const bool right = there && there->first == first &&
				   there->last == first_token + names[i].last &&
				   folded(there->kind) == kind;
		result->kinds[kind].found++;
		result->kinds[kind].right += right;
		result->sure_found[names[i].confidence]++;
		result->sure_right[names[i].confidence] += right;
	}
}

void evaluate(struct tagger *tagger, const struct labelled *labelled, struct evaluation *result)
{
	*result = (struct evaluation){ .tokens = labelled->tokens.count };
	size_t label = 0;
	for (size_t i = 0; i < labelled->article_count; i++) {
		size_t count;
		run_article(tagger, labelled, i);
		const struct name *names = tagger_run(tagger, &count);
		compare(labelled, &label, labelled->lines[labelled->articles[i]], names, count,
			result);
	}
	for (size_t i = 0; i < labelled->label_count; i++)
		result->kinds[folded(labelled->labels[i].kind)].there++;
	for (size_t i = 0; i < NAME_KINDS; i++) {
		result->all.found += result->kinds[i].found;
		result->all.right += result->kinds[i].right;
		result->all.there += result->kinds[i].there;
	}
}

static double share(uint64_t part, uint64_t whole)
{
	return whole ? 100.0 * (double)part / (double)whole : 0.0;
}

double tally_f1(const struct tally *tally)
{
	return share(2 * tally->right, tally->found + tally->there);
}

static void print_tally(const char *name, const struct tally *tally, struct buffer *out)
{
	buffer_add_format(out, "%-8s %9.2f %7.2f %7.2f %8llu\n", name,
			  share(tally->right, tally->found), share(tally->right, tally->there),
			  tally_f1(tally), (unsigned long long)tally->there);
}

void evaluation_print(const struct evaluation *evaluation, struct buffer *out)
{
	static const char *const names[NAME_KINDS] = { "person", "org", "place", NULL, "other" };
	buffer_add_text(out, "kind     precision  recall      F1    names\n");
	for (size_t i = 0; i < NAME_KINDS; i++)
		if (names[i])
			print_tally(names[i], &evaluation->kinds[i], out);
	print_tally("all", &evaluation->all, out);
	buffer_add_format(out, "F1 %.2f\n", tally_f1(&evaluation->all));
}
