#include "window.h"

#include "dateline/utf8.h"

#include <stdlib.h>

size_t window_measure(struct str text, size_t start, size_t end, size_t enough)
{
	const size_t bytes = end - start;
	if (bytes / BYTES_PER_COLUMN > enough)
		return enough + 1;
	size_t columns = utf8_columns((struct str){ text.data + start, bytes });
	for (const char *at = text.data + start;
	     (at = memchr(at, '\n', (size_t)(text.data + end - at))); at++)
		columns++;
	const size_t least = bytes / BYTES_PER_COLUMN;
	return columns > least ? columns : least;
}

/* Moves the window's end on while matches fit behind its first one. */
struct slider {
	const struct match_list *list;
	struct str text;
	size_t columns;
	const bool *idle; /* by leaf: it adds nothing */
	uint32_t *uses;   /* by leaf: matches in the window */
	size_t next;      /* the first match that is not in it */
	size_t width;     /* columns from the first match to the end of the last */
	struct window now;
};

static void slider_add(struct slider *slider)
{
	const struct match *match = &slider->list->items[slider->next++];
	slider->now.leaves += slider->uses[match->leaf]++ == 0 && !slider->idle[match->leaf];
	slider->now.count++;
	if (match->end > slider->now.end)
		slider->now.end = match->end;
}

static void slider_fill(struct slider *slider)
{
	while (slider->next < slider->list->count) {
		const struct match *match = &slider->list->items[slider->next];
		const size_t more = match->end > slider->now.end
					    ? window_measure(slider->text, slider->now.end,
							     match->end, slider->columns)
					    : 0;
		/* The first match is in, even when it alone is too wide. */
		if (slider->now.count && slider->width + more > slider->columns)
			return;
		slider->width += more;
		slider_add(slider);
	}
}

/* Takes out the first match; the next one begins the window. */
static void slider_step(struct slider *slider)
{
	const struct match *first = &slider->list->items[slider->now.first++];
	slider->now.leaves -= --slider->uses[first->leaf] == 0 && !slider->idle[first->leaf];
	slider->now.count--;
	if (slider->now.first >= slider->list->count)
		return;
	const struct match *second = first + 1;
	if (!slider->now.count) {
		slider->now.end = second->start;
		slider->width = 0;
		return;
	}
	const size_t gone =
		window_measure(slider->text, first->start, second->start, slider->columns);
	slider->width -= gone < slider->width ? gone : slider->width;
}

static bool is_better(const struct window *a, const struct window *b)
{
	return a->leaves != b->leaves ? a->leaves > b->leaves : a->count > b->count;
}

struct window window_best(const struct match_list *list, size_t leaf_count, struct str text,
			  size_t columns, const bool *idle)
{
	struct slider slider = {
		.list = list,
		.text = text,
		.columns = columns,
		.idle = idle,
		.uses = memory_zero(leaf_count, sizeof(*slider.uses)),
		.now = { .end = list->items[0].start },
	};
	struct window best = { 0 };
	while (slider.now.first < list->count) {
		slider_fill(&slider);
		if (is_better(&slider.now, &best))
			best = slider.now;
		slider_step(&slider);
	}
	free(slider.uses);
	return best;
}
