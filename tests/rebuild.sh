#!/bin/sh
# An index that is built in one pass is the one that libxapian's own writer makes of the same articles, to everyone who reads it: when it
# is new, after any changes, and when what is built comes to an index that exists. The same articles give the same bytes, however
# many workers there are and whatever fits into memory.
#
#   tests/rebuild.sh BUILD BIN [FILE [SEED]]
#
# FILE has articles as JSON Lines, with ids. Without it, those of the corpus are mixed into a few thousand, and others made for this. SEED is
# that of the changes (default 1).
set -eu

cd "$(dirname "$0")/.."
build=$(cd "$1" && pwd -P)
PATH=$(cd "$2" && pwd -P):$PATH
export PATH LC_ALL=C.UTF-8 TZ=UTC
unset DATELINE_DB
seed=${4:-1}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT TERM
. tests/counting.sh

# Bytes that no article here fills, and so few that every article or two does.
much=1000000000
little=1

tables='docdata.glass postlist.glass position.glass termlist.glass'

# ---- articles ----

# Sanitized programs take their time: what they are for shows in fewer articles.
case $build in
*/release) count=1000 ;;
*) count=150 ;;
esac

# Articles FROM to TO: words from a vocabulary that grows as long as it is read, some of them long, in other scripts or with
# marks; people and more, some of them under names that are longer than any term.
make_articles() {
	awk -v from="$1" -v to="$2" -v seed="$3" '
	function chance(sides) {
		return int(rand() * sides)
	}

	function made_word(n, out) {
		n = int(exp(rand() * log(40000)))
		for (out = ""; n > 0; n = int(n / 12))
			out = out syllable[n % 12 + 1]
		if (chance(200) == 0)
			out = out out out out out out out out out
		return out
	}

	function made_text(words, out) {
		for (out = ""; words > 0; words--)
			out = out made_word() mark[chance(12) + 1]
		return out
	}

	BEGIN {
		split("ba ko ri ну té da li 東京 sø ne vu zha", syllable, " ")
		split(" | | | | | |, |. |.\\n\\n| - |\\u0000|-s ", mark, "|")
		split("Åsa Ek|Björn Lo|Émile Sand|Jan Smit|JAN SMIT|ÉMILE SAND", name, "|")
		for (i = 0; i < 40; i++)
			long = long "Very Long "
		for (i = from; i <= to; i++) {
			srand(seed * 1000003 + i)
			printf "{\"id\":\"made-%d\",\"title\":\"%s\"", i, made_text(chance(12))
			printf ",\"body\":\"%s\"", made_text(chance(4) ? chance(60) : chance(400))
			if (chance(10))
				printf ",\"date\":\"20%02d-%02d-%02d\"", chance(24), 1 + chance(12), 1 + chance(28)
			if (chance(5))
				printf ",\"people\":[\"%s\",\"%s %d\"]", name[chance(6) + 1], chance(50) ? "Person" : long, chance(300)
			if (chance(2))
				printf ",\"topics\":[\"%s\"],\"source\":\"Paper %d\"", syllable[chance(12) + 1], chance(40)
			print "}"
		}
	}'
}

# Each is a case of its own: 200,000 words; many terms of one article; no words at all; bytes that are no text; an id as long as they may be.
make_odd() {
	awk 'BEGIN {
		printf "{\"id\":\"odd-long\",\"body\":\""
		for (i = 0; i < 200000; i++)
			printf "%s ", i % 10 ? "the" : "w" i % 977
		printf "\"}\n{\"id\":\"odd-many\",\"body\":\""
		for (i = 0; i < 9000; i++)
			printf "many%d ", i
		printf "\"}\n{\"id\":\"odd-none\",\"title\":\"-\",\"body\":\"...\"}\n{\"id\":\"odd-id-"
		for (i = 0; i < 3900; i++)
			printf "i"
		printf "\",\"title\":\"Id\",\"body\":\"All the same the.\"}\n"
	}'
	printf '{"id":"odd-bytes","title":"\377\376","body":"the \303 the \\ud800 the"}\n'
}

# What fails, between what does not.
make_failing() {
	printf '{"id":"broken","title":\n[1,2]\n\n{"id":"%05000d","title":"x"}\n{}\n' 0
}

# make_repeated: some of the articles on stdin, under their ids, with other words.
make_repeated() {
	jq -c '.body = "Once more: " + (.title // "") + " the the \(.id)."'
}

if [ $# -ge 3 ]; then
	articles=$(realpath "$3")
	is_made=
else
	articles=$scratch/articles.jsonl
	is_made=1
	tests/bench/mixed.sh "$count" >"$scratch/mixed.jsonl"
	make_articles 1 "$count" 1 >"$scratch/made.jsonl"
	{
		paste -d '\n' "$scratch/mixed.jsonl" "$scratch/made.jsonl"
		make_odd
		make_failing
		make_articles "$((count + 1))" "$((count + 9))" 1
		# The shortest that there are, the one of no length behind the other.
		printf '{"id":"odd-short","title":"Short"}\n{"id":"odd-last","title":"-"}\n'
	} >"$articles"
fi

cd "$scratch"

# ---- building and looking ----

# make_index WAY JOBS MEMORY MODE NAME FILE...: NAME.db, made anew. Articles may fail.
make_index() {
	name=$5
	rm -rf "$name.db"
	add_to "$@"
}

# The same into what is there.
add_to() {
	way=$1 jobs=$2 memory=$3 mode=$4 name=$5
	shift 5
	code=0
	"$build/build_index" "$way" "$jobs" "$memory" "$mode" "$name.db" "$@" >out 2>err || code=$?
	[ "$code" -le 1 ] || fail "$way, $jobs workers, $memory bytes, $mode: $(tail -n 3 err | cut -c 1-300)"
}

# same A B WHAT [--but KEY]...
same() {
	one=$1 other=$2 what=$3
	shift 3
	if "$build/compare" "$@" "$one.db" "$other.db" >out 2>&1; then
		pass
	else
		fail "$what: not equal: $(cat out)"
	fi
}

# same_bytes A B WHAT FILE...
same_bytes() {
	one=$1 other=$2 what=$3
	shift 3
	for file; do
		if cmp -s "$one.db/$file" "$other.db/$file" || { [ ! -e "$one.db/$file" ] && [ ! -e "$other.db/$file" ]; }; then
			pass
		else
			fail "$what: other bytes in $file"
		fi
	done
}

sound() {
	if xapian-check "$1.db" >out 2>&1 && tail -n 1 out | grep -q 'No errors found' && [ ! -e "$1.db.building" ]; then
		pass
	else
		fail "$2: $(grep -i error out | tail -n 3)"
	fi
}

# The last line of `change` says what was done: the same on both, or they differed.
changed() {
	"$build/change" "$1.db" "$3" "$4" >"$1.said" 2>&1 || fail "changing $1: $(cat "$1.said")"
	"$build/change" "$2.db" "$3" "$4" >"$2.said" 2>&1 || fail "changing $2: $(cat "$2.said")"
	if cmp -s "$1.said" "$2.said"; then
		pass
	else
		fail "$1 and $2, seed $3: other changes: $(cat "$1.said" "$2.said")"
	fi
}

# ---- new ones ----

for mode in given off auto; do
	make_index live 1 "$much" "$mode" live "$articles"
	make_index bulk 2 "$much" "$mode" "bulk-$mode" "$articles"
	same live "bulk-$mode" "entities $mode"
	sound "bulk-$mode" "entities $mode"
	[ "$mode" = off ] || mv live.db "live-$mode.db"
done

# What has the same bytes need not be compared once more.
for jobs in 1 4; do
	make_index bulk "$jobs" "$much" given other "$articles"
	# shellcheck disable=SC2086 # a list of words
	same_bytes bulk-given other "$jobs workers" iamglass $tables
done

# From a run or two up to one for nearly every article.
total=$(($(wc -c <"$articles")))
for how in "1 $total" "2 $((total / 2))" "1 $((total / 8))" "4 $((total / 50))" "2 $little"; do
	# shellcheck disable=SC2086 # jobs and memory
	make_index bulk $how given other "$articles"
	# shellcheck disable=SC2086 # a list of words
	same_bytes bulk-given other "workers and memory $how" iamglass $tables
done

# ---- small ones ----

: >none.jsonl
head -n 1 "$articles" >one.jsonl
printf '{"id":"x"\n' >broken.jsonl
printf '{"id":"nothing","title":"-"}\n' >wordless.jsonl
for small in none one broken wordless; do
	make_index live 1 "$much" given live "$small.jsonl"
	make_index bulk 2 "$much" given bulk "$small.jsonl"
	same live bulk "$small"
	sound bulk "$small"
	changed live bulk "$seed" 100
	same live bulk "$small, changed"
	sound bulk "$small, changed"
done

# ---- articles that come again ----

jq -cR 'fromjson? | objects | select(.id and (.id | tostring | length) < 4000)' "$articles" | awk 'NR % 7 == 3' | make_repeated >again.jsonl
{
	cat "$articles"
	cat again.jsonl
	awk 'NR % 5 == 1' again.jsonl
	head -n 50 "$articles"
} >repeated.jsonl
make_index live 1 "$much" given live repeated.jsonl
make_index bulk 1 "$much" given bulk repeated.jsonl
same live bulk 'articles that come again'
sound bulk 'articles that come again'
for how in "2 $much" "4 $much" "2 $((total / 20))"; do
	# shellcheck disable=SC2086 # jobs and memory
	make_index bulk $how given other repeated.jsonl
	# shellcheck disable=SC2086 # a list of words
	same_bytes bulk other "articles that come again, workers and memory $how" $tables
done

# ---- into one that exists ----

lines=$(wc -l <"$articles")
head -n "$((lines / 3))" "$articles" >part.jsonl
make_index live 1 "$much" given some part.jsonl
for file in "$articles" again.jsonl repeated.jsonl; do
	name=$(basename "$file")
	cp "$file" part.jsonl # so that those that were read are found again, just so
	rm -rf live.db
	cp -r some.db live.db
	add_to live 1 "$much" given live part.jsonl
	rm -rf bulk.db
	cp -r some.db bulk.db
	add_to bulk 2 "$((total / 20))" given bulk part.jsonl
	same live bulk "$name into one that exists" --but dateline.batch --but dateline.merged
	sound bulk "$name into one that exists"
	changed live bulk "$seed" 300
	same live bulk "$name into one that exists, changed" --but dateline.batch --but dateline.merged
	sound bulk "$name into one that exists, changed"
done

# ---- others' programs ----

xapian-delve -a -v -1 live-given.db >live.delve
xapian-delve -a -v -1 bulk-given.db >bulk.delve
if [ -s live.delve ] && cmp -s live.delve bulk.delve; then
	pass
else
	fail 'xapian-delve says something else'
fi
for query in the 'court OR rain' '"the court"' 'the AND NOT court'; do
	quest -d live-given.db -m 100 "$query" >live.quest
	quest -d bulk-given.db -m 100 "$query" >bulk.quest
	if cmp -s live.quest bulk.quest; then
		pass
	else
		fail "quest finds something else by $query"
	fi
done
[ -s bulk.quest ] || fail 'quest says nothing'

xapian-compact bulk-given.db packed.db >/dev/null 2>&1 || fail 'xapian-compact'
same bulk-given packed 'packed by xapian-compact'
sound packed 'packed by xapian-compact'
for one in live bulk; do
	xapian-compact "$one-given.db" some.db "$one-merged.db" >/dev/null 2>&1 || fail 'xapian-compact of two'
done
same live-merged bulk-merged 'merged by xapian-compact'
if dateline check -d bulk-given.db >out 2>&1; then
	pass
else
	fail "dateline check: $(cat out)"
fi

# ---- changes ----

# Through our own writer: articles come again with other words, others are deleted. A few at a time, as people do.
for round in 1 2 3; do
	awk -v round="$round" 'NR % 11 == round' again.jsonl | head -n 60 |
		jq -c --arg round "$round" '.body += " Round \($round)."' >few.jsonl
	jq -r .id again.jsonl | awk -v round="$round" 'NR % 13 == round' | head -n 40 >gone
	for one in live bulk; do
		code=0
		dateline index -q --entities=given -d "$one-given.db" few.jsonl 2>err || code=$?
		sed 's/^/--delete=/' gone | xargs -d '\n' dateline-index -q -d "$one-given.db" 2>>err || code=$?
		[ "$code" -le 1 ] || fail "dateline index, round $round: $(cut -c 1-300 err)"
	done
	same live-given bulk-given "changed by dateline index, round $round"
	sound bulk-given "changed by dateline index, round $round"
done

for mode in given auto; do
	for more in 0 1; do
		changed "live-$mode" "bulk-$mode" "$((seed + more))" 1000
		same "live-$mode" "bulk-$mode" "entities $mode, changed with seed $((seed + more))"
		sound "bulk-$mode" "entities $mode, changed with seed $((seed + more))"
	done
done
finish 'built in one pass'
[ -z "$is_made" ] || [ "$passed" -ge 100 ]
