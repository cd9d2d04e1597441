"""Trains on an exported data set and writes test predictions for `equihard score`.

    equihard export gnn-degree-parity --n 8 --easy --splits train:50000,test:5000 --out easy.npz
    python3 train.py easy.npz --out predictions.npz
    equihard score predictions.npz --data easy.manifest.json

With `--square-first` the first half of the steps is spent on the square of the label, from the same network: descent
from correlations with y finds nothing of a hidden plane, with y squared it finds the plane.
"""

import argparse

import numpy as np
import torch
from torch.utils.data import BatchSampler, DataLoader, RandomSampler, TensorDataset

from equihard_data import Exported
from models import Gin, Mlp


def standardised(labels):
    return (labels - labels.mean()) / labels.std()


def fit(model, inputs, labels, steps, batch, lr):
    data = TensorDataset(inputs, labels)
    # a batch is taken by one index; example by example, stacking them costs more than the training step
    batches = DataLoader(data, sampler=BatchSampler(RandomSampler(data), batch, drop_last=True), batch_size=None)
    optimiser = torch.optim.Adam(model.parameters(), lr=lr)
    step = 0
    while step < steps:
        for x, y in batches:
            optimiser.zero_grad()
            ((model(x) - y) ** 2).mean().backward()
            optimiser.step()
            step += 1
            if step == steps:
                return


def explained(predictions, labels):
    return 1 - float(((predictions - labels) ** 2).mean() / labels.var())


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("data")
    parser.add_argument("--out")
    parser.add_argument("--steps", type=int, default=3000)
    parser.add_argument("--batch", type=int, default=256)
    parser.add_argument("--width", type=int, default=128)
    parser.add_argument("--lr", type=float, default=2e-3)
    parser.add_argument("--square-first", action="store_true")
    given = parser.parse_args()
    torch.manual_seed(0)
    torch.set_num_threads(1)
    train, test = Exported(given.data, "train"), Exported(given.data, "test")
    shape = train.inputs.shape[1:]
    graphs = len(shape) == 2 and shape[0] == shape[1] and bool(((train.inputs == 0) | (train.inputs == 1)).all())
    model = Gin(shape[0], given.width) if graphs else Mlp(shape.numel(), given.width)
    steps = given.steps
    if given.square_first:
        steps = given.steps // 2
        fit(model, train.inputs, standardised(train.labels**2), given.steps - steps, given.batch, given.lr)
    mean, sd = train.labels.mean(), train.labels.std()
    fit(model, train.inputs, (train.labels - mean) / sd, steps, given.batch, given.lr)
    with torch.no_grad():
        predictions = torch.cat([model(x) for x, _ in DataLoader(test, batch_size=1000)]) * sd + mean
    accuracy = float(((predictions > 0) == (test.labels > 0)).float().mean())
    print(f"explained variance {explained(predictions, test.labels):.4f} accuracy {accuracy:.4f}")
    if given.out:
        np.savez(given.out, y_pred=predictions.numpy())


if __name__ == "__main__":
    main()
