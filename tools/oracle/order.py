"""Where elements stand: extremes with their places, sorting, and running sums."""

import torch

from fixture import floats, integers, uniform
from operation import method

CHAPTER = "01-tensor"

SHAPES_AND_DIMS = [
    ((5,), [0]),
    ((7, 5), [0, 1]),
    ((3, 11, 2), [1, -1]),
    ((4, 1, 3), [1]),
]


def cases():
    for shape, dims in SHAPES_AND_DIMS:
        x = uniform(shape)
        for dim in dims:
            yield from along(x, dim)
        for name in ["argmax", "argmin", "max", "min", "sort", "argsort"]:
            yield method(name, [x])
        yield method("topk", [x], 1)
    yield from without_elements()
    yield from of_single_numbers()
    yield from of_empty_arrays()
    yield from of_other_dtypes()
    yield from with_nan_and_equals()


def along(x, dim):
    for name in ["argmax", "argmin", "max", "min"]:
        yield method(name, [x], dim)
        yield method(name, [x], dim, {"keepdim": True})
    for name in ["sort", "argsort"]:
        yield method(name, [x], dim)
        yield method(name, [x], dim, True)
    for k in sorted({0, 1, x.shape[dim] // 2, x.shape[dim]}):
        yield method("topk", [x], k, dim)
        yield method("topk", [x], k, dim, {"largest": False})
    yield method("cumsum", [x], dim)


def without_elements():
    x = uniform((0, 3))
    yield method("argmin", [x], 1)
    for k in [0, 2]:
        yield method("topk", [x], k, 1)


def of_single_numbers():
    x = uniform(())
    for name in ["argmax", "argmin", "max", "min", "sort", "argsort"]:
        yield method(name, [x])
    for name in ["argmax", "max", "min", "sort", "argsort", "cumsum"]:
        yield method(name, [x], 0)
    yield method("sort", [x], 0, True)


def of_empty_arrays():
    for name in ["sort", "argsort", "cumsum"]:
        yield method(name, [uniform((0, 3))], 0)
        yield method(name, [uniform((0, 3))], 1)
    for name in ["argmax", "max", "min"]:
        yield method(name, [uniform((0, 3))], 1)


def of_other_dtypes():
    """Distinct whole numbers, because PyTorch promises no order of equals."""
    whole = torch.tensor([[5, -3, 11], [2, 7, 0]])
    for name in ["argmax", "argmin", "max", "min", "sort", "argsort", "cumsum"]:
        yield method(name, [whole], 1)
    yield method("max", [whole])
    yield method("topk", [whole], 2)
    yield method("cumsum", [integers((7,), 0, 2).bool()], 0)
    yield method("sort", [torch.tensor([True, False])])


def with_nan_and_equals():
    """NaN is larger than everything; of equals the first stands first."""
    x = floats([1, float("nan"), float("-inf"), 3, float("inf"), 2])
    for name in ["argmax", "argmin", "max", "min", "sort", "argsort"]:
        yield method(name, [x], 0, note="special values", gradients=False)
    yield method("sort", [x], 0, True, note="special values", gradients=False)
    equals = floats([2, 1, 2, 1, 1, 2, 2])
    stable = {"dim": 0, "stable": True}
    yield method(
        "sort", [equals], 0, note="of equals", answer=lambda x: x.sort(**stable)
    )
    yield method(
        "sort",
        [equals],
        0,
        True,
        note="of equals",
        answer=lambda x: x.sort(**stable, descending=True),
    )
    for name in ["argmax", "argmin"]:
        yield method(name, [equals], 0, note="of equals")
    yield method(
        "cumsum",
        [floats([1, float("inf"), 2, float("-inf"), 3])],
        0,
        note="special values",
        gradients=False,
    )
