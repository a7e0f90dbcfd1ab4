#!/bin/sh
# SPDX-License-Identifier: MIT
# A sweep that is killed 1,000 times at random moments, and many files of it, give the table of one that was not; 300
# interrupts keep what was done; 100 limits of a file's size and as many full disks leave whole rows, and the sweep goes
# on.
#
# usage: kills.sh SOURCE      KILLS, INTERRUPTS, FULL: other numbers
set -eu
LURON_TEST_KILLS=${KILLS:-1000} python3 "$1/tests/cli/sweep_kill.py" "$1/build/src/luron" 20 "${INTERRUPTS:-300}"
echo "${KILLS:-1000} kills, ${INTERRUPTS:-300} interrupts"
"$1/build/tests/fault/store_fault" full "${FULL:-100}"
