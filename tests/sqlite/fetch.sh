#!/bin/sh
# SPDX-License-Identifier: MIT
# The newest SQLite to be had without building one, or the oldest that luron takes, into a folder that luron finds it
# in by LD_LIBRARY_PATH: PyPI's pysqlite3-binary brings a whole SQLite within a module of Python and exports its
# functions. What the module wants of Python is never called here; names that stand for nothing satisfy the loader, so
# that no Python must suit it.
#
# usage: fetch.sh FOLDER [oldest]    FOLDER/version tells the version; a line on stderr and exit code 1 where it cannot
#                                    be had
set -eu

folder=$1 which=${2:-newest}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

fail() {
  echo "the $which SQLite cannot be had: $*" >&2
  exit 1
}

package=pysqlite3-binary python=312
[ "$which" != oldest ] || package=$package==0.4.6.post2 python=310 # SQLite 3.37.0
[ "$(uname -s) $(uname -m)" = 'Linux x86_64' ] || fail "no wheel for $(uname -s) $(uname -m)"
python3 -m venv "$scratch/venv" >"$scratch/log" 2>&1 || fail 'python3 -m venv does not work'
"$scratch/venv/bin/pip" --disable-pip-version-check --retries 1 --timeout 15 download --no-deps --only-binary=:all: \
  --python-version $python --implementation cp --abi cp$python --platform manylinux2014_x86_64 \
  --platform manylinux_2_24_x86_64 -d "$scratch" $package >"$scratch/log" 2>&1 || fail "$(tail -n 1 "$scratch/log")"
python3 -m zipfile -e "$scratch"/pysqlite3_binary-*.whl "$scratch/wheel"
rm -rf "$folder"
mkdir -p "$folder/bin"
cp "$scratch"/wheel/pysqlite3/_sqlite3*.so "$folder/module.so"
cd "$folder"
nm -D --undefined-only module.so | awk '$2 ~ /^_?Py/ { print "char " $2 "[64];" }' >names.c
cc -shared -fPIC -o libnames.so names.c
cc -shared -o libsqlite3.so.0 -Wl,-soname,libsqlite3.so.0 -Wl,-rpath,"\$ORIGIN" -Wl,--no-as-needed \
  -L. -l:module.so -lnames
# The shell sqlite3 wants more than the module has: it keeps the system's.
printf '#!/bin/sh\nunset LD_LIBRARY_PATH\nexec %s "$@"\n' "$(command -v sqlite3)" >bin/sqlite3
chmod +x bin/sqlite3
LD_LIBRARY_PATH=. python3 - >"$scratch/version" 2>"$scratch/log" <<'PYTHON' || fail "$(tail -n 1 "$scratch/log")"
import ctypes
version = ctypes.CDLL("libsqlite3.so.0").sqlite3_libversion
version.restype = ctypes.c_char_p
print(version().decode())
PYTHON
rm names.c
mv "$scratch/version" version
