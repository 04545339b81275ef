#!/bin/sh
# `make install` puts everything where it belongs, the installed programs work without the source, and `make
# uninstall` leaves nothing behind.
set -eu

cd "$(dirname "$0")/.."
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
failed=0

fail() {
	failed=$((failed + 1))
	printf 'FAIL install: %s\n' "$*"
}

make -s install DESTDIR="$place" PREFIX=/opt/dl
for file in bin/dateline bin/dateline-index bin/dateline-search share/man/man1/dateline.1 \
	share/man/man1/dateline-index.1 share/man/man1/dateline-entities.1 share/man/man1/dateline-search.1 \
	share/man/man7/dateline-query.7 share/dateline/names.model share/dateline/names.md \
	share/bash-completion/completions/dateline; do
	[ -f "$place/opt/dl/$file" ] || fail "there is no $file"
done
printf '{"id":"a","title":"Rain","body":"Rain on the coast."}\n' >"$place/one.jsonl"
(
	cd "$place"
	PATH=$place/opt/dl/bin:/usr/bin:/bin
	unset DATELINE_DB
	dateline index -q one.jsonl && [ "$(dateline search rain --format ids)" = a ]
) || fail 'the installed programs do not work'

# It is the installed model that is used, and not one of the source.
echo spoilt >"$place/opt/dl/share/dateline/names.model"
(
	unset DATELINE_MODEL
	PATH=$place/opt/dl/bin:/usr/bin:/bin
	dateline entities "$place/one.jsonl" 2>&1 | grep -q "$place/opt/dl/bin/../share/dateline/names.model is no model"
) || fail 'the installed model is not the one that is used'
make -s uninstall DESTDIR="$place" PREFIX=/opt/dl
left=$(find "$place/opt" -type f)
[ -z "$left" ] || fail "left behind: $left"
printf 'install: %d failed\n' "$failed"
[ "$failed" -eq 0 ]
