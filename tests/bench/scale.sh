#!/bin/sh
# How time, memory and room grow with the number of articles; fails when an index does not have all of them.
#
#   tests/bench/scale.sh BIN BUILD DATA
#
# BUILD has bench/grow, which makes articles of DATA/reuters21578.jsonl, with words that keep coming. BENCH_SCALE are the numbers of
# articles, rising (100000 500000 1000000 2000000); of each, the best of BENCH_ROUNDS runs counts (1). BENCH_MEMORY (256M) is given to --memory. All
# of it lies in TMPDIR: two million articles take about 2.1 GB, and their index twice that.
#
# Memory is told twice: what the program has of its own (RssAnon), and with the pages of files that it maps, which the system can take back at
# any time. It is looked at ten times a second, and so is the room of what is written: spills, tables and all.
set -eu

cd "$(dirname "$0")/../.."
bin=$(cd "$1" && pwd -P)
grow=$(cd "$2" && pwd -P)/bench/grow
data=$(cd "$3" && pwd -P)
PATH=$bin:$PATH
export PATH LC_ALL=C.UTF-8
unset DATELINE_DB
sizes=${BENCH_SCALE:-100000 500000 1000000 2000000}
rounds=${BENCH_ROUNDS:-1}
memory=${BENCH_MEMORY:-256M}
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
trap 'exit 130' INT TERM
cd "$place"
mkdir index

# The bytes of the open files of a program that have no name, as spills have none; each once, however often it is open.
nameless() {
	find -L "/proc/$1/fd" -links 0 -printf '%i %b\n' 2>/dev/null | sort -u | awk '{ sum += 512 * $2 } END { printf "%.0f\n", sum }'
}

# watch PID: as long as it runs, the greatest of its own memory (KB), and of the bytes in the folder and in files without a name; and
# of the latter alone.
watch() {
	own=0
	room=0
	spilled=0
	while kill -0 "$1" 2>/dev/null; do
		now=$(awk '$1 == "RssAnon:" { print $2 }' "/proc/$1/status" 2>/dev/null) || :
		[ "${now:-0}" -le "$own" ] || own=$now
		hidden=$(nameless "$1") || :
		[ "${hidden:-0}" -le "$spilled" ] || spilled=$hidden
		now=$(du -sB1 index 2>/dev/null | cut -f 1) || :
		now=$((${now:-0} + ${hidden:-0}))
		[ "$now" -le "$room" ] || room=$now
		sleep 0.1
	done
	echo "$own $room $spilled"
}

# One run over the articles: a line of seconds, seconds of processors, own memory, all memory, greatest room, that of spills, final room.
run() {
	rm -rf index/*
	/usr/bin/time -o time.out -f '%e %U %S %M' dateline-index -q --entities=given --memory="$memory" \
		-d index/a.db articles.jsonl &
	timer=$!
	child=
	while [ -z "$child" ] && kill -0 "$timer" 2>/dev/null; do
		child=$(cat "/proc/$timer/task/$timer/children" 2>/dev/null) || :
	done
	watched=$(watch "${child% }")
	wait "$timer" || exit 1
	has=$(dateline search -d index/a.db --all -n 0 --no-facets --json | jq .total)
	[ "$has" -eq "$1" ] || {
		echo "FAIL bench-scale: $has of $1 articles" >&2
		exit 1
	}
	read -r seconds user system peak <time.out
	echo "$seconds $user $system $peak $watched $(du -sB1 index | cut -f 1)"
}

printf 'scale: --memory=%s, best of %d\n\n' "$memory" "$rounds"
printf '%9s %8s %8s %10s %10s %8s %8s %9s %9s %9s %9s\n' articles 'input MB' seconds 'us/article' 'CPU us' 'own MB' 'peak MB' 'spills MB' 'most MB' 'index MB' 'B/article'
for size in $sizes; do
	"$grow" "$size" "$data/reuters21578.jsonl" >articles.jsonl 2>grow.out
	: >runs
	for _ in $(seq "$rounds"); do
		run "$size" >>runs
	done
	sort -g runs | head -n 1 >best
	read -r seconds user system peak own most spilled final <best
	bytes=$(stat -c %s articles.jsonl)
	awk -v n="$size" -v bytes="$bytes" -v s="$seconds" -v cpu="$user" -v sys="$system" -v peak="$peak" -v own="$own" -v most="$most" \
		-v spilled="$spilled" -v final="$final" 'BEGIN {
		printf "%9d %8.0f %8.2f %10.2f %10.2f %8.0f %8.0f %9.0f %9.0f %9.0f %9.0f\n", n, bytes / 1e6, s, 1e6 * s / n, 1e6 * (cpu + sys) / n,
			own / 1024, peak / 1024, spilled / 1e6, most / 1e6, final / 1e6, final / n }' | tee -a table
done
cat grow.out

# Time of an article as a line over the logarithm of their number, by least squares: each pass of merging goes through all, and trees and
# the table of words grow by their logarithms.
awk -v memory="$memory" '
	{
		n[NR] = $1; t[NR] = $4; cpu[NR] = $5; x = log($1)
		sx += x; sy += $4; sxx += x * x; sxy += x * $4
		if ($6 > own) own = $6
		most = $9 / $1; final = $11
	}
	END {
		ratio = t[NR] / t[1]
		printf "\ntime of an article at %d beside that at %d: %.2f (limit 1.3: %s); of the processors %.2f\n", n[NR], n[1], ratio,
			ratio <= 1.3 ? "reached" : "not", cpu[NR] / cpu[1]
		mb = memory + 0
		if (memory ~ /[gG]/) mb *= 1024
		printf "own memory: %d MB (limit %s and 200 MB: %s)\n", own, memory, own <= mb + 200 ? "reached" : "not"
		if (NR < 2)
			exit
		slope = (NR * sxy - sx * sy) / (NR * sxx - sx * sx)
		at = sy / NR + slope * (log(1e8) - sx / NR)
		printf "100 million articles, by the curve: %.1f us an article, %.1f hours, %.0f GB of index, %.0f GB of room on the way\n",
			at, at * 1e8 / 1e6 / 3600, final * 1e8 / 1e9, most * 1e8 / 1e3
	}' table
