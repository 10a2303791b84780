"""Lengths of vectors."""

from fixture import floats, uniform
from operation import method

CHAPTER = "02-autograd"

ORDERS = [1, 2, 3, 0.5, 0, float("inf"), float("-inf")]


def cases():
    for shape, dims in [
        ((5,), [0]),
        ((7, 5), [0, [0, 1]]),
        ((3, 11, 2), [1, [0, -1]]),
        ((4, 1, 3), [1]),
    ]:
        yield method("norm", [uniform(shape)])
        for p in ORDERS:
            yield method("norm", [uniform(shape)], p)
            for dim in dims:
                yield method("norm", [uniform(shape)], p, dim)
                yield method("norm", [uniform(shape)], p, dim, {"keepdim": True})
    for p in [1, 2, 3, 0]:
        yield method("norm", [uniform((0, 3))], p)
        yield method("norm", [uniform((0, 3))], p, 0)
        yield method("norm", [uniform(())], p)
    for p in [1, 2, 3, float("inf")]:
        yield method("norm", [floats([0, 0, 0])], p, note="of zeros")
        yield method("norm", [floats([0, 3, -3, 0, -4])], p, note="with zeros")
