#include "match.h"

#include "dateline/intern.h"

#include <stdlib.h>

/*
 * Every word of a leaf that can match is a slot; the slots of a leaf lie side by side. Each word of the text is
 * looked at once: its entry is the set of slots that it fits, and the number of the word leads to it.
 */
struct slot {
	uint32_t leaf;
	uint32_t length; /* words of the leaf, in the last slot of it; else 0 */
};

/* A form and the slots that want it, as a chain through all wishes. */
struct wish {
	uint32_t slot, next;
};

#define NOTHING UINT32_MAX

/* Forms of one kind: stems, or words as they are. */
struct forms {
	struct intern texts;
	uint32_t *first_wish; /* by number of the form */
	size_t capacity;
	bool begins[256]; /* some form begins with this byte: nearly all words of a text are told by it */
};

/* The last words of the text, for phrases; the place is the position modulo the size. */
#define RECENT_MAX 256

struct recent {
	uint32_t position, start, entry;
};

/* What a word number leads to. */
#define ENTRY_UNKNOWN 0
#define ENTRY_NONE 1
#define ENTRY_FIRST 2

struct matcher {
	struct slot *slots;
	size_t slot_count, slot_capacity;
	struct wish *wishes;
	size_t wish_count, wish_capacity;
	struct forms stems, exacts;
	size_t set_words; /* 64-bit words in a set of slots */
	uint64_t *last;   /* the slots that end a leaf */
	uint64_t *sets;   /* by entry - ENTRY_FIRST */
	size_t set_count, set_capacity;
	uint32_t *entries; /* by number of the word */
	size_t entry_count;
	struct recent recent[RECENT_MAX];
	struct match_list *list;
};

void match_list_release(struct match_list *list)
{
	free(list->items);
	free(list->sentences);
	*list = (struct match_list){ 0 };
}

/* ---- what is looked for ---- */

static void add_wish(struct matcher *matcher, struct forms *forms, struct str form, uint32_t slot)
{
	bool is_new;
	if (!form.len)
		return;
	const uint32_t number = intern_add(&forms->texts, form, &is_new);
	memory_reserve(&forms->first_wish, &forms->capacity, number, sizeof(*forms->first_wish));
	if (is_new)
		forms->first_wish[number] = NOTHING;
	forms->begins[(uint8_t)form.data[0]] = true;
	memory_reserve(&matcher->wishes, &matcher->wish_capacity, matcher->wish_count,
		       sizeof(*matcher->wishes));
	matcher->wishes[matcher->wish_count] = (struct wish){ slot, forms->first_wish[number] };
	forms->first_wish[number] = (uint32_t)matcher->wish_count++;
}

/* A stem is only looked for in texts of a language that has it, as in the index. */
static bool is_of_language(const struct query_leaf *leaf, size_t alternative,
			   const struct language *language)
{
	if (!leaf->stem_languages || !leaf->language_count)
		return true;
	for (size_t i = 0; i < leaf->language_count; i++)
		if (leaf->languages[i] == language)
			return leaf->stem_languages[alternative] >> i & 1;
	return false;
}

static void add_leaf(struct matcher *matcher, const struct query_leaf *leaf,
		     const struct language *language, uint32_t number)
{
	struct forms *forms = leaf->stemmed ? &matcher->stems : &matcher->exacts;
	for (size_t word = 0; word < leaf->word_count; word++) {
		const uint32_t slot = (uint32_t)matcher->slot_count++;
		memory_reserve(&matcher->slots, &matcher->slot_capacity, slot,
			       sizeof(*matcher->slots));
		matcher->slots[slot] = (struct slot){ .leaf = number };
		const struct str_list *alternatives = &leaf->words[word];
		for (size_t i = 0; i < alternatives->count; i++)
			if (is_of_language(leaf, i, language))
				add_wish(matcher, forms, alternatives->items[i], slot);
	}
	matcher->slots[matcher->slot_count - 1].length = (uint32_t)leaf->word_count;
}

static bool leaf_is_usable(const struct query_leaf *leaf, enum match_part part)
{
	return !leaf->negated && leaf->word_count > 0 && leaf->word_count <= RECENT_MAX &&
	       (part == MATCH_TITLE || !leaf->in_title);
}

static void matcher_init(struct matcher *matcher, enum match_part part,
			 const struct language *language, const struct query_leaf *leaves,
			 size_t leaf_count)
{
	*matcher = (struct matcher){ 0 };
	for (size_t i = 0, first = 0; i < leaf_count; i++) {
		/* One without a plan is another way to write the one before. */
		if (leaves[i].plan)
			first = i;
		if (leaf_is_usable(&leaves[i], part))
			add_leaf(matcher, &leaves[i], language, (uint32_t)first);
	}
	matcher->set_words = (matcher->slot_count + 63) / 64;
	matcher->last = memory_zero(matcher->set_words, sizeof(*matcher->last));
	for (size_t slot = 0; slot < matcher->slot_count; slot++)
		if (matcher->slots[slot].length)
			matcher->last[slot / 64] |= UINT64_C(1) << slot % 64;
	for (size_t i = 0; i < RECENT_MAX; i++)
		matcher->recent[i].position = NOTHING;
}

static void forms_release(struct forms *forms)
{
	intern_release(&forms->texts);
	free(forms->first_wish);
}

static void matcher_release(struct matcher *matcher)
{
	free(matcher->slots);
	free(matcher->wishes);
	forms_release(&matcher->stems);
	forms_release(&matcher->exacts);
	free(matcher->last);
	free(matcher->sets);
	free(matcher->entries);
}

/* ---- what a word of the text fits ---- */

static uint64_t *set_of(const struct matcher *matcher, uint32_t entry)
{
	return matcher->sets + (entry - ENTRY_FIRST) * matcher->set_words;
}

/* The entry gets a set of its own when the first slot is found. */
static void fit_form(struct matcher *matcher, const struct forms *forms, struct str form,
		     uint32_t *entry)
{
	if (!form.len || !forms->begins[(uint8_t)form.data[0]])
		return;
	const uint32_t number = intern_find(&forms->texts, form);
	if (number == INTERN_NONE)
		return;
	if (*entry == ENTRY_NONE) {
		*entry = (uint32_t)matcher->set_count++ + ENTRY_FIRST;
		memory_reserve(&matcher->sets, &matcher->set_capacity, matcher->set_count,
			       matcher->set_words * sizeof(*matcher->sets));
		memset(set_of(matcher, *entry), 0, matcher->set_words * sizeof(*matcher->sets));
	}
	uint64_t *set = set_of(matcher, *entry);
	for (uint32_t i = forms->first_wish[number]; i != NOTHING; i = matcher->wishes[i].next)
		set[matcher->wishes[i].slot / 64] |= UINT64_C(1) << matcher->wishes[i].slot % 64;
}

static uint32_t make_entry(struct matcher *matcher, const struct word *word)
{
	uint32_t entry = ENTRY_NONE;
	fit_form(matcher, &matcher->exacts, word->exact, &entry);
	if (word->folded.data != word->exact.data)
		fit_form(matcher, &matcher->exacts, word->folded, &entry);
	fit_form(matcher, &matcher->stems, word->stem, &entry);
	if (word->folded_stem.data != word->stem.data)
		fit_form(matcher, &matcher->stems, word->folded_stem, &entry);
	return entry;
}

static void grow_entries(struct matcher *matcher, uint32_t number)
{
	size_t wanted = matcher->entry_count ? matcher->entry_count * 2 : 4096;
	if (wanted <= number)
		wanted = (size_t)number + 1;
	const size_t size = sizeof(*matcher->entries);
	matcher->entries = memory_grow(matcher->entries, wanted * size);
	memset(matcher->entries + matcher->entry_count, 0, (wanted - matcher->entry_count) * size);
	matcher->entry_count = wanted;
}

static inline uint32_t entry_of(struct matcher *matcher, const struct word *word)
{
	if (word->number >= matcher->entry_count)
		grow_entries(matcher, word->number);
	uint32_t *entry = &matcher->entries[word->number];
	if (*entry == ENTRY_UNKNOWN)
		*entry = make_entry(matcher, word);
	return *entry;
}

/* ---- matches ---- */

/* A phrase or a joined word ends behind others that began later, so a match may have to go before some. */
static void add_match(struct match_list *list, struct match match)
{
	memory_reserve(&list->items, &list->capacity, list->count, sizeof(*list->items));
	size_t at = list->count++;
	for (; at && list->items[at - 1].start > match.start; at--)
		list->items[at] = list->items[at - 1];
	while (match.sentence && list->sentences[match.sentence] > match.start)
		match.sentence--;
	list->items[at] = match;
}

/* True when the words before fit the slots before; *start is then where the first one begins. */
static bool phrase_stands(const struct matcher *matcher, size_t slot, uint32_t position,
			  uint32_t *start)
{
	for (uint32_t back = 1; back < matcher->slots[slot].length; back++) {
		const uint32_t at = position - back;
		const struct recent *recent = &matcher->recent[at % RECENT_MAX];
		const size_t wanted = slot - back;
		if (recent->position != at || recent->entry < ENTRY_FIRST ||
		    !(set_of(matcher, recent->entry)[wanted / 64] >> wanted % 64 & 1))
			return false;
		*start = recent->start;
	}
	return true;
}

static void match_token(struct matcher *matcher, const struct token *token, uint32_t entry)
{
	const uint64_t *set = set_of(matcher, entry);
	for (size_t i = 0; i < matcher->set_words; i++) {
		for (uint64_t bits = set[i] & matcher->last[i]; bits; bits &= bits - 1) {
			const size_t slot = i * 64 + (size_t)__builtin_ctzll(bits);
			uint32_t start = token->start;
			if (phrase_stands(matcher, slot, token->position, &start))
				add_match(matcher->list,
					  (struct match){
						  .start = start,
						  .end = token->end,
						  .leaf = matcher->slots[slot].leaf,
						  .sentence =
							  (uint32_t)matcher->list->sentence_count - 1,
					  });
		}
	}
}

static void add_sentence(struct match_list *list, uint32_t start)
{
	if (list->sentence_count && list->sentences[list->sentence_count - 1] >= start)
		return;
	memory_reserve(&list->sentences, &list->sentence_capacity, list->sentence_count,
		       sizeof(*list->sentences));
	list->sentences[list->sentence_count++] = start;
}

static void match_tokens(struct matcher *matcher, struct str text, uint32_t from,
			 const struct token_list *tokens)
{
	struct match_list *list = matcher->list;
	for (size_t i = 0; i < tokens->count && list->count < MATCHES_MAX; i++) {
		const struct token *token = &tokens->items[i];
		const uint32_t entry = entry_of(matcher, token->word);
		/*
		 * A joined word stands where its first part does, and a character where its bigram does; both can
		 * end a phrase, as in the index.
		 */
		if (!(token->flags & (TOKEN_JOINED | TOKEN_CHARACTER))) {
			if (i == 0 || token->flags & TOKEN_SENTENCE)
				add_sentence(list,
					     i ? sentence_start(text, token->start, from) : from);
			matcher->recent[token->position % RECENT_MAX] =
				(struct recent){ token->position, token->start, entry };
		}
		if (entry >= ENTRY_FIRST)
			match_token(matcher, token, entry);
	}
}

void match_article(const struct article *article, enum match_part part,
		   const struct query_leaf *leaves, size_t leaf_count, struct analyser *analyser,
		   struct match_list *list)
{
	struct matcher matcher;
	matcher_init(&matcher, part, analyser_language(analyser), leaves, leaf_count);
	matcher.list = list;
	struct token_list tokens = { 0 };
	uint32_t position = 1;
	for (size_t i = 0; i < article->paragraph_count && matcher.slot_count; i++) {
		const struct paragraph *paragraph = &article->paragraphs[i];
		if ((paragraph->kind == PARAGRAPH_TITLE) != (part == MATCH_TITLE))
			continue;
		tokens.count = 0;
		const struct str text = { article->text.data + paragraph->start,
					  paragraph->end - paragraph->start };
		/* The position left out keeps phrases from going on in the next paragraph. */
		position = 1 + analyser_run(analyser, text, paragraph->start, position, &tokens);
		match_tokens(&matcher, article->text, paragraph->start, &tokens);
		if (list->count >= MATCHES_MAX)
			break;
	}
	token_list_release(&tokens);
	matcher_release(&matcher);
}
