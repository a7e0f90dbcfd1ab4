#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes pytorch.lua: what PyTorch computes for the rows of docs/coming-from.md. Not run by the tests.
    python3 of_pytorch.py > pytorch.lua
"""
import page
import torch
from torch import nn

torch.set_default_dtype(torch.float64)
EPOCHS, STARTS = 50, 100000


def network(case):
    layers = nn.Linear(2, 3), nn.Linear(3, len(case["biases"][1]))
    for layer, weights, biases in zip(layers, case["weights"], case["biases"]):
        layer.weight.data, layer.bias.data = torch.tensor(weights), torch.tensor(biases)
    return layers


class Row:
    """What the pieces of a cell say; first and last are the layers, params their parameters."""
    def __init__(self, cell, first, last):
        parameters = [*first.parameters(), *last.parameters()]
        self.names = {**vars(torch.optim), **vars(torch.optim.lr_scheduler), **vars(nn), **vars(nn.utils),
                      "first": first, "last": last, "params": parameters, "weights": parameters[::2],
                      "biases": parameters[1::2]}
        self.size, self.scheduler, self.before_step, self.model = 4, None, None, None
        for piece in page.pieces(cell):
            self.take(piece)
        if not self.model:
            self.model = nn.Sequential(first, nn.Sigmoid(), last)
            if not isinstance(self.loss, (nn.BCEWithLogitsLoss, nn.CrossEntropyLoss)):
                self.model.append(nn.Sigmoid())

    def take(self, piece):
        if piece.startswith("batch_size="):
            self.size = int(piece.split("=")[1])
            return
        if piece.startswith("clip_grad"):
            self.before_step = piece
            return
        made = eval(piece, self.names)
        if isinstance(made, torch.optim.Optimizer):
            self.optimizer = self.names["optimizer"] = made
        elif isinstance(made, torch.optim.lr_scheduler.LRScheduler):
            self.scheduler = made
        elif isinstance(made, nn.modules.loss._Loss):
            self.loss = made
        elif isinstance(made, nn.Sequential):
            self.model = made


def train(cell):
    case = page.case("CrossEntropyLoss" in cell or "three outputs" in cell)
    layers = network(case)
    row = Row(cell, *layers)
    x, t = (torch.tensor(case[name], dtype=torch.float64).reshape(4, -1) for name in ("inputs", "targets"))
    for _ in range(EPOCHS):
        for k in range(0, len(x), row.size):
            row.optimizer.zero_grad()
            row.loss(row.model(x[k:k + row.size]), t[k:k + row.size]).backward()
            if row.before_step:
                eval(row.before_step, row.names)
            row.optimizer.step()
        if row.scheduler:
            row.scheduler.step()
    end = page.in_order((layer.weight.tolist(), layer.bias.tolist()) for layer in layers)
    return {"loss": row.loss(row.model(x), t).item(), "parameters": end}


def start(cell):
    """Of each layer's weights and biases: deviation and mean size. A layer of many units for each fan-in has as many
    draws; piece by piece, the initializers of a weight."""
    torch.manual_seed(1)
    found = []
    for fan_in, fan_out in ((2, 3), (3, 1)):
        draws = []
        for _ in range(STARTS // fan_in):
            layer = nn.Linear(fan_in, fan_out)
            for piece in page.pieces(cell):
                if piece.startswith("init."):
                    eval(piece, {"init": nn.init, "weight": layer.weight, "bias": layer.bias})
            draws.append((layer.weight.detach().ravel(), layer.bias.detach()))
        for group in zip(*draws):
            w = torch.cat(group)
            found += [(w * w).mean().sqrt().item(), w.abs().mean().item()]
    return {"start": found}


if __name__ == "__main__":
    page.write("of_pytorch.py", "PyTorch " + torch.__version__.split("+")[0],
               {cell: start(cell) if cell.startswith("the start") else train(cell)
                for cell in page.cells("PyTorch")})
