#!/bin/sh
# Fuzzing for a while: each target starts from its seeds, finds are kept in a folder of the build.
#
#   tests/fuzz/run.sh BUILD SECONDS TARGET...
set -eu

cd "$(dirname "$0")/../.."
build=$1
seconds=$2
shift 2
for target; do
	printf '  FUZZ     %s\n' "$target"
	mkdir -p "$build/corpus/$target" "$build/finds/$target"
	"$build/libfuzzer/$target" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=2048 -print_final_stats=1 \
		-artifact_prefix="$build/finds/$target/" "$build/corpus/$target" "tests/fuzz/seeds/$target" \
		>"$build/finds/$target.log" 2>&1 || {
		tail -n 40 "$build/finds/$target.log"
		echo "FAIL fuzz: $target; the input is in $build/finds/$target, and belongs into tests/fuzz/seeds/$target"
		exit 1
	}
	grep 'stat::number_of_executed_units' "$build/finds/$target.log"
done
