#include "word_list.h"

#include <stdlib.h>

#define WORD_SIZE 32

struct row {
	enum word_list list;
	char word[WORD_SIZE];
};

/* Sorted by list, then by word; in lower case, without full stops. */
static const struct row rows[] = {
#define WORD(list, word) { WORD_##list, word },
#include "data/words.inc"
#undef WORD
};

static int compare(const void *key, const void *row)
{
	const struct row *wanted = key, *one = row;
	if (wanted->list != one->list)
		return wanted->list < one->list ? -1 : 1;
	return strcmp(wanted->word, one->word);
}

bool word_list_has(enum word_list list, struct str word)
{
	struct row wanted = { .list = list };
	size_t len = 0;
	for (size_t i = 0; i < word.len; i++) {
		const char c = word.data[i];
		if (c == '.')
			continue;
		if (!c || len + 1 >= WORD_SIZE)
			return false;
		wanted.word[len++] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
	}
	return len && bsearch(&wanted, rows, sizeof(rows) / sizeof(*rows), sizeof(*rows), compare);
}
