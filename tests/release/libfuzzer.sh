#!/bin/sh
# SPDX-License-Identifier: MIT
# Each fuzzed reader under libFuzzer, with ASan and UBSan: the rooms that read are compiled for it by clang, and linked
# with the rest of the build. Corpora begin with the samples of tests/fuzz and grow in build/corpus/. Each is run a
# million times, or for SECONDS_EACH; its line says how often, how long, and how many inputs broke it.
#
# usage: libfuzzer.sh SOURCE [NAME ...]      RUNS: 1000000, SECONDS_EACH: 1200
set -eu
source=$1
shift
[ $# != 0 ] || set -- arrays axes checkpoint csv field find_line formats network program results where
clang=$(command -v clang || true)
printf 'int LLVMFuzzerTestOneInput(const char *p, unsigned long n) { return (int)(n && *p == 9); }\n' >/tmp/fuzz-$$.c
if [ -z "$clang" ] || ! "$clang" -fsanitize=fuzzer /tmp/fuzz-$$.c -o /tmp/fuzz-$$ 2>/dev/null; then
  rm -f /tmp/fuzz-$$.c /tmp/fuzz-$$
  echo 'no clang with libFuzzer' >&2
  exit 77
fi
rm -f /tmp/fuzz-$$.c /tmp/fuzz-$$

# sources NAME: those that are instrumented.
sources() {
  cd "$source"
  case $1 in
    arrays | checkpoint | csv | formats | network) ls src/base/*.c src/data/*.c ;;
    axes | field) ls src/base/*.c src/sweep/*.c ;;
    find_line) echo src/reading/find_line.c ;;
    program) ls src/base/*.c src/engine/program/*.c ;;
    results | where) ls src/base/*.c src/sweep/stored*.c src/store/*.c ;;
  esac
}

out=$source/build/corpus
for name; do
  mkdir -p "$out/$name"
  "$source/build/tests/fuzz/fuzz_$name" write "$out/$name"
  # shellcheck disable=SC2046 # lists of words
  (cd "$source" && nice "$clang" -std=gnu11 -D_GNU_SOURCE -g -O1 -w -ffp-contract=off -Isrc \
    -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=undefined -o "$out/fuzz_$name" \
    "tests/fuzz/fuzz_$name.c" $(sources "$name") \
    -Wl,--start-group build/src/sweep/*.a build/src/data/*.a build/src/engine/*.a build/src/base/*.a -Wl,--end-group \
    -lsqlite3 -lm -lz -lnettle -lpthread)
  status=0
  nice "$out/fuzz_$name" -runs="${RUNS:-1000000}" -max_total_time="${SECONDS_EACH:-1200}" -max_len=8192 \
    -timeout=20 -rss_limit_mb=4096 -dict="$out/$name.dict" -artifact_prefix="$out/found-$name-" "$out/$name" \
    >"$out/$name.log" 2>&1 || status=$?
  if [ "$status" != 0 ]; then
    tail -n 40 "$out/$name.log"
    echo "fuzz_$name: 1 input broke it: $(ls "$out/found-$name-"*)"
    exit 1
  fi
  sed -n "s/^Done \(.*\) runs in \(.*\) second.*/fuzz_$name: \1 executions, \2 s, 0 crashes/p" "$out/$name.log"
done
