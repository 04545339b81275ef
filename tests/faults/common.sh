# Shared by the tests of faults: sourced with BUILD and BIN set to the folders of a variant.
# shellcheck shell=sh disable=SC2034 # used by those who source it
PATH=$BIN:$PATH
export PATH LC_ALL=C.UTF-8 TZ=UTC
unset DATELINE_DB
fault_so=$BUILD/faults/fault.so
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT TERM
. "$(dirname "$0")/../counting.sh"

# Articles FROM to TO as JSON Lines: few words, many values, some the same as their neighbours'. VERSION makes the
# text another one.
make_articles() {
	awk -v from="$1" -v to="$2" -v version="$3" 'BEGIN {
		split("China France Spain Norway Chile Kenya Japan Peru", place, " ")
		split("rain storm vote court budget port match school", word, " ")
		for (i = from; i <= to; i++) {
			printf "{\"id\":\"a%d\",\"title\":\"%s %s %d\",", i, word[i % 8 + 1], word[int(i / 8) % 8 + 1], i % 97
			printf "\"body\":\"The %s of %s after the %s, part %d.\",", word[i % 7 + 1], place[i % 8 + 1], word[i % 5 + 1], version
			printf "\"date\":\"20%02d-%02d\",\"source\":\"Paper %d\",", i % 24, i % 12 + 1, i % 40
			printf "\"people\":[\"Person %d\"],\"topics\":[\"%s\"]}\n", i % 1000, word[i % 3 + 1]
		}
	}'
}

# Everything that a user can ask of an index, for comparing two: hits in order, names and counts, terms.
dump() {
	dateline search -d "$1" --all -n 100000 --sort date --json | sed 's/"took_ms":[0-9.]*//'
	dateline stats -d "$1" --entities
	xapian-delve -a -v -1 "$1"
}

# run_faulty N WHAT COMMAND...: its exit code in $code.
run_faulty() {
	at=$1 what=$2
	shift 2
	code=0
	LD_PRELOAD=$fault_so FAULT_AT=$at FAULT_DO=$what FAULT_COUNT=$scratch/count "$@" \
		>"$scratch/out" 2>"$scratch/err" || code=$?
}
