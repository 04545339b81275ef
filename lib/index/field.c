#include "dateline/field.h"

#include "dateline/letters.h"

/*
 * Prefixes are those of Omega (its page "Term Prefixes") where it has one for the purpose: A author, G
 * group, H host, L language, Q unique id, S subject; and X for one's own. schema.h says why no term
 * can be taken for another.
 */
const struct field field_table[] = {
	{ .name = "title",
	  .aliases = "headline",
	  .prefix = "S",
	  .role = FIELD_TEXT,
	  .help = "words of the title",
	  .example = "title:election" },
	{ .name = "person",
	  .aliases = "people persons",
	  .prefix = "XPER:",
	  .role = FIELD_VALUE,
	  .kind = KIND_PERSON,
	  .shown = true,
	  .help = "a person",
	  .example = "person:\"Kajsa Ollongren\"" },
	{ .name = "org",
	  .aliases = "orgs organisation organization company",
	  .prefix = "XORG:",
	  .role = FIELD_VALUE,
	  .kind = KIND_ORG,
	  .shown = true,
	  .help = "an organisation",
	  .example = "org:\"World Bank\"" },
	{ .name = "place",
	  .aliases = "places location country",
	  .prefix = "XLOC:",
	  .role = FIELD_VALUE,
	  .kind = KIND_PLACE,
	  .shown = true,
	  .help = "a country, city or other place",
	  .example = "place:netherlands" },
	{ .name = "other",
	  .aliases = "others event product work misc",
	  .prefix = "XOTH:",
	  .role = FIELD_VALUE,
	  .kind = KIND_OTHER,
	  .shown = true,
	  .help = "an event, a product, a work or a law",
	  .example = "other:\"World Cup\"" },
	{ .name = "source",
	  .aliases = "publisher outlet newspaper",
	  .prefix = "H",
	  .role = FIELD_VALUE,
	  .kind = KIND_SOURCE,
	  .shown = true,
	  .help = "who published it",
	  .example = "source:reuters" },
	{ .name = "author",
	  .aliases = "authors byline",
	  .prefix = "A",
	  .role = FIELD_VALUE,
	  .kind = KIND_AUTHOR,
	  .shown = true,
	  .help = "who wrote it",
	  .example = "author:\"Ada Vos\"" },
	{ .name = "topic",
	  .aliases = "topics tag tags keyword",
	  .prefix = "G",
	  .role = FIELD_VALUE,
	  .kind = KIND_TOPIC,
	  .shown = true,
	  .help = "topics, tags and keywords",
	  .example = "topic:shipping" },
	{ .name = "section",
	  .aliases = "desk",
	  .prefix = "XSECTION:",
	  .role = FIELD_VALUE,
	  .kind = KIND_SECTION,
	  .shown = true,
	  .help = "the section of the paper",
	  .example = "section:business" },
	{ .name = "language",
	  .aliases = "lang",
	  .prefix = "L",
	  .role = FIELD_VALUE,
	  .kind = KIND_LANGUAGE,
	  .shown = true,
	  .help = "of the text, as en",
	  .example = "language:en" },
	{ .name = "agency",
	  .aliases = "agencies wire",
	  .prefix = "XAGENCY:",
	  .role = FIELD_VALUE,
	  .kind = KIND_AGENCY,
	  .help = "the news agency that it comes from",
	  .example = "agency:reuters" },
	{ .name = "speaker",
	  .aliases = "speakers quoted",
	  .prefix = "XSPEAKER:",
	  .role = FIELD_VALUE,
	  .kind = KIND_SPEAKER,
	  .help = "who is quoted",
	  .example = "speaker:\"Kajsa Ollongren\"" },
	{ .name = "dateline",
	  .aliases = "filed",
	  .prefix = "XDATELINE:",
	  .role = FIELD_VALUE,
	  .kind = KIND_DATELINE,
	  .help = "the place it was filed from",
	  .example = "dateline:beijing" },
	{ .name = "when",
	  .aliases = "mentions",
	  .prefix = "XDAY:",
	  .role = FIELD_DATE,
	  .kind = KIND_WHEN,
	  .help = "a date that it mentions",
	  .example = "when:2023-12" },
	{ .name = "published",
	  .aliases = "date",
	  .prefix = "D",
	  .role = FIELD_DATE,
	  .shown = true,
	  .help = "a date or range of dates",
	  .example = "published:2024-01..2024-03" },
	{ .name = "id",
	  .aliases = "uid guid",
	  .prefix = "Q",
	  .role = FIELD_ID,
	  .help = "the id of the article",
	  .example = "id:a-1024" },
	{ .name = NULL },
};

static bool same_word(struct str typed, struct str word)
{
	if (typed.len != word.len)
		return false;
	for (size_t i = 0; i < typed.len; i++)
		if (to_lower(typed.data[i]) != word.data[i])
			return false;
	return true;
}

/* Cuts the next word off a list parted by blanks; false when there is none. */
static bool next_word(const char **list, struct str *word)
{
	const char *start = *list + strspn(*list, " ");
	const size_t len = strcspn(start, " ");
	*word = (struct str){ start, len };
	*list = start + len;
	return len > 0;
}

const struct field *field_find(struct str name)
{
	for (const struct field *field = field_table; field->name; field++)
		if (same_word(name, str_from(field->name)))
			return field;
	for (const struct field *field = field_table; field->name; field++) {
		const char *list = field->aliases;
		for (struct str alias; next_word(&list, &alias);)
			if (same_word(name, alias))
				return field;
	}
	return NULL;
}

const struct field *field_of_kind(enum facet_kind kind)
{
	for (const struct field *field = field_table; field->name && kind != KIND_NONE; field++)
		if (field->kind == kind)
			return field;
	return NULL;
}

const struct field *field_of_id(void)
{
	const struct field *field = field_table;
	while (field->role != FIELD_ID)
		field++;
	return field;
}

/* ---- did you mean ---- */

#define NAME_MAX_LEN 16 /* of what is worth comparing: names are shorter */
#define DISTANCE_MAX 2

static unsigned least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

/*
 * Optimal string alignment: letters that are missing, too many, wrong, or two that changed places. Texts of at
 * most NAME_MAX_LEN bytes.
 */
static unsigned distance(struct str a, struct str b)
{
	unsigned rows[3][NAME_MAX_LEN + 1];
	unsigned *before = rows[0], *above = rows[1], *row = rows[2];
	for (unsigned j = 0; j <= b.len; j++)
		above[j] = before[j] = j;
	for (unsigned i = 1; i <= a.len; i++) {
		row[0] = i;
		for (unsigned j = 1; j <= b.len; j++) {
			const bool same = to_lower(a.data[i - 1]) == b.data[j - 1];
			row[j] = least(above[j - 1] + !same, least(above[j], row[j - 1]) + 1);
			if (i > 1 && j > 1 && to_lower(a.data[i - 1]) == b.data[j - 2] &&
			    to_lower(a.data[i - 2]) == b.data[j - 1])
				row[j] = least(row[j], before[j - 2] + 1);
		}
		unsigned *spare = before;
		before = above;
		above = row;
		row = spare;
	}
	return above[b.len];
}

/* Of a short word, two other letters make any other word. */
static void consider(struct str typed, struct str word, const struct field *field,
		     const struct field **nearest, unsigned *nearest_distance)
{
	const unsigned apart = distance(typed, word);
	const size_t shorter = typed.len < word.len ? typed.len : word.len;
	if (apart >= *nearest_distance || apart * 2 >= shorter)
		return;
	*nearest = field;
	*nearest_distance = apart;
}

const struct field *field_nearest(struct str name)
{
	const struct field *nearest = NULL;
	unsigned nearest_distance = DISTANCE_MAX + 1;
	if (name.len > NAME_MAX_LEN)
		return NULL;
	for (const struct field *field = field_table; field->name; field++) {
		struct str word = str_from(field->name);
		const char *list = field->aliases;
		do
			consider(name, word, field, &nearest, &nearest_distance);
		while (next_word(&list, &word));
	}
	return nearest;
}

bool field_is_facet(const struct field *field)
{
	return field->role == FIELD_VALUE || field->role == FIELD_DATE;
}
