#include "name_model.h"

#include "tagger/evaluate.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* ---- where the model is ---- */

#define INSTALLED "../share/dateline/names.model"

/* In the source that the program was built from; the Makefile knows where that is. */
#ifndef SOURCE_MODEL
#define SOURCE_MODEL "lib/entity/data/names.model"
#endif

/* The path of a file that stands so to the folder of this program; false when it is too long or there is no /proc. */
static bool beside_program(const char *relative, char path[PATH_MAX])
{
	const ssize_t len = readlink("/proc/self/exe", path, PATH_MAX);
	if (len <= 0 || len == PATH_MAX)
		return false;
	size_t folder = (size_t)len;
	while (folder && path[folder - 1] != '/')
		folder--;
	if (folder + strlen(relative) >= PATH_MAX)
		return false;
	memcpy(path + folder, relative, strlen(relative) + 1);
	return true;
}

/* `room` is for a path that has to be made. */
static const char *model_path(char room[PATH_MAX])
{
	const char *named = getenv("DATELINE_MODEL");
	if (named && *named)
		return named;
	if (beside_program(INSTALLED, room) && access(room, R_OK) == 0)
		return room;
	return SOURCE_MODEL;
}

/* ---- the handle ---- */

enum status name_model_open(const char *path, struct name_model **model, struct error *err)
{
	char room[PATH_MAX];
	struct name_model *made = memory_zero(1, sizeof(*made));
	const char *found = path ? path : model_path(room);
	const enum status status = model_open(&made->model, found, err);
	if (status != STATUS_OK) {
		free(made);
		return status;
	}
	made->path = memory_alloc(strlen(found) + 1);
	memcpy(made->path, found, strlen(found) + 1);
	made->hash = made->model.header->check;
	*model = made;
	return STATUS_OK;
}

void name_model_close(struct name_model *model)
{
	if (!model)
		return;
	model_close(&model->model);
	free(model->path);
	free(model);
}

enum status name_model_check(const struct name_model *model, struct error *err)
{
	return model_verify(&model->model, model->path, err);
}

void entity_maker(enum entity_mode mode, const struct name_model *model, char out[ENTITY_MAKER_SIZE])
{
	if (mode == ENTITIES_AUTO)
		snprintf(out, ENTITY_MAKER_SIZE, "%d-%016llx", ENTITY_VERSION,
			 model ? (unsigned long long)model->hash : 0);
	else
		snprintf(out, ENTITY_MAKER_SIZE, "%s", mode == ENTITIES_GIVEN ? "given" : "off");
}

/* Without names nothing is right or wrong, and a figure would say what was not measured. */
static enum status check_labelled(const struct labelled *labelled, const char *path,
				  struct error *err)
{
	if (!labelled->tokens.count)
		return error_set(err, STATUS_BAD_INPUT,
				 "%s has no tokens: there is nothing to measure", path);
	if (!labelled->label_count)
		return error_set(err, STATUS_BAD_INPUT,
				 "no name is tagged in %s: there is nothing to measure", path);
	return STATUS_OK;
}

enum status entity_evaluate(const struct name_model *model, const char *path, struct buffer *out,
			    struct error *err)
{
	struct labelled labelled = { 0 };
	struct evaluation evaluation;
	/* All of it is read in any case, and the figures of a damaged model would be nobody's. */
	enum status status = name_model_check(model, err);
	if (status == STATUS_OK)
		status = labelled_read(&labelled, path, err);
	if (status == STATUS_OK)
		status = check_labelled(&labelled, path, err);
	if (status == STATUS_OK) {
		struct tagger *tagger = tagger_new(&model->model);
		evaluate(tagger, &labelled, &evaluation);
		evaluation_print(&evaluation, out);
		tagger_free(tagger);
	}
	labelled_release(&labelled);
	return status;
}
