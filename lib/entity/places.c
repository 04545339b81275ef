#include "places.h"

#include <stdlib.h>

struct name_group {
	uint16_t first, count;
	uint16_t length; /* of the word */
};

/* What the article has of a place. */
enum sign {
	SIGN_SOLID = 1,   /* a name that means nothing else */
	SIGN_LIKELY = 2,  /* a name that may mean other things, where it hardly does */
	SIGN_SUSPECT = 4, /* a name of it that was somebody's */
};

/* ---- the index of first words ---- */

static struct str first_word(const char *key)
{
	return (struct str){ key, strcspn(key, " ") };
}

static void add_group(struct places *places, struct str word, size_t row)
{
	const size_t number = places->group_count++;
	places->groups[number] = (struct name_group){ (uint16_t)row, 0, (uint16_t)word.len };
	word_index_add(&places->index, word, (uint32_t)number);
}

void places_init(struct places *places)
{
	*places = (struct places){ 0 };
	places->groups = memory_zero(gazetteer_count, sizeof(*places->groups));
	word_index_reset(&places->index, gazetteer_count);
	places->is_followed = memory_zero(gazetteer_count, sizeof(*places->is_followed));
	struct str before = STR("");
	for (size_t i = 0; i < gazetteer_count; i++) {
		const char *key = gazetteer_names[i].key;
		const struct str word = first_word(key);
		if (!str_equal(word, before))
			add_group(places, word, i);
		before = word;
		places->groups[places->group_count - 1].count++;
		if (i)
			places->is_followed[i - 1] = strcmp(gazetteer_names[i - 1].key, key) == 0;
	}
}

void places_release(struct places *places)
{
	free(places->groups);
	free(places->is_followed);
	word_index_release(&places->index);
	*places = (struct places){ 0 };
}

void places_reset(struct places *places, const struct article *article)
{
	const struct date *published = &article->published;
	places->is_past = published->precision != DATE_NONE && published->year >= 1949 &&
			  published->year <= 1989;
	places->style = (struct style_cache){ 0 };
	memset(places->signs, 0, sizeof(places->signs));
}

/* ---- finding ---- */

/* Where a name is looked for. */
struct finding {
	const struct view *view;
	const struct article *article;
	size_t at;
	struct str word;
	char next; /* the first letter of the next word; '\0' when it could be any */
};

#define NO_NEXT ' '

static char letter_of_next(const struct view *view, size_t at)
{
	const size_t next = view_next(view, at);
	if (next == NO_TOKEN || !view_is_tight(view, at, next))
		return NO_NEXT;
	const char letter = (char)(view->text.data[view->tokens[next].start] | 0x20);
	return letter >= 'a' && letter <= 'z' ? letter : '\0';
}

/* Quickly, for there are many names that begin with "new" and "south". */
static bool may_go_on(const struct finding *finding, const struct gazetteer_name *name)
{
	const size_t known = finding->word.len;
	return name->length == known || !finding->next || name->key[known + 1] == finding->next;
}

/* Rows first_row..last_row have one key; the last is the usual meaning, and decides the care. */
static void try_rows(struct places *places, const struct finding *finding, size_t first_row,
		     size_t last_row, struct found *found)
{
	const struct gazetteer_name *name = &gazetteer_names[last_row];
	const enum match_case how = name->care & CARE_LOWER ? MATCH_ANY : MATCH_CAPITALS;
	size_t last;
	if (name->use == USE_GIVEN || !may_go_on(finding, name) ||
	    !match_rest(finding->view, finding->at, (struct str){ name->key, name->length },
			finding->word.len, how, &last) ||
	    (found->rows && last <= found->last))
		return;
	const enum verdict verdict = care_verdict(finding->view, finding->article, &places->style,
						  name, finding->at, last);
	if (verdict == VERDICT_NONE)
		return;
	*found = (struct found){
		.first = (uint32_t)finding->at,
		.last = (uint32_t)last,
		.given = GIVEN_NONE,
		.row = (uint32_t)first_row,
		.rows = (uint32_t)(last_row - first_row + 1),
		.verdict = verdict,
		.spot = SPOT_NONE,
	};
}

static void try_group(struct places *places, const struct finding *finding,
		      const struct name_group *group, struct found *found)
{
	const size_t end = (size_t)group->first + group->count;
	for (size_t row = group->first, first_row = row; row < end; first_row = ++row) {
		/* What a name meant in the past, it meant alone, and means no more. */
		const bool is_past = gazetteer_names[row].care & CARE_PAST;
		if (is_past && !places->is_past)
			continue;
		while (!is_past && places->is_followed[row])
			row++;
		try_rows(places, finding, first_row, row, found);
		while (places->is_followed[row])
			row++;
	}
}

bool places_find(struct places *places, const struct view *view, const struct article *article,
		 size_t at, struct str word, struct found *found)
{
	const struct finding finding = { view, article, at, word, letter_of_next(view, at) };
	struct word_search search = word_index_search(&places->index, word);
	*found = (struct found){ 0 };
	for (uint32_t number; word_index_next(&places->index, &search, &number);) {
		const struct name_group *group = &places->groups[number];
		const char *key = gazetteer_names[group->first].key;
		if (str_equal((struct str){ key, group->length }, word))
			try_group(places, &finding, group, found);
	}
	return found->rows > 0;
}

/* ---- deciding ---- */

/* Abbreviations and towns of the same name do not make what was found less sure. */
#define CARE_DOUBTFUL (CARE_SUPPORT | CARE_COMMON | CARE_FORENAME | CARE_SURNAME)

void places_note(struct places *places, const struct found *found)
{
	const struct gazetteer_name *name = &gazetteer_names[found->row];
	if (found->rows > 1 || name->use == USE_BLOCK)
		return;
	uint8_t *signs = &places->signs[name->place];
	const bool is_doubtful = name->care & CARE_DOUBTFUL && !(name->care & CARE_CAPS);
	if (found->verdict == VERDICT_SURE)
		*signs |= is_doubtful ? SIGN_LIKELY : SIGN_SOLID;
	else if (found->verdict == VERDICT_OTHER)
		*signs |= SIGN_SUSPECT;
	/* A capital is a sign of its country. */
	if (found->verdict == VERDICT_SURE && !is_doubtful)
		places->signs[place_table[name->place].country] |= SIGN_SOLID;
}

static bool is_solid(const struct places *places, enum place_id place)
{
	const enum place_id country = place_table[place].country;
	return (places->signs[place] | (country ? places->signs[country] : 0)) & SIGN_SOLID;
}

static bool is_meant(const struct places *places, const struct found *found,
		     const struct gazetteer_name *name)
{
	const unsigned signs = places->signs[name->place];
	if (found->verdict == VERDICT_OTHER)
		return false;
	if (name->care & CARE_ALT)
		return is_solid(places, name->place);
	if (is_solid(places, name->place))
		return true;
	if (signs & SIGN_SUSPECT)
		return found->is_sure;
	return found->verdict == VERDICT_SURE || signs & SIGN_LIKELY;
}

static uint8_t confidence_of(const struct found *found, const struct gazetteer_name *name)
{
	if (found->verdict == VERDICT_OPEN || found->rows > 1)
		return 70;
	if (name->care & CARE_DOUBTFUL && !(name->care & CARE_CAPS))
		return 85;
	return name->use == USE_PEOPLE ? 90 : 95;
}

/* What the publisher lists is meant, unless it is somebody's name. */
static bool is_listed_here(const struct found *found, const struct gazetteer_name *name,
			   const bool *is_listed)
{
	return is_listed[name->place] && found->verdict != VERDICT_OTHER;
}

const struct gazetteer_name *places_decide(const struct places *places, const struct found *found,
					   const bool *is_listed, uint8_t *confidence)
{
	for (size_t i = 0; i < found->rows; i++) {
		const struct gazetteer_name *name = &gazetteer_names[found->row + i];
		if (name->use > USE_PEOPLE)
			return NULL;
		if (is_listed ? !is_listed_here(found, name, is_listed)
			      : !is_meant(places, found, name))
			continue;
		*confidence = is_listed ? 95 : confidence_of(found, name);
		return name;
	}
	return NULL;
}
