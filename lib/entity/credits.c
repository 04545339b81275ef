#include "credits.h"

#include "called.h"
#include "trim.h"

#include "dateline/utf8.h"

#include <stdlib.h>

static struct str bytes_of(const struct names *names, const struct spot *spot)
{
	return (struct str){ names->text.data + spot->start, spot->end - spot->start };
}

static struct str gap_behind(const struct names *names, size_t i)
{
	const struct spot *one = &names->spots[i], *next = one + 1;
	return next->start < one->end
		       ? STR("")
		       : (struct str){ names->text.data + one->end, next->start - one->end };
}

/* One slash or bar, with or without blanks; pages also say "/AFP via Getty Images". */
static bool is_slash(struct str gap)
{
	gap = str_trim(gap);
	return gap.len == 1 && (*gap.data == '/' || *gap.data == '|');
}

/* The row of an organisation that is well known. */
static const struct called *find_called(struct names *names, const struct spot *spot)
{
	buffer_reset(&names->scratch);
	utf8_name_key(bytes_of(names, spot), &names->scratch);
	const struct str key = buffer_str(&names->scratch);
	return memchr(key.data, '\0', key.len) ? NULL : called_find(key, KIND_ORG);
}

static bool is_listed_org(struct names *names, struct str name)
{
	return sight_listed(names->sight, name) & LISTED_ORG;
}

/* "Reuters/Ipsos" and "Washington Post/ABC" are two organisations; a name of two words or more may be somebody's. */
static bool may_be_person(struct names *names, const struct spot *spot)
{
	const struct str name = bytes_of(names, spot), first = trim_first_word(name);
	if (first.len == name.len || find_called(names, spot))
		return false;
	return spot->kind == KIND_PERSON ||
	       (spot->kind == KIND_ORG && !is_listed_org(names, name) &&
		!is_listed_org(names, first) && sight_listed(names->sight, first) & LISTED_FORENAME);
}

/* Who pays for pictures: an organisation, but none that politicians are of. */
static bool may_be_payer(struct names *names, const struct spot *spot)
{
	if (spot->kind != KIND_ORG)
		return false;
	const struct called *called = find_called(names, spot);
	const struct str last =
		trim_last_word(called ? str_from(called->name) : bytes_of(names, spot));
	return !str_equal(last, STR("Party")) && !str_equal(last, STR("party"));
}

/* Whose pictures nearly all are. */
static bool is_picture_agency(struct names *names, const struct spot *spot)
{
	const struct called *called = spot->kind == KIND_ORG ? find_called(names, spot) : NULL;
	return called && strcmp(called->name, "Getty Images") == 0;
}

static bool is_credit(struct names *names, size_t i)
{
	const struct spot *one = &names->spots[i], *next = one + 1;
	return (may_be_person(names, one) && may_be_payer(names, next)) ||
	       (may_be_person(names, next) && may_be_payer(names, one));
}

/* Where a credit goes on: "/AFP via Getty Images", "| AFP | Getty Images". */
static bool is_link(struct str gap)
{
	return is_slash(gap) || str_equal(gap, STR(" via ")) || str_equal(gap, STR(" - "));
}

/* Behind a mark, also when what stands before that was not seen as a name: "(MicrovOne/Getty Images)", "Photo: Getty Images". */
static bool is_behind_mark(const struct names *names, const struct spot *spot)
{
	static const char *const marks[] = { "/",        "|",      " -",      " via",
					     "Photo by", "Photo:", "Credit:", "Photograph:" };
	const struct str before = str_trim((struct str){ names->text.data, spot->start });
	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++) {
		const size_t len = strlen(marks[i]);
		if (before.len >= len && memcmp(before.data + before.len - len, marks[i], len) == 0)
			return true;
	}
	return false;
}

void credits_drop(struct names *names)
{
	for (size_t i = 0; i < names->spot_count; i++) {
		struct spot *one = &names->spots[i], *next = one + 1;
		const bool has_next = i + 1 < names->spot_count;
		const struct str gap = has_next ? gap_behind(names, i) : STR("");
		const bool is_agency = has_next && is_link(gap) && is_picture_agency(names, next);
		if (is_agency || (is_slash(gap) && is_credit(names, i)))
			one->is_credit = next->is_credit = true;
		else if (one->is_credit && has_next && is_link(gap) && next->kind == KIND_ORG)
			next->is_credit = true;
		else if (is_picture_agency(names, one) && is_behind_mark(names, one))
			one->is_credit = true;
	}
	for (size_t i = 0; i < names->spot_count; i++) {
		if (names->spots[i].is_credit)
			names->spots[i].kind = KIND_NONE;
	}
}
