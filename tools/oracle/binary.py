"""Functions of two elements at a time: arithmetic, comparisons, logic."""

import torch

from fixture import floats, integers, uniform
from operation import Input, method

CHAPTER = "01-tensor"

SHAPES = [
    ((), ()),
    ((5,), (5,)),
    ((7, 5), (7, 5)),
    ((3, 1, 5), (4, 5)),
    ((), (2, 3)),
    ((2, 3), ()),
    ((1, 4), (3, 1)),
    ((3, 11, 2), (2,)),
    ((0, 3), (1, 3)),
    ((2, 1), (2, 0)),
]

ARITHMETIC = ["add", "sub", "mul", "div", "pow", "remainder", "maximum", "minimum"]
COMPARISONS = ["eq", "ne", "lt", "le", "gt", "ge"]
LOGIC = ["logicalAnd", "logicalOr", "logicalXor"]

SPECIAL = [
    0.0,
    -0.0,
    1.0,
    -1.0,
    2.0,
    3.0,
    -3.0,
    0.5,
    -2.5,
    float("inf"),
    float("-inf"),
    float("nan"),
]


def cases():
    for name in ARITHMETIC:
        for a, b in SHAPES:
            low = 0.3 if name == "pow" else -2.0
            yield method(name, [uniform(a, low=low), uniform(b, seed=1)])
        yield from with_numbers(name)
    for name in COMPARISONS + LOGIC:
        for a, b in SHAPES:
            yield method(name, [uniform(a).round(), uniform(b, seed=1).round()])
    for name in COMPARISONS:
        yield method(name, [uniform((7, 5)).round()], 1)
        yield method(name, [integers((7,), -3, 4)], 0.5)
    for name in ARITHMETIC + COMPARISONS + LOGIC:
        a, b = floats(SPECIAL).reshape(-1, 1), floats(SPECIAL)
        yield method(name, [a, b], note="special values")
        yield from of_other_dtypes(name)
    yield from twice_the_same()
    yield from at_kinks()


def with_numbers(name):
    x = uniform((7, 5), low=0.3)
    for number in [2, 0.5, -1.5]:
        yield call_with_number(name, x, number)
    for number in [2, 1.5]:
        yield call_with_number(name, integers((7,), 0, 5), number)
    if name == "pow":
        for number in [-2, 0, 1, 3]:
            yield method(name, [uniform((7, 5))], number, note="of negatives too")
    elif name != "sub":
        yield call_with_number(name, torch.tensor([True, False]), 2)


def call_with_number(name, x, number):
    return method(name, [x], number, answer=answer_for_number(name, number))


def answer_for_number(name, number):
    """PyTorch's maximum and minimum take tensors only."""
    if name not in ["maximum", "minimum"]:
        return None
    return lambda x: getattr(x, name)(torch.tensor(number))


def of_other_dtypes(name):
    whole = integers((3, 1), -4, 5)
    positive = integers((4,), 1, 4, seed=1)
    mask = torch.tensor([True, False, True, False])
    yield method(name, [whole, positive])
    yield method(name, [whole, uniform((4,), seed=2)])
    yield method(name, [positive, uniform((4,), low=0.5, seed=3)])
    if name not in ["sub", "remainder", "pow"]:
        yield method(name, [mask, torch.tensor([True, True, False, False])])
    if name != "sub":
        yield method(name, [mask, positive])
        yield method(name, [mask, uniform((4,), low=0.5, seed=4)])


def twice_the_same():
    """A tensor used twice in one operation receives both gradients."""
    for name in ["add", "sub", "mul", "div", "pow", "maximum"]:
        yield method(name, [uniform((7, 5), low=0.3)], Input(0), note="with itself")


def at_kinks():
    """Where a function has no derivative, PyTorch's choice is ours."""
    a, b = floats([1, 2, 3]), floats([1, 3, 2])
    yield method("maximum", [a, b], note="of equals")
    yield method("minimum", [a, b], note="of equals")
    zero = floats([0, 0, 0, 2])
    yield method("pow", [zero, floats([0, 1, 2, 0])], note="at 0")
    for number in [0, 1, 2]:
        yield method("pow", [zero], number, note="at 0")
