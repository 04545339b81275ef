#!/bin/sh
# Golden command-line cases: what a user types, and every byte that comes back.
#
#   tests/cli/run.sh [--update] [--bin DIR] [CASE]...
#
# A case is a folder of tests/cli/cases with the files
#   cmd      run by sh in a fresh folder; `dateline` is found on the PATH
#   exit     the exit code it must end with
#   stdout   what it must print; when there is no such file, that is not compared
#   stderr   the same
# In cmd: $CORPUS is the folder of articles, $INDEX an index of them that was made once for all cases (read only),
# $WORK the fresh folder, $DATELINE the folder of the programs. Paths and times are made alike before they are compared.
# --update writes what came back as what is expected: all three files for a case that has none, else those it has.
set -eu

here=$(cd "$(dirname "$0")" && pwd -P)
root=$(cd "$here/../.." && pwd -P)
CASES=${CASES:-$here/cases}
DATELINE=$root/bin
update=
while [ $# -gt 0 ]; do
	case $1 in
	--update) update=1 ;;
	--bin)
		DATELINE=$(cd "$2" && pwd -P)
		shift
		;;
	-*)
		echo "usage: run.sh [--update] [--bin DIR] [CASE]..." >&2
		exit 2
		;;
	*) break ;;
	esac
	shift
done

# Paths are ids, and where lines break hangs on their length: it is the same on every machine.
scratch=$(mktemp -d /tmp/dateline-cli.XXXXXXXX)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT TERM
CORPUS=$scratch/articles
INDEX=$scratch/shared.db
WORK=$scratch/work
PATH=$DATELINE:$PATH
export CORPUS INDEX WORK DATELINE PATH
export LC_ALL=C.UTF-8 TZ=UTC COLUMNS=80 TERM=dumb HOME="$scratch"
unset DATELINE_DB NO_COLOR PAGER CLICOLOR CLICOLOR_FORCE

# Whatever differs from one run or one machine to the next gets a name.
alike() {
	sed -E \
		-e "s|$WORK|WORK|g" -e "s|$INDEX|INDEX|g" -e "s|$CORPUS|CORPUS|g" -e "s|$scratch|SCRATCH|g" \
		-e 's/"took_ms":[0-9.e+-]+/"took_ms":T/g' \
		-e 's/[0-9][0-9.,]* (ms|MB\/s|articles\/s)/T \1/g' \
		-e 's/[0-9]+\.[0-9]+ (s|seconds)/T \1/g' "$1"
}

# Each case begins with an empty folder and ends within its time, or is killed.
run_case() {
	rm -rf "$WORK"
	mkdir "$WORK"
	status=0
	(cd "$WORK" && exec timeout -k 5 "${CASE_SECONDS:-120}" sh "$CASES/$1/cmd") \
		</dev/null >"$scratch/raw.stdout" 2>"$scratch/raw.stderr" || status=$?
	alike "$scratch/raw.stdout" >"$scratch/stdout"
	alike "$scratch/raw.stderr" >"$scratch/stderr"
	echo "$status" >"$scratch/exit"
}

write_expectations() {
	for file in exit stdout stderr; do
		if [ -n "$fresh" ] || [ -e "$CASES/$1/$file" ]; then
			cp "$scratch/$file" "$CASES/$1/$file"
		fi
	done
}

compare() {
	same=1
	if [ -n "$fresh" ]; then
		echo "nothing is expected yet: run.sh --update $1" >"$scratch/why"
		return 1
	fi
	: >"$scratch/why"
	for file in exit stdout stderr; do
		[ -e "$CASES/$1/$file" ] || continue
		diff -u --label "expected $file" --label "actual $file" "$CASES/$1/$file" "$scratch/$file" \
			>>"$scratch/why" || same=
	done
	[ -n "$same" ]
}

if [ ! -x "$DATELINE/dateline" ] && [ "$CASES" = "$here/cases" ]; then
	echo "cli: there is no $DATELINE/dateline: run make first" >&2
	exit 2
fi
if [ -x "$DATELINE/dateline" ]; then
	cp -r "$root/corpus/articles" "$CORPUS"
	if ! dateline index -q -d "$INDEX" "$CORPUS" >"$scratch/log" 2>&1; then
		cat "$scratch/log"
		echo "cli: the corpus could not be indexed" >&2
		exit 1
	fi
fi

[ $# -gt 0 ] || set -- "$CASES"/*/
passed=0
failed=0
for name; do
	name=$(basename "$name")
	if [ ! -f "$CASES/$name/cmd" ]; then
		printf 'FAIL %s: there is no %s/cmd\n' "$name" "$name"
		failed=$((failed + 1))
		continue
	fi
	fresh=
	[ -e "$CASES/$name/exit" ] || fresh=1
	run_case "$name"
	[ -z "$update" ] || write_expectations "$name"
	[ -z "$update" ] || fresh=
	if compare "$name"; then
		passed=$((passed + 1))
		continue
	fi
	failed=$((failed + 1))
	printf 'FAIL %s\n' "$name"
	sed 's/^/    /' "$CASES/$name/cmd" "$scratch/why"
done
printf 'cli: %d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
