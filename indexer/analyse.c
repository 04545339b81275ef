#include "analyse.h"

#include "dateline/schema.h"

const struct language *analyse_article(struct analyser *analyser, const struct article *article,
				       struct token_list *tokens)
{
	const struct language *language = language_of_text(article->language);
	uint32_t position = 1;
	analyser_set_language(analyser, language);
	tokens->count = 0;
	for (size_t i = 0; i < article->paragraph_count; i++) {
		const struct paragraph *paragraph = &article->paragraphs[i];
		const struct str text = { article->text.data + paragraph->start,
					  paragraph->end - paragraph->start };
		position = analyser_run(analyser, text, paragraph->start, position, tokens) +
			   SCHEMA_PARAGRAPH_GAP;
	}
	return language;
}
