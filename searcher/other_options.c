#include "commands.h"

static const struct argp_option show_table[] = {
	OPTION_DB,
	{ "json", KEY_JSON, NULL, 0, "Print it as one JSON object", 2 },
	OPTIONS_END,
};

static const struct argp_option stats_table[] = {
	OPTION_DB,
	{ "entities", KEY_ENTITIES, NULL, 0,
	  "Print every name that is counted, parted by tabs: field, name, articles, what corrections "
	  "made of it, and what articles call it, with how many do",
	  2 },
	{ "top", KEY_TOP, "N", 0, "Of --entities only the N biggest of each field, these first", 3 },
	{ "kind", KEY_KIND, "FIELD", 0, "Of --entities only those of this field", 4 },
	{ "entities-fix", KEY_FIXES, "FILE", 0, "Correct names as this file says (may be repeated)",
	  5 },
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

static error_t take_kind(struct other_options *options, const char *value)
{
	options->field = field_find(str_from(value));
	if (options->field && options->field->kind != KIND_NONE)
		return 0;
	return option_failed(&options->common,
			     "--kind takes a field that has names, as person or place, not \"%s\"",
			     value);
}

/* As many as there are arguments at most. */
static void take_fixes(struct other_options *options, const char *value,
		       const struct argp_state *state)
{
	struct str_list *fixes = &options->fixes;
	if (!fixes->items)
		fixes->items = memory_alloc((size_t)state->argc * sizeof(*fixes->items));
	fixes->items[fixes->count++] = str_from(value);
}

static error_t check_stats(struct other_options *options)
{
	if (options->common.wish == WISH_RUN && !options->entities &&
	    (options->top || options->field))
		return option_failed(&options->common, "%s goes with --entities",
				     options->top ? "--top" : "--kind");
	return 0;
}

static error_t parse_stats(int key, char *value, struct argp_state *state)
{
	struct other_options *options = state->input;
	switch (key) {
	case KEY_ENTITIES:
		options->entities = true;
		return 0;
	case KEY_TOP:
		if (option_number(value, UINT32_MAX, &options->top) && options->top)
			return 0;
		return option_failed(&options->common, "--top takes a number from 1, not \"%s\"",
				     value);
	case KEY_KIND:
		return take_kind(options, value);
	case KEY_FIXES:
		take_fixes(options, value, state);
		return 0;
	case ARGP_KEY_END:
		return check_stats(options);
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
	*options = (struct other_options){ .common.several_indexes = argp == &show_argp };
	*code = EXIT_DONE;
	if (common_parse(argp, argc, argv, &options->common, &err) != STATUS_OK) {
		const bool takes_json = argp == &show_argp;
		*code = fail_as(takes_json && arguments_want_json(argc, argv), &err);
		return false;
	}
	return !common_wish(argp, &options->common, name);
}
