"""A graph isomorphism network (Xu et al. 2019) on adjacency matrices, and a perceptron on vectors."""

import torch
from torch import nn


def block(inputs, width):
    return nn.Sequential(nn.Linear(inputs, width), nn.ReLU(), nn.Linear(width, width), nn.ReLU())


class Gin(nn.Module):
    """From A (batch, n, n) to (batch,): nodes start from their standardised degrees, mean pooling."""

    def __init__(self, n, width=64, layers=2):
        super().__init__()
        self.degree = (n - 1) / 2
        self.eps = nn.Parameter(torch.zeros(layers))
        self.layers = nn.ModuleList([block(1 if l == 0 else width, width) for l in range(layers)])
        self.readout = nn.Sequential(nn.Linear(width, width), nn.ReLU(), nn.Linear(width, 1))

    def forward(self, adjacency):
        h = (adjacency.sum(2, keepdim=True) - self.degree) / (self.degree / 2) ** 0.5
        for eps, layer in zip(self.eps, self.layers):
            h = layer((1 + eps) * h + adjacency @ h / self.degree)
        return self.readout(h.mean(1)).squeeze(1)


class Mlp(nn.Module):
    """From X (batch, ...) to (batch,)."""

    def __init__(self, inputs, width=128):
        super().__init__()
        self.net = nn.Sequential(nn.Flatten(), nn.Linear(inputs, width), nn.ReLU(), nn.Linear(width, 1))

    def forward(self, x):
        return self.net(x).squeeze(1)
