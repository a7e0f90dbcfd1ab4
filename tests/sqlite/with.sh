#!/bin/sh
# SPDX-License-Identifier: MIT
# Runs a test with the newest SQLite instead of the one that luron was linked with; 77, skipped, where there is none.
#
# usage: with.sh FOLDER LURON COMMAND ...      FOLDER: what fetch.sh filled; LURON_SQLITE: another such folder
folder=${LURON_SQLITE:-$1} luron=$2
shift 2
if [ ! -f "$folder/version" ]; then
  echo 'the newest SQLite is not there; ./dev test fetches it where PyPI can be reached'
  exit 77
fi
PATH=$folder/bin:$PATH
LD_LIBRARY_PATH=$folder
export PATH LD_LIBRARY_PATH
"$luron" --version | grep -qxF "SQLite $(cat "$folder/version")" || { echo "$luron does not take this SQLite"; exit 1; }
exec "$@"
