/* Snippets with entities: in pieces, and as the printers show them. */
#include "made_up.h"

#include "../../searcher/render/pieces.h"

#include "dateline/utf8.h"

static struct entity_mark entities[8];
static struct mark marks[8];
static struct snippet snippet;

/* "<Kajsa *Ollongren*> said": angles for entities, stars for matches. */
static void make(const char *text)
{
	static struct buffer bytes;
	buffer_reset(&bytes);
	snippet = (struct snippet){ .marks = marks, .entities = entities };
	bool in_mark = false;
	for (; *text; text++) {
		const uint32_t at = (uint32_t)bytes.len;
		if (*text == '<')
			entities[snippet.entity_count] = (struct entity_mark){
				{ at, at }, field_find(STR("person")), STR("Kajsa Ollongren")
			};
		else if (*text == '>')
			entities[snippet.entity_count++].mark.end = at;
		else if (*text == '*' && !in_mark)
			marks[snippet.mark_count].start = at;
		else if (*text == '*')
			marks[snippet.mark_count++].end = at;
		else
			buffer_add_char(&bytes, *text);
		in_mark ^= *text == '*';
	}
	snippet.text = buffer_str(&bytes);
}

static struct str flow(bool color, size_t columns)
{
	const struct style match = { "*", "*", 1 };
	buffer_reset(&out);
	struct flow line = flow_start(&out, columns, 0, 0);
	pieces_flow(&snippet, color, &match, &line);
	return buffer_str(&out);
}

static const char *const cases[] = {
	"nothing",
	"<Kajsa Ollongren> said",
	"<Kajsa *Ollongren*> said",
	"*minister <Ollongren* there> said",
	"<*Ollongren*>",
	"<a><b>*c*d<e>",
	"x *y* <z> *w*",
	"*a <b> c <d> e*",
	"",
};

START_TEST(pieces_are_the_whole)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		make(cases[i]);
		size_t at = 0, opened = 0, closed = 0;
		for (struct piece piece = { 0 }; piece_next(&snippet, &piece);) {
			ck_assert_uint_eq(piece.start, at);
			ck_assert_uint_gt(piece.end, at);
			opened += piece.opens;
			closed += piece.closes;
			ck_assert_uint_eq(opened - closed, piece.entity && !piece.closes);
			at = piece.end;
			bool in_mark = false;
			for (size_t m = 0; m < snippet.mark_count; m++)
				in_mark |= marks[m].start <= piece.start && piece.end <= marks[m].end;
			ck_assert_int_eq(in_mark, piece.is_match);
		}
		ck_assert_uint_eq(at, snippet.text.len);
		ck_assert_uint_eq(opened, snippet.entity_count);
		ck_assert_uint_eq(closed, snippet.entity_count);
	}
}
END_TEST

START_TEST(signs_read_well)
{
	static const char *const wanted[] = {
		"nothing",
		"[Kajsa Ollongren](person) said",
		"[Kajsa *Ollongren*](person) said",
		"*minister* [*Ollongren* there](person: Kajsa Ollongren) said",
		"[*Ollongren*](person: Kajsa Ollongren)",
		"[a](person: Kajsa Ollongren)[b](person: Kajsa Ollongren)*c*d[e](person: Kajsa Ollongren)",
		"x *y* [z](person: Kajsa Ollongren) *w*",
		"*a* [*b*](person: Kajsa Ollongren) *c* [*d*](person: Kajsa Ollongren) *e*",
		"",
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		make(cases[i]);
		assert_str(flow(false, 200), wanted[i]);
	}
}
END_TEST

START_TEST(colors_show_kinds_and_matches)
{
	make("a *b* <Kajsa *Ollongren*> said");
	assert_str(flow(true, 80), "a \033[1;31mb\033[0m \033[4;34mKajsa\033[0m "
				   "\033[1;4;31mOllongren\033[0m said");
	static const char *const fields[] = { "org", "place", "other" };
	static const char *const wanted[] = { "\033[4;35mX\033[0m", "\033[4;32mX\033[0m",
					      "\033[4;33mX\033[0m" };
	for (size_t i = 0; i < 3; i++) {
		make("<X>");
		entities[0].field = field_find(str_from(fields[i]));
		assert_str(flow(true, 80), wanted[i]);
	}
}
END_TEST

/* What is marked is closed at the end of a line, and opened again. */
START_TEST(lines_break_in_entities)
{
	make("<Kajsa Ollongren> said so");
	assert_str(flow(true, 10), "\033[4;34mKajsa\033[0m\n\033[4;34mOllongren\033[0m\nsaid so");
	assert_str(flow(false, 20), "[Kajsa\nOllongren](person)\nsaid so");
}
END_TEST

START_TEST(names_can_do_no_harm)
{
	make("<x> y");
	char right_to_left[5] = { 0 };
	struct buffer name = { 0 };
	utf8_encode(0x202E, right_to_left);
	buffer_add_format(&name, "\033[2J\nevil%s", right_to_left);
	entities[0].name = buffer_str(&name);
	const struct str text = flow(false, 80);
	ck_assert_ptr_null(memchr(text.data, '\033', text.len));
	ck_assert_ptr_null(memchr(text.data, '\n', text.len));
	ck_assert_ptr_null(strstr(text.data, right_to_left));
	buffer_release(&name);
}
END_TEST

START_TEST(json_counts_characters)
{
	struct answer_hit hit = { .rank = 1, .id = STR("x") };
	make("caf\xC3\xA9 <\xC3\x85sa> *y* <z>");
	entities[0].name = STR("\xC3\x85sa \"Q\"");
	hit.snippet = snippet;
	answer.hits = &hit;
	answer.hit_count = answer.total = 1;
	ck_assert_ptr_nonnull(strstr(print("json").data,
				     "\"marks\":[[9,10]],\"entities\":[{\"start\":5,\"end\":8,"
				     "\"field\":\"person\",\"value\":\"\xC3\x85sa \\\"Q\\\"\"},"
				     "{\"start\":11,\"end\":12,\"field\":\"person\","
				     "\"value\":\"Kajsa Ollongren\"}]"));
	hit.snippet.entities = NULL;
	hit.snippet.entity_count = 0;
	ck_assert_ptr_null(strstr(print("json").data, "entities"));
}
END_TEST

static Suite *make_suite(void)
{
	Suite *suite = suite_create("pieces");
	TCase *tests = tcase_create("pieces");
	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_add_test(tests, pieces_are_the_whole);
	tcase_add_test(tests, signs_read_well);
	tcase_add_test(tests, colors_show_kinds_and_matches);
	tcase_add_test(tests, lines_break_in_entities);
	tcase_add_test(tests, names_can_do_no_harm);
	tcase_add_test(tests, json_counts_characters);
	suite_add_tcase(suite, tests);
	return suite;
}

TEST_MAIN(make_suite)
