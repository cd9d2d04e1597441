"""The pinned GNN training step in PyTorch, written as its users write it. How it is run: see torch_peer.py."""

import torch
import torch.nn.functional as F
from torch_peer import load, parameters, serve, start


class Gnn(torch.nn.Module):
    """h = relu(deg w + b); h = relu(h W_self + A h W_neighbour + b); mean over nodes; relu layer; linear output."""

    def __init__(self, folder, width):
        super().__init__()
        shapes = dict(
            w1=(width,), b1=(width,), w_self=(width, width), w_neighbour=(width, width), b2=(width,),
            w_readout=(width, width), b_readout=(width,), w_out=(width,), b_out=(1,),
        )
        parameters(self, folder, shapes)

    def forward(self, degree, adjacency):
        h = F.relu(degree.unsqueeze(-1) * self.w1 + self.b1)
        h = F.relu(h @ self.w_self + torch.bmm(adjacency, h) @ self.w_neighbour + self.b2)
        h = F.relu(torch.addmm(self.b_readout, h.mean(1), self.w_readout))
        return h @ self.w_out + self.b_out


folder, sizes, _ = start()
n, batch, count = sizes["n"], sizes["batch"], sizes["batches"]
inputs = [load(folder, "degree", count, batch, n), load(folder, "adjacency", count, batch, n, n)]
serve(Gnn(folder, sizes["width"]), inputs, load(folder, "labels", count, batch), sizes["lr"])
