#include "commands.h"
#include "render/layout.h"

#include "dateline/schema.h"
#include "dateline/utf8.h"
#include "dateline/terminal.h"

#include <dirent.h>
#include <stdlib.h>
#include <sys/stat.h>

#define LABEL_COLUMNS 12

/* How many of a field's values are named, the biggest ones. */
#define VALUES_MAX 5

/* A name that is counted. */
struct name {
	const struct field *field;
	struct str name, names; /* canonical; canonical and others, counted strings */
	uint32_t articles;
};

struct name_list {
	struct name *items;
	size_t count, capacity;
};

/* ---- names ---- */

/* The name that a metadata value begins with, and how many articles have it. */
static enum status read_name(struct store *store, const struct field *field, struct str key,
			     struct arena *arena, struct name *name, struct error *err)
{
	struct buffer value = { 0 }, term = { 0 };
	enum status status = store_metadata(store, key, &value, err);
	if (status == STATUS_OK) {
		name->field = field;
		name->names = arena_copy(arena, buffer_str(&value));
		const char *at = name->names.data;
		if (!counted_read(&at, at + name->names.len, &name->name))
			status = error_set(err, STATUS_CORRUPT,
					   "a %s in the index has no name: rebuild it", field->name);
	}
	if (status == STATUS_OK) {
		schema_value_term(field, name->name, &term);
		status = store_frequency(store, buffer_str(&term), &name->articles, err);
	}
	buffer_release(&value);
	buffer_release(&term);
	return status;
}

/* All names of a field that some article has. */
static enum status list_names(struct store *store, const struct field *field, struct arena *arena,
			      struct name_list *list, struct error *err)
{
	const char prefix[] = { schema_kind_letter(field->kind) };
	struct buffer start = { 0 };
	buffer_add_text(&start, META_ENTITY);
	buffer_add(&start, prefix, 1);
	struct term_entry *keys;
	size_t count;
	enum status status =
		store_metadata_keys(store, buffer_str(&start), SIZE_MAX, arena, &keys, &count, err);
	for (size_t i = 0; status == STATUS_OK && i < count; i++) {
		struct name name;
		status = read_name(store, field, keys[i].term, arena, &name, err);
		if (status != STATUS_OK || !name.articles)
			continue;
		memory_reserve(&list->items, &list->capacity, list->count, sizeof(*list->items));
		list->items[list->count++] = name;
	}
	buffer_release(&start);
	return status;
}

static int by_name(const void *a, const void *b)
{
	const struct name *one = a, *two = b;
	return str_compare(one->name, two->name);
}

static int by_articles(const void *a, const void *b)
{
	const struct name *one = a, *two = b;
	if (one->articles != two->articles)
		return one->articles < two->articles ? 1 : -1;
	return by_name(a, b);
}

static void sort_names(struct name_list *list, int (*compare)(const void *, const void *))
{
	if (list->count)
		qsort(list->items, list->count, sizeof(*list->items), compare);
}

/* ---- stats --entities ---- */

/* kind, name, articles, then the other names that count for it; a name has no tabs of its own. */
static void add_name_line(const struct name *name, struct buffer *out)
{
	const char *at = name->names.data, *end = at + name->names.len;
	struct str text;
	buffer_add_text(out, name->field->name);
	for (unsigned column = 0; at < end && counted_read(&at, end, &text); column++) {
		buffer_add_char(out, '\t');
		terminal_add_harmless(out, text);
		if (column == 0)
			buffer_add_format(out, "\t%u", name->articles);
	}
	buffer_add_char(out, '\n');
}

static enum status add_entities(struct store *store, struct buffer *out, struct error *err)
{
	struct arena arena = { 0 };
	struct name_list list = { 0 };
	enum status status = STATUS_OK;
	for (const struct field *field = field_table; field->name && status == STATUS_OK; field++) {
		if (field->kind == KIND_NONE)
			continue;
		list.count = 0;
		arena_reset(&arena);
		status = list_names(store, field, &arena, &list, err);
		sort_names(&list, by_name);
		for (size_t i = 0; i < list.count; i++)
			add_name_line(&list.items[i], out);
	}
	free(list.items);
	arena_release(&arena);
	return status;
}

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

static void add_biggest(const struct name_list *list, uint32_t columns, struct buffer *out)
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

/* How many values the field has, and of fields with few the biggest of them. */
static enum status add_values(struct store *store, const struct field *field, struct buffer *out,
			      struct error *err)
{
	struct arena arena = { 0 };
	struct name_list list = { 0 };
	const enum status status = list_names(store, field, &arena, &list, err);
	if (status == STATUS_OK) {
		sort_names(&list, by_articles);
		add_label(out, field->name);
		add_biggest(&list, screen_columns(), out);
	}
	free(list.items);
	arena_release(&arena);
	return status;
}

static enum status add_versions(struct store *store, struct buffer *out, struct error *err)
{
	static const struct {
		const char *label, *key;
	} versions[] = {
		{ "schema", META_SCHEMA },
		{ "analyser", META_ANALYSER },
		{ "entities", META_ENTITIES },
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

static enum status add_summary(struct store *store, const char *db, struct arena *arena,
			       struct buffer *out, struct error *err)
{
	add_number(out, "articles", store_count(store));
	enum status status = add_dates(store, arena, out, err);
	for (const struct field *field = field_table; field->name && status == STATUS_OK; field++)
		if (field->kind != KIND_NONE)
			status = add_values(store, field, out, err);
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

static enum status gather(const struct other_options *options, struct buffer *out, struct error *err)
{
	enum status status = STATUS_RETRY;
	for (int attempt = 0; attempt < 5 && status == STATUS_RETRY; attempt++) {
		struct store *store;
		struct arena arena = { 0 };
		buffer_reset(out);
		status = store_open(options->common.db, &store, err);
		if (status == STATUS_OK && options->entities)
			status = add_entities(store, out, err);
		else if (status == STATUS_OK)
			status = add_summary(store, options->common.db, &arena, out, err);
		store_close(store);
		arena_release(&arena);
	}
	return status;
}

int command_stats(int argc, char **argv)
{
	struct other_options options;
	struct buffer out = { 0 };
	struct error err;
	int code;
	if (!other_options_parse(&stats_argp, "stats", argc, argv, &options, &code))
		return code;
	enum status status = gather(&options, &out, &err);
	if (status == STATUS_OK)
		status = render_out(buffer_str(&out), screen_is_there(), &err);
	if (status != STATUS_OK)
		code = say_error(&err);
	buffer_release(&out);
	return code;
}
