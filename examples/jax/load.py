"""An exported data set in JAX. UNTESTED: JAX is not at hand where this project is tested.

    equihard export gnn-hidden-plane --n 1 --d 8 --k 4 --splits train:50000,test:5000 --out data.npz
"""

import jax.numpy as jnp
import numpy as np


def load(path, split):
    """Inputs and labels of a split, float32."""
    with np.load(path) as file:
        name = next(n for n in (f"{split}_A", f"{split}_X") if n in file.files)
        return jnp.asarray(file[name], dtype=jnp.float32), jnp.asarray(file[f"{split}_y"])
