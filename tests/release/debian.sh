#!/bin/sh
# SPDX-License-Identifier: MIT
# The Debian package: built, without errors of lintian, and installed in a Debian of its own, where the program and the
# library for lua5.4 run. It needs root, debootstrap, lintian and a mirror (MIRROR; SUITE is this machine's).
#
# usage: debian.sh SOURCE
set -eu

source=$1
skip() {
  echo "$1"
  exit 77
}
for tool in debootstrap lintian dpkg-shlibdeps; do
  command -v "$tool" >/dev/null || skip "$tool is not installed"
done
[ "$(id -u)" = 0 ] || skip 'debootstrap needs root'
# shellcheck source=/dev/null
suite=${SUITE:-$(. /etc/os-release && echo "$VERSION_CODENAME")}
mirror=${MIRROR:-$(sed -n 's/^\(deb\|URIs:\) *\(\[.*\]\)* *\(http[^ ]*\).*/\3/p' /etc/apt/sources.list \
  /etc/apt/sources.list.d/* 2>/dev/null | head -n 1)}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

package=$("$source/dev" deb "$work")
lintian --fail-on error --suppress-tags initial-upload-closes-no-bugs "$package"
debootstrap --variant=minbase "$suite" "$work/root" "$mirror" >"$work/log" 2>&1 || skip "$(tail -n 1 "$work/log")"
mkdir -p "$work/root/etc/apt"
cp -r /etc/apt/apt.conf.d /etc/apt/sources.list* "$work/root/etc/apt/" 2>/dev/null || true
cp "$package" "$work/root/luron.deb"
inside() { chroot "$work/root" env DEBIAN_FRONTEND=noninteractive LC_ALL=C HOME=/root "$@"; }
inside apt-get -q update >"$work/log" 2>&1
inside apt-get -qy --no-install-recommends install /luron.deb lua5.4 >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
inside luron --version
inside luron tutorial 4 -q
inside sh -c 'cd /root && luron init first && luron sweep -q first.lua &&
  luron plot first.lua -x learning_rate -y hidden -v solved -o first.png && test -s first.png'
inside lua5.4 -l luron -e 'print(luron.sigmoid(0))'
inside apt-get -qy remove luron >/dev/null 2>&1
[ -z "$(find "$work/root/usr" -name '*luron*')" ] || { find "$work/root/usr" -name '*luron*'; exit 1; }
