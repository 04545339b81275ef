#!/bin/sh
# How quick searches are, beside Lucene 8 over the same words and entities in the same run; fails when totals or counts differ.
#
#   tests/bench/search.sh BIN BUILD DATA
#
# BUILD has hostile, bench/search_export and bench/search_speed; DATA has abp.jsonl and reuters21578.jsonl, of which each article is taken five
# times under ids of its own. BENCH_QUERIES (200) of each sort: words that must all be there, words of which any is enough, and
# phrases; the ten best alone with the exact total, and with the counts of people, organisations and places over all matches. Both
# engines are warmed up (BENCH_WARM passes, 20), then take turns (BENCH_ROUNDS passes, 15) on one core; of each query the best time
# counts. Both search what our index holds: stems, words at their positions, entities as they are shown. Lucene answers with the numbers
# of documents, where ours reads what their fields say; with BENCH_STORED=1, Lucene reads the ids and titles of hits, too.
#
# BENCH_KEEP=FOLDER keeps the indexes there, and takes those that are there already.
set -eu

cd "$(dirname "$0")/../.."
bin=$(cd "$1" && pwd -P)
build=$(cd "$2" && pwd -P)
bench=$build/bench
data=$(cd "$3" && pwd -P)
PATH=$bin:$PATH
export PATH LC_ALL=C.UTF-8
unset DATELINE_DB
queries=${BENCH_QUERIES:-200}
warm=${BENCH_WARM:-20}
rounds=${BENCH_ROUNDS:-15}
core=$(taskset -cp $$ | sed 's/.*[^0-9]//') # the last that may be used
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT TERM
place=${BENCH_KEEP:-$scratch}
mkdir -p "$place"

jars=/usr/share/java
classes=$scratch/java:$(printf '%s:' "$jars"/lucene-core-8*.jar "$jars"/lucene-facet-8*.jar "$jars"/lucene-analyzers-common-8*.jar)
javac -cp "$classes" -d "$scratch/java" tests/bench/LuceneSearch.java
# The collector of garbage that does without threads of its own.
lucene() {
	java -XX:+UseSerialGC -Xms512m -Xmx1g -cp "$classes" LuceneSearch "$@"
}

articles() {
	if [ "$1" = abp ]; then
		cat "$data/abp.jsonl"
		return
	fi
	for copy in 1 2 3 4 5; do
		jq -c --arg copy "$copy" '.id = (.id | tostring) + "-" + $copy' "$data/reuters21578.jsonl"
	done
}

# How many articles there are; fails when this program cannot read the index.
count_articles() {
	dateline search -d "$1" --all -n 0 --no-facets --json | jq -e .total
}

# What is begun and not finished is not taken for an index: the last to be made is the file of queries. An index of another version
# is made anew, with all that was made of it.
prepare() {
	name=$place/$1
	if [ -e "$name.db" ] && ! count_articles "$name.db" >/dev/null; then
		rm -rf "$name.db" "$name.lucene" "$name".*.queries
	fi
	[ ! -e "$name.$queries.queries" ] || return 0
	if [ ! -e "$name.db" ]; then
		articles "$1" >"$scratch/articles.jsonl"
		dateline index -q -d "$name.db" "$scratch/articles.jsonl"
		rm "$scratch/articles.jsonl"
	fi
	"$bench/search_export" "$name.db" "$queries" "$scratch/articles" "$scratch/queries"
	if [ ! -e "$name.lucene" ]; then
		lucene index "$scratch/articles" "$name.lucene.new"
		mv "$name.lucene.new" "$name.lucene"
	fi
	rm "$scratch/articles"
	mv "$scratch/queries" "$name.$queries.queries"
}

code=0
for set in abp reuters; do
	prepare "$set"
	name=$place/$set
	printf '\n%s: %d articles\n' "$set" "$(count_articles "$name.db")"
	taskset -c "$core" "$bench/search_speed" "$name.db" "$name.$queries.queries" "$warm" "$rounds" \
		java "-Dstored=${BENCH_STORED:+true}" -XX:+UseSerialGC -Xms512m -Xmx1g -cp "$classes" LuceneSearch serve "$name.lucene" \
		"$name.$queries.queries" || code=$?
done

# ---- whole processes ----

gcc -std=c11 -D_GNU_SOURCE -O2 -o "$scratch/times" tests/bench/times.c
awk -F '\t' -v index_path="$place/abp.db" '$1 == "and" && split($2, words, " ") == 2 && n++ < 40 {
	print "dateline\tsearch\t-d\t" index_path "\t" words[1] "\t" words[2] }' "$place/abp.$queries.queries" >"$scratch/commands"
"$scratch/times" 1 "$scratch/commands" | awk -F '\t' '{
	printf "\ndateline search, two words, with facets, as a whole process: median %.1f ms (limit 15, %s), p99 %.1f ms\n",
		$1, $1 < 15 ? "reached" : "not", $2 }'
"$build/hostile" "$place/abp.db" 3 "$bin/dateline-search" || code=$?
exit "$code"
