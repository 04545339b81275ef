#include "commands.h"

#include <stdio.h>

static void render_setup(const struct search_options *options, struct render_options *render)
{
	*render = (struct render_options){
		.color = options->color == COLOR_ALWAYS ||
			 (options->color == COLOR_AUTO && screen_has_color()),
		.columns = screen_columns(),
		.quiet_facets = options->no_facets,
		.counts_only = !options->request.max,
		.offset = options->request.first,
	};
}

static int print_answer(const struct search_options *options, const struct answer *answer)
{
	struct render_options render;
	struct buffer out = { 0 };
	struct error err;
	render_setup(options, &render);
	options->printer->answer(answer, &render, &out);
	const bool page = screen_is_there() && !options->no_pager;
	const enum status status = render_out(buffer_str(&out), page, &err);
	buffer_release(&out);
	if (status != STATUS_OK)
		return say_error(&err);
	for (size_t i = 0; i < answer->hints.count && !options->printer->hints; i++)
		say("%.*s", STR_ARG(answer->hints.items[i]));
	return answer->total ? EXIT_DONE : EXIT_NONE;
}

static int run(const struct search_options *options, struct arena *arena)
{
	if (options->complete)
		return complete_run(options, arena);
	if (options->batch)
		return batch_run(options);
	struct answer answer;
	struct error err;
	const enum status status =
		search_run(&options->common.indexes, &options->request, arena, &answer, &err);
	if (status == STATUS_NO_INDEX)
		advise_words(options->common.glued, &err);
	if (status != STATUS_OK)
		return fail(options->printer, &err);
	return print_answer(options, &answer);
}

/* In one line, for whoever looks for the name of a field: argp would break it. */
static void print_fields(void)
{
	fputs("\nFields:", stdout);
	for (const struct field *field = field_table; field->name; field++)
		printf(" %s", field->name);
	putchar('\n');
}

int command_search(int argc, char **argv)
{
	struct arena arena = { 0 };
	struct search_options options;
	struct error err;
	int code = EXIT_DONE;
	if (search_options_parse(argc, argv, &arena, &options, &err) != STATUS_OK)
		code = fail_as(arguments_want_json(argc, argv), &err);
	else if (!common_wish(&search_argp, &options.common, "search"))
		code = run(&options, &arena);
	else if (options.common.wish == WISH_HELP)
		print_fields();
	arena_release(&arena);
	return code;
}
