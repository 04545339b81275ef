#!/bin/sh
# Several indexes answer as one that holds all of their articles: the same totals, the same hits with the same scores, the same
# counts of values and dates. (Not of names that an index finds to be one thing over all of its articles: with half of
# them it may know less.)
#
#   tests/several.sh BIN
set -eu

cd "$(dirname "$0")/.."
PATH=$(cd "$1" && pwd -P):$PATH
export PATH LC_ALL=C.UTF-8
unset DATELINE_DB
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT TERM

dateline index -q -d "$scratch/whole.db" corpus/articles
dateline index -q -d "$scratch/one.db" corpus/articles/json corpus/articles/markdown
dateline index -q -d "$scratch/two.db" corpus/articles/text

# Which index a hit is from, and how hits of one score follow each other, is the only difference.
answer() {
	dateline search "$@" -n 100 --no-pager --json --facet source:50 --facet topic:50 --facet place:50 --facet published:month \
		2>/dev/null | jq -cS 'if .type == "hit" then {id, score: (.score * 1000 | round), published}
			elif .type == "summary" then {total, facets, missing, matched: .match, words_needed}
			else del(.variants) end' | sort
}

count=0
found=0
try() {
	answer -d "$scratch/whole.db" "$@" >"$scratch/whole"
	answer -d "$scratch/one.db" -d "$scratch/two.db" "$@" >"$scratch/several"
	if ! diff "$scratch/whole" "$scratch/several" >"$scratch/diff"; then
		printf 'two indexes answer otherwise than one: %s\n' "$*"
		cat "$scratch/diff"
		exit 1
	fi
	count=$((count + 1))
	if grep -q '"id"' "$scratch/whole"; then found=$((found + 1)); fi
}

try china
try cyber espionage
try '"cyber espionage"'
try chinese hackers dutch
try --match any china russia spying network
try --match any --expand always election parliament
try cyber espionage qwertzuiop
try cyber espionage qwertzuiop --filter place=Russia
try 'china OR russia' -- -hackers
try 'title:china'
try 'network*'
try 'espionige~2'
try 'china NEAR/5 hackers'
try '(china espionage)@s'
try 'china^3 election'
try 'published:2024 china'
try --all
try --all --filter source=Reuters --filter 'place!=China'
try --all --sort=date --filter published=2020..2024
try china --sort=-date
try china --recency 1y
try china --facet-sort significance
try --all --filter 'place=China' --filter 'place=Russia' --facet-trend
try --similar wire-0001
try qwertzuiop
[ "$found" -gt 20 ]

# Hits say where they are from, and an article that is in both is two.
cp -r "$scratch/one.db" "$scratch/copy.db"
dateline search -d "$scratch/one.db" -d "$scratch/copy.db" --all -n 0 --json |
	jq -e --argjson one "$(dateline search -d "$scratch/one.db" --all -n 0 --json | jq 'select(.type == "summary").total')" \
		'select(.type == "summary").total == 2 * $one' >/dev/null
dateline search -d "$scratch/one.db" -d "$scratch/two.db" china --json |
	jq -se 'map(select(.type == "hit") | .index) | unique | length == 2' >/dev/null
dateline search -d "$scratch/one.db" -d "$scratch/two.db" china --check -n 20 >/dev/null

# The same index twice would count all of it twice.
if dateline search -d "$scratch/one.db" -d "$scratch/one.db" china >/dev/null 2>"$scratch/error"; then
	exit 1
fi
grep -q 'are the same index' "$scratch/error"
printf '%d queries, two indexes and one: the same answers\n' "$count"
