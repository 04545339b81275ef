#include "credits.h"

#include "beside.h"
#include "called.h"
#include "roles_inside.h"
#include "trim.h"

#include "dateline/utf8.h"

#include <stdlib.h>

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
	utf8_name_key(names_bytes(names, spot), &names->scratch);
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
	const struct str name = names_bytes(names, spot), first = trim_first_word(name);
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
		trim_last_word(called ? str_from(called->name) : names_bytes(names, spot));
	return !str_equal(last, STR("Party")) && !str_equal(last, STR("party"));
}

/* Whose pictures nearly all are. */
static bool is_picture_agency(struct names *names, const struct spot *spot)
{
	const struct called *called = spot->kind == KIND_ORG ? find_called(names, spot) : NULL;
	return called && strcmp(called->name, "Getty Images") == 0;
}

/* An agency by a name that means nothing else, or a service that sells pictures: for them whoever stands beside takes pictures. */
static bool is_service(struct names *names, const struct spot *spot)
{
	static const char *const services[] = { "Alamy",      "Bloomberg",    "Corbis",
						"EPA",        "EPA-EFE",      "Invision",
						"NurPhoto",   "Shutterstock", "WireImage",
						"ZUMA Press", "iStock" };
	const struct str name = names_bytes(names, spot);
	/* "Getty Images Story", "Reuters Story": what goes on behind has capitals as well. */
	if (is_any(name, SIGNS(services)) || str_begins_with(name, "Getty Images"))
		return true;
	size_t end;
	const struct agency *agency = agency_at(names->text, spot->start, spot->end, &end);
	return (agency && agency->use != AGENCY_CODE) || is_picture_agency(names, spot);
}

/* "(Ada Lund/Daily Post)", "Photo: Ada Lund/Daily Post", "Ada Lund/Daily Post/File Photo" */
static bool is_marked(const struct names *names, const struct spot *one, const struct spot *next)
{
	static const char *const fronts[] = { "Photo by",      "Photos by", "Photo:", "Photograph:",
					      "Photograph by", "Picture:",  "Image:", "Credit:" };
	static const char *const tails[] = { "/File", "/file", "/Handout",  "/Pool",
					     "/pool", "/TNS",  " via Getty" };
	const struct str before = str_trim(text_before(names, one));
	const struct str behind = text_behind(names, next);
	if (ends_in_any(before, SIGNS(fronts)) || begins_with_any(behind, SIGNS(tails)))
		return true;
	static const char pairs[][3] = { "()", "[]" };
	const size_t kind = before.len && before.data[before.len - 1] == '[';
	return before.len && behind.len && before.data[before.len - 1] == pairs[kind][0] &&
	       *behind.data == pairs[kind][1];
}

/* Results are written so as well, "Ada Lund/Ferrari", and candidates with their parties. */
static bool is_credit(struct names *names, size_t i)
{
	const struct spot *one = &names->spots[i], *next = one + 1;
	const bool is_turned = may_be_person(names, next) && may_be_payer(names, one);
	if (!is_turned && !(may_be_person(names, one) && may_be_payer(names, next)))
		return false;
	return is_service(names, is_turned ? one : next) || is_marked(names, one, next);
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
	const struct str before = str_trim(text_before(names, spot));
	return ends_in_any(before, SIGNS(marks));
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
