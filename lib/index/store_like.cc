/*
 * Terms that are a few edits from a word. The distance is that of optimal string alignment: Levenshtein's, with the swap of two
 * neighbours as one edit (Damerau, 1964), where no character is edited twice.
 *
 * The list of terms is sorted, so it is gone through as a tree of characters. Each character on the way to the current term has its
 * row of the table of distances, and only the cells that are not too far from the diagonal: others are over the limit. When all
 * cells of a row are, no term that begins so is near enough, and the walk jumps to the next beginning that can be.
 */
#include "store.hh"

#include "dateline/schema.h"
#include "dateline/utf8.h"

#include <algorithm>
#include <vector>

namespace
{

std::vector<uint32_t> characters_of(struct str word)
{
	std::vector<uint32_t> characters;
	for (size_t at = 0, bytes; at < word.len; at += bytes)
		characters.push_back(utf8_decode(word.data + at, word.len - at, &bytes));
	return characters;
}

/* The word and the rows of its distances to the beginnings of one key after the other. */
class distances
{
	const std::vector<uint32_t> word;
	std::vector<uint32_t> letters; /* of the word, each once, rising */
	const size_t limit, width, depth_max;
	std::vector<uint8_t> cells; /* row by row; what is over the limit is limit + 1 */
	std::vector<uint8_t> least; /* of each row */
	std::string key;
	std::vector<uint32_t> characters; /* of the key, as far as it was looked at */
	std::vector<size_t> ends;         /* of each, in bytes */
	size_t depth = 0;                 /* the last row that belongs to the key */
	bool is_lost =
		false; /* its character behind that row takes all that begin so over the limit */

	uint8_t *row(size_t number)
	{
		return &cells[number * width];
	}

	/* The row below row `number` for one more character; false when all of it is over the limit. */
	bool add_row(size_t number, uint32_t character)
	{
		if (number == depth_max)
			return false;
		const uint8_t *above = row(number), *higher = number ? row(number - 1) : nullptr;
		const size_t first = number + 1 > limit ? number + 1 - limit : 0;
		const size_t last = std::min(number + 1 + limit, word.size());
		uint8_t *made = row(number + 1);
		size_t lowest = limit + 1;
		for (size_t i = first; i <= last; i++) {
			size_t cell = above[i] + 1u;
			if (i) {
				cell = std::min<size_t>(cell, made[i - 1] + 1u);
				cell = std::min<size_t>(cell,
							above[i - 1] + (character != word[i - 1]));
			}
			if (higher && i > 1 && character == word[i - 2] &&
			    characters[number - 1] == word[i - 1])
				cell = std::min<size_t>(cell, higher[i - 2] + 1u);
			made[i] = static_cast<uint8_t>(std::min(cell, limit + 1));
			lowest = std::min<size_t>(lowest, made[i]);
		}
		least[number + 1] = static_cast<uint8_t>(lowest);
		return lowest <= limit;
	}

	/* Keeps the rows of what `next` has in common with the key before. */
	void keep_common(const std::string &next)
	{
		const size_t both = std::min(key.size(), next.size());
		const size_t common = static_cast<size_t>(
			std::mismatch(key.begin(), key.begin() + static_cast<ptrdiff_t>(both),
				      next.begin())
				.first -
			key.begin());
		while (depth && ends[depth - 1] > common)
			depth--;
		key = next;
	}

      public:
	distances(struct str of, uint32_t most)
		: word(characters_of(of)), letters(word), limit(most), width(word.size() + 1),
		  depth_max(word.size() + most), cells((depth_max + 1) * width, most + 1),
		  least(depth_max + 1), characters(depth_max + 1), ends(depth_max + 1)
	{
		std::sort(letters.begin(), letters.end());
		letters.erase(std::unique(letters.begin(), letters.end()), letters.end());
		for (size_t i = 0; i <= std::min(limit, word.size()); i++)
			cells[i] = static_cast<uint8_t>(i);
	}

	/* How far `next` is, limit + 1 for whatever is over the limit. */
	uint32_t to(const std::string &next)
	{
		keep_common(next);
		is_lost = false;
		size_t at = depth ? ends[depth - 1] : 0, bytes;
		for (; at < key.size(); at += bytes, depth++) {
			const uint32_t character =
				utf8_decode(key.data() + at, key.size() - at, &bytes);
			characters[depth] = character;
			ends[depth] = at + bytes;
			is_lost = !add_row(depth, character);
			if (is_lost)
				return static_cast<uint32_t>(limit) + 1;
		}
		return row(depth)[word.size()];
	}

	/* Whether the key was given up before its end, because nothing that begins so is near enough. */
	bool is_given_up() const
	{
		return is_lost;
	}

	/*
	 * Behind a key that was given up: the least text from which on a key can be near enough. False when none can. The key is
	 * to be followed by one that is not before that text.
	 */
	bool go_on_from(std::string *from)
	{
		for (;; depth--) {
			/* A letter that is not in the word is one edit more, whichever it is. */
			if (least[depth] < limit) {
				from->assign(key, 0, ends[depth]);
				from->back() = static_cast<char>(from->back() + 1);
				return true;
			}
			for (auto letter = std::upper_bound(letters.begin(), letters.end(),
							    characters[depth]);
			     letter != letters.end(); ++letter) {
				if (!add_row(depth, *letter))
					continue;
				char text[4];
				from->assign(key, 0, depth ? ends[depth - 1] : 0);
				from->append(text, utf8_encode(*letter, text));
				return true;
			}
			if (!depth)
				return false;
		}
	}
};

struct found_term {
	std::string term;
	uint32_t frequency, distance;
};

bool is_better(const struct found_term &a, const struct found_term &b)
{
	if (a.distance != b.distance)
		return a.distance < b.distance;
	return a.frequency != b.frequency ? a.frequency > b.frequency : a.term < b.term;
}

} // namespace

/* Words and stems are folded: what has a capital behind no prefix, or behind that of stems, has another prefix. */
static bool is_other_prefix(const std::string &prefix, const std::string &term)
{
	if (!prefix.empty() && prefix != "Z")
		return false;
	const char first = term[prefix.size()];
	return first >= 'A' && first <= 'Z';
}

/* Moves `at` to the first term that is not before `from`, and by one at least. A step costs less than a jump, and often is enough. */
static void advance(Xapian::TermIterator &at, const Xapian::TermIterator &end,
		    const std::string &from)
{
	if (++at != end && *at < from)
		at.skip_to(from);
}

static std::vector<struct found_term> near_terms(struct store *store, const std::string &prefix,
						 struct str word, uint32_t limit)
{
	std::vector<struct found_term> found;
	distances distances(word, limit);
	const Xapian::TermIterator end = store->db.allterms_end(prefix);
	Xapian::TermIterator at = store->db.allterms_begin(prefix);
	std::string from;
	while (at != end) {
		const std::string term = *at;
		store->tick();
		if (is_other_prefix(prefix, term)) {
			at.skip_to(prefix + static_cast<char>('Z' + 1));
			continue;
		}
		const uint32_t distance = distances.to(term.substr(prefix.size()));
		if (distance <= limit)
			found.push_back({ term, at.get_termfreq(), distance });
		if (!distances.is_given_up())
			++at;
		else if (distances.go_on_from(&from))
			advance(at, end, prefix + from);
		else
			break;
	}
	return found;
}

enum status store_terms_like(struct store *store, struct str prefix, struct str word,
			     uint32_t distance, size_t max, struct arena *arena,
			     struct like_entry **entries, size_t *count, struct error *err)
{
	*entries = nullptr;
	*count = 0;
	/* No term is so long, and the table of distances would grow with the square. */
	if (word.len > SCHEMA_TERM_MAX + 4 * distance)
		return STATUS_OK;
	return guard_reading(store, err, "reading the index", [&] {
		std::vector<struct found_term> found =
			near_terms(store, to_string(prefix), word, distance);
		const size_t kept = std::min(max, found.size());
		std::partial_sort(found.begin(), found.begin() + static_cast<ptrdiff_t>(kept),
				  found.end(), is_better);
		struct like_entry *made =
			static_cast<struct like_entry *>(arena_alloc(arena, kept * sizeof(*made)));
		for (size_t i = 0; i < kept; i++)
			made[i] = { to_arena(arena, found[i].term), found[i].frequency,
				    found[i].distance };
		*entries = made;
		*count = kept;
		return STATUS_OK;
	});
}
