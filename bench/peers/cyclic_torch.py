"""Networks over the cyclic group Z_n in PyTorch, in the ways its users would write them. How it is run: see torch_peer.py.

group-linear: h = relu(sum over shifts o of h(i + o) W_o + b), twice, from one column; frame-averaged: relu layers on
every shift of the input, weights shared. Then the mean over points (shifts), a relu layer, a linear output.
"""

import torch
import torch.nn.functional as F
from torch_peer import load, parameters, serve, start


class Cyclic(torch.nn.Module):
    def __init__(self, folder, shapes, n, width):
        super().__init__()
        readout = dict(w_readout=(width, width), b_readout=(width,), w_out=(width,), b_out=(1,))
        parameters(self, folder, {**shapes, **readout})
        self.n, self.width = n, width
        self.shifts = (torch.arange(n)[:, None] + torch.arange(n)) % n  # [i, o]: i + o

    def readout(self, pooled):
        h = F.relu(torch.addmm(self.b_readout, pooled, self.w_readout))
        return h @ self.w_out + self.b_out


class GroupLinear(Cyclic):
    def __init__(self, folder, n, width):
        shapes = dict(w1=(n, 1, width), b1=(width,), w2=(n, width, width), b2=(width,))
        super().__init__(folder, shapes, n, width)


class GroupLinearConv(GroupLinear):
    """Circular convolution with a full-length filter."""

    def layer(self, h, w, b):
        return F.relu(F.conv1d(F.pad(h, (0, self.n - 1), mode="circular"), w.permute(2, 1, 0), b))

    def forward(self, x):
        h = self.layer(x.unsqueeze(1), self.w1, self.b1)
        return self.readout(self.layer(h, self.w2, self.b2).mean(2))


class GroupLinearFft(GroupLinear):
    """Products of spectra, a matrix for every frequency."""

    def layer(self, h, w, b):
        spectrum = torch.fft.rfft(h, dim=1).transpose(0, 1)
        filters = torch.fft.rfft(w, dim=0).conj()
        return F.relu(torch.fft.irfft(torch.bmm(spectrum, filters).transpose(0, 1), self.n, dim=1) + b)

    def forward(self, x):
        h = self.layer(x.unsqueeze(-1), self.w1, self.b1)
        return self.readout(self.layer(h, self.w2, self.b2).mean(1))


class FrameAveraged(Cyclic):
    def __init__(self, folder, n, width):
        super().__init__(folder, dict(w1=(n, width), b1=(width,), w2=(width, width), b2=(width,)), n, width)


class FrameAveragedGather(FrameAveraged):
    """All shifts of the batch as one larger batch of an MLP."""

    def forward(self, x):
        moved = x[:, self.shifts].flatten(0, 1)
        h = F.relu(torch.addmm(self.b1, moved, self.w1))
        h = F.relu(torch.addmm(self.b2, h, self.w2))
        return self.readout(h.view(-1, self.n, self.width).mean(1))


class FrameAveragedConv(FrameAveraged):
    """As a convolutional network: one circular filter of full length, then filters of length 1."""

    def forward(self, x):
        h = F.pad(x.unsqueeze(1), (0, self.n - 1), mode="circular")
        h = F.relu(F.conv1d(h, self.w1.T.unsqueeze(1), self.b1))
        h = F.relu(F.conv1d(h, self.w2.T.unsqueeze(2), self.b2))
        return self.readout(h.mean(2))


variants = {
    "group-linear conv1d": GroupLinearConv,
    "group-linear fft": GroupLinearFft,
    "frame-averaged gather": FrameAveragedGather,
    "frame-averaged conv1d": FrameAveragedConv,
}
folder, sizes, variant = start()
n, batch, count = sizes["n"], sizes["batch"], sizes["batches"]
model = variants[variant](folder, n, sizes["width"])
serve(model, [load(folder, "samples", count, batch, n)], load(folder, "labels", count, batch), sizes["lr"])
