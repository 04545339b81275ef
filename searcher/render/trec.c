#include "printers.h"

/*
 * The format of runs of the Text REtrieval Conference, as trec_eval reads it: six fields parted by white space. It sorts by
 * score, so that is written with more places than people need.
 */
#define SCORE_PLACES 6

/* An id with a blank would be two fields. What is escaped is written as --format=ids does, and a blank in the same manner. */
static void add_field(struct buffer *out, struct str text)
{
	struct buffer line = { 0 };
	id_escape(text, &line);
	for (size_t i = 0; i < line.len; i++) {
		if (line.data[i] == ' ')
			buffer_add_text(out, "\\x20");
		else
			buffer_add_char(out, line.data[i]);
	}
	buffer_release(&line);
}

void trec_answer(const struct answer *answer, const struct render_options *options,
		 struct buffer *out)
{
	for (size_t i = 0; i < answer->hit_count; i++) {
		const struct answer_hit *hit = &answer->hits[i];
		add_field(out, options->query_id);
		buffer_add_text(out, " Q0 ");
		add_field(out, hit->id);
		buffer_add_format(out, " %u ", hit->rank);
		add_decimal(out, hit->score, SCORE_PLACES);
		buffer_add_text(out, " dateline\n");
	}
}
