#!/bin/sh
# Installs the Debian packages that are missing for what one wants to do:
#
#   tests/setup.sh [--dry-run] [build|test|bench|model|lint|fuzz]...        (no group: build)
#
# When nothing is missing it needs no root, no network and some milliseconds, so that every make target
# can begin with it. --dry-run prints what is missing, one package a line, and installs nothing.
set -eu

build='gcc g++ libc6-dev make pkg-config libxapian-dev libstemmer-dev libutf8proc-dev libcjson-dev
	libmd4c-dev libxxhash-dev libdeflate-dev'
test='check jq libsubunit-dev valgrind xapian-tools'
# scriptindex is in xapian-omega, quest in xapian-tools; searches are measured beside Lucene
bench='bc default-jdk-headless jq liblucene8-java libsqlite3-dev sqlite3 time util-linux xapian-omega xapian-tools'
model='zstd' # what the model is made from is packed by it
lint='clang-format clang-tidy libsqlite3-dev mandoc shellcheck' # a peer of the measurements has a header to be found
fuzz='clang libclang-rt-14-dev'

say() {
	printf 'setup: %s\n' "$*" >&2
}

packages_of() {
	case $1 in
	build) echo "$build" ;;
	test) echo "$build $test" ;;
	bench) echo "$build $bench" ;;
	model) echo "$build $model" ;;
	lint) echo "$build $lint" ;;
	fuzz) echo "$build $fuzz" ;;
	*)
		say "no group \"$1\"; there are build, test, bench, model, lint and fuzz"
		exit 2
		;;
	esac
}

# Those of the packages named that are not installed, in the order named, each once.
missing_of() {
	dpkg-query -W -f '${Package} ${db:Status-Status}\n' "$@" 2>/dev/null |
		awk -v wanted="$*" '
			$2 == "installed" { have[$1] = 1 }
			END {
				n = split(wanted, list)
				for (i = 1; i <= n; i++)
					if (!have[list[i]]++)
						print list[i]
			}'
}

as_root() {
	if [ "$(id -u)" -eq 0 ]; then
		env DEBIAN_FRONTEND=noninteractive "$@"
	elif [ -t 0 ]; then
		sudo env DEBIAN_FRONTEND=noninteractive "$@"
	else
		sudo -n env DEBIAN_FRONTEND=noninteractive "$@" # nobody is there to type a password
	fi
}

apt() {
	as_root apt-get -q -y -o DPkg::Lock::Timeout=120 "$@" >&2
}

have_lists() {
	for file in /var/lib/apt/lists/*_Packages*; do
		[ -e "$file" ] && return 0
	done
	return 1
}

# The lists can be absent (a fresh container) or older than the archive: asked for only then.
install_packages() {
	if have_lists; then
		apt install --no-install-recommends "$@" && return 0
		say 'that did not work; once more with fresh package lists'
	fi
	apt update && apt install --no-install-recommends "$@"
}

dry_run=
if [ "${1-}" = --dry-run ]; then
	dry_run=1
	shift
fi
[ $# -gt 0 ] || set -- build
wanted=
for group; do
	wanted="$wanted $(packages_of "$group")"
done

if ! command -v dpkg-query >/dev/null; then
	# shellcheck disable=SC2086 # the list is words
	say "this system has no dpkg; going on as if it had:" $wanted
	exit 0
fi
# shellcheck disable=SC2086 # the list is words
missing=$(missing_of $wanted)
[ -n "$missing" ] || exit 0
if [ -n "$dry_run" ]; then
	printf '%s\n' "$missing"
	exit 0
fi

# shellcheck disable=SC2086 # the list is words
set -- $missing
by_hand="apt-get update && apt-get install --no-install-recommends $*"
if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null; then
	say "packages are missing, and there is no sudo to install them with. Run as root:"
	say "  $by_hand"
	exit 1
fi
say "installing $*"
if ! install_packages "$@"; then
	say "could not install. Run as root, and look at what it says:"
	say "  $by_hand"
	exit 1
fi
missing=$(missing_of "$@")
if [ -n "$missing" ]; then
	# shellcheck disable=SC2086 # the list is words
	say "still missing:" $missing
	exit 1
fi
