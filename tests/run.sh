#!/bin/sh
# Every test on one variant of the programs.
#
#   tests/run.sh BUILD BIN
#
# BUILD is the folder of the variant (build/release), BIN that of its programs. Goes on after a failure, and ends
# with the names of what failed.
set -u

cd "$(dirname "$0")/.." || exit 1
build=$1
bin=$2
failed=

# libxapian's own check of a database frees memory by another size than it asked for.
export ASAN_OPTIONS=new_delete_type_mismatch=0

# step NAME COMMAND...: quiet when it passes.
step() {
	name=$1
	shift
	printf '  TEST     %s\n' "$name"
	if ! "$@" >"$build/test.log" 2>&1; then
		cat "$build/test.log"
		failed="$failed $name"
	fi
}

for suite in "$build"/tests/test_*; do
	[ -x "$suite" ] && step "$(basename "$suite")" "$suite"
done
for target in "$build"/fuzz/*; do
	[ -x "$target" ] && step "seeds of $(basename "$target")" "$target" "tests/fuzz/seeds/$(basename "$target")"
done
step 'command-line cases' tests/cli/run.sh --bin "$bin"
step 'golden answers' tests/golden.sh "$bin"
step 'facet promise' tests/facets.sh "$bin"
step 'several indexes' tests/several.sh "$bin"
step 'random searches' tests/random.sh "$build" "$bin"
step 'hostile queries' tests/hostile.sh "$build" "$bin"
step 'order of articles' tests/order.sh "$bin"
step 'comparing databases' "$build/compare" --self-test
step 'built in one pass' tests/rebuild.sh "$build" "$bin"
step 'articles that join an index' tests/join.sh "$build" "$bin"

# What does not depend on the variant is tested once; and what is loaded into a program cannot be, where
# sanitizers want to come first.
case $build in
*/release)
	step 'test runner' tests/cli/test_run.sh
	step 'includes' tests/check_includes.sh
	step 'includes, spoilt' tests/check_includes.sh --self-test
	step 'set-up' tests/test_setup.sh
	step 'completion' bash tests/test_completion.sh
	step 'documents' tests/check_docs.sh --bin "$bin"
	step 'installing' tests/test_install.sh
	step 'interrupted runs' tests/faults/interrupted.sh "$build" "$bin"
	step 'broken builds' tests/faults/built.sh "$build" "$bin"
	;;
esac

if [ -n "$failed" ]; then
	printf 'FAILED:%s\n' "$failed"
	exit 1
fi
