/*
 * Are two databases the same to everyone who reads them through libxapian? What is compared is in compare.hh.
 *
 *   compare [--but KEY]... A B      says "equal", or the first differences, and ends with 1; KEY is one of the metadata
 *   compare --self-test             spoils copies of a database, one thing each: every one must be found out
 */
#include "compare.hh"

#include <cinttypes>
#include <cstdarg>
#include <cstdio>
#include <cstring>
#include <functional>
#include <thread>
#include <xapian.h>

/* Each slot up to here is looked at, used or not. */
#define SLOTS 400

/* Documents that one thread takes in a row. */
#define DOCUMENTS_IN_A_ROW 1024

/* ---- telling ---- */

/* Long ones are cut: it is a message. */
static std::string quoted(const std::string &bytes)
{
	std::string out = "\"";
	char hex[8];
	for (unsigned char byte : bytes.substr(0, 80)) {
		snprintf(hex, sizeof(hex), byte >= ' ' && byte < 127 ? "%c" : "\\x%02x", byte);
		out += hex;
	}
	return out + (bytes.size() > 80 ? "...\"" : "\"");
}

static void differ(comparison *to, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void differ(comparison *to, const char *format, ...)
{
	char line[1024];
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(line, sizeof(line), format, arguments);
	va_end(arguments);
	const std::lock_guard<std::mutex> lock(to->mutex);
	if (to->differences.size() < DIFFERENCES_MAX)
		to->differences.emplace_back(line);
}

static bool is_enough(comparison *to)
{
	const std::lock_guard<std::mutex> lock(to->mutex);
	return to->differences.size() >= DIFFERENCES_MAX;
}

/* A number that both have of the same thing. */
static void same_number(comparison *to, const std::string &of, uint64_t a, uint64_t b)
{
	if (a != b)
		differ(to, "%s: %" PRIu64 " and %" PRIu64, of.c_str(), a, b);
}

static void same_bytes(comparison *to, const std::string &of, const std::string &a,
		       const std::string &b)
{
	if (a != b)
		differ(to, "%s: %s (%zu bytes) and %s (%zu)", of.c_str(), quoted(a).c_str(),
		       a.size(), quoted(b).c_str(), b.size());
}

static std::string of_document(Xapian::docid id)
{
	return "document " + std::to_string(id);
}

/* ---- two rising sequences in step ---- */

/*
 * Calls `both` for what is in both, and tells of what is in one of them only. `name` is what is said of the thing at an iterator,
 * `both` returns false to stop.
 */
template <typename Iterator, typename Name, typename Both>
static void in_step(comparison *to, Iterator a, const Iterator &a_end, Iterator b,
		    const Iterator &b_end, Name name, Both both)
{
	while (a != a_end || b != b_end) {
		if (b == b_end || (a != a_end && *a < *b)) {
			differ(to, "%s is in the first only", name(*a).c_str());
			++a;
		} else if (a == a_end || *b < *a) {
			differ(to, "%s is in the second only", name(*b).c_str());
			++b;
		} else {
			if (!both(a, b))
				return;
			++a;
			++b;
			continue;
		}
		if (is_enough(to))
			return;
	}
}

/* ---- what a thread has ---- */

/* A database belongs to one thread, so each opens its own. */
struct two_databases {
	comparison *to;
	Xapian::Database a, b;
	unsigned part, parts;
	uint64_t documents = 0, terms = 0, postings = 0, positions = 0;
};

/* ---- statistics ---- */

static void compare_statistics(two_databases *of)
{
	const Xapian::Database &a = of->a, &b = of->b;
	same_number(of->to, "documents", a.get_doccount(), b.get_doccount());
	same_number(of->to, "last document", a.get_lastdocid(), b.get_lastdocid());
	same_number(of->to, "total length", a.get_total_length(), b.get_total_length());
	same_number(of->to, "bound of the shortest document", a.get_doclength_lower_bound(),
		    b.get_doclength_lower_bound());
	same_number(of->to, "bound of the longest document", a.get_doclength_upper_bound(),
		    b.get_doclength_upper_bound());
	same_number(of->to, "whether there are positions", a.has_positions(), b.has_positions());
	if (a.get_avlength() != b.get_avlength())
		differ(of->to, "average length: %.17g and %.17g", a.get_avlength(), b.get_avlength());
}

/* ---- metadata, spellings, synonyms ---- */

static std::string metadata_name(const std::string &key)
{
	return "metadata " + quoted(key);
}

static void compare_metadata(two_databases *of)
{
	std::set<std::string> a, b;
	for (auto at = of->a.metadata_keys_begin(); at != of->a.metadata_keys_end(); ++at)
		if (!of->to->but.count(*at))
			a.insert(*at);
	for (auto at = of->b.metadata_keys_begin(); at != of->b.metadata_keys_end(); ++at)
		if (!of->to->but.count(*at))
			b.insert(*at);
	in_step(of->to, a.cbegin(), a.cend(), b.cbegin(), b.cend(), metadata_name,
		[of](std::set<std::string>::const_iterator key,
		     std::set<std::string>::const_iterator) {
			same_bytes(of->to, metadata_name(*key), of->a.get_metadata(*key),
				   of->b.get_metadata(*key));
			return true;
		});
}

static std::string spelling_name(const std::string &word)
{
	return "spelling " + quoted(word);
}

static void compare_spellings(two_databases *of)
{
	in_step(of->to, of->a.spellings_begin(), of->a.spellings_end(), of->b.spellings_begin(),
		of->b.spellings_end(), spelling_name,
		[of](const Xapian::TermIterator &a, const Xapian::TermIterator &b) {
			same_number(of->to, spelling_name(*a), a.get_termfreq(), b.get_termfreq());
			return true;
		});
}

static std::string synonym_name(const std::string &word)
{
	return "synonym " + quoted(word);
}

static void compare_synonyms(two_databases *of)
{
	in_step(of->to, of->a.synonym_keys_begin(), of->a.synonym_keys_end(),
		of->b.synonym_keys_begin(), of->b.synonym_keys_end(), synonym_name,
		[of](const Xapian::TermIterator &key, const Xapian::TermIterator &) {
			in_step(of->to, of->a.synonyms_begin(*key), of->a.synonyms_end(*key),
				of->b.synonyms_begin(*key), of->b.synonyms_end(*key), synonym_name,
				[](const Xapian::TermIterator &, const Xapian::TermIterator &) {
					return true;
				});
			return true;
		});
}

/* ---- values ---- */

static void compare_slot(two_databases *of, Xapian::valueno slot)
{
	const std::string name = "slot " + std::to_string(slot);
	same_number(of->to, name + ", values", of->a.get_value_freq(slot),
		    of->b.get_value_freq(slot));
	same_bytes(of->to, name + ", lower bound", of->a.get_value_lower_bound(slot),
		   of->b.get_value_lower_bound(slot));
	same_bytes(of->to, name + ", upper bound", of->a.get_value_upper_bound(slot),
		   of->b.get_value_upper_bound(slot));
	Xapian::ValueIterator a = of->a.valuestream_begin(slot), b = of->b.valuestream_begin(slot);
	const Xapian::ValueIterator a_end = of->a.valuestream_end(slot),
				    b_end = of->b.valuestream_end(slot);
	for (; a != a_end && b != b_end; ++a, ++b) {
		if (a.get_docid() != b.get_docid()) {
			same_number(of->to, name + ", document in its stream", a.get_docid(),
				    b.get_docid());
			return;
		}
		same_bytes(of->to, name + " in its stream, " + of_document(a.get_docid()), *a, *b);
		if (is_enough(of->to))
			return;
	}
	if ((a == a_end) != (b == b_end))
		differ(of->to, "%s: its stream is longer in the %s", name.c_str(),
		       a == a_end ? "second" : "first");
}

static void compare_slots(two_databases *of)
{
	for (Xapian::valueno slot = 0; slot < SLOTS && !is_enough(of->to); slot++)
		compare_slot(of, slot);
}

/* ---- terms ---- */

/* Both are at the same posting. */
static void compare_positions(two_databases *of, const std::string &term,
			      Xapian::PostingIterator &posting_a, Xapian::PostingIterator &posting_b)
{
	Xapian::PositionIterator a = posting_a.positionlist_begin(),
				 b = posting_b.positionlist_begin();
	const Xapian::PositionIterator end;
	for (; a != end && b != end && *a == *b; ++a, ++b)
		of->positions++;
	if (a == end && b == end)
		return;
	differ(of->to, "positions of term %s in document %u: %s and %s", quoted(term).c_str(),
	       *posting_a, a == end ? "no more" : std::to_string(*a).c_str(),
	       b == end ? "no more" : std::to_string(*b).c_str());
}

static void compare_postings(two_databases *of, const std::string &term)
{
	Xapian::PostingIterator a = of->a.postlist_begin(term), b = of->b.postlist_begin(term);
	const Xapian::PostingIterator end;
	for (; a != end && b != end; ++a, ++b) {
		of->postings++;
		if (*a != *b)
			break;
		if (a.get_wdf() != b.get_wdf())
			differ(of->to, "wdf of term %s in document %u: %u and %u",
			       quoted(term).c_str(), *a, a.get_wdf(), b.get_wdf());
		compare_positions(of, term, a, b);
	}
	if (a == end && b == end)
		return;
	differ(of->to, "postings of term %s: document %s and %s", quoted(term).c_str(),
	       a == end ? "none" : std::to_string(*a).c_str(),
	       b == end ? "none" : std::to_string(*b).c_str());
}

static void compare_term(two_databases *of, const Xapian::TermIterator &a,
			 const Xapian::TermIterator &b)
{
	const std::string term = *a, name = "term " + quoted(term);
	of->terms++;
	same_number(of->to, name + ", documents", a.get_termfreq(), b.get_termfreq());
	same_number(of->to, name + ", documents once more", of->a.get_termfreq(term),
		    of->b.get_termfreq(term));
	same_number(of->to, name + ", uses", of->a.get_collection_freq(term),
		    of->b.get_collection_freq(term));
	same_number(of->to, name + ", bound of its wdf", of->a.get_wdf_upper_bound(term),
		    of->b.get_wdf_upper_bound(term));
	compare_postings(of, term);
}

static std::string term_name(const std::string &term)
{
	return "term " + quoted(term);
}

/* Each thread goes through all terms, and takes those that fall to it: whoever has least to do gets the next. */
static void compare_terms(two_databases *of)
{
	std::vector<uint64_t> loads(of->parts);
	comparison nobody;
	in_step(of->part == 0 ? of->to : &nobody, of->a.allterms_begin(), of->a.allterms_end(),
		of->b.allterms_begin(), of->b.allterms_end(), term_name,
		[of, &loads](const Xapian::TermIterator &a, const Xapian::TermIterator &b) {
			unsigned least = 0;
			for (unsigned i = 1; i < of->parts; i++)
				if (loads[i] < loads[least])
					least = i;
			loads[least] += 20 + a.get_termfreq();
			if (least == of->part)
				compare_term(of, a, b);
			return !is_enough(of->to);
		});
}

/* ---- documents ---- */

static void compare_termlists(two_databases *of, Xapian::docid id)
{
	in_step(
		of->to, of->a.termlist_begin(id), of->a.termlist_end(id), of->b.termlist_begin(id),
		of->b.termlist_end(id),
		[id](const std::string &term) {
			return "term " + quoted(term) + " of " + of_document(id);
		},
		[of, id](const Xapian::TermIterator &a, const Xapian::TermIterator &b) {
			if (a.get_wdf() != b.get_wdf())
				differ(of->to, "wdf in the list of document %u, term %s: %u and %u",
				       id, quoted(*a).c_str(), a.get_wdf(), b.get_wdf());
			return true;
		});
}

static void compare_values(two_databases *of, Xapian::docid id, const Xapian::Document &a,
			   const Xapian::Document &b)
{
	Xapian::ValueIterator at_a = a.values_begin(), at_b = b.values_begin();
	const Xapian::ValueIterator end;
	for (; at_a != end && at_b != end && at_a.get_valueno() == at_b.get_valueno(); ++at_a, ++at_b)
		if (*at_a != *at_b)
			same_bytes(of->to,
				   of_document(id) + ", slot " + std::to_string(at_a.get_valueno()),
				   *at_a, *at_b);
	if (at_a != end || at_b != end)
		differ(of->to, "document %u, slots: %s and %s", id,
		       at_a == end ? "no more" : std::to_string(at_a.get_valueno()).c_str(),
		       at_b == end ? "no more" : std::to_string(at_b.get_valueno()).c_str());
}

static void compare_document(two_databases *of, const Xapian::PostingIterator &at_a,
			     const Xapian::PostingIterator &at_b)
{
	const Xapian::docid id = *at_a;
	const Xapian::Document a = of->a.get_document(id), b = of->b.get_document(id);
	of->documents++;
	if (at_a.get_doclength() != at_b.get_doclength())
		differ(of->to, "length of document %u: %u and %u", id, at_a.get_doclength(),
		       at_b.get_doclength());
	if (of->a.get_unique_terms(id) != of->b.get_unique_terms(id))
		differ(of->to, "terms of document %u: %u and %u", id, of->a.get_unique_terms(id),
		       of->b.get_unique_terms(id));
	const std::string data_a = a.get_data(), data_b = b.get_data();
	if (data_a != data_b)
		same_bytes(of->to, "data of " + of_document(id), data_a, data_b);
	compare_termlists(of, id);
	compare_values(of, id, a, b);
}

static void compare_documents(two_databases *of)
{
	comparison nobody;
	in_step(of->part == 0 ? of->to : &nobody, of->a.postlist_begin(""), of->a.postlist_end(""),
		of->b.postlist_begin(""), of->b.postlist_end(""), of_document,
		[of](const Xapian::PostingIterator &a, const Xapian::PostingIterator &b) {
			if (*a / DOCUMENTS_IN_A_ROW % of->parts == of->part)
				compare_document(of, a, b);
			return !is_enough(of->to);
		});
}

/* ---- all ---- */

/* What is told of all. */
static void compare_whole(two_databases *of)
{
	compare_statistics(of);
	compare_metadata(of);
	compare_spellings(of);
	compare_synonyms(of);
	compare_slots(of);
}

/* What is told of each. */
static void compare_part(two_databases *of)
{
	compare_documents(of);
	compare_terms(of);
	const std::lock_guard<std::mutex> lock(of->to->mutex);
	of->to->documents += of->documents;
	of->to->terms += of->terms;
	of->to->postings += of->postings;
	of->to->positions += of->positions;
}

static void open_and(void (*compare)(two_databases *of), const std::string &a, const std::string &b,
		     unsigned part, comparison *to)
{
	try {
		two_databases of = { to, Xapian::Database(a), Xapian::Database(b), part,
				     to->threads };
		compare(&of);
	} catch (const Xapian::Error &error) {
		differ(to, "cannot be read: %s", error.get_description().c_str());
	}
}

void compare_databases(const std::string &a, const std::string &b, comparison *comparison)
{
	std::vector<std::thread> threads;
	open_and(compare_whole, a, b, 0, comparison);
	for (unsigned part = 0; part < comparison->threads && !is_enough(comparison); part++)
		threads.emplace_back(open_and, compare_part, std::cref(a), std::cref(b), part,
				     comparison);
	for (std::thread &thread : threads)
		thread.join();
}

static int tell(const comparison &comparison)
{
	for (const std::string &difference : comparison.differences)
		printf("%s\n", difference.c_str());
	if (!comparison.differences.empty())
		return 1;
	printf("equal: %" PRIu64 " documents, %" PRIu64 " terms, %" PRIu64 " postings, %" PRIu64
	       " positions\n",
	       comparison.documents, comparison.terms, comparison.postings, comparison.positions);
	return 0;
}

int main(int argc, char **argv)
{
	comparison comparison;
	int at = 1;
	if (argc == 2 && strcmp(argv[1], "--self-test") == 0)
		return compare_self_test();
	for (; at + 1 < argc && strcmp(argv[at], "--but") == 0; at += 2)
		comparison.but.insert(argv[at + 1]);
	if (argc - at != 2) {
		fprintf(stderr, "usage: compare [--but KEY]... A B\n");
		return 2;
	}
	compare_databases(argv[at], argv[at + 1], &comparison);
	return tell(comparison);
}
