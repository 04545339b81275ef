/*
 * dateline-train: hand-tagged texts, word classes and lists of names -> the model of the tagger, and its card.
 */
#include "../tagger/evaluate.h"
#include "dateline/intern.h"
#include "card.h"
#include "learn.h"
#include "lists.h"
#include "seen.h"
#include "write.h"

#include <argp.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define SETS_MOST 16

struct options {
	const char *names, *classes, *out, *card;
	const char *sets[SETS_MOST], *dev[SETS_MOST], *texts[SETS_MOST];
	float weights[SETS_MOST];
	size_t set_count, dev_count, text_count;
	struct plan plan;
	unsigned least, kilobytes, runs;
	bool eval_only;
};

static const struct argp_option option_table[] = {
	{ "names", 'n', "DIR", 0, "Lists of names, as distributed", 0 },
	{ "classes", 'c', "FILE", 0, "Word classes", 0 },
	{ "output", 'o', "FILE", 0, "The model", 0 },
	{ "card", 'C', "FILE", 0, "Write what the model was made from, and its scores", 0 },
	{ "dev", 'd', "FILE", 0, "Measure on this set; it is not learned from", 0 },
	{ "texts", 't', "FILE", 0, "Plain articles (JSON Lines) to learn further names from", 0 },
	{ "epochs", 'e', "N", 0, "Times over the texts", 0 },
	{ "rate", 'r', "X", 0, "Learning rate", 0 },
	{ "decay", 'D', "X", 0, "Weight decay", 0 },
	{ "drop", 'x', "N", 0, "Of 256 features leave out N", 0 },
	{ "least", 'l', "N", 0, "Tokens that must have a feature", 0 },
	{ "size", 'b', "N", 0, "At most so many kilobytes for the model", 0 },
	{ "runs", 'R', "N", 0, "Average so many runs", 0 },
	{ "folds", 'f', "N", 0, "Parts for guessing what other mentions are; 0: no second look", 0 },
	{ 0 },
};

/* FILE or FILE:WEIGHT */
static void add_set(struct options *options, char *arg)
{
	char *colon = strrchr(arg, ':');
	options->weights[options->set_count] = colon ? strtof(colon + 1, NULL) : 1.0f;
	if (colon)
		*colon = 0;
	options->sets[options->set_count++] = arg;
}

static unsigned number(const char *arg, struct argp_state *state)
{
	char *end;
	const long value = strtol(arg, &end, 10);
	if (end == arg || *end || value < 0 || value > 1000000)
		argp_error(state, "not a number up to a million: %s", arg);
	return (unsigned)value;
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct options *options = state->input;
	switch (key) {
	case 'n':
		options->names = arg;
		break;
	case 'c':
		options->classes = arg;
		break;
	case 'o':
		options->out = arg;
		break;
	case 'C':
		options->card = arg;
		break;
	case 'd':
		if (options->dev_count < SETS_MOST)
			options->dev[options->dev_count++] = arg;
		break;
	case 't':
		if (options->text_count < SETS_MOST)
			options->texts[options->text_count++] = arg;
		break;
	case 'e':
		options->plan.epochs = number(arg, state);
		break;
	case 'r':
		options->plan.rate = strtof(arg, NULL);
		break;
	case 'D':
		options->plan.decay = strtof(arg, NULL);
		break;
	case 'x':
		options->plan.drop = number(arg, state);
		break;
	case 'l':
		options->least = number(arg, state);
		break;
	case 'b':
		options->kilobytes = number(arg, state);
		break;
	case 'R':
		options->runs = number(arg, state);
		break;
	case 'f':
		options->plan.folds = number(arg, state);
		break;
	case ARGP_KEY_ARG:
		if (options->set_count == SETS_MOST)
			argp_error(state, "at most %d sets", SETS_MOST);
		add_set(options, arg);
		break;
	case ARGP_KEY_END:
		if (!options->runs)
			argp_error(state, "needs a run");
		if (!options->set_count || !options->out || !options->names || !options->classes)
			argp_error(state, "needs --names, --classes, --output and a set");
		break;
	default:
		return ARGP_ERR_UNKNOWN;
	}
	return 0;
}

static double seconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void gather(struct samples *samples, const struct options *options,
		   const struct model *model, const struct labelled *sets, const uint8_t *guesses)
{
	samples_release(samples);
	for (size_t i = 0; i < options->set_count; i++)
		samples_add(samples, model, &sets[i], options->weights[i], guesses);
	samples_prune(samples, options->least);
	fprintf(stderr, "%zu open tokens, %zu features, names %llu, not open %llu\n",
		samples->tag_count, samples->index.count, (unsigned long long)samples->names,
		(unsigned long long)samples->names_missed);
}

/* What each token would be taken for by one who has not seen its article. */
static uint8_t *guess(const struct options *options, const struct samples *samples)
{
	uint8_t *tags = memory_zero(samples->tag_count, 1);
	struct plan plan = options->plan;
	plan.votes = false;
	plan.epochs = plan.epochs / 2 + 1;
	plan.average = plan.epochs / 2;
	for (unsigned fold = 0; fold < plan.folds; fold++) {
		struct weights weights;
		plan.without = (int)fold;
		learn(&weights, samples, &plan);
		learn_guess(&weights, samples, &plan, tags);
		weights_release(&weights);
	}
	return tags;
}

/* Measures on one set, for people and for the card. */
static enum status measure_set(const struct model *model, const char *path, struct buffer *card,
			       struct error *err)
{
	struct labelled set;
	struct evaluation evaluation;
	struct buffer text = { 0 };
	const enum status status = labelled_read(&set, path, err);
	if (status)
		return status;
	struct tagger *tagger = tagger_new(model);
	const double start = seconds();
	evaluate(tagger, &set, &evaluation);
	const double took = seconds() - start;
	evaluation_print(&evaluation, &text);
	printf("%s: %.2f M tokens a second\n%s", path, (double)set.tokens.count / took / 1e6,
	       text.data);
	const char *slash = strrchr(path, '/');
	buffer_add_format(card, "\n%s:\n\n```\n%s```\n", slash ? slash + 1 : path, text.data);
	buffer_release(&text);
	tagger_free(tagger);
	labelled_release(&set);
	return STATUS_OK;
}

static enum status measure(const struct options *options, struct error *err)
{
	struct model model;
	struct buffer card = { 0 };
	enum status status = model_open(&model, options->out, err);
	if (status)
		return status;
	/* What the disk has is what was learned. */
	status = model_verify(&model, options->out, err);
	for (size_t i = 0; !status && i < options->dev_count; i++)
		status = measure_set(&model, options->dev[i], &card, err);
	if (!status && options->card)
		status = card_write(options->card, &model, buffer_str(&card), err);
	buffer_release(&card);
	model_close(&model);
	return status;
}

/* Learns from the sets with the lists as they are, and writes a model. */
static enum status train_once(const struct options *options, const struct lists *lists,
			      const struct labelled *sets, struct plan plan, const char *out,
			      struct error *err)
{
	struct samples samples = { 0 };
	struct writing writing = { 0 };
	struct model model;
	struct weights weights;
	writing_begin(&writing, lists, &model);
	gather(&samples, options, &model, sets, NULL);
	if (plan.folds) {
		uint8_t *guesses = guess(options, &samples);
		gather(&samples, options, &model, sets, guesses);
		free(guesses);
		plan.votes = true;
	}
	plan.average = plan.epochs / 2;
	learn_average(&weights, &samples, &plan, plan.folds ? options->runs : 1);
	const enum status status = writing_finish(&writing, &samples, &weights,
						  options->kilobytes * (size_t)1000, out, err);
	weights_release(&weights);
	writing_release(&writing);
	samples_release(&samples);
	return status;
}

/* Tags plain texts with a model, and marks in the lists what was found. */
static enum status look_at_texts(const struct options *options, const char *path,
				 struct lists *lists, struct error *err)
{
	struct model model;
	enum status status = model_open(&model, path, err);
	if (status)
		return status;
	struct seen_names *seen = seen_new(&model);
	for (size_t i = 0; !status && i < options->text_count; i++)
		status = seen_read(seen, options->texts[i], err);
	seen_mark(seen, lists);
	seen_free(seen);
	model_close(&model);
	return status;
}

/* A first model, beside the one that is wanted and soon removed, to look at plain texts with. */
static enum status look_first(const struct options *options, struct lists *lists,
			      const struct labelled *sets, struct error *err)
{
	struct buffer path = { 0 };
	struct plan plan = options->plan;
	plan.folds = 0;
	buffer_add_format(&path, "%s.first", options->out);
	enum status status = train_once(options, lists, sets, plan, path.data, err);
	if (!status)
		status = look_at_texts(options, path.data, lists, err);
	unlink(path.data);
	buffer_release(&path);
	return status;
}

static enum status train(const struct options *options, struct labelled *sets, struct error *err)
{
	struct lists lists = { 0 };
	enum status status = lists_read_classes(&lists, options->classes, err);
	if (!status)
		status = lists_read_names(&lists, options->names, err);
	if (!status)
		lists_learn(&lists, sets, options->set_count);
	if (!status && options->text_count)
		status = look_first(options, &lists, sets, err);
	if (!status)
		status = train_once(options, &lists, sets, options->plan, options->out, err);
	lists_release(&lists);
	return status;
}

static enum status run(const struct options *options, struct error *err)
{
	struct labelled sets[SETS_MOST] = { 0 };
	enum status status = STATUS_OK;
	for (size_t i = 0; !status && i < options->set_count; i++)
		status = labelled_read(&sets[i], options->sets[i], err);
	if (!status)
		status = train(options, sets, err);
	for (size_t i = 0; i < options->set_count; i++)
		labelled_release(&sets[i]);
	return status ? status : measure(options, err);
}

int main(int argc, char **argv)
{
	struct options options = {
		.plan = { .epochs = 10,
			  .rate = 0.02f,
			  .decay = 1e-5f,
			  .drop = 64,
			  .without = -1,
			  .folds = 4 },
		.least = 2,
		.kilobytes = 22400,
		.runs = 5,
	};
	static const struct argp argp = {
		option_table, parse, "SET...", "Learns a model of names from hand-tagged texts.",
		NULL,         NULL,  NULL
	};
	argp_parse(&argp, argc, argv, 0, NULL, &options);
	struct error err;
	if (run(&options, &err) == STATUS_OK)
		return EXIT_SUCCESS;
	fprintf(stderr, "dateline-train: %s\n", err.text);
	return 2;
}
