#include "roles_inside.h"

const struct speech_verb speech_verbs[] = {
#define SPEECH(word, weight) { word, VERB_##weight },
#include "data/speech.inc"
#undef SPEECH
};

const size_t speech_verb_count = sizeof(speech_verbs) / sizeof(*speech_verbs);

static char lower(char c)
{
	return is_capital_letter(c) ? (char)(c + 'a' - 'A') : c;
}

const struct speech_verb *speech_verb_find(struct str word)
{
	char key[sizeof(speech_verbs->word)] = { 0 };
	if (word.len >= sizeof(key))
		return NULL;
	for (size_t i = 0; i < word.len; i++)
		key[i] = lower(word.data[i]);
	size_t low = 0, high = speech_verb_count;
	while (low < high) {
		const size_t middle = low + (high - low) / 2;
		const int order = strcmp(key, speech_verbs[middle].word);
		if (!order)
			return &speech_verbs[middle];
		if (order > 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}
