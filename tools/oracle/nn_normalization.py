"""LayerNorm and RMSNorm: normalization.json.

The form of a case is in nn_case.py. PyTorch 1.13 has no RMSNorm, so it is computed here
from its formula (Zhang & Sennrich 2019), with the names of the RMSNorm of PyTorch 2.4:
without `eps`, the epsilon of float32 (2⁻²³) is taken, whatever dtype computes.
"""

import torch
from torch import nn

from fixture import uniform, write
from nn_case import layer_case

FLOAT32_EPSILON = 2.0**-23


class RMSNorm(nn.Module):
    """x / √(mean(x²) + eps) · weight, the mean over the last dimensions."""

    def __init__(self, normalized_shape, eps=None, elementwise_affine=True):
        super().__init__()
        self.dims = tuple(range(-len(normalized_shape), 0))
        self.eps = FLOAT32_EPSILON if eps is None else eps
        self.weight = (
            nn.Parameter(torch.ones(normalized_shape)) if elementwise_affine else None
        )

    def forward(self, x):
        normalized = x / (x.square().mean(self.dims, keepdim=True) + self.eps).sqrt()
        return normalized if self.weight is None else normalized * self.weight


ORDINARY = uniform((3, 4), seed=101)

# (name, normalized shape, options, input)
CASES = [
    ("the last dimension", [4], {}, ORDINARY),
    ("the last two dimensions", [3, 4], {}, uniform((2, 3, 4), seed=101)),
    ("a single sample", [5], {}, uniform((5,), seed=101)),
    ("a batch of sequences", [4], {}, uniform((2, 3, 4), seed=101)),
    ("without weight", [4], {"elementwise_affine": False}, ORDINARY),
    ("a large eps", [4], {"eps": 0.5}, ORDINARY),
    ("numbers so small that eps counts", [4], {}, ORDINARY / 4096),
    ("a row of equal numbers", [4], {}, torch.full((2, 4), 0.5)),
    ("a row of zeros", [4], {}, torch.zeros(2, 4)),
    ("prime sizes", [5, 7], {}, uniform((3, 5, 7), seed=101)),
    ("an empty batch", [4], {}, torch.zeros(0, 4)),
    ("an empty batch of sequences", [3, 4], {}, torch.zeros(0, 2, 3, 4)),
]


def cases():
    for layer in (nn.LayerNorm, RMSNorm):
        for name, shape, options, x in CASES:
            title = f"{layer.__name__}: {name}"
            yield layer_case(title, layer, [shape], options, [x])


def main():
    write("03-nn", "normalization", list(cases()))


if __name__ == "__main__":
    main()
