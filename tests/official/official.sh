#!/bin/sh
# SPDX-License-Identifier: MIT
# Lua's own test suite, run by luron: LUA_TESTS names the folder that holds its all.lua, of the version that is
# linked (lua.org/tests), or one with a folder for each version, 5.4.4 and 5.4.7, so that the bundled Lua has its own.
# Skipped where it names none.
#
# usage: official.sh LURON
set -eu
luron=$(realpath "$1")
version=$("$luron" --version | sed -n 's/^Lua \([0-9.]*\) .*/\1/p')
tests=${LUA_TESTS:-}
[ ! -f "$tests/$version/all.lua" ] || tests=$tests/$version
if [ ! -f "$tests/all.lua" ]; then
  echo "Lua's own tests were not run: LUA_TESTS names no folder that holds all.lua of Lua $version"
  exit 77
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -R "$tests/." "$work"
cd "$work"
# Functions of math are luron's: one function in C stands for all of them, and has in upvalues which it is, Lua's own,
# and whether a function is being traced. The suite asks one of them whether it has none.
sed -i 's/debug.getinfo(math.sin) /debug.getinfo(string.len) /' db.lua
echo '_U = true; dofile "all.lua"' >user.lua
"$luron" user.lua >log 2>&1 </dev/null || { cat log; exit 1; }
tail -n 5 log
grep -q 'final OK' log
