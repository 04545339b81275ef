#!/bin/sh
# 1,000 random searches whose numbers are all counted again (random.c): over the corpus, over articles mixed from it, and over both as
# one.
#
#   tests/random.sh BUILD BIN [SEED]
set -eu

cd "$(dirname "$0")/.."
random=$1/random
PATH=$(cd "$2" && pwd -P):$PATH
export PATH LC_ALL=C.UTF-8
seed=${3:-1}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
dateline index -q -d "$scratch/corpus.db" corpus/articles
tests/bench/mixed.sh 300 >"$scratch/mixed.jsonl"
dateline index -q -d "$scratch/mixed.db" "$scratch/mixed.jsonl"
"$random" 400 "$seed" "$scratch/corpus.db"
"$random" 400 "$seed" "$scratch/mixed.db"
"$random" 200 "$seed" "$scratch/corpus.db" "$scratch/mixed.db"
