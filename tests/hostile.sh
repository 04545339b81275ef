#!/bin/sh
# Queries of people who mean no good (hostile.c), asked of the corpus: each ends in an answer, or in one clear line.
#
#   tests/hostile.sh BUILD BIN
set -eu

cd "$(dirname "$0")/.."
build=$1
bin=$(cd "$2" && pwd -P)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
unset DATELINE_DB
"$bin/dateline-index" -q -d "$scratch/corpus.db" corpus/articles
"$build/hostile" "$scratch/corpus.db" 1 "$bin/dateline-search"
