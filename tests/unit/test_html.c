/* The page for browsers: what is on it, and that no text gets out of its place. */
#include "made_up.h"

#include "dateline/utf8.h"

/* ---- reading a page ---- */

#define DEPTH_MAX 32

static const char *const elements[] = { "html", "head", "title", "style", "body", "header", "h1",
					"h2",   "p",    "ul",    "ol",    "li",   "div",    "main",
					"a",    "span", "mark",  "pre",   "aside" };
static const char *const attributes[] = { "lang", "charset", "http-equiv", "content",
					  "name", "class",   "start",      "rel",
					  "href", "title",   "style" };

static bool is_among(const char *const *words, size_t count, struct str word)
{
	for (size_t i = 0; i < count; i++)
		if (str_equal(str_from(words[i]), word))
			return true;
	return false;
}

static size_t span(struct str page, size_t at, const char *end)
{
	while (at < page.len && !strchr(end, page.data[at]))
		at++;
	ck_assert_msg(at < page.len, "the page ends too early");
	return at;
}

/* name="value" ...; returns where the tag ends. Links are of the web. */
static size_t read_attributes(struct str page, size_t at)
{
	while (page.data[at] == ' ') {
		const size_t name = ++at;
		at = span(page, at, "=\" >");
		const struct str text = { page.data + name, at - name };
		ck_assert_msg(is_among(attributes, sizeof(attributes) / sizeof(*attributes), text),
			      "attribute %.*s", STR_ARG(text));
		ck_assert_int_eq(page.data[at], '=');
		ck_assert_int_eq(page.data[at + 1], '"');
		const size_t value = at + 2;
		at = span(page, value, "\"<>");
		ck_assert_int_eq(page.data[at], '"');
		const struct str address = { page.data + value, at - value };
		if (str_equal(text, STR("href")))
			ck_assert_msg(strncasecmp(address.data, "http://", 7) == 0 ||
					      strncasecmp(address.data, "https://", 8) == 0,
				      "%.*s", STR_ARG(address));
		at++;
	}
	ck_assert_int_eq(page.data[at], '>');
	return at;
}

/* Every "<" begins a tag of ours, and each is closed in its turn. */
static void check_page(struct str page)
{
	static const char doctype[] = "<!DOCTYPE html>\n";
	struct str open[DEPTH_MAX];
	size_t depth = 0;
	ck_assert(str_begins_with(page, doctype));
	ck_assert(utf8_is_clean(page));
	ck_assert_ptr_null(memchr(page.data, '\t', page.len));
	for (size_t at = strlen(doctype); at < page.len; at++) {
		ck_assert_int_ne(page.data[at], '>');
		if (page.data[at] != '<')
			continue;
		const bool closes = page.data[at + 1] == '/';
		const size_t name = at + 1 + closes;
		at = span(page, name, " >");
		const struct str element = { page.data + name, at - name };
		if (str_equal(element, STR("meta")) || str_equal(element, STR("br"))) {
			at = read_attributes(page, at);
			continue;
		}
		ck_assert_msg(is_among(elements, sizeof(elements) / sizeof(*elements), element),
			      "element %.*s", STR_ARG(element));
		if (closes) {
			ck_assert_uint_gt(depth, 0);
			ck_assert_msg(str_equal(open[--depth], element), "</%.*s> for %.*s",
				      STR_ARG(element), STR_ARG(open[depth]));
		} else {
			ck_assert_uint_lt(depth, DEPTH_MAX);
			open[depth++] = element;
			at = read_attributes(page, at);
		}
	}
	ck_assert_uint_eq(depth, 0);
}

static bool page_has(const char *text)
{
	const struct str page = print("html");
	check_page(page);
	return strstr(page.data, text) != NULL;
}

#define assert_has(text) ck_assert_msg(page_has(text), "%s\nis not in\n%s", text, out.data)
#define assert_has_not(text) ck_assert_msg(!page_has(text), "%s\nis in\n%s", text, out.data)

/* ---- what is on it ---- */

static struct answer_hit hit;

static void one_hit(void)
{
	hit = first_hit();
	answer.hits = &hit;
	answer.hit_count = answer.total = 1;
}

START_TEST(a_page_reads_well)
{
	struct entity_mark entities[] = {
		{ { 48, 59 }, field_find(STR("other")), STR("Espionage & co") },
	};
	struct answer_value places[] = {
		{ .value = STR("China"), .count = 12000, .selected = true },
		{ .value = STR("Spain"), .count = 9, .everywhere = 1000, .depth = 1 }
	};
	struct answer_facet facets[] = { facet("person", NULL, 0, 0), facet("place", places, 2, 5) };
	struct str hints[] = { STR("no article has \"x\" < y") };
	one_hit();
	hit.url = STR("https://example.org/a?b=1&c=\"2\"");
	hit.snippet.entities = entities;
	hit.snippet.entity_count = 1;
	answer.total = 12345;
	answer.facets = facets;
	answer.facet_count = 2;
	answer.hints = (struct str_list){ hints, 1 };
	answer.recounted = 7;
	assert_has("<title>cyber espionage</title>");
	assert_has("<h1>cyber espionage</h1>\n<p class=\"dim\">1 of 12,345 articles, 12 ms, 7 numbers "
		   "counted again and right</p>\n");
	assert_has("<li>no article has &quot;x&quot; &lt; y</li>");
	assert_has("<ol class=\"hits\" start=\"1\">");
	assert_has("<h2><a rel=\"noopener noreferrer nofollow\" href=\"https://example.org/"
		   "a?b=1&amp;c=&quot;2&quot;\">Dutch find Chinese cyber spies</a></h2>\n"
		   "<p class=\"facts\">Reuters · 2024-02-07 · dutch-1</p>\n");
	/* A mark goes on inside of an entity. */
	assert_has("case of <mark>cybe</mark><span class=\"entity other\" title=\"other: Espionage "
		   "&amp; co\"><mark>r</mark> <mark>espionage</mark></span>. The");
	assert_has("<aside>\n<h2>place</h2>\n<ul>\n<li class=\"chosen\"><span>China</span> "
		   "<span>12,000</span></li>\n"
		   "<li><span style=\"padding-left: 1rem\">Spain</span> <span>9</span></li>\n"
		   "<li class=\"dim\"><span>and</span> <span>3 more</span></li>\n</ul>\n</aside>");
	assert_has_not("<h2>person");
	options.quiet_facets = true;
	assert_has_not("<aside");
}
END_TEST

START_TEST(values_as_they_were_asked_for)
{
	struct value_trend trend = { .first = { .year = 2023, .precision = DATE_YEAR },
				     .last = { .year = 2024, .precision = DATE_YEAR },
				     .counts = { 1 } };
	struct answer_value topics[] = {
		{ .value = STR("World"), .count = 5, .everywhere = 1000 },
		{ .value = STR("World > Asia"), .count = 2, .everywhere = 20, .depth = 1, .trend = &trend },
	};
	struct answer_facet facets[] = { facet("topic", topics, 2, 2), facet("topic", topics, 1, 1) };
	facets[0].tree = facets[0].compared = true;
	facets[0].missing = 3;
	facets[1].beside = STR("place=<China>");
	answer.facets = facets;
	answer.facet_count = 2;
	answer.total = 10;
	assert_has("<h2>topic</h2>\n<ul>\n<li><span>World</span> <span>5 of 1,000</span></li>\n"
		   "<li><span style=\"padding-left: 1rem\">Asia</span> <span>2 of 20<br>");
	assert_has("2023 to 2024</span></li>\n"
		   "<li class=\"dim\"><span>none</span> <span>3</span></li>");
	assert_has("<h2>topic@s:place=&lt;China&gt;</h2>");
}
END_TEST

START_TEST(a_page_without_hits)
{
	answer = (struct answer){ .query = STR(""), .took_ms = 1 };
	assert_has("<h1>All articles</h1>\n<p class=\"dim\">No articles, 1.0 ms</p>");
	assert_has("<main>\n</main>");
	assert_has_not("<aside");
}
END_TEST

START_TEST(evidence_and_explanations)
{
	struct evidence evidence[] = {
		{ .field = field_find(STR("person")),
		  .name = STR("K <O>"),
		  .sentence = STR("Minister O said \"no\"."),
		  .mark = { 9, 10 },
		  .rule = RULE_TAGGER,
		  .confidence = 97 },
		{ .field = field_find(STR("org")),
		  .name = STR("X"),
		  .rule = RULE_PUBLISHER,
		  .confidence = 100 },
	};
	one_hit();
	hit.evidence = evidence;
	hit.evidence_count = 2;
	hit.evidence_more = 3;
	hit.explanation = STR("sum\n  of <a>\n");
	hit.index = STR("b&c.db");
	answer.explanation = STR("and\n  word x\n");
	assert_has("<li>Minister <mark>O</mark> said &quot;no&quot;. <span class=\"dim\">(person K "
		   "&lt;O&gt;: tagger 97%)</span></li>\n"
		   "<li><span class=\"dim\">(org X: publisher 100%)</span></li>\n"
		   "<li>and 3 more</li>");
	assert_has("<pre>sum\n  of &lt;a&gt;\n</pre>");
	assert_has("<pre>and\n  word x\n</pre>");
	assert_has(">b&amp;c.db · Reuters");
}
END_TEST

/* ---- what must not be ---- */

#define RIGHT_TO_LEFT 0x202E /* turns what is behind it around */

static const char *const attacks[] = {
	"<script>alert(1)</script>",
	"\"><script>alert(1)</script>",
	"' onmouseover='alert(1)",
	"\" onfocus=\"alert(1)\" autofocus=\"",
	"</title><script>alert(1)</script>",
	"</style><script>",
	"</pre></p></li></ol><img src=x onerror=alert(1)>",
	"<!-- <![CDATA[ ]]> -->",
	"&lt;script&gt; &#60;script&#62; &amp;",
	"<a href=javascript:alert(1)>",
	"`${alert(1)}` {{7*7}}",
	"javascript:alert(1)",
	"\x1B]0;evil\x07\x1B[2J",
	"\xC2\x9B[31m \xC2\x85",
	"a\nb\tc\rd",
	"\xEF\xBC\x9Cscript\xEF\xBC\x9E", /* full-width signs are no tags */
};

START_TEST(attacks_stay_text_everywhere)
{
	const size_t count = sizeof(attacks) / sizeof(*attacks);
	struct buffer turned = { 0 };
	char right_to_left[5] = { 0 };
	utf8_encode(RIGHT_TO_LEFT, right_to_left);
	buffer_add_format(&turned, "%sgpj.exe", right_to_left);
	for (size_t i = 0; i <= count; i++) {
		const struct str attack = i < count ? str_from(attacks[i]) : buffer_str(&turned);
		struct mark marks[] = { { 0, (uint32_t)attack.len } };
		struct entity_mark entities[] = { { marks[0], field_find(STR("person")), attack } };
		struct answer_value values[] = { { .value = attack, .count = 1 } };
		struct answer_facet facets[] = { facet("topic", values, 1, 1) };
		struct str hints[] = { attack };
		struct evidence evidence[] = { { .field = field_find(STR("org")),
						 .name = attack,
						 .sentence = attack,
						 .mark = marks[0] } };
		hit = (struct answer_hit){
			.rank = 1,
			.index = attack,
			.id = attack,
			.title = attack,
			.source = attack,
			.url = attack,
			.snippet = { attack, marks, 1, entities, 1 },
			.explanation = attack,
			.evidence = evidence,
			.evidence_count = 1,
		};
		answer = (struct answer){ .query = attack,
					  .total = 1,
					  .hits = &hit,
					  .hit_count = 1,
					  .facets = facets,
					  .facet_count = 1,
					  .hints = { hints, 1 },
					  .explanation = attack };
		check_page(print("html"));
		ck_assert_ptr_null(strstr(out.data, "<script"));
		ck_assert_ptr_null(strstr(out.data, "<a "));
		ck_assert_ptr_null(strstr(out.data, right_to_left));
		ck_assert_ptr_null(strstr(out.data, "\x1B"));
	}
	buffer_release(&turned);
}
END_TEST

START_TEST(only_addresses_of_the_web_are_links)
{
	static const char *const bad[] = {
		"javascript:alert(1)",
		" https://a.example",
		"https://a b",
		"https://a\nb",
		"data:text/html,x",
		"//a.example",
		"https:/\\evil",
		"file:///etc/passwd",
		"vbscript:x",
		"http:",
		"http://",
		"https:\\\\a",
		"JaVaScRiPt:http://x//",
		"https://a\tb",
		"",
	};
	one_hit();
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		hit.url = str_from(bad[i]);
		assert_has_not("<a ");
	}
	hit.url = STR("HTTPS://A.example/caf\xC3\xA9?x='<>");
	assert_has("href=\"HTTPS://A.example/caf%C3%A9?x=&#39;&lt;&gt;\"");
}
END_TEST

static Suite *make_suite(void)
{
	Suite *suite = suite_create("html");
	TCase *tests = tcase_create("html");
	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_add_test(tests, a_page_reads_well);
	tcase_add_test(tests, values_as_they_were_asked_for);
	tcase_add_test(tests, a_page_without_hits);
	tcase_add_test(tests, evidence_and_explanations);
	tcase_add_test(tests, attacks_stay_text_everywhere);
	tcase_add_test(tests, only_addresses_of_the_web_are_links);
	suite_add_tcase(suite, tests);
	return suite;
}

TEST_MAIN(make_suite)
