# SPDX-License-Identifier: MIT
"""One neuron by TensorFlow, the whole run compiled by tf.function; the eager loop is peers/script.py's."""
import os

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import tensorflow as tf
from worker import serve


def neuron(_):
    x, t = tf.constant(1.0, tf.float64), tf.constant(0.0, tf.float64)

    @tf.function(jit_compile=True)
    def train(w, b):
        for _ in tf.range(1000):
            error = t - tf.sigmoid(x * w + b)
            w += x * 0.1 * error
            b += 0.1 * error
        return w, b

    run = lambda: [float(v) for v in train(tf.constant(0.37, tf.float64), tf.constant(0.1, tf.float64))]
    return run, 1000, run(), "tf.function, XLA"


serve("tensorflow " + tf.__version__, {"neuron": neuron})
