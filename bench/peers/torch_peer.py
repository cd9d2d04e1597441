"""What the PyTorch peers share: reading a workload's folder, and steps on request.

A peer is started as `python3 SCRIPT FOLDER [THREADS [TYPE [VARIANT]]]` and reads commands from standard input: a line
with a number takes that many steps and is answered with one JSON line {"seconds", "cpuSeconds", "losses"}. The first
line tells the version and the rate of a product of 1024 x 1024 matrices in GFLOP/s.
"""

import json
import sys
import time

import numpy as np
import torch
from product_rate import product_rate


def start():
    """The folder, its sizes and the variant asked for; sets threads and type."""
    folder, threads, type, variant = (sys.argv[1:] + ["1", "float32", ""][len(sys.argv) - 2 :])[:4]
    torch.set_num_threads(int(threads))
    torch.set_default_dtype(getattr(torch, type))
    with open(f"{folder}/sizes.json") as file:
        return folder, json.load(file), variant


def load(folder, name, *shape):
    array = np.fromfile(f"{folder}/{name}.f32", dtype=np.float32).reshape(shape)
    return torch.from_numpy(array).to(torch.get_default_dtype())


def parameters(module, folder, shapes):
    """Makes the flat weights the module's parameters, one after the other in the order of `shapes`."""
    flat = load(folder, "weights", -1)
    at = 0
    for name, shape in shapes.items():
        size = int(np.prod(shape))
        setattr(module, name, torch.nn.Parameter(flat[at : at + size].reshape(shape).clone()))
        at += size
    assert at == len(flat)


def serve(model, inputs, labels, lr):
    """Takes steps on request, through the batches (first axis of every input and of the labels) in turn."""
    optimiser = torch.optim.Adam(model.parameters(), lr=lr)
    print(json.dumps({"version": torch.__version__, "productRate": product_rate(torch.rand(1024, 1024))}), flush=True)
    taken = 0
    for line in sys.stdin:
        losses = []
        start, cpu = time.perf_counter(), time.process_time()
        for _ in range(int(line)):
            i = taken % len(labels)
            optimiser.zero_grad()
            loss = torch.mean((model(*(x[i] for x in inputs)) - labels[i]) ** 2)
            loss.backward()
            optimiser.step()
            losses.append(loss.detach())
            taken += 1
        used = {"seconds": time.perf_counter() - start, "cpuSeconds": time.process_time() - cpu}
        print(json.dumps({**used, "losses": [float(x) for x in losses]}), flush=True)
