#!/bin/sh
# SPDX-License-Identifier: MIT
# The whole program for 64-bit ARM: cross-built against Debian's libraries for it, which are laid out in a folder of
# their own, and run by qemu. Tutorial scripts and a sweep give there what they give here. It needs qemu-user, the cross
# compiler and a mirror; no architecture is added to this system.
#
# usage: aarch64.sh SOURCE
set -eu
source=$(cd "$1" && pwd)
keys=/usr/share/keyrings/debian-archive-keyring.gpg

skip() {
  echo "AArch64 was not tested: $*"
  exit 77
}

for tool in aarch64-linux-gnu-gcc qemu-aarch64 apt-get dpkg-deb; do
  command -v "$tool" >/dev/null || skip "there is no $tool"
done
mirror=$(apt-get indextargets --format "\$(SITE)" 'Origin: Debian' 2>/dev/null | grep -v security | sort -u | head -n 1)
[ -n "$mirror" ] || skip 'this system knows no Debian mirror'
# shellcheck source=/dev/null
release=${SUITE:-$(. /etc/os-release && echo "$VERSION_CODENAME")}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=$work/root

# apt with lists, packages and an architecture of its own.
private() {
  apt-get -o Dir::Etc::SourceList="$work/list" -o Dir::Etc::SourceParts=/dev/null -o Dir::State="$work/state" \
    -o Dir::State::status="$work/state/status" -o Dir::Cache="$work/cache" -o APT::Architecture=arm64 \
    -o APT::Architectures=arm64 -o APT::Sandbox::User= -o APT::Install-Recommends=false "$@"
}

mkdir -p "$root" "$work/state/lists/partial" "$work/cache/archives/partial"
: >"$work/state/status"
echo "deb [arch=arm64 signed-by=$keys] $mirror $release main" >"$work/list"
private update >"$work/log" 2>&1 || skip "no lists from the mirror: $(tail -n 1 "$work/log")"
private --yes --download-only install libc6-dev liblua5.4-dev libsqlite3-dev libpng-dev libpango1.0-dev zlib1g-dev \
  nettle-dev >"$work/log" 2>&1 || skip "no libraries from the mirror: $(tail -n 1 "$work/log")"
# First the folders that are links in Debian, so that no package lays out a folder in their place.
mkdir -p "$root/usr/lib" "$root/usr/bin" "$root/usr/sbin"
for folder in lib bin sbin; do ln -s "usr/$folder" "$root/$folder"; done
for package in "$work"/cache/archives/*.deb; do
  dpkg-deb --fsys-tarfile "$package" | tar -x -C "$root" --keep-directory-symlink
done

cat >"$work/aarch64.ini" <<TEXT
[binaries]
c = ['aarch64-linux-gnu-gcc', '--sysroot=$root']
ar = 'aarch64-linux-gnu-ar'
strip = 'aarch64-linux-gnu-strip'
pkgconfig = 'pkg-config'
exe_wrapper = ['qemu-aarch64', '-L', '$root']

[properties]
sys_root = '$root'
pkg_config_libdir = ['$root/usr/lib/aarch64-linux-gnu/pkgconfig', '$root/usr/share/pkgconfig']

[built-in options]
c_link_args = ['-Wl,-rpath-link,$root/usr/lib/aarch64-linux-gnu']

[host_machine]
system = 'linux'
cpu_family = 'aarch64'
cpu = 'armv8-a'
endian = 'little'
TEXT
meson setup --cross-file "$work/aarch64.ini" --wrap-mode=nofallback --werror -Dtests=false -Ddebug=false \
  -Doptimization=1 "$work/build" "$source" >"$work/log" 2>&1 || {
  cat "$work/log"
  exit 1
}
ninja -C "$work/build" --quiet src/luron
python3 "$source/tests/release/same.py" "$source" "$source/build/src/luron" \
  qemu-aarch64 -L "$root" "$work/build/src/luron"
