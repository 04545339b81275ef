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

here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT

# An index that knows these; it is asked for what is typed, and says how.
mkdir "$here/bin"
cat >"$here/bin/dateline" <<'END'
#!/bin/bash
printf '%s\n' "$*" >>"$0.asked"
case ${!#} in
*=cyb) printf 'cyber\t9\tword\ncybersecurity\t3\tword\nperson:"Cyb Org"\t1\tperson\n' ;;
*=pers) printf 'person\t9\tword\n' ;;
*=person:K | *=person:'Kajsa O') printf 'person:"Kajsa Ollongren"\t3\tperson\n' ;;
*=person:oll) printf 'person:"Kajsa Ollongren"\t3\tperson\nperson:Ollie\t2\tperson\nperson:"A Olley"\t1\tperson\n' ;;
*=person:ong) printf 'person:"B Ong"\t3\tperson\nperson:"C Ong"\t2\tperson\n' ;;
*=place:*) printf "place:\"Cote d'Ivoire\"\t2\tplace\n" ;;
esac
END
chmod +x "$here/bin/dateline"
cp "$here/bin/dateline" "$here/bin/dateline-search"
PATH=$here/bin:$PATH

offers 'dateline se' search
offers 'dateline ' index search show entities stats check help --help --version
offers '/some/where/dateline sh' show
offers 'dateline search --fa' --facet= --facet-match= --facet-sort= --facet-trend
offers 'dateline search --facet-match=pe' person=
offers 'dateline search --facet-sort n' name
offers 'dateline search --facet topic:' tree
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
offers 'dateline search --format=' text json html csv ids trec
offers 'dateline search --match ' all any auto
offers 'dateline search --expand=' auto always never
offers 'dateline search --sort=' relevance date -date
offers 'dateline search --sort -d' -date
offers 'dateline search --filter pl' place=
offers 'dateline search --filter=p' person= place= published=
offers 'dateline search --facet published:m' month
offers 'dateline search --facet=published:' day month tree year
offers 'dateline search --color=n' never
offers 'dateline search -n ' ''
offers 'dateline search words' ''
offers 'dateline stats --e' --entities --entities-fix=
offers 'dateline stats --kind=sp' speaker
offers 'dateline search --min' --min-confidence=
offers 'dateline help st' stats


# Words and values of the index, as the shell takes them; what readline replaces begins behind the last = or :.
offers 'dateline search cyb' cyber cybersecurity
offers 'dateline-search -n 3 cyb' cyber cybersecurity
offers 'dateline search --complete cyb' cyber cybersecurity
offers 'dateline search nothing' ''
offers 'dateline search pers' person
offers 'dateline search person:K' '\"Kajsa\ Ollongren\"'
offers 'dateline search --filter person=K' 'Kajsa\ Ollongren'
offers 'dateline search --filter=person=K' 'Kajsa\ Ollongren'
offers 'dateline search --filter person!=K' 'Kajsa\ Ollongren'
offers 'dateline search --filter person=Kajsa\ O' 'Kajsa\ Ollongren'
offers 'dateline search --filter place=' "Cote\\ d\\'Ivoire"
offers 'dateline search --filter place=nowhere=' "Cote\\ d\\'Ivoire"
# Of several that begin otherwise, readline must not put the beginning that they share.
offers 'dateline search --filter person=ong' 'B\ Ong' 'C\ Ong' ' '
offers 'dateline search --filter person=oll' 'Kajsa\ Ollongren' Ollie 'A\ Olley' ' '
COMP_WORDBREAKS=$' \t\n"' offers 'dateline search --filter person=K' 'person=Kajsa\ Ollongren'
: >"$here/bin/dateline.asked"
offers 'dateline search -d my\ news.db --db=b.db -dc.db person:K' '\"Kajsa\ Ollongren\"'
if grep -qx 'search --db=my news.db --db=b.db --db=c.db -n 40 --complete=person:K' "$here/bin/dateline.asked"; then
	passed=$((passed + 1))
else
	failed=$((failed + 1))
	echo 'FAIL completion asks another index:'
	cat "$here/bin/dateline.asked"
fi

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
offers 'dateline search --synonyms ne' news.db news.txt

printf 'completion: %d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
