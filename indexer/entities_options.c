#include "entities_options.h"

#include "dateline/field.h"

enum {
	KEY_DATE = 256,
	KEY_ENTITIES,
	KEY_EVAL,
	KEY_FORMAT,
	KEY_INPUT,
	KEY_JSON,
	KEY_KIND,
	KEY_MIN_CONFIDENCE,
	KEY_MODEL,
	KEY_TEXT,
};

static const struct argp_option option_table[] = {
	{ "entities", KEY_ENTITIES, "HOW", 0,
	  "auto (default): given by the publisher, else recognised; given: only those", 2 },
	{ "date", KEY_DATE, "DATE", 0, "When articles appeared that do not say it themselves", 2 },
	{ "kind", KEY_KIND, "KIND", 0, "Only entities of this kind (may be repeated)", 2 },
	{ "min-confidence", KEY_MIN_CONFIDENCE, "N", 0, "Only entities that are sure to N percent",
	  2 },
	{ "format", KEY_FORMAT, "F", 0, "table (default) or json", 3 },
	{ "json", KEY_JSON, NULL, 0, "The same as --format=json", 3 },
	{ "text", KEY_TEXT, NULL, 0, "With --json: the text too, whose bytes the mentions are", 3 },
	{ "input", KEY_INPUT, "F", 0, "text, markdown, json or jsonl (default: told by content)", 4 },
	{ "model", KEY_MODEL, "FILE", 0, "The model to find names with", 5 },
	{ "eval", KEY_EVAL, "FILE", 0,
	  "Find the names of a hand-tagged text, and print how many are right", 5 },
	OPTIONS_END,
};

static error_t set_mode(struct entities_options *options, const char *text)
{
	if (strcmp(text, "auto") == 0)
		options->mode = ENTITIES_AUTO;
	else if (strcmp(text, "given") == 0)
		options->mode = ENTITIES_GIVEN;
	else
		return option_failed(&options->common, "--entities takes auto or given, not \"%s\"",
				     text);
	return 0;
}

static error_t set_format(struct entities_options *options, const char *text)
{
	options->json = strcmp(text, "json") == 0;
	if (options->json || strcmp(text, "table") == 0)
		return 0;
	return option_failed(&options->common, "--format takes table or json, not \"%s\"", text);
}

static error_t set_input(struct entities_options *options, const char *text)
{
	options->input = reader_find(str_from(text));
	if (options->input)
		return 0;
	return option_failed(&options->common,
			     "--input takes text, markdown, json or jsonl, not \"%s\"", text);
}

static error_t set_date(struct entities_options *options, const char *text)
{
	if (date_parse(str_from(text), &options->date))
		return 0;
	return option_failed(&options->common, "--date takes a date, as 2024-02-07, not \"%s\"",
			     text);
}

static error_t set_min_confidence(struct entities_options *options, const char *text)
{
	if (option_number(text, 100, &options->min_confidence))
		return 0;
	return option_failed(&options->common,
			     "--min-confidence takes a number from 0 to 100, not \"%s\"", text);
}

static error_t add_kind(struct entities_options *options, const char *text)
{
	const struct str name = str_from(text);
	const struct field *field = field_find(name);
	if (field && field->kind != KIND_NONE) {
		options->kinds[field->kind] = true;
		return 0;
	}
	const struct field *nearest = field_nearest(name);
	if (nearest && nearest->kind != KIND_NONE)
		return option_failed(&options->common, "no kind %s: did you mean %s?", text,
				     nearest->name);
	return option_failed(&options->common,
			     "--kind takes a field of names, as person or place, not \"%s\"", text);
}

/* Topics, sections and languages are in the article's fields, and none of them is a name. */
static void choose_kinds(struct entities_options *options)
{
	bool any = false;
	for (int kind = 0; kind < KIND_COUNT; kind++)
		any = any || options->kinds[kind];
	for (int kind = KIND_PERSON; kind < KIND_COUNT && !any; kind++)
		options->kinds[kind] = kind != KIND_TOPIC && kind != KIND_SECTION &&
				       kind != KIND_LANGUAGE;
}

/* It prints one table of figures: whatever says which articles and entities are read, or how they are printed, says nothing of it. */
static error_t check_eval(struct entities_options *options)
{
	struct common_options *common = &options->common;
	bool any_kind = false;
	for (int kind = 0; kind < KIND_COUNT; kind++)
		any_kind = any_kind || options->kinds[kind];
	if (*options->paths)
		return option_failed(common, "--eval goes alone, without other files");
	if (options->mode != ENTITIES_AUTO)
		return option_failed(common, "--eval is of what is recognised: --entities=auto");
	if (options->json)
		return option_failed(common, "--eval prints a table: there is no --json of it");
	if (any_kind || options->min_confidence || options->input || options->text ||
	    options->date.precision != DATE_NONE)
		return option_failed(common, "--eval is of all names in one file: of the other "
					     "options only --model goes with it");
	return 0;
}

static error_t check_whole(struct entities_options *options)
{
	struct common_options *common = &options->common;
	if (common->wish != WISH_RUN)
		return 0;
	if (options->eval)
		return check_eval(options);
	if (!*options->paths)
		return option_failed(
			common, "nothing to read: name files, folders, or - for standard input");
	if (options->text && !options->json)
		return option_failed(common, "--text goes with --json");
	choose_kinds(options);
	return 0;
}

static error_t parse_option(int key, char *arg, struct argp_state *state)
{
	struct entities_options *options = state->input;
	switch (key) {
	case KEY_ENTITIES:
		return set_mode(options, arg);
	case KEY_DATE:
		return set_date(options, arg);
	case KEY_KIND:
		return add_kind(options, arg);
	case KEY_MIN_CONFIDENCE:
		return set_min_confidence(options, arg);
	case KEY_FORMAT:
		return set_format(options, arg);
	case KEY_JSON:
		options->json = true;
		return 0;
	case KEY_TEXT:
		options->text = true;
		return 0;
	case KEY_INPUT:
		return set_input(options, arg);
	case KEY_MODEL:
		options->model = arg;
		return 0;
	case KEY_EVAL:
		options->eval = arg;
		return 0;
	case ARGP_KEY_ARGS:
		options->paths = state->argv + state->next;
		return 0;
	case ARGP_KEY_END:
		return check_whole(options);
	default:
		return common_option(key, arg, state);
	}
}

const struct argp entities_argp = {
	.options = option_table,
	.parser = parse_option,
	.args_doc = "PATH...",
	.doc = "Prints the entities of articles (files, folders, or - for standard input); no index "
	       "is needed.\v"
	       "Exit code: 1 when some articles could not be read, 2 for an error.",
};

enum status entities_options_parse(int argc, char **argv, struct entities_options *options,
				   struct error *err)
{
	static char *none[] = { NULL };
	*options = (struct entities_options){ .paths = none };
	return common_parse(&entities_argp, argc, argv, &options->common, err);
}
