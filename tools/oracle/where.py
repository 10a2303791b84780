"""Choosing between two tensors or numbers, written as a function."""

import torch

from choosing import mask
from fixture import uniform
from operation import Input, function

CHAPTER = "02-autograd"


def cases():
    for shapes in [
        ((), (), ()),
        ((7, 5), (7, 5), (7, 5)),
        ((5,), (3, 1, 5), (4, 1)),
        ((0, 3), (3,), ()),
    ]:
        condition, a, b = shapes
        inputs = [mask(condition), uniform(a), uniform(b, seed=1)]
        yield function("where", inputs, Input(0), Input(1), Input(2))
    inputs = [mask((7, 5)), uniform((5,))]
    number = torch.tensor(0.5)
    yield function(
        "where",
        inputs,
        Input(0),
        Input(1),
        0.5,
        note="on the right",
        answer=lambda test, x: torch.where(test, x, number),
    )
    yield function(
        "where",
        inputs,
        Input(0),
        0.5,
        Input(1),
        note="on the left",
        answer=lambda test, x: torch.where(test, number, x),
    )
    yield function(
        "where",
        inputs[:1],
        Input(0),
        0.5,
        -1.5,
        answer=lambda test: torch.where(test, number, torch.tensor(-1.5)),
    )
