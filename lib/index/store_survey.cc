#include "store.hh"

#include "dateline/schema.h"

#include <cstring>
#include <fstream>
#include <sstream>
#include <vector>

enum status store_postings(struct store *store, struct str term, struct buffer *out,
			   struct error *err)
{
	return guard_reading(store, err, "reading the index", [&] {
		const std::string name = to_string(term);
		const Xapian::PostingIterator end = store->db.postlist_end(name);
		for (Xapian::PostingIterator at = store->db.postlist_begin(name); at != end; ++at) {
			const uint32_t id = *at;
			buffer_add(out, &id, sizeof(id));
		}
		return STATUS_OK;
	});
}

/* Prefixes are capital letters, and words never begin with one: they are folded. */
static bool has_prefix(const std::string &term)
{
	return !term.empty() && term[0] >= 'A' && term[0] <= 'Z';
}

enum status store_words(struct store *store, uint64_t *distinct, uint64_t *total, struct error *err)
{
	return guard_reading(store, err, "reading the index", [&] {
		*distinct = 0;
		const Xapian::TermIterator end = store->db.allterms_end();
		for (Xapian::TermIterator at = store->db.allterms_begin(); at != end; ++at)
			*distinct += !has_prefix(*at);
		*total = store->db.get_total_length();
		return STATUS_OK;
	});
}

/* ---- both ways ---- */

/* The finaliser of SplitMix64 (Steele, Lea and Flood, 2014). */
static uint64_t scatter(uint64_t x)
{
	x += UINT64_C(0x9E3779B97F4A7C15);
	x = (x ^ x >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
	x = (x ^ x >> 27) * UINT64_C(0x94D049BB133111EB);
	return x ^ x >> 31;
}

/* Eight bytes at a time: terms are short, and every use of one is hashed. */
static uint64_t hash_term(const std::string &term)
{
	uint64_t hash = term.size(), piece;
	size_t at = 0;
	for (; at + sizeof(piece) <= term.size(); at += sizeof(piece)) {
		memcpy(&piece, term.data() + at, sizeof(piece));
		hash = scatter(hash ^ piece);
	}
	piece = 0;
	memcpy(&piece, term.data() + at, term.size() - at);
	return scatter(hash ^ piece);
}

static uint64_t mix_use(uint64_t term, uint32_t id, uint32_t wdf)
{
	return scatter(term + ((uint64_t)id << 32 | wdf));
}

static void sum_postings(const Xapian::Database &db, struct store_cross *cross)
{
	const Xapian::TermIterator end = db.allterms_end();
	for (Xapian::TermIterator at = db.allterms_begin(); at != end; ++at) {
		const std::string term = *at;
		const uint64_t hash = hash_term(term);
		cross->has_words |= !has_prefix(term);
		const Xapian::PostingIterator last = db.postlist_end(term);
		for (Xapian::PostingIterator use = db.postlist_begin(term); use != last; ++use) {
			cross->postings++;
			cross->posting_sum += mix_use(hash, *use, use.get_wdf());
		}
	}
}

static uint64_t mix_value(uint32_t slot, uint32_t id, const std::string &value)
{
	return scatter(hash_term(value) + ((uint64_t)id << 32 | slot));
}

/* The values are kept beside the posting lists; that a document has some is said in the term lists. */
static void sum_values(const Xapian::Database &db, struct store_cross *cross)
{
	for (const uint32_t slot :
	     { SLOT_FACETS, SLOT_PUBLISHED, SLOT_HASH, SLOT_CONFIDENCE, SLOT_SENTENCES }) {
		const Xapian::ValueIterator end = db.valuestream_end(slot);
		for (Xapian::ValueIterator at = db.valuestream_begin(slot); at != end; ++at)
			cross->value_sum += mix_value(slot, at.get_docid(), *at);
	}
}

static void sum_document_values(const Xapian::Database &db, uint32_t id, struct store_cross *cross)
{
	const Xapian::Document document = db.get_document(id);
	const Xapian::ValueIterator end = document.values_end();
	for (Xapian::ValueIterator at = document.values_begin(); at != end; ++at)
		cross->document_value_sum += mix_value(at.get_valueno(), id, *at);
}

static void sum_document(const Xapian::Database &db, uint32_t id, struct store_cross *cross)
{
	uint64_t length = 0;
	const Xapian::TermIterator end = db.termlist_end(id);
	for (Xapian::TermIterator at = db.termlist_begin(id); at != end; ++at) {
		const uint32_t wdf = at.get_wdf();
		length += wdf;
		cross->entries++;
		cross->entry_sum += mix_use(hash_term(*at), id, wdf);
	}
	if (length == db.get_doclength(id))
		return;
	if (!cross->odd_lengths++)
		cross->first_odd = id;
}

enum status store_cross_sums(struct store *store, const struct docset *all,
			     struct store_cross *cross, struct error *err)
{
	return guard_reading(store, err, "comparing terms and documents", [&] {
		*cross = {};
		cross->has_positions = store->db.has_positions();
		sum_postings(store->db, cross);
		sum_values(store->db, cross);
		for (uint32_t id = 0; (id = docset_next(all, id + 1));) {
			sum_document(store->db, id, cross);
			sum_document_values(store->db, id, cross);
		}
		return STATUS_OK;
	});
}

/* The file with the revision and the roots of all tables: each commit puts a new one in its place. */
enum status store_stamp(const char *path, struct buffer *out, struct error *err)
{
	return guard(err, path, [&] {
		const enum status status = check_directory(path, err);
		if (status != STATUS_OK)
			return status;
		std::ifstream file(std::string(path) + "/iamglass", std::ios::binary);
		std::ostringstream bytes;
		bytes << file.rdbuf();
		if (!file)
			return error_system(err, "read the index", path);
		add_string(out, bytes.str());
		return STATUS_OK;
	});
}

static void add_positions(const Xapian::Database &db, uint32_t id, const std::string &term,
			  struct buffer *out)
{
	std::vector<uint32_t> positions;
	const Xapian::PositionIterator end = db.positionlist_end(id, term);
	for (Xapian::PositionIterator at = db.positionlist_begin(id, term); at != end; ++at)
		positions.push_back(*at);
	if (positions.empty())
		return;
	struct str name = { term.data(), term.size() };
	buffer_add_counted(out, name);
	buffer_add_varint(out, positions.size());
	for (const uint32_t position : positions)
		buffer_add_varint(out, position);
}

/* The prefixes of stems begin with Z. */
enum status store_positions(struct store *store, uint32_t id, struct buffer *out, struct error *err)
{
	return guard_reading(store, err, "reading the index", [&] {
		const Xapian::TermIterator end = store->db.termlist_end(id);
		for (Xapian::TermIterator at = store->db.termlist_begin(id); at != end; ++at) {
			const std::string term = *at;
			if (!term.empty() && term[0] != 'Z')
				add_positions(store->db, id, term, out);
		}
		return STATUS_OK;
	});
}
