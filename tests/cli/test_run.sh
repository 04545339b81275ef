#!/bin/sh
# The runner of the command-line cases must fail when it should: cases that need no dateline.
# shellcheck disable=SC2016 # the cases expand their own variables
set -eu

runner=$(cd "$(dirname "$0")" && pwd)/run.sh
CASES=$(mktemp -d)
CASE_SECONDS=2
export CASES CASE_SECONDS
trap 'rm -rf "$CASES" "$CASES.out"' EXIT
passed=0
failed=0

# case NAME CMD EXIT [STDOUT [STDERR]]
make_case() {
	mkdir -p "$CASES/$1"
	printf '%s\n' "$2" >"$CASES/$1/cmd"
	[ -z "$3" ] || printf '%s\n' "$3" >"$CASES/$1/exit"
	[ $# -lt 4 ] || printf '%s\n' "$4" >"$CASES/$1/stdout"
	[ $# -lt 5 ] || printf '%s\n' "$5" >"$CASES/$1/stderr"
}

# runs STATUS TEXT ARGUMENTS...: the runner ends with STATUS and prints TEXT.
runs() {
	want=$1
	text=$2
	shift 2
	got=0
	"$runner" --bin / "$@" >"$CASES.out" 2>&1 || got=$?
	if [ "$got" -eq "$want" ] && grep -qF -- "$text" "$CASES.out"; then
		passed=$((passed + 1))
		return
	fi
	failed=$((failed + 1))
	printf 'FAIL runner %s: exit %d, not %d, or no "%s" in:\n' "$*" "$got" "$want" "$text"
	sed 's/^/    /' "$CASES.out"
}

make_case good 'echo out; echo err >&2; exit 3' 3 out err
make_case loose 'echo "$$"; exit 0' 0
make_case alike 'echo "$WORK/x {\"took_ms\":1.25} $CORPUS/a in 12 ms"' 0 'WORK/x {"took_ms":T} CORPUS/a in T ms'
make_case fresh 'ls -A | wc -l; : >litter' 0 0
runs 0 'cli: 4 passed, 0 failed'
runs 0 'cli: 1 passed, 0 failed' good

make_case wrong_out 'echo this' 0 that
runs 1 '-that' wrong_out
make_case wrong_err 'echo this >&2' 0 '' that
runs 1 '-that' wrong_err
make_case wrong_exit 'exit 4' 5
runs 1 '+4' wrong_exit
make_case slow 'exec sleep 20' 0
runs 1 '+124' slow
make_case unknown 'echo new' ''
runs 1 'nothing is expected yet' unknown
runs 1 'cli: 4 passed, 5 failed'
runs 1 'no nowhere/cmd' nowhere
runs 0 'cli: 1 passed, 0 failed' --update unknown
runs 0 'cli: 1 passed, 0 failed' unknown
runs 0 'cli: 1 passed, 0 failed' --update wrong_exit
runs 0 'cli: 1 passed, 0 failed' wrong_exit

printf 'runner: %d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
