#include "stats_names.h"

#include "render/layout.h"

#include "dateline/entity.h"
#include "dateline/terminal.h"

#include <dirent.h>
#include <stdlib.h>
#include <sys/stat.h>

#define LABEL_COLUMNS 12

/* How many of a field's values are named, the biggest ones. */
#define VALUES_MAX 5

/* Corrections without effect that are named. */
#define IDLE_MAX 20

/* ---- stats ---- */

static void add_label(struct buffer *out, const char *label)
{
	buffer_add_format(out, "%-*s", LABEL_COLUMNS, label);
}

static void add_number(struct buffer *out, const char *label, uint64_t number)
{
	add_label(out, label);
	add_grouped(out, number);
	buffer_add_char(out, '\n');
}

/* "D19870226" as 1987-02-26, "D198702XX" as 1987-02. */
static void add_day(struct str term, struct buffer *out)
{
	if (term.len != 9)
		return;
	buffer_add(out, term.data + 1, 4);
	for (size_t at = 5; at < 9 && term.data[at] != 'X'; at += 2) {
		buffer_add_char(out, '-');
		buffer_add(out, term.data + at, 2);
	}
}

static enum status add_dates(struct store *store, struct arena *arena, struct buffer *out,
			     struct error *err)
{
	struct term_entry *days;
	size_t count;
	uint32_t undated;
	enum status status = store_terms(store, STR("D"), SIZE_MAX, arena, &days, &count, err);
	if (status == STATUS_OK)
		status = store_frequency(store, STR("Yundated"), &undated, err);
	if (status != STATUS_OK || (!count && !undated))
		return status;
	add_label(out, "published");
	if (count) {
		add_day(days[0].term, out);
		buffer_add_text(out, " to ");
		add_day(days[count - 1].term, out);
	}
	if (undated) {
		buffer_add_text(out, count ? ", and " : "");
		add_grouped(out, undated);
		buffer_add_text(out, " undated");
	}
	buffer_add_char(out, '\n');
	return STATUS_OK;
}

static void add_biggest(const struct value_list *list, uint32_t columns, struct buffer *out)
{
	struct buffer item = { 0 };
	struct flow flow = flow_start(out, columns, LABEL_COLUMNS, LABEL_COLUMNS);
	add_grouped(&item, list->count);
	buffer_add_text(&item, list->count ? ":" : "");
	flow_item(&flow, "", buffer_str(&item), NULL, false);
	for (size_t i = 0; i < list->count && i < VALUES_MAX; i++) {
		buffer_reset(&item);
		buffer_add_str(&item, list->items[i].name);
		buffer_add_text(&item, " (");
		add_grouped(&item, list->items[i].articles);
		buffer_add_char(&item, ')');
		flow_item(&flow, i ? ", " : " ", buffer_str(&item), NULL, false);
	}
	if (list->count > VALUES_MAX)
		flow_item(&flow, ", ", STR("..."), NULL, false);
	buffer_add_char(out, '\n');
	buffer_release(&item);
}

/* How many values the field has, and the biggest of them. */
static enum status add_values(struct store *store, struct names *names, const struct field *field,
			      struct buffer *out, struct error *err)
{
	struct arena arena = { 0 };
	struct value_list list = { 0 };
	const enum status status = list_values(store, names, field, &arena, &list, err);
	if (status == STATUS_OK) {
		sort_by_articles(&list);
		add_label(out, field->name);
		add_biggest(&list, screen_columns(), out);
	}
	free(list.items);
	arena_release(&arena);
	return status;
}

/* ---- what found the entities ---- */

/* What an index made now would carry; "" when there is no model to tell. */
static void own_maker(char maker[ENTITY_MAKER_SIZE])
{
	struct name_model *model;
	maker[0] = '\0';
	if (name_model_open(NULL, &model, NULL) != STATUS_OK)
		return;
	entity_maker(ENTITIES_AUTO, model, maker);
	name_model_close(model);
}

static bool is_maker(struct str maker, enum entity_mode mode)
{
	char name[ENTITY_MAKER_SIZE];
	entity_maker(mode, NULL, name);
	return str_equal(maker, str_from(name));
}

static void add_maker(struct str maker, uint32_t articles, struct buffer *out)
{
	if (is_maker(maker, ENTITIES_GIVEN)) {
		buffer_add_text(out, "given by publishers");
	} else if (is_maker(maker, ENTITIES_OFF)) {
		buffer_add_text(out, "none looked for");
	} else {
		buffer_add_text(out, "found by ");
		terminal_add_harmless(out, maker);
	}
	buffer_add_text(out, " (");
	add_grouped(out, articles);
	buffer_add_char(out, ')');
}

/* Those that another model found than this program has: they can be found again, and better. */
static bool is_stale(struct str maker, const char *own)
{
	return own[0] && !str_equal(maker, str_from(own)) && !is_maker(maker, ENTITIES_GIVEN) &&
	       !is_maker(maker, ENTITIES_OFF);
}

static enum status add_makers(struct store *store, struct arena *arena, struct buffer *out,
			      struct error *err)
{
	struct term_entry *terms;
	size_t count;
	const size_t prefix = sizeof(PREFIX_ENTITIES) - 1;
	char own[ENTITY_MAKER_SIZE];
	uint32_t stale = 0;
	const enum status status =
		store_terms(store, STR(PREFIX_ENTITIES), SIZE_MAX, arena, &terms, &count, err);
	if (status != STATUS_OK || !count)
		return status;
	own_maker(own);
	add_label(out, "entities");
	for (size_t i = 0; i < count; i++) {
		const struct str maker = { terms[i].term.data + prefix, terms[i].term.len - prefix };
		buffer_add_text(out, i ? ", " : "");
		add_maker(maker, terms[i].frequency, out);
		stale += is_stale(maker, own) ? terms[i].frequency : 0;
	}
	buffer_add_char(out, '\n');
	if (stale) {
		add_label(out, "stale");
		add_grouped(out, stale);
		buffer_add_format(out, " %s: dateline index --refresh-entities finds them anew\n",
				  stale == 1 ? "article has entities of another model"
					     : "articles have entities of another model");
	}
	return STATUS_OK;
}

static enum status add_versions(struct store *store, struct buffer *out, struct error *err)
{
	static const struct {
		const char *label, *key;
	} versions[] = {
		{ "schema", META_SCHEMA },
		{ "analyser", META_ANALYSER },
		{ "stemmer", META_STEMMER },
	};
	add_label(out, "made by");
	for (size_t i = 0; i < sizeof(versions) / sizeof(versions[0]); i++) {
		struct buffer value = { 0 };
		const enum status status =
			store_metadata(store, str_from(versions[i].key), &value, err);
		buffer_add_format(out, "%s%s ", i ? ", " : "", versions[i].label);
		terminal_add_harmless(out, value.len ? buffer_str(&value) : STR("unknown"));
		buffer_release(&value);
		if (status != STATUS_OK)
			return status;
	}
	buffer_add_char(out, '\n');
	return STATUS_OK;
}

static enum status add_batch(struct store *store, struct buffer *out, struct error *err)
{
	struct buffer value = { 0 };
	const enum status status = store_metadata(store, STR(META_BATCH), &value, err);
	if (status == STATUS_OK && value.len) {
		add_label(out, "commits");
		terminal_add_harmless(out, buffer_str(&value));
		buffer_add_char(out, '\n');
	}
	buffer_release(&value);
	return status;
}

static enum status add_size(const char *db, struct buffer *out, struct error *err)
{
	DIR *directory = opendir(db);
	if (!directory)
		return error_system(err, "read", db);
	uint64_t bytes = 0;
	for (const struct dirent *entry; (entry = readdir(directory));) {
		struct stat info;
		if (fstatat(dirfd(directory), entry->d_name, &info, 0) == 0 && S_ISREG(info.st_mode))
			bytes += (uint64_t)info.st_size;
	}
	closedir(directory);
	add_label(out, "on disk");
	if (bytes < 10 * 1000 * 1000)
		buffer_add_format(out, "%.1f MB\n", (double)bytes / 1e6);
	else
		buffer_add_format(out, "%.0f MB\n", (double)bytes / 1e6);
	return STATUS_OK;
}

static enum status add_words(struct store *store, struct buffer *out, struct error *err)
{
	uint64_t distinct, total;
	const enum status status = store_words(store, &distinct, &total, err);
	if (status != STATUS_OK)
		return status;
	add_label(out, "words");
	add_grouped(out, distinct);
	buffer_add_text(out, " different, ");
	add_grouped(out, total);
	buffer_add_text(out, " with repeats and stems\n");
	return STATUS_OK;
}

static enum status add_summary(struct store *store, struct names *names, const char *db,
			       struct arena *arena, struct buffer *out, struct error *err)
{
	add_number(out, "articles", store_count(store));
	enum status status = add_dates(store, arena, out, err);
	for (const struct field *field = field_table; field->name && status == STATUS_OK; field++)
		if (field->kind != KIND_NONE)
			status = add_values(store, names, field, out, err);
	if (status == STATUS_OK)
		status = add_makers(store, arena, out, err);
	if (status == STATUS_OK)
		status = add_words(store, out, err);
	if (status == STATUS_OK)
		status = add_size(db, out, err);
	if (status == STATUS_OK)
		status = add_batch(store, out, err);
	if (status == STATUS_OK)
		status = add_versions(store, out, err);
	return status;
}

/* ---- the command ---- */

/* What corrections have no effect, so that somebody who mistyped a name sees it. */
static void note_idle(const struct names *names, struct buffer *talk)
{
	const struct str_list hints = names_hints(names);
	const struct fix_list idle = names_idle_fixes(names);
	for (size_t i = 0; i < hints.count; i++)
		buffer_add_format(talk, "%.*s\n", STR_ARG(hints.items[i]));
	for (size_t i = 0; i < idle.count && i < IDLE_MAX; i++) {
		const struct fix *fix = idle.items[i];
		const struct str name = fix->other.len && fix->verb == FIX_MERGE ? fix->other
										 : fix->name;
		if (fix->verb == FIX_SPLIT)
			buffer_add_format(talk, "%s:%u: no article calls %.*s so: %.*s\n", fix->file,
					  fix->line, STR_ARG(fix->name), STR_ARG(fix->other));
		else
			buffer_add_format(talk, "%s:%u: nothing is called so by itself: %.*s\n",
					  fix->file, fix->line, STR_ARG(name));
	}
	if (idle.count > IDLE_MAX)
		buffer_add_format(talk, "and %zu more corrections that change nothing\n",
				  idle.count - IDLE_MAX);
}

static enum status gather_from(struct store *store, const struct other_options *options,
			       struct buffer *out, struct buffer *talk, struct error *err)
{
	struct arena arena = { 0 };
	struct names *names;
	const struct names_request request = { .files = options->fixes };
	enum status status = names_open(store, &request, &names, err);
	if (status == STATUS_OK && options->entities)
		status = add_value_lines(store, names, options, out, err);
	else if (status == STATUS_OK)
		status = add_summary(store, names, options->common.db, &arena, out, err);
	if (status == STATUS_OK)
		note_idle(names, talk);
	names_close(names);
	arena_release(&arena);
	return status;
}

static enum status gather(const struct other_options *options, struct buffer *out,
			  struct buffer *talk, struct error *err)
{
	enum status status = STATUS_RETRY;
	for (int attempt = 0; attempt < 5 && status == STATUS_RETRY; attempt++) {
		struct store *store;
		buffer_reset(out);
		buffer_reset(talk);
		status = store_open(options->common.db, &store, err);
		if (status == STATUS_OK)
			status = gather_from(store, options, out, talk, err);
		store_close(store);
	}
	return status;
}

static void say_lines(const struct buffer *talk)
{
	const char *at = talk->data, *end = at + talk->len;
	while (at < end) {
		const char *stop = memchr(at, '\n', (size_t)(end - at));
		say("%.*s", (int)(stop - at), at);
		at = stop + 1;
	}
}

int command_stats(int argc, char **argv)
{
	struct other_options options;
	struct buffer out = { 0 }, talk = { 0 };
	struct error err;
	int code;
	if (!other_options_parse(&stats_argp, "stats", argc, argv, &options, &code)) {
		free(options.fixes.items);
		return code;
	}
	enum status status = gather(&options, &out, &talk, &err);
	if (status == STATUS_OK) {
		status = render_out(buffer_str(&out), screen_is_there(), &err);
		say_lines(&talk);
	}
	if (status != STATUS_OK)
		code = say_error(&err);
	free(options.fixes.items);
	buffer_release(&out);
	buffer_release(&talk);
	return code;
}
