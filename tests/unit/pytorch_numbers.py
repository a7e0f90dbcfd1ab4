#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Prints tests/unit/pytorch_numbers.h: what PyTorch makes of a 3-4-2 network in 20 epochs of doubles.

    python3 tests/unit/pytorch_numbers.py > tests/unit/pytorch_numbers.h

Each case is an optimizer, activations, a loss and a batch; the numbers are the parameters at the end in luron's
order (unit by unit, weights then bias) and the loss over all patterns."""
import torch

torch.set_default_dtype(torch.float64)
EPOCHS = 20
INPUTS = [[0.5, -1.0, 0.25], [1.5, 0.75, -0.5], [-0.25, 0.125, 1.0], [-1.0, -0.5, -0.75], [0.0, 2.0, 0.5]]
BINARY = [[0.0, 1.0], [1.0, 1.0], [0.0, 0.0], [1.0, 0.0], [0.25, 0.75]]
CLASSES = [[1.0, 0.0], [0.0, 1.0], [0.0, 1.0], [1.0, 0.0], [0.5, 0.25]]
START = [0.3, -0.2, 0.5, 0.1, -0.4, 0.25, 0.15, -0.3, 0.6, -0.1, 0.35, 0.2, -0.55, 0.45, 0.05, -0.15,
         0.4, -0.35, 0.2, 0.55, 0.1, -0.25, 0.5, 0.3, -0.45, -0.05]
HIDDEN = {"SIGMOID": torch.sigmoid, "TANH": torch.tanh, "RELU": torch.relu,
          "LEAKY_RELU": lambda z: torch.nn.functional.leaky_relu(z, 0.01),
          "SOFTPLUS": torch.nn.functional.softplus, "LINEAR": lambda z: z,
          "SOFTMAX": lambda z: torch.softmax(z, dim=1)}
RATE = {"SGD": 0.5, "MOMENTUM": 0.2, "NESTEROV": 0.2, "ADAGRAD": 0.1, "RMSPROP": 0.02, "ADAM": 0.05, "RPROP": 0.01}


def layers():
    p = iter(START)
    out = []
    for n_in, n_out in ((3, 4), (4, 2)):
        layer = torch.nn.Linear(n_in, n_out)
        with torch.no_grad():
            for j in range(n_out):
                for i in range(n_in):
                    layer.weight[j, i] = next(p)
                layer.bias[j] = next(p)
        out.append(layer)
    return out


def optimizer(name, parameters, decay):
    optim, lr = torch.optim, RATE[name]
    return {"SGD": lambda: optim.SGD(parameters, lr, weight_decay=decay),
            "MOMENTUM": lambda: optim.SGD(parameters, lr, momentum=0.9, weight_decay=decay),
            "NESTEROV": lambda: optim.SGD(parameters, lr, momentum=0.9, nesterov=True, weight_decay=decay),
            "ADAGRAD": lambda: optim.Adagrad(parameters, lr, weight_decay=decay, eps=1e-10),
            "RMSPROP": lambda: optim.RMSprop(parameters, lr, alpha=0.99, eps=1e-8, weight_decay=decay),
            "ADAM": lambda: optim.Adam(parameters, lr, weight_decay=decay),
            "RPROP": lambda: optim.Rprop(parameters, lr)}[name]()


def loss_of(loss, output, z, targets):
    if loss == "CROSS_ENTROPY" and output == "SIGMOID":
        return torch.nn.BCEWithLogitsLoss()(z, targets)
    if loss == "CROSS_ENTROPY":
        return torch.nn.CrossEntropyLoss()(z, targets)
    return torch.nn.MSELoss()(HIDDEN[output](z), targets)


def train(opt, hidden, output, loss, batch, decay):
    first, second = layers()
    x, t = torch.tensor(INPUTS), torch.tensor(CLASSES if output == "SOFTMAX" else BINARY)
    step = optimizer(opt, list(first.parameters()) + list(second.parameters()), decay)

    def pass_over(xs, ts):
        return loss_of(loss, output, second(HIDDEN[hidden](first(xs))), ts)
    for _ in range(EPOCHS):
        for k in range(0, len(INPUTS), batch):
            step.zero_grad()
            pass_over(x[k:k + batch], t[k:k + batch]).backward()
            step.step()
    end = []
    for layer in (first, second):
        for j in range(layer.weight.shape[0]):
            end += layer.weight[j].tolist() + [layer.bias[j].item()]
    return end, pass_over(x, t).item()


def rows(values, per_row, indent):
    text = [f"{v!r}" for v in values]
    return (",\n" + indent).join(", ".join(text[i:i + per_row]) for i in range(0, len(text), per_row))


CASES = [(o, "TANH", "SIGMOID", "CROSS_ENTROPY", 5 if o == "RPROP" else 2, decay)
         for o in RATE for decay in (0.0, 0.01) if not (o == "RPROP" and decay)]
CASES += [(o, "SIGMOID", "SIGMOID", "MSE", 1, 0.0) for o in RATE if o != "RPROP"]
CASES += [("SGD", h, "SOFTMAX", "CROSS_ENTROPY", 5, 0.0) for h in ("RELU", "LEAKY_RELU", "SOFTPLUS", "LINEAR")]
CASES += [("SGD", "TANH", out, "MSE", 2, 0.0) for out in
          ("TANH", "RELU", "LEAKY_RELU", "SOFTPLUS", "LINEAR", "SOFTMAX")]

print("/* SPDX-License-Identifier: MIT")
print(f" * Made by pytorch_numbers.py with PyTorch {torch.__version__.split('+')[0]}. */")
print("enum { N_INPUTS = 3, N_HIDDEN = 4, N_OUTPUTS = 2, N_PATTERNS = 5, N_PARAMETERS = 26, N_EPOCHS = 20 };")
for name, values in (("INPUTS", INPUTS), ("BINARY", BINARY), ("CLASSES", CLASSES)):
    print(f"static const double {name}[] = {{{rows(sum(values, []), 15, '    ')}}};")
print(f"static const double START[] = {{{rows(START, 13, '    ')}}};")
print("""static const struct peer_case {
  enum lur_optimizer optimizer;
  enum lur_activation hidden, output;
  enum lur_loss loss;
  size_t batch;
  double weight_decay, learning_rate, loss_at_end, parameters[N_PARAMETERS];
} CASES[] = {""")
for case in CASES:
    opt, hidden, output, loss, batch, decay = case
    end, last = train(*case)
    print(f"    {{LUR_{opt}, LUR_{hidden}, LUR_{output}, LUR_{loss}, {batch}, {decay}, {RATE[opt]}, {last!r},")
    print(f"     {{{rows(end, 4, '      ')}}}}},")
print("};")
