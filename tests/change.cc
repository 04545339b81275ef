/*
 * Changes a database at random, through libxapian's own writer. The same seed does the same to equal databases.
 *
 *   change DB SEED COUNT
 *
 * Documents are put together from others of the database and from made-up terms, values and data, hostile ones among them. They are
 * added, put in the place of others (by id and by term), altered and deleted; metadata and spellings come and go; and
 * what was done is committed now and then.
 */
#include <cinttypes>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>
#include <xapian.h>

#define TERM_MAX 245 /* bytes, with one more for each NUL */
#define SLOTS 400
#define ID_GAP 50
#define RARE 5 /* documents that may go at once: something must be left */

struct changes {
	Xapian::WritableDatabase db;
	uint64_t dice;
	unsigned added = 0, replaced = 0, altered = 0, deleted = 0, others = 0, commits = 0;
};

/* ---- chance ---- */

/* SplitMix64: the same numbers on every machine. */
static uint32_t roll(changes *of, uint64_t sides)
{
	uint64_t z = of->dice += UINT64_C(0x9e3779b97f4a7c15);
	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return (uint32_t)((z ^ z >> 31) % sides);
}

static bool percent(changes *of, uint32_t chance)
{
	return roll(of, 100) < chance;
}

/* Noise, which nothing can compress. */
static std::string bytes(changes *of, size_t size)
{
	std::string out(size, ' ');
	for (char &byte : out)
		byte = (char)roll(of, 256);
	return out;
}

/* Most are of two letters, and come again soon. */
static std::string word(changes *of)
{
	std::string out;
	if (percent(of, 90)) {
		for (uint32_t left = 1 + roll(of, 2); left; left--)
			out += (char)('a' + roll(of, 26));
		return (percent(of, 30) ? "Z" : "") + out;
	}
	/* Any bytes, and now and then as many as there can be. */
	size_t room = percent(of, 20) ? TERM_MAX : 1 + roll(of, 40);
	while (room) {
		const char byte = (char)roll(of, 256);
		const size_t size = byte ? 1 : 2;
		if (size > room)
			break;
		room -= size;
		out += byte;
	}
	return out.empty() ? "empty" : out;
}

/* ---- what is there ---- */

/* One that there is, or 0. */
static Xapian::docid any_document(changes *of)
{
	if (!of->db.get_doccount())
		return 0;
	Xapian::PostingIterator at = of->db.postlist_begin("");
	at.skip_to(1 + roll(of, of->db.get_lastdocid()));
	if (at == of->db.postlist_end(""))
		at = of->db.postlist_begin("");
	return *at;
}

static std::string any_term(changes *of, const Xapian::Document &document)
{
	uint32_t left = document.termlist_count() ? roll(of, document.termlist_count()) : 0;
	for (auto at = document.termlist_begin(); at != document.termlist_end(); ++at)
		if (!left--)
			return *at;
	return word(of);
}

static void add_posting(changes *of, Xapian::Document &document, const std::string &term)
{
	if (percent(of, 20))
		document.add_boolean_term(term);
	else if (percent(of, 30))
		document.add_term(term, roll(of, percent(of, 3) ? 100000 : 5));
	else
		document.add_posting(term, roll(of, percent(of, 2) ? UINT32_MAX : 2000), roll(of, 3));
}

static void add_others(changes *of, Xapian::Document &document)
{
	for (uint32_t left = roll(of, 4); left; left--)
		document.add_value(percent(of, 80) ? roll(of, 5) : roll(of, SLOTS),
				   bytes(of, roll(of, percent(of, 2) ? 5000 : 20)));
	if (percent(of, 90))
		document.set_data(bytes(of, roll(of, percent(of, 3) ? 40000 : 400)));
}

/*
 * Positions in a document without any wdf are allowed, but xapian-check takes them for those of a document that is not there: so
 * one that has terms gets some.
 */
static void give_length(changes *of, Xapian::Document &document)
{
	for (auto at = document.termlist_begin(); at != document.termlist_end(); ++at)
		if (at.get_wdf())
			return;
	if (document.termlist_count())
		document.add_term(any_term(of, document));
}

/* A fresh one, of what some other is made of and of what no other has. */
static Xapian::Document made_document(changes *of)
{
	Xapian::Document document;
	const Xapian::docid like = any_document(of);
	if (like && percent(of, 80)) {
		const Xapian::Document other = of->db.get_document(like);
		for (uint32_t left = roll(of, 40); left; left--)
			add_posting(of, document, any_term(of, other));
	}
	if (percent(of, 80))
		for (uint32_t left = roll(of, percent(of, 3) ? 3000 : 40); left; left--)
			add_posting(of, document, word(of));
	give_length(of, document);
	add_others(of, document);
	return document;
}

/* ---- changes ---- */

/* A term that few have: of this document, or one that perhaps none has. */
static std::string rare_term(changes *of, Xapian::docid id)
{
	const Xapian::Document document = of->db.get_document(id);
	for (int tries = 0; tries < 10; tries++) {
		std::string term = any_term(of, document);
		if (of->db.get_termfreq(term) <= RARE)
			return term;
	}
	return "rare." + word(of).substr(0, 100);
}

static void replace(changes *of)
{
	const Xapian::docid id = any_document(of);
	const Xapian::Document document = made_document(of);
	of->replaced++;
	if (!id || percent(of, 5)) /* a new one, and ids that nobody has before it */
		of->db.replace_document(of->db.get_lastdocid() + 1 + roll(of, ID_GAP), document);
	else if (percent(of, 30))
		of->db.replace_document(rare_term(of, id), document);
	else
		of->db.replace_document(id, document);
}

static void remove_somewhere(Xapian::Document &document, const std::string &term)
{
	Xapian::TermIterator at = document.termlist_begin();
	at.skip_to(term);
	const Xapian::PositionIterator position = at.positionlist_begin();
	if (position == at.positionlist_end())
		document.remove_term(term);
	else
		document.remove_posting(term, *position);
}

static void alter(changes *of)
{
	const Xapian::docid id = any_document(of);
	if (!id)
		return;
	Xapian::Document document = of->db.get_document(id);
	of->altered++;
	for (uint32_t left = 1 + roll(of, 4); left; left--) {
		const uint32_t what = roll(of, 5);
		if (what == 0 && document.termlist_count())
			remove_somewhere(document, any_term(of, document));
		else if (what == 1)
			add_posting(of, document, any_term(of, document));
		else if (what == 2)
			add_posting(of, document, word(of));
		else if (what == 3 && document.values_count())
			document.remove_value(document.values_begin().get_valueno());
		else
			add_others(of, document);
	}
	give_length(of, document);
	of->db.replace_document(id, document);
}

static void remove(changes *of)
{
	const Xapian::docid id = any_document(of);
	if (!id)
		return;
	of->deleted++;
	if (percent(of, 20))
		of->db.delete_document(rare_term(of, id));
	else
		of->db.delete_document(id);
}

static void change_others(changes *of)
{
	const std::string name = "changed." + std::to_string(roll(of, 20));
	of->others++;
	if (percent(of, 60))
		of->db.set_metadata(name, bytes(of, roll(of, percent(of, 10) ? 30000 : 50)));
	else if (percent(of, 60))
		of->db.add_spelling(name, 1 + roll(of, 3));
	else
		of->db.remove_spelling(name, 1 + roll(of, 3));
}

static void commit(changes *of)
{
	of->db.commit();
	of->commits++;
}

static void change(changes *of)
{
	const uint32_t what = roll(of, 100);
	if (what < 20) {
		of->added++;
		of->db.add_document(made_document(of));
	} else if (what < 45) {
		replace(of);
	} else if (what < 75) {
		alter(of);
	} else if (what < 95) {
		remove(of);
	} else {
		change_others(of);
	}
	if (percent(of, 2))
		commit(of);
}

int main(int argc, char **argv)
{
	if (argc != 4) {
		fprintf(stderr, "usage: change DB SEED COUNT\n");
		return 2;
	}
	try {
		changes of = { Xapian::WritableDatabase(argv[1], Xapian::DB_OPEN | Xapian::DB_NO_SYNC),
			       strtoull(argv[2], nullptr, 10) };
		for (uint64_t left = strtoull(argv[3], nullptr, 10); left; left--)
			change(&of);
		commit(&of);
		printf("added %u, replaced %u, altered %u, deleted %u, others %u, commits %u: now %u\n",
		       of.added, of.replaced, of.altered, of.deleted, of.others, of.commits,
		       of.db.get_doccount());
	} catch (const Xapian::Error &error) {
		fprintf(stderr, "change: %s\n", error.get_description().c_str());
		return 2;
	}
	return 0;
}
