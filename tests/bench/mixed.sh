#!/bin/sh
# The paragraphs of corpus/, mixed into so many articles, as JSON Lines on stdout. `dateline` is found on the PATH.
#
#   tests/bench/mixed.sh COUNT
set -eu

cd "$(dirname "$0")/../.."
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
export DATELINE_DB="$place/corpus.db"
dateline index -q corpus/articles
dateline search --all -n 1000 --format ids | while IFS= read -r id; do
	dateline show --json "$id"
done | jq -c '.title as $t | .text / "\n\n" | .[1:][] | {p: ., t: $t}' >"$place/paragraphs"
tests/bench/mix.sh "$place/paragraphs" "$1"
