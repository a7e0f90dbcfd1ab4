# SPDX-License-Identifier: MIT
"""The works by PyTorch: batched over runs, in place, gradients by hand, best chunk; the neuron's sweep compiled too."""
import os

import torch
from worker import best, quantiles, serve

torch.set_num_threads(len(os.sched_getaffinity(0)))
torch.set_grad_enabled(False)


def neuron(work):
    x, t = torch.tensor([1.0], dtype=torch.float64), torch.tensor([0.0], dtype=torch.float64)
    state = []

    def run():
        w, b = torch.tensor([0.37], dtype=torch.float64), torch.tensor([0.1], dtype=torch.float64)
        for _ in range(1000):
            error = (t - torch.sigmoid(torch.addcmul(b, w, x))).mul_(0.1)
            w.addcmul_(error, x)
            b.add_(error)
        state[:] = [w.item(), b.item()]

    run()
    return run, 1000, state, "eager, in place, without autograd"


def sweep(work):
    w0, b0, rate = (torch.from_numpy(a) for a in work.neurons(work.few_seeds))
    inner = 10

    def eager(w, b, r):
        z = torch.empty_like(w)
        for _ in range(work.epochs):
            torch.add(w, b, out=z)
            torch.sigmoid_(z).mul_(r)
            w.sub_(z)
            b.sub_(z)
        return w, b

    @torch.compile(dynamic=False)
    def several(w, b, r):
        for _ in range(inner):
            z = r * torch.sigmoid(w + b)
            w, b = w - z, b - z
        return w, b

    def fused(w, b, r):
        for _ in range(work.epochs // inner):
            w, b = several(w, b, r)
        return w, b

    def run(option, n=len(w0)):
        chunk, form = option
        out = []
        for at in range(0, n, chunk):
            w, b = form(w0[at : at + chunk].clone(), b0[at : at + chunk].clone(), rate[at : at + chunk])
            out.append(torch.nn.functional.softplus(w + b))
        return torch.cat(out)

    options = [(c, eager) for c in (2500, 5000, 10000)]
    try:
        run((10000, fused), 10000)
        options += [(10000, fused)]
    except Exception as error:  # no C++ compiler
        print(error, file=__import__("sys").stderr)
    option = best(run, options)
    note = f"chunk {option[0]}, {'compiled' if option[1] is fused else 'eager'}"
    return lambda: run(option), len(w0) * work.epochs, quantiles(run(option).numpy()), note


def xor(work):
    starts = torch.from_numpy(work.starts(work.few_seeds)).T
    patterns = ((0.0, 0.0, 0.0), (0.0, 1.0, 1.0), (1.0, 0.0, 1.0), (1.0, 1.0, 0.0))

    def train(p):
        """Runs that are solved leave every 25 epochs."""
        n_epochs = torch.full((p.shape[1],), work.epochs)
        solved = torch.zeros(p.shape[1], dtype=torch.bool)
        index, p = torch.arange(p.shape[1]), p.clone()
        for epoch in range(work.epochs):
            a, c, v = p[0:3], p[3:6], p[6:9]
            worst = torch.zeros_like(v[2])
            for x, y, t in patterns:
                h = torch.stack((a[2] + a[0] * x + a[1] * y, c[2] + c[0] * x + c[1] * y)).sigmoid_()
                d = torch.sigmoid(v[0] * h[0] + v[1] * h[1] + v[2]).sub_(t)
                torch.maximum(worst, d.abs(), out=worst)
                e = h * (1 - h) * v[:2] * d * 0.5
                d.mul_(0.5)
                v[:2] -= d * h
                v[2] -= d
                for k, net in enumerate((a, c)):
                    if x:
                        net[0] -= e[k]
                    if y:
                        net[1] -= e[k]
                    net[2] -= e[k]
            now = (worst <= 0.4) & ~solved[index]
            n_epochs[index[now]] = epoch + 1
            solved[index[now]] = True
            if epoch % 25 == 24:
                going = ~solved[index]
                index, p = index[going], p[:, going].contiguous()
                if not len(index):
                    break
        return solved.sum().item(), n_epochs.sum().item()

    def run(chunk, n=starts.shape[1]):
        ends = [train(starts[:, at : at + chunk]) for at in range(0, n, chunk)]
        return [sum(e[0] for e in ends), sum(e[1] for e in ends)]

    chunk = starts.shape[1]
    return lambda: run(chunk), starts.shape[1], run(chunk), f"chunk {chunk}"


def picture(work):
    x, t = work.data()
    n, width = x.shape
    start = torch.from_numpy(work.starts()[0])
    x, t = torch.from_numpy(x), torch.from_numpy(t.astype(work.dtype))[:, None]
    u0, v0 = start[: width * width].reshape(width, width).T, start[width * width :]
    rate1, rate2 = (torch.from_numpy(a) for a in work.rates())

    def products(m, u, v, r1, r2):
        """One large product for the first layer."""
        steps = r1.repeat_interleave(width)
        u = u.permute(1, 0, 2).reshape(width, m * width).contiguous()
        for _ in range(work.epochs):
            h = torch.mm(x, u).tanh_()
            h3 = h.view(n, m, width)
            g = ((h3 * v).sum(2) - t).mul_(2 / n)
            d = (g[:, :, None] * v).view(n, m * width)
            v.addcmul_(r2[:, None], (g[:, :, None] * h3).sum(0), value=-1)
            d.mul_(1 - h * h)
            u.addcmul_(steps, torch.mm(x.T, d), value=-1)
        return u.view(width, m, width).permute(1, 0, 2), v

    def batched(m, u, v, r1, r2):
        xs = x.expand(m, n, width)
        for _ in range(work.epochs):
            h = torch.matmul(xs, u).tanh_()
            g = (torch.bmm(h, v[:, :, None]) - t).mul_(2 / n)
            d = g * v[:, None, :]
            v.addcmul_(r2[:, None], torch.bmm(h.transpose(1, 2), g)[:, :, 0], value=-1)
            d.mul_(1 - h * h)
            u.addcmul_(r1[:, None, None], torch.bmm(xs.transpose(1, 2), d), value=-1)
        return u, v

    def run(option):
        chunk, form = option
        losses = []
        for at in range(0, len(rate1), chunk):
            m = len(rate1[at : at + chunk])
            u, v = form(m, u0.repeat(m, 1, 1), v0.repeat(m, 1), rate1[at : at + chunk], rate2[at : at + chunk])
            o = torch.bmm(torch.tanh(x @ u), v[:, :, None])
            losses.append(((o - t) ** 2).mean(dim=(1, 2)))
        return torch.cat(losses)

    option = best(run, [(c, f) for c in (16, 64) for f in (products, batched)])
    note = f"chunk {option[0]}, {'one product' if option[1] is products else 'bmm'}"
    return lambda: run(option), len(rate1) * work.epochs, quantiles(run(option).numpy()), note


def digits(work):
    x, label = work.data()
    s = torch.from_numpy(work.starts(work.few_seeds))
    xs, ts = torch.from_numpy(x), torch.eye(10)[torch.from_numpy(label).long()]
    n_in, hidden = x.shape[1], work.hidden
    n_layer = hidden * (n_in + 1)
    layer, top = s[:, :n_layer].reshape(-1, hidden, n_in + 1), s[:, n_layer:].reshape(-1, 10, hidden + 1)
    start = [layer[:, :, :n_in].mT, layer[:, None, :, n_in], top[:, :, :hidden].mT, top[:, None, :, hidden]]

    def forward(x, w, c, v, d):
        h = torch.baddbmm(c, x, w).relu_()
        return h, torch.baddbmm(d, h, v)

    def train(p):
        w, c, v, d = (a.clone().contiguous() for a in p)
        m = len(w)
        for _ in range(work.epochs):
            for at in range(0, len(xs), 32):
                x = xs[at : at + 32].expand(m, -1, -1)
                h, z = forward(x, w, c, v, d)
                g = torch.softmax(z, 2).sub_(ts[at : at + 32]).mul_(-0.1 / 32)
                e = torch.bmm(g, v.mT).mul_(h > 0)
                v.baddbmm_(h.mT, g)
                d.add_(g.sum(1, keepdim=True))
                w.baddbmm_(x.mT, e)
                c.add_(e.sum(1, keepdim=True))
        z = forward(xs.expand(m, -1, -1), w, c, v, d)[1]
        return -(torch.log_softmax(z, 2) * ts).sum(2).mean(1)

    def run(chunk):
        return torch.cat([train([a[at : at + chunk] for a in start]) for at in range(0, len(s), chunk)])

    chunk = best(run, sorted({min(4, len(s)), min(16, len(s)), min(64, len(s))}))
    return lambda: run(chunk), len(s) * work.epochs * len(x), quantiles(run(chunk).numpy()), f"chunk {chunk}"


serve("torch " + torch.__version__,
      {"neuron": neuron, "sweep": sweep, "xor": xor, "picture": picture, "digits": digits})
