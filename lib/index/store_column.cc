#include "store.hh"

#include <algorithm>

/*
 * libxapian hands out the values of a slot one by one, as strings of their own: that costs several times what is then done
 * with them. So a slot that has been read through once, in however many pieces, is kept in memory, if it is not too big.
 * A program that answers one query never comes to that.
 */
#define COLUMN_KEPT_MAX ((size_t)256 << 20) /* bytes of a column */

static void add_entry(struct buffer *out, uint32_t id, const char *bytes, size_t size)
{
	const uint32_t head[2] = { id, static_cast<uint32_t>(size) };
	buffer_add(out, head, sizeof(head));
	buffer_add(out, bytes, size);
}

/* ---- kept ---- */

static const struct whole_column *find_column(const struct store *store, uint32_t slot)
{
	for (const auto &column : store->columns)
		if (column->slot == slot)
			return column.get();
	return nullptr;
}

static void keep_column(struct store *store, uint32_t slot)
{
	std::unique_ptr<whole_column> column(new whole_column{ slot, {}, {} });
	const Xapian::docid last = store->db.get_lastdocid();
	column->offsets.reserve(static_cast<size_t>(last) + 2);
	const Xapian::ValueIterator end = store->db.valuestream_end(slot);
	for (Xapian::ValueIterator at = store->db.valuestream_begin(slot); at != end; ++at) {
		if (at.get_docid() > last || column->bytes.size() > COLUMN_KEPT_MAX)
			return;
		column->offsets.resize(static_cast<size_t>(at.get_docid()) + 1,
				       static_cast<uint32_t>(column->bytes.size()));
		column->bytes += *at;
		store->tick();
	}
	column->offsets.resize(static_cast<size_t>(last) + 2,
			       static_cast<uint32_t>(column->bytes.size()));
	store->columns.push_back(std::move(column));
}

/* Notes that the slot is read, and keeps it when all of it has been read before. */
static void note_reading(struct store *store, uint32_t slot, uint64_t entries)
{
	if (store->column_reads.size() <= slot)
		store->column_reads.resize(slot + 1);
	uint64_t &reads = store->column_reads[slot];
	const uint64_t all = store->db.get_value_freq(slot);
	const bool was_enough = reads >= all;
	reads += entries;
	if (store->is_fixed && !was_enough && reads >= all)
		keep_column(store, slot);
}

static uint32_t read_kept(struct store *store, const struct whole_column *column,
			  const struct docset *set, uint32_t from, size_t max_bytes,
			  struct buffer *out)
{
	const uint32_t last = static_cast<uint32_t>(column->offsets.size() - 2);
	uint32_t id = docset_next(set, from);
	for (; id && id <= last && out->len < max_bytes; id = docset_next(set, id + 1)) {
		const uint32_t start = column->offsets[id], end = column->offsets[id + 1];
		if (end > start)
			add_entry(out, id, column->bytes.data() + start, end - start);
		store->tick();
	}
	return id <= last ? id : 0;
}

/* ---- from the table ---- */

static uint32_t read_stream(struct store *store, uint32_t slot, const struct docset *set,
			    uint32_t from, size_t max_bytes, struct buffer *out, uint64_t *entries)
{
	Xapian::ValueIterator at = store->db.valuestream_begin(slot);
	const Xapian::ValueIterator end = store->db.valuestream_end(slot);
	uint32_t id = docset_next(set, from);
	while (id && at != end && out->len < max_bytes) {
		at.skip_to(id);
		if (at == end)
			break;
		const uint32_t found = at.get_docid();
		if (found == id) {
			const std::string value = *at;
			add_entry(out, id, value.data(), value.size());
			++*entries;
		}
		store->tick();
		id = docset_next(set, found == id ? id + 1 : found);
	}
	return at == end ? 0 : id;
}

enum status store_column(struct store *store, uint32_t slot, const struct docset *set,
			 uint32_t *next, size_t max_bytes, struct buffer *out, struct error *err)
{
	return guard_reading(store, err, "counting", [&] {
		const struct whole_column *column = find_column(store, slot);
		if (column) {
			*next = read_kept(store, column, set, *next, max_bytes, out);
			return STATUS_OK;
		}
		uint64_t entries = 0;
		*next = read_stream(store, slot, set, *next, max_bytes, out, &entries);
		note_reading(store, slot, entries);
		return STATUS_OK;
	});
}
