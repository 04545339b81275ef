#!/bin/sh
# A run of `index` that ends too early, anywhere, costs nothing but its time: searches go on, what was
# committed stands, and the same command then gives the index of an unbroken run.
#
#   tests/faults/interrupted.sh BUILD BIN [POINTS]
#
# The run is killed, or a write, sync or rename fails, at POINTS places spread over its calls; all: at every one.
set -eu

BUILD=$(cd "$1" && pwd -P)
BIN=$(cd "$2" && pwd -P)
points=${3:-3}
. "$(dirname "$0")/common.sh"

cd "$scratch"
make_articles 1 3000 1 >old.jsonl
dateline index -q -d old.db old.jsonl
dump old.db >old.dump

# An index that exists gets its articles through the standard input, as one that does not know how many are to come commits them as they
# come; files as large as these would be built aside (built.sh breaks that).
input=new.jsonl

# prepare LAST: the articles up to this one are to be indexed; what an unbroken run makes of them.
prepare() {
	rm -rf want.db made.db
	make_articles 1501 "$1" 2 >new.jsonl
	cp -r old.db want.db
	dateline index -q -d want.db - <new.jsonl
	dump want.db >want.dump
	dateline index -q -d made.db new.jsonl
	dump made.db >made.dump
	made=$(total_of made.db)
}

total_of() {
	dateline search -d "$1" --all -n 0 --no-facets --json | sed -n 's/.*"total":\([0-9]*\).*/\1/p'
}

# The index that is there now answers, and is sound.
check_sound() {
	if ! total=$(total_of "$1") || [ "$total" -lt "$2" ]; then
		fail "$3: the index does not answer, or has lost articles"
	elif ! dateline check -d "$1" >check.out 2>&1; then
		fail "$3: $(cat check.out)"
	else
		pass
	fi
}

# The same command again, unbroken.
check_resumed() {
	if ! dateline index -q -d "$1" "$input" <new.jsonl; then
		fail "$3: the second run failed"
	elif ! dump "$1" | cmp -s - "$2"; then
		fail "$3: the second run gave another index"
	elif ls -d "$1".* >/dev/null 2>&1; then
		fail "$3: something was left beside the index: $(ls -d "$1".*)"
	else
		pass
	fi
}

# in_place N WHAT: an index that exists is brought up to date.
in_place() {
	rm -rf work.db work.db.*
	cp -r old.db work.db
	run_faulty "$1" "$2" dateline-index -q -d work.db - <new.jsonl
	[ "$code" -ne 0 ] || fail "update, $2 at $1: exit 0"
	check_sound work.db 3000 "update, $2 at $1"
	input=-
	check_resumed work.db want.dump "update, $2 at $1"
	input=new.jsonl
}

# fresh N WHAT: an index that is not there yet is made.
fresh() {
	rm -rf work.db work.db.*
	run_faulty "$1" "$2" dateline-index -q -d work.db new.jsonl
	if [ -e work.db ]; then
		check_sound work.db "$made" "new, $2 at $1"
	else
		[ "$code" -ne 0 ] || fail "new, $2 at $1: exit 0 and no index"
	fi
	check_resumed work.db made.dump "new, $2 at $1"
}

# rebuilt N WHAT: an index is made anew in the place of another.
rebuilt() {
	rm -rf work.db work.db.*
	cp -r old.db work.db
	run_faulty "$1" "$2" dateline-index -q --rebuild -d work.db new.jsonl
	# Killed between two renames, the old index is put back by the next run, whatever it is for.
	[ -e work.db ] || dateline index -q -d work.db --prune
	case $(total_of work.db) in
	3000)
		[ "$code" -ne 0 ] || fail "rebuild, $2 at $1: exit 0 and nothing done"
		dateline index -q --rebuild -d work.db new.jsonl
		;;
	"$made") ;;
	*) fail "rebuild, $2 at $1: neither the old index nor the new one is there" ;;
	esac
	check_resumed work.db made.dump "rebuild, $2 at $1"
}

# refreshed N WHAT: the entities of an index are found anew.
refreshed() {
	rm -rf work.db work.db.*
	cp -r stale.db work.db
	run_faulty "$1" "$2" dateline-index -q -d work.db --refresh-entities --entities=given
	[ "$code" -ne 0 ] || fail "refresh, $2 at $1: exit 0"
	check_sound work.db 11000 "refresh, $2 at $1"
	if ! dateline index -q -d work.db --refresh-entities --entities=given; then
		fail "refresh, $2 at $1: the second run failed"
	elif ! dump work.db | cmp -s - fresh.dump; then
		fail "refresh, $2 at $1: the second run gave another index"
	else
		pass
	fi
}

# sweep HOW WHAT: counts the calls of an unbroken run, and breaks it at points spread over them.
sweep() {
	rm -rf work.db work.db.*
	case $1 in
	in_place | rebuilt) cp -r old.db work.db ;;
	refreshed) cp -r stale.db work.db ;;
	esac
	case $1 in
	refreshed) run_faulty 0 none dateline-index -q -d work.db --refresh-entities --entities=given ;;
	rebuilt) run_faulty 0 none dateline-index -q --rebuild -d work.db new.jsonl ;;
	in_place) run_faulty 0 none dateline-index -q -d work.db - <new.jsonl ;;
	*) run_faulty 0 none dateline-index -q -d work.db new.jsonl ;;
	esac
	calls=$(cat count)
	step=1
	[ "$points" = all ] || step=$((calls / points + 1))
	at=$((step == 1 ? 1 : step / 2 + $$ % step / 2 + 1))
	while [ "$at" -le "$calls" ]; do
		"$1" "$at" "$2"
		at=$((at + step))
	done
}

# Enough articles for three commits in place.
prepare 23000
FAULT_CALLS=write,sync,rename
export FAULT_CALLS
sweep in_place kill
sweep in_place ENOSPC
sweep fresh kill
sweep rebuilt kill

# Enough articles for one commit in the middle of a refresh.
make_articles 1 11000 1 >stale.jsonl
dateline index -q -d stale.db --entities=off stale.jsonl
cp -r stale.db fresh.db
dateline index -q -d fresh.db --refresh-entities --entities=given
dump fresh.db >fresh.dump
sweep refreshed kill
sweep refreshed ENOSPC

# Those that come rarely are each tried.
prepare 3500
points=all
FAULT_CALLS=sync
sweep in_place EIO
sweep fresh EIO
FAULT_CALLS=rename
sweep fresh kill
sweep rebuilt kill
sweep fresh EIO
# A file system that cannot exchange two names.
export FAULT_NO_EXCHANGE=1
sweep rebuilt kill
sweep rebuilt EIO

dump old.db | cmp -s - old.dump || fail 'an index that was only read has changed'
finish 'interrupted runs'
