#!/bin/sh
# SPDX-License-Identifier: MIT
# A million damaged inputs for each reader, another million each day.
#
# usage: fuzz.sh SOURCE      ROUNDS, SEED: others
set -eu
rounds=${ROUNDS:-1000000} seed=${SEED:-$(date +%Y%m%d)}
for fuzzer in "$1"/build/tests/fuzz/fuzz_*; do
  [ -f "$fuzzer" ] || continue # its folder of objects
  printf '%s, seed %s: ' "${fuzzer##*/}" "$seed"
  said=$("$fuzzer" "$rounds" "$seed" 2>&1) || { echo "$said"; exit 1; }
  echo "$said" | tail -n 1
done
