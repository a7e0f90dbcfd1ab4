#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes tests/library/peers_numbers.lua: what the systems that define the entries of library/luron/ compute.

PyTorch 2.15.0, Keras 3.15.1 on TensorFlow 2.21.0 (float64), scikit-learn's mean_pinball_loss written out; numpy for
what only a paper defines. Not run by the tests: the numbers are kept.
    python3 peers_numbers.py > peers_numbers.lua
"""
import os
import subprocess
import sys
import textwrap

import numpy as np

os.environ.update(KERAS_BACKEND="tensorflow", TF_CPP_MIN_LOG_LEVEL="3", CUDA_VISIBLE_DEVICES="")
WITH = sys.argv[1] if len(sys.argv) > 1 else "" # one of the two at a time: together they end in an error of LLVM's
if WITH == "torch":
    import torch
    from torch import nn

    torch.set_default_dtype(torch.float64)
elif WITH == "keras":
    import keras
    import tensorflow as tf

    keras.config.set_floatx("float64")
F64 = np.float64

Z = [-4.0, -2.5, -1.0, -0.3, 0.2, 0.7, 1.3, 2.9, 5.1, 7.5]
# Hardsigmoid's own slope is a float's 1/6 in double precision, too.
ACTIVATIONS = {} if WITH != "torch" else {
    "elu": nn.ELU(), "selu": nn.SELU(), "gelu": nn.GELU(), "silu": nn.SiLU(), "mish": nn.Mish(),
    "softsign": nn.Softsign(), "hard_sigmoid": lambda z: nn.functional.relu6(z + 3) / 6, "hard_tanh": nn.Hardtanh(),
    "gaussian": lambda z: torch.exp(-z**2), "sine": torch.sin, "snake": lambda z: z + torch.sin(z)**2,
    "squareplus": lambda z: (z + torch.sqrt(z**2 + 4)) / 2, "relu6": nn.ReLU6(),
}
UNIT = [(0.1, 0.0), (0.1, 1.0), (0.6, 1.0), (0.9, 0.0), (0.35, 0.2)]
SIDES = [(0.3, 1.0), (-0.3, 1.0), (1.7, 1.0), (1.7, -1.0), (-0.4, -1.0)]
REAL = [(0.3, 1.0), (-2.0, 1.0), (4.5, 1.0), (0.8, 0.9), (1.5, -0.7)]
COUNTS = [(0.3, 1.0), (2.0, 1.0), (4.5, 0.0), (0.8, 3.0)]




def of_keras(loss):
    return lambda o, t: loss(t, o)


LOSSES = {} if not WITH else {
    "mae": (REAL, nn.L1Loss()), "huber": (REAL, nn.HuberLoss()),
    "quantile": (REAL, lambda o, t: torch.where(t >= o, 0.5 * (t - o), 0.5 * (o - t)).mean()),
    "poisson": (COUNTS, nn.PoissonNLLLoss(log_input=False)),
    "log_cosh": (REAL, lambda o, t: torch.log(torch.cosh(o - t)).mean()), # Keras' own takes a float's log(2)
} if WITH == "torch" else {
    "hinge": (SIDES, of_keras(keras.losses.Hinge())),
    "squared_hinge": (SIDES, of_keras(keras.losses.SquaredHinge())),
    "focal": (UNIT, of_keras(keras.losses.BinaryFocalCrossentropy(gamma=2))),
}

# A network 2-3-1 of tanh units with a linear output, squared errors, all patterns an update.
X = np.array([[0.5, -1.0], [1.5, 0.25], [-0.75, 0.5], [0.1, 2.0]])
T = np.array([[0.4], [-0.9], [1.2], [0.3]])
W1 = np.array([[0.3, -0.2], [0.8, 0.5], [-0.6, 0.1]])
B1 = np.array([0.1, -0.3, 0.2])
W2 = np.array([[0.7, -0.4, 0.9]])
B2 = np.array([0.05])
N_UPDATES = 25


def gradients(p):
    w1, b1, w2, b2 = p
    a = np.tanh(X @ w1.T + b1)
    d = 2 * (a @ w2.T + b2 - T) / len(X)
    back = (d @ w2) * (1 - a * a)
    return [back.T @ X, back.sum(0), d.T @ a, d.sum(0)]


def by_torch(make):
    p = [torch.tensor(x, requires_grad=True) for x in (W1, B1, W2, B2)]
    optimizer = make(p)
    for _ in range(N_UPDATES):
        for q, g in zip(p, gradients([q.detach().numpy() for q in p])):
            q.grad = torch.tensor(g)
        optimizer.step()
    return [q.detach().numpy() for q in p]


def by_keras(optimizer):
    p = [tf.Variable(x) for x in (W1, B1, W2, B2)]
    for _ in range(N_UPDATES):
        optimizer.apply([tf.constant(g) for g in gradients([q.numpy() for q in p])], p)
    return [q.numpy() for q in p]


def by_rule(rule):
    """rule(w, g, state, step) -> w, elementwise in plain Python."""
    p, state = [W1.copy(), B1.copy(), W2.copy(), B2.copy()], {}
    for step in range(1, N_UPDATES + 1):
        g = gradients(p)
        for k, q in enumerate(p):
            for at in np.ndindex(q.shape):
                q[at] = rule(q[at], g[k][at], state.setdefault((k, at), {}), step)
    return p


def quickprop(w, g, s, step, rate=0.1, mu=1.75):
    """Fahlman 1988: in terms of S = -dE/dw, the direction to go."""
    S, before, last = -g, s.get("S", 0.0), s.get("last", 0.0)
    if last == 0:
        change = rate * S
    else:
        change = rate * S if S * last > 0 else 0.0
        shrunk = mu / (1 + mu)
        beyond = S > shrunk * before if last > 0 else S < shrunk * before
        change += mu * last if beyond else last * S / (before - S)
    s["S"], s["last"] = S, change
    return w + change


def irprop_minus(w, g, s, step):
    """Igel and Huesken 2000, figure 3."""
    size, before = s.get("size", 0.0125), s.get("g", 0.0)
    if before * g > 0:
        size = min(size * 1.2, 50.0)
    elif before * g < 0:
        size = max(size * 0.5, 0.0)
        g = 0.0
    s["size"], s["g"] = size, g
    return w - np.sign(g) * size


def exactly(**given):
    return {k: F64(v) for k, v in given.items()}


def of_torch():
    O = torch.optim
    return {
        "adamw": by_torch(O.AdamW), "amsgrad": by_torch(lambda p: O.Adam(p, amsgrad=True)),
        "nadam": by_torch(O.NAdam), "adamax": by_torch(O.Adamax), "adadelta": by_torch(O.Adadelta),
        "quickprop": by_rule(quickprop), "irprop_minus": by_rule(irprop_minus),
    }


def of_keras_3():
    K = keras.optimizers
    adams = exactly(beta_1=0.9, beta_2=0.999, epsilon=1e-7)
    return {
        "lion": by_keras(K.Lion(F64(0.0001), beta_1=F64(0.9), beta_2=F64(0.99))),
        "momentum_rhw": by_keras(K.SGD(F64(0.1), momentum=F64(0.9))),
        "keras_adam": by_keras(K.Adam(F64(0.001), **adams)),
        "keras_adamax": by_keras(K.Adamax(F64(0.001), **adams)),
        "keras_nadam": by_keras(K.Nadam(F64(0.001), **adams)),
        "keras_rmsprop": by_keras(K.RMSprop(F64(0.001), rho=F64(0.9), epsilon=F64(1e-7))),
        "keras_adagrad": by_keras(K.Adagrad(F64(0.001), initial_accumulator_value=0.1, epsilon=F64(1e-7))),
    }


def of_scheduler(n, make):
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=1.0)
    scheduler = make(optimizer)
    factors = []
    for k in range(n):
        factors.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        if k + 1 < n:
            scheduler.step()
    return factors


def schedules():
    if WITH == "keras":
        inverse = keras.optimizers.schedules.InverseTimeDecay(F64(1), F64(1), F64(0.01))
        return {"inverse": [float(inverse(F64(k))) for k in range(100)]}
    R = torch.optim.lr_scheduler

    def warmup(optimizer):
        up = R.LinearLR(optimizer, start_factor=1 / 10, total_iters=9)
        return R.SequentialLR(optimizer, [up, R.CosineAnnealingLR(optimizer, T_max=90)], milestones=[10])

    made = {
        "step": lambda o: R.StepLR(o, 30), "exponential": lambda o: R.ExponentialLR(o, 0.99),
        "cosine": lambda o: R.CosineAnnealingLR(o, 100), "warmup_cosine": warmup,
        "one_cycle": lambda o: R.OneCycleLR(o, 1.0, total_steps=100, cycle_momentum=False),
        "triangular": lambda o: R.CyclicLR(o, 0.1, 1.0, step_size_up=10, cycle_momentum=False),
    }
    return {name: of_scheduler(100, make) for name, make in made.items()}


def activation_row(f, z):
    x = torch.tensor(z, requires_grad=True)
    y = f(x)
    y.backward()
    return numbers((z, y.item(), x.grad.item()))


def loss_row(f, o, t):
    if WITH == "torch":
        x = torch.tensor([o], requires_grad=True)
        y = f(x, torch.tensor([t]))
        y.backward()
        return numbers((o, t, y.item(), x.grad.item()))
    x = tf.Variable([[o]], dtype="float64")
    with tf.GradientTape() as tape:
        y = f(x, tf.constant([[t]], dtype="float64"))
    return numbers((o, t, y.numpy(), tape.gradient(y, x).numpy()[0][0]))


def numbers(values):
    return "{ " + ", ".join(repr(float(v)) for v in values) + " }"


def tell():
    for name, f in ACTIVATIONS.items():
        print("activations", name, "{ " + ", ".join(activation_row(f, z) for z in Z) + " }")
    for name, (points, f) in LOSSES.items():
        print("losses", name, "{ " + ", ".join(loss_row(f, o, t) for o, t in points) + " }")
    for name, p in (of_torch() if WITH == "torch" else of_keras_3()).items():
        print("optimizers", name, numbers(np.concatenate([q.ravel() for q in p])))
    for name, factors in schedules().items():
        print("schedules", name, numbers(factors))


def main():
    lines = []
    for system in ("torch", "keras"):
        lines += subprocess.run([sys.executable, __file__, system], check=True, text=True,
                                stdout=subprocess.PIPE).stdout.splitlines()
    print("-- SPDX-License-Identifier: MIT\n-- Made by peers_numbers.py, which says with what.\nreturn {")
    print(f"  updates = {N_UPDATES},")
    for group, what in (("activations", "z, f(z), f'(z)"), ("losses", "o, t, loss, its slope by o"),
                        ("optimizers", "layer by layer, the weights and then the biases, after so many updates"),
                        ("schedules", "the factor, epoch by epoch")):
        print(f"  {group} = {{ -- {what}")
        for line in lines:
            of, name, values = line.split(" ", 2)
            if of == group:
                print(textwrap.fill(f"    {name} = {values},", 120, subsequent_indent="      "))
        print("  },")
    print("}")


if __name__ == "__main__":
    tell() if WITH else main()
