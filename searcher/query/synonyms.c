#include "synonyms.h"

#include "common.h"
#include "lexer.h"

#include "dateline/file.h"
#include "dateline/intern.h"
#include "dateline/utf8.h"

#include <stdio.h>
#include <stdlib.h>

/* How much of what is wrong is shown. */
#define SHOWN_MAX 80

/* What a term leads to: texts, as a chain through all links. */
struct link {
	struct str text;
	size_t next; /* NO_LINK: the last */
};

#define NO_LINK SIZE_MAX

struct synonyms {
	struct arena arena;
	struct intern keys; /* name keys (utf8_name_key) of terms that lead to others */
	size_t *first;      /* link of each key */
	size_t *last;
	size_t first_room, last_room;
	struct link *links;
	size_t link_count, link_room;
	size_t words_max; /* of one key */
};

/* ---- a line ---- */

struct line {
	const char *file;
	uint32_t number;
	struct synonyms *synonyms;
	struct str terms[SYNONYMS_LINE_MAX];
	size_t count;
	size_t left; /* terms before "=>"; SIZE_MAX without one */
	struct error *err;
};

static enum status wrong(const struct line *line, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

static enum status wrong(const struct line *line, const char *format, ...)
{
	struct buffer why = { 0 };
	va_list args;
	va_start(args, format);
	buffer_add_format_v(&why, format, args);
	va_end(args);
	error_set(line->err, STATUS_BAD_INPUT, "%s:%u: %s", line->file, line->number, why.data);
	buffer_release(&why);
	return STATUS_BAD_INPUT;
}

static struct str key_of(struct str text, struct buffer *key)
{
	buffer_reset(key);
	utf8_name_key(text, key);
	return buffer_str(key);
}

static size_t count_words(struct str key)
{
	size_t count = 1;
	for (size_t i = 0; i < key.len; i++)
		count += key.data[i] == ' ';
	return count;
}

static struct str without_quotes(struct str text)
{
	if (text.len > 1 && text.data[0] == '"' && text.data[text.len - 1] == '"')
		return str_trim((struct str){ text.data + 1, text.len - 2 });
	return text;
}

/* Is there a letter or digit, so that something can be looked for? */
static bool has_word(struct str key)
{
	for (size_t i = 0; i < key.len; i++) {
		const char c = key.data[i];
		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (uint8_t)c >= 0x80)
			return true;
	}
	return false;
}

static enum status add_term(struct line *line, struct str text)
{
	struct buffer key = { 0 };
	enum status status = STATUS_OK;
	const int shown = (int)utf8_cut(text, SHOWN_MAX);
	text = without_quotes(str_trim(text));
	const size_t words = count_words(key_of(text, &key));
	if (!text.len)
		status = wrong(line, "there is nothing between two commas, or at an end of the line");
	else if (!has_word(buffer_str(&key)))
		status = wrong(line, "there is no word in \"%.*s\"", shown, text.data);
	else if (text.len > SYNONYMS_TEXT_MAX || words > QUERY_PHRASE_MAX)
		status = wrong(line, "this has more than %d words or %d bytes: \"%.*s...\"",
			       QUERY_PHRASE_MAX, SYNONYMS_TEXT_MAX, shown, text.data);
	else if (memchr(text.data, '"', text.len))
		status = wrong(line, "a double quote inside of a phrase: \"%.*s\"", shown, text.data);
	else if (line->count == SYNONYMS_LINE_MAX)
		status = wrong(line, "more than %d words and phrases in one line", SYNONYMS_LINE_MAX);
	else
		line->terms[line->count++] = text;
	buffer_release(&key);
	return status;
}

static enum status split_list(struct line *line, struct str list)
{
	enum status status = STATUS_OK;
	while (status == STATUS_OK) {
		const char *comma = list.len ? memchr(list.data, ',', list.len) : NULL;
		const size_t len = comma ? (size_t)(comma - list.data) : list.len;
		status = add_term(line, (struct str){ list.data, len });
		if (!comma)
			break;
		list.data += len + 1;
		list.len -= len + 1;
	}
	return status;
}

static void add_link(struct synonyms *synonyms, struct str from, struct str to)
{
	struct buffer key = { 0 };
	bool is_new;
	const uint32_t number = intern_add(&synonyms->keys, key_of(from, &key), &is_new);
	const size_t words = count_words(buffer_str(&key));
	memory_reserve(&synonyms->first, &synonyms->first_room, number, sizeof(*synonyms->first));
	memory_reserve(&synonyms->last, &synonyms->last_room, number, sizeof(*synonyms->last));
	memory_reserve(&synonyms->links, &synonyms->link_room, synonyms->link_count,
		       sizeof(*synonyms->links));
	synonyms->links[synonyms->link_count] = (struct link){ to, NO_LINK };
	if (is_new)
		synonyms->first[number] = synonyms->link_count;
	else
		synonyms->links[synonyms->last[number]].next = synonyms->link_count;
	synonyms->last[number] = synonyms->link_count++;
	if (words > synonyms->words_max)
		synonyms->words_max = words;
	buffer_release(&key);
}

static void add_links(const struct line *line)
{
	const bool both_ways = line->left == SIZE_MAX;
	const size_t from_end = both_ways ? line->count : line->left;
	const size_t to_start = both_ways ? 0 : line->left;
	struct str *texts = arena_alloc(&line->synonyms->arena, line->count * sizeof(*texts));
	for (size_t i = 0; i < line->count; i++)
		texts[i] = arena_copy(&line->synonyms->arena, line->terms[i]);
	for (size_t i = 0; i < from_end; i++)
		for (size_t k = to_start; k < line->count; k++)
			if (i != k)
				add_link(line->synonyms, texts[i], texts[k]);
}

static enum status read_line(struct line *line, struct str text)
{
	const char *arrow = memmem(text.data, text.len, "=>", 2);
	const size_t left = arrow ? (size_t)(arrow - text.data) : text.len;
	line->count = 0;
	line->left = SIZE_MAX;
	if (arrow && memmem(arrow + 2, text.len - left - 2, "=>", 2))
		return wrong(line, "more than one => in a line");
	enum status status = split_list(line, (struct str){ text.data, left });
	if (status == STATUS_OK && arrow) {
		line->left = line->count;
		status = split_list(line, (struct str){ arrow + 2, text.len - left - 2 });
	}
	if (status == STATUS_OK && line->count < 2)
		status = wrong(line, "one word alone stands for nothing else: write others behind a "
				     "comma or =>");
	if (status == STATUS_OK)
		add_links(line);
	return status;
}

/* ---- a file ---- */

enum status synonyms_parse(struct str text, const char *file, struct synonyms **synonyms,
			   struct error *err)
{
	struct synonyms *made = memory_zero(1, sizeof(*made));
	struct line line = { .file = file, .synonyms = made, .err = err };
	struct buffer clean = { 0 };
	enum status status = STATUS_OK;
	const char *at = text.data, *end = text.data + text.len;
	while (at < end && status == STATUS_OK) {
		const char *stop = memchr(at, '\n', (size_t)(end - at));
		stop = stop ? stop : end;
		buffer_reset(&clean);
		utf8_clean((struct str){ at, (size_t)(stop - at) }, &clean);
		const struct str whole = str_trim(buffer_str(&clean));
		line.number++;
		if (whole.len && whole.data[0] != '#')
			status = read_line(&line, whole);
		at = stop + 1;
	}
	buffer_release(&clean);
	if (status != STATUS_OK) {
		synonyms_free(made);
		made = NULL;
	}
	*synonyms = made;
	return status;
}

enum status synonyms_read(const char *path, struct synonyms **synonyms, struct error *err)
{
	struct buffer text = { 0 };
	*synonyms = NULL;
	enum status status = file_read(path, "synonyms", SYNONYMS_BYTES_MAX, &text, err);
	if (status == STATUS_OK)
		status = synonyms_parse(buffer_str(&text), path, synonyms, err);
	buffer_release(&text);
	return status;
}

void synonyms_free(struct synonyms *synonyms)
{
	if (!synonyms)
		return;
	intern_release(&synonyms->keys);
	free(synonyms->first);
	free(synonyms->last);
	free(synonyms->links);
	arena_release(&synonyms->arena);
	free(synonyms);
}

/* ---- a query ---- */

struct applying {
	const struct synonyms *synonyms;
	struct arena *arena;
	struct query *query;
	size_t added;
	bool is_full;
	struct buffer key; /* scratch */
};

static void add_hint(struct applying *applying, struct str hint)
{
	struct str_list *hints = &applying->query->hints;
	struct str *items = arena_alloc(applying->arena, (hints->count + 1) * sizeof(*items));
	if (hints->count)
		memcpy(items, hints->items, hints->count * sizeof(*items));
	items[hints->count] = arena_copy(applying->arena, hint);
	*hints = (struct str_list){ items, hints->count + 1 };
}

static struct node *make_node(const struct applying *applying, enum node_op op)
{
	struct node *node = arena_zero(applying->arena, 1, sizeof(*node));
	node->op = op;
	node->factor = 1;
	return node;
}

static struct node *make_alternative(const struct applying *applying, struct str text,
				     const struct field *field)
{
	const bool is_phrase = memchr(text.data, ' ', text.len) != NULL;
	struct node *node = make_node(applying, is_phrase ? NODE_PHRASE : NODE_WORD);
	node->text = arena_copy(applying->arena, text);
	node->field = field;
	node->added = true;
	node->common = !is_phrase && !field && common_word(text, false);
	return node;
}

/* Is the word or phrase as it was typed, and nothing more? */
static bool is_plain(const struct node *node)
{
	return (node->op == NODE_WORD || node->op == NODE_PHRASE) && !node->prefix && !node->edits;
}

/* A word that can be one of several in a row. */
static bool is_link_of_row(const struct node *node, const struct node *first)
{
	return node->op == NODE_WORD && is_plain(node) && node->field == first->field &&
	       node->factor == 1;
}

/* The key of so many nodes in a row; false when they are no term of the file. */
static bool find_row(struct applying *applying, struct node *const *nodes, size_t count,
		     uint32_t *number)
{
	struct buffer text = { 0 };
	for (size_t i = 0; i < count; i++)
		buffer_add_format(&text, "%s%.*s", i ? " " : "", STR_ARG(nodes[i]->text));
	*number = intern_find(&applying->synonyms->keys, key_of(buffer_str(&text), &applying->key));
	buffer_release(&text);
	return *number != INTERN_NONE;
}

/* What was asked for, as the first of the alternatives: several words must all be there. */
static struct node *join_row(const struct applying *applying, struct node **nodes, size_t count)
{
	if (count == 1)
		return nodes[0];
	struct node *row = make_node(applying, NODE_AND);
	row->kids = arena_alloc(applying->arena, count * sizeof(struct node *));
	memcpy(row->kids, nodes, count * sizeof(struct node *));
	row->count = count;
	return row;
}

static bool has_kid(const struct node *node, struct str text)
{
	for (size_t i = 0; i < node->count; i++)
		if (str_equal(node->kids[i]->text, text))
			return true;
	return false;
}

static void say_added(struct applying *applying, const struct node *either,
		      struct node *const *nodes, size_t count)
{
	struct buffer hint = { 0 };
	for (size_t i = 0; i < count; i++)
		buffer_add_format(&hint, "%s%.*s", i ? " " : "", STR_ARG(nodes[i]->text));
	for (size_t i = 1; i < either->count; i++)
		buffer_add_format(&hint, "%s%.*s", i == 1 ? ": looked for is also " : ", ",
				  STR_ARG(either->kids[i]->text));
	add_hint(applying, buffer_str(&hint));
	buffer_release(&hint);
}

/* The OR that stands for nodes in a row; NULL when nothing is left to add. */
static struct node *make_either(struct applying *applying, struct node **nodes, size_t count,
				uint32_t number)
{
	const struct synonyms *synonyms = applying->synonyms;
	struct node *either = make_node(applying, NODE_OR);
	const bool is_bound = nodes[0]->bound;
	either->kids = arena_alloc(applying->arena, (SYNONYMS_ADDED_MAX + 1) * sizeof(struct node *));
	either->kids[either->count++] = join_row(applying, nodes, count);
	for (size_t i = synonyms->first[number]; i != NO_LINK; i = synonyms->links[i].next) {
		if (applying->added == SYNONYMS_ADDED_MAX) {
			applying->is_full = true;
			break;
		}
		if (has_kid(either, synonyms->links[i].text))
			continue;
		either->kids[either->count++] =
			make_alternative(applying, synonyms->links[i].text, nodes[0]->field);
		applying->added++;
	}
	if (either->count == 1)
		return NULL;
	either->bound = is_bound;
	if (count == 1) {
		/* A boost is of all that stands for the word. */
		either->factor = nodes[0]->factor;
		nodes[0]->factor = 1;
	}
	nodes[0]->bound = false;
	say_added(applying, either, nodes, count);
	return either;
}

/* The longest row of nodes from here on that is a term of the file: its length, 0 for none. */
static size_t longest_row(struct applying *applying, struct node *const *nodes, size_t count,
			  uint32_t *number)
{
	size_t length = is_plain(nodes[0]) ? 1 : 0;
	while (length && length < count && length < applying->synonyms->words_max &&
	       is_link_of_row(nodes[0], nodes[0]) && is_link_of_row(nodes[length], nodes[0]) &&
	       !nodes[length]->bound)
		length++;
	while (length && !find_row(applying, nodes, length, number))
		length--;
	return length;
}

static void apply(struct applying *applying, struct node **node);

/* What stands in a row is the kids of an AND. */
static void apply_row(struct applying *applying, struct node *node)
{
	size_t kept = 0;
	for (size_t i = 0; i < node->count;) {
		uint32_t number;
		const size_t length = longest_row(applying, node->kids + i, node->count - i, &number);
		struct node *either = length ? make_either(applying, node->kids + i, length, number)
					     : NULL;
		if (either) {
			node->kids[kept++] = either;
			i += length;
			continue;
		}
		if (!length)
			apply(applying, &node->kids[i]);
		node->kids[kept++] = node->kids[i++];
	}
	node->count = kept;
}

/* Stands where the AND stood that has nothing else any more. */
static struct node *only_kid(const struct node *row)
{
	struct node *kid = row->kids[0];
	kid->bound = row->bound;
	kid->factor *= row->factor;
	return kid;
}

static void apply(struct applying *applying, struct node **node)
{
	uint32_t number;
	struct node *either;
	switch ((*node)->op) {
	case NODE_WORD:
	case NODE_PHRASE:
		either = longest_row(applying, node, 1, &number)
				 ? make_either(applying, node, 1, number)
				 : NULL;
		*node = either ? either : *node;
		return;
	case NODE_AND:
		apply_row(applying, *node);
		if ((*node)->count == 1)
			*node = only_kid(*node);
		return;
	case NODE_OR:
		for (size_t i = 0; i < (*node)->count; i++)
			apply(applying, &(*node)->kids[i]);
		return;
	default:
		return;
	}
}

void synonyms_apply(const struct synonyms *synonyms, struct arena *arena, struct query *query)
{
	struct applying applying = { .synonyms = synonyms, .arena = arena, .query = query };
	if (!synonyms || !query->root)
		return;
	apply(&applying, &query->root);
	if (applying.is_full)
		add_hint(&applying, STR("so many words stand for those of the query that not all "
					"are looked for"));
	buffer_release(&applying.key);
}
