#include "commands.h"

#include "dateline/utf8.h"

#define HITS_BY_DEFAULT 10

static const struct argp_option option_table[] = {
	OPTION_DB,
	{ "all", KEY_ALL, NULL, 0, "Every article matches", 2 },
	{ "match", KEY_MATCH, "MODE", 0,
	  "all words, any of them, or auto (the default): all, and when no article has them, most",
	  2 },
	{ "expand", KEY_EXPAND, "WHEN", 0,
	  "Rank by words of the best hits too: auto (with --match=any), always or never", 2 },
	{ "batch", KEY_BATCH, "FILE", 0,
	  "Answer each line of this file, ID TAB QUERY, as JSON Lines or --format=trec; -: standard input",
	  2 },
	{ "similar", KEY_SIMILAR, "ID", 0, "Instead of words: articles that are like this one", 2 },
	{ "recency", KEY_RECENCY, "AGE", 0,
	  "Rank by age too: an article that is so much older weighs half, as 30d, 6w, 3m or 1y", 8 },
	{ "complete", KEY_COMPLETE, "PREFIX", 0,
	  "Print what this last word of a query may become, each with its number of articles", 2 },
	{ "filter", KEY_FILTER, "FIELD=VALUE", 0,
	  "Only articles that have this value; FIELD!=VALUE: that do not have it", 3 },
	{ "facet", KEY_FACET, "FIELD[:N]", 0,
	  "Count this field's values and list the N biggest; published:year, :month, :day or :tree; "
	  "person@s:place=China: in one sentence with it",
	  4 },
	{ "facet-match", KEY_FACET_MATCH, "FIELD=TEXT", 0,
	  "List only values of this field with a word that begins so (may be repeated)", 4 },
	{ "facet-sort", KEY_FACET_SORT, "ORDER", 0,
	  "List values by count, name or significance; FIELD=ORDER: those of one field", 4 },
	{ "facet-trend", KEY_FACET_TREND, NULL, 0,
	  "Print when each value listed is first and last seen, and how often in between", 4 },
	{ "no-facets", KEY_NO_FACETS, NULL, 0, "Count no values", 5 },
	{ NULL, 'n', "N", 0, "Hits to print, 10 by default; 0: only counts", 6 },
	{ "offset", KEY_OFFSET, "N", 0, "Leave out the first N hits", 7 },
	{ "sort", KEY_SORT, "KEY", 0, "relevance, date (oldest first) or -date (newest first)", 8 },
	{ "format", KEY_FORMAT, "F", 0, "text, json, html, csv or ids; with --batch json or trec", 9 },
	{ "json", KEY_JSON, NULL, 0, "The same as --format=json", 10 },
	{ "explain", KEY_EXPLAIN, NULL, 0,
	  "Print how the query was understood, and why a hit is one", 11 },
	{ "why", KEY_WHY, "ENTITY", 0,
	  "Print the sentences in which a hit mentions this entity (may be repeated)", 12 },
	{ "mark-entities", KEY_MARK_ENTITIES, NULL, 0,
	  "Mark the people, organisations, places and others that snippets mention", 12 },
	{ "min-confidence", KEY_MIN_CONFIDENCE, "N", 0,
	  "Count and filter by values only where they are sure to so many percent", 13 },
	{ "entities-fix", KEY_FIXES, "FILE", 0,
	  "Correct names as this file says: merge, split, rename, hide, retype (may be repeated)",
	  14 },
	{ "timeout", KEY_TIMEOUT, "MS", 0,
	  "Give up after so many milliseconds; by default it takes as long as it takes", 15 },
	{ "synonyms", KEY_SYNONYMS, "FILE", 0,
	  "Look for what stands for the words too, as this file says: \"car, automobile\"", 14 },
	{ "check", KEY_CHECK, NULL, 0, "Count every number shown once more, another way", 15 },
	{ "color", KEY_COLOR, "WHEN", 0, "auto, always or never", 16 },
	{ "no-pager", KEY_NO_PAGER, NULL, 0, "Never start a pager", 17 },
	OPTIONS_END,
};

static const char *const sort_names[] = { "auto", "relevance", "-date", "date", NULL };
static const char *const match_names[] = { "all", "any", "auto", NULL };
static const char *const expand_names[] = { "never", "auto", "always", NULL };
static const char *const color_names[] = { "auto", "always", "never", NULL };

static struct str made_valid(struct search_options *options, const char *text)
{
	return utf8_clean_copy(str_from(text), options->arena, NULL);
}

static error_t take_number(struct search_options *options, const char *name, const char *value,
			   uint32_t *number)
{
	if (option_number(value, STORE_WINDOW_MAX, number))
		return 0;
	return option_failed(&options->common, "%s takes a number from 0 to %d, not \"%s\"", name,
			     STORE_WINDOW_MAX, value);
}

static error_t take_max(struct search_options *options, const char *value,
			const struct argp_state *state)
{
	const error_t failed = take_number(options, "-n", value, &options->request.max);
	if (failed)
		advise_words(option_glued(state, value), options->common.err);
	return failed;
}

static error_t take_word(struct search_options *options, const char *name, const char *value,
			 const char *const *words, const char *allowed, int *number)
{
	if (option_word(words, value, number))
		return 0;
	return option_failed(&options->common, "%s takes %s, not \"%s\"", name, allowed, value);
}

static error_t take_sort(struct search_options *options, const char *value)
{
	/* "auto" is what it is without the option. */
	int sort = SORT_AUTO;
	const error_t failed = take_word(options, "--sort", value, sort_names + 1,
					 "relevance, date or -date", &sort);
	options->request.sort = (enum sort_order)(sort + 1);
	return failed;
}

static error_t take_color(struct search_options *options, const char *value)
{
	int color = COLOR_AUTO;
	const error_t failed =
		take_word(options, "--color", value, color_names, "auto, always or never", &color);
	options->color = color;
	return failed;
}

static error_t take_match(struct search_options *options, const char *value)
{
	int match = MATCH_AUTO;
	const error_t failed =
		take_word(options, "--match", value, match_names, "all, any or auto", &match);
	options->request.match = (enum match_mode)match;
	return failed;
}

static error_t take_expand(struct search_options *options, const char *value)
{
	int expand = EXPAND_AUTO;
	const error_t failed = take_word(options, "--expand", value, expand_names,
					 "auto, always or never", &expand);
	options->request.expand = (enum expansion)expand;
	return failed;
}

static error_t take_format(struct search_options *options, const char *value)
{
	options->named_format = true;
	options->trec = strcmp(value, "trec") == 0;
	if (options->trec)
		return 0;
	const struct printer *printer = printer_find(str_from(value));
	if (!printer)
		return option_failed(&options->common,
				     "--format takes text, json, html, csv, ids or trec, not \"%s\"",
				     value);
	options->printer = printer;
	return 0;
}

static void take_filter(struct search_options *options, const char *value)
{
	struct str_list *filters = &options->request.filters;
	filters->items[filters->count++] = made_valid(options, value);
}

static void take_why(struct search_options *options, const char *value)
{
	struct str_list *why = &options->request.why;
	why->items[why->count++] = made_valid(options, value);
}

static error_t take_confidence(struct search_options *options, const char *value)
{
	if (option_number(value, 100, &options->request.min_confidence))
		return 0;
	return option_failed(&options->common,
			     "--min-confidence takes a percentage from 0 to 100, not \"%s\"", value);
}

/* A day is as long as anybody waits. */
#define TIMEOUT_MAX_MS ((uint32_t)24 * 60 * 60 * 1000)

static error_t take_timeout(struct search_options *options, const char *value)
{
	uint32_t *timeout = &options->request.timeout_ms;
	if (option_number(value, TIMEOUT_MAX_MS, timeout) && *timeout)
		return 0;
	return option_failed(&options->common,
			     "--timeout takes milliseconds from 1 to %u, not \"%s\"",
			     TIMEOUT_MAX_MS, value);
}

/* Days, weeks, months or years. */
static error_t take_recency(struct search_options *options, const char *value)
{
	static const struct {
		char letter;
		uint32_t days;
	} units[] = { { 'd', 1 }, { 'w', 7 }, { 'm', 30 }, { 'y', 365 } };
	char digits[8];
	uint32_t number;
	const size_t len = strspn(value, "0123456789");
	if (len && len < sizeof(digits) && value[len] && !value[len + 1]) {
		memcpy(digits, value, len);
		digits[len] = '\0';
		for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++)
			if (units[i].letter == value[len] &&
			    option_number(digits, 100000, &number) && number) {
				options->request.recency_days = number * units[i].days;
				return 0;
			}
	}
	return option_failed(&options->common,
			     "--recency takes an age as 30d, 6w, 3m or 1y, not \"%s\"", value);
}

static error_t parse_option(int key, char *value, struct argp_state *state)
{
	struct search_options *options = state->input;
	struct request *request = &options->request;
	switch (key) {
	case KEY_ALL:
		request->all = true;
		return 0;
	case KEY_MATCH:
		return take_match(options, value);
	case KEY_EXPAND:
		return take_expand(options, value);
	case KEY_BATCH:
		options->batch = value;
		return 0;
	case KEY_COMPLETE:
		options->complete = value;
		return 0;
	case KEY_FILTER:
		take_filter(options, value);
		return 0;
	case KEY_FACET:
		return facet_option(options, value);
	case KEY_FACET_MATCH:
		return facet_match_option(options, value);
	case KEY_FACET_SORT:
		return facet_sort_option(options, value);
	case KEY_FACET_TREND:
		options->facet_trend = true;
		return 0;
	case KEY_NO_FACETS:
		options->no_facets = true;
		return 0;
	case 'n':
		return take_max(options, value, state);
	case KEY_OFFSET:
		return take_number(options, "--offset", value, &request->first);
	case KEY_SORT:
		return take_sort(options, value);
	case KEY_FORMAT:
		return take_format(options, value);
	case KEY_JSON:
		return take_format(options, "json");
	case KEY_EXPLAIN:
		request->explain = true;
		return 0;
	case KEY_TIMEOUT:
		return take_timeout(options, value);
	case KEY_RECENCY:
		return take_recency(options, value);
	case KEY_SIMILAR:
		request->similar = made_valid(options, value);
		return 0;
	case KEY_CHECK:
		request->recount = true;
		return 0;
	case KEY_MARK_ENTITIES:
		request->entities = true;
		return 0;
	case KEY_WHY:
		take_why(options, value);
		return 0;
	case KEY_MIN_CONFIDENCE:
		return take_confidence(options, value);
	case KEY_FIXES:
		request->fixes.items[request->fixes.count++] = str_from(value);
		return 0;
	case KEY_SYNONYMS:
		request->synonyms = value;
		return 0;
	case KEY_COLOR:
		return take_color(options, value);
	case KEY_NO_PAGER:
		options->no_pager = true;
		return 0;
	case ARGP_KEY_ARG:
		options->words.items[options->words.count++] = str_from(value);
		return 0;
	default:
		return common_option(key, value, state);
	}
}

const struct argp search_argp = {
	.options = option_table,
	.parser = parse_option,
	.args_doc = "[WORD...]",
	.doc = "Finds articles, and counts what they are about.\v"
	       "A word matches in all its forms; \"quoted words\" exactly; -word leaves out; OR and "
	       "( ) as usual; FIELD:word in that field. Exit code: 0 hits, 1 none, 2 an error. "
	       "dateline-search(1) and dateline-query(7) say more.",
};

static struct str join_words(const struct str_list *words, struct arena *arena)
{
	struct buffer joined = { 0 };
	for (size_t i = 0; i < words->count; i++) {
		if (i)
			buffer_add_char(&joined, ' ');
		buffer_add_str(&joined, words->items[i]);
	}
	const struct str copy = arena_copy(arena, buffer_str(&joined));
	buffer_release(&joined);
	return copy;
}

/* What a batch takes, and what only it takes. */
static enum status check_batch(struct search_options *options, struct error *err)
{
	const char *format = options->printer->name;
	if (!options->batch && options->trec)
		return error_set(err, STATUS_BAD_REQUEST, "--format=trec goes with --batch");
	if (!options->batch)
		return STATUS_OK;
	if (options->words.count || options->request.all || options->request.similar.len)
		return error_set(err, STATUS_BAD_REQUEST,
				 "--batch takes its queries from the file: leave out %s",
				 options->words.count   ? "the words"
				 : options->request.all ? "--all"
							: "--similar");
	if (!options->named_format)
		options->printer = printer_find(STR("json"));
	else if (!options->trec && strcmp(format, "json") != 0)
		return error_set(err, STATUS_BAD_REQUEST,
				 "--batch answers as json or trec, not as %s", format);
	/* In a batch, only what is asked for is counted. */
	options->no_facets |= options->trec ||
			      !(options->request.facet_count + options->facet_matches.count);
	options->request.brief = options->trec;
	return STATUS_OK;
}

/* What is not a search takes no words. */
static enum status check_complete(const struct search_options *options, struct error *err)
{
	const char *format = options->printer->name;
	if (!options->complete)
		return STATUS_OK;
	if (options->batch)
		return error_set(err, STATUS_BAD_REQUEST, "--complete does not go with --batch");
	if (options->words.count || options->request.all)
		return error_set(err, STATUS_BAD_REQUEST,
				 "--complete takes the word that is being typed: leave out %s",
				 options->words.count ? "the words" : "--all");
	if (options->trec || (strcmp(format, "text") != 0 && strcmp(format, "json") != 0))
		return error_set(err, STATUS_BAD_REQUEST,
				 "--complete answers as text or json, not as %s",
				 options->trec ? "trec" : format);
	return STATUS_OK;
}

static size_t count_fields(void)
{
	size_t count = 0;
	while (field_table[count].name)
		count++;
	return count;
}

enum status search_options_parse(int argc, char **argv, struct arena *arena,
				 struct search_options *options, struct error *err)
{
	const size_t room = 2 * (size_t)argc + count_fields();
	*options = (struct search_options){
		.common.several_indexes = true,
		.arena = arena,
		.printer = printer_find(STR("text")),
		.request.max = HITS_BY_DEFAULT,
		.request.match = MATCH_AUTO,
		.request.expand = EXPAND_AUTO,
	};
	options->words.items = arena_zero(arena, room, sizeof(struct str));
	options->request.filters.items = arena_zero(arena, room, sizeof(struct str));
	options->request.fixes.items = arena_zero(arena, room, sizeof(struct str));
	options->request.why.items = arena_zero(arena, room, sizeof(struct str));
	options->request.facets = arena_zero(arena, room, sizeof(struct facet_request));
	options->facet_matches.items = arena_zero(arena, room, sizeof(struct str));
	options->facet_sorts.items = arena_zero(arena, room, sizeof(struct str));
	enum status status = common_parse(&search_argp, argc, argv, &options->common, err);
	if (status == STATUS_OK && options->common.wish == WISH_RUN)
		status = check_complete(options, err);
	if (status == STATUS_OK && options->common.wish == WISH_RUN)
		status = check_batch(options, err);
	if (status != STATUS_OK)
		return status;
	options->request.words = join_words(&options->words, arena);
	options->request.variants = strcmp(options->printer->name, "json") == 0;
	return facet_options_finish(options, err);
}
