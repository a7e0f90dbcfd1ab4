#!/bin/sh
# SPDX-License-Identifier: MIT
# Shards through GNU parallel, merged, equal the unsharded sweep. Skipped (77) where it is not installed.
# usage: parallel.sh LURON
set -e
command -v parallel > /dev/null || { echo "SKIP: parallel not installed"; exit 77; }
luron=$(realpath "$1")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
HOME=$folder
export HOME
cat > xor.lua <<'LUA'
local luron = require "luron"
return { inputs = { {0,0}, {0,1}, {1,0}, {1,1} }, targets = { 0, 1, 1, 0 }, hidden = 2, epochs = 100,
  sweep = { learning_rate = { 0.5, 1, 2 }, seed = luron.range(1, 500) } }
LUA
parallel --will-cite -j 2 "$luron" sweep xor.lua -q -j 1 --shard '{}/5' ::: 3 1 5 2 4 > /dev/null
"$luron" merge merged.db results/xor-*-of-5.db
"$luron" sweep xor.lua -q -o whole.db > /dev/null
"$luron" diff whole.db merged.db
