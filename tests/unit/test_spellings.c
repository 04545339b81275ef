#include "put_entities.h"
#include "testing.h"
#include "writing.h"

#include "dateline/utf8.h"

#include <unistd.h>

static char place[64];
static char path[256];
static struct buffer out;
static struct error err;

static void begin(void)
{
	snprintf(place, sizeof(place), "/tmp/dateline-spellings-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(place));
	snprintf(path, sizeof(path), "%s/news.db", place);
}

static void empty(void)
{
	char command[300];
	snprintf(command, sizeof(command), "rm -rf %s/*", place);
	ck_assert_int_eq(system(command), 0);
}

static void end(void)
{
	empty();
	ck_assert_int_eq(rmdir(place), 0);
	buffer_release(&out);
}

static struct writer *open_writer(void)
{
	return open_writer_at(path, false);
}

static void put_some(struct writer *writer, const char *id, int count, const char *entities)
{
	for (int i = 0; i < count; i++) {
		char whole[64];
		snprintf(whole, sizeof(whole), "%s%d", id, i);
		put_article(writer, whole, entities);
	}
}

static void delete_some(struct writer *writer, const char *id, int count)
{
	for (int i = 0; i < count; i++) {
		char whole[64];
		bool found;
		snprintf(whole, sizeof(whole), "%s%d", id, i);
		ck_assert_int_eq(writer_delete(writer, str_from(whole), &found, &err), STATUS_OK);
		ck_assert(found);
	}
}

/* ---- what the catalog keeps ---- */

static int compare_texts(const void *a, const void *b)
{
	return str_compare(*(const struct str *)a, *(const struct str *)b);
}

/* "Name = variant, variant", the variants in the order of bytes; empty when no article ever had the name. */
static struct str kept(enum facet_kind kind, const char *name)
{
	struct store *store;
	struct buffer key = { 0 }, value = { 0 };
	struct str texts[64];
	uint64_t number;
	size_t count = 0;
	buffer_reset(&out);
	ck_assert_int_eq(store_open(path, &store, NULL), STATUS_OK);
	schema_number_key(kind, str_from(name), &key);
	ck_assert_int_eq(store_metadata(store, buffer_str(&key), &value, NULL), STATUS_OK);
	const char *at = value.data;
	if (value.len) {
		ck_assert(varint_read(&at, at + value.len, &number));
		buffer_reset(&key);
		buffer_reset(&value);
		schema_entity_key(kind, (uint32_t)number, &key);
		ck_assert_int_eq(store_metadata(store, buffer_str(&key), &value, NULL), STATUS_OK);
		at = value.data;
		while (count < 64 && counted_read(&at, value.data + value.len, &texts[count]))
			count++;
		ck_assert_uint_gt(count, 0);
		qsort(texts + 1, count - 1, sizeof(*texts), compare_texts);
		for (size_t i = 0; i < count; i++)
			buffer_add_format(&out, "%s%.*s",
					  i > 1 ? ", "
					  : i   ? " = "
						: "",
					  STR_ARG(texts[i]));
	}
	buffer_release(&key);
	buffer_release(&value);
	store_close(store);
	buffer_add(&out, "", 0);
	return buffer_str(&out);
}

/* How many names have spellings that are not shown. */
static size_t counted(void)
{
	struct store *store;
	struct arena arena = { 0 };
	struct term_entry *keys;
	size_t count;
	ck_assert_int_eq(store_open(path, &store, NULL), STATUS_OK);
	ck_assert_int_eq(store_metadata_keys(store, STR(META_SPELLINGS), SIZE_MAX, &arena, &keys,
					     &count, NULL),
			 STATUS_OK);
	store_close(store);
	arena_release(&arena);
	return count;
}

START_TEST(the_commonest_spelling_is_shown)
{
	struct writer *writer = open_writer();
	put_some(writer, "a", 1, "P Julian Castro");
	put_some(writer, "b", 2, "P Julián Castro");
	put_some(writer, "c", 1, "P JULIAN CASTRO");
	finish(writer);
	assert_str(kept(KIND_PERSON, "julian castro"), "Julián Castro");
	/* Later ones outweigh it, though none of them is new. */
	writer = open_writer();
	put_some(writer, "d", 2, "P Julian Castro");
	finish(writer);
	assert_str(kept(KIND_PERSON, "julian castro"), "Julian Castro");
	writer = open_writer();
	put_some(writer, "e", 4, "P JULIAN CASTRO");
	finish(writer);
	assert_str(kept(KIND_PERSON, "julian castro"), "JULIAN CASTRO");
}
END_TEST

START_TEST(of_equals_the_last_in_the_order_of_bytes)
{
	static const char *const spellings[] = { "P Cecilia Malmström", "P CECILIA MALMSTRÖM",
						 "P Cecilia Malmstrom" };
	for (int first = 0; first < 3; first++) {
		struct writer *writer = open_writer();
		for (int i = 0; i < 3; i++) {
			char id[16];
			snprintf(id, sizeof(id), "%d-", i);
			put_some(writer, id, 2, spellings[(first + i) % 3]);
		}
		finish(writer);
		assert_str(kept(KIND_PERSON, "cecilia malmstrom"), "Cecilia Malmström");
		empty();
	}
}
END_TEST

START_TEST(so_are_other_names)
{
	struct writer *writer = open_writer();
	put_some(writer, "a", 1, "P Robert Mueller = MUELLER, Robert Mueller");
	put_some(writer, "b", 2, "P Robert Mueller = Mueller, Bob Mueller");
	finish(writer);
	assert_str(kept(KIND_PERSON, "robert mueller"), "Robert Mueller = Bob Mueller, Mueller");
	writer = open_writer();
	put_some(writer, "c", 2, "P Robert Mueller = MUELLER");
	finish(writer);
	assert_str(kept(KIND_PERSON, "robert mueller"), "Robert Mueller = Bob Mueller, MUELLER");
}
END_TEST

/* Its own name, in whatever spelling, is told by the name. */
START_TEST(a_name_is_no_other_name_of_itself)
{
	struct writer *writer = open_writer();
	put_some(writer, "a", 3, "O Quay = QUAY, The Quay");
	put_some(writer, "b", 1, "O QUAY = quay");
	finish(writer);
	assert_str(kept(KIND_ORG, "quay"), "Quay = The Quay");
	ck_assert_uint_eq(counted(), 1);
}
END_TEST

START_TEST(what_has_one_spelling_is_not_counted)
{
	struct writer *writer = open_writer();
	put_some(writer, "a", 3, "P Ada Vos = Vos; O Quay; L Oslo; T rain");
	finish(writer);
	ck_assert_uint_eq(counted(), 0);
	writer = open_writer();
	put_some(writer, "b", 1, "T Rain");
	finish(writer);
	ck_assert_uint_eq(counted(), 1);
	assert_str(kept(KIND_TOPIC, "rain"), "rain");
	writer = open_writer();
	delete_some(writer, "b", 1);
	finish(writer);
	ck_assert_uint_eq(counted(), 0);
}
END_TEST

START_TEST(what_goes_counts_no_more)
{
	struct writer *writer = open_writer();
	put_some(writer, "a", 2, "P Ada Vos = Vos, Ada");
	put_some(writer, "b", 3, "P ADA VOS = VOS, Adje");
	finish(writer);
	assert_str(kept(KIND_PERSON, "ada vos"), "ADA VOS = Ada, Adje, VOS");
	writer = open_writer();
	delete_some(writer, "b", 2);
	finish(writer);
	assert_str(kept(KIND_PERSON, "ada vos"), "Ada Vos = Ada, Adje, Vos");
	writer = open_writer();
	delete_some(writer, "a", 2);
	finish(writer);
	assert_str(kept(KIND_PERSON, "ada vos"), "ADA VOS = Adje, VOS");
	/* A number keeps a name, though nobody sees it. */
	writer = open_writer();
	put_article(writer, "b2", "O Quay");
	finish(writer);
	assert_str(kept(KIND_PERSON, "ada vos"), "ADA VOS");
	ck_assert_uint_eq(counted(), 0);
	/* What comes back is spelled as it comes. */
	writer = open_writer();
	put_some(writer, "c", 1, "P Ada Vos = Vos");
	finish(writer);
	assert_str(kept(KIND_PERSON, "ada vos"), "Ada Vos = Vos");
	ck_assert_uint_eq(counted(), 0);
}
END_TEST

START_TEST(what_is_replaced_in_the_same_run_counts_once)
{
	struct writer *writer = open_writer();
	put_article(writer, "a", "P ADA VOS = VOS");
	put_article(writer, "a", "P Ada Vos = Adje");
	put_article(writer, "b", "P ADA VOS");
	put_article(writer, "c", "P Ada Vos");
	put_article(writer, "b", "P Ada Vos");
	finish(writer);
	assert_str(kept(KIND_PERSON, "ada vos"), "Ada Vos = Adje");
	ck_assert_uint_eq(counted(), 0);
}
END_TEST

/* One that does not fit is refused after its names were looked up. */
START_TEST(what_is_refused_never_came)
{
	static char text[9 << 20];
	struct writer *writer = open_writer();
	struct arena arena = { 0 };
	struct prepared prepared;
	enum writer_outcome outcome;
	put_some(writer, "a", 1, "P Ada Vos");
	put_prepare("big", "P ADA VOS = VOS; P Jan Smit", &arena, &prepared);
	memset(text, 't', sizeof(text));
	prepared.document.postings[0].term = (struct str){ text, sizeof(text) };
	ck_assert_int_eq(writer_put(writer, &prepared, &arena, &outcome, &err), STATUS_TOO_LARGE);
	ck_assert_uint_gt(strlen(err.text), 0);
	put_some(writer, "b", 1, "P Ada Vos");
	finish(writer);
	assert_str(kept(KIND_PERSON, "ada vos"), "Ada Vos");
	ck_assert_uint_eq(counted(), 0);
	arena_release(&arena);
}
END_TEST

/* A forger's thousand spellings are bounded, and what is shown is still one of them. */
START_TEST(many_spellings)
{
	char text[64];
	struct writer *writer = open_writer();
	for (unsigned i = 0; i < 1000; i++) {
		char id[16], name[] = "abcdefghij";
		for (unsigned bit = 0; bit < 10; bit++)
			if (i >> bit & 1)
				name[bit] = (char)(name[bit] - 0x20);
		snprintf(id, sizeof(id), "a%u", i);
		snprintf(text, sizeof(text), "O %s = x %s", name, name);
		put_article(writer, id, text);
	}
	finish(writer);
	const struct str shown = kept(KIND_ORG, "abcdefghij");
	ck_assert_uint_eq(shown.len, 10 + 3 + 12);
	writer = open_writer();
	for (unsigned i = 0; i < 1000; i++) {
		char id[16];
		snprintf(id, sizeof(id), "a%u", i);
		bool found;
		ck_assert_int_eq(writer_delete(writer, str_from(id), &found, &err), STATUS_OK);
	}
	put_some(writer, "b", 1, "O Abcdefghij");
	finish(writer);
	assert_str(kept(KIND_ORG, "abcdefghij"), "Abcdefghij");
	ck_assert_uint_eq(counted(), 0);
}
END_TEST

/* ---- the same, however the articles came ---- */

#define MANY 600
#define NAMES 40

static void make_article(unsigned number, char id[16], char text[200])
{
	static const char *const spellings[] = { "Åda Vos%u = Vos%u", "ADA VOS%u = VOS%u",
						 "Ada Vos%u = vos%u", "Ada. Vos%u = Vos.%u",
						 "ada vos%u = A. V.%u" };
	const unsigned name = number % NAMES, which = number * number / 7 % 5;
	char entity[60];
	snprintf(id, 16, "id%u", number);
	snprintf(entity, sizeof(entity), spellings[which], name, name);
	snprintf(text, 200, "P %s; Q %s; T %s %u", entity, entity, which % 2 ? "Rain" : "rain", name);
}

static void put_number(struct writer *writer, unsigned number)
{
	char id[16], text[200];
	make_article(number, id, text);
	put_article(writer, id, text);
}

/* All names that the articles have, as they are kept. */
static void dump(struct buffer *all)
{
	static const enum facet_kind kinds[] = { KIND_PERSON, KIND_SPEAKER };
	char name[32];
	for (unsigned i = 0; i < NAMES; i++) {
		for (int kind = 0; kind < 2; kind++) {
			snprintf(name, sizeof(name), "ada vos%u", i);
			buffer_add_str(all, kept(kinds[kind], name));
			buffer_add_char(all, '\n');
		}
		snprintf(name, sizeof(name), "rain %u", i);
		buffer_add_str(all, kept(KIND_TOPIC, name));
		buffer_add_char(all, '\n');
	}
	buffer_add_format(all, "%zu", counted());
}

static void assert_same(const struct buffer *wanted)
{
	struct buffer all = { 0 };
	dump(&all);
	assert_str(buffer_str(&all), wanted->data);
	buffer_release(&all);
	empty();
}

START_TEST(names_are_shown_by_what_is_there_and_nothing_else)
{
	struct buffer wanted = { 0 };
	struct writer *writer = open_writer();
	for (unsigned i = 0; i < MANY; i++)
		put_number(writer, i);
	finish(writer);
	dump(&wanted);
	ck_assert_ptr_nonnull(strstr(wanted.data, "Åda Vos"));
	ck_assert_ptr_nonnull(strstr(wanted.data, "ADA VOS"));
	empty();

	/* In another order. */
	writer = open_writer();
	for (unsigned i = 0; i < MANY; i++)
		put_number(writer, i * 577 % MANY);
	finish(writer);
	assert_same(&wanted);

	/* In several runs. */
	for (unsigned part = 0; part < 4; part++) {
		writer = open_writer();
		for (unsigned i = part; i < MANY; i += 4)
			put_number(writer, i);
		finish(writer);
	}
	assert_same(&wanted);

	/* Each was another article before, and some are not there any more. */
	writer = open_writer();
	for (unsigned i = 0; i < MANY; i++) {
		char id[16], text[200], other[16];
		make_article(i + 3, other, text);
		snprintf(id, sizeof(id), "id%u", i);
		put_article(writer, id, text);
	}
	put_some(writer, "gone", 90, "P ÅDA VOS1 = Åda; T RAIN 1; T Rain 2");
	finish(writer);
	writer = open_writer();
	for (unsigned i = MANY; i-- > 0;)
		put_number(writer, i);
	delete_some(writer, "gone", 90);
	finish(writer);
	assert_same(&wanted);
	buffer_release(&wanted);
}
END_TEST

static Suite *spellings_suite(void)
{
	Suite *suite = suite_create("spellings");
	TCase *tests = tcase_create("spellings");
	tcase_set_timeout(tests, 120);
	tcase_add_checked_fixture(tests, begin, end);
	tcase_add_test(tests, the_commonest_spelling_is_shown);
	tcase_add_test(tests, of_equals_the_last_in_the_order_of_bytes);
	tcase_add_test(tests, so_are_other_names);
	tcase_add_test(tests, a_name_is_no_other_name_of_itself);
	tcase_add_test(tests, what_has_one_spelling_is_not_counted);
	tcase_add_test(tests, what_goes_counts_no_more);
	tcase_add_test(tests, what_is_replaced_in_the_same_run_counts_once);
	tcase_add_test(tests, what_is_refused_never_came);
	tcase_add_test(tests, many_spellings);
	tcase_add_test(tests, names_are_shown_by_what_is_there_and_nothing_else);
	suite_add_tcase(suite, tests);
	return suite;
}

TEST_MAIN(spellings_suite)
