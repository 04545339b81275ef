#include "common.h"

#include "dateline/letters.h"

#include <stdlib.h>

/*
 * English function words. Words that are also names in the news are not among them: "us" (U.S.), "who", "may", "will".
 * With 33 of them instead (those of Lucene), the gains that store_rank.cc speaks of are +2.3 +2.2 -0.1 and +10.4 +5.4 +3.4,
 * with all of these +4.3 +3.9 +0.8 and +12.5 +7.1 +3.8.
 */
static const char *const words[] = {
	"a",        "about",  "above",     "after",   "again",      "against", "all",   "also",
	"although", "am",     "among",     "an",      "and",        "any",     "are",   "as",
	"at",       "be",     "because",   "been",    "before",     "being",   "below", "between",
	"both",     "but",    "by",        "can",     "cannot",     "could",   "did",   "do",
	"does",     "doing",  "down",      "during",  "each",       "either",  "else",  "ever",
	"every",    "few",    "for",       "from",    "further",    "had",     "has",   "have",
	"having",   "he",     "her",       "here",    "hers",       "herself", "him",   "himself",
	"his",      "how",    "however",   "i",       "if",         "in",      "into",  "is",
	"it",       "its",    "itself",    "just",    "me",         "might",   "more",  "most",
	"much",     "must",   "my",        "myself",  "neither",    "no",      "nor",   "not",
	"of",       "off",    "on",        "once",    "only",       "or",      "other", "ought",
	"our",      "ours",   "ourselves", "out",     "over",       "own",     "same",  "shall",
	"she",      "should", "since",     "so",      "some",       "such",    "than",  "that",
	"the",      "their",  "theirs",    "them",    "themselves", "then",    "there", "these",
	"they",     "this",   "those",     "through", "thus",       "to",      "too",   "under",
	"until",    "up",     "upon",      "very",    "was",        "we",      "were",  "what",
	"when",     "where",  "whether",   "which",   "while",      "whom",    "whose", "why",
	"with",     "within", "without",   "would",   "yet",        "you",     "your",  "yours",
};

#define WORD_MAX 16

/* A digit or a character beyond ASCII is part of the word, and then it is none of ours. */
static bool is_punctuation(char c)
{
	return !is_letter(c) && !(c >= '0' && c <= '9') && (unsigned char)c < 0x80;
}

static int compare_words(const void *a, const void *b)
{
	return strcmp(a, *(const char *const *)b);
}

bool common_word(struct str text, bool in_capitals)
{
	char word[WORD_MAX];
	size_t capitals = 0;
	while (text.len && is_punctuation(text.data[0]))
		text = (struct str){ text.data + 1, text.len - 1 };
	while (text.len && is_punctuation(text.data[text.len - 1]))
		text.len--;
	if (!text.len || text.len >= WORD_MAX)
		return false;
	for (size_t i = 0; i < text.len; i++) {
		word[i] = to_lower(text.data[i]);
		capitals += is_upper(text.data[i]);
	}
	word[text.len] = '\0';
	if (!in_capitals && text.len > 1 && capitals == text.len)
		return false;
	return bsearch(word, words, sizeof(words) / sizeof(*words), sizeof(*words), compare_words) !=
	       NULL;
}
