#include "dateline/command.h"

#include "dateline/schema.h"
#include "dateline/store.h"
#include "dateline/text.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

error_t option_failed(struct common_options *common, const char *format, ...)
{
	struct buffer text = { 0 };
	va_list args;
	va_start(args, format);
	buffer_add_format_v(&text, format, args);
	va_end(args);
	common->status = error_set(common->err, STATUS_BAD_REQUEST, "%s", buffer_str(&text).data);
	buffer_release(&text);
	return EINVAL;
}

const char *option_glued(const struct argp_state *state, const char *value)
{
	const char *argument = state->next > 0 ? state->argv[state->next - 1] : NULL;
	const bool is_short = argument && argument[0] == '-' && argument[1] != '-';
	if (!is_short || value == argument)
		return NULL;
	/* The end of it in the same memory, not only in the same letters. */
	const size_t len = strlen(value), whole = strlen(argument);
	return len < whole && value == argument + (whole - len) ? argument : NULL;
}

void advise_words(const char *glued, struct error *err)
{
	struct error before;
	if (!glued)
		return;
	before = *err;
	error_set(err, before.status, "%s (when %s is a word to leave out, put -- before the words)",
		  before.text, glued);
}

bool option_number(const char *text, uint32_t max, uint32_t *number)
{
	uint64_t value = 0;
	const char *at = text;
	for (; *at >= '0' && *at <= '9' && value <= max; at++)
		value = value * 10 + (uint64_t)(*at - '0');
	if (at == text || *at || value > max)
		return false;
	*number = (uint32_t)value;
	return true;
}

/* ---- what argp only says on two lines of its own ---- */

static const struct argp_option *find_short(const struct argp_option *table, char letter)
{
	for (; table->name || table->key; table++)
		if (table->key == letter)
			return table;
	return NULL;
}

/* A whole name, or the start of only one; *ambiguous when it is the start of several. */
static const struct argp_option *find_long(const struct argp_option *table, struct str name,
					   bool *ambiguous)
{
	const struct argp_option *found = NULL;
	*ambiguous = false;
	for (; table->name || table->key; table++) {
		if (!table->name || strncmp(table->name, name.data, name.len) != 0)
			continue;
		if (strlen(table->name) == name.len) {
			*ambiguous = false;
			return table;
		}
		*ambiguous = found != NULL;
		found = table;
	}
	return found;
}

static bool long_is_wrong(const struct argp_option *table, const char *text,
			  struct common_options *common)
{
	const char *equals = strchr(text, '=');
	const struct str name = { text + 2, equals ? (size_t)(equals - text) - 2 : strlen(text) - 2 };
	bool ambiguous;
	const struct argp_option *option = find_long(table, name, &ambiguous);
	if (ambiguous)
		option_failed(common, "--%.*s is short for more than one option: see --help",
			      STR_ARG(name));
	else if (!option)
		option_failed(common, "unknown option --%.*s: see --help", STR_ARG(name));
	else if (option->arg && !equals)
		option_failed(common, "--%s needs a value: --%s=%s", option->name, option->name,
			      option->arg);
	else if (!option->arg && equals)
		option_failed(common, "--%s takes no value", option->name);
	else
		return false;
	return true;
}

static bool short_is_wrong(const struct argp_option *table, const char *text,
			   struct common_options *common)
{
	for (const char *at = text + 1; *at; at++) {
		const struct argp_option *option = find_short(table, *at);
		if (!option && at[1])
			option_failed(common,
				      "unknown option -%c in %s (when it is a word to leave out, "
				      "put -- before the words)",
				      *at, text);
		else if (!option)
			option_failed(common, "unknown option -%c: see --help", *at);
		else if (option->arg && !at[1])
			option_failed(common, "-%c needs a value: -%c %s", *at, *at, option->arg);
		else if (option->arg)
			return false;
		else
			continue;
		return true;
	}
	return false;
}

/* Says what is wrong with an argument, if it is the one that argp stumbled over. */
static bool argument_is_wrong(const struct argp_option *table, const char *text,
			      struct common_options *common)
{
	if (text[0] != '-' || !text[1])
		return false;
	return text[1] == '-' ? long_is_wrong(table, text, common)
			      : short_is_wrong(table, text, common);
}

/* argp stops behind a wrong argument, or before one in which more letters follow. */
static void name_culprit(struct argp_state *state, struct common_options *common)
{
	const struct argp_option *table = state->root_argp->options;
	const int at = state->next;
	if (at >= 2 && argument_is_wrong(table, state->argv[at - 1], common))
		return;
	if (at < state->argc && argument_is_wrong(table, state->argv[at], common))
		return;
	option_failed(common, "wrong options: see --help");
}

static void add_index(struct common_options *common, const char *path)
{
	if (!common->indexes.count)
		common->db = path;
	common->indexes.items = common->index_room;
	common->indexes.items[common->indexes.count++] = str_from(path);
}

static error_t take_db(struct common_options *common, const char *value,
		       const struct argp_state *state)
{
	const char *glued = option_glued(state, value);
	if (!*value)
		return option_failed(common, "-d needs the path of an index");
	if (common->db && !common->several_indexes) {
		option_failed(common, "-d was given twice: only one index can be used at once");
		advise_words(glued ? glued : common->glued, common->err);
		return EINVAL;
	}
	if (common->indexes.count == INDEXES_MAX)
		return option_failed(common, "-d was given more than %d times", INDEXES_MAX);
	add_index(common, value);
	common->glued = glued ? glued : common->glued;
	return 0;
}

/* "-Vietnam" is more likely a word. argp stands before an argument in which more letters follow. */
static error_t take_version(struct common_options *common, const struct argp_state *state)
{
	const char *at = state->next < state->argc ? state->argv[state->next] : "";
	if (at[0] == '-' && at[1] == 'V' && at[2]) {
		option_failed(common, "-V stands alone");
		advise_words(at, common->err);
		return EINVAL;
	}
	common->wish = WISH_VERSION;
	return 0;
}

error_t common_option(int key, char *value, struct argp_state *state)
{
	struct common_options *common = state->input;
	switch (key) {
	case 'd':
		return take_db(common, value, state);
	case '?':
		common->wish = WISH_HELP;
		return 0;
	case 'V':
		return take_version(common, state);
	case ARGP_KEY_ERROR:
		if (common->status == STATUS_OK)
			name_culprit(state, common);
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

enum status common_parse(const struct argp *argp, int argc, char **argv,
			 struct common_options *common, struct error *err)
{
	common->err = err;
	const error_t failed = argp_parse(argp, argc, argv,
					  ARGP_NO_ERRS | ARGP_NO_HELP | ARGP_NO_EXIT, NULL, common);
	/* Help is given whatever else is wrong behind it. */
	if (common->wish != WISH_RUN)
		return STATUS_OK;
	if (failed && common->status == STATUS_OK)
		option_failed(common, "wrong options: see --help");
	if (!common->indexes.count)
		add_index(common, store_default_path());
	return common->status;
}

static void print_versions(void)
{
	printf("dateline %s\n", DATELINE_VERSION);
	printf("libxapian %s\n", store_xapian_version());
	printf("libstemmer %s\n", text_stemmer_version());
	printf("schema %d\n", SCHEMA_VERSION);
}

bool common_wish(const struct argp *argp, const struct common_options *common, const char *name)
{
	char program[64];
	snprintf(program, sizeof(program), "dateline %s", name);
	/* A note on long and short options would come behind each help, and tells people nothing. */
	setenv("ARGP_HELP_FMT", "no-dup-args-note", 0);
	if (common->wish == WISH_HELP)
		argp_help(argp, stdout, ARGP_HELP_SHORT_USAGE | ARGP_HELP_LONG | ARGP_HELP_DOC,
			  program);
	else if (common->wish == WISH_VERSION)
		print_versions();
	return common->wish != WISH_RUN;
}
