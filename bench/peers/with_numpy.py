# SPDX-License-Identifier: MIT
"""The works by numpy: in place, chunks that fit the cache, gradients by hand, one large product where there is one."""
import numpy as np
from worker import best, quantiles, serve


def sweep(work):
    w0, b0, rate = work.neurons(work.few_seeds)
    losses = np.empty_like(w0)

    def run(chunk, n=len(w0)):
        for at in range(0, n, chunk):
            w, b, r = w0[at : at + chunk].copy(), b0[at : at + chunk].copy(), rate[at : at + chunk]
            z = np.empty_like(w)
            for _ in range(work.epochs):
                np.add(w, b, out=z)
                np.negative(z, out=z)
                np.exp(z, out=z)
                np.add(z, 1, out=z)
                np.divide(r, z, out=z)
                np.subtract(w, z, out=w)
                np.subtract(b, z, out=b)
            losses[at : at + chunk] = np.logaddexp(0, w + b)

    chunk = best(lambda c: run(c, 10000), (1000, 2500, 5000, 10000))
    run(chunk)
    return lambda: run(chunk), len(w0) * work.epochs, quantiles(losses), f"chunk {chunk}"


def picture(work):
    x, t = work.data()
    n, width = x.shape
    t, start = t.astype(work.dtype)[:, None], work.starts()[0]
    u0, v0 = start[: width * width].reshape(width, width).T, start[width * width :]
    rate1, rate2 = work.rates()
    losses = np.empty(len(rate1), work.dtype)
    two, one = work.dtype.type(2 / n), work.dtype.type(1)

    def run(chunk):
        for at in range(0, len(rate1), chunk):
            r1, r2 = rate1[at : at + chunk], rate2[at : at + chunk, None]
            m = len(r1)
            u, v = np.tile(u0, (1, m)), np.tile(v0, (m, 1))
            h, d = np.empty((n, m * width), work.dtype), np.empty((n, m * width), work.dtype)
            steps = np.repeat(r1, width)
            h3, d3 = h.reshape(n, m, width), d.reshape(n, m, width)
            for _ in range(work.epochs):
                np.matmul(x, u, out=h)
                np.tanh(h, out=h)
                g = (np.einsum("pnk,nk->pn", h3, v) - t) * two
                np.multiply(g[:, :, None], v, out=d3)
                v -= r2 * np.einsum("pn,pnk->nk", g, h3)
                np.multiply(h, h, out=h)
                np.subtract(one, h, out=h)
                np.multiply(d, h, out=d)
                u -= steps * (x.T @ d)
            o = np.einsum("pnk,nk->pn", np.tanh(x @ u).reshape(n, m, width), v)
            losses[at : at + chunk] = ((o - t) ** 2).mean(axis=0)

    np.seterr(all="ignore")
    chunk = best(run, (16, 32, 64))
    return lambda: run(chunk), len(rate1) * work.epochs, quantiles(losses), f"chunk {chunk}"


serve("numpy " + np.__version__, {"sweep": sweep, "picture": picture})
