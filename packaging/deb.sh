#!/bin/sh
# SPDX-License-Identifier: MIT
# A Debian package of luron, with the library for lua5.4 in it. ./dev deb
#
# usage: deb.sh ROOT BUILD OUT      BUILD: configured with --prefix=/usr and Debian's libdir; the package goes to OUT
# DEBFULLNAME and DEBEMAIL are whose package it is.
set -eu

root=$1 build=$2 out=$3
version=$(sed -n "s/.*[(, ]version: '\([0-9.]*\)'.*/\1/p" "$root/meson.build" | head -n 1)
maintainer="${DEBFULLNAME:-The luron developers} <${DEBEMAIL:-luron@example.org}>"
architecture=$(dpkg --print-architecture)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
stage=$work/stage doc=$work/stage/usr/share/doc/luron

DESTDIR=$stage "${MESON:-meson}" install -C "$build" --no-rebuild --strip >"$work/log" || { cat "$work/log"; exit 1; }

# Where Debian has it otherwise than others.
mkdir -p "$stage/usr/share/zsh/vendor-completions"
mv "$stage/usr/share/zsh/site-functions/_luron" "$stage/usr/share/zsh/vendor-completions"
rmdir "$stage/usr/share/zsh/site-functions"
gzip -9n "$stage/usr/share/man/man1/luron.1"
{
  echo 'Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/'
  echo 'Upstream-Name: luron'
  echo
  echo 'Files: *'
  sed -n 's/^Copyright (c) /Copyright: /p' "$root/LICENSE"
  echo 'License: Expat'
  sed -e '1,/^Copyright/d' -e '1{/^$/d}' "$root/LICENSE" | sed -e '/./,$!d' -e 's/^$/./' -e 's/^/ /'
} >"$doc/copyright"
ln -sf copyright "$doc/LICENSE"
printf 'luron (%s-1) unstable; urgency=medium\n\n  * This version.\n\n -- %s  %s\n' "$version" \
  "$maintainer" "$(date -R -r "$root/meson.build")" |
  gzip -9n >"$doc/changelog.Debian.gz"
library=$(find "$stage" -name luron.so)
chmod -R u=rwX,go=rX "$stage"
chmod 644 "$library"

# What the program and the library need, by the names of Debian's packages.
mkdir -p "$work/debian" "$stage/DEBIAN"
printf 'Source: luron\n\nPackage: luron\nArchitecture: any\n' >"$work/debian/control"
depends=$(cd "$work" && dpkg-shlibdeps -O "-e$stage/usr/bin/luron" "-e$library" 2>/dev/null |
  sed -n 's/^shlibs:Depends=//p')
[ -n "$depends" ] || { echo 'deb.sh: dpkg-shlibdeps finds no libraries' >&2; exit 1; }
cat >"$stage/DEBIAN/control" <<TEXT
Package: luron
Version: $version-1
Architecture: $architecture
Maintainer: $maintainer
Installed-Size: $(du -sk "$stage/usr" | cut -f1)
Depends: $depends, fonts-dejavu-core
Suggests: lua5.4, sqlite3
Section: science
Priority: optional
Description: experiments with small neural networks, written in Lua
 luron trains small neural networks in C, as scripts in Lua describe them:
 once, or for every combination of what should vary, many at the same time.
 Results are one SQLite file, from which it makes tables, pictures and pages.
 The same script gives the same bits on every machine. The module is a
 library for lua5.4, too.
TEXT
(cd "$stage" && find usr -type f -exec md5sum {} +) >"$stage/DEBIAN/md5sums"
mkdir -p "$out"
dpkg-deb --root-owner-group --build "$stage" "$out/luron_$version-1_$architecture.deb" >/dev/null
echo "$out/luron_$version-1_$architecture.deb"
