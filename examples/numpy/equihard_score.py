"""Grades predictions as `equihard score` does, with NumPy alone.

    from equihard_score import Evaluator
    Evaluator("gnn-hidden-plane.d8.hard").evaluate(y_pred, y_true)
"""

import numpy as np

Z = 1.959963984540054  # 97.5 % point of the normal law
ROTATIONS = 200
SIGNS = ("gnn-degree-parity", "curve-parity")


class Evaluator:
    """`name` is an entry of the suite (`equihard score --list`), or a family's name."""

    def __init__(self, name):
        self.name = name
        self.sign = name.split(".")[0] in SIGNS

    def evaluate(self, y_pred, y_true):
        """A dictionary of the numbers that `equihard score --json` gives; arrays (examples,)."""
        h = np.asarray(y_pred, dtype=float).reshape(-1)
        y = np.asarray(y_true, dtype=float).reshape(-1)
        if h.shape != y.shape or len(y) < 2:
            raise ValueError(f"{len(h)} predictions for {len(y)} labels")
        if not (np.abs(h) <= np.finfo(np.float32).max).all():
            raise ValueError("a prediction is not finite, or none that float32 holds")
        n, center = len(y), y.mean()
        variance = np.mean((y - center) ** 2)
        ratio = np.mean((y - h) ** 2) / variance if variance > 0 else 1.0
        error = (y - h) ** 2 - ratio * (y - center) ** 2
        spread = np.mean((error / variance) ** 2) if variance > 0 else 0.0
        standard_error = np.sqrt(spread / n)
        explained = 1 - ratio
        return {
            "examples": n,
            "explainedVariance": explained,
            "standardError": standard_error,
            "low": explained - Z * standard_error,
            "high": explained + Z * standard_error,
            "accuracy": np.mean((h > 0) == (y > 0)) if self.sign else None,
            "control": self._control(h - h.mean(), y - center),
        }

    @staticmethod
    def _control(h, y):
        n = len(y)
        scale = np.sqrt(np.mean(h * h) * np.mean(y * y)) * n
        shifts = [0] + [1 + i * (n - 1) // ROTATIONS for i in range(ROTATIONS)]
        all_ = [h @ np.roll(y, -s) / scale if scale > 0 else 0.0 for s in shifts]
        own, others = all_[0], np.abs(all_[1:])
        return {
            "correlation": own,
            "shuffled": others.max(),
            "p": (1 + np.sum(others >= abs(own))) / (ROTATIONS + 1),
        }
