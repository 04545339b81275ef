#!/bin/sh
# The programs under valgrind: no read of what was not written, nothing lost at the end.
#
#   tests/valgrind.sh BUILD BIN
set -eu

cd "$(dirname "$0")/.."
bin=$(cd "$2" && pwd -P)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
unset DATELINE_DB

# under EXIT PROGRAM ARGUMENTS...: EXIT is the code it must end with.
under() {
	want=$1
	program=$2
	shift 2
	code=0
	valgrind -q --error-exitcode=99 --leak-check=full --show-leak-kinds=definite,indirect \
		--errors-for-leak-kinds=definite,indirect --child-silent-after-fork=yes \
		"$bin/$program" "$@" </dev/null >"$scratch/out" 2>"$scratch/err" || code=$?
	if [ "$code" -ne "$want" ]; then
		printf 'FAIL valgrind: exit %d, not %d: %s %s\n' "$code" "$want" "$program" "$*"
		cat "$scratch/err"
		exit 1
	fi
}

printf '  TEST     valgrind\n'
db=$scratch/corpus.db
mkdir "$scratch/some"
find corpus/articles -type f | sort | awk 'NR % 4 == 1' | while read -r file; do
	cp "$file" "$scratch/some"
done
printf '{"id":"x","title":\n' >"$scratch/bad.jsonl"
under 0 dateline-index -q -j 2 -d "$db" "$scratch/some"
under 0 dateline-index -q -d "$db" "$scratch/some"
under 1 dateline-index -q -d "$db" --format jsonl "$scratch/bad.jsonl"
under 0 dateline-search -d "$db" --all --filter place!=China --facet place --facet published --check
under 0 dateline-search -d "$db" '"the" (china OR dutch) -spring title:the' --json --explain
under 1 dateline-search -d "$db" qwertzuiop
under 2 dateline-search -d "$db" --all --filter plcae=China
under 0 dateline-search -d "$db" --all --format csv
