/* The comparison put to the test: a database is spoilt in one thing at a time, and each must be found out and named. */
#include "compare.hh"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <xapian.h>

#define DOCUMENTS 60
#define SPOILT 17 /* the document that is spoilt: somewhere in the middle */

/* ---- the database ---- */

static Xapian::Document sample_document(unsigned number)
{
	Xapian::Document document;
	Xapian::termpos position = 1;
	for (unsigned i = 0; i < 5 + number % 7; i++)
		document.add_posting("word" + std::to_string(number * i % 23), position++);
	document.add_posting("everywhere", position + 3, 2);
	document.add_term("Zeverywher", 3);
	document.add_boolean_term("Q" + std::to_string(number));
	document.add_boolean_term(std::string("nul\0inside", 10));
	document.add_value(0, "value" + std::to_string(number));
	document.add_value(3, std::string(1 + number % 5, 'v'));
	document.set_data("data of " + std::to_string(number));
	return document;
}

static void make_sample(const std::string &path)
{
	Xapian::WritableDatabase db(path, Xapian::DB_CREATE | Xapian::DB_NO_SYNC);
	for (unsigned number = 1; number <= DOCUMENTS; number++)
		db.add_document(sample_document(number));
	db.set_metadata("first", "one");
	db.set_metadata("second", "two");
	db.add_spelling("everywhere", 2);
	db.add_synonym("everywhere", "anywhere");
	db.commit();
}

/* The same documents in another order and other commits, by way of others, which are gone again. */
static void make_sample_otherwise(const std::string &path)
{
	Xapian::WritableDatabase db(path, Xapian::DB_CREATE | Xapian::DB_NO_SYNC);
	db.add_synonym("everywhere", "anywhere");
	for (unsigned number = DOCUMENTS; number >= 1; number--) {
		db.replace_document(number, sample_document(number % 5 ? number : number + 5));
		if (number % 9 == 0)
			db.commit();
	}
	for (unsigned number = 5; number <= DOCUMENTS; number += 5)
		db.replace_document("Q" + std::to_string(number + 5), sample_document(number));
	db.add_spelling("everywhere");
	db.set_metadata("second", "two");
	db.set_metadata("first", "one");
	db.add_spelling("everywhere");
	db.commit();
}

/* ---- what can be wrong ---- */

struct spoilt {
	const char *found; /* what must be told of it */
	std::function<void(Xapian::WritableDatabase &)> spoil;
};

/* One document is another one. */
static spoilt in_document(const char *found, const std::function<void(Xapian::Document &)> &change,
			  Xapian::docid id = SPOILT)
{
	return { found, [change, id](Xapian::WritableDatabase &db) {
			Xapian::Document document = db.get_document(id);
			change(document);
			db.replace_document(id, document);
		} };
}

/* Where the documents have their "everywhere". */
static Xapian::termpos place(unsigned number)
{
	return 5 + number % 7 + 4;
}

static std::vector<spoilt> spoilt_terms()
{
	return {
		in_document("term \"new\" is in the second only",
			    [](Xapian::Document &document) { document.add_boolean_term("new"); }),
		in_document("term \"Q17\" is in the first only",
			    [](Xapian::Document &document) { document.remove_term("Q17"); }),
		in_document("term \"Zeverywher\" of document 17 is in the first only",
			    [](Xapian::Document &document) { document.remove_term("Zeverywher"); }),
		in_document("term \"everywhere\", uses: 120 and 121",
			    [](Xapian::Document &document) { document.add_term("everywhere"); }),
		in_document("length of document 17: 13 and 14",
			    [](Xapian::Document &document) { document.add_term("everywhere"); }),
		in_document("terms of document 17",
			    [](Xapian::Document &document) { document.add_boolean_term("new"); }),
		in_document("postings of term \"nul\\x00inside\": document 17 and 18",
			    [](Xapian::Document &document) {
				    document.remove_term(std::string("nul\0inside", 10));
			    }),
		in_document("positions of term \"everywhere\" in document 17: 12 and 13",
			    [](Xapian::Document &document) {
				    document.remove_posting("everywhere", place(SPOILT), 0);
				    document.add_posting("everywhere", place(SPOILT) + 1, 0);
			    }),
		in_document("positions of term \"everywhere\" in document 17: 12 and no more",
			    [](Xapian::Document &document) {
				    document.remove_posting("everywhere", place(SPOILT), 0);
			    }),
		in_document("positions of term \"everywhere\" in document 17: no more and 13",
			    [](Xapian::Document &document) {
				    document.add_posting("everywhere", place(SPOILT) + 1, 0);
			    }),
		in_document("positions of term \"Zeverywher\" in document 17: no more and 0",
			    [](Xapian::Document &document) {
				    document.add_posting("Zeverywher", 0, 0);
			    }),
	};
}

/* From one term to the other and from one document to the other, so that all sums stay. */
static void move_wdf(Xapian::WritableDatabase &db)
{
	Xapian::Document one = db.get_document(SPOILT), other = db.get_document(SPOILT + 1);
	one.remove_term("Zeverywher");
	one.add_term("Zeverywher", 2);
	one.add_term("everywhere");
	other.add_term("Zeverywher");
	other.remove_posting("everywhere", place(SPOILT + 1), 1);
	other.add_posting("everywhere", place(SPOILT + 1), 0);
	db.replace_document(SPOILT, one);
	db.replace_document(SPOILT + 1, other);
}

/* There is one document less with it, and one more. */
static void move_term(Xapian::WritableDatabase &db)
{
	Xapian::Document one = db.get_document(SPOILT);
	one.remove_term("Q17");
	db.replace_document(SPOILT, one);
	Xapian::Document other = db.get_document(SPOILT + 1);
	other.add_boolean_term("Q17");
	db.replace_document(SPOILT + 1, other);
}

/* What was there for a while has left its traces in the bounds. */
static void come_and_go(Xapian::WritableDatabase &db, const Xapian::Document &other)
{
	db.replace_document(SPOILT, other);
	db.commit();
	db.replace_document(SPOILT, sample_document(SPOILT));
}

static std::vector<spoilt> spoilt_sums()
{
	Xapian::Document large, small, high;
	large.add_term("word1", 100);
	small.add_term("word1", 1);
	high.add_value(0, "zzz");
	return {
		{ "wdf of term \"everywhere\" in document 17: 2 and 3", move_wdf },
		{ "wdf in the list of document 18, term \"Zeverywher\": 3 and 4", move_wdf },
		{ "postings of term \"Q17\": document 17 and 18", move_term },
		{ "bound of the longest document",
		  [large](Xapian::WritableDatabase &db) { come_and_go(db, large); } },
		{ "bound of its wdf",
		  [large](Xapian::WritableDatabase &db) { come_and_go(db, large); } },
		{ "bound of the shortest document",
		  [small](Xapian::WritableDatabase &db) { come_and_go(db, small); } },
		{ "slot 0, upper bound",
		  [high](Xapian::WritableDatabase &db) { come_and_go(db, high); } },
		{ "last document: 60 and 61",
		  [small](Xapian::WritableDatabase &db) {
			  db.delete_document(db.add_document(small));
		  } },
		{ "average length", [](Xapian::WritableDatabase &db) { db.delete_document(SPOILT); } },
		{ "whether there are positions: 1 and 0",
		  [](Xapian::WritableDatabase &db) {
			  for (Xapian::docid id = 1; id <= DOCUMENTS; id++)
				  db.delete_document(id);
		  } },
	};
}

static std::vector<spoilt> spoilt_documents()
{
	return {
		{ "document 17 is in the first only",
		  [](Xapian::WritableDatabase &db) { db.delete_document(SPOILT); } },
		{ "document 61 is in the second only",
		  [](Xapian::WritableDatabase &db) { db.add_document(Xapian::Document()); } },
		{ "documents: 60 and 61",
		  [](Xapian::WritableDatabase &db) { db.add_document(Xapian::Document()); } },
		in_document("data of document 17",
			    [](Xapian::Document &document) { document.set_data("data of 71"); }),
		in_document(
			"data of document 60",
			[](Xapian::Document &document) { document.set_data(""); }, DOCUMENTS),
		in_document("document 17, slot 3",
			    [](Xapian::Document &document) { document.add_value(3, "w"); }),
		in_document("slot 3 in its stream, document 17",
			    [](Xapian::Document &document) { document.add_value(3, "w"); }),
		in_document("slot 0, lower bound",
			    [](Xapian::Document &document) { document.add_value(0, "a"); }),
		in_document("slot 3, values: 60 and 59",
			    [](Xapian::Document &document) { document.remove_value(3); }),
		in_document("slot 399: its stream is longer in the second",
			    [](Xapian::Document &document) { document.add_value(399, "x"); }),
		in_document("document 17, slots: no more and 4000",
			    [](Xapian::Document &document) { document.add_value(4000, "x"); }),
	};
}

static std::vector<spoilt> spoilt_rest()
{
	return {
		{ "metadata \"first\": \"one\" (3 bytes) and \"onf\" (3)",
		  [](Xapian::WritableDatabase &db) { db.set_metadata("first", "onf"); } },
		{ "metadata \"first\" is in the first only",
		  [](Xapian::WritableDatabase &db) { db.set_metadata("first", ""); } },
		{ "metadata \"third\" is in the second only",
		  [](Xapian::WritableDatabase &db) { db.set_metadata("third", "3"); } },
		{ "spelling \"everywhere\": 2 and 3",
		  [](Xapian::WritableDatabase &db) { db.add_spelling("everywhere"); } },
		{ "spelling \"word\" is in the second only",
		  [](Xapian::WritableDatabase &db) { db.add_spelling("word"); } },
		{ "synonym \"where\" is in the second only",
		  [](Xapian::WritableDatabase &db) { db.add_synonym("everywhere", "where"); } },
	};
}

/* ---- the test ---- */

struct test {
	std::filesystem::path folder;
	unsigned passed = 0, failed = 0;
};

static void tell(test *of, bool is_right, const std::string &what)
{
	(is_right ? of->passed : of->failed)++;
	if (!is_right)
		printf("FAIL compare: %s\n", what.c_str());
}

static bool has(const comparison &comparison, const std::string &words)
{
	for (const std::string &difference : comparison.differences)
		if (difference.find(words) != std::string::npos)
			return true;
	return false;
}

/* A copy of the sample, to which that has been done. */
static std::string spoilt_copy(test *of, const spoilt &spoilt)
{
	const std::filesystem::path copy = of->folder / "copy";
	std::filesystem::remove_all(copy);
	std::filesystem::copy(of->folder / "sample", copy);
	Xapian::WritableDatabase db(copy, Xapian::DB_OPEN | Xapian::DB_NO_SYNC);
	spoilt.spoil(db);
	db.commit();
	return copy;
}

static void try_spoilt(test *of, const spoilt &spoilt)
{
	const std::string copy = spoilt_copy(of, spoilt);
	for (unsigned threads = 1; threads <= 3; threads += 2) {
		comparison comparison;
		comparison.threads = threads;
		compare_databases(of->folder / "sample", copy, &comparison);
		tell(of, has(comparison, spoilt.found), std::string("not found: ") + spoilt.found);
	}
}

static void try_equal(test *of, const std::string &path, const char *what)
{
	comparison comparison;
	compare_databases(of->folder / "sample", path, &comparison);
	tell(of, comparison.differences.empty() && comparison.documents == DOCUMENTS,
	     std::string(what) + " is not equal: " +
		     (comparison.differences.empty() ? "" : comparison.differences[0]));
}

/* A key that is left out may be anything, and no other. */
static void try_left_out(test *of)
{
	const std::string copy = spoilt_copy(of, { "", [](Xapian::WritableDatabase &db) {
							  db.set_metadata("first", "else");
							  db.set_metadata("third", "3");
						  } });
	comparison one, both;
	one.but = { "first" };
	both.but = { "first", "third" };
	compare_databases(of->folder / "sample", copy, &one);
	compare_databases(of->folder / "sample", copy, &both);
	tell(of, one.differences.size() == 1 && has(one, "\"third\""), "the wrong key is left out");
	tell(of, both.differences.empty(), "keys are not left out");
}

static void try_all(test *of)
{
	make_sample(of->folder / "sample");
	make_sample_otherwise(of->folder / "otherwise");
	Xapian::Database(of->folder / "sample").compact(of->folder / "packed");
	try_equal(of, of->folder / "sample", "a database and itself");
	try_equal(of, of->folder / "packed", "a database and what compact made of it");
	try_equal(of, of->folder / "otherwise", "a database and one of another history");
	for (const auto &spoilts :
	     { spoilt_terms(), spoilt_sums(), spoilt_documents(), spoilt_rest() })
		for (const spoilt &spoilt : spoilts)
			try_spoilt(of, spoilt);
	try_left_out(of);
	comparison comparison;
	compare_databases(of->folder / "sample", of->folder / "nowhere", &comparison);
	tell(of, has(comparison, "cannot be read"), "what is not there is not missed");
}

int compare_self_test()
{
	test test;
	std::string folder = std::filesystem::temp_directory_path() / "compare.XXXXXX";
	if (!mkdtemp(folder.data())) {
		perror(folder.c_str());
		return 2;
	}
	test.folder = folder;
	try {
		try_all(&test);
	} catch (const Xapian::Error &error) {
		tell(&test, false, error.get_description());
	}
	std::filesystem::remove_all(test.folder);
	printf("compare: %u passed, %u failed\n", test.passed, test.failed);
	return test.failed || !test.passed;
}
