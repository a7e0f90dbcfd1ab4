#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# scikit-learn's dump_svmlight_file writes a double with 16 significant digits, which is one too few: of normally
# distributed values some two in five are other doubles after load_svmlight_file reads the file again, though both ends
# have float64. Targets are written so, too. float32 values and whole numbers come back as they were.
#
# Whom it matters to: who keeps a data set in LIBSVM's format and expects the same fit, fold or hash from the file, or
# compares two programs on it bit by bit. repr or "%.17g" gives back each double.
#
# Version: scikit-learn 1.9.1 with numpy 2.2.6. Source: sklearn/datasets/_svmlight_format_fast.pyx has "%.16g". It was
# "%.16e", which is 17 digits, since a change of 2012 to keep doubles, and became "%.16g", 16 digits, in 2013 to make
# files smaller. The documentation of dump_svmlight_file says nothing of digits.
#
# Exits 0 where this is seen as described, 1 where it has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check scikit-learn==1.9.1 numpy==2.2.6
cat >"$work/try.py" <<'PYTHON'
import io
import sys

import numpy as np
import sklearn
from sklearn.datasets import dump_svmlight_file, load_svmlight_file


def back(x, y, dtype):
    file = io.BytesIO()
    dump_svmlight_file(x, y, file)
    file.seek(0)
    x_back, y_back = load_svmlight_file(file, n_features=x.shape[1], dtype=dtype)
    return x_back.toarray(), y_back


draws = np.random.default_rng(1)
x, y = draws.normal(size=(1000, 10)), draws.normal(size=1000)
x_back, y_back = back(x, y, np.float64)
text = np.array([[float(f"{value:.17g}") for value in row] for row in x])
x_single, _ = back(x.astype(np.float32), np.arange(1000), np.float32)
changed, apart = np.mean(x_back != x), np.max(np.abs(x_back - x) / np.abs(x))
print("scikit-learn", sklearn.__version__)
print(f"float64: {changed:.3f} of the inputs, {np.mean(y_back != y):.3f} of the targets are other numbers; most apart",
      f"{apart:.1e} of their size; with 17 digits {np.mean(text != x):.3f}")
print(f"float32: {np.mean(x_single != x.astype(np.float32)):.3f}")
seen = (0.3 < changed < 0.55 and 0.3 < np.mean(y_back != y) < 0.55 and apart < 1e-15 and np.all(text == x) and
        np.all(x_single == x.astype(np.float32)))
print("as described:", "seen" if seen else "CHANGED")
sys.exit(not seen)
PYTHON
"$work/venv/bin/python" "$work/try.py"
