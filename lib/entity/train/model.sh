#!/bin/sh
# Makes the shipped model and its card anew, byte for byte.
#
#   model.sh TRAINER DATA MODEL
#
# DATA holds ner/, news/, wordclasses/ and gazetteers/ with their files packed by zstd.
set -eu

trainer=$1 data=$2 model=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

unpack() {
	zstd -dqf "$data/$1.zst" -o "$work/${1##*/}"
}

for set in conll2003.train conll2003.dev worldwide.train worldwide.dev gmb wikigold wnut17.train; do
	unpack "ner/$set.tsv"
done
for articles in abp reuters21578 wikinews digitalgov; do
	unpack "news/$articles.jsonl"
done
unpack wordclasses/glove-100d-kmeans-12x4.tsv
mkdir "$work/names"
zstd -dqc "$data/gazetteers/gazetteers.tar.zst" | tar -x -C "$work/names"

cd "$(dirname "$0")/../../.."
"$trainer" --names "$work/names" --classes "$work/glove-100d-kmeans-12x4.tsv" \
	--output "$model" --card "${model%.model}.md" \
	--dev "$work/conll2003.dev.tsv" --dev "$work/worldwide.dev.tsv" \
	--texts "$work/abp.jsonl" --texts "$work/reuters21578.jsonl" \
	--texts "$work/wikinews.jsonl" --texts "$work/digitalgov.jsonl" \
	"$work/conll2003.train.tsv" "$work/worldwide.train.tsv" "$work/gmb.tsv:0.2" \
	"$work/wikigold.tsv:0.5" "$work/wnut17.train.tsv:0.3"
cat lib/entity/train/cross.md >>"${model%.model}.md"
