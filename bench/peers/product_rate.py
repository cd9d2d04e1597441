"""How fast a library multiplies matrices. As a program: NumPy, as one JSON line {"version", "productRate"}."""

import json
import time


def product_rate(a):
    """The rate of a @ a for a square matrix, NumPy's or PyTorch's: GFLOP/s."""
    best = float("inf")
    for _ in range(5):
        start = time.process_time()
        a @ a
        best = min(best, time.process_time() - start)
    return 2 * len(a) ** 3 / best / 1e9


if __name__ == "__main__":
    import numpy as np

    matrix = np.random.default_rng(0).random((1024, 1024), dtype=np.float32)
    print(json.dumps({"version": np.__version__, "productRate": product_rate(matrix)}))
