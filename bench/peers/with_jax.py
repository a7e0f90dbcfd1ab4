# SPDX-License-Identifier: MIT
"""The works by JAX: jit(vmap(scan)), chunk and unrolling tuned, compiled before it is timed; chunks shared by threads
where there are several cores."""
import os
from concurrent.futures import ThreadPoolExecutor

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax
from worker import best, quantiles, serve

jax.config.update("jax_enable_x64", True)


threads = ThreadPoolExecutor(len(os.sched_getaffinity(0)))


def in_chunks(f, arrays, chunk):
    def one(at):
        return np.asarray(f(*(a[at : at + chunk] for a in arrays)))
    return np.concatenate(list(threads.map(one, range(0, len(arrays[0]), chunk))))


def compiled(make, options):
    """make(option): each is compiled once."""
    return {o: jax.jit(jax.vmap(make(o))) for o in options}


def sweep(work):
    arrays = [jnp.asarray(a) for a in work.neurons(work.few_seeds)]

    def make(unroll):
        def train(w, b, rate):
            def step(state, _):
                w, b = state
                change = rate * (0 - jax.nn.sigmoid(w + b))
                return (w + change, b + change), None
            (w, b), _ = lax.scan(step, (w, b), None, length=work.epochs, unroll=unroll)
            return jax.nn.softplus(w + b)
        return train

    trains = compiled(make, (1, 8))
    options = [(u, c) for u in trains for c in (1000, 5000, 10000)]
    part = [a[:10000] for a in arrays]
    unroll, chunk = best(lambda o: in_chunks(trains[o[0]], part, o[1]), options)
    run = lambda: in_chunks(trains[unroll], arrays, chunk)
    return run, len(arrays[0]) * work.epochs, quantiles(run()), f"chunk {chunk}, unroll {unroll}"


def xor(work):
    patterns = ((0.0, 0.0, 0.0), (0.0, 1.0, 1.0), (1.0, 0.0, 1.0), (1.0, 1.0, 0.0))
    rate = 0.5

    def epoch(p):
        a0, a1, a2, c0, c1, c2, v0, v1, v2 = p
        worst = jnp.zeros_like(v2)
        for x, y, t in patterns:
            h, g = jax.nn.sigmoid(a0 * x + a1 * y + a2), jax.nn.sigmoid(c0 * x + c1 * y + c2)
            d = jax.nn.sigmoid(v0 * h + v1 * g + v2) - t
            worst = jnp.maximum(worst, jnp.abs(d))
            e, f = v0 * d * h * (1 - h), v1 * d * g * (1 - g)
            a0, a1, a2 = a0 - rate * e * x, a1 - rate * e * y, a2 - rate * e
            c0, c1, c2 = c0 - rate * f * x, c1 - rate * f * y, c2 - rate * f
            v0, v1, v2 = v0 - rate * d * h, v1 - rate * d * g, v2 - rate * d
        return (a0, a1, a2, c0, c1, c2, v0, v1, v2), worst

    def train(start):
        def go(state):
            return (state[1] < work.epochs) & ~state[2]
        def step(state):
            p, worst = epoch(state[0])
            return p, state[1] + 1, worst <= 0.4
        state = lax.while_loop(go, step, (tuple(start[i] for i in range(9)), jnp.int32(0), jnp.bool_(False)))
        return jnp.stack([state[1], state[2].astype(jnp.int32)])

    arrays = [jnp.asarray(work.starts(work.few_seeds))]
    f = jax.jit(jax.vmap(train))
    chunk = best(lambda c: in_chunks(f, arrays, c), (500, 2000))
    run = lambda: in_chunks(f, arrays, chunk)
    ends = run()
    return run, len(ends), [ends[:, 1].sum(), ends[:, 0].sum()], f"chunk {chunk}"


def picture(work):
    return picture_by(work, lambda z, rate2: jnp.tanh(z), lambda rate2: rate2)


def own_swish(work):
    return picture_by(work, lambda z, slope: slope * (z * jax.nn.sigmoid(z)), lambda slope: 0.1)


def picture_by(work, activate, rate_of):
    """activate(z, second) and rate_of(second), the second layer's rate, where second is the second axis."""
    x, t = work.data()
    width, x, t = x.shape[1], jnp.asarray(x), jnp.asarray(t.astype(work.dtype))
    start = jnp.asarray(work.starts()[0])

    def loss(p, second):
        return jnp.mean((activate(x @ p[0], second) @ p[1] - t) ** 2)

    def train(rate1, second):
        def step(p, _):
            g = jax.grad(loss)(p, second)
            return (p[0] - rate1 * g[0], p[1] - rate_of(second) * g[1]), None
        p = (start[: width * width].reshape(width, width).T, start[width * width :])
        return loss(lax.scan(step, p, None, length=work.epochs)[0], second)

    arrays = [jnp.asarray(a) for a in work.rates()]
    f = jax.jit(jax.vmap(train))
    chunk = best(lambda c: in_chunks(f, arrays, c), (16, 64, 256))
    run = lambda: in_chunks(f, arrays, chunk)
    return run, len(arrays[0]) * work.epochs, quantiles(run()), f"chunk {chunk}"


def digits(work):
    x, label = work.data()
    s = work.starts(work.few_seeds)
    n_in, hidden, n_out, batch = x.shape[1], work.hidden, 10, 32
    n_layer = hidden * (n_in + 1)
    layer = s[:, :n_layer].reshape(-1, hidden, n_in + 1)
    top = s[:, n_layer:].reshape(-1, n_out, hidden + 1)
    xs = jnp.asarray(x.reshape(-1, batch, n_in))
    ts = jnp.asarray(np.eye(n_out, dtype=work.dtype)[label.astype(int)].reshape(-1, batch, n_out))
    parts = (layer[:, :, :n_in], layer[:, :, n_in], top[:, :, :hidden], top[:, :, hidden])
    start = tuple(jnp.asarray(a) for a in parts)

    def loss(p, x, t):
        return -jnp.mean(jnp.sum(t * jax.nn.log_softmax(jax.nn.relu(x @ p[0].T + p[1]) @ p[2].T + p[3]), axis=1))

    def train(*p):
        def step(p, xt):
            return tuple(a - 0.1 * g for a, g in zip(p, jax.grad(loss)(p, *xt))), None
        def epoch(p, _):
            return lax.scan(step, p, (xs, ts))[0], None
        p = lax.scan(epoch, p, None, length=work.epochs)[0]
        return loss(p, xs.reshape(-1, n_in), ts.reshape(-1, n_out))

    f = jax.jit(jax.vmap(train))
    chunk = best(lambda c: in_chunks(f, start, c), sorted({1, min(4, work.few_seeds), min(16, work.few_seeds)}))
    run = lambda: in_chunks(f, start, chunk)
    return run, work.few_seeds * work.epochs * len(x), quantiles(run()), f"chunk {chunk}"


serve("jax " + jax.__version__,
      {"sweep": sweep, "xor": xor, "picture": picture, "own_swish": own_swish, "digits": digits})
