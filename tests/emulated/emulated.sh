#!/bin/sh
# SPDX-License-Identifier: MIT
# The engine on processors that are not here: its digest (digest.c) must be the stored one.
#
# usage: emulated.sh here|instrumented|aarch64|baseline|COMPILER SOURCE BUILD N
#   here: the build that there is. baseline: the same on an x86 without AVX and FMA, by qemu. aarch64: cross-built, run
#   by qemu. COMPILER: a build of its own.
set -eu
what=$1 source=$2 build=$3 n=$4

need() {
  for tool; do
    command -v "$tool" >/dev/null || { echo "$what was not tested: there is no $tool"; exit 77; }
  done
}

options='-Dengine_only=true -Dbuildtype=debugoptimized'
wrapper=
case $what in
  here) ;;
  instrumented)
    echo 'not tested: the build is instrumented, and those of this test are not'
    exit 77
    ;;
  aarch64)
    need aarch64-linux-gnu-gcc qemu-aarch64
    options="$options --cross-file $source/tests/emulated/aarch64.ini"
    wrapper='qemu-aarch64 -L /usr/aarch64-linux-gnu'
    ;;
  baseline)
    need qemu-x86_64
    [ "$(uname -m)" = x86_64 ] || { echo 'baseline was not tested: this is no x86'; exit 77; }
    wrapper='qemu-x86_64 -cpu Nehalem'
    ;;
  *)
    need "$what"
    export CC="$what"
    ;;
esac
if [ "$what" != here ] && [ "$what" != baseline ]; then
  # shellcheck disable=SC2086 # a list of words
  [ -f "$build/build.ninja" ] || meson setup "$build" "$source" $options >/dev/null
  ninja -C "$build" --quiet tests/emulated/digest tests/kernel/test_kernels
fi
# shellcheck disable=SC2086 # a list of words
$wrapper "$build/tests/emulated/digest" "$n" >"$build/digest-$what.txt"
head -n "$n" "$source/tests/emulated/digest.txt" | diff - "$build/digest-$what.txt"
# shellcheck disable=SC2086 # a list of words
$wrapper "$build/tests/emulated/digest" "$n" own >"$build/digest-$what-own.txt"
head -n "$n" "$source/tests/emulated/digest_own.txt" | diff - "$build/digest-$what-own.txt"
# Its kernels against its reference kernel, in every form.
[ "$what" = here ] || $wrapper "$build/tests/kernel/test_kernels" 10
