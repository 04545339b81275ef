# Completion for bash: commands, options, fields, formats. Installed as
# PREFIX/share/bash-completion/completions/dateline; works without the bash-completion package when sourced.

_dateline_commands='index search show entities stats check help'
_dateline_fields='person org place other source author topic section language agency speaker dateline when published'
_dateline_names=${_dateline_fields/ when published/}

_dateline_options() {
	case $1 in
	index) echo '--db= --jobs= --memory= --entities= --format= --errors= --rebuild --delete= --prune
		--refresh-entities --entities-fix= --quiet --verbose' ;;
	search) echo '--db= --all --match= --expand= --batch= --complete= --similar= --recency= --filter= --facet= --facet-match= --facet-sort= --facet-trend
		--no-facets --offset= --sort= --json --format= --explain --why= --mark-entities --timeout=
		--min-confidence= --entities-fix= --synonyms= --check
		--color= --no-pager' ;;
	show) echo '--db= --json' ;;
	entities) echo '--entities= --date= --kind= --min-confidence= --format= --json --text --input= --model= --eval=' ;;
	check) echo '--db=' ;;
	stats) echo '--db= --entities --top= --kind= --entities-fix=' ;;
	esac
	echo '--help --version'
}

# What may stand behind an option of a command; nothing for options whose value is free.
_dateline_values() {
	case $1:$2 in
	index:--entities) echo 'auto given off' ;;
	index:--format) echo 'text markdown json jsonl' ;;
	entities:--entities) echo 'auto given' ;;
	entities:--format) echo 'table json' ;;
	entities:--input) echo 'text markdown json jsonl' ;;
	entities:--kind) echo "${_dateline_fields/ published/}" ;;
	search:--format) echo 'text json html csv ids trec' ;;
	search:--match) echo 'all any auto' ;;
	search:--expand) echo 'auto always never' ;;
	search:--sort) echo 'relevance date -date' ;;
	search:--color) echo 'auto always never' ;;
	search:--facet) echo "$_dateline_fields published:year published:month published:day published:tree
		when:year when:month when:day when:tree topic:tree" ;;
	search:--facet-match) echo "${_dateline_names// /= }=" ;;
	search:--facet-sort) echo "count name significance ${_dateline_names// /= }=" ;;
	search:--why) echo "${_dateline_fields// /: }:" ;;
	stats:--kind) echo "${_dateline_fields/ published/}" ;;
	search:--filter) echo "${_dateline_fields// /= }=" ;;
	help:) echo "$_dateline_commands" ;;
	esac
}

# Options that are followed by a word of their own.
_dateline_takes_value() {
	case $1 in
	-d | -j | -n) return 0 ;;
	--*) [[ " $(_dateline_options "$2") " == *[[:space:]]"$1= "* ]] ;;
	*) return 1 ;;
	esac
}

_dateline_reply() {
	local IFS=$' \t\n'
	mapfile -t COMPREPLY < <(compgen -W "$1" -- "$2")
	# After --filter= or a field comes more of the same word.
	[[ ${COMPREPLY[0]-} == *[=:] ]] && compopt -o nospace 2>/dev/null
	return 0
}

_dateline_files() {
	compopt -o filenames 2>/dev/null
	mapfile -t COMPREPLY < <(compgen "$1" -- "$2")
}

# Which index the line so far names, as options; read from `words` of the caller.
_dateline_indexes() {
	local i
	for ((i = 1; i < ${#words[@]} - 1; i++)); do
		case ${words[i]} in
		-d | --db) printf '%s\n' "--db=${words[++i]//\\/}" ;;
		-d?*) printf '%s\n' "--db=${words[i]#-d}" ;;
		--db=*) printf '%s\n' "${words[i]//\\/}" ;;
		esac
	done
}

# What the index offers for PREFIX, a line each: TEXT TAB COUNT TAB FIELD. Without an index, nothing.
_dateline_ask() {
	local -a program=("${words[0]}") indexes
	[[ ${words[0]##*/} == dateline-* ]] || program+=(search)
	mapfile -t indexes < <(_dateline_indexes)
	"${program[@]}" "${indexes[@]}" -n 40 --complete="$1" 2>/dev/null </dev/null
}

# Offers the words given, as the shell takes them. Where none begins with what was typed ($1), one alone takes its place; of
# several, the beginning that they share must not, so that a blank goes with them.
_dateline_offer() {
	local typed word
	local -a all=() begun=()
	printf -v typed '%q' "$1"
	[[ $1 ]] || typed=
	shift
	for word; do
		printf -v word '%q' "$word"
		all+=("$word")
		[[ $word == "$typed"* ]] && begun+=("$word")
	done
	COMPREPLY=("${begun[@]}")
	if ((!${#begun[@]} && ${#all[@]})); then
		COMPREPLY=("${all[@]}")
		((${#all[@]} > 1)) && COMPREPLY+=(' ')
	fi
	return 0
}

# A word of a query. Names are offered behind their field only.
_dateline_query_word() {
	local typed=${1//\\/} text field
	local -a found=()
	[[ $1 == *[\"\']* && $1 != *\\* ]] && return
	while IFS=$'\t' read -r text _ field; do
		[[ $field == word || $typed == *:* ]] && found+=("$text")
	done < <(_dateline_ask "$typed")
	_dateline_offer "$typed" "${found[@]}"
}

# The value behind --filter FIELD= or FIELD!=.
_dateline_filter_value() {
	local field=${1%%=*} typed=${1#*=} text before=
	local -a found=()
	typed=${typed//\\/}
	# Where = parts words, what readline replaces begins behind it.
	[[ $COMP_WORDBREAKS == *=* ]] || before=$field=
	while IFS=$'\t' read -r text _; do
		text=${text#*:}
		text=${text#\"}
		found+=("$before${text%\"}")
	done < <(_dateline_ask "${field%!}:$typed")
	_dateline_offer "$before$typed" "${found[@]}"
}

_dateline_value() {
	case $2 in
	-d | --db) _dateline_files -d "$3" ;;
	--complete) _dateline_query_word "$3" ;;
	--filter)
		if [[ $1 == search && $3 == *=* ]]; then
			_dateline_filter_value "$3"
		else
			_dateline_reply "$(_dateline_values "$1" "$2")" "$3"
		fi
		;;
	--errors | --entities-fix | --synonyms | --model | --eval | --batch) _dateline_files -f "$3" ;;
	*) _dateline_reply "$(_dateline_values "$1" "$2")" "$3" ;;
	esac
}

# Splits a line into `words` of the caller. A blank behind a backslash is part of its word.
_dateline_split() {
	local -a pieces
	local piece
	words=()
	read -r -a pieces <<<"${1//\\ /$'\x01'}"
	for piece in "${pieces[@]}"; do
		words+=("${piece//$'\x01'/\\ }")
	done
	[[ $1 == *[[:space:]] && $1 != *'\ ' ]] && words+=('')
	return 0
}

_dateline() {
	# The words as the shell reads them: COMP_WORDS is cut at = and :, which are parts of ours.
	local line=${COMP_LINE:0:COMP_POINT}
	local -a words
	_dateline_split "$line"
	local current=${words[${#words[@]} - 1]}
	local before=${words[${#words[@]} - 2]-}
	local command=${words[1]-}
	COMPREPLY=()
	case ${words[0]##*/} in
	dateline-*) command=${words[0]##*dateline-} ;;
	*)
		if ((${#words[@]} <= 2)); then
			_dateline_reply "$_dateline_commands --help --version" "$current"
			return
		fi
		;;
	esac

	if [[ $current == --*=* ]]; then
		_dateline_value "$command" "${current%%=*}" "${current#*=}"
	elif _dateline_takes_value "$before" "$command"; then
		_dateline_value "$command" "$before" "$current"
	elif [[ $current == -* ]]; then
		_dateline_reply "$(_dateline_options "$command")" "$current"
	elif [[ $command == index || $command == entities ]]; then
		_dateline_files -f "$current"
	elif [[ $command == search && $current ]]; then
		_dateline_query_word "$current"
	elif [[ $command == help ]]; then
		_dateline_reply "$(_dateline_values help '')" "$current"
	fi
	# What readline replaces begins after the last = or : of the word.
	if [[ $COMP_WORDBREAKS == *:* && $current == *:* ]] && ((${#COMPREPLY[@]})); then
		local tail=${current#*=}
		tail=${tail%"${tail##*:}"}
		COMPREPLY=("${COMPREPLY[@]#"$tail"}")
	fi
}

complete -F _dateline dateline dateline-index dateline-search
