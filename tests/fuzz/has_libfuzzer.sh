#!/bin/sh
# SPDX-License-Identifier: MIT
# Whether there is a clang that links libFuzzer, which it may come without.
probe=$(mktemp)
trap 'rm -f "$probe"' EXIT
echo 'int LLVMFuzzerTestOneInput(const char *p, unsigned long n) { return p == 0 && n; }' |
  clang -fsanitize=fuzzer -x c - -o "$probe" 2>/dev/null
