#include "fields.h"

#include "lines.h"
#include "names.h"
#include "plain.h"
#include "reader.h"

#include "dateline/utf8.h"

#include <ctype.h>
#include <stdio.h>

const struct given_name given_names[] = {
	{ "id", GIVEN_ID },
	{ "uid", GIVEN_ID },
	{ "guid", GIVEN_ID },
	{ "uuid", GIVEN_ID },
	{ "articleid", GIVEN_ID },
	{ "identifier", GIVEN_ID },
	{ "title", GIVEN_TITLE },
	{ "headline", GIVEN_TITLE },
	{ "body", GIVEN_BODY },
	{ "text", GIVEN_BODY },
	{ "content", GIVEN_BODY },
	{ "articlebody", GIVEN_BODY },
	{ "bodytext", GIVEN_BODY },
	{ "fulltext", GIVEN_BODY },
	{ "paragraphs", GIVEN_BODY },
	/* Of an article without its text, this is what there is to search. */
	{ "summary", GIVEN_BODY },
	{ "abstract", GIVEN_BODY },
	{ "description", GIVEN_BODY },
	{ "date", GIVEN_DATE },
	{ "published", GIVEN_DATE },
	{ "datepublished", GIVEN_DATE },
	{ "publisheddate", GIVEN_DATE },
	{ "publishedat", GIVEN_DATE },
	{ "publishedon", GIVEN_DATE },
	{ "publishdate", GIVEN_DATE },
	{ "publicationdate", GIVEN_DATE },
	{ "pubdate", GIVEN_DATE },
	{ "datetime", GIVEN_DATE },
	{ "timestamp", GIVEN_DATE },
	{ "author", GIVEN_AUTHORS },
	{ "authors", GIVEN_AUTHORS },
	{ "byline", GIVEN_AUTHORS },
	{ "creator", GIVEN_AUTHORS },
	{ "source", GIVEN_SOURCE },
	{ "sourcename", GIVEN_SOURCE },
	{ "outlet", GIVEN_SOURCE },
	{ "publisher", GIVEN_SOURCE },
	{ "publication", GIVEN_SOURCE },
	{ "section", GIVEN_SECTION },
	{ "sectionname", GIVEN_SECTION },
	{ "articlesection", GIVEN_SECTION },
	{ "category", GIVEN_SECTION },
	{ "topics", GIVEN_TOPICS },
	{ "topic", GIVEN_TOPICS },
	{ "tags", GIVEN_TOPICS },
	{ "keywords", GIVEN_TOPICS },
	{ "subjects", GIVEN_TOPICS },
	{ "categories", GIVEN_TOPICS },
	{ "url", GIVEN_URL },
	{ "link", GIVEN_URL },
	{ "permalink", GIVEN_URL },
	{ "canonicalurl", GIVEN_URL },
	{ "weburl", GIVEN_URL },
	{ "lang", GIVEN_LANGUAGE },
	{ "language", GIVEN_LANGUAGE },
	{ "inlanguage", GIVEN_LANGUAGE },
	{ "dateline", GIVEN_DATELINE },
	{ "people", GIVEN_PEOPLE },
	{ "persons", GIVEN_PEOPLE },
	{ "orgs", GIVEN_ORGS },
	{ "organizations", GIVEN_ORGS },
	{ "organisations", GIVEN_ORGS },
	{ "places", GIVEN_PLACES },
	{ "locations", GIVEN_PLACES },
	{ NULL, GIVEN_ID },
};

_Static_assert(sizeof(given_names) / sizeof(given_names[0]) <= GIVEN_NAMES_MAX, "too many names");

/* ---- collecting ---- */

/* The place of `key` in given_names; that of the NULL when it is none of ours. */
static size_t find_name(const char *key)
{
	char plain[24];
	size_t len = 0;
	for (; *key; key++) {
		if (*key == '_' || *key == '-')
			continue;
		if (len + 1 == sizeof(plain))
			break;
		plain[len++] = (char)(*key >= 'A' && *key <= 'Z' ? *key | 0x20 : *key);
	}
	plain[len] = '\0';
	size_t i = 0;
	while (given_names[i].name && (*key || given_names[i].name[0] != plain[0] ||
				       strcmp(given_names[i].name, plain) != 0))
		i++;
	return i;
}

void given_collect(const cJSON *object, struct given *given)
{
	*given = (struct given){ .fields = 0 };
	for (const cJSON *child = object->child; child; child = child->next) {
		const size_t i = child->string ? find_name(child->string) : 0;
		if (!child->string || !given_names[i].name)
			continue;
		given->values[i] = cJSON_IsNull(child) ? NULL : child;
		given->fields |= 1U << given_names[i].field;
	}
}

bool given_has(const struct given *given, enum given_field field)
{
	for (size_t i = 0; given_names[i].name; i++)
		if (given_names[i].field == field && given->values[i])
			return true;
	return false;
}

static bool is_blank(const cJSON *value)
{
	if (!cJSON_IsString(value))
		return false;
	const struct str text = str_from(value->valuestring);
	return white_length(text) == text.len;
}

/* The value of a field under the first of its names that says something; NULL for none. */
static const cJSON *value_of(const struct given *given, enum given_field field)
{
	if (!(given->fields & 1U << field))
		return NULL;
	for (size_t i = 0; given_names[i].name; i++)
		if (given_names[i].field == field && given->values[i] && !is_blank(given->values[i]))
			return given->values[i];
	return NULL;
}

/* ---- texts ---- */

/* Under which names an object has the text that it stands for. */
static const char *const text_names[] = { "name", "text", "rendered", "@value", "$oid", "$date" };

/* A value's text: a string, a number as written, or of an object its name. */
static bool text_of(const cJSON *value, char number[32], struct str *text)
{
	for (size_t i = 0; cJSON_IsObject(value) && i < sizeof(text_names) / sizeof(text_names[0]);
	     i++) {
		const cJSON *part = cJSON_GetObjectItemCaseSensitive(value, text_names[i]);
		if (cJSON_IsString(part) || cJSON_IsNumber(part))
			value = part;
	}
	if (cJSON_IsNumber(value)) {
		const int len = snprintf(number, 32, "%.15g", value->valuedouble);
		*text = (struct str){ number, (size_t)len };
		return true;
	}
	if (!cJSON_IsString(value))
		return false;
	*text = str_from(value->valuestring);
	return true;
}

static const char *type_name(const cJSON *value)
{
	return cJSON_IsObject(value)  ? "an object"
	       : cJSON_IsArray(value) ? "a list"
	       : cJSON_IsBool(value)  ? "true or false"
				      : "no text";
}

/* A list of one text is as good as the text. */
static const cJSON *alone_in_list(const cJSON *value)
{
	return cJSON_IsArray(value) && value->child && !value->child->next ? value->child : value;
}

static struct str line_of(const struct given *given, enum given_field field, struct arena *arena,
			  struct article *article)
{
	char number[32];
	struct str text;
	const cJSON *value = value_of(given, field);
	if (cJSON_IsArray(value))
		value = value->child;
	if (!value || !text_of(value, number, &text))
		return (struct str){ "", 0 };
	return name_clean(text, arena, &article->replaced);
}

/* ---- fields ---- */

/* A copy as it is, but for what cannot be in text; an address or an id has blanks only by mistake. */
static struct str copy_exact(struct str text, struct arena *arena, struct article *article)
{
	text = str_trim(text);
	if (utf8_is_clean(text))
		return arena_copy(arena, text);
	struct buffer clean = { 0 };
	article->replaced += (uint32_t)utf8_clean(text, &clean);
	const struct str copy = arena_copy(arena, str_trim(buffer_str(&clean)));
	buffer_release(&clean);
	return copy;
}

static enum status fill_id(const struct given *given, struct arena *arena, struct article *article,
			   struct error *err)
{
	char number[32];
	struct str text;
	const cJSON *value = value_of(given, GIVEN_ID);
	if (!value)
		return STATUS_OK;
	if (!text_of(value, number, &text))
		return error_set(err, STATUS_BAD_INPUT, "\"%.40s\" is %s; an id is text or a number",
				 value->string, type_name(value));
	if (text.len > ID_BYTES_MAX)
		return error_set(err, STATUS_BAD_INPUT, "\"%.40s\" has more than %zu bytes",
				 value->string, ID_BYTES_MAX);
	article->id = copy_exact(text, arena, article);
	return STATUS_OK;
}

static void fill_url(const struct given *given, struct arena *arena, struct article *article)
{
	char number[32];
	struct str text;
	const cJSON *value = alone_in_list(value_of(given, GIVEN_URL));
	/* A number is no address, and what is so long holds the thing itself ("data:"). */
	if (cJSON_IsString(value) && text_of(value, number, &text) && text.len <= ID_BYTES_MAX)
		article->url = copy_exact(text, arena, article);
}

/* Seconds with a fraction: "1707300000.25" counts as its whole part. */
static struct str whole_seconds(struct str text)
{
	size_t digits = 0;
	while (digits < text.len && isdigit((unsigned char)text.data[digits]))
		digits++;
	if (digits >= 9 && digits < text.len && text.data[digits] == '.')
		text.len = digits;
	return text;
}

static bool read_date(struct str text, struct date *date)
{
	text = str_trim(text);
	if (date_parse(whole_seconds(text), date))
		return true;
	const struct str behind = behind_date_label(text);
	return behind.len < text.len && date_parse(behind, date);
}

static bool says_nothing(const cJSON *value)
{
	return !value || is_blank(value) || cJSON_IsFalse(value) ||
	       (cJSON_IsArray(value) && !value->child);
}

/* The first date that can be read, under whatever name; if there is none, the first that cannot. */
static void fill_date(const struct given *given, struct arena *arena, struct article *article)
{
	char number[32];
	struct str text;
	uint32_t replaced = 0; /* it is only for people to see */
	for (size_t i = 0; given_names[i].name; i++) {
		const cJSON *value = alone_in_list(given->values[i]);
		if (given_names[i].field != GIVEN_DATE || says_nothing(value))
			continue;
		if (!text_of(value, number, &text))
			text = str_from(type_name(value));
		else if (read_date(text, &article->published)) {
			article->unread_date = STR("");
			return;
		}
		if (!article->unread_date.len)
			article->unread_date = name_clean(text, arena, &replaced);
	}
}

typedef void add_text(struct name_list *list, struct str text, struct arena *arena,
		      uint32_t *replaced);

static void add_topics(struct name_list *list, struct str text, struct arena *arena,
		       uint32_t *replaced)
{
	name_list_split(list, text, ",;\n", arena, replaced);
}

static void add_names(struct name_list *list, struct str text, struct arena *arena,
		      uint32_t *replaced)
{
	name_list_split(list, text, ";\n", arena, replaced);
}

/* Returns whether there is such a list: of texts or objects with names, or a text that `split` parts. */
static bool fill_list(const struct given *given, enum given_field field, add_text *split,
		      add_text *each, struct arena *arena, struct article *article,
		      struct str_list *filled)
{
	struct name_list list = { 0 };
	char number[32];
	struct str text;
	const cJSON *value = value_of(given, field);
	const bool is_list = cJSON_IsArray(value);
	for (const cJSON *item = is_list ? value->child : NULL; item; item = item->next)
		if (text_of(item, number, &text))
			each(&list, text, arena, &article->replaced);
	const bool is_text = !is_list && value && text_of(value, number, &text);
	if (is_text)
		(cJSON_IsObject(value) ? each : split)(&list, text, arena, &article->replaced);
	*filled = name_list_finish(&list);
	return is_list || is_text;
}

/* An article is in one section; of a list of them, the others become topics. */
static void fill_section(const struct given *given, struct arena *arena, struct article *article)
{
	struct str_list sections;
	if (!fill_list(given, GIVEN_SECTION, name_list_add, name_list_add, arena, article, &sections) ||
	    !sections.count)
		return;
	struct name_list topics = { article->topics.items, article->topics.count,
				    article->topics.count };
	article->section = sections.items[0];
	for (size_t i = 1; i < sections.count; i++)
		name_list_add(&topics, sections.items[i], arena, &article->replaced);
	article->topics = name_list_finish(&topics);
}

static void add_author(struct name_list *list, struct str text, struct arena *arena,
		       uint32_t *replaced)
{
	name_list_add(list, byline_names(text), arena, replaced);
}

enum status given_fill(const struct given *given, struct arena *arena, struct article *article,
		       struct error *err)
{
	const enum status status = fill_id(given, arena, article, err);
	if (status != STATUS_OK)
		return status;
	fill_url(given, arena, article);
	fill_date(given, arena, article);
	article->source = line_of(given, GIVEN_SOURCE, arena, article);
	article->language = line_of(given, GIVEN_LANGUAGE, arena, article);
	article->dateline = line_of(given, GIVEN_DATELINE, arena, article);
	fill_list(given, GIVEN_AUTHORS, name_list_add_byline, add_author, arena, article,
		  &article->authors);
	fill_list(given, GIVEN_TOPICS, add_topics, name_list_add, arena, article, &article->topics);
	fill_section(given, arena, article);
	article->gives_people = fill_list(given, GIVEN_PEOPLE, add_names, name_list_add, arena,
					  article, &article->people);
	article->gives_orgs = fill_list(given, GIVEN_ORGS, add_names, name_list_add, arena, article,
					&article->orgs);
	article->gives_places = fill_list(given, GIVEN_PLACES, add_names, name_list_add, arena,
					  article, &article->places);
	return STATUS_OK;
}

/* ---- title and body ---- */

typedef void add_part(struct text_builder *builder, struct str text);

static void add_title(struct text_builder *builder, struct str text)
{
	text_builder_add(builder, PARAGRAPH_TITLE, text);
}

static void add_clean(struct text_builder *builder, struct str text, struct article *article,
		      add_part *add)
{
	if (utf8_is_clean(text)) {
		add(builder, text);
		return;
	}
	struct buffer clean = { 0 };
	article->replaced += (uint32_t)utf8_clean(text, &clean);
	add(builder, buffer_str(&clean));
	buffer_release(&clean);
}

enum status given_add_title(const struct given *given, struct text_builder *builder,
			    struct article *article, struct error *err)
{
	char number[32];
	struct str text;
	const cJSON *value = alone_in_list(value_of(given, GIVEN_TITLE));
	if (!value)
		return STATUS_OK;
	if (!text_of(value, number, &text))
		return error_set(err, STATUS_BAD_INPUT, "the title is %s; it must be text",
				 type_name(value));
	add_clean(builder, text, article, add_title);
	return STATUS_OK;
}

enum status given_add_body(const struct given *given, struct text_builder *builder,
			   struct article *article, struct error *err)
{
	char number[32];
	struct str text;
	const cJSON *value = value_of(given, GIVEN_BODY);
	if (!value)
		return STATUS_OK;
	const bool is_list = cJSON_IsArray(value);
	for (const cJSON *part = is_list ? value->child : value; part;
	     part = is_list ? part->next : NULL) {
		if (text_of(part, number, &text))
			add_clean(builder, text, article, text_builder_add_body);
		else if (!cJSON_IsNull(part))
			return error_set(err, STATUS_BAD_INPUT,
					 is_list ? "the body has %s among its paragraphs"
						 : "the body is %s; it must be text or a list of texts",
					 type_name(part));
	}
	return STATUS_OK;
}
