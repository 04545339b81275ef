#include "look.h"

#include "dateline/entity.h"
#include "dateline/schema.h"

#include <stdio.h>

/* Words and names of a query must come out as those of the articles did. */
static enum status check_version(struct store *store, const char *path, const char *key,
				 const char *what, const char *known, struct error *err)
{
	struct buffer value = { 0 };
	enum status status = store_metadata(store, str_from(key), &value, err);
	if (status == STATUS_OK && !str_equal(buffer_str(&value), str_from(known)))
		status = error_set(err, STATUS_OTHER_VERSION,
				   "%s was made with version %.*s of the %s and this program has %s: "
				   "make it anew with `dateline index --rebuild`",
				   path, STR_ARG(value.len ? buffer_str(&value) : STR("unknown")),
				   what, known);
	buffer_release(&value);
	return status;
}

enum status look_open(const char *path, struct store **store, struct error *err)
{
	char analyser[16], entities[16];
	snprintf(analyser, sizeof(analyser), "%d", TEXT_ANALYSER_VERSION);
	snprintf(entities, sizeof(entities), "%d", ENTITY_VERSION);
	enum status status = store_open(path, store, err);
	if (status == STATUS_OK)
		status = check_version(*store, path, META_ANALYSER, "analyser", analyser, err);
	if (status == STATUS_OK)
		status = check_version(*store, path, META_ENTITIES, "names of entities", entities,
				       err);
	if (status == STATUS_OK)
		status = check_version(*store, path, META_STEMMER, "stemmer",
				       text_stemmer_version(), err);
	if (status != STATUS_OK) {
		store_close(*store);
		*store = NULL;
	}
	return status;
}
