#!/bin/sh
# clang-tidy over some files: tests/tidy.sh STANDARD FILE... Says something only when there is something to say.
std=$1
shift
exec clang-tidy --quiet "$@" -- "-std=$std" -D_GNU_SOURCE -Iinclude '-DDATELINE_VERSION=""' 2>/dev/null
