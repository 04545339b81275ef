/*
 * Any article in any language: entities are apart, mentions are in order and inside the text, and the recogniser forgets one
 * article before the next. The model has no features, but steps between tags that make names of every word with a
 * capital.
 *
 * The first byte says what the publisher gives, the second the language; the rest is the text, whose first line is the title.
 */
#include "small_model.h"
#include "target.h"

#include "../../lib/entity/name_model.h"
#include "dateline/intern.h"
#include "dateline/utf8.h"

/* ---- articles ---- */

static size_t count_languages(void)
{
	size_t count = 0;
	while (language_table[count].code)
		count++;
	return count;
}

/* Words of the text, so that they are found there. */
static struct str_list take_words(struct str text, struct arena *arena)
{
	struct str_list list = { arena_zero(arena, 4, sizeof(struct str)), 0 };
	for (size_t at = 0; at < text.len && list.count < 4;) {
		const char *blank = memchr(text.data + at, ' ', text.len - at);
		const size_t end = blank ? (size_t)(blank - text.data) : text.len;
		if (end > at)
			list.items[list.count++] = (struct str){ text.data + at, end - at };
		at = end + 1;
	}
	return list;
}

static void make_article(struct str text, unsigned how, size_t language, struct arena *arena,
			 struct article *article)
{
	struct text_builder builder = { 0 };
	*article = (struct article){ .id = STR("a") };
	const char *line = memchr(text.data, '\n', text.len);
	const size_t title = line && how & 1 ? (size_t)(line - text.data) : 0;
	text_builder_reset(&builder);
	text_builder_add(&builder, PARAGRAPH_TITLE, (struct str){ text.data, title });
	text_builder_add_body(&builder, (struct str){ text.data + title, text.len - title });
	text_builder_finish(&builder, arena, article);
	text_builder_release(&builder);
	if (how & 2)
		article->people = take_words(article->text, arena);
	if (how & 4)
		article->orgs = take_words(article->text, arena);
	if (how & 8)
		article->places = take_words(article->text, arena);
	/* Most languages only have the publisher's and the gazetteer's names. */
	const size_t count = count_languages();
	if (language && count)
		article->language = str_from(language_table[(language - 1) % count].code);
}

/* ---- what holds ---- */

static void check_entities(const struct entity_result *result)
{
	struct intern keys = { 0 };
	struct buffer key = { 0 };
	for (size_t i = 0; i < result->entity_count; i++) {
		const struct entity *entity = &result->entities[i];
		bool is_new;
		require(entity->kind > KIND_NONE && entity->kind < KIND_COUNT);
		require(entity->confidence >= 1 && entity->confidence <= 100);
		require(utf8_is_clean(entity->name));
		buffer_reset(&key);
		buffer_add_char(&key, (char)entity->kind);
		utf8_name_key(entity->name, &key);
		require(key.len > 1);
		intern_add(&keys, buffer_str(&key), &is_new);
		require(is_new);
	}
	buffer_release(&key);
	intern_release(&keys);
}

static void check_mentions(const struct article *article, const struct entity_result *result)
{
	uint32_t start = 0, ends[KIND_COUNT] = { 0 };
	for (size_t i = 0; i < result->mention_count; i++) {
		const struct mention *mention = &result->mentions[i];
		require(mention->entity < result->entity_count);
		const unsigned kind = result->entities[mention->entity].kind;
		require(mention->start >= start && mention->start >= ends[kind]);
		require(mention->start < mention->end && mention->end <= article->text.len);
		require(mention->rule > RULE_NONE && mention->rule < RULE_COUNT);
		require(mention->confidence >= 1 && mention->confidence <= 100);
		require(utf8_is_clean((struct str){ article->text.data + mention->start,
						    mention->end - mention->start }));
		start = mention->start;
		ends[kind] = mention->end;
	}
}

static void check_same(const struct entity_result *one, const struct entity_result *other)
{
	require(one->entity_count == other->entity_count);
	require(one->mention_count == other->mention_count);
	for (size_t i = 0; i < one->entity_count; i++)
		require(str_equal(one->entities[i].name, other->entities[i].name));
}

/* ---- the target ---- */

static void analyse(struct analyser *analyser, const struct article *article,
		    struct token_list *tokens)
{
	uint32_t position = 1;
	analyser_set_language(analyser, language_of_text(article->language));
	for (size_t i = 0; i < article->paragraph_count; i++) {
		const struct paragraph *paragraph = &article->paragraphs[i];
		const struct str text = { article->text.data + paragraph->start,
					  paragraph->end - paragraph->start };
		position = analyser_run(analyser, text, paragraph->start, position, tokens);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size < 2)
		return 0;
	struct name_model model;
	struct buffer text = { 0 };
	struct arena arena = { 0 };
	struct article article;
	struct token_list tokens = { 0 };
	struct entity_result result, again;
	make_model(&model.model);
	utf8_clean((struct str){ (const char *)data + 2, size - 2 }, &text);
	make_article(buffer_str(&text), data[0], data[1], &arena, &article);
	struct analyser *analyser = analyser_new();
	analyse(analyser, &article, &tokens);
	struct recogniser *recogniser = recogniser_new(ENTITIES_AUTO, &model);
	recogniser_run(recogniser, &article, &tokens, &arena, &result);
	check_entities(&result);
	check_mentions(&article, &result);
	recogniser_run(recogniser, &article, &tokens, &arena, &again);
	check_same(&result, &again);
	recogniser_free(recogniser);
	analyser_free(analyser);
	token_list_release(&tokens);
	arena_release(&arena);
	buffer_release(&text);
	return 0;
}
