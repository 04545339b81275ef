/* name_model.h: the inside of the handle that entity.h hands out. */
#ifndef DATELINE_NAME_MODEL_H
#define DATELINE_NAME_MODEL_H

#include "dateline/entity.h"
#include "tagger/model.h"

struct name_model {
	struct model model;
	uint64_t hash; /* of the header, whose check covers what tells models apart */
};

#endif
