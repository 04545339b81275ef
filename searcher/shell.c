#include "shell.h"

static bool is_plain(struct str word, bool blanks)
{
	static const char allowed[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_=.,/:@%+-";
	for (size_t i = 0; i < word.len; i++)
		if (!memchr(allowed, word.data[i], sizeof(allowed) - 1) &&
		    !(blanks && word.data[i] == ' '))
			return false;
	return word.len > 0;
}

static void add(struct buffer *out, struct str text, bool blanks)
{
	if (is_plain(text, blanks)) {
		buffer_add_str(out, text);
		return;
	}
	buffer_add_char(out, '\'');
	for (size_t i = 0; i < text.len; i++) {
		if (text.data[i] == '\'')
			buffer_add_text(out, "'\\'");
		buffer_add_char(out, text.data[i]);
	}
	buffer_add_char(out, '\'');
}

void shell_add_word(struct buffer *out, struct str word)
{
	add(out, word, false);
}

void shell_add_words(struct buffer *out, struct str words)
{
	add(out, words, true);
}
