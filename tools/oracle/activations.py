"""The bends between the layers of a network."""

import torch.nn.functional as F

from fixture import floats, uniform
from operation import method

CHAPTER = "02-autograd"

SHAPES = [(), (5,), (7, 5), (3, 11, 2), (0, 3)]
FAR_OUT = [
    -1000.0,
    -100.0,
    -20.0,
    -5.0,
    -1e-4,
    0.0,
    1e-4,
    5.0,
    19.9,
    20.1,
    100.0,
    1000.0,
]


def gelu(x, approximate="none"):
    return F.gelu(x, approximate=approximate)


def cases():
    for shape in SHAPES:
        yield from all_of(uniform(shape, low=-4.0, high=4.0))
    yield from all_of(floats(FAR_OUT), note="far out")
    infinite = floats([float("-inf"), float("inf"), float("nan")])
    yield method(
        "softplus",
        [infinite],
        answer=F.softplus,
        note="special values",
        gradients=False,
    )


def all_of(x, note=""):
    yield method("gelu", [x], answer=gelu, note=note)
    yield method(
        "gelu",
        [x],
        {"approximate": "tanh"},
        note=note,
        answer=lambda x: gelu(x, "tanh"),
    )
    yield method("silu", [x], answer=F.silu, note=note)
    yield method("softplus", [x], answer=F.softplus, note=note)
    yield method(
        "softplus",
        [x],
        {"beta": 2, "threshold": 3},
        note=note,
        answer=lambda x: F.softplus(x, 2, 3),
    )
