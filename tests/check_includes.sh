#!/bin/sh
# Fails on an include that the map in ARCHITECTURE.md does not draw.
#
#   tests/check_includes.sh [TREE]         checks a tree, by default the one this script is in
#   tests/check_includes.sh --self-test    spoils copies of the tree one by one: each must be found out
#
# The map is three fenced blocks of "name: words" lines: rooms (what each may include), headers (which
# room a header of include/dateline belongs to) and libraries (which headers a library has).
set -eu

sources() {
	find include indexer searcher lib tests -type f \( -name '*.c' -o -name '*.h' -o -name '*.cc' -o \
		-name '*.hh' -o -name '*.cpp' -o -name '*.cxx' -o -name '*.hpp' -o -name '*.inc' \) |
		LC_ALL=C sort
}

check() {
	cd "$1"
	sources | LC_ALL=C awk '
		function complain(what) {
			printf "%s: %s\n", at, what
			faults++
		}

		function folder_of(path) {
			sub(/\/?[^\/]*$/, "", path)
			return path
		}

		# "a/b/../c.h" -> "a/c.h"
		function straighten(path, parts, n, i, out) {
			n = split(path, parts, "/")
			out = ""
			for (i = 1; i <= n; i++) {
				if (parts[i] == "" || parts[i] == ".")
					continue
				if (parts[i] == "..")
					out = folder_of(out)
				else
					out = out (out == "" ? "" : "/") parts[i]
			}
			return out
		}

		# The outermost room that a path lies in; "" for none.
		function room_of(path, room) {
			if (path ~ /^include\/dateline\/[^\/]*$/)
				return owner[substr(path, length("include/dateline/") + 1)]
			room = ""
			for (path = folder_of(path); path != ""; path = folder_of(path))
				if (path in rooms)
					room = path
			return room
		}

		# May `path` use this room or library? The rooms it lies in decide, a nook inside a room adding to it.
		function may(path, what, room) {
			if (path ~ /^include\//)
				return (owner_of_path SUBSEP what) in arrow
			for (path = folder_of(path); path != ""; path = folder_of(path))
				if ((path SUBSEP what) in arrow)
					return 1
			return 0
		}

		function library_of(header, folder) {
			if (header in library)
				return library[header]
			folder = header
			if (sub(/\/.*/, "/*", folder) && folder in library)
				return library[folder]
			return header ~ /\./ ? "" : "c++"
		}

		function check_system(path, header, name) {
			if (header ~ /^dateline\//) {
				complain("write \"" header "\" with quotes")
				return
			}
			name = library_of(header)
			if (name == "")
				complain("<" header "> belongs to no library of the map")
			else if (name != "libc" && !may(path, name))
				complain("<" header ">: " home " may not use " name)
		}

		function check_public(path, header, target) {
			target = owner[header]
			if (target == "")
				complain("\"dateline/" header "\" is not in the headers of the map")
			else if (target == home)
				used[header] += path !~ /^include\//
			else if (!may(path, target) && !may(path, "*"))
				complain("\"dateline/" header "\" is of " target ", and no arrow leads there from " home)
		}

		function check_private(path, header, target, other, line) {
			target = straighten(folder_of(path) "/" header)
			if (target ~ /^include\//) {
				complain("write \"dateline/...\" for \"" header "\"")
				return
			}
			if ((getline line < target) < 0) {
				complain("\"" header "\": there is no file " target)
				return
			}
			close(target)
			if (path ~ /^include\//) {
				complain("a public header includes the private " target)
				return
			}
			other = room_of(target)
			if (other != home && !may(path, "*"))
				complain("\"" header "\" is a private header of " (other == "" ? "no room" : other))
		}

		function check_line(path, line, name) {
			name = line
			sub(/^[ \t]*#[ \t]*include[ \t]*/, "", name)
			if (name ~ /^</) {
				gsub(/^<|>.*$/, "", name)
				check_system(path, name)
			} else if (name ~ /^"dateline\//) {
				sub(/^"dateline\//, "", name)
				sub(/".*$/, "", name)
				check_public(path, name)
			} else if (name ~ /^"/) {
				gsub(/^"|"[^"]*$/, "", name)
				check_private(path, name)
			} else {
				complain("an include must name its file")
			}
		}

		function check_file(path, line, number) {
			at = path
			home = owner_of_path = room_of(path)
			if (home == "") {
				complain(path ~ /^include\// ? "is not in the headers of the map" : "lies in no room of the map")
				return
			}
			if (path ~ /\.(cc|hh|cpp|cxx|hpp)$/ && !may(path, "c++"))
				complain("C++ outside the shim over libxapian")
			number = 0
			while ((getline line < path) > 0) {
				at = path ":" ++number
				if (line ~ /^[ \t]*#[ \t]*include/)
					check_line(path, line)
			}
			close(path)
		}

		function read_map_line(line, name, words, n, i) {
			name = line
			sub(/:.*/, "", name)
			sub(/^[^:]*:/, "", line)
			gsub(/^[ \t]+|[ \t]+$/, "", name)
			if (block == "rooms" && rooms[name]++)
				complain("draws the room " name " twice")
			n = split(line, words, " ")
			for (i = 1; i <= n; i++) {
				if (block == "libraries") {
					library[words[i]] = name
					is_library[name] = 1
				} else if (block == "headers") {
					owner[words[i]] = name
				} else {
					arrow[name, words[i]] = 1
					# Naming only rooms above one keeps the arrows free of circles.
					if (words[i] == name || !(words[i] in rooms))
						later[words[i]] = name
				}
			}
		}

		function read_map(line) {
			at = "ARCHITECTURE.md"
			while ((getline line < at) > 0) {
				if (line ~ /^```/) {
					block = substr(line, 4)
					seen[block] = 1
				} else if (block ~ /^(rooms|headers|libraries)$/ && line ~ /:/) {
					read_map_line(line)
				}
			}
			close(at)
			if (!seen["rooms"] || !seen["headers"] || !seen["libraries"])
				complain("needs the fenced blocks rooms, headers and libraries")
			for (line in later)
				if (line != "*" && line != "c++" && !(line in is_library))
					complain(later[line] " names " line ", which is no library and no room above it")
		}

		BEGIN { read_map() }
		{ files[++count] = $0; exists[$0] = 1 }
		END {
			for (i = 1; i <= count; i++)
				check_file(files[i])
			at = "ARCHITECTURE.md"
			for (header in owner) {
				if (!(("include/dateline/" header) in exists))
					complain("there is no include/dateline/" header)
				else if (!used[header])
					complain("nothing in " owner[header] " includes dateline/" header ", said to be its own")
			}
			printf "includes: %d files, %d faults\n", count, faults
			exit faults > 0
		}'
}

# Adds a line to a file of a fresh copy, and demands that the check names the file and says `$3`.
spoil() {
	rm -rf "$copy"
	mkdir "$copy"
	(cd "$tree" && sources | tar -cf - -T - ARCHITECTURE.md) | tar -xf - -C "$copy"
	mkdir -p "$copy/$(dirname "$1")"
	printf '%s\n' "$2" >>"$copy/$1"
	tried=$((tried + 1))
	if found=$(check "$copy"); then
		printf 'FAIL includes: "%s" in %s was not found out\n' "$2" "$1"
		failed=$((failed + 1))
	elif ! printf '%s\n' "$found" | grep -q "^$1.*$3"; then
		printf 'FAIL includes: "%s" in %s was not named:\n%s\n' "$2" "$1" "$(printf '%s\n' "$found" | head -n 5)"
		failed=$((failed + 1))
	fi
}

self_test() {
	copy=$(mktemp -d)/tree
	trap 'rm -rf "${copy%/tree}"' EXIT
	tried=0
	failed=0
	spoil lib/base/status.c '#include "dateline/text.h"' 'no arrow leads there'
	spoil lib/index/bad.c '#include "dateline/entity.h"' 'no arrow leads there'
	spoil include/dateline/status.h '#include "dateline/store.h"' 'no arrow leads there'
	spoil include/dateline/store.h '#include "../../lib/index/guard.hh"' 'public header includes'
	spoil indexer/bad.c '#include "../searcher/answer.h"' 'private header of searcher'
	spoil searcher/bad.c '#include "../indexer/readers/reader.h"' 'private header of indexer'
	spoil searcher/bad.c '#include <xapian.h>' 'may not use xapian'
	spoil lib/entity/bad.c '#include <libstemmer.h>' 'may not use stemmer'
	spoil indexer/bad.c '#include <cjson/cJSON.h>' 'may not use cjson'
	spoil searcher/bad.c '#include <utf8proc.h>' 'may not use utf8proc'
	spoil lib/base/status.c '#include <openssl/ssl.h>' 'no library of the map'
	spoil lib/base/status.c '#include <vector>' 'may not use c++'
	spoil lib/base/bad.cc 'int x;' 'C++ outside'
	spoil lib/base/status.c '#include SOMETHING' 'must name its file'
	spoil lib/base/status.c '#include "nowhere.h"' 'no file lib/base/nowhere.h'
	spoil lib/base/status.c '#include "../../include/dateline/text.h"' 'write "dateline'
	spoil include/dateline/fresh.h 'int x;' 'not in the headers'
	spoil lib/attic/bad.c 'int x;' 'no room of the map'
	spoil ARCHITECTURE.md "$(printf '\140\140\140rooms\nlib/base: indexer\n\140\140\140')" 'draws the room'
	spoil ARCHITECTURE.md "$(printf '\140\140\140rooms\nlib/attic: cellar\n\140\140\140')" 'no room above'
	printf 'includes: %d bad edges tried, %d not found out\n' "$tried" "$failed"
	[ "$failed" -eq 0 ]
}

tree=$(cd "$(dirname "$0")/.." && pwd)
case ${1-} in
--self-test) self_test ;;
*) check "${1-$tree}" ;;
esac
