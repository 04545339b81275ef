/* name_model.h: the inside of the handle that entity.h hands out. */
#ifndef DATELINE_NAME_MODEL_H
#define DATELINE_NAME_MODEL_H

#include "dateline/entity.h"
#include "tagger/model.h"

struct name_model {
	struct model model;
	char *path;
	uint64_t hash; /* of the header, which has the hash of the tables */
};

#endif
