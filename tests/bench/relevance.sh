#!/bin/sh
# How good the ranking is, on sets of questions with judged answers.
#
#   tests/bench/relevance.sh BIN DATA
#
# DATA/ir has a folder for each set, with docs.jsonl.zst (id, title, body), queries.tsv (id, question) and qrels.tsv (query,
# document, grade). Each question is asked in plain words, `--match any`, and the first 1000 hits are judged. Beside them stand
# the figures of a plain BM25 (Porter's stems, 33 stop words, k1 = 1.2, b = 0.75). Other options for the search, to try them:
# RELEVANCE_OPTIONS.
set -eu

cd "$(dirname "$0")/../.."
PATH=$(cd "$1" && pwd -P):$PATH
export PATH LC_ALL=C.UTF-8
unset DATELINE_DB
data=$(cd "$2" && pwd -P)/ir
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
trap 'exit 130' INT TERM

# set, MAP and nDCG@10 of the plain BM25
cat >"$place/plain" <<'TABLE'
cranfield .411 .518
medline .527 .690
cisi .217 .383
lisa .365 .458
npl .285 .432
TABLE

while read -r set map ndcg; do
	zstd -dcq "$data/$set/docs.jsonl.zst" |
		dateline index -q --entities=off --format jsonl -d "$place/$set.db" -
	# Exit code 1: no question had a hit, which the figures will show.
	# shellcheck disable=SC2086 # several options
	dateline search -d "$place/$set.db" --batch "$data/$set/queries.tsv" --match any --format trec -n 1000 \
		${RELEVANCE_OPTIONS-} >"$place/$set.run" || [ $? = 1 ]
	printf '%s %s %s ' "$set" "$map" "$ndcg"
	awk -f tests/bench/relevance.awk "$data/$set/qrels.tsv" "$place/$set.run"
done <"$place/plain" >"$place/table"

awk 'BEGIN { printf "%-10s %9s %9s %8s %9s %9s %8s\n", "", "MAP", "plain", "gain", "nDCG@10", "plain", "gain" }
	{
		map = 100 * ($4 / $2 - 1)
		ndcg = 100 * ($5 / $3 - 1)
		printf "%-10s %9.3f %9.3f %+7.1f%% %9.3f %9.3f %+7.1f%%\n", $1, $4, $2, map, $5, $3, ndcg
		sum_map += map
		sum_ndcg += ndcg
	}
	END { printf "%-10s %28.1f%% %28.1f%%\n", "mean gain", sum_map / NR, sum_ndcg / NR }' "$place/table"
