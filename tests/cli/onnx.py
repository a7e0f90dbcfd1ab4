#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Networks that network:to_onnx writes are read here by a reader of their own, which knows the wire format of protocol
buffers and what each operator does by ONNX' own documents, and give what network:forward gives: in double precision to
1e-12, in single to 1e-5, for the sums have another order. Operators and fields that the reader does not know are
failures, and so is a file whose order of nodes asks for a value before it is there.

usage: onnx.py LURON"""
import math
import os
import struct
import subprocess
import sys
import tempfile

SCRIPT = r"""
local luron = require "luron"
local x = { { 0.3, -1.2 }, { 2, 0.7 }, { -0.4, 5 } }
local swish = luron.activation { name = "swish", f = function(z) return z / (1 + luron.exp(-z)) end }
local bent = luron.activation { name = "bent", f = function(z)
  if z > 0.5 then return luron.fma(z, 0.25, luron.log1p(z)) end
  return luron.expm1(z) + math.min(math.abs(z), 1)
end }
local function trained(fields)
  fields.inputs, fields.epochs, fields.log = fields.inputs or { { 0, 0 }, { 0, 1 }, { 1, 0 }, { 1, 1 } }, 20, false
  fields.targets = fields.targets or { 0, 1, 1, 0 }
  return luron.experiment(fields):run().network
end
local networks = {
  trained { hidden = { 3, 2 }, activation = "tanh" },
  trained { hidden = 3, activation = "relu", output_activation = "linear", loss = "mse" },
  trained { hidden = 3, activation = "leaky_relu", bias = false },
  trained { hidden = 4, activation = "softplus", output_activation = "tanh", loss = "mse" },
  trained { hidden = { 3, 2 }, shortcuts = true, normalize = "zscore" },
  trained { hidden = 3, targets = { 10, 30, 20, 40 }, output_activation = "linear", loss = "mse",
    normalize_targets = "minmax" },
  trained { hidden = 3, output_activation = "softmax",
    targets = { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 }, { 1, 0, 0 } } },
  trained { hidden = 3, activation = swish },
  trained { hidden = { 3, 3 }, activation = { bent, "tanh", "sigmoid" }, shortcuts = { { 0, 2 } } },
  trained { hidden = 3, activation = "tanh", precision = "single" },
}
for i, network in ipairs(networks) do
  network:to_onnx(("n%d.onnx"):format(i))
  for _, pattern in ipairs(x) do
    local words = { i, i == #networks and "single" or "double" }
    for _, number in ipairs(pattern) do words[#words + 1] = ("%.17g"):format(number) end
    words[#words + 1] = "->"
    local y = network:forward(pattern)
    for _, number in ipairs(type(y) == "table" and y or { y }) do words[#words + 1] = ("%.17g"):format(number) end
    print(table.concat(words, " "))
  end
end
"""


def varint(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            return value, at


def message(data):
    """The fields of a message, by number: a list of whole numbers or of bytes each."""
    fields, at = {}, 0
    while at < len(data):
        tag, at = varint(data, at)
        if tag & 7 == 0:
            value, at = varint(data, at)
        else:
            assert tag & 7 == 2, tag
            length, at = varint(data, at)
            assert at + length <= len(data)
            value, at = data[at:at + length], at + length
        fields.setdefault(tag >> 3, []).append(value)
    return fields


def tensor(data):
    """Its name, and its rows, or its numbers where it has one dimension."""
    fields = message(data)
    kind = {1: "f", 11: "d"}[fields[2][0]]
    numbers = [x[0] for x in struct.iter_unpack("<" + kind, fields[9][0])]
    rows = fields[1]
    assert math.prod(rows) == len(numbers), (rows, len(numbers))
    if len(rows) == 2:
        numbers = [numbers[i * rows[1]:(i + 1) * rows[1]] for i in range(rows[0])]
    return fields[8][0].decode(), numbers


def each(f):
    """f for each element; an operand of one number goes with all."""
    def apply(*operands):
        width = max(len(a) for a in operands)
        return [f(*(a[k if len(a) > 1 else 0] for a in operands)) for k in range(width)]
    return apply


def gemm(x, w, bias=None):
    return [math.fsum(a * b for a, b in zip(x, row)) + (bias[k] if bias else 0) for k, row in enumerate(w)]


def softmax(z):
    e = [math.exp(a - max(z)) for a in z]
    return [a / sum(e) for a in e]


OPERATORS = {
    "Gemm": gemm, "Softmax": softmax, "Concat": lambda *parts: sum(parts, []), "Identity": lambda a: a,
    "Sigmoid": each(lambda z: 1 / (1 + math.exp(-z))), "Tanh": each(math.tanh), "Relu": each(lambda z: max(z, 0)),
    "Exp": each(math.exp), "Log": each(lambda a: math.log(a) if a > 0 else math.nan), "Neg": each(lambda a: -a),
    "Abs": each(abs),
    "Add": each(lambda a, b: a + b), "Sub": each(lambda a, b: a - b), "Mul": each(lambda a, b: a * b),
    "Div": each(lambda a, b: a / b), "Max": each(max), "Min": each(min), "Less": each(lambda a, b: a < b),
    "Greater": each(lambda a, b: a > b), "Cast": each(float), "Where": each(lambda c, a, b: a if c else b),
}
ATTRIBUTES = {"Gemm": ("transB", 1), "Softmax": ("axis", 1), "Concat": ("axis", 1)}


def check_attribute(operator, node, kind):
    found = [message(data) for data in node.get(5, [])]
    told = [(a[1][0].decode(), a[3][0]) for a in found]
    wanted = ("to", kind) if operator == "Cast" else ATTRIBUTES.get(operator)
    assert told == ([wanted] if wanted else []), (operator, told)


def forward(path, pattern, kind):
    with open(path, "rb") as file:
        model = message(file.read())
    assert model[1] == [8] and message(model[8][0])[2] == [17], "IR version 8, operators 17"
    graph = message(model[7][0])
    values = dict(tensor(data) for data in graph[5])
    values["input"] = pattern
    for data in graph[1]:
        node = message(data)
        operator = node[4][0].decode()
        check_attribute(operator, node, kind)
        values[node[2][0].decode()] = OPERATORS[operator](*(values[name.decode()] for name in node[1]))
    return values["output"]


def main(luron):
    luron = os.path.abspath(luron)
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "s.lua"), "w", encoding="utf-8") as file:
            file.write(SCRIPT)
        lines = subprocess.run([luron, "run", "s.lua"], cwd=folder, check=True, stdout=subprocess.PIPE,
                               text=True).stdout.splitlines()
        assert len(lines) == 30, lines
        for line in lines:
            told, _, wanted = line.partition(" -> ")
            number, precision, *pattern = told.split()
            kind, bound = (11, 1e-12) if precision == "double" else (1, 1e-5)
            found = forward(os.path.join(folder, f"n{number}.onnx"), [float(a) for a in pattern], kind)
            wanted = [float(a) for a in wanted.split()]
            assert len(found) == len(wanted), line
            assert all(abs(a - b) <= bound * max(1, abs(b)) for a, b in zip(found, wanted)), (line, found)


if __name__ == "__main__":
    main(sys.argv[1])
