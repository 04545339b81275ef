#include "dateline/json.h"

#include "dateline/utf8.h"
#include "testing.h"

#include <cjson/cJSON.h>

static struct buffer out;

static void tear_down(void)
{
	buffer_release(&out);
}

static struct str json(struct str s)
{
	buffer_reset(&out);
	json_add_string(&out, s);
	return buffer_str(&out);
}

START_TEST(plain_text_is_quoted)
{
	assert_str(json(STR("")), "\"\"");
	assert_str(json((struct str){ NULL, 0 }), "\"\"");
	assert_str(json(STR("rain on the coast")), "\"rain on the coast\"");
	assert_str(json(STR("Kajsa Ollongren – “São Tomé” 中文 😀")),
		   "\"Kajsa Ollongren – “São Tomé” 中文 😀\"");
	assert_str(json(STR("a/b")), "\"a/b\"");
}
END_TEST

START_TEST(what_must_be_escaped_is)
{
	assert_str(json(STR("\"")), "\"\\\"\"");
	assert_str(json(STR("\\")), "\"\\\\\"");
	assert_str(json(STR("a\nb\rc\td")), "\"a\\nb\\rc\\td\"");
	assert_str(json(STR("\0\x01\x08\x0C\x1B\x1F")),
		   "\"\\u0000\\u0001\\u0008\\u000c\\u001b\\u001f\"");
	assert_str(json(STR("\\u0041")), "\"\\\\u0041\"");
}
END_TEST

/* A terminal acts on C1 as on C0, and some readers end a line at U+2028. */
START_TEST(what_could_do_harm_is_escaped)
{
	assert_str(json(STR("\x7F\xC2\x80\xC2\x9B"
			    "31m\xC2\x9F\xC2\xA0")),
		   "\"\\u007f\\u0080\\u009b31m\\u009f\xC2\xA0\"");
	assert_str(json(STR("a\xE2\x80\xA8"
			    "b\xE2\x80\xA9"
			    "c\xE2\x80\xA7")),
		   "\"a\\u2028b\\u2029c\xE2\x80\xA7\"");
}
END_TEST

START_TEST(strings_are_appended)
{
	buffer_add_text(&out, "{");
	json_add_string(&out, STR("id"));
	buffer_add_text(&out, ":");
	json_add_string(&out, STR("a\"b"));
	buffer_add_text(&out, "}");
	assert_str(buffer_str(&out), "{\"id\":\"a\\\"b\"}");
}
END_TEST

/* Every character there is, three at a time, through a reader of another make. */
START_TEST(readers_get_back_what_was_written)
{
	for (uint32_t code = 1; code < 0x110000; code++) {
		char text[16];
		size_t len = utf8_encode(code, text);
		text[len++] = '"';
		len += utf8_encode(code, text + len);
		json((struct str){ text, len });
		for (size_t i = 0; i < out.len; i++)
			ck_assert((unsigned char)out.data[i] >= 0x20 && out.data[i] != 0x7F);
		cJSON *item = cJSON_ParseWithLength(out.data, out.len);
		if (!cJSON_IsString(item) ||
		    !str_equal(str_from(item->valuestring), (struct str){ text, len }))
			ck_abort_msg("U+%04X became %s", (unsigned)code, out.data);
		cJSON_Delete(item);
	}
}
END_TEST

static Suite *make_suite(void)
{
	Suite *suite = suite_create("json");
	TCase *tests = tcase_create("json");
	tcase_add_checked_fixture(tests, NULL, tear_down);
	tcase_set_timeout(tests, 120);
	tcase_add_test(tests, plain_text_is_quoted);
	tcase_add_test(tests, what_must_be_escaped_is);
	tcase_add_test(tests, what_could_do_harm_is_escaped);
	tcase_add_test(tests, strings_are_appended);
	tcase_add_test(tests, readers_get_back_what_was_written);
	suite_add_tcase(suite, tests);
	return suite;
}

TEST_MAIN(make_suite)
