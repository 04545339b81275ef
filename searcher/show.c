#include "commands.h"
#include "render/layout.h"

#include "dateline/entity_list.h"
#include "dateline/json.h"
#include "dateline/schema.h"
#include "dateline/utf8.h"
#include "dateline/terminal.h"

#include <stdlib.h>

#define NAME_COLUMNS 12 /* of the names of fields, before what they hold */

struct page {
	struct buffer *out;
	uint32_t columns;
	bool color;
	struct str index; /* which the article is from, when there are several; else empty */
};

static void add_name(struct page *page, const char *name)
{
	const size_t len = strlen(name);
	const size_t blanks = len < NAME_COLUMNS ? NAME_COLUMNS - len : 1;
	buffer_add_format(page->out, page->color ? "\033[1m%s\033[0m" : "%s", name);
	memset(buffer_extend(page->out, blanks), ' ', blanks);
}

static void add_field(struct page *page, const char *name, struct str text)
{
	if (!text.len)
		return;
	add_name(page, name);
	struct flow flow = flow_start(page->out, page->columns, NAME_COLUMNS, NAME_COLUMNS);
	flow_words(&flow, text, NULL, 0, NULL);
	buffer_add_char(page->out, '\n');
}

/* An id, path or URL is shown in one piece, so that it can be copied. */
static void add_whole(struct page *page, const char *name, struct str text)
{
	if (!text.len)
		return;
	add_name(page, name);
	terminal_add_harmless(page->out, text);
	buffer_add_char(page->out, '\n');
}

static void add_list(struct page *page, const char *name, const struct str_list *list)
{
	if (!list->count)
		return;
	add_name(page, name);
	struct flow flow = flow_start(page->out, page->columns, NAME_COLUMNS, NAME_COLUMNS);
	for (size_t i = 0; i < list->count; i++)
		flow_item(&flow, "; ", list->items[i], NULL, false);
	buffer_add_char(page->out, '\n');
}

static struct str published_text(const struct article *article, char text[DATE_TEXT_SIZE])
{
	return (struct str){ text, date_format(&article->published, text) };
}

static void add_fields(struct page *page, const struct article *article)
{
	char date[DATE_TEXT_SIZE];
	const struct str published = published_text(article, date);
	add_whole(page, "index", page->index);
	add_whole(page, "id", article->id);
	add_field(page, "source", article->source);
	add_field(page, "section", article->section);
	add_field(page, "published", published.len ? published : STR("undated"));
	add_list(page, "author", &article->authors);
	add_list(page, "topic", &article->topics);
	add_field(page, "language", article->language);
	add_field(page, "dateline", article->dateline);
	if (!str_equal(article->url, article->id))
		add_whole(page, "url", article->url);
	if (!str_equal(article->origin.path, article->id))
		add_whole(page, "file", article->origin.path);
}

/* ---- entities ---- */

/* Kinds that are found in a text; the others are among the fields. */
static const enum facet_kind text_kinds[] = { KIND_PERSON, KIND_ORG,     KIND_PLACE,    KIND_OTHER,
					      KIND_AGENCY, KIND_SPEAKER, KIND_DATELINE, KIND_WHEN };

#define TEXT_KINDS (sizeof(text_kinds) / sizeof(text_kinds[0]))

static struct entity_list list_of(const struct record *record)
{
	return (struct entity_list){
		.text = record->article.text,
		.entities = record->entities,
		.entity_count = record->entity_count,
		.mentions = record->mentions,
		.mention_count = record->mention_count,
	};
}

/* "China (3)": mentioned three times; without a number: only given beside the text; "(3, 85%)": not quite sure. */
static void entity_text(const struct entity *entity, uint32_t mentions, struct buffer *text)
{
	buffer_reset(text);
	buffer_add_str(text, entity->name);
	if (entity->confidence < 100 && mentions)
		buffer_add_format(text, " (%u, %u%%)", mentions, entity->confidence);
	else if (entity->confidence < 100)
		buffer_add_format(text, " (%u%%)", entity->confidence);
	else if (mentions)
		buffer_add_format(text, " (%u)", mentions);
}

static void add_entities_of_kind(struct page *page, const struct record *record,
				 enum facet_kind kind, const uint32_t *mentions)
{
	struct buffer text = { 0 };
	struct flow flow = { 0 };
	for (size_t i = 0; i < record->entity_count; i++) {
		if (record->entities[i].kind != kind)
			continue;
		if (!flow.out) {
			add_name(page, field_of_kind(kind)->name);
			flow = flow_start(page->out, page->columns, NAME_COLUMNS, NAME_COLUMNS);
		}
		entity_text(&record->entities[i], mentions[i], &text);
		flow_item(&flow, "; ", buffer_str(&text), NULL, false);
	}
	if (flow.out)
		buffer_add_char(page->out, '\n');
	buffer_release(&text);
}

static void add_entities(struct page *page, const struct record *record)
{
	const struct entity_list list = list_of(record);
	uint32_t *mentions = entity_list_mentions(&list);
	for (size_t i = 0; i < TEXT_KINDS; i++)
		/* A dateline that is given stands among the fields, in full. */
		if (text_kinds[i] != KIND_DATELINE || !record->article.dateline.len)
			add_entities_of_kind(page, record, text_kinds[i], mentions);
	free(mentions);
}

/* ---- text ---- */

static void add_text(struct page *page, struct str text, bool heading)
{
	const struct mark whole = { 0, (uint32_t)text.len };
	const struct style bold = { "\033[1m", "\033[0m", 0 };
	struct flow flow = flow_start(page->out, page->columns, 0, 0);
	flow_words(&flow, text, &whole, heading && page->color, &bold);
	buffer_add_char(page->out, '\n');
}

static void print_text(struct page *page, const struct record *record)
{
	const struct article *article = &record->article;
	if (article->title.len) {
		add_text(page, article->title, true);
		buffer_add_char(page->out, '\n');
	}
	add_fields(page, article);
	add_entities(page, record);
	for (size_t i = 0; i < article->paragraph_count; i++) {
		const struct paragraph *paragraph = &article->paragraphs[i];
		const struct str text = { article->text.data + paragraph->start,
					  paragraph->end - paragraph->start };
		if (paragraph->kind == PARAGRAPH_TITLE)
			continue;
		buffer_add_char(page->out, '\n');
		add_text(page, text, paragraph->kind == PARAGRAPH_HEADING);
	}
}

/* ---- JSON ---- */

static void add_array(struct buffer *out, const char *name, const struct str_list *list)
{
	buffer_add_format(out, ",\"%s\":[", name);
	for (size_t i = 0; i < list->count; i++) {
		buffer_add_text(out, i ? "," : "");
		json_add_string(out, list->items[i]);
	}
	buffer_add_char(out, ']');
}

static void add_entity_array(struct buffer *out, const struct record *record)
{
	const struct entity_list list = list_of(record);
	uint32_t *chosen = memory_alloc(record->entity_count * sizeof(*chosen));
	bool kinds[KIND_COUNT] = { [KIND_AUTHOR] = true };
	for (size_t i = 0; i < TEXT_KINDS; i++)
		kinds[text_kinds[i]] = true;
	const size_t count = entity_list_choose(&list, kinds, 0, chosen);
	buffer_add_text(out, ",\"entities\":");
	entity_list_add_json(&list, chosen, count, out);
	free(chosen);
}

static void print_json(const struct record *record, struct str index, struct buffer *out)
{
	const struct article *article = &record->article;
	char date[DATE_TEXT_SIZE];
	buffer_add_text(out, "{\"type\":\"article\"");
	if (index.len)
		json_add_text_or_null(out, "index", index);
	json_add_text_or_null(out, "id", article->id);
	json_add_text_or_null(out, "title", article->title);
	json_add_text_or_null(out, "source", article->source);
	json_add_text_or_null(out, "section", article->section);
	json_add_text_or_null(out, "published", published_text(article, date));
	add_array(out, "authors", &article->authors);
	add_array(out, "topics", &article->topics);
	json_add_text_or_null(out, "language", article->language);
	json_add_text_or_null(out, "url", article->url);
	json_add_text_or_null(out, "file", article->origin.path);
	add_entity_array(out, record);
	json_add_text_or_null(out, "text", article->text);
	buffer_add_text(out, "}\n");
}

/* ---- the command ---- */

/* *document is 0 when no article has the id. */
static enum status find_document(struct store *store, struct str id, uint32_t *document,
				 struct error *err)
{
	struct buffer term = { 0 };
	schema_value_term(field_find(STR("id")), id, &term);
	const enum status status = store_first(store, buffer_str(&term), document, err);
	buffer_release(&term);
	return status;
}

/* As typed; and when there is no such id, as `search` writes one that has line ends or other controls. */
static enum status find_id(struct store *store, struct str id, uint32_t *document, struct error *err)
{
	struct buffer meant = { 0 };
	enum status status = find_document(store, id, document, err);
	if (status == STATUS_OK && !*document && id_unescape(id, &meant))
		status = find_document(store, buffer_str(&meant), document, err);
	buffer_release(&meant);
	if (status == STATUS_OK && !*document)
		status = error_set(err, STATUS_NOT_FOUND, "no article with the id %.*s", STR_ARG(id));
	return status;
}

static enum status find_article(struct store *store, struct str id, struct arena *arena,
				struct record *record, struct error *err)
{
	struct buffer bytes = { 0 };
	uint32_t document = 0;
	enum status status = find_id(store, id, &document, err);
	if (status == STATUS_OK)
		status = store_record(store, document, &bytes, err);
	if (status == STATUS_OK)
		status = record_decode(buffer_str(&bytes), RECORD_ALL, arena, record, err);
	buffer_release(&bytes);
	return status;
}

/* A writer may overtake the one short look; once more is then enough. */
static enum status read_article(const char *db, struct str id, struct arena *arena,
				struct record *record, struct error *err)
{
	enum status status = STATUS_RETRY;
	for (int attempt = 0; attempt < 5 && status == STATUS_RETRY; attempt++) {
		struct store *store;
		status = store_open(db, &store, err);
		if (status == STATUS_OK)
			status = find_article(store, id, arena, record, err);
		store_close(store);
	}
	return status;
}

/* Between two articles of one id. */
#define PARTED "\n* * *\n\n"

/* Appends the article of this id, if the index has one; else STATUS_NOT_FOUND. */
static enum status print_article(const struct other_options *options, size_t number, struct str id,
				 struct arena *arena, struct buffer *out, struct error *err)
{
	const struct str_list *indexes = &options->common.indexes;
	struct page page = { out, screen_columns(), screen_has_color(), { "", 0 } };
	struct record record;
	const enum status status = read_article(indexes->items[number].data, id, arena, &record, err);
	if (status != STATUS_OK)
		return status;
	if (indexes->count > 1)
		page.index = utf8_clean_copy(indexes->items[number], arena, NULL);
	if (options->json) {
		print_json(&record, page.index, out);
		return STATUS_OK;
	}
	if (out->len)
		buffer_add_text(out, PARTED);
	print_text(&page, &record);
	return STATUS_OK;
}

/* One index that cannot be read fails all: what it has may be what was meant. */
static enum status print_articles(const struct other_options *options, struct str id,
				  struct arena *arena, struct buffer *out, struct error *err)
{
	enum status status = STATUS_OK;
	for (size_t i = 0; i < options->common.indexes.count; i++) {
		status = print_article(options, i, id, arena, out, err);
		if (status != STATUS_OK && status != STATUS_NOT_FOUND)
			return status;
	}
	return out->len ? STATUS_OK : status;
}

int command_show(int argc, char **argv)
{
	struct other_options options;
	struct arena arena = { 0 };
	struct buffer id = { 0 }, out = { 0 };
	struct error err;
	int code;
	if (!other_options_parse(&show_argp, "show", argc, argv, &options, &code))
		return code;
	utf8_clean(str_from(options.id), &id);
	enum status status = print_articles(&options, buffer_str(&id), &arena, &out, &err);
	if (status == STATUS_OK)
		status = render_out(buffer_str(&out), screen_is_there() && !options.json, &err);
	if (status != STATUS_OK)
		code = fail_as(options.json, &err);
	if (status == STATUS_NOT_FOUND)
		code = EXIT_NONE;
	arena_release(&arena);
	buffer_release(&id);
	buffer_release(&out);
	return code;
}
