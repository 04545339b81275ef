#include "repeats.h"

#include "trim.h"
#include "word_list.h"

void repeats_release(struct repeats *repeats)
{
	given_release(&repeats->given);
	look_release(&repeats->look);
}

/* ---- what is looked for ---- */

#define SURE_LEAST 50  /* percent: of what the tagger hardly believed, no more is looked for */
#define REPEAT_LESS 10 /* a repeat is so much less sure than the thing */

static bool is_sought(const struct form *form)
{
	if (form->best < SURE_LEAST || form->is_both || form->thing == NAMES_NONE)
		return false;
	return names_is_full(form) || (form->key.len > 2 && !word_list_has(WORD_COMMON, form->key));
}

/* Names that begin with one word are compared one by one, so there must not be too many of them. */
#define SOUGHT_MOST 256

static void add_names(struct repeats *repeats, const struct names *names)
{
	given_reset(&repeats->given);
	for (size_t i = 0; i < names->form_count && repeats->given.count < SOUGHT_MOST; i++) {
		const struct form *form = &names->forms[i];
		if (!is_sought(form) || !names->things[form->thing].entity)
			continue;
		given_add_key(&repeats->given, form->key, names->things[form->thing].entity - 1,
			      (uint8_t)(form->best - REPEAT_LESS));
	}
	given_finish(&repeats->given);
}

/* ---- where it stands ---- */

static bool is_capital_beside(const struct view *view, size_t before, size_t after, size_t token)
{
	return before != NO_TOKEN && after != NO_TOKEN && view_is_tight(view, before, after) &&
	       view->tokens[token].flags & TOKEN_CAPITAL;
}

/* A word between others with capitals is part of a longer name. */
static bool is_alone(const struct view *view, const struct found *found)
{
	const size_t before = view_before(view, found->first), after = view_next(view, found->last);
	return !is_capital_beside(view, before, found->first, before) &&
	       !is_capital_beside(view, found->last, after, after);
}

static bool is_repeat(struct repeats *repeats, const struct article *article,
		      struct style_cache *style, const struct found *found)
{
	const struct view *view = &repeats->look.view;
	return !(view->tokens[found->first].flags & TOKEN_SENTENCE) && is_alone(view, found) &&
	       care_style(view, article, style, found->first) == STYLE_PLAIN;
}

/* Mentions and repeats are both in order; what is added comes behind those that were there. */
static void add_new(struct repeats *repeats, const struct article *article,
		    struct result_builder *result)
{
	struct style_cache style = { 0 };
	const struct look *look = &repeats->look;
	const size_t known = result->mention_count;
	uint32_t taken = 0; /* up to here by mentions that start before */
	for (size_t i = 0, j = 0; i < look->count; i++) {
		const struct found *found = &look->items[i];
		const uint32_t start = look->view.tokens[found->first].start;
		const uint32_t end = look->view.tokens[found->last].end;
		for (; j < known && result->mentions[j].start < end; j++) {
			if (result->mentions[j].end > taken)
				taken = result->mentions[j].end;
		}
		if (taken > start || !is_repeat(repeats, article, &style, found))
			continue;
		const struct given_name *name = &repeats->given.names[found->given];
		result_mention(result, (struct mention){
					       .start = start,
					       .end = end,
					       .entity = name->entity,
					       .rule = RULE_REPEAT,
					       .confidence = name->confidence,
				       });
	}
}

void repeats_find(struct repeats *repeats, const struct article *article, const struct view *view,
		  const struct names *names, struct result_builder *result)
{
	struct look *look = &repeats->look;
	add_names(repeats, names);
	if (!repeats->given.count)
		return;
	look->given = &repeats->given;
	look->article = article;
	look->view = *view;
	look->has_given = true;
	look->has_places = false;
	look_everywhere(look);
	struct entity_result sorted;
	result_view(result, &sorted);
	add_new(repeats, article, result);
}
