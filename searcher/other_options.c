#include "commands.h"

static const struct argp_option show_table[] = {
	OPTION_DB,
	{ "json", KEY_JSON, NULL, 0, "Print it as one JSON object", 2 },
	OPTIONS_END,
};

static const struct argp_option stats_table[] = {
	OPTION_DB,
	{ "entities", KEY_ENTITIES, NULL, 0,
	  "Print every name that is counted: kind, name, articles, other names; parted by tabs", 2 },
	OPTIONS_END,
};

static const struct argp_option check_table[] = {
	OPTION_DB,
	OPTIONS_END,
};

static error_t extra_argument(struct other_options *options, const char *value)
{
	return option_failed(&options->common, "\"%s\" is one argument too many: see --help", value);
}

static error_t parse_show(int key, char *value, struct argp_state *state)
{
	struct other_options *options = state->input;
	switch (key) {
	case KEY_JSON:
		options->json = true;
		return 0;
	case ARGP_KEY_ARG:
		if (options->id)
			return extra_argument(options, value);
		options->id = value;
		return 0;
	case ARGP_KEY_END:
		if (!options->id && options->common.wish == WISH_RUN)
			return option_failed(&options->common,
					     "which article? give its id, as search prints it");
		return 0;
	default:
		return common_option(key, value, state);
	}
}

static error_t parse_stats(int key, char *value, struct argp_state *state)
{
	struct other_options *options = state->input;
	switch (key) {
	case KEY_ENTITIES:
		options->entities = true;
		return 0;
	case ARGP_KEY_ARG:
		return extra_argument(options, value);
	default:
		return common_option(key, value, state);
	}
}

static error_t parse_check(int key, char *value, struct argp_state *state)
{
	return key == ARGP_KEY_ARG ? extra_argument(state->input, value)
				   : common_option(key, value, state);
}

const struct argp show_argp = {
	.options = show_table,
	.parser = parse_show,
	.args_doc = "ID",
	.doc = "Prints an article: its fields, its entities and its text.\v"
	       "Exit code: 1 when there is no such article, 2 for an error.",
};

const struct argp stats_argp = {
	.options = stats_table,
	.parser = parse_stats,
	.doc = "Prints what is in the index.",
};

const struct argp check_argp = {
	.options = check_table,
	.parser = parse_check,
	.doc = "Examines the index, and prints what is wrong.\v"
	       "Exit code: 1 when damage was found, 2 when it could not be looked for.",
};

bool other_options_parse(const struct argp *argp, const char *name, int argc, char **argv,
			 struct other_options *options, int *code)
{
	struct error err;
	*options = (struct other_options){ 0 };
	*code = EXIT_DONE;
	if (common_parse(argp, argc, argv, &options->common, &err) != STATUS_OK) {
		const bool takes_json = argp == &show_argp;
		*code = fail_as(takes_json && arguments_want_json(argc, argv), &err);
		return false;
	}
	return !common_wish(argp, &options->common, name);
}
