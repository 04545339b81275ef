#include "commands.h"

int fail(const struct printer *printer, const struct error *err)
{
	struct buffer out = { 0 };
	struct error ignored;
	if (printer && printer->error) {
		printer->error(err, &out);
		render_out(buffer_str(&out), false, &ignored);
	}
	buffer_release(&out);
	return say_error(err);
}

int fail_as(bool json, const struct error *err)
{
	return fail(json ? printer_find(STR("json")) : NULL, err);
}

bool arguments_want_json(int argc, char **argv)
{
	for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
		if (strcmp(argv[i], "--json") == 0 || strcmp(argv[i], "--format=json") == 0)
			return true;
		if (strcmp(argv[i], "--format") == 0 && i + 1 < argc)
			return strcmp(argv[i + 1], "json") == 0;
	}
	return false;
}
