# What test scripts share: each test passes or fails, and the end says how many. To be sourced.
# shellcheck shell=sh
passed=0
failed=0

pass() {
	passed=$((passed + 1))
}

fail() {
	failed=$((failed + 1))
	printf 'FAIL %s\n' "$*"
}

# finish NAME: the exit code of the script. Nothing tested is a failure too.
finish() {
	printf '%s: %d passed, %d failed\n' "$1" "$passed" "$failed"
	[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
}
