#!/bin/sh
# Counts against the publisher's own lists: for every person, organisation and place that the articles of a JSON Lines
# file give, the number beside the value is the number of articles that list it.
#
#   tests/given.sh BIN INDEX FILE
#
# INDEX was made from FILE alone. What names count for what is read from `stats --entities`; the articles are counted
# with jq and awk, not with Dateline.
set -eu

PATH=$(cd "$1" && pwd -P):$PATH
export PATH LC_ALL=C.UTF-8
index=$2
file=$3
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

dateline stats -d "$index" --entities >"$scratch/names"

# The key under which spellings are one, as far as plain ASCII goes. An article that lists two spellings of one thing
# counts once, so given pairs carry the number of their article.
jq -r '(.people // []) as $p | (.orgs // []) as $o | (.places // []) as $l | input_line_number as $n |
	(($p | map(["person", .])) + ($o | map(["org", .])) + ($l | map(["place", .]))) | .[] |
	[($n | tostring)] + . | @tsv' "$file" >"$scratch/pairs"
awk -F '\t' '
	function key(name) {
		name = tolower(name)
		gsub(/[-_. ]+/, " ", name)
		gsub(/\047/, "", name)
		sub(/^ /, "", name)
		sub(/ $/, "", name)
		return name
	}
	FNR == 1 { file++ }
	file == 1 {
		# The name, then from the fifth column on what it is called, each with a count behind it.
		name[$1, key($2)] = $2
		for (i = 5; i <= NF; i += 2)
			name[$1, key($i)] = $2
		count[$1, $2] = $3
		next
	}
	{
		canonical = name[$2, key($3)]
		if (canonical == "") {
			printf "FAIL given: %s \"%s\" is not in the index under any name\n", $2, $3
			failed++
		} else if (!seen[$1, $2, canonical]++) {
			articles[$2, canonical]++
			values[$2 SUBSEP canonical] = 1
		}
	}
	END {
		for (value in values) {
			split(value, part, SUBSEP)
			total++
			if (articles[value] != count[value]) {
				printf "FAIL given: %s \"%s\": %d articles list it, %d are counted\n", part[1], part[2],
					articles[value], count[value]
				failed++
			}
		}
		printf "given: %d values, %d failed\n", total, failed
		exit failed > 0 || total == 0
	}' "$scratch/names" "$scratch/pairs"

# And the counts of stats are those of facets.
dateline search -d "$index" --all -n 0 --json --facet person:100000 --facet org:100000 --facet place:100000 |
	jq -r 'select(.type == "facet") | [.field, .value, .count] | @tsv' | LC_ALL=C sort >"$scratch/facets"
awk -F '\t' -v OFS='\t' '$3 > 0 && ($1 == "person" || $1 == "org" || $1 == "place") { print $1, $2, $3 }' \
	"$scratch/names" | LC_ALL=C sort | cmp - "$scratch/facets"
