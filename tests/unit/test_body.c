#include "dateline/article.h"

#include "dateline/utf8.h"
#include "testing.h"

static struct text_builder builder;
static struct arena arena;
static struct article article;

static void set_up(void)
{
	text_builder_reset(&builder);
}

static void tear_down(void)
{
	text_builder_release(&builder);
	arena_release(&arena);
}

static struct str body(struct str text)
{
	text_builder_reset(&builder);
	text_builder_add_body(&builder, text);
	article = (struct article){ 0 };
	text_builder_finish(&builder, &arena, &article);
	return article.text;
}

static struct str body_of(const char *text)
{
	return body(str_from(text));
}

/* ---- wrapping, as fmt does it ---- */

static size_t characters(struct str s)
{
	size_t count = 0;
	for (size_t i = 0; i < s.len; i++)
		count += ((unsigned char)s.data[i] & 0xC0) != 0x80;
	return count;
}

static void wrap(struct str text, size_t width, const char *indent, struct buffer *out)
{
	size_t column = strlen(indent);
	buffer_add_text(out, indent);
	bool is_first = true;
	for (size_t at = 0; at < text.len;) {
		const char *blank = memchr(text.data + at, ' ', text.len - at);
		const size_t end = blank ? (size_t)(blank - text.data) : text.len;
		const struct str word = { text.data + at, end - at };
		const size_t columns = characters(word);
		const bool fits = is_first || column + 1 + columns <= width;
		if (!is_first)
			buffer_add_char(out, fits ? ' ' : '\n');
		column = fits ? column + !is_first + columns : columns;
		buffer_add(out, word.data, word.len);
		is_first = false;
		at = end + 1;
	}
	buffer_add_char(out, '\n');
}

struct manner {
	const char *indent, *between;
};

static const struct manner manners[] = { { "", "\n" }, { "    ", "" }, { "\t", "\n" } };

static struct buffer wrapped;

static struct str wrap_all(const char *const *paragraphs, size_t width, const struct manner *manner)
{
	buffer_reset(&wrapped);
	for (size_t i = 0; paragraphs[i]; i++) {
		if (i)
			buffer_add_text(&wrapped, manner->between);
		wrap(str_from(paragraphs[i]), width, manner->indent, &wrapped);
	}
	return buffer_str(&wrapped);
}

static struct str whole_of(const char *const *paragraphs)
{
	static struct buffer whole;
	buffer_reset(&whole);
	for (size_t i = 0; paragraphs[i]; i++) {
		buffer_add_text(&whole, i ? "\n\n" : "");
		buffer_add_text(&whole, paragraphs[i]);
	}
	return buffer_str(&whole);
}

static void comes_back_at_every_width(const char *const *paragraphs)
{
	for (size_t m = 0; m < sizeof(manners) / sizeof(*manners); m++) {
		for (size_t width = 40; width <= 200; width++) {
			const struct str text = wrap_all(paragraphs, width, &manners[m]);
			if (!str_equal(body(text), whole_of(paragraphs)))
				ck_abort_msg("manner %zu, width %zu: \"%s\" became \"%s\"", m,
					     width, text.data, article.text.data);
		}
	}
	buffer_release(&wrapped);
}

static const char *const english[] = {
	"The harbour board of Port Sunder said on Tuesday that it had agreed with the Northern "
	"Lighterage Company, which runs the ferries to Holm and Little Holm, on fares for the "
	"coming winter; neither Chairwoman Ada Vos nor Harbour Master Peter Bell would say what "
	"they will be.",
	"\"We have talked since the spring,\" Ms. Vos told the Sunder Courier. \"Everybody on the "
	"islands knows that the Ministry of Transport pays half of it, and that it has paid late "
	"for three years in a row, whoever was the minister.\"",
	"According to figures of the Holm Chamber of Commerce some 41,000 people and 7,200 cars "
	"went to and fro last winter, a tenth less than in the winter before, when the Queen "
	"Margaret was still in service and the bridge at Kirk Sound was closed for repairs.",
	NULL,
};

START_TEST(wrapped_text_comes_back_at_every_width)
{
	comes_back_at_every_width(english);
}
END_TEST

/* Letters of two bytes: widths are counted in characters. */
START_TEST(so_it_does_in_other_scripts)
{
	static const char *const greek[] = {
		"Το λιμεναρχείο της πόλης ανακοίνωσε την Τρίτη ότι συμφώνησε με την εταιρεία των "
		"πλοίων για τα εισιτήρια του χειμώνα, αλλά δεν είπε πόσο θα κοστίζουν στους κατοίκους "
		"των νησιών, που περιμένουν από την άνοιξη.",
		"Ο πρόεδρος του επιμελητηρίου δήλωσε ότι πέρυσι ταξίδεψαν λιγότεροι άνθρωποι και "
		"λιγότερα αυτοκίνητα από ό,τι τον προηγούμενο χειμώνα, επειδή η γέφυρα ήταν ανοιχτή.",
		NULL,
	};
	comes_back_at_every_width(greek);
}
END_TEST

/* Nothing begins in lower case: only the width tells. */
START_TEST(text_in_capitals_comes_back)
{
	static const char *const capitals[] = {
		"THE HARBOUR BOARD OF PORT SUNDER SAID ON TUESDAY THAT IT HAD AGREED WITH THE NORTHERN "
		"LIGHTERAGE COMPANY, WHICH RUNS THE FERRIES TO HOLM AND LITTLE HOLM, ON FARES FOR THE "
		"COMING WINTER; NEITHER CHAIRWOMAN ADA VOS NOR HARBOUR MASTER PETER BELL WOULD SAY MORE.",
		"ACCORDING TO FIGURES OF THE HOLM CHAMBER OF COMMERCE SOME 41,000 PEOPLE WENT TO AND FRO "
		"LAST WINTER, A TENTH LESS THAN IN THE WINTER BEFORE, WHEN THE BRIDGE WAS CLOSED.",
		NULL,
	};
	comes_back_at_every_width(capitals);
}
END_TEST

/* Without anything between paragraphs their ends are told by lines that are not full. */
START_TEST(paragraphs_end_where_a_line_is_not_full)
{
	static const struct manner close = { "", "" };
	unsigned same = 0;
	for (size_t width = 40; width <= 200; width++) {
		body(wrap_all(english, width, &close));
		same += str_equal(article.text, whole_of(english));
		ck_assert_uint_le(article.paragraph_count, 3);
		ck_assert_ptr_nonnull(strstr(article.text.data, "Northern Lighterage Company"));
		ck_assert_ptr_nonnull(strstr(article.text.data, "Chairwoman Ada Vos"));
		ck_assert_ptr_nonnull(strstr(article.text.data, "Holm Chamber of Commerce"));
	}
	/* At some widths a paragraph ends just where its line is full. */
	ck_assert_uint_ge(same, 130);
	buffer_release(&wrapped);
}
END_TEST

START_TEST(a_dateline_taken_off_leaves_a_short_line)
{
	assert_str(body_of("Magma Copper Co said it has asked Peter\n"
			   "Bell to look into the accounts of its subsidiary in the north, where\n"
			   "losses have been reported for the last three years in a row by\n"
			   "Auditors Vos and Sons, and to report to the board."),
		   "Magma Copper Co said it has asked Peter Bell to look into the accounts of its "
		   "subsidiary in the north, where losses have been reported for the last three years "
		   "in a row by Auditors Vos and Sons, and to report to the board.");
}
END_TEST

/* ---- what stays apart ---- */

START_TEST(a_line_a_paragraph_stays_apart)
{
	assert_str(body_of("The board met.\nNobody spoke.\nIt will meet again on Friday."),
		   "The board met.\n\nNobody spoke.\n\nIt will meet again on Friday.");
	assert_str(body_of("The board met on Tuesday and talked about fares for most of the day.\n"
			   "iPhones were not allowed in the room.\n"
			   "Nobody would say what came of it.\n"
			   "Ms. Vos will speak to the press on Friday, when the new fares are printed.\n"
			   "The ferry to Holm did not sail."),
		   "The board met on Tuesday and talked about fares for most of the day.\n\n"
		   "iPhones were not allowed in the room.\n\n"
		   "Nobody would say what came of it.\n\n"
		   "Ms. Vos will speak to the press on Friday, when the new fares are printed.\n\n"
		   "The ferry to Holm did not sail.");
}
END_TEST

START_TEST(headings_stay_apart)
{
	assert_str(body_of("WHAT IT COSTS\n"
			   "The board of the harbour said that fares to the islands would rise by a\n"
			   "tenth in the winter, when fewer people go there than in summer.\n"
			   "Who pays\n"
			   "Half of the money comes from the Ministry of Transport, which has paid\n"
			   "late for three years in a row."),
		   "WHAT IT COSTS\n\n"
		   "The board of the harbour said that fares to the islands would rise by a "
		   "tenth in the winter, when fewer people go there than in summer.\n\n"
		   "Who pays\n\n"
		   "Half of the money comes from the Ministry of Transport, which has paid "
		   "late for three years in a row.");
}
END_TEST

START_TEST(verse_stays_apart)
{
	assert_str(body_of("The boat is old, the boat is slow,\n"
			   "And where it goes the herring go;\n"
			   "Nobody asks it for the fare,\n"
			   "For nobody who pays is there,\n"
			   "And nobody will ever know."),
		   "The boat is old, the boat is slow,\n\n"
		   "And where it goes the herring go;\n\n"
		   "Nobody asks it for the fare,\n\n"
		   "For nobody who pays is there,\n\n"
		   "And nobody will ever know.");
}
END_TEST

START_TEST(items_of_lists_stay_apart_and_whole)
{
	assert_str(body_of("The board has decided on these three things, and will print them in the\n"
			   "paper before the winter comes, when all of it is to be told to:\n"
			   "- fares to Holm rise by a tenth, and those to Little Holm, which fewer\n"
			   "  people visit, by a fifth from October on;\n"
			   "- the Queen Margaret is sold\n"
			   "- children travel free of charge\n"
			   "2. Ms. Vos, who was asked about it on Tuesday, said that she would write to\n"
			   "   Peter Bell."),
		   "The board has decided on these three things, and will print them in the "
		   "paper before the winter comes, when all of it is to be told to:\n\n"
		   "- fares to Holm rise by a tenth, and those to Little Holm, which fewer "
		   "people visit, by a fifth from October on;\n\n"
		   "- the Queen Margaret is sold\n\n"
		   "- children travel free of charge\n\n"
		   "2. Ms. Vos, who was asked about it on Tuesday, said that she would write to "
		   "Peter Bell.");
}
END_TEST

START_TEST(a_dash_or_a_number_in_a_sentence_begins_no_item)
{
	static const char *const text[] = {
		"The ferry that Peter Bell bought in the north - with money, so he said, of the "
		"Ministry of Transport - went down on the 12. of June, which was a Sunday, or - as the "
		"harbour board has it - was sunk by its owner + his brother in the winter of the year "
		"before last.",
		NULL,
	};
	comes_back_at_every_width(text);
}
END_TEST

START_TEST(rows_of_tables_stay_apart)
{
	assert_str(body_of("Holm           1,204    7.10\n"
			   "Little Holm      310    8.40\n"
			   "Kirk Sound       118   12.00\n"),
		   "Holm 1,204 7.10\n\nLittle Holm 310 8.40\n\nKirk Sound 118 12.00");
	assert_str(body_of("Holm\t1,204\t7.10\nKirk Sound\t118\t12.00\n"),
		   "Holm 1,204 7.10\n\nKirk Sound 118 12.00");
}
END_TEST

START_TEST(quotations_that_are_set_in_go_on)
{
	assert_str(body_of("The letter that the harbour board sent to the ministry in the\nspring says:\n\n"
			   "    We have waited for three years now, and ask Ada Vos and the\n"
			   "    Minister of Transport to meet us before the winter.\n\n"
			   "Nobody answered it."),
		   "The letter that the harbour board sent to the ministry in the spring says:\n\n"
		   "We have waited for three years now, and ask Ada Vos and the "
		   "Minister of Transport to meet us before the winter.\n\n"
		   "Nobody answered it.");
}
END_TEST

/* ---- hostile ---- */

/* Nothing but white space is lost, whatever it looks like. */
START_TEST(nothing_is_lost)
{
	static const char *const pieces[] = { "x",   " ",  "\n", ".",  "A",      "- ",     "\t",
					      "12.", "\"", "é",  "U.", "\u3000", "\u2019", "aa aa" };
	unsigned seed = 1;
	struct buffer text = { 0 };
	for (int run = 0; run < 20000; run++) {
		buffer_reset(&text);
		size_t visible = 0;
		for (int i = 0; i < 40; i++) {
			seed = seed * 1103515245 + 12345;
			const char *piece = pieces[(seed >> 16) % 14];
			buffer_add_text(&text, piece);
			for (const char *at = piece; *at && strcmp(piece, "\u3000") != 0; at++)
				visible += !strchr(" \n\t", *at);
		}
		const struct str got = body(buffer_str(&text));
		for (size_t i = 0; i < got.len; i++)
			visible -= !strchr(" \n", got.data[i]);
		ck_assert_msg(visible == 0, "\"%s\" became \"%s\"", text.data, got.data);
		arena_reset(&arena);
	}
	buffer_release(&text);
}
END_TEST

START_TEST(large_bodies_are_no_trouble)
{
	struct buffer text = { 0 };
	for (int i = 0; i < 1 << 20; i++)
		buffer_add_text(&text, i % 3 ? "x\n" : "\n");
	body(buffer_str(&text));
	ck_assert_uint_gt(article.paragraph_count, 1000);
	buffer_reset(&text);
	for (int i = 0; i < 1 << 20; i++)
		buffer_add_text(&text, " ");
	assert_str(body(buffer_str(&text)), "");
	buffer_release(&text);
}
END_TEST

static Suite *make_suite(void)
{
	Suite *suite = suite_create("body");
	TCase *tests = tcase_create("text_builder_add_body");
	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_set_timeout(tests, 60);
	tcase_add_test(tests, wrapped_text_comes_back_at_every_width);
	tcase_add_test(tests, so_it_does_in_other_scripts);
	tcase_add_test(tests, text_in_capitals_comes_back);
	tcase_add_test(tests, paragraphs_end_where_a_line_is_not_full);
	tcase_add_test(tests, a_dateline_taken_off_leaves_a_short_line);
	tcase_add_test(tests, a_line_a_paragraph_stays_apart);
	tcase_add_test(tests, headings_stay_apart);
	tcase_add_test(tests, verse_stays_apart);
	tcase_add_test(tests, items_of_lists_stay_apart_and_whole);
	tcase_add_test(tests, a_dash_or_a_number_in_a_sentence_begins_no_item);
	tcase_add_test(tests, rows_of_tables_stay_apart);
	tcase_add_test(tests, quotations_that_are_set_in_go_on);
	tcase_add_test(tests, nothing_is_lost);
	tcase_add_test(tests, large_bodies_are_no_trouble);
	suite_add_tcase(suite, tests);
	return suite;
}

TEST_MAIN(make_suite)
