#!/bin/sh
# Mixes paragraphs into articles, the same ones every time:
#
#   tests/bench/mix.sh PARAGRAPHS COUNT
#
# PARAGRAPHS has one JSON object a line, {"p": paragraph, "t": title of its article}. A title of one article stands over
# 3 to 9 paragraphs of any, with a date and a source.
set -eu

jq -r '[.t, .p] | map(tojson) | join("\u0001")' "$1" | awk -v count="$2" -F '\001' '
	{ title[NR] = $1; text[NR] = substr($2, 2, length($2) - 2) }
	END {
		srand(1)
		for (i = 1; i <= count; i++) {
			printf "{\"id\":\"%d\",\"title\":%s,\"date\":\"20%02d-%02d-%02d\",\"source\":\"Paper %d\",\"body\":\"", i,
				title[int(rand() * NR) + 1], rand() * 24, rand() * 12 + 1, rand() * 28 + 1, rand() * 40
			for (n = 3 + int(rand() * 7); n > 0; n--)
				printf "%s%s", text[int(rand() * NR) + 1], (n > 1 ? "\\n\\n" : "\"}\n")
		}
	}'
