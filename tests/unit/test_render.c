#include "made_up.h"

#include "dateline/utf8.h"
#include "dateline/terminal.h"

/* ---- text ---- */

START_TEST(text_reads_well)
{
	struct answer_hit hits[] = {
		first_hit(), { .rank = 2, .id = STR("second"), .snippet = { STR("Short."), NULL, 0 } }
	};
	struct answer_value places[] = { { .value = STR("China"), .count = 12000, .selected = true },
					 { .value = STR("Netherlands"), .count = 9 },
					 { .value = STR("Atlantis"), .count = 0, .selected = true } };
	struct answer_value people[] = { { .value = STR("Kajsa Ollongren"), .count = 345 },
					 { .value = STR("Mark Rutte"), .count = 2 } };
	struct answer_value dates[] = { { .value = STR("2024"), .count = 300 },
					{ .value = STR("undated"), .count = 45 } };
	struct answer_facet facets[] = {
		facet("person", people, 2, 14),
		facet("org", NULL, 0, 0),
		facet("place", places, 3, 5),
		facet("published", dates, 2, 2),
	};
	hits[1].source = STR("Agency");
	answer.hits = hits;
	answer.hit_count = 2;
	answer.facets = facets;
	answer.facet_count = 4;
	answer.total = 345;
	assert_str(print("text"),
		   "1-2 of 345 articles, 12 ms\n"
		   "\n"
		   "1. Dutch find Chinese cyber spies\n"
		   "   Reuters · 2024-02-07 · dutch-1\n"
		   "   …network last year, in the latest case of *cyber* *espionage*. The agencies\n"
		   "   said it was part of a trend…\n"
		   "\n"
		   "2. (no title)\n"
		   "   Agency · undated · second\n"
		   "   Short.\n"
		   "\n"
		   "person    Kajsa Ollongren (345) · Mark Rutte (2) · and 12 more\n"
		   "place     [x] China (12,000) · Netherlands (9) · [x] Atlantis (0) · and 3 more\n"
		   "published 2024 (300) · undated (45)\n"
		   "\n"
		   "Narrow: --filter 'person=Mark Rutte' · Next page: --offset 2\n");
}
END_TEST

START_TEST(text_of_nothing_says_why)
{
	struct str hints[] = { STR("no article has \"qwertzuiop\"") };
	answer.hints = (struct str_list){ hints, 1 };
	answer.took_ms = 0.25;
	assert_str(print("text"), "No articles, 0.3 ms\n- no article has \"qwertzuiop\"\n");
}
END_TEST

START_TEST(text_without_hits_is_counts)
{
	struct answer_value sources[] = { { .value = STR("Reuters"), .count = 1 } };
	struct answer_facet facets[] = { facet("source", sources, 1, 1) };
	answer.total = 1;
	answer.facets = facets;
	answer.facet_count = 1;
	assert_str(print("text"), "1 article, 12 ms\n\nsource    Reuters (1)\n");
	options.quiet_facets = true;
	assert_str(print("text"), "1 article, 12 ms\n");
	options.offset = 100;
	assert_str(print("text"), "1 article, and none after those left out, 12 ms\n");
}
END_TEST

START_TEST(text_names_a_field_without_values_when_it_is_all)
{
	struct answer_facet facets[] = { facet("topic", NULL, 0, 0), facet("org", NULL, 0, 7) };
	answer.total = 5;
	answer.facets = facets;
	answer.facet_count = 1;
	assert_str(print("text"), "5 articles, 12 ms\n\ntopic     none\n");
	answer.facet_count = 2;
	assert_str(print("text"), "5 articles, 12 ms\n\norg       7 values\n");
}
END_TEST

START_TEST(text_shows_the_page)
{
	struct answer_hit hit = first_hit();
	hit.rank = 1000;
	answer.hits = &hit;
	answer.hit_count = 1;
	answer.total = 1000;
	options.offset = 999;
	const struct str text = print("text");
	ck_assert_msg(strncmp(text.data, "1,000 of 1,000 articles, ", 25) == 0, "%s", text.data);
	ck_assert_ptr_nonnull(strstr(text.data, "\n1000. Dutch find"));
	ck_assert_ptr_nonnull(strstr(text.data, "\n      Reuters"));
	ck_assert_ptr_null(strstr(text.data, "Next page"));
}
END_TEST

START_TEST(text_shows_times_that_are_known)
{
	struct answer_hit hit = { .rank = 1, .id = STR("x") };
	hit.published = (struct date){
		.year = 2024, .month = 2, .day = 7, .hour = 15, .minute = 1, .precision = DATE_SECOND
	};
	answer.hits = &hit;
	answer.hit_count = 1;
	ck_assert_ptr_nonnull(strstr(print("text").data, "   2024-02-07 15:01 · x\n"));
	hit.published.hour = hit.published.minute = 0;
	ck_assert_ptr_nonnull(strstr(print("text").data, "   2024-02-07 · x\n"));
	hit.published = (struct date){ .year = 1987, .precision = DATE_YEAR };
	ck_assert_ptr_nonnull(strstr(print("text").data, "   1987 · x\n"));
}
END_TEST

START_TEST(hits_say_which_index_they_are_from)
{
	struct answer_hit hit = first_hit();
	hit.index = STR("a b.db");
	answer.hits = &hit;
	answer.hit_count = answer.total = 1;
	ck_assert_ptr_nonnull(strstr(print("text").data, "   a b.db · Reuters · 2024-02-07 · "));
	ck_assert_ptr_nonnull(strstr(print("json").data, "\"id\":\"dutch-1\",\"index\":\"a b.db\","));
	hit.index = STR("");
	ck_assert_ptr_null(strstr(print("json").data, "\"index\""));
}
END_TEST

START_TEST(text_shows_an_address_once)
{
	struct answer_hit hit = { .rank = 1, .id = STR("http://x/"), .url = STR("http://x/") };
	answer.hits = &hit;
	answer.hit_count = 1;
	ck_assert_ptr_nonnull(strstr(print("text").data, "   undated · http://x/\n"));
	hit.id = STR("x");
	ck_assert_ptr_nonnull(strstr(print("text").data, "   undated · x · http://x/\n"));
}
END_TEST

START_TEST(text_does_not_say_a_title_twice)
{
	struct answer_hit hit = first_hit();
	hit.snippet = (struct snippet){ .text = hit.title };
	answer.hits = &hit;
	answer.hit_count = 1;
	const char *text = print("text").data;
	ck_assert_ptr_null(strstr(strstr(text, "Dutch") + 1, "Dutch"));
}
END_TEST

START_TEST(text_quotes_filters_for_the_shell)
{
	struct answer_value values[] = { { .value = STR("Côte d'Ivoire"), .count = 1 } };
	struct answer_facet facets[] = { facet("place", values, 1, 1) };
	answer.total = 2;
	answer.facets = facets;
	answer.facet_count = 1;
	ck_assert_ptr_nonnull(
		strstr(print("text").data, "\nNarrow: --filter 'place=Côte d'\\''Ivoire'\n"));
	values[0].value = STR("x\033y");
	ck_assert_ptr_null(strstr(print("text").data, "Narrow"));
	values[0].value = STR("China");
	ck_assert_ptr_nonnull(strstr(print("text").data, "\nNarrow: --filter place=China\n"));
	values[0].count = 2; /* all of them: nothing to narrow */
	ck_assert_ptr_null(strstr(print("text").data, "Narrow"));
}
END_TEST

static bool proposes(const char *filter)
{
	struct buffer line = { 0 };
	buffer_add_format(&line, "\nNarrow: --filter %s\n", filter);
	const bool found = strstr(print("text").data, line.data) != NULL;
	buffer_release(&line);
	return found;
}

START_TEST(text_proposes_what_halves_the_answer)
{
	struct answer_value people[] = { { .value = STR("Ada"), .count = 1 },
					 { .value = STR("Bo"), .count = 19 } };
	struct answer_value places[] = { { .value = STR("China"), .count = 20 },
					 { .value = STR("Spain"), .count = 9 } };
	struct answer_value sections[] = { { .value = STR("World"), .count = 10 } };
	struct answer_facet facets[] = { facet("person", people, 2, 2), facet("place", places, 2, 2),
					 facet("section", sections, 1, 1) };
	answer.total = 20;
	answer.facets = facets;
	answer.facet_count = 3;
	ck_assert(proposes("place=Spain"));
	people[1].count = 11; /* as near: the first one */
	ck_assert(proposes("person=Bo"));
	places[1].selected = true; /* another of that field would widen */
	people[1].count = people[0].count = 20;
	ck_assert(proposes("section=World"));
	sections[0].count = 0;
	ck_assert_ptr_null(strstr(print("text").data, "Narrow"));
}
END_TEST

START_TEST(text_lists_dates_by_time)
{
	struct answer_value dates[] = { { .value = STR("undated"), .count = 9 },
					{ .value = STR("2019"), .count = 5 },
					{ .value = STR("2050"), .count = 1 } };
	uint32_t by_time[] = { 2, 1, 0 };
	struct answer_facet facets[] = { facet("published", dates, 3, 4) };
	facets[0].by_time = by_time;
	answer.total = 16;
	answer.facets = facets;
	answer.facet_count = 1;
	ck_assert_ptr_nonnull(strstr(print("text").data,
				     "published 2050 (1) · 2019 (5) · undated (9) · and 1 more\n"));
}
END_TEST

START_TEST(text_shows_explanations_as_trees)
{
	struct answer_hit hit = { .rank = 1, .id = STR("x"), .explanation = STR("score 1\n  word a") };
	answer.hits = &hit;
	answer.hit_count = 1;
	answer.total = 1;
	answer.recounted = 1234;
	answer.explanation = STR("AND\n  word cyber\n  word espionage");
	assert_str(print("text"), "1 of 1 article, 12 ms\n"
				  "AND\n  word cyber\n  word espionage\n"
				  "\n1. (no title)\n   undated · x\n   score 1\n     word a\n"
				  "\nCounted again: 1,234 numbers, all of them right.\n");
}
END_TEST

START_TEST(text_in_colour)
{
	struct answer_hit hit = first_hit();
	answer.hits = &hit;
	answer.hit_count = 1;
	options.color = true;
	const char *text = print("text").data;
	ck_assert_ptr_nonnull(strstr(text, "\n1. \033[1mDutch find Chinese cyber spies\033[0m\n"));
	ck_assert_ptr_nonnull(strstr(text, "\033[1;31mcyber\033[0m \033[1;31mespionage\033[0m. The"));
	ck_assert_ptr_null(strchr(text, '*'));
}
END_TEST

/* ---- lines ---- */

START_TEST(marks_are_closed_at_the_end_of_a_line)
{
	struct answer_hit hit = { .rank = 1, .id = STR("x") };
	struct mark mark = { 0, 39 };
	hit.snippet = (struct snippet){ .text = STR("one two three four five six seven eight nine"),
					.marks = &mark,
					.mark_count = 1 };
	answer.hits = &hit;
	answer.hit_count = 1;
	options.columns = 24;
	ck_assert_ptr_nonnull(strstr(print("text").data,
				     "\n   *one two three four*\n   *five six seven*\n"
				     "   *eight* nine\n"));
	options.color = true;
	ck_assert_ptr_nonnull(strstr(print("text").data,
				     "\n   \033[1;31mone two three four\033[0m\n"
				     "   \033[1;31mfive six seven eight\033[0m\n   nine\n"));
}
END_TEST

START_TEST(wide_characters_take_two_columns)
{
	struct answer_hit hit = { .rank = 1, .id = STR("x"), .title = STR("一二三四五六七八九十") };
	answer.hits = &hit;
	answer.hit_count = 1;
	options.columns = 20;
	ck_assert_ptr_nonnull(strstr(print("text").data, "\n1. 一二三四五六七八\n   九十\n"));
	/* A comma does not begin a line, and a bracket does not end one. */
	hit.title = STR("一二三四五六七八，九十");
	ck_assert_ptr_nonnull(strstr(print("text").data, "\n1. 一二三四五六七\n   八，九十\n"));
	hit.title = STR("一二三四五六七（八）九");
	ck_assert_ptr_nonnull(strstr(print("text").data, "\n1. 一二三四五六七\n   （八）九\n"));
}
END_TEST

/* Without ANSI marks, no byte of a line commands a terminal. */
static void check_harmless(struct str text)
{
	ck_assert(utf8_is_clean(text));
	for (size_t at = 0, bytes; at < text.len; at += bytes) {
		const uint32_t code = utf8_decode(text.data + at, text.len - at, &bytes);
		ck_assert(code >= 0x20 || code == '\n');
		ck_assert(code < 0x7F || code > 0x9F);
		ck_assert(code < 0x2028 || code > 0x202E);
		ck_assert(code < 0x2066 || code > 0x2069);
	}
}

static void check_widths(struct str text, size_t columns)
{
	while (text.len) {
		const char *end = memchr(text.data, '\n', text.len);
		ck_assert_ptr_nonnull(end);
		const struct str line = { text.data, (size_t)(end - text.data) };
		ck_assert_msg(utf8_columns(line) <= columns, "wider than %zu: %.*s", columns,
			      STR_ARG(line));
		ck_assert(!line.len || line.data[line.len - 1] != ' ');
		text.data += line.len + 1;
		text.len -= line.len + 1;
	}
}

/* What is dropped from coloured text to get the other: ESC [ ... m, and nothing else is sent. */
static void drop_colors(struct buffer *text)
{
	size_t to = 0;
	for (size_t at = 0; at < text->len; at++) {
		if (text->data[at] != '\033') {
			text->data[to++] = text->data[at];
			continue;
		}
		ck_assert_int_eq(text->data[++at], '[');
		while (text->data[++at] != 'm')
			ck_assert(strchr("0123456789;", text->data[at]) != NULL);
	}
	text->len = to;
	text->data[to] = '\0';
}

static const char *const hostile[] = {
	"",
	"\033[2J\033]0;title\007 and \033[31mred",
	"two\nlines\r\nand\ttabs",
	"\302\23331m C1",
	"\342\200\256desrever\342\200\254 \342\201\246isolated\342\201\251",
	"line\xE2\x80\xA8separator\xE2\x80\xA9paragraph",
	"Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
	"北京大学荷兰情报机构称中国网络间谍去年侵入荷兰军事网络",
	"e\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81 piled",
	"👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦 family",
	"\xE2\x80\x8B\xE2\x80\x8B\xE2\x80\x8B",
	"      blanks      ",
	"\xCC\x81 begins with a mark",
	"* stars *",
};

#define HOSTILE_COUNT (sizeof(hostile) / sizeof(hostile[0]))

static void check_hostile(struct str text, struct mark *marks, size_t mark_count, uint32_t columns)
{
	struct answer_hit hit = {
		.rank = 12345,
		.id = STR("x"),
		.title = text,
		.source = text,
		.snippet = { text, marks, mark_count },
		.explanation = text,
	};
	struct answer_value values[] = { { .value = text, .count = 1, .selected = true },
					 { .value = text, .count = 4000000000u },
					 { .value = text, .selected = true } };
	struct answer_facet facets[] = { facet("place", values, 3, 4000000000u) };
	answer.hits = &hit;
	answer.hit_count = 1;
	answer.facets = facets;
	answer.facet_count = 1;
	answer.total = 4000000000u;
	answer.hints = (struct str_list){ &text, 1 };
	answer.explanation = text;
	options = (struct render_options){ .columns = columns };
	options.quiet_facets = true; /* a filter that can be copied is not broken into lines */
	check_widths(print("text"), columns);
	options.quiet_facets = false;
	check_harmless(print("text"));
	options.color = true;
	print("text");
	drop_colors(&out);
	check_harmless(buffer_str(&out));
	options.quiet_facets = true;
	print("text");
	drop_colors(&out);
	check_widths(buffer_str(&out), columns);
	check_harmless(print("ids"));
	print("csv");
	for (size_t i = 0; i < out.len; i++)
		out.data[i] = out.data[i] == '\r' ? ' ' : out.data[i];
	check_harmless(buffer_str(&out));
}

START_TEST(nothing_hostile_reaches_a_terminal)
{
	static const uint32_t widths[] = { 30, 40, 80, 200 };
	for (size_t i = 0; i < HOSTILE_COUNT; i++) {
		const struct str text = str_from(hostile[i]);
		for (size_t w = 0; w < sizeof(widths) / sizeof(widths[0]); w++) {
			check_hostile(text, NULL, 0, widths[w]);
			/* Every character a mark, and all of it one. */
			struct mark marks[512];
			size_t count = 0;
			for (size_t at = 0, bytes; at < text.len; at += bytes) {
				utf8_decode(text.data + at, text.len - at, &bytes);
				marks[count++] =
					(struct mark){ (uint32_t)at, (uint32_t)(at + bytes) };
			}
			check_hostile(text, marks, count, widths[w]);
			marks[0].end = (uint32_t)text.len;
			check_hostile(text, marks, text.len > 0, widths[w]);
		}
	}
}
END_TEST

/* The facets alone, with values of any length, at any width; a screen of no width is one of 80 columns. */
START_TEST(facets_keep_to_the_width)
{
	struct answer_value values[] = { { .count = 7, .selected = true },
					 { .value = STR("China"), .count = 1234567 } };
	struct answer_facet facets[] = { facet("language", values, 2, 70),
					 facet("published", values + 1, 1, 1) };
	answer.facets = facets;
	answer.facet_count = 2;
	for (uint32_t columns = 0; columns < 100; columns++) {
		for (size_t i = 0; i < HOSTILE_COUNT; i++) {
			values[0].value = str_from(hostile[i]);
			options.columns = columns;
			check_widths(print("text"), !columns ? 80 : columns < 20 ? 20 : columns);
		}
	}
}
END_TEST

START_TEST(harmless_text_is_one_line)
{
	buffer_reset(&out);
	terminal_add_harmless(&out, STR("a\nb\033c\342\200\256d\342\200\254\302\205e ü 北"));
	assert_str(buffer_str(&out), "a b cd e ü 北");
	buffer_reset(&out);
	struct buffer pile = { 0 };
	buffer_add_char(&pile, 'e');
	for (int i = 0; i < 1000; i++)
		buffer_add_text(&pile, "\xCC\x81");
	terminal_add_harmless(&out, buffer_str(&pile));
	ck_assert_uint_lt(out.len, 32);
	buffer_release(&pile);
}
END_TEST

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void add_case(Suite *suite, const char *name, const TTest *const *functions, size_t count)
{
	TCase *tests = tcase_create(name);
	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_set_timeout(tests, 120);
	for (size_t i = 0; i < count; i++)
		tcase_add_test(tests, functions[i]);
	suite_add_tcase(suite, tests);
}

static Suite *make_suite(void)
{
	Suite *suite = suite_create("render");
	const TTest *const text[] = { text_reads_well,
				      text_of_nothing_says_why,
				      text_without_hits_is_counts,
				      text_names_a_field_without_values_when_it_is_all,
				      text_shows_the_page,
				      text_shows_times_that_are_known,
				      hits_say_which_index_they_are_from,
				      text_shows_an_address_once,
				      text_does_not_say_a_title_twice,
				      text_quotes_filters_for_the_shell,
				      text_proposes_what_halves_the_answer,
				      text_lists_dates_by_time,
				      text_shows_explanations_as_trees,
				      text_in_colour };
	add_case(suite, "for people", text, COUNT(text));
	const TTest *const lines[] = { marks_are_closed_at_the_end_of_a_line,
				       wide_characters_take_two_columns,
				       nothing_hostile_reaches_a_terminal, facets_keep_to_the_width,
				       harmless_text_is_one_line };
	add_case(suite, "lines", lines, COUNT(lines));
	return suite;
}

TEST_MAIN(make_suite)
