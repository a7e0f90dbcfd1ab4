#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Prints tests/library/shortcuts_numbers.lua: what PyTorch makes of networks with shortcuts in 20 epochs of doubles.

    python3 tests/library/shortcuts_numbers.py > tests/library/shortcuts_numbers.lua

A layer's input is torch.cat of its sources in order: the network's inputs, then earlier layers. The numbers are the
start, and the weights and biases at the end with the loss over all patterns, in luron's order."""
import torch

torch.set_default_dtype(torch.float64)
EPOCHS = 20
INPUTS = [[0.5, -1.0], [1.5, 0.75], [-0.25, 0.125], [-1.0, -0.5], [0.0, 2.0]]
TARGETS = [[0.0, 1.0], [1.0, 1.0], [0.0, 0.0], [1.0, 0.0], [0.25, 0.75]]
WIDTHS = [2, 3, 4, 2]
ALL = [(0, 2), (0, 3), (1, 3)]
CASES = [("sgd", 2, ALL), ("sgd", 5, [(0, 3)]), ("adam", 2, ALL), ("momentum", 1, [(1, 3), (0, 2)])]
RATE = {"sgd": 0.5, "adam": 0.05, "momentum": 0.1}


def sources(layer, pairs):
    return [k for k in range(layer) if k == layer - 1 or (k, layer) in pairs]


def make(pairs):
    out, number = [], 0
    for layer in range(1, len(WIDTHS)):
        linear = torch.nn.Linear(sum(WIDTHS[k] for k in sources(layer, pairs)), WIDTHS[layer])
        with torch.no_grad():
            for j in range(WIDTHS[layer]):
                for i in range(linear.in_features):
                    number += 1
                    linear.weight[j, i] = number * 37 % 101 / 101 - 0.5
                number += 1
                linear.bias[j] = number * 37 % 101 / 101 - 0.5
        out.append(linear)
    return out


def forward(layers, pairs, x):
    given = [x]
    for layer, linear in enumerate(layers, 1):
        z = linear(torch.cat([given[k] for k in sources(layer, pairs)], dim=1))
        given.append(torch.tanh(z))
    return z


def train(name, batch, pairs):
    layers = make(pairs)
    parameters = [p for layer in layers for p in layer.parameters()]
    optim = torch.optim
    step = {"sgd": lambda: optim.SGD(parameters, RATE[name]), "adam": lambda: optim.Adam(parameters, RATE[name]),
            "momentum": lambda: optim.SGD(parameters, RATE[name], momentum=0.9)}[name]()
    x, t, loss = torch.tensor(INPUTS), torch.tensor(TARGETS), torch.nn.BCEWithLogitsLoss()
    for _ in range(EPOCHS):
        for k in range(0, len(INPUTS), batch):
            step.zero_grad()
            loss(forward(layers, pairs, x[k:k + batch]), t[k:k + batch]).backward()
            step.step()
    return layers, loss(forward(layers, pairs, x), t).item()


def text(x):
    return "{ " + ", ".join(text(v) for v in x) + " }" if isinstance(x, (list, tuple)) else repr(x)


def numbers(x):
    """A list of numbers over several lines."""
    lines = [", ".join(repr(v) for v in x[i:i + 4]) for i in range(0, len(x), 4)]
    return "{\n" + "".join(f"          {line},\n" for line in lines) + "        }"


print("-- SPDX-License-Identifier: MIT")
print(f"-- Made by shortcuts_numbers.py with PyTorch {torch.__version__.split('+')[0]}.")
print("return {")
print(f"  inputs = {text(INPUTS)},\n  targets = {text(TARGETS)},\n  epochs = {EPOCHS},")
for case in CASES:
    start, (layers, last) = make(case[2]), train(*case)
    print(f"  {{ optimizer = \"{case[0]}\", batch = {case[1]}, learning_rate = {RATE[case[0]]},\n   "
          f" shortcuts = {text(sorted(case[2]))}, loss = {last!r},")
    for name, net in (("start", start), ("trained", layers)):
        print(f"    {name} = {{")
        for layer in net:
            print("      { weights = {")
            for unit in layer.weight.tolist():
                print(f"        {numbers(unit)},")
            print(f"      }}, biases = {numbers(layer.bias.tolist())} }},")
        print("    },")
    print("  },")
print("}")
