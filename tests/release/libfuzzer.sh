#!/bin/sh
# SPDX-License-Identifier: MIT
# A million executions of each fuzzed reader under libFuzzer, or SECONDS_EACH.
#
# usage: libfuzzer.sh SOURCE [NAME ...]      RUNS: 1000000, SECONDS_EACH: 7200
set -eu
source=$1
shift
RUNS=${RUNS:-1000000} SECONDS_EACH=${SECONDS_EACH:-7200} \
  exec nice "$source/tests/fuzz/libfuzzer.sh" "$source" "$source/build" "$@"
