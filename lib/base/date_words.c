#include "date_words.h"

#include <stdint.h>
#include <string.h>

struct month_name {
	char name[11];
	uint8_t month, least; /* letters that tell it from others */
};

/* English first. Names that languages share stand here once; none is another month in another of them. */
static const struct month_name months[] = {
	{ "january", 1, 3 },    { "february", 2, 3 },   { "march", 3, 3 },
	{ "april", 4, 3 },      { "may", 5, 3 },        { "june", 6, 3 },
	{ "july", 7, 3 },       { "august", 8, 3 },     { "september", 9, 3 },
	{ "october", 10, 3 },   { "november", 11, 3 },  { "december", 12, 3 },
	{ "janvier", 1, 3 },    { "januar", 1, 3 },     { "januari", 1, 3 },
	{ "janner", 1, 3 },     { "jaenner", 1, 3 },    { "janeiro", 1, 3 },
	{ "enero", 1, 3 },      { "gennaio", 1, 3 },    { "fevrier", 2, 3 },
	{ "februar", 2, 3 },    { "februari", 2, 3 },   { "feber", 2, 3 },
	{ "febrero", 2, 3 },    { "febbraio", 2, 3 },   { "fevereiro", 2, 3 },
	{ "mars", 3, 3 },       { "marz", 3, 3 },       { "maerz", 3, 3 },
	{ "mrz", 3, 3 },        { "maart", 3, 3 },      { "mrt", 3, 3 },
	{ "marzo", 3, 3 },      { "marco", 3, 3 },      { "avril", 4, 3 },
	{ "abril", 4, 3 },      { "aprile", 4, 3 },     { "mai", 5, 3 },
	{ "mei", 5, 3 },        { "mayo", 5, 3 },       { "maggio", 5, 3 },
	{ "maio", 5, 3 },       { "juin", 6, 4 },       { "juni", 6, 3 },
	{ "junio", 6, 3 },      { "giugno", 6, 3 },     { "junho", 6, 3 },
	{ "juillet", 7, 4 },    { "juli", 7, 3 },       { "julio", 7, 3 },
	{ "luglio", 7, 3 },     { "julho", 7, 3 },      { "aout", 8, 3 },
	{ "augustus", 8, 3 },   { "agosto", 8, 3 },     { "septembre", 9, 3 },
	{ "septiembre", 9, 3 }, { "setiembre", 9, 3 },  { "settembre", 9, 3 },
	{ "setembro", 9, 3 },   { "octobre", 10, 3 },   { "oktober", 10, 3 },
	{ "octubre", 10, 3 },   { "ottobre", 10, 3 },   { "outubro", 10, 3 },
	{ "novembre", 11, 3 },  { "noviembre", 11, 3 }, { "novembro", 11, 3 },
	{ "decembre", 12, 3 },  { "dezember", 12, 3 },  { "diciembre", 12, 3 },
	{ "dicembre", 12, 3 },  { "dezembro", 12, 3 },
};

static const char weekdays[][11] = {
	"monday",   "tuesday",  "wednesday", "thursday",   "friday",    "saturday", "sunday",
	"lundi",    "mardi",    "mercredi",  "jeudi",      "vendredi",  "samedi",   "dimanche",
	"montag",   "dienstag", "mittwoch",  "donnerstag", "freitag",   "samstag",  "sonnabend",
	"sonntag",  "maandag",  "dinsdag",   "woensdag",   "donderdag", "vrijdag",  "zaterdag",
	"zondag",   "lunes",    "martes",    "miercoles",  "jueves",    "viernes",  "sabado",
	"domingo",  "lunedi",   "martedi",   "mercoledi",  "giovedi",   "venerdi",  "sabato",
	"domenica", "segunda",  "terca",     "quarta",     "quinta",    "sexta",
};

/* German and Dutch shorten to two letters. */
static const char short_weekdays[][3] = { "mo", "di", "mi", "do", "fr", "sa",
					  "so", "ma", "wo", "vr", "za", "zo" };

static bool begins(const char *word, size_t len, const char *name)
{
	return word[0] == name[0] && strncmp(word, name, len) == 0;
}

int date_word_month(const char *word, size_t len)
{
	for (size_t i = 0; i < sizeof(months) / sizeof(*months); i++)
		if (len >= months[i].least && begins(word, len, months[i].name))
			return months[i].month;
	return 0;
}

bool date_word_is_weekday(const char *word, size_t len)
{
	for (size_t i = 0; len > 2 && i < sizeof(weekdays) / sizeof(*weekdays); i++)
		if (begins(word, len, weekdays[i]))
			return true;
	for (size_t i = 0; len == 2 && i < sizeof(short_weekdays) / sizeof(*short_weekdays); i++)
		if (begins(word, len, short_weekdays[i]))
			return true;
	return false;
}

/* ---- zones ---- */

struct zone {
	const char *name;
	int16_t minutes;
};

/* RFC 2822, 4.3, and the names in daily use that mean one thing only. */
static const struct zone zones[] = {
	{ "z", 0 },
	{ "ut", 0 },
	{ "utc", 0 },
	{ "gmt", 0 },
	{ "wet", 0 },
	{ "est", -300 },
	{ "edt", -240 },
	{ "cst", -360 },
	{ "cdt", -300 },
	{ "mst", -420 },
	{ "mdt", -360 },
	{ "pst", -480 },
	{ "pdt", -420 },
	{ "akst", -540 },
	{ "akdt", -480 },
	{ "hst", -600 },
	{ "bst", 60 },
	{ "west", 60 },
	{ "cet", 60 },
	{ "met", 60 },
	{ "cest", 120 },
	{ "mest", 120 },
	{ "eet", 120 },
	{ "eest", 180 },
	{ "msk", 180 },
	{ "hkt", 480 },
	{ "jst", 540 },
	{ "kst", 540 },
	{ "aest", 600 },
	{ "aedt", 660 },
	{ "nzst", 720 },
	{ "nzdt", 780 },
	{ "et", DATE_NO_OFFSET },
	{ "ct", DATE_NO_OFFSET },
	{ "mt", DATE_NO_OFFSET },
	{ "pt", DATE_NO_OFFSET },
};

bool date_word_zone(const char *word, size_t len, int *minutes)
{
	for (size_t i = 0; len && i < sizeof(zones) / sizeof(*zones); i++) {
		if (!begins(word, len, zones[i].name) || zones[i].name[len])
			continue;
		*minutes = zones[i].minutes;
		return true;
	}
	return false;
}
