"""Correlations of hidden-plane targets (one node) in NumPy, vectorised in blocks.

    <f_U, f_V> = sum over m, l = 1..2k of (-1)^(m+l) kappa(w_m^T U V^T w_l),  kappa(c) = (sqrt(1 - c^2) + c (pi - arccos c)) / (2 pi)

Opposite directions w_m, w_{m+k} have one sign, so half of each and the even part of kappa will do: 4 times the sum over
m, l = 1..k of (-1)^(m+l) (sqrt(1 - c^2) + c arcsin c) / (2 pi).

Started as `python3 gram_numpy.py FOLDER`, which holds sizes.json {"d", "k"} and planes.f64 (count, 2, d). A line
with a number asks for the Gram matrix of so many planes, in 32 bits where they are more than 2000 as in equihard, and is
answered with {"seconds", "cpuSeconds", "entries"}: the first row's entries.
"""

import json
import sys
import time

import numpy as np
from product_rate import product_rate


def overlaps(first, second):
    """U V^T of all pairs: four matrices a, b, c, d."""
    product = first.reshape(-1, first.shape[2]) @ second.reshape(-1, second.shape[2]).T
    return product[::2, ::2], product[::2, 1::2], product[1::2, ::2], product[1::2, 1::2]


def correlations(first, second, k):
    a, b, c, d = overlaps(first, second)
    angles = np.pi * np.arange(1, k + 1) / k
    total = np.zeros(a.shape)
    for m, (x, y) in enumerate(zip(np.cos(angles), np.sin(angles))):
        u, v = x * a + y * c, x * b + y * d
        for l, (z, w) in enumerate(zip(np.cos(angles), np.sin(angles))):
            cosine = np.clip(z * u + w * v, -1, 1)
            value = np.sqrt(1 - cosine * cosine) + cosine * np.arcsin(cosine)
            if (m + l) % 2 == 0:
                total += value
            else:
                total -= value
    return total * (4 / (2 * np.pi))


def gram(planes, k, block):
    count = len(planes)
    matrix = np.empty((count, count), np.float32 if count > 2000 else np.float64)
    odd = np.arange(1, 40_001, 2)
    norm = 16 * k * k / np.pi**2 * np.sum((odd * odd * k * k - 1.0) ** -2)
    for i in range(0, count, block):
        for j in range(i, count, block):
            part = correlations(planes[i : i + block], planes[j : j + block], k) / norm
            matrix[i : i + block, j : j + block] = part
            matrix[j : j + block, i : i + block] = part.T
    return matrix


def main():
    folder = sys.argv[1]
    with open(f"{folder}/sizes.json") as file:
        sizes = json.load(file)
    planes = np.fromfile(f"{folder}/planes.f64").reshape(-1, 2, sizes["d"])
    rate = product_rate(np.random.default_rng(0).random((1024, 1024), dtype=np.float32))
    print(json.dumps({"version": np.__version__, "productRate": rate}), flush=True)
    for line in sys.stdin:
        start, cpu = time.perf_counter(), time.process_time()
        matrix = gram(planes[: int(line)], sizes["k"], 128)  # the fastest block of 64, 128, 256, 512
        used = {"seconds": time.perf_counter() - start, "cpuSeconds": time.process_time() - cpu}
        print(json.dumps({**used, "entries": matrix[0].astype(float).tolist()}), flush=True)


main()
