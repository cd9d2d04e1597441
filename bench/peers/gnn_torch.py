"""The pinned GNN training step in PyTorch, written as its users write it.

Reads a folder written by bench/workload.ts, then commands from standard input: a line with a number takes that many
steps and answers with one JSON line {"seconds", "cpuSeconds", "losses"}. Further arguments: the number of threads (1)
and the type (float32). The first line tells the version and the rate of a product of 1024 x 1024 matrices in GFLOP/s.
"""

import json
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F


def load(folder, name, *shape):
    array = np.fromfile(f"{folder}/{name}.f32", dtype=np.float32).reshape(shape)
    return torch.from_numpy(array).to(torch.get_default_dtype())


def product_rate():
    a = torch.rand(1024, 1024)
    best = float("inf")
    for _ in range(5):
        start = time.process_time()
        a @ a
        best = min(best, time.process_time() - start)
    return 2 * 1024**3 / best / 1e9


class Gnn(torch.nn.Module):
    """h = relu(deg w + b); h = relu(h W_self + A h W_neighbour + b); mean over nodes; relu layer; linear output."""

    def __init__(self, flat, width):
        super().__init__()
        shapes = dict(
            w1=(width,), b1=(width,), w_self=(width, width), w_neighbour=(width, width), b2=(width,),
            w_readout=(width, width), b_readout=(width,), w_out=(width,), b_out=(1,),
        )
        at = 0
        for name, shape in shapes.items():
            size = int(np.prod(shape))
            setattr(self, name, torch.nn.Parameter(flat[at : at + size].reshape(shape).clone()))
            at += size

    def forward(self, degree, adjacency):
        h = F.relu(degree.unsqueeze(-1) * self.w1 + self.b1)
        h = F.relu(h @ self.w_self + torch.bmm(adjacency, h) @ self.w_neighbour + self.b2)
        h = F.relu(torch.addmm(self.b_readout, h.mean(1), self.w_readout))
        return h @ self.w_out + self.b_out


def main():
    folder = sys.argv[1]
    threads = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    torch.set_num_threads(threads)
    torch.set_default_dtype(getattr(torch, sys.argv[3] if len(sys.argv) > 3 else "float32"))
    with open(f"{folder}/sizes.json") as file:
        sizes = json.load(file)
    n, batch, count = sizes["n"], sizes["batch"], sizes["batches"]
    model = Gnn(load(folder, "weights", -1), sizes["width"])
    optimiser = torch.optim.Adam(model.parameters(), lr=sizes["lr"])
    degree = load(folder, "degree", count, batch, n)
    adjacency = load(folder, "adjacency", count, batch, n, n)
    labels = load(folder, "labels", count, batch)
    print(json.dumps({"version": torch.__version__, "productRate": product_rate()}), flush=True)

    taken = 0
    for line in sys.stdin:
        losses = []
        start, cpu = time.perf_counter(), time.process_time()
        for _ in range(int(line)):
            i = taken % count
            optimiser.zero_grad()
            loss = torch.mean((model(degree[i], adjacency[i]) - labels[i]) ** 2)
            loss.backward()
            optimiser.step()
            losses.append(loss.detach())
            taken += 1
        used = {"seconds": time.perf_counter() - start, "cpuSeconds": time.process_time() - cpu}
        print(json.dumps({**used, "losses": [float(x) for x in losses]}), flush=True)


main()
