#include "variants.h"

/* A text gives two variants a language: all parts, and with hyphenated words joined. */
#define VARIANTS_A_LANGUAGE 2
#define STEMS_A_LANGUAGE (2 * VARIANTS_A_LANGUAGE)

struct making {
	bool quoted;
	size_t language; /* number of the one at work */
	struct arena *arena;
	struct variants *variants;
	struct token_list tokens;
};

static void add_stem(struct making *making, struct str stem)
{
	struct variants *variants = making->variants;
	struct str_list *stems = &variants->stems;
	size_t i = 0;
	if (!stem.len)
		return;
	while (i < stems->count && !str_equal(stems->items[i], stem))
		i++;
	if (i == stems->count) {
		stems->items[stems->count++] = arena_copy(making->arena, stem);
		variants->stem_languages[i] = 0;
	}
	variants->stem_languages[i] |= UINT64_C(1) << making->language;
}

static void add_plain(struct making *making, struct str form)
{
	struct str_list *plain = &making->variants->plain;
	size_t i = 0;
	while (i < plain->count && !str_equal(plain->items[i], form))
		i++;
	if (i == plain->count && form.len)
		plain->items[plain->count++] = arena_copy(making->arena, form);
}

static bool same_variant(const struct variant *a, const struct variant *b)
{
	bool same = a->count == b->count;
	for (size_t i = 0; same && i < a->count; i++)
		same = str_equal(a->forms[i], b->forms[i]);
	return same;
}

/* Quoted words keep their form; of others, accents and the marks of acronyms do not matter. */
static struct str form_of(const struct making *making, const struct token *token)
{
	return making->quoted ? token->word->exact : token->word->folded;
}

static void add_sequence(struct making *making, const struct token *const *tokens, size_t count)
{
	struct variants *variants = making->variants;
	struct variant made = { .forms = arena_alloc(making->arena, count * sizeof(struct str)) };
	for (size_t i = 0; i < count; i++) {
		const struct str form = form_of(making, tokens[i]);
		if (!form.len)
			continue;
		made.forms[made.count++] = form;
		made.in_bigrams = tokens[i]->flags & TOKEN_BIGRAM;
	}
	if (!made.count)
		return;
	for (size_t i = 0; i < variants->count; i++)
		if (same_variant(&variants->items[i], &made))
			return;
	for (size_t i = 0; i < made.count; i++)
		made.forms[i] = arena_copy(making->arena, made.forms[i]);
	variants->items[variants->count++] = made;
}

static void add_tokens(struct making *making, const struct token *const *tokens, size_t count)
{
	if (count > 1 || making->quoted) {
		add_sequence(making, tokens, count);
	} else if (count) {
		add_stem(making, tokens[0]->word->stem);
		add_stem(making, tokens[0]->word->folded_stem);
		add_plain(making, tokens[0]->word->folded);
	}
}

/*
 * A joined word comes behind its parts and stands at the position of the first. With `joined` it takes their
 * place, else it is passed over. The characters of a bigram are always passed over: a character that is asked for
 * stands alone. Returns how many words there are.
 */
static size_t pick(const struct token_list *tokens, bool joined, const struct token **picked)
{
	size_t count = 0;
	for (size_t i = 0; i < tokens->count; i++) {
		const struct token *token = &tokens->items[i];
		if (token->flags & TOKEN_CHARACTER)
			continue;
		if (token->flags & TOKEN_JOINED) {
			if (!joined)
				continue;
			while (count && picked[count - 1]->position >= token->position)
				count--;
		}
		picked[count++] = token;
	}
	return count;
}

/* Returns false when there are too many words. */
static bool add_language(struct making *making, struct analyser *analyser, struct str text)
{
	struct token_list *tokens = &making->tokens;
	tokens->count = 0;
	analyser_run(analyser, text, 0, 0, tokens);
	const struct token **picked =
		arena_alloc(making->arena, (tokens->count + 1) * sizeof(struct token *));
	const size_t parts = pick(tokens, false, picked);
	if (parts > making->variants->words)
		making->variants->words = parts;
	if (parts > QUERY_WORDS_MAX)
		return false;
	add_tokens(making, picked, parts);
	if (parts < tokens->count)
		add_tokens(making, picked, pick(tokens, true, picked));
	return true;
}

void variants_make(struct analyser *analyser, const struct language *const *languages,
		   size_t language_count, struct str text, bool quoted, struct arena *arena,
		   struct variants *variants)
{
	static const struct language *const not_stemmed[1];
	if (!language_count) {
		languages = not_stemmed;
		language_count = 1;
	}
	*variants = (struct variants){ 0 };
	variants->stems.items = arena_alloc(arena, language_count * STEMS_A_LANGUAGE *
							   sizeof(*variants->stems.items));
	variants->stem_languages = arena_alloc(arena, language_count * STEMS_A_LANGUAGE *
							      sizeof(*variants->stem_languages));
	variants->plain.items = arena_alloc(arena, language_count * VARIANTS_A_LANGUAGE *
							   sizeof(*variants->plain.items));
	variants->items =
		arena_alloc(arena, language_count * VARIANTS_A_LANGUAGE * sizeof(*variants->items));
	struct making making = { .quoted = quoted, .arena = arena, .variants = variants };
	for (size_t i = 0; i < language_count; i++) {
		making.language = i;
		analyser_set_language(analyser, languages[i]);
		if (!add_language(&making, analyser, text))
			break;
	}
	token_list_release(&making.tokens);
}
