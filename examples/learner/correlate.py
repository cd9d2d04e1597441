"""All products of two inputs as correlational queries; the hypothesis is the sum of what correlates.

    equihard learn gnn-hidden-plane --n 1 --d 8 --k 4 --easy --oracle honest --tau 0.02 \
        --learner "exec:python3 examples/learner/correlate.py"
"""

import numpy as np
from equihard_oracle import Oracle


def features(x):
    """Hermite polynomials of degrees 1 and 2: orthonormal under the standard normal law."""
    flat = x.reshape(len(x), -1)
    i, j = np.triu_indices(flat.shape[1], 1)
    return np.concatenate([flat, (flat**2 - 1) / np.sqrt(2), flat[:, i] * flat[:, j]], axis=1)


oracle = Oracle()
points = oracle.points()
values, norms = oracle.correlations(features(points).T[: oracle.hello["budget"]["queries"]])
kept = np.where(np.abs(values) > oracle.hello["tolerance"], values, 0)
oracle.done(lambda x: features(x)[:, : len(kept)] @ kept)
