#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# pandas does not read back the numbers that it wrote: of 100,000 doubles i / 7, written by DataFrame.to_csv and read by
# pandas.read_csv with its defaults, 7,714 come back as another number; 1e-30 is read as 9.999999999999999e-31, and
# 9.973056084185883 as 9.973056084185885. to_csv writes enough digits: Python's float() and read_csv with
# float_precision="round_trip" give all of them back.
#
# Whom it matters to: who compares runs, weights or data bit by bit after they went through a CSV file, or trains on
# data read by two programs: the default parser is a fast one whose last digits are not right, even for short texts such
# as 1e-30.
#
# Version: pandas 2.2.3 with numpy 2.2.6. Source: the documentation of read_csv names the choices of float_precision
# ("None or `high` for the ordinary converter, `legacy` ..., and `round_trip` for the round-trip converter"), but not
# that the ordinary one is inexact.
#
# Exits 0 where this is seen as described, 1 where it has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check pandas==2.2.3 numpy==2.2.6
cat >"$work/try.py" <<'PYTHON'
import io
import sys

import pandas

frame = pandas.DataFrame({"x": [i / 7 for i in range(1, 100001)]})
text = frame.to_csv(index=False)


def read(what, **options):
    return pandas.read_csv(io.StringIO(what), **options).x


ordinary, exact = int((read(text) != frame.x).sum()), int((read(text, float_precision="round_trip") != frame.x).sum())
by_python = sum(float(line) != x for line, x in zip(text.split()[1:], frame.x))
short = [repr(float(read("x\n" + t)[0])) for t in ("1e-30", "9.973056084185883")]
print("pandas", pandas.__version__)
print("doubles that come back changed, of 100000: read_csv", ordinary, "round_trip", exact, "float()", by_python)
print("1e-30 and 9.973056084185883 are read as", *short)
seen = (ordinary, exact, by_python, short) == (7714, 0, 0, ["9.999999999999999e-31", "9.973056084185885"])
print("expected: 7714, 0, 0, 9.999999999999999e-31 and 9.973056084185885:", "seen" if seen else "CHANGED")
sys.exit(not seen)
PYTHON
"$work/venv/bin/python" "$work/try.py"
