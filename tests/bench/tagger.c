/*
 * How many tokens a second the tagger handles on one core: features and decoding, and the cutting into tokens by itself.
 *
 *   tagger MODEL ARTICLES.jsonl
 *
 * Some articles are tagged again by a tagger that knows no words yet: both must find the same names.
 */
#include "../../lib/entity/tagger/tagger.h"
#include "dateline/utf8.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

struct totals {
	size_t articles, tokens, names;
	double split, tag;
};

static double seconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static bool add_value(const cJSON *object, const char *key, struct buffer *out)
{
	const char *value = cJSON_GetStringValue(cJSON_GetObjectItem(object, key));
	if (value)
		utf8_clean(str_from(value), out);
	buffer_add_char(out, '\n');
	return value != NULL;
}

/* Cuts and tags the text; lines end with a newline. */
static const struct name *tag(struct tagger *tagger, struct str text, struct spans *spans,
			      size_t *count, struct totals *totals)
{
	const double start = seconds();
	double splitting = 0;
	tagger_begin(tagger);
	spans->count = 0;
	for (size_t at = 0; at < text.len;) {
		const char *stop = memchr(text.data + at, '\n', text.len - at);
		const size_t end = stop ? (size_t)(stop - text.data) : text.len;
		const size_t before = spans->count;
		const double from = seconds();
		split_line(text.data, (uint32_t)at, (uint32_t)end, spans);
		splitting += seconds() - from;
		tagger_add_line(tagger, text.data, spans->items + before, spans->count - before);
		at = end + 1;
	}
	const struct name *names = tagger_run(tagger, count);
	totals->split += splitting;
	totals->tag += seconds() - start - splitting;
	totals->tokens += spans->count;
	totals->names += *count;
	return names;
}

/* The answer of a tagger that has seen nothing before. */
static bool same_when_new(const struct model *model, struct str text, struct spans *spans,
			  const struct name *names, size_t count)
{
	struct totals unused = { 0 };
	struct tagger *tagger = tagger_new(model);
	size_t again;
	const struct name *others = tag(tagger, text, spans, &again, &unused);
	bool same = again == count;
	for (size_t i = 0; same && i < count; i++)
		same = names[i].first == others[i].first && names[i].last == others[i].last &&
		       names[i].kind == others[i].kind &&
		       names[i].confidence == others[i].confidence;
	tagger_free(tagger);
	return same;
}

#define CHECKED 50 /* of so many articles one is also tagged by a new tagger */

static bool run(const struct model *model, FILE *file, struct totals *totals)
{
	struct tagger *tagger = tagger_new(model);
	struct spans spans = { 0 };
	struct buffer text = { 0 };
	char *line = NULL;
	size_t size = 0;
	bool same = true;
	while (same && getline(&line, &size, file) >= 0) {
		cJSON *object = cJSON_Parse(line);
		buffer_reset(&text);
		add_value(object, "title", &text);
		if (add_value(object, "body", &text)) {
			size_t count;
			const struct name *names =
				tag(tagger, buffer_str(&text), &spans, &count, totals);
			if (totals->articles++ % CHECKED == 0)
				same = same_when_new(model, buffer_str(&text), &spans, names, count);
		}
		cJSON_Delete(object);
	}
	tagger_free(tagger);
	buffer_release(&text);
	free(spans.items);
	free(line);
	return same;
}

int main(int argc, char **argv)
{
	struct model model;
	struct error err;
	struct totals totals = { 0 };
	if (argc != 3)
		return fprintf(stderr, "usage: tagger MODEL ARTICLES.jsonl\n"), 2;
	if (model_open(&model, argv[1], &err))
		return fprintf(stderr, "tagger: %s\n", err.text), 2;
	FILE *file = fopen(argv[2], "re");
	if (!file)
		return perror(argv[2]), 2;
	const bool same = run(&model, file, &totals);
	fclose(file);
	model_close(&model);
	if (!same)
		return fprintf(stderr, "tagger: another answer the second time\n"), 1;
	printf("%zu articles, %zu tokens, %zu names\n", totals.articles, totals.tokens, totals.names);
	printf("cutting into tokens  %6.2f M tokens a second\n",
	       (double)totals.tokens / totals.split / 1e6);
	printf("features, decoding   %6.2f M tokens a second\n",
	       (double)totals.tokens / totals.tag / 1e6);
	return 0;
}
