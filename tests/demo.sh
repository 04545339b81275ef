#!/bin/sh
# What `make demo` shows: the corpus indexed, one search, and the same search narrowed.
#
#   tests/demo.sh BIN
set -eu

cd "$(dirname "$0")/.."
PATH=$(cd "$1" && pwd -P):$PATH
export PATH
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

show() {
	printf '\n$ %s\n' "$*"
	"$@"
}

DATELINE_DB=$folder/corpus.db
export DATELINE_DB
show dateline index corpus/articles
show dateline search cyber espionage -n 3
show dateline search cyber espionage --filter place=Netherlands -n 3
printf '\nYour own articles: bin/dateline index FOLDER, then bin/dateline search WORDS (README.md has a tour).\n'
