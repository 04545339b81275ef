#include "languages.h"

#include "dateline/utf8.h"

/* Names in aliases are folded as utf8_fold does, with accents: language_find folds what it is given. */
const struct language language_table[] = {
	{ "ar", "Arabic", "arabic", "ara العربية" },
	{ "hy", "Armenian", "armenian", "hye arm հայերեն" },
	{ "eu", "Basque", "basque", "eus baq euskara" },
	{ "ca", "Catalan", "catalan", "cat catala valencian" },
	{ "da", "Danish", "danish", "dan dansk" },
	{ "nl", "Dutch", "dutch", "nld dut nederlands flemish vlaams" },
	{ "en", "English", "english", "eng" },
	{ "fi", "Finnish", "finnish", "fin suomi" },
	{ "fr", "French", "french", "fra fre francais" },
	{ "de", "German", "german", "deu ger deutsch" },
	{ "el", "Greek", "greek", "ell gre ελληνικα" },
	{ "hi", "Hindi", "hindi", "hin हिन्दी" },
	{ "hu", "Hungarian", "hungarian", "hun magyar" },
	{ "id", "Indonesian", "indonesian", "ind in" },
	{ "ga", "Irish", "irish", "gle gaeilge" },
	{ "it", "Italian", "italian", "ita italiano" },
	{ "lt", "Lithuanian", "lithuanian", "lit lietuviu" },
	{ "ne", "Nepali", "nepali", "nep नेपाली" },
	{ "no", "Norwegian", "norwegian", "nor nb nob nn nno norsk bokmal nynorsk" },
	{ "pt", "Portuguese", "portuguese", "por portugues" },
	{ "ro", "Romanian", "romanian", "ron rum romana mo mol moldavian" },
	{ "ru", "Russian", "russian", "rus русский" },
	{ "sr", "Serbian", "serbian", "srp scc српски srpski" },
	{ "es", "Spanish", "spanish", "spa espanol castellano castilian" },
	{ "sv", "Swedish", "swedish", "swe svenska" },
	{ "ta", "Tamil", "tamil", "tam தமிழ்" },
	{ "tr", "Turkish", "turkish", "tur turkce" },
	{ "yi", "Yiddish", "yiddish", "yid ji" },
	{ NULL, NULL, NULL, NULL },
};

_Static_assert(sizeof(language_table) / sizeof(*language_table) == LANGUAGES + 1,
	       "LANGUAGES counts the table");

/* ---- by name ---- */

static bool ends_code(char c)
{
	return c == '-' || c == '_' || c == '.' || c == '@';
}

/* "en-GB", "en_GB.UTF-8", "sr@latin": the part before the mark. */
static struct str main_part(struct str name)
{
	size_t len = 0;
	while (len < name.len && !ends_code(name.data[len]))
		len++;
	return str_trim((struct str){ name.data, len });
}

static bool is_among(struct str name, const char *blank_parted)
{
	for (const char *at = blank_parted; *at;) {
		const size_t len = strcspn(at, " ");
		if (str_equal(name, (struct str){ at, len }))
			return true;
		at += len;
		at += strspn(at, " ");
	}
	return false;
}

/* English names are ASCII with one capital. */
static bool is_name(struct str folded, const char *name)
{
	if (folded.len != strlen(name))
		return false;
	for (size_t i = 0; i < folded.len; i++) {
		const char c = name[i];
		if (folded.data[i] != (c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c))
			return false;
	}
	return true;
}

static const struct language *find_folded(struct str name)
{
	for (const struct language *l = language_table; l->code; l++) {
		if (str_equal(name, str_from(l->code)) || is_name(name, l->name) ||
		    is_among(name, l->aliases))
			return l;
	}
	return NULL;
}

#define NAME_MAX_BYTES 64

const struct language *language_find(struct str name)
{
	const struct str part = name.len ? main_part(name) : name;
	if (!part.len || part.len > NAME_MAX_BYTES) /* no name is that long */
		return NULL;
	struct buffer folded = { 0 };
	utf8_fold(part, UTF8_FOLD_CASE | UTF8_FOLD_ACCENTS, &folded);
	const struct language *found = find_folded(buffer_str(&folded));
	buffer_release(&folded);
	return found;
}

/* ---- habits of writing ---- */

/* As Lucene's elision filters have them; an apostrophe follows. */
static const char french_elisions[] = "l d qu j m t s n c jusqu lorsqu puisqu quoiqu";
static const char italian_elisions[] =
	"l d un c all dall dell nell sull coll pell gl agl dagl degl negl sugl quell quest m t s v";
static const char catalan_elisions[] = "l d m n s t";

const char *language_elisions(const struct language *language)
{
	if (!language)
		return NULL;
	const struct str code = str_from(language->code);
	if (str_equal(code, STR("fr")))
		return french_elisions;
	if (str_equal(code, STR("it")))
		return italian_elisions;
	return str_equal(code, STR("ca")) ? catalan_elisions : NULL;
}

static bool has_code(const struct language *language, const char *codes)
{
	return language && is_among(str_from(language->code), codes);
}

unsigned language_habits(const struct language *language)
{
	unsigned habits = 0;
	if (has_code(language, "tr"))
		habits |= HABIT_SUFFIX_APOSTROPHE;
	if (has_code(language, "de da no fi hu tr sr eu"))
		habits |= HABIT_ORDINAL_STOP;
	return habits;
}

bool language_elides(const char *elisions, struct str lower)
{
	return elisions && is_among(lower, elisions);
}

const struct language *language_of_text(struct str declared)
{
	return language_find(declared.len ? declared : STR("en"));
}
