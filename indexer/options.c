#include "options.h"

#include <sys/sysinfo.h>

#define JOBS_MAX 256

enum {
	KEY_ENTITIES = 256,
	KEY_MEMORY,
	KEY_FORMAT,
	KEY_ERRORS,
	KEY_REBUILD,
	KEY_DELETE,
	KEY_PRUNE,
	KEY_REFRESH,
	KEY_FIXES,
};

static const struct argp_option option_table[] = {
	OPTION_DB,
	{ "jobs", 'j', "N", 0, "Workers side by side (default: one a processor)", 2 },
	{ "memory", KEY_MEMORY, "SIZE", 0,
	  "What the workers may hold of a new index, such as 512M or 2G (default: a quarter of the "
	  "machine's memory, at most 1G)",
	  2 },
	{ "entities", KEY_ENTITIES, "HOW", 0,
	  "auto (default): given by the publisher, else recognised; given: only those; off: none", 2 },
	{ "format", KEY_FORMAT, "F", 0, "text, markdown, json or jsonl (default: told by content)",
	  2 },
	{ "errors", KEY_ERRORS, "FILE", 0, "Write what failed to FILE too, as JSON Lines", 2 },
	{ "rebuild", KEY_REBUILD, NULL, 0, "Make the index anew, in the place of the old one", 2 },
	{ "delete", KEY_DELETE, "ID", 0, "Take the article with this id out (may be repeated)", 2 },
	{ "prune", KEY_PRUNE, NULL, 0, "Take the articles out whose file is gone", 2 },
	{ "refresh-entities", KEY_REFRESH, NULL, 0,
	  "Find the entities anew of articles whose entities an older model found", 2 },
	{ "entities-fix", KEY_FIXES, "FILE", 0,
	  "Remember a file of corrections that every search reads; none: forget it", 2 },
	{ "quiet", 'q', NULL, 0, "Print only what went wrong", 2 },
	{ "verbose", 'v', NULL, 0, "Print more, such as each file as it is read", 2 },
	OPTIONS_END,
};

static error_t set_jobs(struct options *options, const char *text)
{
	if (option_number(text, JOBS_MAX, &options->jobs) && options->jobs)
		return 0;
	return option_failed(&options->common, "--jobs takes a number from 1 to %d, not \"%s\"",
			     JOBS_MAX, text);
}

#define MEMORY_LEAST ((uint64_t)16 << 20)
#define MEMORY_DEFAULT_MAX ((uint64_t)1 << 30)

/* A number with K, M, G or T behind it, or none of them: bytes. */
static bool read_size(const char *text, uint64_t *size)
{
	static const char units[] = "KMGT";
	uint64_t value = 0;
	const char *at = text;
	for (; *at >= '0' && *at <= '9' && value < UINT32_MAX; at++)
		value = value * 10 + (uint64_t)(*at - '0');
	if (at == text)
		return false;
	const char *unit = *at ? strchr(units, *at & ~0x20) : NULL;
	const unsigned power = unit ? (unsigned)(unit - units) + 1 : 0;
	if (at[power > 0] || value > UINT64_MAX >> (10 * power))
		return false;
	*size = value << (10 * power);
	return true;
}

static error_t set_memory(struct options *options, const char *text)
{
	if (read_size(text, &options->memory) && options->memory >= MEMORY_LEAST)
		return 0;
	return option_failed(&options->common,
			     "--memory takes a size from 16M on, such as 512M or 2G, not \"%s\"",
			     text);
}

/* A quarter of the machine's. */
static uint64_t default_memory(void)
{
	struct sysinfo info;
	const uint64_t quarter = sysinfo(&info) == 0 ? (uint64_t)info.totalram * info.mem_unit / 4
						     : MEMORY_DEFAULT_MAX;
	if (quarter < MEMORY_LEAST)
		return MEMORY_LEAST;
	return quarter < MEMORY_DEFAULT_MAX ? quarter : MEMORY_DEFAULT_MAX;
}

static error_t set_mode(struct options *options, const char *text)
{
	static const struct {
		const char *name;
		enum entity_mode mode;
	} modes[] = {
		{ "auto", ENTITIES_AUTO },
		{ "given", ENTITIES_GIVEN },
		{ "off", ENTITIES_OFF },
	};
	for (size_t i = 0; i < sizeof(modes) / sizeof(modes[0]); i++) {
		if (strcmp(text, modes[i].name) == 0) {
			options->mode = modes[i].mode;
			return 0;
		}
	}
	return option_failed(&options->common, "--entities takes auto, given or off, not \"%s\"",
			     text);
}

static error_t set_format(struct options *options, const char *text)
{
	options->format = reader_find(str_from(text));
	if (options->format)
		return 0;
	return option_failed(&options->common,
			     "--format takes text, markdown, json or jsonl, not \"%s\"", text);
}

static error_t add_delete(struct options *options, char *id)
{
	if (!*id)
		return option_failed(&options->common, "--delete needs an id");
	memory_reserve(&options->deletes, &options->delete_capacity, options->delete_count,
		       sizeof(*options->deletes));
	options->deletes[options->delete_count++] = id;
	return 0;
}

static error_t check_whole(struct options *options)
{
	struct common_options *common = &options->common;
	if (common->wish != WISH_RUN)
		return 0;
	if (options->delete_count && (*options->paths || options->prune || options->rebuild ||
				      options->refresh || options->fixes))
		return option_failed(common,
				     "--delete goes alone, without paths and without other options "
				     "that change the index");
	if (options->rebuild && options->refresh)
		return option_failed(common, "--rebuild leaves nothing for --refresh-entities");
	if (options->rebuild && options->prune)
		return option_failed(common, "--rebuild leaves nothing to --prune");
	if (options->rebuild && !*options->paths)
		return option_failed(common, "--rebuild needs the paths of all that is to be in it");
	if (!*options->paths && !options->delete_count && !options->prune && !options->refresh &&
	    !options->fixes)
		return option_failed(
			common, "nothing to index: name files, folders, or - for standard input");
	return 0;
}

static error_t parse_option(int key, char *arg, struct argp_state *state)
{
	struct options *options = state->input;
	switch (key) {
	case 'j':
		return set_jobs(options, arg);
	case KEY_MEMORY:
		return set_memory(options, arg);
	case KEY_ENTITIES:
		return set_mode(options, arg);
	case KEY_FORMAT:
		return set_format(options, arg);
	case KEY_ERRORS:
		options->errors = arg;
		return 0;
	case KEY_REBUILD:
		options->rebuild = true;
		return 0;
	case KEY_DELETE:
		return add_delete(options, arg);
	case KEY_PRUNE:
		options->prune = true;
		return 0;
	case KEY_REFRESH:
		options->refresh = true;
		return 0;
	case KEY_FIXES:
		options->fixes = arg;
		return *arg ? 0 : option_failed(&options->common, "--entities-fix needs a file");
	case 'q':
		options->verbosity = REPORT_QUIET;
		return 0;
	case 'v':
		options->verbosity = REPORT_VERBOSE;
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

const struct argp index_argp = {
	.options = option_table,
	.parser = parse_option,
	.args_doc = "PATH...",
	.doc = "Reads news articles (files, folders, or - for standard input) into an index.",
};

enum status options_parse(int argc, char **argv, struct options *options, struct error *err)
{
	static char *none[] = { NULL };
	const int processors = get_nprocs();
	*options = (struct options){
		.jobs = processors < 1          ? 1
			: processors < JOBS_MAX ? (uint32_t)processors
						: JOBS_MAX,
		.memory = default_memory(),
		.verbosity = REPORT_NORMAL,
		.paths = none,
	};
	return common_parse(&index_argp, argc, argv, &options->common, err);
}
