#!/bin/sh
# SPDX-License-Identifier: MIT
# Builds with the bundled Lua of subprojects/lua.wrap and runs the suite in which Lua does most, the others being the
# same with any Lua. Where the package cache is empty, the tarball is taken from the sources of the Debian release that
# has it, from the mirror that this system already uses; the wrap's hash decides whether it is the right one. Without
# such a mirror: skipped. The build lies outside the source, as that of a package may, so that no test can take its
# place for granted.
#
# usage: bundled.sh SOURCE
set -eu
source=$1
work=$(mktemp -d)
build=$work/build
trap 'rm -rf "$work"' EXIT
release=trixie
keys=/usr/share/keyrings/debian-archive-keyring.gpg
name=$(sed -n 's/^source_filename = //p' "$source/subprojects/lua.wrap")
cache=$source/subprojects/packagecache

skip() {
  echo "the bundled Lua was not tested: $*"
  exit 77
}

fetch() {
  command -v apt-get >/dev/null || skip 'no apt'
  [ -r "$keys" ] || skip 'no keys of the archive'
  mirror=$(apt-get indextargets --format "\$(SITE)" 'Origin: Debian' 2>/dev/null |
    grep -v security | sort -u | head -n 1)
  [ -n "$mirror" ] || skip 'this system knows no Debian mirror'
  mkdir -p "$work/lists/partial" "$work/cache/archives/partial"
  echo "deb-src [signed-by=$keys] $mirror $release main" >"$work/list"
  private() {
    (cd "$work" && apt-get -o Dir::Etc::SourceList="$work/list" -o Dir::Etc::SourceParts=/dev/null \
      -o Dir::State::Lists="$work/lists" -o Dir::Cache="$work/cache" -o APT::Sandbox::User= "$@")
  }
  private update >"$work/log" 2>&1 || skip "no lists from the mirror: $(tail -n 1 "$work/log")"
  private source --download-only lua5.4 >"$work/log" 2>&1 || skip "no source from the mirror: $(tail -n 1 "$work/log")"
  mkdir -p "$cache"
  cp "$work"/lua5.4_*.orig.tar.gz "$cache/$name"
}

[ -f "$cache/$name" ] || fetch
meson setup "$build" "$source" --force-fallback-for=lua5.4,lua-5.4,lua54,lua \
  -Doptimization=1 >/dev/null
ninja -C "$build" --quiet
"$build/src/luron" --version | grep 'Lua 5\.4\.7 (bundled)'
official=
[ ! -f "${LUA_TESTS:-}/5.4.7/all.lua" ] || official='--suite official' # its own, as tests/official/official.sh says
# shellcheck disable=SC2086 # two words or none
meson test -C "$build" --no-rebuild --timeout-multiplier 4 --print-errorlogs $official \
  --suite lua --no-suite slow
