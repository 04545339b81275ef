#!/bin/sh
# The same articles give the same answers, in whatever order and in however many runs they came, and whatever was in the
# index before: names and how they are shown, their other names, counts, facets, and the articles themselves.
#
#   tests/order.sh BIN [FILE]
#
# FILE has articles as JSON Lines; those with an id are taken. Without it, those of the corpus are taken, and some made for this: their
# names are spelled in many ways.
set -eu

cd "$(dirname "$0")/.."
PATH=$(cd "$1" && pwd -P):$PATH
export PATH LC_ALL=C.UTF-8
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
articles=$scratch/articles.jsonl

# Ten people, six spellings of each, in 120 articles; most stand beside a short form of theirs.
make_articles() {
	awk 'BEGIN {
		split("Åsa Ek;Björn Lo;Cécile Roux;Dörte Voß;Émile Sand;Fátima Gil;Göran Ulf;Hélène Viau;Íris Paz;Jürgen Au", names, ";")
		plain["Å"] = "A"; plain["ö"] = "o"; plain["é"] = "e"; plain["É"] = "E"; plain["á"] = "a"; plain["è"] = "e"
		plain["Í"] = "I"; plain["ü"] = "u"; plain["ß"] = "ss"
		for (i = 0; i < 120; i++) {
			name = names[i % 10 + 1]
			way = int(i * i / 11) % 6
			if (way == 1 || way == 3)
				for (letter in plain) gsub(letter, plain[letter], name)
			if (way == 2 || way == 3) name = toupper(name)
			if (way == 4) name = tolower(name)
			if (way == 5) sub(/ /, ". ", name)
			last = name
			sub(/.* /, "", last)
			org = i % 3 ? "Harbour Union" : i % 2 ? "HARBOUR UNION" : "Harbour-Union"
			printf "{\"id\":\"made-%d\",\"title\":\"Number %d\",\"date\":\"2024-02-%02d\",\"source\":\"%s\",", i, i, i % 28 + 1, i % 7 ? "Quay" : "QUAY"
			printf "\"section\":\"%s\",\"people\":[\"%s\",\"Jan Smit\"],\"orgs\":[\"%s\"],", i % 5 ? "harbour" : "Harbour", name, org
			printf "\"body\":\"%s of the %s spoke to Jan Smit in Oslo. \\\"Rain,\\\" said %s.\"}\n", name, org, last
		}
	}'
}

if [ $# -ge 2 ]; then
	jq -c 'select(.id)' "$2" >"$articles"
else
	jq -c 'select(.id)' corpus/articles/json/*.jsonl >"$articles"
	make_articles >>"$articles"
fi

# Another order, the same each time.
shuffle() {
	awk -v seed="$1" '
		BEGIN { srand(seed) }
		{ printf "%.9f\t%s\n", rand(), $0 }' "$2" | sort | cut -f 2-
}

# Everything that an index answers, save the numbers of documents and the files.
ask() {
	dateline check -d "$scratch/$1.db" >"$scratch/check" || {
		cat "$scratch/check"
		return 1
	}
	dateline stats -d "$scratch/$1.db" --entities >"$scratch/$1.answers"
	for field in person org place other source section topic; do
		dateline search -d "$scratch/$1.db" --all -n 0 --facet $field:1000 --json |
			grep '"type":"facet"' || [ $? -eq 1 ]
	done >>"$scratch/$1.answers"
	jq -r .id "$articles" | sort | awk 'NR % every == 0' every="$every" | while read -r id; do
		dateline show -d "$scratch/$1.db" -- "$id" </dev/null | grep -v '^file '
	done >>"$scratch/$1.answers"
}

compare() {
	ask "$1"
	cmp "$scratch/whole.answers" "$scratch/$1.answers" || {
		diff "$scratch/whole.answers" "$scratch/$1.answers" | head -n 20
		echo "$1: the same articles give other answers" >&2
		exit 1
	}
	rm -r "$scratch/$1.db"
}

index() {
	index=$1
	shift
	dateline index -q -d "$scratch/$index.db" "$@"
}

count=$(wc -l <"$articles")
every=$((count / 200 + 1))
index whole "$articles"
ask whole
[ "$(wc -l <"$scratch/whole.answers")" -gt 100 ]

for seed in 1 2; do
	shuffle "$seed" "$articles" >"$scratch/shuffled.jsonl"
	index shuffled "$scratch/shuffled.jsonl"
	compare shuffled
done

split -n r/3 "$scratch/shuffled.jsonl" "$scratch/part."
for part in "$scratch"/part.*; do
	index batches "$part"
done
compare batches

# Each was another article before (the text of the next), and others were there that are not any more.
jq -c . "$articles" | awk '{ line[NR] = $0 } END { for (i = 1; i <= NR; i++) print line[i % NR + 1] }' >"$scratch/next"
jq -c .id "$articles" | paste - "$scratch/next" |
	awk -F '\t' -v OFS= '{ id = $1; sub(/^[^\t]*\t/, ""); print "[", id, ",", $0, "]" }' |
	jq -c '.[1] + {id: .[0]}' >"$scratch/before.jsonl"
jq -c '.id = "gone-" + (.id | tostring)
	| if .body then .body |= ascii_upcase else . end
	| if .people then .people |= map(ascii_upcase) else . end' "$articles" >"$scratch/gone.jsonl"
index history "$scratch/gone.jsonl" "$scratch/before.jsonl"
rm "$scratch/gone.jsonl"
index history --prune "$articles"
compare history

# What found the entities was another thing before.
index modes --entities=off "$scratch/shuffled.jsonl"
index modes --entities=given --refresh-entities
index modes "$articles"
compare modes
