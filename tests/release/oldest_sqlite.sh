#!/bin/sh
# SPDX-License-Identifier: MIT
# The suite sqlite with the oldest SQLite that luron takes, in place of the newest; skipped where it cannot be had.
#
# usage: oldest_sqlite.sh SOURCE
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$1/tests/sqlite/fetch.sh" "$folder/sqlite" oldest || exit 77
wanted=$(sed -n "s/.*dependency('sqlite3', version: '>=\(.*\)').*/\1/p" "$1/meson.build")
case $(cat "$folder/sqlite/version") in
  "$wanted".*) ;;
  *) echo "SQLite $(cat "$folder/sqlite/version") is not the $wanted of meson.build" && exit 1 ;;
esac
LURON_SQLITE=$folder/sqlite "$1/dev" test sqlite
