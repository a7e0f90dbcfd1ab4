#!/bin/sh
# SPDX-License-Identifier: MIT
# Each fuzzed reader under libFuzzer, with ASan and UBSan: the rooms that read are compiled for it by clang, and linked
# with the rest of the build. Corpora begin with the samples of tests/fuzz and grow in BUILD/corpus/. Each reader is run
# RUNS times, or for SECONDS_EACH; its line says how often, how long, and how many inputs broke it.
#
# usage: libfuzzer.sh SOURCE BUILD [NAME ...]      RUNS: no limit, SECONDS_EACH: 5
set -eu
source=$1 build=$2
shift 2
# shellcheck disable=SC2046 # a list of words
[ $# != 0 ] || set -- $(cd "$source/tests/fuzz" && printf '%s\n' fuzz_*.c | sed 's/^fuzz_//; s/\.c$//')
out=$build/corpus
rm -rf "$out/objects" "$out"/found-*
mkdir -p "$out/objects"
flags='-std=gnu11 -D_GNU_SOURCE -g1 -O1 -w -ffp-contract=off -fsanitize=address,undefined
  -fno-sanitize-recover=undefined'
if ! "$source/tests/fuzz/has_libfuzzer.sh"; then
  echo 'there is no clang with libFuzzer'
  exit 77
fi

cd "$source"
lua=
for name in lua5.4 lua-5.4 lua54 lua; do
  [ -n "$lua" ] || lua=$(pkg-config --cflags --libs "$name >= 5.4 $name < 5.5" 2>/dev/null) || true
done
[ -n "$lua" ] || lua="-I$(echo subprojects/lua-*/src) $(echo "$build"/subprojects/lua-*/*.a)"
# libFuzzer notes what each comparison compared, but not where the word is looked for that a slip was meant to be: there
# it is most of the time of a reader of names.
# shellcheck disable=SC2016 # $flags and $out are the inner shell's
printf '%s\n' src/base/*.c src/data/*.c src/engine/program/*.c src/experiment/overrides.c \
  src/experiment/typed.c src/module/arguments.c src/module/axes.c src/reading/*.c src/store/*.c src/sweep/*.c \
  src/tracing/*.c |
  flags="$flags $lua" out=$out xargs -P "$(nproc)" -I '{}' sh -c \
    'case $1 in src/base/near_word.c) plain=-fno-sanitize-coverage=trace-cmp ;; esac
    clang $flags -fsanitize=fuzzer-no-link ${plain:-} -Isrc -c -o "$out/objects/$(echo "$1" | tr / _).o" "$1"' - '{}'
rm -f "$out/readers.a"
ar rcs "$out/readers.a" "$out"/objects/*.o

# fuzz NAME: what broke it is shown.
fuzz() {
  name=$1 status=0
  mkdir -p "$out/$name"
  "$build/tests/fuzz/fuzz_$name" write "$out/$name"
  # shellcheck disable=SC2086 # a list of words; what is not among the readers is taken from the build
  clang $flags -fsanitize=fuzzer -Isrc -o "$out/fuzz_$name" "tests/fuzz/fuzz_$name.c" -Wl,--start-group \
    "$out/readers.a" "$build"/src/*/*.a -Wl,--end-group $lua -lsqlite3 -lm -lz -lnettle -lpthread
  "$out/fuzz_$name" -runs="${RUNS:--1}" -max_total_time="${SECONDS_EACH:-5}" -max_len=8192 -timeout=20 \
    -rss_limit_mb=4096 -dict="$out/$name.dict" -artifact_prefix="$out/found-$name-" "$out/$name" \
    >"$out/$name.log" 2>&1 || status=$?
  if [ "$status" != 0 ]; then
    tail -n 40 "$out/$name.log"
    echo "fuzz_$name: exit code $status; what broke it: $(ls "$out/found-$name-"* 2>/dev/null)"
    return 1
  fi
  sed -n "s/^Done \(.*\) runs in \(.*\) second.*/fuzz_$name: \1 executions, \2 s, 0 crashes/p" "$out/$name.log"
}

# As many at once as there are cores.
failed=0 running=''
for name; do
  fuzz "$name" &
  running="$running $!"
  # shellcheck disable=SC2086 # a list of numbers
  [ "$(echo $running | wc -w)" -lt "$(nproc)" ] || {
    for one in $running; do wait "$one" || failed=1; done
    running=''
  }
done
for one in $running; do wait "$one" || failed=1; done
exit "$failed"
