#!/bin/sh
# tests/setup.sh against a make-believe Debian: what it calls, and what it says when it cannot.
# shellcheck disable=SC2016 # the stand-ins expand their own variables
set -eu

setup=$(cd "$(dirname "$0")" && pwd)/setup.sh
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0
failed=0

# A folder with the only commands that exist: real small ones, and stand-ins that note how they were called.
machine() {
	rm -rf "${work:?}"/*
	mkdir "$work/bin"
	for tool in sh awk env; do
		ln -s "$(command -v "$tool")" "$work/bin/$tool"
	done
	stand_in id "echo $1"
	stand_in dpkg-query 'while read -r package; do echo "$package installed"; done <"$STATE/installed"'
	stand_in apt-get 'echo "apt-get $*" >>"$STATE/calls"
		case " $* " in
		*" install "*)
			[ ! -e "$STATE/fail_once" ] || { rm "$STATE/fail_once"; exit 100; }
			for word; do echo "$word" >>"$STATE/installed"; done ;;
		esac'
	ln -s "$(command -v rm)" "$work/bin/rm"
	: >"$work/calls"
	tr ' ' '\n' >"$work/installed" <<-LIST
		gcc g++ libc6-dev make pkg-config libxapian-dev libstemmer-dev libutf8proc-dev libcjson-dev libmd4c-dev libxxhash-dev
	LIST
}

stand_in() {
	printf '#!%s/bin/sh\n%s\n' "$work" "$2" >"$work/bin/$1"
	chmod +x "$work/bin/$1"
}

run() {
	status=0
	STATE=$work PATH=$work/bin "$work/bin/sh" "$setup" "$@" >"$work/out" 2>"$work/err" </dev/null || status=$?
}

expect() {
	name=$1
	shift
	if "$@"; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		printf 'FAIL setup: %s\n' "$name"
		sed 's/^/    /' "$work/out" "$work/err" "$work/calls"
	fi
}

says() {
	grep -q -- "$1" "$work/err"
}

calls() {
	[ "$(sed 's/.* \(install\|update\).*/\1/' "$work/calls" | tr '\n' ' ')" = "$1" ]
}

machine 0
echo libdeflate-dev >>"$work/installed"
run build
expect 'nothing missing: exit 0' test "$status" -eq 0
expect 'nothing missing: apt is not called' calls ''

machine 0
run --dry-run
expect 'a dry run names the one that is missing' test "$(cat "$work/out")" = libdeflate-dev
expect 'a dry run installs nothing' calls ''

machine 0
run build
expect 'installed as root' test "$status" -eq 0
expect 'only what is missing is asked for' grep -q 'recommends libdeflate-dev$' "$work/calls"

machine 0
: >"$work/fail_once"
run build
expect 'a failed install is tried again with fresh lists' grep -q ' update' "$work/calls"

machine 1000
run build
expect 'no root, no sudo: exit 1' test "$status" -eq 1
expect 'no root, no sudo: the command to run' says 'apt-get install --no-install-recommends libdeflate-dev$'
expect 'no root, no sudo: nothing is tried' calls ''

machine 1000
stand_in sudo 'echo "sudo $*" >>"$STATE/calls"; shift; exec "$@"'
run build
expect 'sudo without a terminal never asks for a password' grep -q '^sudo -n ' "$work/calls"
expect 'installed through sudo' test "$status" -eq 0

machine 0
rm "$work/bin/dpkg-query"
run build
expect 'no Debian: says so and goes on' test "$status" -eq 0
expect 'no Debian: names the packages' says 'no dpkg.*libxapian-dev'

machine 0
run biuld
expect 'an unknown group: exit 2' test "$status" -eq 2

printf 'setup: %d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
