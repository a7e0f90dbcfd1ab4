# SPDX-License-Identifier: MIT
"""The tutorial's neuron with a bias, by the library named: 1000 steps and a line every 100, as tutorials write it."""
import math
import os
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"


def python(w, b, x, y):
    for i in range(1000):
        output = 1 / (1 + math.exp(-(x * w + 1 * b)))
        error = y - output
        w = w + x * 0.1 * error
        b = b + 1 * 0.1 * error
        if i % 100 == 99:
            print(i, error, output)


def numpy(w, b, x, y):
    import numpy as np

    w, b = np.array([w]), np.array([b])
    for i in range(1000):
        output = 1 / (1 + np.exp(-(x * w + 1 * b)))
        error = y - output
        w = w + x * 0.1 * error
        b = b + 1 * 0.1 * error
        if i % 100 == 99:
            print(i, error[0], output[0])


def torch(w, b, x, y):
    import torch

    w, b = torch.tensor([w]), torch.tensor([b])
    for i in range(1000):
        output = torch.sigmoid(x * w + 1 * b)
        error = y - output
        w = w + x * 0.1 * error
        b = b + 1 * 0.1 * error
        if i % 100 == 99:
            print(i, error.item(), output.item())


def tensorflow(w, b, x, y):
    import tensorflow as tf

    w, b = tf.constant([w]), tf.constant([b])
    for i in range(1000):
        output = tf.sigmoid(x * w + 1 * b)
        error = y - output
        w = w + x * 0.1 * error
        b = b + 1 * 0.1 * error
        if i % 100 == 99:
            print(i, error.numpy()[0], output.numpy()[0])


{"python": python, "numpy": numpy, "torch": torch, "tensorflow": tensorflow}[sys.argv[1]](0.37, 0.1, 0, 1)
