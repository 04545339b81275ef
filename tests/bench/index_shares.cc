// What takes the room in an index: bytes of each table, and of each feature in it.
//
//   index_shares DATABASE
//
// Told through libxapian's public interface, by encoding again what the tables hold: keys and contents of their items, with three
// bytes a chunk or posting for the item itself. Of the files, what is not accounted for (blocks that are not full, branches, rounding)
// stands beside, so that nothing is hidden.
#include <xapian.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <iostream>
#include <map>
#include <string>
#include <sys/stat.h>
#include <utility>
#include <vector>

namespace
{

// An item of a leaf: its place in the directory, its size and flags, and the length of its key.
constexpr uint64_t ITEM = 2 + 2 + 1;
constexpr uint64_t CHUNK = 2000; // after so many bytes, a list goes on in another chunk
constexpr unsigned POSTLIST = 0, POSITION = 1, TERMLIST = 2, DOCDATA = 3, TABLES = 4;
const char *const tables[TABLES] = { "postlist", "position", "termlist", "docdata" };

struct share {
	uint64_t things = 0; // terms, values, keys or records
	uint64_t postings = 0, positions = 0;
	uint64_t bytes[TABLES] = {};
	uint64_t lists = 0,
		 keys = 0; // lists of positions, and bytes of their keys with what an item has beside
	uint64_t singles = 0; // lists of one position
};

using shares = std::map<std::string, share>;

uint64_t varint(uint64_t value)
{
	uint64_t size = 1;
	while (value >>= 7)
		size++;
	return size;
}

// A number in a key, which sorts as it counts.
uint64_t sortable(uint64_t value)
{
	if (value < 0x8000)
		return 2;
	uint64_t bits = 0;
	while (value >> bits)
		bits++;
	return (bits + 5) / 7;
}

unsigned bits_below(uint64_t range)
{
	unsigned bits = 0;
	for (uint64_t v = range - 1; v; v >>= 1)
		bits++;
	return bits;
}

// The bits of the positions between two, by the interpolative code; on the whole, so that shorter codes of the ends are not told apart.
uint64_t between(const std::vector<Xapian::termpos> &at, size_t from, size_t to)
{
	if (from + 1 >= to)
		return 0;
	const size_t middle = from + (to - from) / 2;
	const uint64_t range = at[to] - at[from] - (to - from) + 1;
	return bits_below(range) + between(at, from, middle) + between(at, middle, to);
}

uint64_t encoded(const std::vector<Xapian::termpos> &at)
{
	uint64_t size = varint(at.back());
	if (at.size() == 1)
		return size;
	uint64_t bits = bits_below(at.back()) + bits_below(at.back() - at.front() + 1);
	bits += between(at, 0, at.size() - 1);
	return size + (bits + 7) / 8;
}

bool starts(const std::string &text, const char *prefix)
{
	return text.rfind(prefix, 0) == 0;
}

// What a term is for, by its prefix (the tables of the document on the house).
std::string feature_of(const std::string &term)
{
	static const char *const prefixes[][2] = {
		{ "ZS", "stems of titles" },
		{ "Z", "stems" },
		{ "XPER:", "people" },
		{ "XORG:", "organisations" },
		{ "XLOC:", "places" },
		{ "XOTH:", "other entities" },
		{ "XSECTION:", "sections" },
		{ "XAGENCY:", "agencies" },
		{ "XSPEAKER:", "speakers" },
		{ "XDATELINE:", "datelines" },
		{ "XYEAR:", "dates mentioned: years" },
		{ "XMONTH:", "dates mentioned: months" },
		{ "XDAY:", "dates mentioned: days" },
		{ "XFILE:", "files" },
		{ "XSTEM:", "languages of stems" },
		{ "XANY:", "any value of a kind" },
		{ "XSENTENCES:", "sentences" },
		{ "XALIAS:", "other names" },
		{ "XENTITIES:", "what found the entities" },
		{ "S", "words of titles" },
		{ "H", "sources" },
		{ "A", "authors" },
		{ "G", "topics" },
		{ "L", "languages" },
		{ "Q", "ids" },
		{ "Y", "published: years" },
		{ "M", "published: months" },
		{ "D", "published: days" },
	};
	for (const auto &prefix : prefixes)
		if (starts(term, prefix[0]))
			return prefix[1];
	return "words";
}

void add_term(const Xapian::Database &database, const std::string &term, shares &all)
{
	share &into = all[feature_of(term)];
	const uint64_t key = term.size();
	uint64_t chunk = 0, last = 0;
	std::vector<Xapian::termpos> at;
	into.things++;
	into.bytes[POSTLIST] += ITEM + key + 8;
	for (auto post = database.postlist_begin(term); post != database.postlist_end(term); ++post) {
		const uint64_t size = varint(*post - last - 1) + varint(post.get_wdf());
		last = *post;
		if (chunk >= CHUNK) {
			into.bytes[POSTLIST] += ITEM + key + 1 + sortable(last) + 3;
			chunk = 0;
		}
		chunk += size;
		into.bytes[POSTLIST] += size;
		into.postings++;
		at.assign(post.positionlist_begin(), post.positionlist_end());
		into.positions += at.size();
		if (at.empty())
			continue;
		const uint64_t beside = ITEM + key + 1 + sortable(last);
		into.bytes[POSITION] += beside + encoded(at);
		into.keys += beside;
		into.lists++;
		into.singles += at.size() == 1;
	}
}

// Term lists, by the feature of each term: what it does not share with the one before it.
void add_termlist(const Xapian::Database &database, Xapian::docid id, shares &all)
{
	std::string before;
	all["documents"].bytes[TERMLIST] += 2 * ITEM + 2 * sortable(id) + 1 + 10;
	for (auto term = database.termlist_begin(id); term != database.termlist_end(id); ++term) {
		const std::string now = *term;
		size_t shared = 0;
		while (shared < before.size() && shared < now.size() && before[shared] == now[shared])
			shared++;
		const uint64_t wdf = term.get_wdf();
		const bool packed = wdf < 127 && (wdf + 1) * (before.size() + 1) + shared < 256;
		all[feature_of(now)].bytes[TERMLIST] +=
			2 + now.size() - shared + (packed ? 0 : varint(wdf));
		before = now;
	}
}

void add_document(const Xapian::Database &database, Xapian::docid id, shares &all)
{
	static const std::map<Xapian::valueno, const char *> slots = {
		{ 0, "value: facet column" },
		{ 1, "value: when published" },
		{ 2, "value: hash of the article" },
		{ 3, "value: how sure" },
		{ 4, "value: sentences of the facet column" },
	};
	const Xapian::Document document = database.get_document(id);
	for (auto value = document.values_begin(); value != document.values_end(); ++value) {
		const auto slot = slots.find(value.get_valueno());
		share &into = all[slot == slots.end() ? "value: others" : slot->second];
		into.things++;
		into.bytes[POSTLIST] += varint(0) + varint((*value).size()) + (*value).size();
	}
	share &records = all["stored records"];
	const uint64_t size = document.get_data().size();
	const uint64_t pieces = 1 + size / 2038;
	records.things++;
	records.bytes[DOCDATA] += pieces * (ITEM + sortable(id) + 2) + size;
	share &documents = all["documents"];
	documents.things++;
	documents.bytes[POSTLIST] += 1 + varint(database.get_doclength(id));
}

// The part of a key that is the same for all of its sort: "dateline.e.P..." is of "dateline.e.".
std::string sort_of_key(const std::string &key)
{
	const size_t dot = key.find('.');
	const size_t second = dot == std::string::npos ? dot : key.find('.', dot + 1);
	return second == std::string::npos ? "metadata: single keys"
					   : "metadata: " + key.substr(0, second + 1);
}

void add_metadata(const Xapian::Database &database, shares &all)
{
	for (auto key = database.metadata_keys_begin(); key != database.metadata_keys_end(); ++key) {
		share &into = all[sort_of_key(*key)];
		into.things++;
		into.bytes[POSTLIST] += ITEM + 2 + (*key).size() + database.get_metadata(*key).size();
	}
}

uint64_t size_of(const std::string &path)
{
	struct stat about;
	return stat(path.c_str(), &about) == 0 ? static_cast<uint64_t>(about.st_size) : 0;
}

uint64_t sum_of(const share &share)
{
	uint64_t sum = 0;
	for (const uint64_t bytes : share.bytes)
		sum += bytes;
	return sum;
}

// The greatest first.
std::vector<std::pair<std::string, share>> by_size(const shares &all)
{
	std::vector<std::pair<std::string, share>> list(all.begin(), all.end());
	std::stable_sort(list.begin(), list.end(), [](const auto &a, const auto &b) {
		return sum_of(a.second) > sum_of(b.second);
	});
	return list;
}

void print(const std::string &path, const shares &all)
{
	uint64_t files = 0, sizes[TABLES], told[TABLES] = {};
	for (unsigned table = 0; table < TABLES; table++)
		files += sizes[table] = size_of(path + "/" + tables[table] + ".glass");
	std::printf("share of each table and feature, MB%54s\n%-36s %9s %10s %10s ", "", "",
		    "things", "postings", "positions");
	for (const char *table : tables)
		std::printf(" %8s", table);
	std::printf(" %8s %6s\n", "all", "%");
	for (const auto &[name, share] : by_size(all)) {
		const uint64_t sum = sum_of(share);
		std::printf("%-36s %9lu %10lu %10lu ", name.c_str(), share.things, share.postings,
			    share.positions);
		for (unsigned table = 0; table < TABLES; table++) {
			std::printf(" %8.2f", static_cast<double>(share.bytes[table]) / 1e6);
			told[table] += share.bytes[table];
		}
		std::printf(" %8.2f %6.1f\n", static_cast<double>(sum) / 1e6,
			    100.0 * static_cast<double>(sum) / static_cast<double>(files));
	}
	std::printf("%-68s ", "beside that: room in blocks, branches; less: what deflate saved");
	double rest = 0;
	for (unsigned table = 0; table < TABLES; table++) {
		const double mb =
			(static_cast<double>(sizes[table]) - static_cast<double>(told[table])) / 1e6;
		std::printf(" %8.2f", mb);
		rest += mb;
	}
	std::printf(" %8.2f %6.1f\n%-68s ", rest, 1e8 * rest / static_cast<double>(files), "files");
	for (const uint64_t size : sizes)
		std::printf(" %8.2f", static_cast<double>(size) / 1e6);
	std::printf(" %8.2f %6.1f\n", static_cast<double>(files) / 1e6, 100.0);
}

void print_positions(const shares &all)
{
	uint64_t lists = 0, singles = 0, keys = 0, bytes = 0;
	for (const auto &[name, share] : all) {
		lists += share.lists;
		singles += share.singles;
		keys += share.keys;
		bytes += share.bytes[POSITION];
	}
	std::printf(
		"of the positions: %lu lists, %lu of them of one position; keys %.2f MB, positions %.2f MB\n",
		lists, singles, static_cast<double>(keys) / 1e6,
		static_cast<double>(bytes - keys) / 1e6);
}

void tell(const char *path)
{
	const Xapian::Database database(path);
	shares all;
	for (auto term = database.allterms_begin(); term != database.allterms_end(); ++term)
		add_term(database, *term, all);
	for (auto post = database.postlist_begin(""); post != database.postlist_end(""); ++post) {
		add_termlist(database, *post, all);
		add_document(database, *post, all);
	}
	add_metadata(database, all);
	print(path, all);
	print_positions(all);
}

} // namespace

int main(int argc, char **argv)
{
	if (argc != 2) {
		std::cerr << "usage: index_shares DATABASE\n";
		return 2;
	}
	try {
		tell(argv[1]);
	} catch (const Xapian::Error &error) {
		std::cerr << "index_shares: " << error.get_description() << '\n';
		return 1;
	}
	return 0;
}
