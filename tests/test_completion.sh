#!/bin/bash
# lib/front/dateline.bash: what it offers for a line typed so far.
set -u

# shellcheck source=/dev/null
. "$(dirname "$0")/../lib/front/dateline.bash"
passed=0
failed=0

# offers LINE EXPECTED...: the words offered, in any order.
offers() {
	COMP_LINE=$1
	COMP_POINT=${#1}
	shift
	_dateline 2>/dev/null
	local have want
	have=$(printf '%s\n' "${COMPREPLY[@]-}" | sort)
	want=$(printf '%s\n' "${@-}" | sort)
	if [ "$have" = "$want" ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		printf 'FAIL completion of "%s": %s\n' "$COMP_LINE" "${have//$'\n'/ }"
	fi
}

offers 'dateline se' search
offers 'dateline ' index search show entities stats check help --help --version
offers '/some/where/dateline sh' show
offers 'dateline search --fa' --facet=
offers 'dateline search --no' --no-facets --no-pager
offers 'dateline-search --expl' --explain
offers 'dateline index --re' --rebuild --refresh-entities
offers 'dateline index --entities ' auto given off
offers 'dateline entities --entities ' auto given
offers 'dateline entities --format=' table json
offers 'dateline entities --kind s' source section speaker
offers 'dateline search --why=pe' person:
offers 'dateline index --entities=g' given
offers 'dateline index --format=' text markdown json jsonl
offers 'dateline search --format=' text json csv ids trec
offers 'dateline search --match ' all any auto
offers 'dateline search --expand=' auto always never
offers 'dateline search --sort=' relevance date -date
offers 'dateline search --sort -d' -date
offers 'dateline search --filter pl' place=
offers 'dateline search --filter=p' person= place= published=
offers 'dateline search --facet published:m' month
offers 'dateline search --facet=published:' year month day
offers 'dateline search --color=n' never
offers 'dateline search -n ' ''
offers 'dateline search words' ''
offers 'dateline stats --e' --entities --entities-fix=
offers 'dateline stats --kind=sp' speaker
offers 'dateline search --min' --min-confidence=
offers 'dateline help st' stats

here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
mkdir "$here/news.db"
: >"$here/news.txt"
cd "$here" || exit 1
offers 'dateline index ne' news.db news.txt
offers 'dateline index -d ne' news.db
offers 'dateline search --db=ne' news.db
offers 'dateline index --errors ne' news.db news.txt
offers 'dateline entities ne' news.db news.txt
offers 'dateline entities --eval=ne' news.db news.txt
offers 'dateline search --entities-fix=ne' news.db news.txt

printf 'completion: %d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
