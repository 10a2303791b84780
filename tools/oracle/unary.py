"""Functions of one element at a time."""

import torch

from fixture import floats, integers, uniform
from operation import method

CHAPTER = "01-tensor"

SHAPES = [(), (5,), (7, 5), (3, 11, 2), (0, 3), (1, 4, 1)]

EVERYWHERE = [
    "neg",
    "abs",
    "sign",
    "floor",
    "ceil",
    "round",
    "trunc",
    "reciprocal",
    "exp",
    "expm1",
    "sin",
    "cos",
    "tanh",
    "sigmoid",
    "erf",
    "relu",
    "square",
]
POSITIVE = ["sqrt", "rsqrt", "log"]
ABOVE_MINUS_ONE = ["log1p"]
YES_OR_NO = ["isnan", "logicalNot"]

SPECIAL = [
    0.0,
    -0.0,
    1.0,
    -1.0,
    0.5,
    -0.5,
    1.5,
    -1.5,
    2.5,
    -2.5,
    100.0,
    -100.0,
    1e-7,
    -1e-7,
    float("inf"),
    float("-inf"),
    float("nan"),
]
ALL = EVERYWHERE + POSITIVE + ABOVE_MINUS_ONE + YES_OR_NO

REFUSED_FOR_BOOL = ["neg", "abs", "floor", "ceil", "round", "trunc", "relu"]
# DeepDive's square is x · x, "and" for bools; PyTorch's is pow(x, 2), an integer.
OTHERWISE_FOR_BOOL = ["square"]


def cases():
    for names, low in [(EVERYWHERE, -2.0), (POSITIVE, 0.1), (ABOVE_MINUS_ONE, -0.9)]:
        for name in names:
            for shape in SHAPES:
                yield method(name, [uniform(shape, low=low, high=3.0)])
    for name in YES_OR_NO:
        for shape in SHAPES:
            yield method(name, [uniform(shape).round()])
    for name in ALL:
        x = floats(SPECIAL)
        yield method(name, [x], note="special values")
        yield method(name, [integers((7,), -3, 4)])
        if name not in REFUSED_FOR_BOOL + OTHERWISE_FOR_BOOL:
            yield method(name, [torch.tensor([True, False])])
    for name in ["abs", "relu", "sign", "square", "sqrt"]:
        yield method(name, [torch.tensor([0.0])], note="at 0")
    yield from conversions()


def conversions():
    x = floats([0.0, -0.5, 1.7, -2.9, 3.0])
    for source in [x, x.long(), x.bool()]:
        yield method("to", [source], "float32", answer=lambda x: x.to(torch.float64))
        yield method("to", [source], "int32", answer=lambda x: x.to(torch.int64))
        yield method("to", [source], "bool", answer=lambda x: x.to(torch.bool))
