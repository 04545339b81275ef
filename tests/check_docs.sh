#!/bin/sh
# What is written must be so: options in --help, manual pages and completion agree, and every example runs.
#
#   tests/check_docs.sh [--bin DIR]
#
# An example is a line "$ command" in a console block of README.md, or under EXAMPLES of a manual page (or in
# another literal block there). It must exit 0, or as "# exit N" at its end says. In README.md, lines below a command must
# come in its output, in that order; "..." stands for whatever is between. The examples of a page run one after the
# other in a fresh folder that has corpus/ and bin/; all but README.md and dateline-index(1) find an index of the corpus there.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd -P)
bin=$root/bin
if [ "${1-}" = --bin ]; then
	bin=$(cd "$2" && pwd -P)
fi
for program in dateline dateline-index dateline-search; do
	if [ ! -x "$bin/$program" ]; then
		echo "docs: there is no $bin/$program: run make first" >&2
		exit 2
	fi
done

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
PATH=$bin:$PATH
export PATH LC_ALL=C.UTF-8 TZ=UTC COLUMNS=80 TERM=dumb
unset DATELINE_DB NO_COLOR PAGER
. "$root/tests/counting.sh"

# ---- options ----

# Those that argp adds by itself are left out.
only_ours() {
	grep -vxE -e '-\?|-V|--help|--usage|--version' | LC_ALL=C sort -u
}

# The option columns of --help end at the first two blanks in a row.
options_of_help() {
	"$@" --help </dev/null | sed -n 's/^ \{2,6\}\(-[^ ].*\)$/\1/p' | sed -e 's/   *.*//' -e 's/[ ,]/\n/g' |
		sed -n 's/^\(-[-a-zA-Z0-9?]*\).*/\1/p' | only_ours
}

options_of_page() {
	sed 's/\\&//g' "$1" | awk '/^\.It Fl/ {
		for (i = 2; i < NF; i++)
			if ($i == "Fl")
				print "-" $(i + 1)
			else if ($i == "," && $(i + 1) ~ /^-/)
				print "-" $(i + 1)
	}' | only_ours
}

options_of_completion() {
	bash -c '. "$1" && _dateline_options "$2"' - "$root/lib/front/dateline.bash" "$1" |
		sed 's/[ \t=]/\n/g' | grep -e '^--' | only_ours
}

# same NAME_A FILE_A NAME_B FILE_B: both hold the same sorted lines.
same() {
	if [ ! -s "$2" ]; then
		fail "docs: nothing found in $1"
	elif cmp -s "$2" "$4"; then
		pass
	else
		LC_ALL=C comm -23 "$2" "$4" | while read -r word; do fail "docs: $word is in $1, but not in $3"; done
		LC_ALL=C comm -13 "$2" "$4" | while read -r word; do fail "docs: $word is in $3, but not in $1"; done
		failed=$((failed + 1))
	fi
}

check_options() {
	options_of_help "$bin/dateline" "$1" >"$scratch/help"
	options_of_page "$2" >"$scratch/page"
	options_of_completion "$1" >"$scratch/completion"
	grep -e '^--' "$scratch/help" >"$scratch/long" || true
	same "dateline $1 --help" "$scratch/help" "${2#"$root"/}" "$scratch/page"
	same "dateline $1 --help" "$scratch/long" "its completion" "$scratch/completion"
}

# ---- fields ----

fields_of_table() {
	sed -n 's/^[[:space:]]*{ *\(\.name = \)\{0,1\}"\([a-z]*\)".*/\2/p' "$root/lib/index/field.c" | LC_ALL=C sort -u
}

check_fields() {
	fields_of_table >"$scratch/table"
	awk '/^\.S[sh] / { inside = ($2 == "Fields") } inside && /^\.It Cm/ { print $3 }' \
		"$root/searcher/dateline-query.7" | LC_ALL=C sort -u >"$scratch/page"
	same "the table of fields" "$scratch/table" "dateline-query(7)" "$scratch/page"
	bash -c '. "$1" && printf "%s\n" $_dateline_fields' - "$root/lib/front/dateline.bash" |
		LC_ALL=C sort -u >"$scratch/completion"
	LC_ALL=C comm -13 "$scratch/table" "$scratch/completion" >"$scratch/unknown"
	if [ -s "$scratch/unknown" ]; then
		fail "docs: completion offers what is no field: $(tr '\n' ' ' <"$scratch/unknown")"
	else
		pass
	fi
}

# ---- rules ----

check_rules() {
	grep -o '\[RULE_[A-Z]*\] = "[a-z ]*"' "$root/lib/base/article.c" | sed 's/.*"\(.*\)"/\1/' |
		LC_ALL=C sort -u >"$scratch/table"
	sed -n '/^The rule says/,/^\.El/s/^\.It Li //p' "$root/indexer/dateline-entities.1" | LC_ALL=C sort -u >"$scratch/page"
	same "the names of rules" "$scratch/table" "dateline-entities(1)" "$scratch/page"
}

# ---- examples ----

# What a manual page writes for a character.
unescape() {
	sed -e 's/\\-/-/g' -e "s/\\\\(aq/'/g" -e 's/\\(dq/"/g' -e 's/\\e/\\/g' -e 's/\\&//g'
}

# The commands of a page, each followed by the lines of output shown below it.
examples_of() {
	case $1 in
	*.md) awk '/^```/ { inside = ($0 == "```console"); next } inside' "$1" ;;
	*) awk '/^\.Bd -literal/ { inside = 1; next } /^\.Ed/ { inside = 0 } inside' "$1" | grep '^\$ ' | unescape ;;
	esac
}

# Each line of $1, but "...", comes in $2, in order.
comes_in_order() {
	awk -v shown="$1" 'BEGIN {
			while ((getline line <shown) > 0)
				if (line != "..." && line != "")
					want[++n] = line
		}
		at < n && $0 == want[at + 1] { at++ }
		END { if (at < n) { print "not in the output: " want[at + 1]; exit 1 } }' "$2"
}

run_example() {
	[ -n "$command" ] || return 0
	want=0
	case $command in
	*'# exit '[0-9]) want=${command##*# exit } ;;
	esac
	got=0
	(cd "$place" && sh -c "$command") </dev/null >"$scratch/out" 2>"$scratch/err" || got=$?
	if [ "$got" -ne "$want" ]; then
		fail "docs: $1: exit $got, not $want: $command"
		sed 's/^/    /' "$scratch/err"
	elif ! comes_in_order "$scratch/shown" "$scratch/out" >"$scratch/why"; then
		fail "docs: $1: $command"
		sed 's/^/    /' "$scratch/why"
	else
		pass
	fi
}

check_examples() {
	page=${1#"$root"/}
	place=$scratch/place
	rm -rf "$place"
	mkdir "$place"
	ln -s "$root/corpus" "$place/corpus"
	ln -s "$bin" "$place/bin"
	case $page in
	README.md | *dateline-index.1) ;;
	*) (cd "$place" && dateline index -q corpus/articles) || fail "docs: $page: the corpus could not be indexed" ;;
	esac
	examples_of "$1" >"$scratch/lines"
	if ! grep -q '^\$ ' "$scratch/lines"; then
		fail "docs: $page has no examples"
		return
	fi
	command=
	: >"$scratch/shown"
	while IFS= read -r line; do
		case $line in
		'$ '*)
			run_example "$page"
			command=${line#"$ "}
			: >"$scratch/shown"
			;;
		*) printf '%s\n' "$line" >>"$scratch/shown" ;;
		esac
	done <"$scratch/lines"
	run_example "$page"
}

# ---- queries ----

# The queries of dateline-query(7), each on a line behind what is expected of it: nothing ("finds"), what the comment behind it
# says, or of those within a sentence only that they are understood ("any exit").
queries_of() {
	awk 'function out() { if (query != "") print expected "\t" query; query = "" }
		/^\.\\" (gives: |exit |any exit)/ { expected = substr($0, 5); next }
		{ out() }
		/^\.Dl / { expected = "finds"; query = substr($0, 5); next }
		/^\.([A-Z][a-z] )*Ql / {
			expected = "any exit"; inside = 0
			for (i = 1; i <= NF; i++) {
				if ($i ~ /^\.?Ql$/ || ($i ~ /^[,.;:)]$/ && query != "")) {
					out()
					inside = $i ~ /Ql$/
				} else if (inside) {
					query = query (query == "" ? "" : " ") $i
				}
			}
		}
		END { out() }' "$1" | unescape
}

# run_query EXPECTED QUERY: hints that nothing is there are none of the query.
run_query() {
	got=0
	(cd "$place" && dateline search -n 0 --no-facets --json -- "$2") </dev/null >"$scratch/out" 2>"$scratch/err" || got=$?
	sed -n 's/.*"hints":\[\(.*\)\].*/\1/p' "$scratch/out" | sed 's/","/"\n"/g' |
		grep -vE '^"?(no article has |no article fits |each of these )' >"$scratch/hints" || true
	case $1 in
	'gives: '*) grep -qF "${1#gives: }" "$scratch/hints" && [ "$got" -eq 0 ] ;;
	'exit '*) [ "$got" -eq "${1#exit }" ] ;;
	'any exit') [ "$got" -le 1 ] && [ ! -s "$scratch/hints" ] ;;
	*) [ "$got" -eq 0 ] && [ ! -s "$scratch/hints" ] ;;
	esac || {
		fail "docs: dateline-query(7): exit $got, not \"$1\": $2"
		cat "$scratch/err" "$scratch/hints" | sed 's/^/    /'
		return
	}
	pass
}

check_queries() {
	queries_of "$1" >"$scratch/queries"
	if [ "$(grep -c '^finds' "$scratch/queries")" -lt 20 ]; then
		fail "docs: dateline-query(7) has hardly any queries"
	fi
	while IFS='	' read -r expected query; do
		run_query "$expected" "$query"
	done <"$scratch/queries"
}

check_options index "$root/indexer/dateline-index.1"
check_options entities "$root/indexer/dateline-entities.1"
check_options search "$root/searcher/dateline-search.1"
check_fields
check_rules
for page in "$root/README.md" "$root"/lib/front/*.1 "$root"/indexer/*.1 "$root"/searcher/*.[17]; do
	check_examples "$page"
	case $page in
	*dateline-query.7) check_queries "$page" ;;
	esac
done
finish docs
