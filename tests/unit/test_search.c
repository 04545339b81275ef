/* The promise of the counts, tried against counting by hand on articles that are kept in memory. */
#include "../../searcher/answer.h"
#include "../../searcher/query/query.h"

#include "dateline/docset.h"
#include "small_index.h"

#include <sys/wait.h>

#define ARTICLES 500
#define TRIALS 150

/* Words with stems of their own; each article has some of them. */
static const char *const words[] = { "harbour", "storm", "vote", "bank",
				     "court",   "rain",  "ship", "market" };

#define WORDS (sizeof(words) / sizeof(words[0]))

static const char *const dates[] = { NULL,         "2021",       "2022",       "2022-11",
				     "2022-12",    "2023-01",    "2023-01-05", "2023-01-06T10:00",
				     "2023-02-28", "2023-02-28", "2024-02-29", "2024" };

#define DATES (sizeof(dates) / sizeof(dates[0]))

/* Names that an article has at most once each. */
static const struct {
	enum facet_kind kind;
	const char *names[8];
} pool[] = {
	{ KIND_PERSON, { "Kajsa Ollongren", "José Pérez", "Ada Vos", "Li Wei" } },
	{ KIND_ORG, { "World Bank", "Acme Widgets", "Harbour Board" } },
	{ KIND_PLACE, { "China", "Netherlands", "France", "Spain", "Norway" } },
	{ KIND_SOURCE, { "The Quay", "Mole", "Pier" } },
	{ KIND_AUTHOR, { "Jan Smit", "Ada Vos", "Zoë Quay", "Émile Dubois" } },
	{ KIND_TOPIC, { "shipping", "weather", "money" } },
	{ KIND_SECTION, { "Business", "World" } },
	{ KIND_LANGUAGE, { "en", "nl", "de" } },
};

#define POOL (sizeof(pool) / sizeof(pool[0]))

struct made_article {
	bool has_word[WORDS], in_title[WORDS];
	uint8_t names[POOL]; /* one bit a name */
	const char *date;
};

static struct made_article articles[ARTICLES];
static struct small_index made;
static struct arena arena;
static uint64_t seed = 20240207;

static uint32_t any(uint32_t below)
{
	return small_random(&seed, below);
}

/* ---- the articles ---- */

static void make_words(struct made_article *article, struct buffer *title, struct buffer *body)
{
	buffer_add_text(title, "Report");
	buffer_add_text(body, "It was said.");
	for (size_t i = 0; i < WORDS; i++) {
		article->has_word[i] = any(3) == 0;
		article->in_title[i] = article->has_word[i] && any(4) == 0;
		if (article->has_word[i])
			buffer_add_format(article->in_title[i] ? title : body, " %s", words[i]);
	}
}

static void make_values(struct made_article *article, struct small_article *given)
{
	for (size_t k = 0; k < POOL; k++)
		for (int n = 0; pool[k].names[n]; n++) {
			if (any(4) != 0)
				continue;
			article->names[k] |= (uint8_t)(1 << n);
			given->values[given->value_count++] =
				(struct small_value){ pool[k].kind, pool[k].names[n] };
		}
}

static void make_index(void)
{
	small_index_start(&made);
	for (int i = 0; i < ARTICLES; i++) {
		struct buffer title = { 0 }, body = { 0 };
		char id[16];
		snprintf(id, sizeof(id), "a%03d", i);
		articles[i] = (struct made_article){ .date = dates[any(DATES)] };
		struct small_article given = { .id = id, .date = articles[i].date };
		make_words(&articles[i], &title, &body);
		make_values(&articles[i], &given);
		given.title = title.data;
		given.body = body.data;
		ck_assert_uint_eq(small_index_add(&made, &given), (uint32_t)i + 1);
		buffer_release(&title);
		buffer_release(&body);
	}
	small_index_finish(&made);
}

static void set_up(void)
{
	if (!made.path[0])
		make_index();
}

static void tear_down(void)
{
	arena_release(&arena);
}

/* ---- what is asked ---- */

struct asked_filter {
	size_t pool; /* POOL: a date */
	int name;
	const char *date;
	bool excluded;
};

struct asked {
	int all_of[3], none_of[2]; /* words, -1: none */
	struct asked_filter filters[6];
	size_t filter_count;
	char text[128];
	struct str texts[6];
	struct request request;
};

static const char *const date_filters[] = {
	"2022",      "2023",    "2022-12",          "2023-01-05",
	"undated",   "2022-XX", "2023-01-XX",       "2022..",
	"..2022-12", "1999",    "2022-12..2023-01", "2023-01-05..2023-02-28"
};

#define DATE_FILTERS (sizeof(date_filters) / sizeof(date_filters[0]))

static void ask_words(struct asked *asked)
{
	char *at = asked->text;
	for (int i = 0; i < 3; i++) {
		asked->all_of[i] = any(3) == 0 ? (int)any(WORDS) : -1;
		if (asked->all_of[i] >= 0)
			at += sprintf(at, "%s ", words[asked->all_of[i]]);
	}
	for (int i = 0; i < 2; i++) {
		asked->none_of[i] = at > asked->text && any(4) == 0 ? (int)any(WORDS) : -1;
		if (asked->none_of[i] >= 0)
			at += sprintf(at, "-%s ", words[asked->none_of[i]]);
	}
}

/* Fields are few at a time, so that some get more than one choice. */
static void ask_filters(struct asked *asked)
{
	const size_t fields[3] = { any(POOL + 1), any(POOL + 1), any(POOL + 1) };
	asked->filter_count = any(6);
	for (size_t i = 0; i < asked->filter_count; i++) {
		struct asked_filter *filter = &asked->filters[i];
		struct buffer text = { 0 };
		filter->pool = fields[any(3)];
		filter->excluded = any(4) == 0;
		const char *sign = filter->excluded ? "!=" : "=";
		if (filter->pool == POOL) {
			filter->date = date_filters[any(DATE_FILTERS)];
			buffer_add_format(&text, "published%s%s", sign, filter->date);
		} else {
			int count = 0;
			while (pool[filter->pool].names[count])
				count++;
			filter->name = (int)any((uint32_t)count);
			buffer_add_format(&text, "%s%s%s",
					  field_of_kind(pool[filter->pool].kind)->name, sign,
					  pool[filter->pool].names[filter->name]);
		}
		asked->texts[i] = arena_copy(&arena, buffer_str(&text));
		buffer_release(&text);
	}
}

static void ask(struct asked *asked, uint32_t facet_max)
{
	*asked = (struct asked){ 0 };
	ask_words(asked);
	ask_filters(asked);
	struct request *request = &asked->request;
	request->words = str_from(asked->text);
	request->all = !asked->text[0];
	request->filters = (struct str_list){ asked->texts, asked->filter_count };
	request->facets = arena_zero(&arena, POOL + 3, sizeof(*request->facets));
	for (size_t k = 0; k < POOL; k++)
		request->facets[request->facet_count++] =
			(struct facet_request){ .field = field_of_kind(pool[k].kind),
						.max = facet_max };
	for (int step = STEP_YEAR; step <= STEP_DAY; step++)
		request->facets[request->facet_count++] =
			(struct facet_request){ .field = field_find(STR("published")),
						.max = facet_max,
						.step = (enum date_step)step };
}

/* ---- the same by hand ---- */

/* "2023-01-06T10:00" at a step, as it is shown. */
static void date_value(const char *date, enum date_step step, char out[16])
{
	const size_t len = date ? strlen(date) : 0;
	if (!len)
		snprintf(out, 16, "undated");
	else if (step == STEP_YEAR)
		snprintf(out, 16, "%.4s", date);
	else if (len < 7)
		snprintf(out, 16, "%.4s-XX", date);
	else if (step == STEP_MONTH)
		snprintf(out, 16, "%.7s", date);
	else if (len < 10)
		snprintf(out, 16, "%.7s-XX", date);
	else
		snprintf(out, 16, "%.10s", date);
}

/* The first and the last day that the date, or a bound of a range, may mean. */
static void day_span(const char *date, size_t len, char first[16], char last[16])
{
	snprintf(first, 16, "%.*s%s", (int)len, date, len == 4 ? "-01-01" : len == 7 ? "-01" : "");
	if (len == 7)
		snprintf(last, 16, "%.7s-%02d", date,
			 date_days_in_month((int)strtol(date, NULL, 10),
					    (int)strtol(date + 5, NULL, 10)));
	else
		snprintf(last, 16, "%.*s%s", (int)len, date, len == 4 ? "-12-31" : "");
}

/* In a range is what lies in it as a whole. */
static bool in_range(const char *date, const char *range)
{
	char first[16], last[16], from[16] = "0000-00-00", to[16] = "9999-99-99", unused[16];
	const char *dots = strstr(range, "..");
	const size_t len = strlen(date) > 10 ? 10 : strlen(date);
	day_span(date, len, first, last);
	if (dots > range)
		day_span(range, (size_t)(dots - range), from, unused);
	if (dots[2])
		day_span(dots + 2, strlen(dots + 2), unused, to);
	return strcmp(first, from) >= 0 && strcmp(last, to) <= 0;
}

static bool date_fits(const char *date, const char *filter)
{
	if (strstr(filter, ".."))
		return date && in_range(date, filter);
	char value[16];
	for (int step = STEP_YEAR; step <= STEP_DAY; step++) {
		date_value(date, (enum date_step)step, value);
		if (strcmp(value, filter) == 0)
			return true;
	}
	return false;
}

static bool fits_filter(const struct made_article *article, const struct asked_filter *filter)
{
	if (filter->pool == POOL)
		return date_fits(article->date, filter->date);
	return article->names[filter->pool] >> filter->name & 1;
}

static bool fits_words(const struct made_article *article, const struct asked *asked)
{
	for (int i = 0; i < 3; i++)
		if (asked->all_of[i] >= 0 && !article->has_word[asked->all_of[i]])
			return false;
	for (int i = 0; i < 2; i++)
		if (asked->none_of[i] >= 0 && article->has_word[asked->none_of[i]])
			return false;
	return true;
}

/* With the filters of one field left out (POOL + 1: of none), but for what they take away. */
static bool fits(const struct made_article *article, const struct asked *asked, size_t without)
{
	if (!fits_words(article, asked))
		return false;
	for (size_t field = 0; field <= POOL; field++) {
		bool chosen = false, any_fits = false;
		for (size_t i = 0; i < asked->filter_count; i++) {
			const struct asked_filter *filter = &asked->filters[i];
			if (filter->pool != field)
				continue;
			const bool has = fits_filter(article, filter);
			if (filter->excluded && has)
				return false;
			chosen |= !filter->excluded;
			any_fits |= !filter->excluded && has;
		}
		if (chosen && !any_fits && field != without)
			return false;
	}
	return true;
}

static bool has_value(const struct made_article *article, size_t k,
		      const struct answer_facet *facet, const char *value)
{
	char date[16];
	if (k < POOL) {
		for (int n = 0; pool[k].names[n]; n++)
			if (strcmp(pool[k].names[n], value) == 0)
				return article->names[k] >> n & 1;
		return false;
	}
	date_value(article->date, facet->step, date);
	return strcmp(date, value) == 0 || date_fits(article->date, value);
}

static uint32_t count_value(const struct asked *asked, size_t k, const struct answer_facet *facet,
			    const char *value)
{
	uint32_t count = 0;
	for (int i = 0; i < ARTICLES; i++)
		count += fits(&articles[i], asked, k) && has_value(&articles[i], k, facet, value);
	return count;
}

static bool is_asked(const struct asked *asked, size_t k, const char *value)
{
	for (size_t i = 0; i < asked->filter_count; i++) {
		const struct asked_filter *filter = &asked->filters[i];
		if (filter->pool != k || filter->excluded)
			continue;
		if (strcmp(k < POOL ? pool[k].names[filter->name] : filter->date, value) == 0)
			return true;
	}
	return false;
}

/* How many values, names or dates, have a count. */
static uint32_t count_distinct(const struct asked *asked, size_t k, const struct answer_facet *facet)
{
	uint32_t distinct = 0;
	if (k < POOL) {
		for (int n = 0; pool[k].names[n]; n++)
			distinct += count_value(asked, k, facet, pool[k].names[n]) > 0;
		return distinct;
	}
	char seen[DATES][16];
	for (size_t d = 0; d < DATES; d++) {
		date_value(dates[d], facet->step, seen[distinct]);
		bool known = false;
		for (uint32_t i = 0; i < distinct; i++)
			known |= strcmp(seen[i], seen[distinct]) == 0;
		bool found = false;
		for (int i = 0; i < ARTICLES && !known; i++) {
			char value[16];
			date_value(articles[i].date, facet->step, value);
			found |= fits(&articles[i], asked, k) && strcmp(value, seen[distinct]) == 0;
		}
		distinct += found;
	}
	return distinct;
}

/* ---- the comparison ---- */

static void check_order(const struct answer_facet *facet, size_t i)
{
	const struct answer_value *before = &facet->values[i - 1], *value = &facet->values[i];
	if (facet->field->role == FIELD_DATE)
		return;
	ck_assert(before->count > value->count ||
		  (before->count == value->count && str_compare(before->value, value->value) < 0));
}

static void check_facet(const struct asked *asked, size_t k, const struct answer_facet *facet,
			uint32_t max)
{
	uint32_t selected = 0;
	for (size_t i = 0; i < facet->count; i++) {
		const struct answer_value *value = &facet->values[i];
		char text[64];
		snprintf(text, sizeof(text), "%.*s", STR_ARG(value->value));
		ck_assert_msg(value->count == count_value(asked, k, facet, text),
			      "%s %s: %u, not %u, in '%s'", facet->field->name, text, value->count,
			      count_value(asked, k, facet, text), asked->text);
		ck_assert_int_eq(value->selected, is_asked(asked, k, text));
		ck_assert(value->count || value->selected);
		selected += value->selected;
		if (i)
			check_order(facet, i);
	}
	/* Every choice is there. */
	for (size_t i = 0; i < asked->filter_count; i++)
		if (asked->filters[i].pool == k && !asked->filters[i].excluded)
			ck_assert_uint_gt(selected, 0);
	ck_assert_uint_eq(facet->distinct, count_distinct(asked, k, facet));
	const uint32_t listed = facet->distinct < max ? facet->distinct : max;
	ck_assert_uint_ge(facet->count, listed);
	ck_assert_uint_le(facet->count, listed + selected);
}

static void check_answer(const struct asked *asked, const struct answer *answer, uint32_t max)
{
	uint32_t total = 0;
	for (int i = 0; i < ARTICLES; i++)
		total += fits(&articles[i], asked, POOL + 1);
	ck_assert_uint_eq(answer->total, total);
	ck_assert_uint_eq(answer->facet_count, POOL + 3);
	for (size_t k = 0; k < POOL + 3; k++)
		check_facet(asked, k < POOL ? k : POOL, &answer->facets[k], max);
}

START_TEST(every_count_is_what_choosing_gives)
{
	uint32_t with_hits = 0;
	for (int trial = 0; trial < TRIALS; trial++) {
		struct asked asked;
		struct answer answer;
		const uint32_t max = trial % 3 ? 100 : 2;
		ask(&asked, max);
		asked.request.recount = trial % 10 == 0;
		small_ok(search_run(ONE_INDEX(made.path), &asked.request, &arena, &answer, &err));
		check_answer(&asked, &answer, max);
		with_hits += answer.total > 0;
		if (asked.request.recount)
			ck_assert_uint_gt(answer.recounted, 0);
		arena_reset(&arena);
	}
	/* Otherwise nothing was tried. */
	ck_assert_uint_gt(with_hits, TRIALS / 3);
	ck_assert_uint_lt(with_hits, TRIALS);
}
END_TEST

/* ---- others at work ---- */

/* Commits again and again; what is searched for stays as it is. */
static void keep_writing(const char *path, int commits)
{
	const struct store_writer_options options = { .flush_every = 0 };
	struct store_writer *writer;
	small_ok(store_writer_open(path, &options, &writer, &err));
	for (int i = 0; i < commits; i++) {
		const struct document document = { .record = STR("D") };
		uint32_t id;
		small_ok(store_add(writer, &document, &id, &err));
		small_ok(store_delete(writer, id, &err));
		small_ok(store_set_metadata(writer, STR("suite"), i % 2 ? STR("a") : STR("b"), &err));
		small_ok(store_commit(writer, &err));
	}
	store_writer_close(writer);
}

/* A search that is overtaken begins again, and is right; or, overtaken each time, it says so. */
START_TEST(a_writer_does_not_disturb)
{
	const pid_t child = fork();
	if (child == 0) {
		keep_writing(made.path, 100);
		_exit(0);
	}
	struct asked asked;
	struct answer answer;
	struct error err;
	ask(&asked, 100);
	asked.request.max = 10;
	uint32_t answered = 0;
	int state = 0;
	do {
		const enum status status =
			search_run(ONE_INDEX(made.path), &asked.request, &arena, &answer, &err);
		ck_assert_msg(status == STATUS_OK || status == STATUS_RETRY, "%s", err.text);
		if (status == STATUS_OK)
			check_answer(&asked, &answer, 100);
		answered += status == STATUS_OK;
	} while (waitpid(child, &state, WNOHANG) == 0);
	ck_assert(WIFEXITED(state) && WEXITSTATUS(state) == 0);
	ck_assert_uint_gt(answered, 0);
}
END_TEST

static void remove_index(void)
{
	small_index_remove(&made);
}

static Suite *search_suite(void)
{
	Suite *suite = suite_create("search");
	TCase *promise = tcase_create("promise");
	tcase_add_unchecked_fixture(promise, set_up, remove_index);
	tcase_add_checked_fixture(promise, NULL, tear_down);
	tcase_set_timeout(promise, 120);
	tcase_add_test(promise, every_count_is_what_choosing_gives);
	tcase_add_test(promise, a_writer_does_not_disturb);
	suite_add_tcase(suite, promise);
	return suite;
}

TEST_MAIN(search_suite)
