#include "roles_inside.h"

#include <stdlib.h>

const struct speech_verb speech_verbs[] = {
#define SPEECH(word, weight) { word, VERB_##weight },
#include "data/speech.inc"
#undef SPEECH
};

const size_t speech_verb_count = sizeof(speech_verbs) / sizeof(*speech_verbs);

static int compare(const void *key, const void *row)
{
	return strcmp(key, ((const struct speech_verb *)row)->word);
}

const struct speech_verb *speech_verb_find(struct str word)
{
	char key[sizeof(speech_verbs->word)] = { 0 };
	if (word.len >= sizeof(key))
		return NULL;
	for (size_t i = 0; i < word.len; i++)
		key[i] = to_lower(word.data[i]);
	return bsearch(key, speech_verbs, speech_verb_count, sizeof(*speech_verbs), compare);
}
