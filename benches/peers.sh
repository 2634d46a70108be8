#!/bin/sh
# Installs the peers that `cargo bench --bench table` measures beside copytrail, in target/peers.
# Versions are whatever the registry holds now; the table prints those it ran with.
set -e
folder="$(dirname "$0")/../target/peers"
python3 -m venv "$folder"
"$folder/bin/pip" install --quiet rensa datasketch gaoya
# text-dedup asks for Spark and neural models; its MinHash needs these only.
"$folder/bin/pip" install --quiet --no-deps text-dedup
"$folder/bin/pip" install --quiet datasets click click-option-group xxhash regex rich tqdm ftfy psutil
"$folder/bin/pip" list 2>/dev/null | grep -i -E '^(rensa|datasketch|gaoya|text-dedup) '
