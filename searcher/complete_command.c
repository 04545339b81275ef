#include "commands.h"

#include "dateline/json.h"
#include "dateline/terminal.h"

static const char *kind_of(const struct completion *completion)
{
	return completion->field ? completion->field->name : "word";
}

/* A tab would be a column of its own: what is in a text becomes a blank. */
static void add_lines(const struct completion *completions, size_t count, struct buffer *out)
{
	for (size_t i = 0; i < count; i++) {
		terminal_add_harmless(out, completions[i].text);
		buffer_add_format(out, "\t%u\t%s\n", completions[i].count, kind_of(&completions[i]));
	}
}

static void add_array(const struct completion *completions, size_t count, struct buffer *out)
{
	buffer_add_char(out, '[');
	for (size_t i = 0; i < count; i++) {
		buffer_add_text(out, i ? ",{\"text\":" : "{\"text\":");
		json_add_string(out, completions[i].text);
		buffer_add_text(out, ",\"value\":");
		json_add_string(out, completions[i].value);
		buffer_add_format(out, ",\"count\":%u,\"field\":\"%s\"}", completions[i].count,
				  kind_of(&completions[i]));
	}
	buffer_add_text(out, "]\n");
}

int complete_run(const struct search_options *options, struct arena *arena)
{
	const struct request *request = &options->request;
	struct searcher *searcher = NULL;
	struct completion *completions;
	struct buffer out = { 0 };
	struct error err;
	size_t count = 0;
	enum status status = searcher_open(&options->common.indexes, request, &searcher, &err);
	if (status == STATUS_OK)
		status = searcher_complete(searcher, str_from(options->complete), request->max,
					   arena, &completions, &count, &err);
	searcher_close(searcher);
	if (status == STATUS_OK) {
		const bool is_json = strcmp(options->printer->name, "json") == 0;
		(is_json ? add_array : add_lines)(completions, count, &out);
		status = render_out(buffer_str(&out), false, &err);
	}
	buffer_release(&out);
	if (status != STATUS_OK)
		return fail(options->printer, &err);
	return count ? EXIT_DONE : EXIT_NONE;
}
