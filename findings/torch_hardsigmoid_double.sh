#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# PyTorch's hardsigmoid has a slope of a float's 1/6 in double precision: 0.1666666716337204, where the values of the
# same function, and 1/6 as a double, say 0.16666666666666666. So each gradient that goes through it is 3e-8 off,
# relative to itself; the same function written as relu6(z + 3) / 6 has the slope to the last bit. Of 18 elementwise
# activations in torch.nn.functional it is the only one: the others agree with central differences within 1e-9.
#
# Whom it matters to: who checks gradients in double precision (gradcheck's tolerance hides it, one of 1e-9 does not)
# or compares trainings in double with another system's: 1e-8 after one step is 1e-6 after many.
#
# Version: torch 2.15.0 on a processor. Source: the documentation of torch.nn.Hardsigmoid gives z / 6 + 1 / 2 between -3
# and 3, and no precision.
#
# Exits 0 where this is seen as described, 1 where it has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check torch==2.15.0 numpy==2.2.6
cat >"$work/try.py" <<'PYTHON'
import sys

import torch
import torch.nn.functional as F

NAMES = ("hardsigmoid hardswish selu elu gelu mish silu softplus celu hardtanh relu6 softsign tanhshrink logsigmoid "
         "leaky_relu rrelu softshrink hardshrink").split()


def slope(f, z):
    x = torch.tensor(z, dtype=torch.float64, requires_grad=True)
    y = f(x)
    y.sum().backward()
    return x.grad, y.detach()


def off(f):
    z, h = torch.linspace(-4, 4, 17, dtype=torch.float64) + 0.013, 1e-6
    return float((slope(f, z.tolist())[0] - (f(z + h) - f(z - h)) / (2 * h)).abs().max())


own, value = slope(F.hardsigmoid, [0.5])
written, same = slope(lambda z: F.relu6(z + 3) / 6, [0.5])
print("torch", torch.__version__)
print("hardsigmoid(0.5) =", value.item(), "slope", own.item())
print("relu6(0.5 + 3) / 6 =", same.item(), "slope", written.item(), "expected", 1 / 6)
wrong = [name for name in NAMES if not off(getattr(F, name)) < 1e-9]
print("further than 1e-9 from central differences:", *wrong)
seen = (own.item(), written.item(), value.item(), wrong) == (0.1666666716337204, 1 / 6, same.item(), ["hardsigmoid"])
print("as described:", "seen" if seen else "CHANGED")
sys.exit(not seen)
PYTHON
"$work/venv/bin/python" "$work/try.py"
