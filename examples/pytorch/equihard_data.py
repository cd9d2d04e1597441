"""An exported data set (`equihard export ... --format npz`) as a PyTorch Dataset, and as graphs of PyTorch Geometric."""

import numpy as np
import torch
from torch.utils.data import Dataset


class Exported(Dataset):
    """One split: pairs (input, label), float32. `split` is `train`, `valid`, `test`, or empty."""

    def __init__(self, path, split=""):
        prefix = f"{split}_" if split else ""
        with np.load(path) as file:
            name = next(n for n in (f"{prefix}A", f"{prefix}X") if n in file.files)
            self.inputs = torch.from_numpy(file[name].astype(np.float32))
            self.labels = torch.from_numpy(file[f"{prefix}y"])

    def __len__(self):
        return len(self.labels)

    def __getitem__(self, index):
        return self.inputs[index], self.labels[index]


def to_pyg(adjacency, label):
    """A graph for PyTorch Geometric: nodes start from a constant. Needs the package torch_geometric."""
    from torch_geometric.data import Data

    edges = torch.nonzero(adjacency, as_tuple=False).t().contiguous()
    return Data(x=torch.ones(len(adjacency), 1), edge_index=edges, y=label.reshape(1))
