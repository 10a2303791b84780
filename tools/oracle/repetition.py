"""More of the same: padding, repeating, tiling."""

import torch.nn.functional as F

from fixture import integers, uniform
from operation import Input, function, method

CHAPTER = "02-autograd"


def cases():
    for shape, padding in [
        ((5,), [1, 2]),
        ((7, 5), [0, 3]),
        ((7, 5), [1, 0, 2, 1]),
        ((7, 5), [0, 0, 1, 1]),
        ((3, 5, 2), [1, 1, 2, 0, 0, 3]),
        ((0, 3), [1, 1]),
        ((0, 3), [0, 0, 1, 1]),
        ((7, 5), [-1, 2]),
        ((7, 5), [-1, -2, -3, 1]),
        ((7, 5), []),
        ((5,), [0, 0]),
    ]:
        yield padded(uniform(shape), padding)
    yield padded(uniform((7, 5)), [1, 2], {"value": 0.5})
    yield padded(uniform((7, 5)), [1, -2, 1, 1], {"value": float("-inf")})
    for mode in ["replicate", "reflect", "circular"]:
        yield padded(uniform((2, 3, 5)), [2, 1], {"mode": mode})
        yield padded(uniform((2, 3, 5, 7)), [4, 0, 2, 3], {"mode": mode})
        yield padded(uniform((2, 3, 5)), [-1, 3], {"mode": mode})
    yield padded(integers((3, 2), -5, 5), [1, 1], {"value": 7})
    yield padded(integers((3, 2), 0, 2).bool(), [1, 1])
    for shape, times in [
        ((), [3]),
        ((), []),
        ((5,), [2]),
        ((5,), [3, 2]),
        ((7, 5), [1, 2]),
        ((7, 5), [2, 1]),
        ((3, 4, 2), [2, 1, 3]),
        ((3, 1), [0, 2]),
        ((0, 3), [2, 2]),
        ((1, 5), [2, 1, 1]),
    ]:
        yield method("repeat", [uniform(shape)], times)
        yield method("tile", [uniform(shape)], times)
    yield method("tile", [uniform((3, 4, 2))], [2])
    yield method("tile", [uniform((3, 4, 2))], [])
    yield method("repeat", [integers((3,), 0, 9)], [2, 2])


def padded(x, padding, options=None):
    args = [Input(0), padding, *([options] if options else [])]
    how = {"mode": "constant", **(options or {})}
    return function("pad", [x], *args, answer=lambda x: F.pad(x, padding, **how))
