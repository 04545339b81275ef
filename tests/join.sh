#!/bin/sh
# Very many articles that come to an index are built aside and joined to it: the index is the one that it would be if they had been written into
# it one by one. Searches go on meanwhile, and a run that ends too early leaves what was there.
#
#   tests/join.sh BUILD BIN
set -eu

cd "$(dirname "$0")/.."
build=$(cd "$1" && pwd -P)
PATH=$(cd "$2" && pwd -P):$PATH
export PATH LC_ALL=C.UTF-8 TZ=UTC
unset DATELINE_DB
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT TERM
. tests/counting.sh

# Sanitized programs take their time.
case $build in
*/release) count=1000 ;;
*) count=300 ;;
esac
tests/bench/mixed.sh "$count" >"$scratch/mixed.jsonl"
cd "$scratch"
part=$((count / 5))

# into NAME FILE [OPTION]...: indexes the articles of a file. Its name is part of what is stored, and is always the same.
into() {
	name=$1 file=$2
	shift 2
	rm -f part.jsonl
	cp "$file" part.jsonl
	index "$name" "$@"
}

# Of what comes through a pipe nobody knows how much it is: it is written article by article.
live_into() {
	name=$1 file=$2
	shift 2
	rm -f part.jsonl
	mkfifo part.jsonl
	timeout 300 cat "$file" >part.jsonl &
	index "$name" "$@"
	wait $! || fail "not all of $file was read"
}

# Some articles fail.
index() {
	db=$1.db
	shift
	code=0
	dateline index -q --entities=given -d "$db" "$@" part.jsonl 2>err || code=$?
	[ "$code" -le 1 ] || fail "index into $db: $(cat err)"
}

directory() {
	stat -c %i "$1.db"
}

# Batches are counted by commits, of which a joined index has fewer.
same() {
	if "$build/compare" --but dateline.batch --but dateline.merged live.db joined.db >out 2>&1; then
		pass
	else
		fail "$1: not equal: $(cat out)"
	fi
	if dateline check -d joined.db >out 2>&1; then
		pass
	else
		fail "$1: $(cat out)"
	fi
	if ls -d joined.db.* >out 2>/dev/null; then
		fail "$1: left: $(cat out)"
	else
		pass
	fi
}

# both JOINED|IN_PLACE WHAT FILE [OPTION]...: into copies of old.db, both ways.
both() {
	way=$1 what=$2 file=$3
	shift 3
	rm -rf live.db joined.db
	cp -r old.db live.db
	cp -r old.db joined.db
	before=$(directory joined)
	live_into live "$file" "$@"
	mv err live.err
	into joined "$file" "$@"
	after=$(directory joined)
	case $way in
	JOINED) [ "$before" != "$after" ] || fail "$what: was not joined" ;;
	IN_PLACE) [ "$before" = "$after" ] || fail "$what: was not written in place" ;;
	esac
	if cmp -s live.err err; then
		pass
	else
		fail "$what: told otherwise: $(diff live.err err)"
	fi
	same "$what"
}

# Other words under the same ids.
change() {
	jq -c '.body = "Changed: " + .title + " " + .body | .people = ["Jan Smit", "JAN SMIT"]'
}

head -n "$part" mixed.jsonl >old.jsonl
into old old.jsonl

# Of the old articles a third each: unchanged, changed, not there. Many new ones; some that come again, old and new, changed and
# unchanged; some that fail.
{
	head -n "$((part / 3))" old.jsonl
	head -n "$((part * 2 / 3))" old.jsonl | tail -n "$((part / 3))" | change
	printf '{"id":"broken","title":\n'
	tail -n "+$((part + 1))" mixed.jsonl
	printf '{"id":"%05000d","title":"x"}\n' 0
	awk 'NR % 7 == 1' mixed.jsonl | change
	head -n 20 old.jsonl
	tail -n 20 mixed.jsonl | change
	tail -n 20 mixed.jsonl
} >many.jsonl
both JOINED 'many new ones' many.jsonl

# What is done in the same run, and what is not found in articles.
printf '{"id":"gone","title":"Gone"}\n' >gone.jsonl
printf 'hide topic: vote\n' >fixes.txt
dateline index -q --entities=given -d old.db gone.jsonl
dateline index -q -d old.db --entities-fix fixes.txt
rm gone.jsonl
both JOINED 'many new ones and more wishes' many.jsonl --prune --refresh-entities
dateline search -d joined.db --all -n 0 >out 2>&1 || fail "the corrections are not found any more: $(cat out)"
if xapian-delve joined.db >/dev/null && xapian-check joined.db >out 2>&1; then
	pass
else
	fail "xapian-check: $(tail -n 3 out)"
fi

# Much to read, of which little turns out to be new, or nothing.
both IN_PLACE 'all there already' old.jsonl
change <old.jsonl >changed.jsonl
both IN_PLACE 'all changed' changed.jsonl
{
	cat old.jsonl
	tail -n "$((part / 12))" mixed.jsonl
	head -n 30 changed.jsonl
} >few.jsonl
both IN_PLACE 'few new ones' few.jsonl
printf '{"id":"broken"\n' >broken.jsonl
for _ in 1 2 3 4 5 6 7 8 9 10 11; do cat broken.jsonl broken.jsonl >twice; mv twice broken.jsonl; done
both IN_PLACE 'nothing could be read' broken.jsonl

# Into an index that is there, but empty.
mv old.db full.db
head -n 1 mixed.jsonl >one.jsonl
into old one.jsonl
dateline index -q -d old.db --delete "$(jq -r .id one.jsonl)"
both JOINED 'into an empty one' many.jsonl
rm -rf old.db
mv full.db old.db

# What others put beside the tables stays, where it is.
touch old.db/notes
both IN_PLACE 'something else in the directory' many.jsonl
if [ -e joined.db/notes ]; then pass; else fail 'what others put beside the tables is gone'; fi
rm old.db/notes

# ---- interrupted ----

# stop_at SIGNAL: the run has read all of many.jsonl, and waits for more, when it gets the signal. Exit code in $code.
stop_at() {
	rm -rf joined.db joined.db.* more.jsonl
	cp -r old.db joined.db
	rm -f part.jsonl
	cp many.jsonl part.jsonl
	mkfifo more.jsonl
	dateline-index -q --entities=given -d joined.db part.jsonl more.jsonl 2>err &
	run=$!
	exec 3>more.jsonl
	kill "-$1" "$run"
	code=0
	wait "$run" || code=$?
	exec 3>&-
	rm more.jsonl
}

rm -rf live.db
cp -r old.db live.db
live_into live many.jsonl
stop_at INT
[ "$code" -eq 130 ] || fail "interrupted: exit $code: $(cat err)"
same 'interrupted when all was read'

cp -r old.db before.db
stop_at KILL
[ -d joined.db.building ] || fail 'killed: too early'
mv live.db want.db
cp -r before.db live.db
if "$build/compare" live.db joined.db >out 2>&1; then pass; else fail "killed: the old index is another: $(cat out)"; fi
into joined many.jsonl
rm -rf live.db
mv want.db live.db
same 'killed, and run again'

# ---- somebody else ----

stop_held() {
	cp -r old.db held.db
	mkfifo more.jsonl
	cp many.jsonl part.jsonl
	dateline-index -q --entities=given -d held.db part.jsonl more.jsonl 2>err &
	run=$!
	exec 3>more.jsonl
	for option in -q --rebuild; do
		code=0
		dateline index -q "$option" -d held.db old.jsonl 2>out || code=$?
		if [ "$code" -eq 3 ]; then pass; else fail "held by another, $option: exit $code: $(cat out)"; fi
	done
	exec 3>&-
	wait "$run" || :
	rm more.jsonl
}
stop_held

# ---- searches meanwhile ----

# Every answer is that of the index before a batch or after it.
rm -rf joined.db
into joined one.jsonl
totals=' 1 '
sizes="10 25 $((part / 2)) $part $((part * 3)) $count"
for n in $sizes; do
	totals="$totals$n "
done
(
	searches=0
	while [ ! -e over ]; do
		found=$(dateline search -d joined.db --all -n 5 --json 2>search.err |
			sed -n 's/.*"total":\([0-9]*\).*/\1/p')
		case $totals in
		*" $found "*) searches=$((searches + 1)) ;;
		*) printf 'found "%s": %s\n' "$found" "$(cat search.err)" ;;
		esac
	done
	echo "$searches" >searches
) >wrong &
looking=$!
for n in $sizes; do
	head -n "$n" mixed.jsonl >grown.jsonl
	before=$(directory joined)
	into joined grown.jsonl
	[ "$before" != "$(directory joined)" ] || fail "up to $n articles: was not joined"
done
touch over
wait "$looking" || fail "the searches ended"
if [ -s wrong ]; then fail "a search during a join: $(head -n 3 wrong)"; else pass; fi
if [ "$(cat searches)" -ge 6 ]; then pass; else fail "only $(cat searches) searches"; fi

finish 'articles that join an index'
