"""Exponentials that are added up along an axis."""

from fixture import floats, uniform
from operation import method

CHAPTER = "02-autograd"

SHAPES_AND_DIMS = [
    ((), [0]),
    ((5,), [0]),
    ((7, 5), [0, 1]),
    ((3, 11, 2), [1, -1]),
    ((4, 1, 3), [1]),
    ((0, 3), [0, 1]),
]


def cases():
    for shape, dims in SHAPES_AND_DIMS:
        for dim in dims:
            x = uniform(shape, low=-4.0, high=4.0)
            yield method("softmax", [x], dim)
            yield method("logSoftmax", [x], dim)
            yield method("logSumExp", [x], dim)
            yield method("logSumExp", [x], dim, {"keepdim": True})
    yield from of_extremes()


def of_extremes():
    large = floats([1000, -1000, 999, 0, 1000, -1000]).reshape(2, 3)
    masked = floats([1, float("-inf"), 2, float("-inf"), 0, 3]).reshape(2, 3)
    nothing = floats([float("-inf")] * 3)
    for name in ["softmax", "logSoftmax", "logSumExp"]:
        yield method(name, [large], 1, note="of large numbers")
        yield method(name, [masked], 1, note="with masked elements", gradients=False)
        yield method(name, [nothing], 0, note="with all masked", gradients=False)
    yield method("softmax", [masked], 1, note="with masked elements, and its gradient")
    yield method(
        "logSumExp", [masked], 1, note="with masked elements, and its gradient"
    )
    yield method(
        "logSumExp", [floats([float("inf"), 1])], 0, note="of infinity", gradients=False
    )
