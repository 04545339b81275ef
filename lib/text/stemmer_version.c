#include "dateline/text.h"

#include "dateline/intern.h"

#include <inttypes.h>
#include <libstemmer.h>
#include <pthread.h>
#include <stdio.h>

/*
 * libstemmer does not tell its version, so it is told by what it does: a hash of the stems of these
 * words in every language it has. They have endings that the algorithms differ in, and that releases
 * have changed.
 */
static const char *const probes[] = {
	"generously",      "skies",         "dying",        "organisations", "international",
	"continuellement", "écrivaient",    "yeux",         "naïfs",         "häuser",
	"aufenthalt",      "übergewichtig", "lichaamsziek", "gezinnen",      "ideeën",
	"ciudades",        "haciéndola",    "corazones",    "informações",   "portuguesas",
	"velocemente",     "perché",        "kauppojen",    "asemalla",      "flickorna",
	"løgnene",         "bjørnene",      "házakkal",     "evlerinizden",  "государственный",
	"красивейшая",     "αρχαιολόγων",   "لمدارسهم",     "ਪੰਜਾਬੀ",         "किताबों",
};

static char version[32];

static void hash_stems(struct buffer *all, const char *algorithm)
{
	struct sb_stemmer *stemmer = sb_stemmer_new(algorithm, "UTF_8");
	if (!stemmer)
		return;
	buffer_add_counted(all, str_from(algorithm));
	for (size_t i = 0; i < sizeof(probes) / sizeof(probes[0]); i++) {
		const sb_symbol *stem = sb_stemmer_stem(stemmer, (const sb_symbol *)probes[i],
							(int)strlen(probes[i]));
		const struct str text = { (const char *)stem, (size_t)sb_stemmer_length(stemmer) };
		buffer_add_counted(all, text);
	}
	sb_stemmer_delete(stemmer);
}

static void find_version(void)
{
	struct buffer all = { 0 };
	for (const struct language *language = language_table; language->code; language++)
		hash_stems(&all, language->algorithm);
	snprintf(version, sizeof(version), "%016" PRIx64, hash_bytes(all.data, all.len));
	buffer_release(&all);
}

const char *text_stemmer_version(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	pthread_once(&once, find_version);
	return version;
}
