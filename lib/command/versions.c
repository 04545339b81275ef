#include "dateline/versions.h"

#include "dateline/schema.h"
#include "dateline/text.h"

#include <stdio.h>

void versions_of_program(struct version versions[VERSION_COUNT])
{
	versions[VERSION_SCHEMA] = (struct version){ META_SCHEMA, "schema", "" };
	versions[VERSION_ANALYSER] = (struct version){ META_ANALYSER, "analyser", "" };
	versions[VERSION_STEMMER] = (struct version){ META_STEMMER, "stemmer", "" };
	const int numbers[] = { SCHEMA_VERSION, TEXT_ANALYSER_VERSION };
	for (int i = VERSION_SCHEMA; i < VERSION_STEMMER; i++)
		snprintf(versions[i].text, sizeof(versions[i].text), "%d", numbers[i]);
	snprintf(versions[VERSION_STEMMER].text, sizeof(versions[VERSION_STEMMER].text), "%s",
		 text_stemmer_version());
}

enum status versions_check(struct store *store, const char *path, struct error *err)
{
	struct version versions[VERSION_COUNT];
	struct buffer value = { 0 };
	enum status status = STATUS_OK;
	versions_of_program(versions);
	for (int i = 0; i < VERSION_COUNT && status == STATUS_OK; i++) {
		buffer_reset(&value);
		status = store_metadata(store, str_from(versions[i].key), &value, err);
		if (status != STATUS_OK || str_equal(buffer_str(&value), str_from(versions[i].text)))
			continue;
		status = error_set(err, STATUS_OTHER_VERSION,
				   "%s was made with version %.*s of the %s and this program has %s: "
				   "make it anew with `dateline index --rebuild`",
				   path, STR_ARG(value.len ? buffer_str(&value) : STR("unknown")),
				   versions[i].what, versions[i].text);
	}
	buffer_release(&value);
	return status;
}
