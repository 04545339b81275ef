#!/bin/sh
# The sweeps that take too long for every day.
#
#   tests/long.sh BUILD BIN [FOLDER]
#
# FOLDER has articles as JSON Lines (*.jsonl): each file is indexed, by libxapian's writer too, which must make the same of it; checked,
# asked at random, compared with the lists that its publisher gives, if any, and indexed in other orders. Without it, only the
# faults are swept.
set -eu

cd "$(dirname "$0")/.."
build=$1
bin=$(cd "$2" && pwd -P)
PATH=$bin:$PATH
export PATH
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

tests/faults/interrupted.sh "$build" "$bin" 40
# Every call, and 200 moments.
tests/faults/built.sh "$build" "$bin" all 50

[ $# -ge 3 ] || exit 0
for file in "$3"/*.jsonl; do
	printf '%s\n' "$file"
	index=$scratch/$(basename "$file").db
	dateline index -d "$index" "$file"
	# All of it built in one pass is the same as put in by libxapian, then after changes; and some of it in all other ways.
	"$build/build_index" live 1 1000000000 auto "$scratch/live.db" "$file"
	cp -r "$index" "$scratch/bulk.db"
	for seed in 0 1 2; do
		if [ "$seed" -gt 0 ]; then
			"$build/change" "$scratch/live.db" "$seed" 1000
			"$build/change" "$scratch/bulk.db" "$seed" 1000
		fi
		"$build/compare" "$scratch/live.db" "$scratch/bulk.db"
		xapian-check "$scratch/bulk.db" >"$scratch/said" || {
			tail -n 20 "$scratch/said"
			exit 1
		}
	done
	rm -r "$scratch/live.db" "$scratch/bulk.db"
	head -n 3000 "$file" >"$scratch/some.jsonl"
	tests/rebuild.sh "$build" "$bin" "$scratch/some.jsonl"
	articles=$(wc -l <"$file")
	[ "$(dateline search -d "$index" --all -n 0 --no-facets --json | jq .total)" = "$articles" ]
	dateline check -d "$index"
	tests/facets.sh "$bin" "$index" 300
	"$build/random" 2000 1 "$index"
	if head -n 100 "$file" | grep -q '"places":'; then
		tests/given.sh "$bin" "$index" "$file"
	fi
	# In other orders and batches, nothing is otherwise.
	head -n 3000 "$file" >"$scratch/some.jsonl"
	tests/order.sh "$bin" "$scratch/some.jsonl"
	# Read once more, nothing changes.
	dateline index -d "$index" "$file" 2>&1 | grep -F unchanged
done
