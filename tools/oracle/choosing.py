"""Choosing between elements, and bounding them."""

import torch

from fixture import floats, integers, uniform
from operation import method

CHAPTER = "01-tensor"

SHAPES = [
    ((), (), ()),
    ((7, 5), (7, 5), (7, 5)),
    ((4, 5), (3, 1, 5), (5,)),
    ((2, 3), (), (2, 3)),
    ((3, 1), (2,), ()),
    ((0, 3), (3,), (1, 3)),
]


def mask(shape, seed=9):
    return integers(shape, 0, 2, seed=seed).bool()


def where(x, condition, other):
    return torch.where(condition, x, other)


def cases():
    for condition, a, b in SHAPES:
        inputs = [uniform(a), mask(condition), uniform(b, seed=1)]
        yield method("where", inputs, answer=where)
    yield from where_with_numbers_and_dtypes()
    for shape, holes in [
        ((7, 5), (7, 5)),
        ((3, 11, 2), (11, 1)),
        ((), ()),
        ((0, 3), (3,)),
    ]:
        yield method("maskedFill", [uniform(shape), mask(holes)], 0.5)
    yield method("maskedFill", [uniform((7, 5)), mask((7, 5))], float("-inf"))
    yield method("maskedFill", [integers((7, 5), -3, 4), mask((5,))], 2)
    yield from clamps()


def where_with_numbers_and_dtypes():
    condition = mask((7, 5))
    x, whole = uniform((7, 5)), integers((7, 5), -3, 4)
    yield method(
        "where",
        [x, condition],
        0.5,
        answer=lambda x, condition: where(x, condition, torch.tensor(0.5)),
    )
    yield method("where", [whole, condition, integers((5,), 0, 9)], answer=where)
    yield method("where", [whole, condition, x], answer=where)
    yield method("where", [x.bool(), condition, mask((5,), seed=3)], answer=where)
    yield method(
        "where",
        [floats([1, 2, 3]), floats([0, 0.5, float("nan")]).bool(), floats([4])],
        answer=where,
    )
    nothing = torch.tensor([True, False])
    yield method(
        "where",
        [floats([float("nan"), 1]), nothing, floats([2, float("nan")])],
        answer=where,
        note="special values",
        gradients=False,
    )


def clamps():
    for shape in [(), (7, 5), (3, 11, 2), (0, 3)]:
        yield method("clamp", [uniform(shape)], -0.5, 1)
    x = uniform((7, 5))
    yield method("clamp", [x], 0)
    yield method("clamp", [x], None, 0.25)
    yield method("clamp", [x], 1, -1, note="where the bounds cross")
    yield method("clamp", [floats([-1, 0, 0.5, 1, 2])], 0, 1, note="at its bounds")
    yield method(
        "clamp",
        [floats([float("-inf"), float("inf"), float("nan")])],
        0,
        1,
        note="special values",
        gradients=False,
    )
    yield method("clamp", [integers((7,), -5, 6)], -2, 3)
    yield method("clamp", [integers((7,), -5, 6)], -1.5, 2.5)
