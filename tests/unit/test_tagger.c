#include "../../lib/entity/tagger/evaluate.h"
#include "../../lib/entity/tagger/features.h"

#include "dateline/intern.h"
#include "testing.h"

#include <unistd.h>

/* ---- a small model ---- */

#define LISTS 64
#define ROWS 256

static struct {
	struct model_header header;
	struct list_slot lists[LISTS];
	uint8_t marks[ROWS];
	struct row_slot rows[ROWS];
} bytes;
static struct model model;

static void seal(void)
{
	bytes.header.check = hash_bytes(&bytes.header, offsetof(struct model_header, check));
}

static void set_up(void)
{
	memset(&bytes, 0, sizeof bytes);
	memcpy(bytes.header.magic, MODEL_MAGIC, sizeof MODEL_MAGIC);
	bytes.header.format = MODEL_FORMAT;
	bytes.header.features = MODEL_FEATURES;
	bytes.header.list_count = LISTS;
	bytes.header.row_groups = ROWS / ROW_GROUP;
	bytes.header.unit = 0.1f;
	seal();
	struct error err;
	ck_assert_int_eq(model_view(&model, &bytes, sizeof bytes, "m", &err), STATUS_OK);
}

static void put_feature(uint64_t feature, unsigned tag, int8_t weight)
{
	size_t at = model_slot(feature, model.row_groups) * ROW_GROUP;
	while (bytes.marks[at])
		at++;
	bytes.marks[at] = row_mark(feature);
	const uint32_t check = row_check(feature);
	bytes.rows[at].check[0] = (uint8_t)check;
	bytes.rows[at].check[1] = (uint8_t)(check >> 8);
	bytes.rows[at].check[2] = (uint8_t)(check >> 16);
	bytes.rows[at].weights[tag] = weight;
}

/* The first feature of a word is the word itself. */
static void teach(const char *text, unsigned tag, int8_t weight)
{
	struct word_table words;
	uint64_t features[FEATURES_MOST];
	word_table_init(&words, &model);
	const uint32_t number = word_table_find(&words, text, strlen(text));
	ck_assert_uint_gt(features_of_word(&model, &words.items[number], 0, features), 0);
	put_feature(features[0], tag, weight);
	word_table_release(&words);
}

static void list(const char *text, uint32_t lists)
{
	struct buffer lower = { 0 };
	word_lower(str_from(text), &lower);
	const uint64_t hash = word_hash(buffer_str(&lower));
	buffer_release(&lower);
	size_t at = model_slot(hash, model.list_count);
	while (bytes.lists[at].check)
		at = model_next(at, model.list_count);
	bytes.lists[at] = (struct list_slot){ list_check(hash), 0, lists | list_check_more(hash) };
}

/* The names in one line of text as "kind:text kind:text". */
static struct buffer said;

static const char *names_in(const char *text)
{
	struct spans spans = { 0 };
	struct tagger *tagger = tagger_new(&model);
	split_line(text, 0, (uint32_t)strlen(text), &spans);
	tagger_begin(tagger);
	tagger_add_line(tagger, text, spans.items, spans.count);
	size_t count;
	const struct name *names = tagger_run(tagger, &count);
	buffer_reset(&said);
	buffer_add_text(&said, "");
	for (size_t i = 0; i < count; i++) {
		const uint32_t start = spans.items[names[i].first].start;
		buffer_add_format(&said, "%s%d:%.*s", i ? " " : "", names[i].kind,
				  (int)(spans.items[names[i].last].end - start), text + start);
		ck_assert_uint_le(names[i].confidence, 100);
	}
	tagger_free(tagger);
	free(spans.items);
	return said.data;
}

START_TEST(a_model_without_weights_finds_nothing)
{
	ck_assert_str_eq(names_in("Smith met the Queen of England in London."), "");
	ck_assert_str_eq(names_in(""), "");
}
END_TEST

START_TEST(a_word_with_weight_is_found_where_it_stands)
{
	teach("Smith", TAG_UNIT(NAME_PERSON), 100);
	teach("New", TAG_BEGIN(NAME_PLACE), 100);
	teach("York", TAG_LAST(NAME_PLACE), 100);
	ck_assert_str_eq(names_in("Smith left New York, said Smith."), "0:Smith 2:New York 0:Smith");
}
END_TEST

START_TEST(a_word_in_lower_case_is_no_name_unless_it_opens_one)
{
	teach("smith", TAG_UNIT(NAME_PERSON), 100);
	ck_assert_str_eq(names_in("the smith works"), "");
	list("smith", LIST_OPENS);
	ck_assert_str_eq(names_in("the smith works"), "0:smith");
}
END_TEST

START_TEST(a_joining_word_is_part_of_a_name_only_between_parts)
{
	teach("Bank", TAG_BEGIN(NAME_ORG), 100);
	teach("of", TAG_INSIDE(NAME_ORG), 100);
	teach("England", TAG_LAST(NAME_ORG), 100);
	list("of", LIST_JOINS);
	ck_assert_str_eq(names_in("the Bank of England"), "1:Bank of England");
	ck_assert_str_eq(names_in("most of us"), "");
}
END_TEST

START_TEST(every_mention_of_a_sure_name_is_sure)
{
	teach("Smith", TAG_UNIT(NAME_PERSON), 100);
	struct spans spans = { 0 };
	const char text[] = "Smith and Smith";
	split_line(text, 0, sizeof text - 1, &spans);
	struct tagger *tagger = tagger_new(&model);
	for (int i = 0; i < 3; i++) { /* the tagger forgets the article before */
		size_t count;
		tagger_begin(tagger);
		tagger_add_line(tagger, text, spans.items, spans.count);
		const struct name *names = tagger_run(tagger, &count);
		ck_assert_uint_eq(count, 2);
		ck_assert_uint_ge(names[0].confidence, 99);
		ck_assert_uint_eq(names[1].first, 2);
	}
	tagger_free(tagger);
	free(spans.items);
}
END_TEST

START_TEST(a_line_of_nothing_but_names_has_them_all)
{
	enum { NAMES = 5000 };
	teach("Smith", TAG_UNIT(NAME_PERSON), 100);
	struct buffer text = { 0 };
	struct spans spans = { 0 };
	for (int i = 0; i < NAMES; i++)
		buffer_add_text(&text, "Smith ");
	split_line(text.data, 0, (uint32_t)text.len, &spans);
	struct tagger *tagger = tagger_new(&model);
	size_t count;
	tagger_begin(tagger);
	tagger_add_line(tagger, text.data, spans.items, spans.count);
	tagger_run(tagger, &count);
	ck_assert_uint_eq(count, NAMES);
	tagger_free(tagger);
	free(spans.items);
	buffer_release(&text);
}
END_TEST

/* Weight that falls only on a name of two words, in a text of thousands of open tokens with a comma before each name. */
START_TEST(a_long_stretch_is_cut_between_names)
{
	enum { NAMES = 3001 };
	teach("New", TAG_BEGIN(NAME_PLACE), 100);
	teach("York", TAG_LAST(NAME_PLACE), 100);
	list("and", LIST_JOINS);
	struct buffer text = { 0 };
	struct spans spans = { 0 };
	for (int i = 0; i < NAMES; i++)
		buffer_add_text(&text, "New York and ");
	split_line(text.data, 0, (uint32_t)text.len, &spans);
	struct tagger *tagger = tagger_new(&model);
	size_t count;
	tagger_begin(tagger);
	tagger_add_line(tagger, text.data, spans.items, spans.count);
	const struct name *names = tagger_run(tagger, &count);
	ck_assert_uint_eq(count, NAMES);
	for (size_t i = 0; i < count; i++)
		ck_assert_uint_eq(names[i].first + 1, names[i].last);
	tagger_free(tagger);
	free(spans.items);
	buffer_release(&text);
}
END_TEST

/* Words that would be one long name together are not, in a heading. */
START_TEST(a_heading_is_no_long_name)
{
	const char *const words[] = { "Aa", "Bb", "Cc", "Dd", "Ee", "Ff" };
	for (size_t i = 0; i < 6; i++)
		teach(words[i], i == 0 ? TAG_BEGIN(1) : i == 5 ? TAG_LAST(1) : TAG_INSIDE(1), 5);
	ck_assert_str_eq(names_in("the firm Aa Bb Cc Dd Ee Ff is in the town"),
			 "1:Aa Bb Cc Dd Ee Ff");
	ck_assert_str_eq(names_in("Aa Bb Cc Dd Ee Ff"), "1:Aa Bb 1:Ee Ff");
}
END_TEST

/* ---- short forms ---- */

/* What is noted of the last word in a line. */
static unsigned spelled_in(const char *text)
{
	struct word_table words;
	struct spans spans = { 0 };
	word_table_init(&words, &model);
	struct view view = { .words = &words };
	split_line(text, 0, (uint32_t)strlen(text), &spans);
	const size_t start = view_add_line(&view, text, spans.items, spans.count);
	view_finish(&view);
	const unsigned spelled = view.seen[view_word(&view, start + spans.count - 1)->lexeme].spelled;
	view_release(&view);
	word_table_release(&words);
	free(spans.items);
	return spelled;
}

START_TEST(a_short_form_may_be_spelled_out)
{
	list("of", LIST_JOINS);
	ck_assert_uint_eq(spelled_in("liquefied natural gas (LNG) is LNG"), SPELLED_SMALL);
	ck_assert_uint_eq(spelled_in("public-private partnerships (PPPs) are PPPs"), SPELLED_SMALL);
	ck_assert_uint_eq(spelled_in("the Group of Seven (GS) is GS"), SPELLED_CAPITAL);
	ck_assert_uint_eq(spelled_in("the World Health Organization (WHO) is WHO"), SPELLED_CAPITAL);
	ck_assert_uint_eq(spelled_in("natural green gas (LNG) is LNG"), SPELLED_NOT);
	ck_assert_uint_eq(spelled_in("gas (LNG) is LNG"), SPELLED_NOT);
	ck_assert_uint_eq(spelled_in("(LNG) is LNG"), SPELLED_NOT);
	ck_assert_uint_eq(spelled_in("liquefied natural gas (LNG"), SPELLED_SMALL);
	ck_assert_uint_eq(spelled_in("natural gas ("), SPELLED_NOT);
	ck_assert_uint_eq(spelled_in("natural gas (s) is s"), SPELLED_NOT);
}
END_TEST

/* ---- refusing ---- */

static enum status view(size_t size, struct error *err)
{
	struct model other;
	return model_view(&other, &bytes, size, "some.model", err);
}

START_TEST(another_version_is_refused_by_name)
{
	struct error err;
	bytes.header.features++;
	seal();
	ck_assert_int_eq(view(sizeof bytes, &err), STATUS_OTHER_VERSION);
	ck_assert_ptr_nonnull(strstr(err.text, "some.model"));
	bytes.header.features--;
	bytes.header.format = 77;
	ck_assert_int_eq(view(sizeof bytes, &err), STATUS_OTHER_VERSION);
	ck_assert_ptr_nonnull(strstr(err.text, "77"));
}
END_TEST

START_TEST(what_is_no_model_or_damaged_is_refused)
{
	struct error err;
	ck_assert_int_eq(view(sizeof bytes - 1, &err), STATUS_CORRUPT);
	ck_assert_int_eq(view(10, &err), STATUS_BAD_INPUT);
	bytes.header.row_groups++;
	ck_assert_int_eq(view(sizeof bytes, &err), STATUS_CORRUPT);
	bytes.header.row_groups = UINT32_MAX;
	seal();
	ck_assert_int_eq(view(sizeof bytes, &err), STATUS_CORRUPT);
	bytes.header.magic[0] = 'x';
	ck_assert_int_eq(view(sizeof bytes, &err), STATUS_BAD_INPUT);
	struct model other;
	ck_assert_int_eq(model_open(&other, "/nonexistent", &err), STATUS_SYSTEM);
	ck_assert_int_eq(model_open(&other, "/dev/null", &err), STATUS_BAD_INPUT);
}
END_TEST

START_TEST(full_tables_end_every_search)
{
	memset(bytes.lists, 0x55, sizeof bytes.lists);
	memset(bytes.marks, 0x55, sizeof bytes.marks);
	ck_assert_ptr_null(model_list(&model, 0x1234567812345678u));
	ck_assert_ptr_null(model_weights(&model, 0x1234567812345678u));
}
END_TEST

/* ---- decoding ---- */

#define LENGTH 3

static float path_score(const struct steps *steps, const float *scores, const uint8_t *tags)
{
	float sum = 0;
	unsigned before = TAG_OUTSIDE;
	for (size_t i = 0; i < LENGTH; i++) {
		if (!tag_may_follow(before, tags[i]))
			return -1e9f;
		sum += steps->after[before][tags[i]] + scores[i * TAG_LANES + tags[i]];
		before = tags[i];
	}
	return tag_may_follow(before, TAG_OUTSIDE) ? sum + steps->after[before][TAG_OUTSIDE] : -1e9f;
}

static float made_up(uint32_t *state)
{
	*state = *state * 1664525 + 1013904223;
	return (float)(*state >> 16) / 65536.0f * 4.0f - 2.0f;
}

/* All ways one by one: the best score, the sum of all, and of those with a person at [1, 2]. */
static void try_all(const struct steps *steps, const float *scores, float *best, double *all,
		    double *with)
{
	uint8_t tags[LENGTH];
	*best = -1e9f;
	*all = *with = 0;
	for (unsigned n = 0; n < TAGS * TAGS * TAGS; n++) {
		tags[0] = (uint8_t)(n % TAGS);
		tags[1] = (uint8_t)(n / TAGS % TAGS);
		tags[2] = (uint8_t)(n / TAGS / TAGS);
		const float score = path_score(steps, scores, tags);
		if (score < -1e8f)
			continue;
		*best = score > *best ? score : *best;
		*all += (double)plain_exp(score - 60.0f);
		if (tags[1] == TAG_BEGIN(NAME_PERSON) && tags[2] == TAG_LAST(NAME_PERSON))
			*with += (double)plain_exp(score - 60.0f);
	}
}

START_TEST(decoding_is_exact)
{
	uint32_t state = 7;
	struct decoder decoder = { 0 };
	for (int round = 0; round < 20; round++) {
		struct steps steps;
		float scores[LENGTH * TAG_LANES], best;
		uint8_t tags[LENGTH];
		double all, with;
		for (size_t a = 0; a < TAGS; a++)
			for (size_t b = 0; b < TAGS; b++)
				steps.after[a][b] = made_up(&state);
		for (size_t i = 0; i < LENGTH * TAG_LANES; i++)
			scores[i] = made_up(&state);
		try_all(&steps, scores, &best, &all, &with);
		decode_best(&decoder, &steps, scores, LENGTH, tags);
		ck_assert_float_eq_tol(path_score(&steps, scores, tags), best, 1e-4f);
		decoder_set_steps(&decoder, &steps);
		decode_sums(&decoder, scores, LENGTH);
		ck_assert_float_eq_tol(decode_name(&decoder, 1, 2, NAME_PERSON),
				       (float)(with / all), 1e-4f);
	}
	decoder_release(&decoder);
}
END_TEST

/* ---- splitting ---- */

static const char *pieces_of(const char *text)
{
	struct spans spans = { 0 };
	split_line(text, 0, (uint32_t)strlen(text), &spans);
	buffer_reset(&said);
	buffer_add_text(&said, "");
	for (size_t i = 0; i < spans.count; i++)
		buffer_add_format(&said, "%s%.*s", i ? "|" : "",
				  (int)(spans.items[i].end - spans.items[i].start),
				  text + spans.items[i].start);
	free(spans.items);
	return said.data;
}

START_TEST(text_is_cut_as_hand_tagged_texts_are)
{
	ck_assert_str_eq(pieces_of("The U.S.-led force (NATO) left."),
			 "The|U.S.-led|force|(|NATO|)|left|.");
	ck_assert_str_eq(pieces_of("Mr. Smith's son didn't go, he said."),
			 "Mr.|Smith|'s|son|did|n't|go|,|he|said|.");
	ck_assert_str_eq(pieces_of("BEIJING, Feb 6 (Reuters) - China"),
			 "BEIJING|,|Feb|6|(|Reuters|)|-|China");
	ck_assert_str_eq(pieces_of("in the U.S. J. P. Morgan won 1,234.5 points"),
			 "in|the|U.S.|J.|P.|Morgan|won|1,234.5|points");
	ck_assert_str_eq(pieces_of("\u201cYes,\u201d she said\u2014twice"),
			 "\u201c|Yes|,|\u201d|she|said|\u2014|twice");
	ck_assert_str_eq(pieces_of("Peñalolén\u2019s mayor"), "Peñalolén|\u2019s|mayor");
	ck_assert_str_eq(pieces_of(" \t "), "");
	ck_assert_str_eq(pieces_of("''' -- ..."), "'|'|'|--|...");
}
END_TEST

/* ---- hand-tagged files ---- */

static enum status read_text(const char *text, struct labelled *labelled, struct error *err)
{
	char path[] = "/tmp/test_tagger.XXXXXX";
	const int file = mkstemp(path);
	ck_assert_int_ge(file, 0);
	ck_assert_int_eq(write(file, text, strlen(text)), (ssize_t)strlen(text));
	close(file);
	const enum status status = labelled_read(labelled, path, err);
	unlink(path);
	return status;
}

START_TEST(labels_follow_the_rules_of_conll)
{
	struct labelled l;
	struct error err;
	ck_assert_int_eq(read_text("-DOCSTART-\tO\n\nA\tI-PER\nB\tI-PER\nC\tI-ORG\nD\tB-ORG\nE\tO\n\n"
				   "F\tI-ORG\n-DOCSTART-\tO\nG\tB-Date\nH\tI-Date\nI\tB-NORP\n",
				   &l, &err),
			 STATUS_OK);
	ck_assert_uint_eq(l.tokens.count, 9);
	ck_assert_uint_eq(l.line_count, 3);
	ck_assert_uint_eq(l.article_count, 2);
	ck_assert_uint_eq(l.label_count, 5);
	ck_assert_uint_eq(l.labels[0].last, 1);
	ck_assert_uint_eq(l.labels[1].first, 2);
	ck_assert_uint_eq(l.labels[2].first, 3);
	ck_assert_uint_eq(l.labels[3].first, 5);
	ck_assert_uint_eq(l.labels[4].kind, NAME_OTHER);
	labelled_release(&l);
}
END_TEST

START_TEST(a_bad_line_is_named)
{
	struct labelled l;
	struct error err;
	ck_assert_int_eq(read_text("A\tO\nB\tB-Nonsense\n", &l, &err), STATUS_BAD_INPUT);
	ck_assert_ptr_nonnull(strstr(err.text, "line 2"));
	ck_assert_int_eq(read_text("A\tO\nB\n", &l, &err), STATUS_BAD_INPUT);
	ck_assert_int_eq(read_text("", &l, &err), STATUS_OK);
	ck_assert_uint_eq(l.article_count, 0);
	labelled_release(&l);
}
END_TEST

START_TEST(a_score_counts_exact_names)
{
	struct labelled l;
	struct error err;
	struct evaluation evaluation;
	teach("Smith", TAG_UNIT(NAME_PERSON), 100);
	teach("Rome", TAG_UNIT(NAME_ORG), 100);
	ck_assert_int_eq(read_text("Smith\tB-PER\nleft\tO\nRome\tB-LOC\nand\tO\nParis\tB-LOC\n", &l,
				   &err),
			 STATUS_OK);
	struct tagger *tagger = tagger_new(&model);
	evaluate(tagger, &l, &evaluation);
	ck_assert_uint_eq(evaluation.all.right, 1);
	ck_assert_uint_eq(evaluation.all.found, 2);
	ck_assert_uint_eq(evaluation.all.there, 3);
	struct buffer text = { 0 };
	evaluation_print(&evaluation, &text);
	ck_assert_ptr_nonnull(strstr(text.data, "\nF1 40.00\n"));
	buffer_release(&text);
	tagger_free(tagger);
	labelled_release(&l);
}
END_TEST

static Suite *make_suite(void)
{
	Suite *suite = suite_create("tagger");
	TCase *tests = tcase_create("tagger");
	tcase_add_checked_fixture(tests, set_up, NULL);
	tcase_add_test(tests, a_model_without_weights_finds_nothing);
	tcase_add_test(tests, a_word_with_weight_is_found_where_it_stands);
	tcase_add_test(tests, a_word_in_lower_case_is_no_name_unless_it_opens_one);
	tcase_add_test(tests, a_joining_word_is_part_of_a_name_only_between_parts);
	tcase_add_test(tests, every_mention_of_a_sure_name_is_sure);
	tcase_add_test(tests, a_line_of_nothing_but_names_has_them_all);
	tcase_add_test(tests, a_long_stretch_is_cut_between_names);
	tcase_add_test(tests, a_heading_is_no_long_name);
	tcase_add_test(tests, a_short_form_may_be_spelled_out);
	tcase_add_test(tests, another_version_is_refused_by_name);
	tcase_add_test(tests, what_is_no_model_or_damaged_is_refused);
	tcase_add_test(tests, full_tables_end_every_search);
	tcase_add_test(tests, decoding_is_exact);
	tcase_add_test(tests, text_is_cut_as_hand_tagged_texts_are);
	tcase_add_test(tests, labels_follow_the_rules_of_conll);
	tcase_add_test(tests, a_bad_line_is_named);
	tcase_add_test(tests, a_score_counts_exact_names);
	suite_add_tcase(suite, tests);
	return suite;
}

TEST_MAIN(make_suite)
