/*
 * term_positions.hh: the positions of one term in one document after the other, from the mapped table where there is one and else
 * from libxapian; and the count of the work that it is.
 */
#ifndef DATELINE_TERM_POSITIONS_HH
#define DATELINE_TERM_POSITIONS_HH

#include "position_table.hh"

#include <functional>

/* Work that was done since the last tick, in steps of some nanoseconds. */
class ticker
{
	const std::function<void()> &tick;
	size_t steps = 0;

      public:
	explicit ticker(const std::function<void()> &call) : tick(call)
	{
	}
	void add(size_t more)
	{
		steps += more;
		if (steps < 30000)
			return;
		steps = 0;
		tick();
	}
};

/* What it costs to find a list: in our own table, and by libxapian. */
#define STEPS_OF_LIST 10
#define STEPS_OF_ITERATOR 200

/* The positions of one term, document by document, in their order. */
class positions
{
	const Xapian::Database db;
	const std::string term;
	std::vector<position_cursor> cursors; /* one for each table of the database, or none */
	Xapian::PostingIterator at, end;
	bool is_open = false;
	std::vector<uint32_t> list;

	void list_by_libxapian(uint32_t id, ticker &work)
	{
		if (!is_open) {
			at = db.postlist_begin(term);
			end = db.postlist_end(term);
			is_open = true;
		}
		if (at != end)
			at.skip_to(id);
		if (at == end || *at != id)
			return;
		const Xapian::PositionIterator last = at.positionlist_end();
		for (Xapian::PositionIterator place = at.positionlist_begin(); place != last; ++place)
			list.push_back(*place);
		work.add(STEPS_OF_ITERATOR);
	}

      public:
	positions(const Xapian::Database &of, const position_tables &tables, const std::string &name)
		: db(of), term(name)
	{
		for (const auto &table : tables)
			if (table)
				cursors.emplace_back(table.get(), term);
		if (cursors.size() < tables.size() || term.empty())
			cursors.clear();
	}

	/* The place of its list in document `id`, when that can be read from here; several databases take turns with their documents. */
	enum positions_read find(uint32_t id, position_cursor **cursor)
	{
		const uint32_t shards = static_cast<uint32_t>(cursors.size());
		if (!shards)
			return positions_read::ELSEWHERE;
		*cursor = &cursors[(id - 1) % shards];
		return (*cursor)->find((id - 1) / shards + 1);
	}

	/* That `find` will be asked for document `id` next. */
	void expect(uint32_t id) const
	{
		const uint32_t shards = static_cast<uint32_t>(cursors.size());
		if (shards)
			cursors[(id - 1) % shards].expect((id - 1) / shards + 1);
	}

	/* Those in document `id`, rising; none when it does not have the term. */
	const std::vector<uint32_t> &in(uint32_t id, ticker &work)
	{
		position_cursor *cursor;
		list.clear();
		if (term.empty())
			return list;
		const enum positions_read found = find(id, &cursor);
		if (found == positions_read::ELSEWHERE)
			list_by_libxapian(id, work);
		if (found != positions_read::HERE)
			return list;
		cursor->start();
		do
			list.push_back(cursor->position());
		while (cursor->next());
		work.add(STEPS_OF_LIST + list.size());
		return list;
	}
};

#endif
