#!/bin/sh
# The facet promise as a property: the number beside a value is the number of hits after choosing it, for random
# queries and filters, with all words, most or any of them, with and without corrections and a least confidence. `search --check` counts every number shown
# again, by libxapian's matcher.
#
#   tests/facets.sh BIN [INDEX [TRIES [SEED]]]
#
# Without INDEX, one of the corpus is made.
set -eu

cd "$(dirname "$0")/.."
PATH=$(cd "$1" && pwd -P):$PATH
export PATH LC_ALL=C.UTF-8
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
index=${2:-$scratch/corpus.db}
tries=${3:-60}
seed=${4:-$(date +%j)}
[ $# -ge 2 ] || dateline index -q -d "$index" corpus/articles

# Values to choose from, frequent ones more often, as "field=value"; and words.
dateline stats -d "$index" --entities | awk -F '\t' '$3 > 0 { print $3 "\t" $1 "=" $2 }' | sort -rn |
	head -n 400 | cut -f 2 >"$scratch/values"
dateline search -d "$index" --all -n 200 --no-facets --json |
	sed -n 's/.*"title":"\([^"\\]*\)".*/\1/p' | tr -c "[:alnum:]\n" ' ' | tr ' ' '\n' |
	awk 'length($0) > 2' | sort -u >"$scratch/words"
[ -s "$scratch/values" ] && [ -s "$scratch/words" ]

# Corrections of all sorts, of frequent names; each name is in one line only, so that none contradicts another.
dateline stats -d "$index" --entities --top 40 | awk -F '\t' -v OFS='\t' -v seed="$seed" '
	BEGIN { srand(seed) }
	$1 ~ /^(person|org|place|other)$/ && $2 !~ /[;="]/ { print rand(), $1, $2, $5 }' | sort | awk -F '\t' '
	function pick() { return ++line % 6 }
	{
		verb = pick()
		if (verb == 0 && $4 != "" && $4 != $3 && $4 !~ /[;="]/) print "split " $2 ": " $3 " = " $4
		if (verb == 1 && before[$2] != "") print "merge " $2 ": " before[$2] " = " $3
		if (verb == 2) print "retype " $2 ": " $3 " = " ($2 == "org" ? "other" : "org")
		if (verb == 3) print "rename " $2 ": " $3 " = The " $3
		if (verb == 4 && line % 4 == 0) print "hide " $2 ": " $3
		before[$2] = verb == 5 ? $3 : ""
	}' >"$scratch/names.fix"
[ "$(wc -l <"$scratch/names.fix")" -gt 5 ]

# One line a try: the arguments, parted by tabs.
awk -v tries="$tries" -v seed="$seed" -v fixes="$scratch/names.fix" '
	FNR == 1 { file++ }
	file == 1 { value[++values] = $0 }
	file == 2 { word[++words] = $0 }
	function any_value() { return value[int(values * rand() ^ 2) + 1] }
	function any_word() { return word[int(words * rand()) + 1] }
	function options() {
		return (rand() < 0.4 ? "\t--match\t" (rand() < 0.7 ? "any" : "all") : "") (rand() < 0.5 ? "\t--entities-fix\t" fixes : "") (rand() < 0.3 ? "\t--min-confidence\t" int(rand() * 101) : "")
	}
	function beside() {
		for (guess = 0; guess < 50; guess++) {
			other = any_value()
			if (other ~ /^(person|org|place|other)=/)
				return "\t--facet\t" (rand() < 0.5 ? "person" : "place") "@s:" other
		}
		return ""
	}
	function facets() {
		if (rand() < 0.6)
			return ""
		line_of = (rand() < 0.5 ? beside() : "") "\t--facet\tplace:20\t--facet\torg" (rand() < 0.3 ? "\t--facet\tpublished:tree\t--facet\twhen:tree\t--facet\ttopic:tree" : "")
		if (rand() < 0.4)
			line_of = line_of "\t--facet-trend"
		if (rand() < 0.5)
			line_of = line_of "\t--facet-sort\t" (rand() < 0.6 ? "significance" : "name")
		return line_of (rand() < 0.3 ? "\t--facet-match\torg=" substr("abcdefghijkmnopqrstuw", int(rand() * 21) + 1, 1) : "")
	}
	function query(kind) {
		kind = int(rand() * 8)
		if (kind == 0) return any_word()
		if (kind == 1) return any_word() " OR " any_word()
		if (kind == 2) return any_word() " OR " any_word() " OR " any_word() " -" any_word()
		if (kind == 3) return "NOT " any_word()
		if (kind == 4) return "(" any_word() " OR the) -(" any_word() " OR " any_word() ")"
		if (kind == 5) return any_word() " " any_word() " the " any_word()
		if (kind == 6) return any_word() " " any_word() " \"" any_word() "\" " any_word() " " any_word() " -" any_word()
		return ""
	}
	END {
		srand(seed)
		split("2012.. ..2016 2014..2020-06 undated 2023 2016 1987-03", when, " ")
		for (i = 0; i < tries; i++) {
			line = query()
			line = line == "" ? "--all" : line
			for (n = int(rand() * 4); n > 0; n--) {
				filter = any_value()
				if (rand() < 0.3)
					sub(/=/, "!=", filter)
				line = line "\t--filter\t" filter
			}
			if (rand() < 0.3)
				line = line "\t--filter\tpublished=" when[int(rand() * 7) + 1]
			print line options() facets()
		}
	}' "$scratch/values" "$scratch/words" >"$scratch/tries"

passed=0
failed=0
hits=0
tab=$(printf '\t')
while IFS= read -r line; do
	old=$IFS
	IFS=$tab
	set -f
	# shellcheck disable=SC2086 # parted at the tabs
	set -- $line
	set +f
	IFS=$old
	code=0
	dateline search -d "$index" -n 0 --json --check "$@" >"$scratch/out" 2>"$scratch/err" </dev/null || code=$?
	if [ "$code" -gt 1 ]; then
		failed=$((failed + 1))
		printf 'FAIL facets: seed %s: dateline search %s\n' "$seed" "$*"
		cat "$scratch/err"
		continue
	fi
	passed=$((passed + 1))
	[ "$code" -ne 0 ] || hits=$((hits + 1))
done <"$scratch/tries"
printf 'facets: %d passed, %d failed; %d of them had hits\n' "$passed" "$failed" "$hits"
# A sweep in which next to nothing matches would prove nothing.
[ "$failed" -eq 0 ] && [ "$hits" -ge $((tries / 4)) ]
