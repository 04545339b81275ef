#!/bin/sh
# What runs side by side, under the thread sanitizer: no two threads at one thing without an order between them.
#
#   tests/threads.sh BUILD BIN
set -eu

cd "$(dirname "$0")/.."
build=$(cd "$1" && pwd -P)
PATH=$(cd "$2" && pwd -P):$PATH
export PATH LC_ALL=C.UTF-8 TZ=UTC TSAN_OPTIONS=halt_on_error=1:exitcode=66
unset DATELINE_DB
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT TERM

# quiet COMMAND...: what it says is shown when it fails.
quiet() {
	"$@" >"$scratch/said" 2>&1 || {
		cat "$scratch/said"
		printf 'FAIL threads: %s\n' "$*"
		exit 1
	}
}

printf '  TEST     threads\n'
quiet "$build/tests/test_bulk_builder"
quiet "$build/tests/test_writer_bulk"
# 2,000 short articles, and one large enough for runs to be put aside.
awk 'BEGIN {
	srand(5)
	for (i = 1; i <= 2000; i++) {
		printf "{\"id\":\"a%d\",\"title\":\"Rain %d\",\"people\":[\"Person %d\"],\"body\":\"", i % 1900, i, i % 70
		words = i == 1000 ? 300000 : 60
		for (k = 0; k < words; k++)
			printf "w%d ", rand() * (i == 1000 ? 1000000 : 5000)
		print "\"}"
	}
}' >"$scratch/articles.jsonl"
head -n 100 "$scratch/articles.jsonl" >"$scratch/some.jsonl"
for entities in given auto; do
	quiet dateline-index -q -j 4 --memory=16M --entities=$entities -d "$scratch/new.db" "$scratch/articles.jsonl"
	quiet dateline-index -q -j 4 --memory=16M --entities=$entities --rebuild -d "$scratch/new.db" "$scratch/articles.jsonl"
	# Most of them join an index.
	quiet dateline-index -q -j 4 --entities=$entities -d "$scratch/joined.db" "$scratch/some.jsonl"
	quiet dateline-index -q -j 4 --memory=16M --entities=$entities -d "$scratch/joined.db" "$scratch/articles.jsonl"
	rm -r "$scratch/new.db" "$scratch/joined.db"
done
quiet dateline-index -q -j 4 --entities=off -d "$scratch/new.db" "$scratch/some.jsonl"
quiet dateline-index -q -j 4 --refresh-entities -d "$scratch/new.db"
