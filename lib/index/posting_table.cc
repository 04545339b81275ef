#include "posting_table.hh"

#include <cstring>

/*
 * A list is parted into chunks. The key of the first is that of the term; those of the others have a NUL and the id of their first
 * document behind it. The first begins with the number of documents and of uses, and the id of its first document less one. Then
 * each has a '1' if it is the last of the list and else a '0', how far its last document is from its first, the uses in
 * the first, and for each other the distance from the one before, less one, and the uses. Numbers have seven bits in a byte, the
 * least first, with the top bit where more follow.
 *
 * The lengths of all documents are such a list too, under a key of its own, with 0 for the numbers at the front.
 */
#define LENGTHS_KEY "\0\xe0"
#define LENGTHS_KEY_LEN 2

#define CHUNK_USUAL 2100
#define KEY_MAX 255
#define PADDING 16 /* more than two numbers take */

std::unique_ptr<const posting_table> posting_table::open(const std::string &path,
							 const Xapian::Database &db)
{
	std::shared_ptr<const glass_table> table = glass_table::open(path, db, GLASS_POSTINGS);
	if (!table)
		return nullptr;
	return std::unique_ptr<const posting_table>(
		new posting_table{ std::move(table), db.get_lastdocid(), db.get_doccount() });
}

void posting_cursor::damaged()
{
	throw Xapian::DatabaseCorruptError("a list of postings is wrong");
}

/* ---- chunks ---- */

/* The padding ends every number, so it is enough to look whether it was needed. */
static inline uint32_t number_at(const uint8_t **at)
{
	uint64_t value = 0;
	for (unsigned shift = 0; shift < 35; shift += 7) {
		const uint8_t byte = *(*at)++;
		value |= (uint64_t)(byte & 0x7F) << shift;
		if (byte < 0x80)
			return value <= UINT32_MAX ? static_cast<uint32_t>(value) : UINT32_MAX;
	}
	return UINT32_MAX;
}

uint32_t posting_cursor::number()
{
	const uint32_t value = number_at(&at);
	if (at > end)
		damaged();
	return value;
}

void posting_cursor::slow_pair(const uint8_t **from, uint32_t *step, uint32_t *uses) const
{
	*step = number_at(from);
	*uses = number_at(from);
	if (*from > end)
		damaged();
}

/* Reads the chunk at the place, up to its first posting, which must be behind all that were before. */
void posting_cursor::load(bool is_first)
{
	uint32_t first = 0;
	size_t size;
	if (!is_first) {
		table->copy_key(place, &key);
		first = glass_sortable(reinterpret_cast<const uint8_t *>(key.data()) + key_start,
				       key.size() - key_start);
	}
	if (!table->copy_tag(&place, PADDING, &chunk, &size))
		damaged();
	at = chunk.data();
	end = at + size;
	if (is_first) {
		const uint32_t had = number();
		documents = documents ? documents : had;
		/* A long list of frequent words may be used more often than a number of 32 bits can say. */
		while (at < end && *at++ >= 0x80)
			;
		first = number() + 1;
	}
	if (at >= end || (*at != '0' && *at != '1'))
		damaged();
	is_last_chunk = *at++ == '1';
	const uint32_t more = number();
	used = number();
	if (first <= here || first > limit || more > limit - first)
		damaged();
	here = first;
	last_of_chunk = first + more;
}

/* Does the place have another chunk of the list than the first? */
bool posting_cursor::is_later_chunk() const
{
	const size_t len = table->match_key(place, key, key_start);
	return len != SIZE_MAX && len > key_start;
}

void posting_cursor::load_next()
{
	if (!table->step(&place, 1) || !is_later_chunk())
		damaged();
	load(false);
}

/* To the last chunk that does not begin behind `id`, which is the first when all others do. */
void posting_cursor::go_down(uint32_t id)
{
	key.resize(key_start);
	glass_add_sortable(&key, id);
	table->find(key, &place);
	const bool is_first = !is_later_chunk();
	if (is_first && table->match_key(place, key, first_key_len) != first_key_len)
		damaged();
	load(is_first);
}

/* ---- moving ---- */

void posting_cursor::start(const struct posting_table &of)
{
	table = of.table.get();
	limit = of.last_id;
	if (first_key_len > KEY_MAX || !table->find(key, &place))
		return;
	key.resize(key_start); /* with the NUL at the end of a term */
	is_at_end = false;
	chunk.reserve(CHUNK_USUAL);
	load(true);
}

posting_cursor::posting_cursor(const struct posting_table &of, const std::string &term)
{
	if (term.empty()) {
		key.assign(LENGTHS_KEY, LENGTHS_KEY_LEN);
		first_key_len = key_start = key.size();
		documents = of.documents;
	} else {
		key = glass_key_of(term);
		first_key_len = key.size();
		key_start = first_key_len + 1;
	}
	start(of);
}

bool posting_cursor::next_chunk()
{
	if (is_at_end)
		return false;
	if (at != end || here != last_of_chunk)
		damaged();
	if (is_last_chunk) {
		is_at_end = true;
		return false;
	}
	load_next();
	return true;
}

void posting_cursor::go_to_chunk_of(uint32_t id)
{
	if (!documents || !chunk.capacity())
		return;
	here = 0;
	is_at_end = false;
	go_down(id);
}

/*
 * Often it is in the next chunk, and going down the tree is dearer. Where that leads may end before `id`; then the chunk behind it
 * begins behind `id`.
 */
bool posting_cursor::skip_chunks(uint32_t id)
{
	for (int tries = 0; tries < 3 && last_of_chunk < id; tries++) {
		if (is_last_chunk) {
			is_at_end = true;
			return false;
		}
		here = tries == 1 ? here - 1 : last_of_chunk;
		if (tries == 1)
			go_down(id);
		else
			load_next();
	}
	if (last_of_chunk < id)
		damaged();
	return skip_to(id);
}
