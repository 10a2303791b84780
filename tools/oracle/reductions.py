"""Many elements become one: over all axes, one axis, or several."""

import torch

from fixture import floats, integers, uniform
from operation import method

CHAPTER = "01-tensor"

SHAPES_AND_DIMS = [
    ((), [()]),
    ((5,), [(), (0,), (-1,)]),
    ((7, 5), [(), (0,), (1,), ([0, 1],)]),
    ((3, 11, 2), [(), (1,), (-1,), ([0, 2],), ([2, 1],)]),
    ((4, 1, 3), [(1,), (0,)]),
    ((2, 0), [(0,)]),
]
EMPTY = [((0, 3), [(), (0,), ([0, 1],)]), ((2, 0), [(1,)])]

SUMS = ["sum", "mean"]
YES_OR_NO = ["any", "all"]
EXTREMES = ["amax", "amin"]
SPREADS = ["var", "std"]


def cases():
    for name in SUMS + YES_OR_NO + EXTREMES + ["prod"]:
        for shape, dims in SHAPES_AND_DIMS + ([] if name in EXTREMES else EMPTY):
            for dim in dims:
                yield from with_and_without_keepdim(name, made_for(name, shape), dim)
    for name in SPREADS:
        for shape, dims in SHAPES_AND_DIMS[1:-1]:
            for dim in dims:
                yield from spreads(name, uniform(shape), dim)
    yield from of_other_dtypes()
    yield from products_with_zeros()
    yield from equals()
    yield from spreads_without_elements()
    yield from special_values()
    yield from along_the_axis_of_a_single_number()
    for name in SUMS + EXTREMES:
        yield method(name, [uniform((7, 5))], [], note="over no axis, which means all")


def made_for(name, shape):
    if name == "prod":
        return uniform(shape, low=0.5, high=1.5)
    return integers(shape, 0, 2).double() if name in YES_OR_NO else uniform(shape)


def with_and_without_keepdim(name, x, dim):
    yield method(name, [x], *dim, answer=answer(name, dim, False))
    if dim:
        yield method(name, [x], *dim, {"keepdim": True}, answer=answer(name, dim, True))


def answer(name, dim, keepdim):
    """PyTorch's prod, any and all know one axis only: so one axis after another."""
    if name not in ["prod", "any", "all"] or not dim:
        return None

    def over_each_axis(x):
        axes = dim[0] if isinstance(dim[0], list) else dim
        axes = sorted((axis % x.ndim for axis in axes), reverse=True)
        for axis in axes:
            x = getattr(x, name)(axis, keepdim=keepdim)
        return x

    return over_each_axis


def spreads(name, x, dim):
    yield method(name, [x], *dim)
    for correction in [1, 0] if dim else []:
        options = {"correction": correction}
        yield method(name, [x], *dim, options)
        yield method(name, [x], *dim, {**options, "keepdim": True})


def of_other_dtypes():
    whole = integers((3, 11, 2), -2, 3)
    mask = integers((7, 5), 0, 2).bool()
    for name in ["sum", "prod", "any", "all", "amax", "amin"]:
        yield method(name, [whole])
        yield method(name, [whole], 1)
        yield method(name, [mask])
        yield method(name, [mask], 0)


def products_with_zeros():
    one, two = floats([2, 0, 3, 4]), floats([2, 0, 3, 0])
    rows = torch.stack([one, two, floats([1, 2, 3, 4])])
    yield method("prod", [one], note="with a zero")
    yield method("prod", [two], note="with two zeros")
    yield method("prod", [rows], 1, note="with zeros")
    yield method("prod", [rows], 0, note="with zeros")


def equals():
    """Where the extreme is not alone, and where nothing spreads."""
    x = floats([3, 1, 3, 1, 2, 3]).reshape(2, 3)
    for name in EXTREMES:
        yield method(name, [x], note="of equals")
        yield method(name, [x], 1, note="of equals")
    for name in ["max", "min"]:
        yield method(name, [x], note="of equals")
    for name in SPREADS:
        yield method(name, [floats([2, 2, 2])], note="of equals")
        yield method(name, [floats([2])], note="of one element", gradients=False)


def spreads_without_elements():
    for name in SPREADS:
        yield method(name, [uniform((0, 3))], 1)
        yield method(name, [uniform((0, 3))], 1, {"keepdim": True})


def special_values():
    infinity, nan = float("inf"), float("nan")
    x = floats([1, infinity, 2, nan, -infinity, 0, 1, -infinity, 3]).reshape(3, 3)
    for name in ["sum", "mean", "prod", "amax", "amin", "any", "all", "var"]:
        # The variances are NaN themselves; which of their slopes are ±∞ says nothing.
        yield method(name, [x], 1, note="special values", gradients=name != "var")


def along_the_axis_of_a_single_number():
    """A single number counts as a vector of one."""
    for name in ["sum", "mean", "prod", "amax", "amin"]:
        for dim in [0, -1]:
            yield method(name, [uniform(())], dim)
