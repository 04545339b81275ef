#!/bin/sh
# How many tokens a second the tagger handles on one core; fails when a tagger that starts anew finds other names.
#
#   tests/bench/entities.sh BIN TAGGER MODEL [FILE]
#
# FILE is JSON Lines with title and body; without it, the paragraphs of corpus/ are mixed into BENCH_ARTICLES (20,000)
# articles.
set -eu

cd "$(dirname "$0")/../.."
PATH=$(cd "$1" && pwd -P):$PATH
export PATH LC_ALL=C.UTF-8
tagger=$2
model=$3
if [ $# -ge 4 ]; then
	exec "$tagger" "$model" "$4"
fi
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
tests/bench/mixed.sh "${BENCH_ARTICLES:-20000}" >"$place/articles.jsonl"
"$tagger" "$model" "$place/articles.jsonl"
