#include "entities_print.h"

#include "dateline/field.h"
#include "dateline/json.h"
#include "dateline/terminal.h"
#include "dateline/utf8.h"

#include <stdlib.h>

/* ---- the table ---- */

#define KIND_COLUMNS 9
#define NAME_COLUMNS_MIN 12
#define NAME_COLUMNS_MAX 40

static void pad(struct buffer *out, size_t used, size_t columns)
{
	if (used < columns)
		memset(buffer_extend(out, columns - used), ' ', columns - used);
}

/* Appends the text with blanks up to `columns`. */
static void add_cell(struct buffer *out, struct str text, size_t columns)
{
	const size_t before = out->len;
	terminal_add_harmless(out, text);
	const struct str shown = { out->data + before, out->len - before };
	pad(out, utf8_columns(shown), columns);
}

static size_t name_columns(const struct entities_view *view)
{
	size_t most = NAME_COLUMNS_MIN;
	for (size_t i = 0; i < view->chosen_count; i++) {
		const size_t columns = utf8_columns(view->list.entities[view->chosen[i]].name);
		if (columns > most && columns <= NAME_COLUMNS_MAX)
			most = columns;
	}
	return most;
}

static void add_variants(const struct str_list *variants, struct buffer *out)
{
	for (size_t i = 0; i < variants->count; i++) {
		buffer_add_text(out, i ? "; " : "  ");
		terminal_add_harmless(out, variants->items[i]);
	}
}

static void add_head(const struct article *article, struct buffer *out)
{
	char date[DATE_TEXT_SIZE];
	const size_t len = date_format(&article->published, date);
	if (article->title.len)
		terminal_add_harmless(out, article->title);
	else
		buffer_add_text(out, "(no title)");
	buffer_add_text(out, "\n");
	terminal_add_harmless(out, article->id);
	buffer_add_text(out, ", ");
	buffer_add_str(out, len ? (struct str){ date, len } : STR("undated"));
	buffer_add_char(out, '\n');
}

void entities_add_table(const struct entities_view *view, struct buffer *out)
{
	const struct entity_list *list = &view->list;
	const size_t columns = name_columns(view);
	uint32_t *mentions = entity_list_mentions(list);
	add_head(view->article, out);
	if (!view->chosen_count)
		buffer_add_text(out, "  no entities\n");
	for (size_t i = 0; i < view->chosen_count; i++) {
		const struct entity *entity = &list->entities[view->chosen[i]];
		buffer_add_text(out, "  ");
		add_cell(out, str_from(field_of_kind(entity->kind)->name), KIND_COLUMNS);
		add_cell(out, entity->name, columns);
		buffer_add_format(out, " %5u  %3u%%", mentions[view->chosen[i]], entity->confidence);
		add_variants(&entity->variants, out);
		buffer_add_char(out, '\n');
	}
	buffer_add_char(out, '\n');
	free(mentions);
}

/* ---- JSON ---- */

void entities_add_json(const struct entities_view *view, struct buffer *out)
{
	const struct article *article = view->article;
	char date[DATE_TEXT_SIZE];
	const struct str published = { date, date_format(&article->published, date) };
	buffer_add_text(out, "{\"id\":");
	json_add_string(out, article->id);
	json_add_text_or_null(out, "title", article->title);
	json_add_text_or_null(out, "published", published);
	if (view->text)
		json_add_text_or_null(out, "text", article->text);
	buffer_add_text(out, ",\"entities\":");
	entity_list_add_json(&view->list, view->chosen, view->chosen_count, out);
	buffer_add_text(out, "}\n");
}
