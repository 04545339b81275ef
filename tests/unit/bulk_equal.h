/* bulk_equal.h: random articles, and two databases of them compared by what libxapian reads there. */
#ifndef DATELINE_BULK_EQUAL_H
#define DATELINE_BULK_EQUAL_H

#include "bulk_testing.h"

#define SLOTS 8

static struct arena corpus;

/* ---- random articles; they live in `corpus` ---- */

struct shape {
	uint32_t articles, vocabulary, terms_max; /* terms_max: of an article */
	uint32_t term_bytes;                      /* longest term */
	uint32_t record_bytes, value_bytes;       /* longest */
	uint32_t positions_max;                   /* of a term in an article */
	bool common; /* the first term of the vocabulary is in every article */
};

static inline struct str corpus_bytes(size_t len)
{
	char *text = arena_alloc(&corpus, len + 1);
	for (size_t i = 0; i < len; i++)
		text[i] = (char)random_below(256);
	return (struct str){ text, len };
}

/* As long as the index can take: each NUL counts twice. */
static inline struct str random_term(uint32_t longest)
{
	struct str term = corpus_bytes(1 + random_below(longest));
	size_t cost = 0;
	for (size_t i = 0; i < term.len; i++) {
		/* NULs are seldom by chance alone. */
		if (random_below(20) == 0)
			((char *)term.data)[i] = '\0';
		cost += term.data[i] ? 1 : 2;
		if (cost > 245)
			term.len = i;
	}
	return term;
}

static inline struct str *random_vocabulary(uint32_t count, uint32_t longest)
{
	struct str *terms = arena_alloc(&corpus, count * sizeof(*terms));
	struct intern known = { 0 };
	for (uint32_t i = 0; i < count;) {
		struct str term = random_term(longest);
		/* Many share their beginning with another. */
		if (i && random_below(2)) {
			const struct str other = terms[random_below(i)];
			const size_t shared = random_below(
				(uint32_t)((other.len < term.len ? other.len : term.len) + 1));
			bool has_nul = memchr(other.data, '\0', shared) != NULL;
			if (!has_nul)
				memcpy((char *)term.data, other.data, shared);
		}
		bool is_new;
		intern_add(&known, term, &is_new);
		if (is_new)
			terms[i++] = term;
	}
	intern_release(&known);
	return terms;
}

static inline void random_posting(const struct shape *shape, struct str term, struct posting *posting)
{
	static const uint32_t wdfs[] = { 0, 1, 1, 1, 2, 3, 63, 64, 126, 127, 300, 70000 };
	*posting = (struct posting){ .term = term };
	posting->wdf = wdfs[random_below(sizeof(wdfs) / sizeof(*wdfs))];
	if (random_below(2) || !posting->wdf)
		return;
	posting->count = 1 + random_below(shape->positions_max);
	uint32_t *positions = arena_alloc(&corpus, posting->count * sizeof(*positions));
	uint32_t position = random_below(3);
	for (uint32_t i = 0; i < posting->count; i++) {
		positions[i] = position;
		position += 1 + random_below(random_below(10) ? 5 : 5000);
	}
	posting->positions = positions;
}

/* Terms of low numbers come more often. Sorted by nothing. */
static inline void random_postings(const struct shape *shape, const struct str *vocabulary,
				   struct document *document)
{
	const uint32_t wanted = random_below(shape->terms_max + 1);
	bool *used = memory_zero(shape->vocabulary, sizeof(*used));
	document->postings = arena_alloc(&corpus, (wanted + 1) * sizeof(*document->postings));
	for (uint32_t i = 0; i < wanted + shape->common; i++) {
		uint32_t number = random_below(1 + random_below(shape->vocabulary));
		if (shape->common && i == 0)
			number = 0;
		if (!used[number])
			random_posting(shape, vocabulary[number],
				       &document->postings[document->posting_count++]);
		used[number] = true;
	}
	free(used);
}

static inline struct document *random_articles(const struct shape *shape)
{
	const struct str *vocabulary = random_vocabulary(shape->vocabulary, shape->term_bytes);
	struct document *articles = arena_zero(&corpus, shape->articles + 1, sizeof(*articles));
	for (uint32_t i = 0; i < shape->articles; i++) {
		struct document *article = &articles[i];
		random_postings(shape, vocabulary, article);
		article->values = arena_alloc(&corpus, SLOTS * sizeof(*article->values));
		for (uint32_t slot = 0; slot < SLOTS; slot++)
			if (random_below(3) && shape->value_bytes)
				article->values[article->value_count++] = (struct value){
					slot, corpus_bytes(random_below(shape->value_bytes + 1))
				};
		if (random_below(5))
			article->record = corpus_bytes(random_below(shape->record_bytes + 1));
	}
	return articles;
}

/* ---- what both databases say ---- */

static inline void assert_same_bytes(const struct buffer *a, const struct buffer *b, const char *what)
{
	ck_assert_msg(str_equal(buffer_str(a), buffer_str(b)), "%s differ", what);
}

static inline void compare_terms(struct store *ours, struct store *theirs)
{
	struct term_entry *a, *b;
	size_t a_count, b_count;
	struct arena texts = { 0 };
	struct buffer a_ids = { 0 }, b_ids = { 0 };
	assert_ok(store_terms(ours, STR(""), SIZE_MAX, &texts, &a, &a_count, &err));
	assert_ok(store_terms(theirs, STR(""), SIZE_MAX, &texts, &b, &b_count, &err));
	ck_assert_uint_eq(a_count, b_count);
	for (size_t i = 0; i < a_count; i++) {
		ck_assert(str_equal(a[i].term, b[i].term));
		ck_assert_uint_eq(a[i].frequency, b[i].frequency);
		buffer_reset(&a_ids);
		buffer_reset(&b_ids);
		assert_ok(store_postings(ours, a[i].term, &a_ids, &err));
		assert_ok(store_postings(theirs, b[i].term, &b_ids, &err));
		assert_same_bytes(&a_ids, &b_ids, "postings");
	}
	buffer_release(&a_ids);
	buffer_release(&b_ids);
	arena_release(&texts);
}

static inline void compare_document_terms(struct store *ours, struct store *theirs, uint32_t id)
{
	struct term_entry *a, *b;
	size_t a_count, b_count;
	struct arena texts = { 0 };
	assert_ok(store_document_terms(ours, id, STR(""), &texts, &a, &a_count, &err));
	assert_ok(store_document_terms(theirs, id, STR(""), &texts, &b, &b_count, &err));
	ck_assert_uint_eq(a_count, b_count);
	for (size_t i = 0; i < a_count; i++) {
		ck_assert(str_equal(a[i].term, b[i].term));
		ck_assert_uint_eq(a[i].frequency, b[i].frequency);
	}
	arena_release(&texts);
}

static inline void compare_document(struct store *ours, struct store *theirs, uint32_t id)
{
	struct buffer a = { 0 }, b = { 0 };
	compare_document_terms(ours, theirs, id);
	assert_ok(store_record(ours, id, &a, &err));
	assert_ok(store_record(theirs, id, &b, &err));
	assert_same_bytes(&a, &b, "records");
	buffer_reset(&a);
	buffer_reset(&b);
	assert_ok(store_positions(ours, id, &a, &err));
	assert_ok(store_positions(theirs, id, &b, &err));
	assert_same_bytes(&a, &b, "positions");
	for (uint32_t slot = 0; slot < SLOTS; slot++) {
		buffer_reset(&a);
		buffer_reset(&b);
		assert_ok(store_value(ours, id, slot, &a, &err));
		assert_ok(store_value(theirs, id, slot, &b, &err));
		assert_same_bytes(&a, &b, "values");
	}
	buffer_release(&a);
	buffer_release(&b);
}

/* The postings say the same as the term lists, with wdfs, lengths and values: what was compared of one of them holds for the other. */
static inline void compare_sums(struct store *ours, struct store *theirs)
{
	struct docset all;
	struct store_cross a, b;
	const struct plan plan = { .op = PLAN_ALL };
	assert_ok(store_match(ours, &plan, &all, &err));
	assert_ok(store_cross_sums(ours, &all, &a, &err));
	assert_ok(store_cross_sums(theirs, &all, &b, &err));
	docset_release(&all);
	ck_assert_uint_eq(a.postings, b.postings);
	ck_assert_uint_eq(a.posting_sum, b.posting_sum);
	ck_assert_uint_eq(a.entries, b.entries);
	ck_assert_uint_eq(a.entry_sum, b.entry_sum);
	ck_assert_uint_eq(a.postings, a.entries);
	ck_assert_uint_eq(a.posting_sum, a.entry_sum);
	ck_assert_uint_eq(a.value_sum, b.value_sum);
	ck_assert_uint_eq(a.document_value_sum, b.document_value_sum);
	ck_assert_uint_eq(a.odd_lengths, 0);
	uint64_t a_words, a_total, b_words, b_total;
	assert_ok(store_words(ours, &a_words, &a_total, &err));
	assert_ok(store_words(theirs, &b_words, &b_total, &err));
	ck_assert_uint_eq(a_words, b_words);
	ck_assert_uint_eq(a_total, b_total);
}

static inline void assert_checked(const char *name)
{
	struct buffer report = { 0 };
	uint32_t faults;
	assert_ok(store_check(path(name), &report, &faults, &err));
	ck_assert_msg(faults == 0, "%.*s", STR_ARG(buffer_str(&report)));
	buffer_release(&report);
}

static inline void compare_databases(const char *ours_name, const char *theirs_name)
{
	struct store *ours = open_reader(ours_name), *theirs = open_reader(theirs_name);
	ck_assert_uint_eq(store_count(ours), store_count(theirs));
	ck_assert_uint_eq(store_last_id(ours), store_last_id(theirs));
	compare_terms(ours, theirs);
	for (uint32_t id = 1; id <= store_last_id(ours); id++)
		compare_document(ours, theirs, id);
	compare_sums(ours, theirs);
	store_close(ours);
	store_close(theirs);
	assert_checked(ours_name);
}

/* ---- files ---- */

static inline void read_whole(const char *folder_name, const char *file_name, struct buffer *to)
{
	buffer_reset(&place);
	buffer_add_format(&place, "%s/%s/%s", folder, folder_name, file_name);
	FILE *file = fopen(place.data, "rb");
	buffer_reset(to);
	for (size_t got = 1; file && got;) {
		char *at = buffer_extend(to, 65536);
		got = fread(at, 1, 65536, file);
		to->len -= 65536 - got;
	}
	if (file)
		fclose(file);
}

/* All tables and the version file, byte for byte. */
static inline void assert_same_files(const char *a_name, const char *b_name)
{
	struct buffer a = { 0 }, b = { 0 };
	for (int i = 0; i <= BULK_TABLES; i++) {
		const char *file = i < BULK_TABLES ? bulk_table_file(i) : "iamglass";
		read_whole(a_name, file, &a);
		read_whole(b_name, file, &b);
		assert_same_bytes(&a, &b, file);
	}
	buffer_release(&a);
	buffer_release(&b);
}

/* The height of the table of postings, as the version file says. */
static inline unsigned postings_level(const char *name)
{
	struct buffer version = { 0 };
	uint64_t root, flags;
	read_whole(name, "iamglass", &version);
	const char *at = version.data + 16 + 16 + 1;
	ck_assert(varint_read(&at, version.data + version.len, &root));
	ck_assert(varint_read(&at, version.data + version.len, &flags));
	buffer_release(&version);
	return (unsigned)(flags >> 2);
}

#endif
