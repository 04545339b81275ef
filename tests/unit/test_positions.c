#include "dateline/positions.h"

#include "testing.h"

static struct arena arena;
static struct buffer out;
static struct analyser *analyser;
static struct token_list tokens;
static struct article article;

#define MENTIONS_MAX 64

static struct mention mentions[MENTIONS_MAX];
static size_t mention_count;

static void set_up(void)
{
	analyser = analyser_new();
	analyser_set_language(analyser, language_find(STR("en")));
}

static void tear_down(void)
{
	analyser_free(analyser);
	token_list_release(&tokens);
	arena_release(&arena);
	buffer_release(&out);
}

/* Paragraphs are parted by "|", and a first one that begins with "#" is the title. Positions leave 5 between them. */
static void analyse(const char *text)
{
	struct text_builder builder = { 0 };
	uint32_t position = 1;
	const bool has_title = *text == '#';
	for (text += has_title; *text;) {
		const size_t len = strcspn(text, "|");
		text_builder_add(&builder,
				 has_title && !builder.count ? PARAGRAPH_TITLE : PARAGRAPH_TEXT,
				 (struct str){ text, len });
		text += len + (text[len] == '|');
	}
	article = (struct article){ 0 };
	text_builder_finish(&builder, &arena, &article);
	text_builder_release(&builder);
	tokens.count = 0;
	mention_count = 0;
	for (size_t i = 0; i < article.paragraph_count; i++) {
		const struct paragraph *paragraph = &article.paragraphs[i];
		const struct str part = { article.text.data + paragraph->start,
					  paragraph->end - paragraph->start };
		position = analyser_run(analyser, part, paragraph->start, position, &tokens) + 5;
	}
}

/* The `nth` time, from 0, that these bytes are in the text is a mention of the entity. They are to be given in order. */
static void mention(uint32_t entity, const char *bytes, int nth)
{
	const char *at = article.text.data;
	for (at = strstr(at, bytes); at && nth > 0; nth--)
		at = strstr(at + 1, bytes);
	ck_assert_ptr_nonnull(at);
	ck_assert_uint_lt(mention_count, MENTIONS_MAX);
	const uint32_t start = (uint32_t)(at - article.text.data);
	mentions[mention_count++] = (struct mention){ .start = start,
						      .end = start + (uint32_t)strlen(bytes),
						      .entity = entity };
}

static void write_list(struct position_list list)
{
	for (uint32_t i = 0; i < list.count; i++)
		buffer_add_format(&out, "%s%u", i ? " " : "", list.items[i]);
}

/* The positions of each entity, "1 2|7". */
static struct str found(size_t entities)
{
	struct position_list lists[8];
	positions_of_mentions(mentions, mention_count, &tokens, entities, &arena, lists);
	buffer_reset(&out);
	for (size_t i = 0; i < entities; i++) {
		buffer_add_text(&out, i ? "|" : "");
		write_list(lists[i]);
	}
	return buffer_str(&out);
}

static struct str sentences(const char *text)
{
	analyse(text);
	buffer_reset(&out);
	write_list(positions_of_sentences(&article, &tokens, &arena));
	return buffer_str(&out);
}

/* ---- sentences ---- */

START_TEST(each_sentence_begins_at_a_word)
{
	assert_str(sentences("One two. Three four! \"Five,\" six."), "1 3 5");
	assert_str(sentences("One. Two.|Three. Four."), "1 2 8 9");
	assert_str(sentences("Mr. Smith came. He saw the U.S. Congress."), "1 4");
}
END_TEST

START_TEST(the_title_is_one_sentence)
{
	assert_str(sentences("#It rains. What now? Stay in.|One. Two."), "1 12 13");
	assert_str(sentences("#It rains"), "1");
}
END_TEST

START_TEST(what_has_no_words_has_no_sentence)
{
	assert_str(sentences(""), "");
	assert_str(sentences("***|..."), "");
	/* A paragraph takes its room between positions all the same. */
	assert_str(sentences("One. Two.|* * *|Three. *** Four."), "1 2 13 14");
	assert_str(sentences("#!!!|One. Two."), "6 7");
}
END_TEST

START_TEST(a_hyphenated_word_begins_a_sentence_once)
{
	assert_str(sentences("One. Well-known two-two three. Four."), "1 2 7");
}
END_TEST

START_TEST(sentences_of_scripts_without_blanks)
{
	/* Two bigrams of three characters. */
	assert_str(sentences("中国人。日本人。"), "1 3");
	assert_str(sentences("中。日。"), "1 2");
}
END_TEST

/* ---- mentions ---- */

START_TEST(a_mention_is_at_its_words)
{
	analyse("Then Ada Vos said Vos is Ada Vos.");
	mention(0, "Ada Vos", 0);
	mention(0, "Vos", 1);
	mention(0, "Ada Vos", 1);
	assert_str(found(2), "2 3 5 7 8|");
}
END_TEST

START_TEST(mentions_may_lie_over_each_other)
{
	analyse("The Bank of China in China paid.");
	mention(0, "Bank of China", 0);
	mention(1, "China", 0);
	mention(2, "China in China", 0);
	mention(1, "China", 1);
	assert_str(found(3), "2 3 4|4 6|4 5 6");
}
END_TEST

START_TEST(mentions_may_be_in_any_paragraph)
{
	analyse("#Ada Vos|Vos came.|Nobody.|Ada came");
	mention(0, "Ada Vos", 0);
	mention(0, "Vos", 1);
	mention(0, "Ada", 1);
	assert_str(found(1), "1 2 8 21");
}
END_TEST

START_TEST(parts_of_hyphenated_words_are_words)
{
	analyse("A post-Soviet Jean-Claude Smith-led team");
	mention(0, "Soviet", 0);
	mention(1, "Jean-Claude Smith", 0);
	mention(2, "led", 0);
	assert_str(found(3), "3|4 5 6|7");
}
END_TEST

START_TEST(what_is_left_out_of_a_word_does_not_matter)
{
	analyse("Obama's and the Dutch' U.S. l'Italie");
	mention(0, "Obama's", 0);
	mention(1, "Dutch", 0);
	mention(2, "U.S", 0);
	mention(3, "Italie", 0);
	assert_str(found(4), "1|4|5|6");
}
END_TEST

START_TEST(a_mention_without_whole_words_is_at_those_it_touches)
{
	analyse("one xChinay two");
	mention(0, "China", 0);
	assert_str(found(1), "2");
	analyse("one xChina xSpain two");
	mention(0, "hina xSpai", 0);
	assert_str(found(1), "2 3");
	analyse("one ... two");
	mention(0, "...", 0);
	assert_str(found(1), "");
}
END_TEST

START_TEST(mentions_in_scripts_without_blanks)
{
	/* 美中 1, 中国 2, 国人 3; a character is where its bigram is, the last where the last is. */
	analyse("美中国人");
	mention(0, "美", 0);
	mention(1, "中国", 0);
	mention(2, "人", 0);
	assert_str(found(3), "1|2 3|3");
	analyse("中");
	mention(0, "中", 0);
	assert_str(found(1), "1");
}
END_TEST

START_TEST(nothing_has_no_positions)
{
	analyse("");
	assert_str(found(0), "");
	assert_str(found(2), "|");
	mentions[mention_count++] = (struct mention){ .start = 0, .end = 0 };
	assert_str(found(1), "");
}
END_TEST

/* ---- lists ---- */

START_TEST(lists_are_united)
{
	static const uint32_t some[] = { 1, 5, 9 }, others[] = { 2, 5, 6, 7 }, behind[] = { 10, 11 };
	const struct position_list lists[] = { { some, 3 }, { others, 4 }, { NULL, 0 }, { behind, 2 } };
	struct position_list all[] = { lists[2], lists[0], lists[1], lists[2], lists[0] };
	buffer_reset(&out);
	write_list(positions_unite(all, 5, &arena));
	buffer_add_text(&out, "|");
	write_list(positions_unite(all, 1, &arena));
	buffer_add_text(&out, "|");
	write_list(positions_unite(NULL, 0, &arena));
	buffer_add_text(&out, "|");
	all[2] = lists[3];
	write_list(positions_unite(all, 3, &arena));
	assert_str(buffer_str(&out), "1 2 5 6 7 9|||1 5 9 10 11");
}
END_TEST

START_TEST(positions_lead_to_sentences)
{
	static const uint32_t starts[] = { 3, 7, 8, 30 }, where[] = { 1, 3, 6, 8, 29, 31, 90 };
	uint32_t numbers[7];
	const struct position_list sentence_list = { starts, 4 }, list = { where, 7 };
	/* The first is in none. */
	ck_assert_uint_eq(positions_to_sentences(list, sentence_list, numbers), 3);
	ck_assert_uint_eq(numbers[0], 0);
	ck_assert_uint_eq(numbers[1], 2);
	ck_assert_uint_eq(numbers[2], 3);
	const struct position_list none = { NULL, 0 };
	ck_assert_uint_eq(positions_to_sentences(none, sentence_list, numbers), 0);
	ck_assert_uint_eq(positions_to_sentences(list, none, numbers), 0);
}
END_TEST

/* ---- any text ---- */

static uint64_t seed = 1;

static uint32_t below(uint32_t bound)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(seed >> 33) % bound;
}

static void make_text(void)
{
	static const char *const pieces[] = { "Ada ",   "Vos ",   "well-known ", "U.S. ",
					      "中国人", "ประเทศ", "Dr. ",        ". ",
					      "|",      "* ",     "1,234 ",      "Obama's ",
					      "a-b-c ", "\" ",    "end. " };
	struct buffer text = { 0 };
	buffer_add_text(&text, below(2) ? "#" : "x ");
	for (uint32_t i = below(60); i > 0; i--)
		buffer_add_text(&text, pieces[below(sizeof(pieces) / sizeof(pieces[0]))]);
	analyse(text.data);
	buffer_release(&text);
}

static int compare_mentions(const void *a, const void *b)
{
	const struct mention *left = a, *right = b;
	return (left->start > right->start) - (left->start < right->start);
}

/* The same, looked up token by token for each mention. */
static bool is_in_mention(uint32_t entity, uint32_t position)
{
	for (size_t m = 0; m < mention_count; m++) {
		bool is_whole = false, is_there = false, is_touched = false;
		for (size_t t = 0; t < tokens.count && mentions[m].entity == entity; t++) {
			const struct token *token = &tokens.items[t];
			if (token->flags & TOKEN_JOINED)
				continue;
			const bool whole = token->start >= mentions[m].start &&
					   token->end <= mentions[m].end;
			is_whole = is_whole || whole;
			if (token->position != position)
				continue;
			is_there = is_there || whole;
			is_touched = is_touched || (token->start < mentions[m].end &&
						    token->end > mentions[m].start);
		}
		if (is_there || (!is_whole && is_touched))
			return true;
	}
	return false;
}

static void assert_as_looked_up(const struct position_list *list, uint32_t entity, uint32_t last)
{
	uint32_t at = 0;
	for (uint32_t position = 0; position <= last; position++) {
		const bool listed = at < list->count && list->items[at] == position;
		ck_assert_msg(listed == is_in_mention(entity, position), "%.*s: %u at %u",
			      STR_ARG(article.text), entity, position);
		at += listed;
	}
	ck_assert_uint_eq(at, list->count);
}

START_TEST(any_mentions_of_any_text)
{
	for (int round = 0; round < 3000; round++) {
		struct position_list lists[3];
		make_text();
		const uint32_t len = (uint32_t)article.text.len;
		for (uint32_t i = len ? below(12) : 0; i > 0; i--) {
			const uint32_t start = below(len);
			mentions[mention_count++] =
				(struct mention){ .start = start,
						  .end = start + 1 +
							 below(len - start < 20 ? len - start : 20),
						  .entity = below(3) };
		}
		qsort(mentions, mention_count, sizeof(mentions[0]), compare_mentions);
		positions_of_mentions(mentions, mention_count, &tokens, 3, &arena, lists);
		const uint32_t last = tokens.count ? tokens.items[tokens.count - 1].position + 3 : 0;
		for (uint32_t entity = 0; entity < 3; entity++)
			assert_as_looked_up(&lists[entity], entity, last);
		arena_reset(&arena);
	}
}
END_TEST

/* Every word is in a sentence, and a sentence begins where text.h says so, if there is a word in it. */
START_TEST(any_sentences_of_any_text)
{
	for (int round = 0; round < 3000; round++) {
		make_text();
		const struct position_list starts = positions_of_sentences(&article, &tokens, &arena);
		ck_assert_int_eq(starts.count > 0, tokens.count > 0);
		for (uint32_t i = 1; i < starts.count; i++)
			ck_assert_uint_lt(starts.items[i - 1], starts.items[i]);
		uint32_t at = 0;
		for (size_t t = 0; t < tokens.count; t++) {
			const struct token *token = &tokens.items[t];
			if (!(token->flags & TOKEN_SENTENCE) ||
			    (token->flags & (TOKEN_JOINED | TOKEN_CHARACTER)))
				continue;
			const bool in_title = article.paragraphs[0].kind == PARAGRAPH_TITLE &&
					      token->start < article.paragraphs[0].end;
			if (t && in_title)
				continue;
			ck_assert_uint_lt(at, starts.count);
			ck_assert_uint_eq(starts.items[at++], token->position);
		}
		ck_assert_uint_eq(at, starts.count);
		arena_reset(&arena);
	}
}
END_TEST

START_TEST(hundreds_of_thousands_are_quick)
{
	const uint32_t count = 300000;
	struct buffer text = { 0 };
	struct mention *many = memory_zero(count, sizeof(*many));
	struct position_list list;
	for (uint32_t i = 0; i < count; i++)
		buffer_add_text(&text, i % 7 ? "China " : "China. ");
	analyse(text.data);
	for (uint32_t i = 0; i < count; i++)
		many[i] = (struct mention){ .start = tokens.items[i].start,
					    .end = tokens.items[i].end };
	positions_of_mentions(many, count, &tokens, 1, &arena, &list);
	ck_assert_uint_eq(list.count, count);
	const struct position_list starts = positions_of_sentences(&article, &tokens, &arena);
	uint32_t *numbers = arena_alloc(&arena, count * sizeof(*numbers));
	ck_assert_uint_eq(positions_to_sentences(list, starts, numbers), starts.count);
	ck_assert_uint_eq(numbers[starts.count - 1], starts.count - 1);
	buffer_release(&text);
	free(many);
}
END_TEST

static Suite *make_suite(void)
{
	Suite *suite = suite_create("positions");
	TCase *tests = tcase_create("positions");
	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_set_timeout(tests, 120);
	tcase_add_test(tests, each_sentence_begins_at_a_word);
	tcase_add_test(tests, the_title_is_one_sentence);
	tcase_add_test(tests, what_has_no_words_has_no_sentence);
	tcase_add_test(tests, a_hyphenated_word_begins_a_sentence_once);
	tcase_add_test(tests, sentences_of_scripts_without_blanks);
	tcase_add_test(tests, a_mention_is_at_its_words);
	tcase_add_test(tests, mentions_may_lie_over_each_other);
	tcase_add_test(tests, mentions_may_be_in_any_paragraph);
	tcase_add_test(tests, parts_of_hyphenated_words_are_words);
	tcase_add_test(tests, what_is_left_out_of_a_word_does_not_matter);
	tcase_add_test(tests, a_mention_without_whole_words_is_at_those_it_touches);
	tcase_add_test(tests, mentions_in_scripts_without_blanks);
	tcase_add_test(tests, nothing_has_no_positions);
	tcase_add_test(tests, lists_are_united);
	tcase_add_test(tests, positions_lead_to_sentences);
	tcase_add_test(tests, any_mentions_of_any_text);
	tcase_add_test(tests, any_sentences_of_any_text);
	tcase_add_test(tests, hundreds_of_thousands_are_quick);
	suite_add_tcase(suite, tests);
	return suite;
}

TEST_MAIN(make_suite)
