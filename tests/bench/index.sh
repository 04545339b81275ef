#!/bin/sh
# How quickly an index is built from nothing, beside SQLite's FTS5 and Lucene 8 on the same articles in the same run; fails when they do
# not have the same number of articles.
#
#   tests/bench/index.sh BIN BUILD DATA
#
# BUILD has bench/index_fts, bench/index_shares, bench/index_stages and build_index; DATA has abp.jsonl and reuters21578.jsonl, of which each article is taken
# five times under ids of its own. The engines take turns (BENCH_ROUNDS, 3), each with a fresh index on the file system of
# TMPDIR; articles lie in memory (the page cache). Whole processes are timed, the start of Java's machine among them.
#
# What each does: words at their positions and stems, title and body, which are stored. Ours also has the entities that publishers give, dates, sentences
# and all that ARCHITECTURE.md names, and syncs its files before it says that it is done; the others write into the page cache. FTS5 has
# stems with positions and no words. Each is set as it is fastest: FTS5 without a journal or syncing, in one transaction, with
# records parsed by a thread beside (index_fts.c), once with pragmas alone and once with settings of its own: 128 MB for its table in memory, no
# merging, large pages; Lucene with two threads and 256 MB of memory, segments left as they
# fall. BENCH_JOBS (2) is the number of our workers. BENCH_LIVE=1 compares the size with what libxapian's own writer and xapian-compact make, which takes minutes.
set -eu

cd "$(dirname "$0")/../.."
bin=$(cd "$1" && pwd -P)
build=$(cd "$2" && pwd -P)
bench=$build/bench
data=$(cd "$3" && pwd -P)
PATH=$bin:$PATH
export PATH LC_ALL=C.UTF-8
unset DATELINE_DB
rounds=${BENCH_ROUNDS:-3}
jobs=${BENCH_JOBS:-2}
java_program=tests/bench/LuceneIndex.java
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
trap 'exit 130' INT TERM

jars=/usr/share/java
classes=$place/java:$(printf '%s:' "$jars"/lucene-core-8*.jar "$jars"/lucene-analyzers-common-8*.jar)
javac -cp "$classes" -d "$place/java" "$java_program"
cd "$place"

articles() {
	if [ "$1" = abp ]; then
		cat "$data/abp.jsonl"
		return
	fi
	for copy in 1 2 3 4 5; do
		jq -c --arg copy "$copy" '.id = (.id | tostring) + "-" + $copy' "$data/reuters21578.jsonl"
	done
}

# ---- the engines: each makes one index ----

cat >dateline.make <<TEXT
exec dateline index -q --entities=given -j $jobs -d dateline.index articles.jsonl
TEXT
pragmas="'pragma journal_mode=off' 'pragma synchronous=off' 'pragma locking_mode=exclusive' 'pragma temp_store=memory' \
	'pragma page_size=16384' 'pragma cache_size=-262144'"
cat >fts.make <<TEXT
exec "$bench/index_fts" fts.index articles.jsonl $pragmas
TEXT
cat >settings.make <<TEXT
exec "$bench/index_fts" settings.index articles.jsonl $pragmas \
	"insert into articles(articles, rank) values('hashsize', 134217728)" \
	"insert into articles(articles, rank) values('automerge', 0)" \
	"insert into articles(articles, rank) values('pgsz', 16000)"
TEXT
cat >lucene.make <<TEXT
exec java -XX:+UseParallelGC -Xms1500m -Xmx1500m -cp "$classes" LuceneIndex articles.jsonl lucene.index 2 256
TEXT

count_of() {
	case $1 in
	dateline) dateline search -d dateline.index --all -n 0 --no-facets --json | jq .total ;;
	fts | settings) sqlite3 "$1.index" 'select count(*) from articles_content' ;;
	lucene) cat lucene.out ;;
	esac
}

# ---- one round of one engine: seconds, those of the processors (user, system), peak KB ----

round() {
	rm -rf "$1.index"
	/usr/bin/time -a -o "$1.times" -f '%e %U %S %M' sh "$1.make" >"$1.out" 2>"$1.err" || {
		cat "$1.err" >&2
		exit 1
	}
}

# The smallest and the median of column $2 of the rounds of $1.
spread() {
	awk -v column="$2" '{ print $column }' "$1.times" | sort -g |
		awk '{ v[NR] = $1 } END { print v[1], NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'
}
median() {
	spread "$1" "$2" | cut -d ' ' -f 2
}

row() {
	size=$(du -sb "$1.index" | cut -f 1)
	read -r least middle <<TEXT
$(spread "$1" 1)
TEXT
	awk -v name="$2" -v least="$least" -v s="$middle" -v user="$(median "$1" 2)" -v sys="$(median "$1" 3)" \
		-v peak="$(median "$1" 4)" -v size="$size" -v n="$count" -v bytes="$text_bytes" 'BEGIN {
		printf "%-26s %7.2f %7.2f %7.2f %6.2f %10.0f %7.1f %8.1f %10.2f %8.0f\n", name, least, s, user, sys, n / s,
			bytes / 1e6 / s, size / 1e6, size / bytes, peak / 1024 }'
}

# beside ENGINE NAME LIMIT AIM: the medians of the whole time. Those of the processors are beside it, as they hang less on what else the machine does.
beside() {
	awk -v name="$2" -v limit="$3" -v aim="$4" -v theirs="$(median "$1" 1)" -v ours="$(median dateline 1)" \
		-v their_user="$(median "$1" 2)" -v their_system="$(median "$1" 3)" -v user="$(median dateline 2)" -v sys="$(median dateline 3)" 'BEGIN {
		ratio = theirs / ours
		printf "beside %-18s %5.2f times as fast (limit %s: %s; aim %s: %s); of the processors %.2f times\n", name, ratio, limit,
			(ratio >= limit) ? "reached" : "not", aim, (ratio >= aim) ? "reached" : "not",
			(their_user + their_system) / (user + sys) }'
}

# ---- what it could not be quicker than ----

# The least of the rounds, in seconds, of a command whose output nobody needs.
least() {
	for _ in $(seq "$rounds"); do
		/usr/bin/time -a -o least.times -f '%e' "$@" >/dev/null 2>&1
	done
	sort -g least.times | head -n 1
	rm least.times
}

bounds() {
	printf '\nbounds\n  %-40s %6.2f s\n' 'read the bytes of the articles' "$(least cat articles.jsonl)"
	printf '  %-40s %6.2f s\n' 'write a copy of the index, synced' "$(least sh -c 'cat dateline.index/*.glass | dd of=copy bs=1M conv=fsync')"
	printf '\nstages of preparing, on one thread, by the clock of the processor\n  %-40s %8s %9s %6s\n' '' 'seconds' 'together' '%'
	"$bench/index_stages" "$rounds" articles.jsonl >stages
	all=$(awk -F '\t' '$1 != "counted" { all = $2 } END { print all }' stages)
	awk -F '\t' -v all="$all" -v n="$count" -v own="$(median dateline 1)" -v user="$(median dateline 2)" -v sys="$(median dateline 3)" '
		$1 != "counted" {
			printf "  %-40s %8.2f %9.2f %6.1f\n", $1, $3, $2, 100 * $3 / all
			if ($1 ~ /words/ && !words)
				words = $2
		}
		$1 == "counted" {
			printf "  %d terms (%d of them without positions), %d positions: %.0f ns a term\n", $4, $5, $6, 1e9 * all / $4
			printf "  the whole program took %.2f s, %.2f of the processors: %.2f times what reading, splitting and cutting into words takes on one\n",
				own, user + sys, own / words
		}' stages
}

# The program's own account of its threads and stages.
own_stages() {
	rm -rf dateline.index
	dateline index -v --entities=given -j "$jobs" -d dateline.index articles.jsonl 2>&1 | sed -n 's/^dateline: stage /  /p' >own
	[ ! -s own ] || {
		printf '\nstages of the whole, as the program tells them (index -v)\n'
		cat own
	}
}

shares() {
	printf '\n'
	"$bench/index_shares" dateline.index
	[ -n "${BENCH_LIVE-}" ] || return 0
	"$build/build_index" live "$jobs" 1073741824 given live.db articles.jsonl
	xapian-compact live.db compact.db >/dev/null
	printf '\nsize beside the live writer and xapian-compact, MB (theirs, ours, ratio)\n'
	for table in postlist position termlist docdata; do
		printf '%s %d %d\n' "$table" "$(stat -c %s "compact.db/$table.glass")" "$(stat -c %s "dateline.index/$table.glass")"
	done | awk '{
			printf "  %-12s %8.1f %8.1f %7.4f\n", $1, $2 / 1e6, $3 / 1e6, $3 / $2
			theirs += $2
			ours += $3
		} END { printf "  %-12s %8.1f %8.1f %7.4f (limit 1: %s)\n", "all", theirs / 1e6, ours / 1e6, ours / theirs, ours <= theirs ? "reached" : "not" }'
	rm -rf live.db compact.db
}

code=0
engines='dateline fts settings lucene'
for set in ${BENCH_SETS:-reuters abp}; do
	rm -f ./*.times
	articles "$set" >articles.jsonl
	text_bytes=$(jq -j '(.title // "") + " " + (.body // .text // "") + "\n"' articles.jsonl | wc -c)
	count=$(wc -l <articles.jsonl)
	for _ in $(seq "$rounds"); do
		for engine in $engines; do
			round "$engine"
		done
	done
	printf '\n%s: %d articles, %.1f MB of text in %.1f MB of JSON Lines; %d rounds\n\n' "$set" "$count" "$(echo "$text_bytes / 1000000" | bc -l)" \
		"$(echo "$(stat -c %s articles.jsonl) / 1000000" | bc -l)" "$rounds"
	printf '%-26s %7s %7s %7s %6s %10s %7s %8s %10s %8s\n' 'seconds:' 'least' 'median' 'user' 'system' 'articles/s' 'MB/s' 'MB' 'bytes/byte' 'peak MB'
	row dateline 'dateline index, synced'
	row fts 'SQLite FTS5, pragmas'
	row settings 'SQLite FTS5, all settings'
	row lucene 'Lucene 8'
	printf 'ours is synced, the others are not; of Lucene, the start of Java is part\n'
	beside fts 'FTS5, pragmas' 2.5 4
	beside settings 'FTS5, all settings' 2.5 4
	beside lucene Lucene 3.5 6
	for engine in $engines; do
		has=$(count_of "$engine")
		[ "$has" -eq "$count" ] || {
			echo "FAIL bench-index: $engine has $has of $count articles"
			code=1
		}
	done
	bounds
	own_stages
	shares
done
exit "$code"
