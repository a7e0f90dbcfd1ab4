#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes tests/library/training_numbers.lua: what PyTorch makes of a 2-3-2 network in 20 epochs of doubles, with losses
that are sums, clipped gradients, biases that do not decay, and parameters that do not move. Not run by the tests: the
numbers are kept.
    python3 training_numbers.py > training_numbers.lua
"""
import torch
from torch import nn

torch.set_default_dtype(torch.float64)
EPOCHS = 20
INPUTS = [[0.5, -1.0], [1.5, 0.25], [-0.75, 0.5], [0.1, 2.0], [-1.25, -0.5]]
TARGETS = [[0.0, 1.0], [1.0, 1.0], [0.0, 0.0], [1.0, 0.0], [0.25, 0.75]]
WEIGHTS = [[[0.3, -0.2], [0.8, 0.5], [-0.6, 0.1]], [[0.7, -0.4, 0.9], [-0.3, 0.2, 0.6]]]
BIASES = [[0.1, -0.3, 0.2], [0.05, -0.15]]
MASK = [[[1, 0], [0, 0], [0, 1]], [[0, 0, 1], [1, 0, 0]]]
LOSS = {"mse": nn.MSELoss, "cross_entropy": nn.BCEWithLogitsLoss}

# Fields as a script has them.
CASES = [{"loss": loss, "reduction": reduction, "batch": batch}
         for loss in LOSS for reduction in ("mean", "sum", "half_sum") for batch in (1, 2, "all")
         if (loss, reduction) != ("cross_entropy", "half_sum")]
CASES += [{"optimizer": o, "weight_decay": 0.1, "decay_biases": biases, "batch": batch}
          for o in ("sgd", "adam") for biases in (True, False) for batch in (1, 2)]
CASES += [{"optimizer": o, clip: most, "weight_decay": 0.01, "batch": batch, "reduction": "sum"}
          for o in ("sgd", "momentum", "adam") for clip, most in (("clip_norm", 0.5), ("clip_value", 0.05))
          for batch in (1, 2, "all")]
CASES += [{"freeze": what, "optimizer": o, "batch": batch, "clip_norm": 0.1, "weight_decay": 0.1}
          for what in ("biases", 1, [2], [1, "biases"], MASK) for o in ("sgd", "adam") for batch in (1, "all")]


def frozen(what, layer):
    """Of a layer (from 0) the masks of weights and biases."""
    masks = torch.zeros(len(WEIGHTS[layer]), len(WEIGHTS[layer][0])), torch.zeros(len(BIASES[layer]))
    if what is MASK:
        masks[0][:] = torch.tensor(MASK[layer])
        return masks
    for item in what if isinstance(what, list) else [what]:
        if item == layer + 1:
            masks[0][:] = 1
        if item in (layer + 1, "biases"):
            masks[1][:] = 1
    return masks


def optimizer(case, net):
    decay, lr = case.get("weight_decay", 0.0), 0.05
    groups = [{"params": [layer.weight for layer in net], "weight_decay": decay},
              {"params": [layer.bias for layer in net],
               "weight_decay": decay if case.get("decay_biases", True) else 0.0}]
    return {"sgd": lambda: torch.optim.SGD(groups, lr), "momentum": lambda: torch.optim.SGD(groups, lr, momentum=0.9),
            "adam": lambda: torch.optim.Adam(groups, lr)}[case.get("optimizer", "sgd")]()


def network():
    net = []
    for weights, biases in zip(WEIGHTS, BIASES):
        layer = nn.Linear(len(weights[0]), len(weights))
        layer.weight.data, layer.bias.data = torch.tensor(weights), torch.tensor(biases)
        net.append(layer)
    return net


def train(case):
    net, x, t = network(), torch.tensor(INPUTS), torch.tensor(TARGETS)
    step, kind = optimizer(case, net), case.get("loss", "mse")
    reduction, batch = case.get("reduction", "mean"), case["batch"]
    size = len(INPUTS) if batch == "all" else batch
    parameters = [p for layer in net for p in (layer.weight, layer.bias)]
    masks = [m for k in range(2) for m in frozen(case.get("freeze", []), k)]

    def loss(xs, ts):
        z = net[1](torch.tanh(net[0](xs)))
        of = LOSS[kind](reduction="mean" if reduction == "mean" else "sum")
        value = of(torch.sigmoid(z) if kind == "mse" else z, ts)
        return value / 2 if reduction == "half_sum" else value

    for _ in range(EPOCHS):
        for k in range(0, len(INPUTS), size):
            step.zero_grad()
            loss(x[k:k + size], t[k:k + size]).backward()
            before = [p.data.clone() for p in parameters]
            for p, mask in zip(parameters, masks):
                p.grad[mask == 1] = 0
            if "clip_norm" in case:
                nn.utils.clip_grad_norm_(parameters, case["clip_norm"])
            if "clip_value" in case:
                nn.utils.clip_grad_value_(parameters, case["clip_value"])
            step.step()
            for p, mask, old in zip(parameters, masks, before):
                p.data[mask == 1] = old[mask == 1]
    end = []
    for layer in net:
        for weights, bias in zip(layer.weight.tolist(), layer.bias.tolist()):
            end += weights + [bias]
    return loss(x, t).item(), end


def lua(value):
    if value is MASK:
        return "mask"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return "{ " + ", ".join(lua(v) for v in value) + " }"
    return f'"{value}"' if isinstance(value, str) else repr(value)


def fields(case):
    return "{ " + ", ".join(f"{name} = {lua(value)}" for name, value in case.items()) + " }"


print("-- SPDX-License-Identifier: MIT")
print("-- Made by training_numbers.py with PyTorch " + torch.__version__.split("+")[0] + ".")
print("local mask = {")
for mask_layer in MASK:
    print("  " + lua([[bool(i) for i in unit] for unit in mask_layer]) + ",")
print("}")
print("return {")
for name, value in (("epochs", EPOCHS), ("inputs", INPUTS), ("targets", TARGETS), ("weights", WEIGHTS),
                    ("biases", BIASES)):
    print(f"  {name} = {lua(value)},")
print("  -- fields, the loss at the end, and the parameters, unit by unit: weights, then the bias")
print("  cases = {")
for c in CASES:
    at_end, parameters = train(c)
    text = [repr(v) for v in parameters]
    print(f"    {{ {fields(c)},\n      {at_end!r},")
    for i in range(0, len(text), 5):
        print("      " + ("{ " if i == 0 else "") + ", ".join(text[i:i + 5]) + (" } }," if i + 5 >= len(text) else ","))
print("  },")
print("}")
