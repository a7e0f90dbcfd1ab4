#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes tests/library/weights_numbers.lua: training with weights of patterns and of classes, and with targets scaled.

PyTorch 2.15.0 trains by (c * CrossEntropyLoss(reduction="none")).mean(), scikit-learn says what "balanced" is and what
scaled targets are. Not run by the tests: the numbers are kept.
    python3 weights_numbers.py > weights_numbers.lua
"""
import textwrap

import numpy as np
import torch
from sklearn import metrics, preprocessing
from sklearn.utils.class_weight import compute_class_weight, compute_sample_weight
from torch import nn

torch.set_default_dtype(torch.float64)
EPOCHS = 20
INPUTS = [[0.2, -1.0], [1.5, 0.3], [-0.7, 0.6], [0.1, 1.9], [-1.2, -0.4], [0.9, -1.6], [1.1, 1.0], [-0.3, -1.3]]
CLASSES = [0, 2, 1, 0, 0, 2, 0, 0]
PATTERN_WEIGHTS = [1, 0.5, 2, 0, 3.25, 0.1, 1, 0.75]
TABLE = {0: 0.3, 1: 2.5, 2: 1.25}
HIDDEN = [[[0.3, -0.2], [0.8, 0.5], [-0.6, 0.1]], [0.1, -0.3, 0.2]]
OUT = [[[0.7, -0.4, 0.9], [-0.2, 0.6, 0.35], [0.15, -0.8, 0.25]], [0.05, -0.1, 0.2]]


def network(n_outputs):
    net = nn.Sequential(nn.Linear(2, 3), nn.Tanh(), nn.Linear(3, n_outputs))
    with torch.no_grad():
        for layer, (w, b) in ((net[0], HIDDEN), (net[2], [OUT[0][:n_outputs], OUT[1][:n_outputs]])):
            layer.weight.copy_(torch.tensor(w))
            layer.bias.copy_(torch.tensor(b))
    return net


def flat(net):
    return [x.item() for p in net.parameters() for x in p.flatten()]


def train(net, loss, batch):
    """loss(net, rows); rows in their order, batch by batch."""
    optimizer = torch.optim.SGD(net.parameters(), lr=0.2)
    for _ in range(EPOCHS):
        for first in range(0, len(INPUTS), batch):
            optimizer.zero_grad()
            loss(net, slice(first, first + batch)).backward()
            optimizer.step()


def softmax_case(c, batch):
    c, x, t = torch.tensor(c), torch.tensor(INPUTS), torch.tensor(CLASSES)

    def loss(net, rows):
        return (c[rows] * nn.CrossEntropyLoss(reduction="none")(net(x[rows]), t[rows])).mean()
    net = network(3)
    train(net, loss, batch)
    answers = net(x).argmax(1)
    right = answers == t
    macro = {"average": "macro", "zero_division": 0}
    return {"parameters": flat(net), "loss": loss(net, slice(None)).item(),
            "accuracy": metrics.accuracy_score(t, answers),
            "weighted_accuracy": (c[right].sum() / c.sum()).item(),
            "macro_precision": metrics.precision_score(t, answers, **macro),
            "macro_recall": metrics.recall_score(t, answers, **macro),
            "macro_f1": metrics.f1_score(t, answers, **macro)}


def sigmoid_case(c, batch):
    """One output; BCEWithLogitsLoss."""
    c, x = torch.tensor(c), torch.tensor(INPUTS)
    t = torch.tensor([[1.0 if k else 0.0] for k in CLASSES])

    def loss(net, rows):
        return (c[rows] * nn.BCEWithLogitsLoss(reduction="none")(net(x[rows]), t[rows])[:, 0]).mean()
    net = network(1)
    train(net, loss, batch)
    return {"parameters": flat(net), "loss": loss(net, slice(None)).item()}


def scaled_case(scaler, batch):
    """Two targets, scaled; outputs scaled back."""
    raw = np.array([[100 + 30 * a - 7 * b, 0.02 * a * b] for a, b in INPUTS])
    t, x = torch.tensor(scaler.fit_transform(raw)), torch.tensor(INPUTS)

    def loss(net, rows):
        return nn.MSELoss()(net(x[rows]), t[rows])
    net = network(2)
    train(net, loss, batch)
    o = scaler.inverse_transform(net(x).detach().numpy())
    return {"targets": raw.tolist(), "parameters": flat(net), "loss": loss(net, slice(None)).item(),
            "outputs": o.tolist(), "error_max": np.abs(raw - o).max(),
            "rmse": np.sqrt(metrics.mean_squared_error(raw.flatten(), o.flatten())),
            "mae": metrics.mean_absolute_error(raw, o), "r2": metrics.r2_score(raw, o)}


def lua(x):
    if isinstance(x, dict):
        return "{ " + ", ".join(f"{k} = {lua(v)}" for k, v in x.items()) + " }"
    if isinstance(x, (list, tuple)):
        return "{ " + ", ".join(lua(v) for v in x) + " }"
    return repr(float(x))


def main():
    balanced = compute_sample_weight("balanced", CLASSES)
    by_table = compute_sample_weight(TABLE, CLASSES)
    two = compute_sample_weight("balanced", [bool(k) for k in CLASSES])
    print("-- SPDX-License-Identifier: MIT\n-- Made by weights_numbers.py, which says with what.\nreturn {")
    named = {"inputs": INPUTS, "classes": CLASSES, "pattern_weights": PATTERN_WEIGHTS,
             "hidden": HIDDEN, "out": OUT,
             "balanced": compute_class_weight("balanced", classes=np.array([0, 1, 2]), y=CLASSES).tolist(),
             "table": list(TABLE.values()),
             "patterns": {f"batch_{b}": softmax_case(PATTERN_WEIGHTS, b) for b in (1, 3, 8)},
             "by_table": {f"batch_{b}": softmax_case(by_table, b) for b in (1, 3, 8)},
             "by_balance": {f"batch_{b}": softmax_case(balanced, b) for b in (1, 3, 8)},
             "both": {f"batch_{b}": softmax_case(balanced * PATTERN_WEIGHTS, b) for b in (1, 3, 8)},
             "sigmoid": {f"batch_{b}": sigmoid_case(two * PATTERN_WEIGHTS, b) for b in (1, 3, 8)},
             "zscore": {f"batch_{b}": scaled_case(preprocessing.StandardScaler(), b) for b in (1, 3, 8)},
             "minmax": {f"batch_{b}": scaled_case(preprocessing.MinMaxScaler(), b) for b in (1, 3, 8)}}
    print(f"  epochs = {EPOCHS},")
    for name, value in named.items():
        print("\n".join(textwrap.wrap(f"{name} = {lua(value)},", 116, initial_indent="  ", subsequent_indent="    ",
                                      break_long_words=False, break_on_hyphens=False)))
    print("}")


main()
