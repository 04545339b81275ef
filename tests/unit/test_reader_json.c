#include "reader_testing.h"

#include "dateline/intern.h"

/* What one record in JSON Lines is read as, without the format's name and the place. */
static const char *record(const char *json)
{
	static struct buffer bytes;
	buffer_reset(&bytes);
	buffer_add_text(&bytes, json);
	const char *reading = reading_of(buffer_str(&bytes), "/a.jsonl", reader_find(STR("jsonl")));
	ck_assert_msg(strncmp(reading, "jsonl\n1:1 ", 10) == 0, "%s", reading);
	return reading + 10;
}

/* ---- names of fields ---- */

static const struct {
	const char *json, *expected;
} fields[] = {
	{ "\"id\":\"x\"", "x\n" },
	{ "\"uid\":\"x\"", "x\n" },
	{ "\"guid\":\"x\"", "x\n" },
	{ "\"_id\":\"x\"", "x\n" },
	{ "\"_id\":{\"$oid\":\"507f1f77\"}", "507f1f77\n" },
	{ "\"guid\":\"g\",\"id\":\"i\"", "i\n" },
	{ "\"id\":null,\"guid\":\"g\"", "g\n" },
	{ "\"id\":\" \",\"guid\":\"g\"", "g\n" },
	{ "\"id\":\"a\",\"id\":\"b\"", "b\n" },
	{ "\"id\":7", "7\n" },
	{ "\"id\":0", "0\n" },
	{ "\"id\":123456789012345", "123456789012345\n" },
	{ "\"id\":18446744073709551615", "18446744073709551615\n" },
	{ "\"id\":9007199254740993", "9007199254740993\n" },
	{ "\"id\":-1.50", "-1.50\n" },
	{ "\"id\":1e3", "1e3\n" },
	{ "\"url\":\"https://a.example/1\"", "https://a.example/1\n  url: https://a.example/1\n" },
	{ "\"link\":\"u\",\"id\":\"x\"", "x\n  url: u\n" },
	{ "\"url\":[1,2]", "/a.jsonl#1\n" },
	{ "\"date\":\"2024-02-07\"", "/a.jsonl#1\n  date: 2024-02-07\n" },
	{ "\"published\":\"7 February 2024\"", "/a.jsonl#1\n  date: 2024-02-07\n" },
	{ "\"datePublished\":\"2024-02-07T10:00:00Z\"", "/a.jsonl#1\n  date: 2024-02-07T10:00:00Z\n" },
	{ "\"published_at\":\"2024-02\"", "/a.jsonl#1\n  date: 2024-02\n" },
	{ "\"pub-date\":2023", "/a.jsonl#1\n  date: 2023\n" },
	{ "\"date\":1707300000", "/a.jsonl#1\n  date: 2024-02-07T10:00:00Z\n" },
	{ "\"date\":1707300000.25", "/a.jsonl#1\n  date: 2024-02-07T10:00:00Z\n" },
	{ "\"date\":1707300000000", "/a.jsonl#1\n  date: 2024-02-07T10:00:00Z\n" },
	{ "\"date\":{\"$date\":\"2024-02-07\"}", "/a.jsonl#1\n  date: 2024-02-07\n" },
	{ "\"date\":\"soon\"", "/a.jsonl#1\n  unread date: soon\n" },
	{ "\"date\":\"soon\",\"published\":\"2024\"", "/a.jsonl#1\n  date: 2024\n" },
	{ "\"date\":false", "/a.jsonl#1\n" },
	{ "\"author\":\"Ada Vos\"", "/a.jsonl#1\n  authors: [Ada Vos]\n" },
	{ "\"byline\":\"By Jane Doe and Ada Vos\"", "/a.jsonl#1\n  authors: [Jane Doe] [Ada Vos]\n" },
	{ "\"author\":[\"Jane Doe\",\"Vos, Ada\"]", "/a.jsonl#1\n  authors: [Jane Doe] [Vos, Ada]\n" },
	{ "\"author\":\"Vos, Ada\"", "/a.jsonl#1\n  authors: [Vos, Ada]\n" },
	{ "\"author\":{\"@type\":\"Person\",\"name\":\"Ada Vos\"}",
	  "/a.jsonl#1\n  authors: [Ada Vos]\n" },
	{ "\"authors\":[{\"name\":\"A B\"},{\"x\":1},null,\"C D\"]",
	  "/a.jsonl#1\n  authors: [A B] [C D]\n" },
	{ "\"author\":\"Department of Health and Human Services\"",
	  "/a.jsonl#1\n  authors: [Department of Health and Human Services]\n" },
	{ "\"author\":\"Neil Young, \\\"Ed ONeill\\\"\"",
	  "/a.jsonl#1\n  authors: [Neil Young] [Ed ONeill]\n" },
	{ "\"author\":\"\"", "/a.jsonl#1\n" },
	{ "\"source\":\"The  Quay\\n\"", "/a.jsonl#1\n  source: The Quay\n" },
	{ "\"source\":{\"id\":null,\"name\":\"The Quay\"}", "/a.jsonl#1\n  source: The Quay\n" },
	{ "\"section\":[\"World\",\"Asia\",\" \"]",
	  "/a.jsonl#1\n  section: World\n  topics: [Asia]\n" },
	{ "\"section\":[null,\"\",\"World\",{\"name\":\"Asia\"}],\"topics\":\"rain\"",
	  "/a.jsonl#1\n  section: World\n  topics: [rain] [Asia]\n" },
	{ "\"section\":[]", "/a.jsonl#1\n" },
	{ "\"date\":\"Published: 7 February 2024\"", "/a.jsonl#1\n  date: 2024-02-07\n" },
	{ "\"date\":\" updated on 2024-02-07T10:15Z\"", "/a.jsonl#1\n  date: 2024-02-07T10:15Z\n" },
	{ "\"date\":\"Publié le 7 février 2024\"", "/a.jsonl#1\n  date: 2024-02-07\n" },
	{ "\"date\":\"Published\"", "/a.jsonl#1\n  unread date: Published\n" },
	{ "\"date\":\"soon\",\"published\":\"2024\"", "/a.jsonl#1\n  date: 2024\n" },
	{ "\"date\":\"some\\n day\",\"pubdate\":\"never\"", "/a.jsonl#1\n  unread date: some day\n" },
	{ "\"date\":{\"day\":7}", "/a.jsonl#1\n  unread date: an object\n" },
	{ "\"date\":12", "/a.jsonl#1\n  unread date: 12\n" },
	{ "\"date\":[],\"published\":\" \",\"pubdate\":null", "/a.jsonl#1\n" },
	{ "\"articleSection\":\"World\"", "/a.jsonl#1\n  section: World\n" },
	{ "\"topics\":[\"a\",\"b, c\"]", "/a.jsonl#1\n  topics: [a] [b, c]\n" },
	{ "\"tags\":[{\"name\":\"a\"},7]", "/a.jsonl#1\n  topics: [a] [7]\n" },
	{ "\"keywords\":\"a, b; c ;,\"", "/a.jsonl#1\n  topics: [a] [b] [c]\n" },
	{ "\"lang\":\"nl\"", "/a.jsonl#1\n  language: nl\n" },
	{ "\"inLanguage\":\"en-GB\"", "/a.jsonl#1\n  language: en-GB\n" },
	{ "\"dateline\":\"SALVADOR, Feb 26 -\"", "/a.jsonl#1\n  dateline: SALVADOR, Feb 26 -\n" },
	{ "\"people\":[\"Jane Doe\"]", "/a.jsonl#1\n  people: [Jane Doe]\n" },
	{ "\"persons\":[]", "/a.jsonl#1\n  people:\n" },
	{ "\"people\":null", "/a.jsonl#1\n" },
	{ "\"people\":\"\"", "/a.jsonl#1\n" },
	{ "\"people\":\"Doe, Jane; Vos, Ada\"", "/a.jsonl#1\n  people: [Doe, Jane] [Vos, Ada]\n" },
	{ "\"organizations\":[\"UN\"],\"locations\":[{\"name\":\"Oslo\"}]",
	  "/a.jsonl#1\n  orgs: [UN]\n  places: [Oslo]\n" },
	{ "\"organisations\":[\"UN\"],\"PLACES\":\"Oslo\"",
	  "/a.jsonl#1\n  orgs: [UN]\n  places: [Oslo]\n" },
	{ "\"places\":true", "/a.jsonl#1\n" },
	{ "\"more\":{\"id\":\"no\",\"date\":\"2020\"}", "/a.jsonl#1\n" },
};

START_TEST(a_field)
{
	struct buffer json = { 0 }, expected = { 0 };
	buffer_add_format(&json, "{\"title\":\"T\",%s}", fields[_i].json);
	buffer_add_format(&expected, "%s  T T\n", fields[_i].expected);
	ck_assert_str_eq(record(json.data), expected.data);
	buffer_release(&json);
	buffer_release(&expected);
}
END_TEST

/* ---- title and body ---- */

static const struct {
	const char *json, *expected;
} texts[] = {
	{ "{\"title\":\"A\",\"body\":\"One.\\n\\nTwo.\"}", "  T A\n  P One.\n  P Two.\n" },
	{ "{\"HeadLine\":\"A\",\"text\":\"One.\"}", "  T A\n  P One.\n" },
	{ "{\"content\":[\"One.\",\"Two.\\n\\nThree.\",null]}", "  P One.\n  P Two.\n  P Three.\n" },
	{ "{\"title\":{\"rendered\":\"A\"},\"content\":{\"rendered\":\"<p>One.</p>\"}}",
	  "  T A\n  P <p>One.</p>\n" },
	{ "{\"paragraphs\":[{\"type\":\"p\",\"text\":\"One.\"}]}", "  P One.\n" },
	{ "{\"article_body\":\"One.\"}", "  P One.\n" },
	{ "{\"title\":\"A\",\"body\":\"One.\",\"summary\":\"Short.\"}", "  T A\n  P One.\n" },
	{ "{\"title\":\"A\",\"body\":\"\",\"summary\":\"Short.\"}", "  T A\n  P Short.\n" },
	{ "{\"title\":1984}", "  T 1984\n" },
	{ "{\"title\":\"\",\"headline\":\"B\"}", "  T B\n" },
	{ "{\"title\":[\"A\"]}", "  T A\n" },
	{ "{\"title\":\"A\\u0000B\",\"body\":\"C\\u0000\\u0000D \\u001b[31m\"}",
	  "  T A B\n  P C D [31m\n" },
	{ "{\"title\":\"\\ud83d\\ude00 \\u00e9\"}", "  T \xF0\x9F\x98\x80 é\n" },
	{ "{\"title\":\"a\\ud83dz\\ude00\"}", "  replaced: 2\n  T a\xEF\xBF\xBDz\xEF\xBF\xBD\n" },
	{ "{\"title\":\"a\\ud83d\\u0041\"}", "  replaced: 1\n  T a\xEF\xBF\xBD"
					     "A\n" },
	{ "{\"title\":\"caf\xE9\"}", "  replaced: 1\n  T caf\xEF\xBF\xBD\n" },
	{ "{\"title\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t.\"}", "  T \"\\/ .\n" },
	{ "{\"title\":\"\",\"body\":\"\"}", "" },
	{ "{\"body\":[]}", "" },
	{ "{\"title\":\"A\",\"pi\":3.14159265358979323846264338327950288419716939937510582097494459}",
	  "  T A\n" },
};

START_TEST(a_text)
{
	const char *reading = record(texts[_i].json);
	ck_assert_msg(strncmp(reading, "/a.jsonl#1\n", 11) == 0, "%s", reading);
	ck_assert_str_eq(reading + 11, texts[_i].expected);
}
END_TEST

/* ---- what is refused ---- */

#define NOT_JSON(reason) "BAD_INPUT: not a JSON object: " reason "\n"

static const struct {
	const char *json, *expected;
} faults[] = {
	{ "[1]", NOT_JSON("it is an array (column 1)") },
	{ "\"text\"", NOT_JSON("it does not begin with { (column 1)") },
	{ "null", NOT_JSON("it does not begin with { (column 1)") },
	{ "{", NOT_JSON("it ends in the middle (column 2)") },
	{ "{\"title\"", NOT_JSON("it ends in the middle (column 9)") },
	{ "{\"title\":", NOT_JSON("it ends in the middle (column 10)") },
	{ "{\"title\":\"A", NOT_JSON("it ends in the middle (column 12)") },
	{ "{\"title\":\"A\\", NOT_JSON("it ends in the middle (column 13)") },
	{ "{\"title\":\"A\"", NOT_JSON("it ends in the middle (column 13)") },
	{ "{\"title\":\"A\"} x", NOT_JSON("more follows behind it (column 15)") },
	{ "{\"title\":\"A\"}{\"title\":\"B\"}", NOT_JSON("more follows behind it (column 14)") },
	{ "{\"title\":\"é\"]", NOT_JSON("a comma or } is missing (column 13)") },
	{ "{\"title\":\"A\",}", NOT_JSON("a name in quotes is missing (column 14)") },
	{ "{title:\"A\"}", NOT_JSON("a name in quotes is missing (column 2)") },
	{ "{\"title\" \"A\"}", NOT_JSON("a colon is missing (column 10)") },
	{ "{\"title\":'A'}", NOT_JSON("a value is missing (column 10)") },
	{ "{\"title\":}", NOT_JSON("a value is missing (column 10)") },
	{ "{\"title\":\"A\",\"x\":[1 2]}", NOT_JSON("a comma or ] is missing (column 21)") },
	{ "{\"title\":\"A\",\"x\":[1,]}", NOT_JSON("a value is missing (column 21)") },
	{ "{\"title\":\"A\",\"x\":01}", NOT_JSON("a number begins with 0 (column 20)") },
	{ "{\"title\":\"A\",\"x\":1.}", NOT_JSON("a digit is missing (column 20)") },
	{ "{\"title\":\"A\",\"x\":-}", NOT_JSON("a digit is missing (column 19)") },
	{ "{\"title\":\"A\",\"x\":1e}", NOT_JSON("a digit is missing (column 20)") },
	{ "{\"title\":\"A\",\"x\":.5}", NOT_JSON("a value is missing (column 18)") },
	{ "{\"title\":\"A\",\"x\":+5}", NOT_JSON("a value is missing (column 18)") },
	{ "{\"title\":\"A\",\"x\":NaN}", NOT_JSON("a value is missing (column 18)") },
	{ "{\"title\":\"A\",\"x\":True}", NOT_JSON("a value is missing (column 18)") },
	{ "{\"title\":\"A\tB\"}", NOT_JSON("a control character inside a string (column 12)") },
	{ "{\"title\":\"A\\x\"}", NOT_JSON("an unknown escape behind a backslash (column 13)") },
	{ "{\"title\":\"\\u12g4\"}", NOT_JSON("\\u without four hexadecimal digits (column 12)") },
	{ "{\"title\":\v\"A\"}", NOT_JSON("a value is missing (column 10)") },
	{ "{}", "BAD_INPUT: it has neither a title nor a body\n" },
	{ "{\"title\":null,\"name\":\"x\"}", "BAD_INPUT: it has neither a title nor a body\n" },
	{ "{\"title\":true}", "BAD_INPUT: the title is true or false; it must be text\n" },
	{ "{\"title\":[\"A\",\"B\"]}", "BAD_INPUT: the title is a list; it must be text\n" },
	{ "{\"title\":\"A\",\"body\":{\"html\":\"x\"}}",
	  "BAD_INPUT: the body is an object; it must be text or a list of texts\n" },
	{ "{\"title\":\"A\",\"body\":[\"x\",[\"y\"]]}",
	  "BAD_INPUT: the body has a list among its paragraphs\n" },
	{ "{\"title\":\"A\",\"id\":[1]}", "BAD_INPUT: \"id\" is a list; an id is text or a number\n" },
	{ "{\"title\":\"A\",\"GUID\":{}}",
	  "BAD_INPUT: \"GUID\" is an object; an id is text or a number\n" },
};

START_TEST(a_fault)
{
	ck_assert_str_eq(record(faults[_i].json), faults[_i].expected);
}
END_TEST

static char *repeated(const char *before, const char *middle, size_t count, const char *after)
{
	struct buffer json = { 0 };
	buffer_add_text(&json, before);
	for (size_t i = 0; i < count; i++)
		buffer_add_text(&json, middle);
	buffer_add_text(&json, after);
	return json.data;
}

START_TEST(nesting_has_a_limit)
{
	char *deep = repeated("{\"title\":\"A\",\"x\":", "[", 100000, "");
	ck_assert_str_eq(record(deep), NOT_JSON("it is nested too deep (column 1017)"));
	free(deep);
	deep = repeated("{\"title\":\"A\",\"x\":", "{\"y\":", 100000, "");
	ck_assert_ptr_nonnull(strstr(record(deep), "nested too deep"));
	free(deep);
	/* What is just allowed is read. */
	struct buffer json = { 0 };
	buffer_add_text(&json, "{\"title\":\"A\",\"x\":");
	for (int i = 0; i < 999; i++)
		buffer_add_char(&json, '[');
	for (int i = 0; i < 999; i++)
		buffer_add_char(&json, ']');
	buffer_add_char(&json, '}');
	ck_assert_str_eq(record(json.data), "/a.jsonl#1\n  T A\n");
	buffer_release(&json);
}
END_TEST

START_TEST(values_have_a_limit)
{
	struct buffer out = { 0 };
	char *many = repeated("{\"title\":\"A\",\"x\":[0", ",0", 1000000, "]}");
	read_all(str_from(many), 0, "/a.jsonl", NULL, &out, require_in_test);
	ck_assert_ptr_nonnull(strstr(out.data, "it holds more than a million values"));
	free(many);
	buffer_reset(&out);
	many = repeated("{\"title\":\"A\",\"x\":[0", ",0", 900000, "]}");
	read_all(str_from(many), 0, "/a.jsonl", NULL, &out, require_in_test);
	ck_assert_str_eq(out.data, "jsonl\n1:1 /a.jsonl#1\n  T A\n");
	free(many);
	buffer_release(&out);
}
END_TEST

START_TEST(lengths_have_limits)
{
	char *json = repeated("{\"title\":\"A\",\"id\":\"", "x", 4001, "\"}");
	ck_assert_str_eq(record(json), "BAD_INPUT: \"id\" has more than 4000 bytes\n");
	free(json);
	json = repeated("{\"title\":\"A\",\"url\":\"", "x", 4097, "\"}");
	ck_assert_str_eq(record(json), "/a.jsonl#1\n  T A\n");
	free(json);
	/* 1023 bytes and half an é: the é goes. */
	json = repeated("{\"title\":\"A\",\"source\":\"x", "é", 600, "\"}");
	char *expected = repeated("/a.jsonl#1\n  source: x", "é", 511, "\n  T A\n");
	ck_assert_str_eq(record(json), expected);
	free(json);
	free(expected);
}
END_TEST

/* ---- documents ---- */

START_TEST(a_file_that_is_one_object)
{
	assert_reading("/a.json", "\n{\n  \"title\": \"A\",\n\n  \"body\": \"B {[\\\" \"\n}\n\n",
		       "json\n2:1 /a.json\n  T A\n  P B {[\"\n");
	assert_reading("/a.json", "{\"title\":\"A\"}", "json\n1:1 /a.json\n  T A\n");
}
END_TEST

/* From standard input, an article without id or URL is known by its bytes. */
START_TEST(the_hash_of_its_bytes)
{
	unsigned char hash[16];
	struct buffer expected = { 0 };
	hash_bytes_128("{\"title\":\"A\"}", 13, hash);
	buffer_add_text(&expected, "jsonl\n2:1 ");
	for (size_t i = 0; i < 16; i++)
		buffer_add_format(&expected, "%02x", hash[i]);
	buffer_add_text(&expected, "\n  T A\n");
	ck_assert_str_eq(reading_of(STR("\n {\"title\":\"A\"} \r\n"), "-", NULL), expected.data);
	ck_assert_str_eq(reading_of(STR("\n{\"title\":\"A\"}"), "-", NULL), expected.data);
	buffer_release(&expected);
}
END_TEST

START_TEST(objects_in_an_array)
{
	assert_reading("/a.json",
		       "[\n  {\"title\": \"A\"},\n  {\n    \"title\": \"B\",\n    \"x\": [{\"y\": 1}]\n  },"
		       "{\"title\":\"C\"}\n]\n",
		       "json\n2:1 /a.json#1\n  T A\n3:2 /a.json#2\n  T B\n6:3 /a.json#3\n  T C\n");
	assert_reading("/a.json", "[{\"title\":\"A\"}]", "json\n1:1 /a.json#1\n  T A\n");
	assert_reading("/a.json", "[]", "json\n");
	assert_reading("/a", "[ ]\n", "json\n");
}
END_TEST

START_TEST(objects_one_behind_the_other)
{
	assert_reading("/a.json", "{\n\"title\":\"A\"\n}\n{\n\"title\":\"B\"\n}{\"title\":\"C\"}",
		       "json\n1:1 /a.json#1\n  T A\n4:2 /a.json#2\n  T B\n6:3 /a.json#3\n  T C\n");
}
END_TEST

START_TEST(what_is_no_object_fails_alone)
{
	assert_reading(
		"/a.json", "[{\"title\":\"A\"}, 7, \"x\", [1, {}], {\"title\":\"B\"}]",
		"json\n1:1 /a.json#1\n  T A\n"
		"1:2 " NOT_JSON("it does not begin with { (column 1)") "1:3 " NOT_JSON(
			"it does not begin with { (column 1)") "1:4 " NOT_JSON("it is an array (column 1)") "1:5 /a.json#5\n  T B\n");
	assert_reading("/a.json", "Hello there",
		       "json\n1:1 " NOT_JSON("it does not begin with { (column 1)"));
}
END_TEST

START_TEST(lines_of_errors_count_in_the_file)
{
	assert_reading(
		"/a.json", "[\n\n{\n\"title\": \"A\",\n  oops\n},\n{\"title\":\"B\"}]",
		"json\n3:1 " NOT_JSON(
			"a name in quotes is missing (line 5, column 3)") "7:2 /a.json#2\n  T B\n");
}
END_TEST

START_TEST(a_missing_end_is_said)
{
	assert_reading(
		"/a.json", "[\n {\"title\":\"A\"},\n",
		"json\n2:1 /a.json#1\n  T A\n"
		"3:2 BAD_INPUT: the array around the objects is not closed: the end is missing\n");
	assert_reading(
		"/a.json", "[\n {\"title\":\"A\"},\n {\"titl",
		"json\n2:1 /a.json#1\n  T A\n3:2 " NOT_JSON("it ends in the middle (column 7)"));
	assert_reading("/a.json", "{\n\"title\":\"A\"\n",
		       "json\n1:1 " NOT_JSON("it ends in the middle (line 2, column 12)"));
}
END_TEST

/* A missing bracket or quote costs its record, not all that follow. */
START_TEST(a_damaged_object_costs_no_other)
{
	assert_reading(
		"/a.json",
		"[\n {\"title\":\"A\"},\n {\"title\":\"B\", \"x\":[{\"y\":1},\n {\"title\":\"C\"},\n"
		" {\"title\":\"D},\n {\"title\":\"E\"},\n {\"title\":\"F\"\n]\n",
		"json\n2:1 /a.json#1\n  T A\n"
		"3:2 " NOT_JSON(
			"it ends in the middle (column 28)") "4:3 /a.json#3\n  T C\n"
							     "5:4 " NOT_JSON(
								     "it ends in the middle (column 14)") "6:5 /a.json#5\n  T E\n"
													  "7:6 " NOT_JSON(
														  "it ends in the middle (column 13)"));
	assert_reading(
		"/a.json",
		"{\n  \"title\": \"A\",\n  \"x\": {\n}\n{\n  \"title\": \"B\"\n}\n{\n  \"title\": \"C\"\n}\n",
		"json\n1:1 " NOT_JSON(
			"it ends in the middle (line 4, column 2)") "5:2 /a.json#2\n  T B\n8:3 /a.json#3\n  T C\n");
}
END_TEST

/* Where it cannot be told where the next object begins, that is said. */
START_TEST(what_is_lost_is_said)
{
	assert_reading("/a.json", "[{\"title\":\"A\",\"x\":[1},{\"title\":\"B\"}]",
		       "json\n1:1 " NOT_JSON("a comma or ] is missing (column 20); "
					     "the rest of the array was not read"));
	assert_reading("/a.json", "[{\"title\":\"A},{\"title\":\"B\"}]",
		       "json\n1:1 " NOT_JSON("a comma or } is missing (column 16); "
					     "the rest of the file was not read"));
	assert_reading("/a.json",
		       "[\n{\"title\":\"A\",\"x\":[1},\n  {\"title\":\"B\"},\n {\"title\":\"C\"}",
		       "json\n2:1 " NOT_JSON("a comma or ] is missing (column 20); "
					     "the rest of the file was not read"));
}
END_TEST

START_TEST(plain_text_may_look_like_an_object)
{
	assert_reading("/a.TXT", "{\"Hello,\" he said.\n",
		       "json\n1:1 " NOT_JSON("a colon is missing (column 11); "
					     "if it is plain text, say --format text"));
	assert_reading("/a.text", "{\"title\":\"A\"}\n{\"title\"}\n",
		       "jsonl\n1:1 /a.text#1\n  T A\n2:2 " NOT_JSON("a colon is missing (column 9)"));
}
END_TEST

/* Braces at the margin mean nothing while the brackets are right. */
START_TEST(objects_without_any_indent)
{
	assert_reading("/a.json",
		       "{\n\"title\":\"A\",\n\"people\":[\n{\n\"name\":\"X\"\n},\n{\n\"name\":\"Y\"\n}\n]\n}\n"
		       "{\n\"title\":\"B\"\n}\n",
		       "json\n1:1 /a.json#1\n  people: [X] [Y]\n  T A\n12:2 /a.json#2\n  T B\n");
}
END_TEST

/* ---- JSON Lines ---- */

START_TEST(an_object_a_line)
{
	assert_reading(
		"/a.jsonl", "{\"title\":\"A\"}\n\n  \r\n{\"title\":\"B\"}\r\n {\"title\":\"C\"}",
		"jsonl\n1:1 /a.jsonl#1\n  T A\n4:2 /a.jsonl#2\n  T B\n5:3 /a.jsonl#3\n  T C\n");
	assert_reading("/a.jsonl", "{\"title\":\"A\"}", "jsonl\n1:1 /a.jsonl#1\n  T A\n");
	assert_reading("/a.jsonl", "\xEF\xBB\xBF{\"title\":\"A\"}\n",
		       "jsonl\n1:1 /a.jsonl#1\n  T A\n");
}
END_TEST

START_TEST(a_bad_line_fails_alone)
{
	assert_reading(
		"/a.jsonl",
		"{\"title\":\"A\"}\n{\"title\":\"B\",\"body\":\n[\"not\",\"an\",\"article\"]\n{\"title\":\"D\"}\n"
		"{\"title\":\"E\n",
		"jsonl\n1:1 /a.jsonl#1\n  T A\n"
		"2:2 " NOT_JSON("it ends in the middle (column 21)") "3:3 " NOT_JSON(
			"it is an array (column 1)") "4:4 /a.jsonl#4\n  T D\n"
						     "5:5 " NOT_JSON(
							     "it ends in the middle (column 12)"));
}
END_TEST

/* ---- all of it, broken off anywhere ---- */

START_TEST(every_beginning)
{
	static const struct str sample = STR(
		"[{\"id\":18446744073709551615,\"title\":\"A \\ud83d\\ude00\\u0000\",\n \"body\":[\"x\",\"y\"]},\n"
		"{\"title\":\"caf\xC3\xA9\",\"date\":1.5e3,\"x\":{\"y\":[true,false,null]}}]");
	read_beginnings(sample, "/a.json", reader_find(STR("json")));
	read_beginnings(sample, "/a.jsonl", reader_find(STR("jsonl")));
	read_beginnings(sample, "-", NULL);
}
END_TEST

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static Suite *suite(void)
{
	Suite *suite = suite_create("reader_json");
	TCase *tests = tcase_create("json");
	tcase_set_timeout(tests, 60);
	tcase_add_loop_test(tests, a_field, 0, COUNT(fields));
	tcase_add_loop_test(tests, a_text, 0, COUNT(texts));
	tcase_add_loop_test(tests, a_fault, 0, COUNT(faults));
	tcase_add_test(tests, nesting_has_a_limit);
	tcase_add_test(tests, values_have_a_limit);
	tcase_add_test(tests, lengths_have_limits);
	tcase_add_test(tests, a_file_that_is_one_object);
	tcase_add_test(tests, the_hash_of_its_bytes);
	tcase_add_test(tests, objects_in_an_array);
	tcase_add_test(tests, objects_one_behind_the_other);
	tcase_add_test(tests, what_is_no_object_fails_alone);
	tcase_add_test(tests, lines_of_errors_count_in_the_file);
	tcase_add_test(tests, a_missing_end_is_said);
	tcase_add_test(tests, a_damaged_object_costs_no_other);
	tcase_add_test(tests, what_is_lost_is_said);
	tcase_add_test(tests, plain_text_may_look_like_an_object);
	tcase_add_test(tests, objects_without_any_indent);
	tcase_add_test(tests, an_object_a_line);
	tcase_add_test(tests, a_bad_line_fails_alone);
	tcase_add_test(tests, every_beginning);
	suite_add_tcase(suite, tests);
	return suite;
}

TEST_MAIN(suite)
