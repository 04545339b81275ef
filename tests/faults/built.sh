#!/bin/sh
# An index that is built in one pass is there as a whole or not at all: whatever call fails and whenever the program is killed, the old
# index still answers as it did (or there is none), the new one is never seen half made, and the same command then gives
# the index of an unbroken run.
#
#   tests/faults/built.sh BUILD BIN [POINTS KILLS [SEED]]
#
# Breaks POINTS calls of each kind of run, spread over them, in each way (default 3; all: every call), and kills KILLS runs (default 4) of
# each kind at a random moment, every other one in its last 50 milliseconds.
set -eu

BUILD=$(cd "$1" && pwd -P)
BIN=$(cd "$2" && pwd -P)
points=${3:-3}
kills=${4:-4}
seed=${5:-1}
. "$(dirname "$0")/common.sh"

cd "$scratch"

# Few articles for the calls, many for the moments.
make_articles 1 40 1 >few.jsonl
make_articles 31 90 2 >few-new.jsonl
make_articles 1 2000 1 >many.jsonl
make_articles 1501 4000 2 >many-new.jsonl
for size in few many; do
	{
		cat $size-new.jsonl
		make_articles 45 60 3
	} >$size-again.jsonl
done

# ---- the kinds of runs ----

# new: an index that is not there yet. again: the same, with articles that come again, so that libxapian's writer has to put them in.
# rebuilt: one in the place of an old one. joined: articles come into an old one, more than a tenth of it. spilled: one in
# the place of an old one, with memory for an article or two.
has_old() {
	case $1 in
	new | again) return 1 ;;
	*) return 0 ;;
	esac
}

# begin HOW: as it is before the run.
begin() {
	rm -rf work.db work.db.*
	! has_old "$1" || cp -r "$size.db" work.db
}

# The same command in the words of `run`: run BEFORE... -- HOW
run() {
	how=$(shift $(($# - 1)) && printf %s "$1")
	before=
	while [ "$1" != -- ]; do
		before="$before $1"
		shift
	done
	# shellcheck disable=SC2086 # a list of words
	case $how in
	new) $before dateline-index -q -d work.db $size-new.jsonl ;;
	again) $before dateline-index -q -d work.db $size-again.jsonl ;;
	rebuilt) $before dateline-index -q --rebuild -d work.db $size-new.jsonl ;;
	joined) $before dateline-index -q -d work.db $size-new.jsonl ;;
	spilled) $before "$BUILD/build_index" rebuild 2 1 given work.db $size-new.jsonl ;;
	esac
}

# What an unbroken run makes.
prepare() {
	begin "$1"
	run -- "$1"
	rm -rf "$size-$1.want"
	mv work.db "$size-$1.want"
}

# ---- after it was broken ----

# Articles that come again are put in again by each run, so there can be one commit more.
equals() {
	"$BUILD/compare" --but dateline.batch --but dateline.merged "$1" "$2" >compared 2>&1
}

answers() {
	dateline search -d work.db --all -n 0 --no-facets --json >/dev/null
}

# check_broken HOW WHAT: what is there is the old one, the new one, or nothing where nothing was; `code` is that of the run.
check_broken() {
	if [ ! -e work.db ]; then
		state=none
		! has_old "$1" || [ -n "${FAULT_NO_EXCHANGE-}" ] || fail "$1, $2: the old index is gone"
	elif equals "$size-$1.want" work.db; then
		state=new
		answers || fail "$1, $2: the new index does not answer"
	elif has_old "$1" && equals "$size.db" work.db; then
		state=old
		answers || fail "$1, $2: the old index does not answer"
	else
		state=half
		fail "$1, $2: something else is there: $(head -n 3 compared)"
	fi
	if [ "$code" -eq 0 ] && [ "$state" != new ]; then
		fail "$1, $2: exit 0, and there is $state"
	else
		pass
	fi
	echo "$state" >>states
}

# The same command, unbroken.
check_resumed() {
	if ! run -- "$1" 2>err; then
		fail "$1, $2: the second run failed: $(cat err)"
	elif ! equals "$size-$1.want" work.db; then
		fail "$1, $2: the second run gave another index: $(head -n 3 compared)"
	elif ls -d work.db.* >/dev/null 2>&1; then
		fail "$1, $2: something was left beside the index: $(ls -d work.db.*)"
	else
		pass
	fi
}

# ---- calls that go wrong ----

# broken HOW N WHAT
broken() {
	begin "$1"
	code=0
	FAULT_AT=$2 FAULT_DO=$3 FAULT_COUNT=$scratch/count run env "LD_PRELOAD=$fault_so" -- "$1" >out 2>err || code=$?
	what="$3 at $2 of ${FAULT_CALLS-all calls}${FAULT_REST+ and all behind it}"
	check_broken "$1" "$what"
	check_resumed "$1" "$what"
}

# sweep HOW WHAT [STEPS]: an unbroken run tells how many calls there are.
sweep() {
	begin "$1"
	FAULT_AT=0 FAULT_COUNT=$scratch/count run env "LD_PRELOAD=$fault_so" -- "$1"
	calls=$(cat count)
	[ "$calls" -gt 0 ] || fail "$1: no calls of $FAULT_CALLS are seen"
	step=1
	[ "$points" = all ] || step=$((calls / points + 1))
	at=$((step == 1 ? 1 : 1 + seed % step))
	while [ "$at" -le "$calls" ]; do
		broken "$1" "$at" "$2"
		at=$((at + step))
	done
}

size=few
dateline-index -q --entities=given -d few.db few.jsonl
for how in new again rebuilt joined spilled; do
	prepare "$how"
	export FAULT_CALLS=write,truncate,sync,rename
	sweep "$how" kill
	sweep "$how" EIO
	FAULT_CALLS='write'
	sweep "$how" short
	export FAULT_REST=1
	sweep "$how" ENOSPC
	unset FAULT_REST
done
# A file system that cannot exchange two names.
export FAULT_NO_EXCHANGE=1 FAULT_CALLS=rename
for how in rebuilt joined; do
	sweep "$how" kill
	sweep "$how" EIO
done
unset FAULT_NO_EXCHANGE FAULT_CALLS

# ---- kills at any moment ----

# In milliseconds, the best of three.
duration() {
	for _ in 1 2 3; do
		begin "$1"
		start=$(date +%s%N)
		run -- "$1"
		echo $((($(date +%s%N) - start) / 1000000))
	done | sort -n | head -n 1
}

# moments MS: when to kill, in seconds.
moments() {
	awk -v all="$1" -v count="$kills" -v seed="$seed" 'BEGIN {
		srand(seed)
		for (i = 0; i < count; i++) {
			from = i % 2 && all > 50 ? all - 50 : 0
			printf "%.4f\n", (from + rand() * (all + 10 - from)) / 1000 + 0.001
		}
	}'
}

size=many
dateline-index -q --entities=given -d many.db many.jsonl
for how in new again rebuilt joined; do
	[ "$kills" -gt 0 ] || break
	prepare "$how"
	all=$(duration "$how")
	for moment in $(moments "$all"); do
		begin "$how"
		code=0
		{ run timeout --foreground -s KILL "$moment" -- "$how"; } >out 2>err || code=$?
		check_broken "$how" "killed after $moment of ${all} ms"
		check_resumed "$how" "killed after $moment of ${all} ms"
	done
done

sort states | uniq -c | awk '{ printf "%s%s %d", (NR > 1 ? ", " : "afterwards there was: "), $2, $1 } END { print "" }'
finish "broken builds, seed $seed"
