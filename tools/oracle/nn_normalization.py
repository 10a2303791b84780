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


CASES = [
    ("the last dimension", [4], {}, (3, 4)),
    ("the last two dimensions", [3, 4], {}, (2, 3, 4)),
    ("a single sample", [5], {}, (5,)),
    ("a batch of sequences", [4], {}, (2, 3, 4)),
    ("without weight", [4], {"elementwise_affine": False}, (3, 4)),
    ("a large eps", [4], {"eps": 0.5}, (3, 4)),
    ("an empty batch", [4], {}, (0, 4)),
]


def cases():
    for layer in (nn.LayerNorm, RMSNorm):
        for name, shape, options, input_shape in CASES:
            inputs = [uniform(input_shape, seed=101)]
            yield layer_case(
                f"{layer.__name__}: {name}", layer, [shape], options, inputs
            )


def main():
    write("03-nn", "normalization", list(cases()))


if __name__ == "__main__":
    main()
