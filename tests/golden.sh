#!/bin/sh
# The corpus against its golden answers (corpus/README.md has their formats): entities of each article, rankings,
# counts.
#
#   tests/golden.sh BIN
set -eu

cd "$(dirname "$0")/.."
PATH=$(cd "$1" && pwd -P):$PATH
export PATH LC_ALL=C.UTF-8
articles=$(cd corpus/articles && pwd -P)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
DATELINE_DB=$scratch/corpus.db
export DATELINE_DB
tab=$(printf '\t')
. tests/counting.sh

dateline index -q "$articles"

# An article's id as the index has it: those of paths are absolute there.
id_of() {
	if [ -e "$articles/${1%#*}" ]; then
		printf '%s/%s' "$articles" "$1"
	else
		printf '%s' "$1"
	fi
}

# ---- entities ----

# "kind TAB name" of all values of an article, sorted. Compared with all rows but those marked as missed: what is marked
# wrong is known to be found, and a version that does better shows up here as well, to be noted.
entities_of() {
	dateline search "id:\"$(id_of "$1")\"" -n 0 --facet person:1000 --facet org:1000 --facet place:1000 --json |
		sed -n 's/^{"type":"facet","field":"\([a-z]*\)","value":"\(.*\)","count":1,.*/\1\t\2/p' | LC_ALL=C sort
}

cut -f 1 corpus/golden/entities.tsv | LC_ALL=C sort -u | while IFS= read -r id; do
	awk -F '\t' -v id="$id" '$1 == id && $3 != "-" && $4 != "missed" { print $2 "\t" $3 }' corpus/golden/entities.tsv |
		LC_ALL=C sort >"$scratch/want"
	entities_of "$id" >"$scratch/got" || true
	if ! diff "$scratch/want" "$scratch/got" >"$scratch/diff"; then
		printf 'FAIL golden: entities of %s (< golden, > found)\n' "$id"
		grep '^[<>]' "$scratch/diff"
	fi
done >"$scratch/entities"
cat "$scratch/entities"
bad=$(grep -c '^FAIL' "$scratch/entities") || true
all=$(cut -f 1 corpus/golden/entities.tsv | sort -u | wc -l)
passed=$((passed + all - bad))
failed=$((failed + bad))
if [ "$(dateline search --all --format ids -n 1000 | wc -l)" = "$all" ]; then pass; else fail "golden: entities.tsv lacks articles"; fi

# ---- rankings ----

check_ranking() {
	dateline search -n 5 --no-facets --format ids "$1" >"$scratch/top" </dev/null || true
	if [ "$2" != - ] && [ "$(head -n 1 "$scratch/top")" != "$(id_of "$2")" ]; then
		fail "golden: ranking of \"$1\": first is $(head -n 1 "$scratch/top"), not $2"
		return
	fi
	[ "$3" = - ] || for id in $3; do
		if ! grep -qxF -- "$(id_of "$id")" "$scratch/top"; then
			fail "golden: ranking of \"$1\": $id is not among the first five"
			return
		fi
	done
	pass
}

while IFS=$tab read -r query first others; do
	check_ranking "$query" "$first" "${others:--}"
done <corpus/golden/rankings.tsv

# ---- counts ----

# Values are compared as the index compares names: by their counts under a filter the same is proven elsewhere.
count_of() {
	eval "dateline search -n 0 --json --facet $2:1000 $1" |
		jq -r --arg value "$3" 'select(.type == "facet") |
			select((.value | ascii_downcase) == ($value | ascii_downcase)) | .count'
}

total_of() {
	eval "dateline search -n 0 --no-facets --json $1" | jq -r 'select(.type == "summary") | .total'
}

while IFS=$tab read -r arguments field value count; do
	if [ "$field" = - ]; then
		got=$(total_of "$arguments" </dev/null || true)
	else
		got=$(count_of "$arguments" "$field" "$value" </dev/null || true)
	fi
	if [ "${got:-0}" = "$count" ]; then
		pass
	else
		fail "golden: counts: $arguments: $field $value is ${got:-0}, not $count"
	fi
done <corpus/golden/facets.tsv

finish golden
