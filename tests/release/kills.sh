#!/bin/sh
# SPDX-License-Identifier: MIT
# A sweep that is killed 1,000 times at random moments, and many files of it, give the table of one that was not.
#
# usage: kills.sh SOURCE      KILLS: another number
set -eu
LURON_TEST_KILLS=${KILLS:-1000} python3 "$1/tests/cli/sweep_kill.py" "$1/build/src/luron" 20 100
echo "${KILLS:-1000} kills"
