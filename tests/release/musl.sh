#!/bin/sh
# SPDX-License-Identifier: MIT
# luron with musl in place of glibc: zlib, libpng, Nettle, SQLite and Lua from Debian's sources and luron, all by
# musl-gcc, as one static program. Tutorial scripts and a sweep give there what they give here. It has no figures:
# Pango needs C++, for which musl-tools have no library; so Cairo's and Pango's headers are this system's, and their
# functions are left out of the program. It needs musl-tools, tcl, m4, make and a mirror.
#
# usage: musl.sh SOURCE
set -eu
source=$(cd "$1" && pwd)
keys=/usr/share/keyrings/debian-archive-keyring.gpg

skip() {
  echo "musl was not tested: $*"
  exit 77
}

for tool in musl-gcc tclsh m4 make apt-get dpkg-source; do
  command -v "$tool" >/dev/null || skip "there is no $tool"
done
mirror=$(apt-get indextargets --format "\$(SITE)" 'Origin: Debian' 2>/dev/null | grep -v security | sort -u | head -n 1)
[ -n "$mirror" ] || skip 'this system knows no Debian mirror'
# shellcheck source=/dev/null
release=${SUITE:-$(. /etc/os-release && echo "$VERSION_CODENAME")}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
prefix=$work/prefix
mkdir -p "$work/lists/partial" "$work/cache/archives/partial" "$prefix/lib/pkgconfig" "$prefix/include"
echo "deb-src [signed-by=$keys] $mirror $release main" >"$work/list"

private() {
  (cd "$work" && apt-get -o Dir::Etc::SourceList="$work/list" -o Dir::Etc::SourceParts=/dev/null \
    -o Dir::State::Lists="$work/lists" -o Dir::Cache="$work/cache" -o APT::Sandbox::User= "$@")
}

# package NAME VERSION LIBS CFLAGS: what pkg-config says of it.
package() {
  printf 'Name: %s\nDescription: %s\nVersion: %s\nLibs: %s\nCflags: %s\n' "$1" "$1" "$2" "$3" "$4" \
    >"$prefix/lib/pkgconfig/$1.pc"
}

# build NAME FOLDER: the function of that name in the one folder that the pattern finds.
build() {
  # shellcheck disable=SC2086 # a pattern
  (cd "$work"/$2 && "build_$1") >"$work/log" 2>&1 || {
    tail -n 40 "$work/log"
    echo "$1 could not be built by musl-gcc"
    exit 1
  }
}

build_zlib() {
  CC=musl-gcc CFLAGS=-O2 ./configure --static --prefix="$prefix" && make -s install
}

build_libpng() {
  CC=musl-gcc CFLAGS=-O2 CPPFLAGS=-I$prefix/include LDFLAGS=-L$prefix/lib ./configure -q --prefix="$prefix" \
    --disable-shared && make -s install
}

build_nettle() {
  CC=musl-gcc CFLAGS=-O2 ./configure -q --prefix="$prefix" --libdir="$prefix/lib" --disable-shared \
    --disable-public-key --disable-documentation && make -s libnettle.a nettle.pc && make -s install-headers &&
    cp libnettle.a "$prefix/lib" && cp nettle.pc "$prefix/lib/pkgconfig"
}

# Its one large source is made by this system's tools.
build_sqlite() {
  ./configure --disable-readline && make -s sqlite3.c && musl-gcc -O2 -DSQLITE_THREADSAFE=1 -c sqlite3.c &&
    ar rc "$prefix/lib/libsqlite3.a" sqlite3.o && cp sqlite3.h "$prefix/include" &&
    package sqlite3 "$(cat VERSION)" "-L$prefix/lib -lsqlite3" "-I$prefix/include"
}

build_lua() {
  echo '#define DEB_HOST_MULTIARCH "musl"' >"$prefix/include/lua5.4-deb-multiarch.h"
  rm lua.c luac.c
  musl-gcc -O2 -DLUA_USE_POSIX "-I$prefix/include" -c ./*.c && ar rc "$prefix/lib/liblua5.4.a" ./*.o &&
    cp lua.h luaconf.h lualib.h lauxlib.h "$prefix/include" &&
    package lua5.4 "5.4.$(sed -n 's/^#define LUA_VERSION_RELEASE.*"\([0-9]*\)".*/\1/p' lua.h)" \
      "-L$prefix/lib -llua5.4 -lm" "-I$prefix/include"
}

private update >"$work/log" 2>&1 || skip "no lists from the mirror: $(tail -n 1 "$work/log")"
private source zlib libpng1.6 nettle sqlite3 lua5.4 >"$work/log" 2>&1 ||
  skip "no sources from the mirror: $(tail -n 1 "$work/log")"
build zlib 'zlib-*'
build libpng 'libpng1.6-*'
build nettle 'nettle-*'
build sqlite 'sqlite3-*'
build lua 'lua5.4-*/src'
package pangocairo "$(pkg-config --modversion pangocairo)" '' "$(pkg-config --cflags pangocairo)"
cat >"$work/musl.ini" <<'TEXT'
[binaries]
c = 'musl-gcc'
[built-in options]
c_link_args = ['-static', '-Wl,--unresolved-symbols=ignore-all']
TEXT
PKG_CONFIG_LIBDIR=$prefix/lib/pkgconfig PKG_CONFIG_PATH='' meson setup --native-file "$work/musl.ini" \
  --wrap-mode=nofallback --werror -Dtests=false -Ddebug=false -Doptimization=1 "$work/build" "$source" \
  >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
ninja -C "$work/build" --quiet src/luron
python3 "$source/tests/release/same.py" "$source" "$source/build/src/luron" "$work/build/src/luron"
