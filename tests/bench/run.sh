#!/bin/sh
# Measurements beside other engines, on the same articles in the same run.
#
#   tests/bench/run.sh BIN [FILE]
#
# FILE is JSON Lines with id, title and body; without it, the paragraphs of corpus/ are mixed into BENCH_ARTICLES
# (20,000) articles. Peers: SQLite's FTS5 (porter unicode61, text stored) and Xapian's own scriptindex and quest.
# Searches are whole processes, two words each (BENCH_QUERIES of them, 100), as at a shell prompt.
set -eu

cd "$(dirname "$0")/../.."
bin=$(cd "$1" && pwd -P)
PATH=$bin:$PATH
export PATH LC_ALL=C.UTF-8
unset DATELINE_DB
articles=${BENCH_ARTICLES:-20000}
queries=${BENCH_QUERIES:-100}
rounds=${BENCH_ROUNDS:-3}
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
trap 'exit 130' INT TERM
gcc -std=c11 -D_GNU_SOURCE -O2 -o "$place/times" tests/bench/times.c

if [ $# -ge 2 ]; then
	ln -s "$(realpath "$2")" "$place/articles.jsonl"
else
	tests/bench/mixed.sh "$articles" >"$place/articles.jsonl"
fi
cd "$place"
# What every engine indexes: title and body. The rest of an article is Dateline's alone.
text_bytes=$(jq -j '(.title // "") + " " + (.body // .text // "") + "\n"' articles.jsonl | wc -c)
count=$(wc -l <articles.jsonl)
printf 'articles: %d, text: %.1f MB\n\n' "$count" "$(echo "$text_bytes / 1000000" | bc -l)"

# ---- indexing ----

jq -r 'def lines: gsub("\n"; "\n=");
	"id=" + (.id | tostring | lines), "title=" + (.title // "" | lines), "text=" + (.body // .text // "" | lines), ""' \
	articles.jsonl >articles.dump
cat >articles.script <<'TEXT'
id : boolean=Q unique=Q field
title : field index=S index
text : field index truncate=200 field=sample
TEXT
cat >fts.sql <<'TEXT'
pragma journal_mode=off;
pragma synchronous=off;
create virtual table articles using fts5(id unindexed, title, body, tokenize='porter unicode61');
create temp table raw(line);
.mode ascii
.separator "\001" "\n"
.import articles.jsonl raw
insert into articles select json_extract(line, '$.id'), json_extract(line, '$.title'),
	coalesce(json_extract(line, '$.body'), json_extract(line, '$.text')) from raw;
TEXT
sed 's/porter unicode61/unicode61/' fts.sql >plain.sql

# build NAME PATH COMMAND...: one line of the table.
build() {
	name=$1
	path=$2
	shift 2
	/usr/bin/time -o time.out -f '%e %M' "$@" >build.out 2>&1 || {
		cat build.out
		exit 1
	}
	read -r seconds peak <time.out
	size=$(du -sb "$path" | cut -f 1)
	awk -v name="$name" -v s="$seconds" -v peak="$peak" -v size="$size" -v n="$count" -v bytes="$text_bytes" 'BEGIN {
		printf "%-34s %10.0f %8.2f %12.2f %9.0f\n", name, n / s, bytes / 1e6 / s, size / bytes, peak / 1024 }'
}

printf '%-34s %10s %8s %12s %9s\n' 'indexing' 'articles/s' 'MB/s' 'bytes/byte' 'peak MB'
build 'dateline index' dateline.db dateline index -q -d dateline.db articles.jsonl
build 'dateline index -j 1 --entities=off' plain.db dateline index -q -j 1 --entities=off -d plain.db articles.jsonl
build 'SQLite FTS5' fts.sqlite sh -c 'sqlite3 fts.sqlite <fts.sql'
build 'scriptindex' omega.db scriptindex omega.db articles.script articles.dump
rm -rf plain.db
sqlite3 exact.sqlite <plain.sql >/dev/null

# ---- queries ----

# Pairs of words that are neither rare nor in everything; the same ones for the same articles.
sqlite3 exact.sqlite "create virtual table words using fts5vocab(articles, 'row');
	select term from words where length(term) >= 4 and term not glob '*[^a-z]*' and doc between
	$count / 200 + 2 and $count / 5 order by term;" >words
awk -v n="$queries" '{ word[NR] = $0 } END {
	srand(7)
	for (i = 0; i < n; i++)
		print word[int(rand() * NR) + 1] "\t" word[int(rand() * NR) + 1] }' words >pairs

tab=$(printf '\t')
while IFS=$tab read -r a b; do
	printf 'dateline-search\t-d\tdateline.db\t%s\t%s\n' "$a" "$b" >>with.commands
	printf 'dateline-search\t-d\tdateline.db\t--no-facets\t%s\t%s\n' "$a" "$b" >>without.commands
	printf "sqlite3\tfts.sqlite\tselect id, title, snippet(articles, 2, '*', '*', '...', 24) from articles where articles match '%s %s' order by rank limit 10\n" \
		"$a" "$b" >>fts.commands
	printf "sqlite3\tfts.sqlite\tselect count(*) from articles where articles match '%s %s'; select id, title, snippet(articles, 2, '*', '*', '...', 24) from articles where articles match '%s %s' order by rank limit 10\n" \
		"$a" "$b" "$a" "$b" >>fts_total.commands
	printf 'quest\t-d\tomega.db\t-m\t10\t--default-op=and\t%s %s\n' "$a" "$b" >>quest.commands
done <pairs

printf '\n%-34s %10s %8s %12s %9s\n' "searching, whole process" 'p50 ms' 'p99 ms' 'max ms' 'peak MB'
ask() {
	./times "$rounds" "$2" | awk -F '\t' -v name="$1" '{ printf "%-34s %10.1f %8.1f %12.1f %9.1f\n", name, $1, $2, $3, $4 }'
}
ask 'dateline search' with.commands
ask 'dateline search --no-facets' without.commands
ask 'SQLite FTS5, top 10' fts.commands
ask 'SQLite FTS5, top 10 and the total' fts_total.commands
ask 'quest' quest.commands

# ---- agreement ----

# Unstemmed words, quoted: the engines cut text into words alike but for marks inside words, so that totals differ by
# an article here and there at most.
while IFS=$tab read -r a b; do
	ours=$(dateline search -d dateline.db --match=all "\"$a\" \"$b\"" -n 0 --no-facets --json | jq .total)
	theirs=$(sqlite3 exact.sqlite "select count(*) from articles where articles match '\"$a\" \"$b\"'")
	printf '%s %s %s %s\n' "$a" "$b" "$ours" "$theirs"
done <pairs >agreement
awk '{ sum += $4; off += $3 > $4 ? $3 - $4 : $4 - $3; same += $3 == $4 }
	END {
		printf "\ntotals beside FTS5: %d of %d queries the same, %d of %d hits apart\n", same, NR, off, sum
		exit !(NR > 0 && off * 100 <= sum)
	}' agreement || {
	echo 'FAIL bench: the answers do not agree; apart are:'
	awk '$3 != $4' agreement | head -n 20
	exit 1
}
dateline search -d dateline.db --all --check -n 0 >/dev/null && echo 'counts: all recounted and the same'
