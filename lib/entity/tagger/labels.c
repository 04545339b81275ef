#include "labels.h"

#include "dateline/utf8.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

struct label_name {
	const char *name;
	uint8_t kind;
	bool mixed;
};

static const struct label_name names[] = {
	{ "PER", NAME_PERSON, false },
	{ "Person", NAME_PERSON, false },
	{ "per", NAME_PERSON, false },
	{ "person", NAME_PERSON, false },
	{ "ORG", NAME_ORG, false },
	{ "Organization", NAME_ORG, false },
	{ "org", NAME_ORG, false },
	{ "group", NAME_ORG, false },
	{ "corporation", NAME_ORG, false },
	{ "LOC", NAME_PLACE, false },
	{ "Location", NAME_PLACE, false },
	{ "Facility", NAME_PLACE, false },
	{ "geo", NAME_PLACE, false },
	{ "location", NAME_PLACE, false },
	{ "gpe", NAME_PLACE, true },
	{ "MISC", NAME_OTHER, true },
	{ "NORP", NAME_OTHER, true },
	{ "Product", NAME_OTHER, false },
	{ "Miscellaneous", NAME_OTHER, false },
	{ "Misc", NAME_OTHER, false },
	{ "art", NAME_OTHER, false },
	{ "eve", NAME_OTHER, false },
	{ "nat", NAME_OTHER, false },
	{ "product", NAME_OTHER, false },
	{ "creative-work", NAME_OTHER, false },
	{ "Date", LABEL_NONE, false },
	{ "Money", LABEL_NONE, false },
	{ "tim", LABEL_NONE, false },
};

static const struct label_name *name_of(struct str tag)
{
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (str_equal(tag, str_from(names[i].name)))
			return &names[i];
	return NULL;
}

void labelled_release(struct labelled *labelled)
{
	buffer_release(&labelled->text);
	free(labelled->tokens.items);
	free(labelled->lines);
	free(labelled->articles);
	free(labelled->labels);
	*labelled = (struct labelled){ 0 };
}

static void push_number(uint32_t **items, size_t *count, size_t *capacity, size_t number)
{
	memory_reserve(items, capacity, *count, sizeof **items);
	(*items)[(*count)++] = (uint32_t)number;
}

/* What goes on from line to line of the file. */
struct reading {
	struct labelled *out;
	const struct label_name *open; /* the name that may go on */
	size_t line_start;             /* tokens before this line */
};

static void end_line(struct reading *r)
{
	r->open = NULL;
	struct labelled *out = r->out;
	if (out->tokens.count == r->line_start)
		return;
	out->text.data[out->text.len - 1] = '\n';
	push_number(&out->lines, &out->line_count, &out->line_capacity, r->line_start);
	r->line_start = out->tokens.count;
}

static void end_article(struct reading *r)
{
	end_line(r);
	struct labelled *out = r->out;
	if (out->article_count && out->articles[out->article_count - 1] == out->line_count)
		return;
	push_number(&out->articles, &out->article_count, &out->article_capacity, out->line_count);
}

static void add_token(struct labelled *out, struct str token)
{
	const uint32_t start = (uint32_t)out->text.len;
	utf8_clean(token, &out->text);
	memory_reserve(&out->tokens.items, &out->tokens.capacity, out->tokens.count,
		       sizeof *out->tokens.items);
	out->tokens.items[out->tokens.count++] = (struct span){ start, (uint32_t)out->text.len };
	buffer_add_char(&out->text, ' ');
}

/* A name begins where a tag says B-, and where a kind follows another or none (the rules of CoNLL). */
static void add_label(struct reading *r, const struct label_name *name, bool begins)
{
	struct labelled *out = r->out;
	const uint32_t token = (uint32_t)out->tokens.count - 1;
	if (name && name == r->open && !begins) {
		if (out->label_count && name->kind != LABEL_NONE)
			out->labels[out->label_count - 1].last = token;
		return;
	}
	r->open = name;
	if (!name || name->kind == LABEL_NONE)
		return;
	memory_reserve(&out->labels, &out->label_capacity, out->label_count, sizeof *out->labels);
	out->labels[out->label_count++] = (struct label){ token, token, name->kind, name->mixed };
}

static enum status read_line(struct reading *r, struct str line, const char *path, size_t number,
			     struct error *err)
{
	const char *tab = memchr(line.data, '\t', line.len);
	if (!line.len) {
		end_line(r);
		return STATUS_OK;
	}
	if (!tab || tab == line.data)
		return error_set(err, STATUS_BAD_INPUT, "%s, line %zu: no token, tab and tag", path,
				 number);
	const struct str token = { line.data, (size_t)(tab - line.data) };
	const struct str tag = { tab + 1, line.len - token.len - 1 };
	if (str_equal(token, STR("-DOCSTART-"))) {
		end_article(r);
		return STATUS_OK;
	}
	const bool outside = str_equal(tag, STR("O"));
	const bool marked = tag.len > 2 && tag.data[1] == '-';
	const struct label_name *name = marked ? name_of((struct str){ tag.data + 2, tag.len - 2 })
					       : NULL;
	if (!outside && !name)
		return error_set(err, STATUS_BAD_INPUT, "%s, line %zu: unknown tag %.*s", path,
				 number, STR_ARG(tag));
	add_token(r->out, token);
	add_label(r, name, marked && tag.data[0] == 'B');
	return STATUS_OK;
}

static enum status read_lines(struct labelled *out, FILE *file, const char *path, struct error *err)
{
	struct reading r = { .out = out };
	char *line = NULL;
	size_t size = 0, number = 0;
	enum status status = STATUS_OK;
	end_article(&r);
	for (ssize_t len; !status && (len = getline(&line, &size, file)) >= 0;) {
		while (len > 0 && (line[len - 1] == '\n' || line[len - 1] == '\r'))
			len--;
		status = read_line(&r, (struct str){ line, (size_t)len }, path, ++number, err);
	}
	if (!status && ferror(file))
		status = error_system(err, "read", path);
	free(line);
	end_article(&r);
	push_number(&out->lines, &out->line_count, &out->line_capacity, out->tokens.count);
	out->line_count--;
	out->article_count--; /* end_article has pushed the end as well */
	return status;
}

enum status labelled_read(struct labelled *labelled, const char *path, struct error *err)
{
	*labelled = (struct labelled){ 0 };
	FILE *file = fopen(path, "re");
	if (!file)
		return error_system(err, "open", path);
	const enum status status = read_lines(labelled, file, path, err);
	fclose(file);
	if (status)
		labelled_release(labelled);
	return status;
}
