"""Arrays one after another, and side by side."""

from fixture import integers, uniform
from operation import Input, function

CHAPTER = "01-tensor"


def cases():
    for shapes, dim in [
        ([(5,), (3,)], 0),
        ([(7, 5)], 0),
        ([(7, 5), (2, 5), (1, 5)], 0),
        ([(7, 5), (7, 1)], 1),
        ([(3, 11, 2), (3, 4, 2)], -2),
        ([(0, 3), (2, 3)], 0),
        ([(0, 3), (0, 2)], 1),
    ]:
        yield joined(
            "cat", [uniform(shape, seed=n) for n, shape in enumerate(shapes)], dim
        )
    for shape, dim in [
        ((), 0),
        ((5,), 0),
        ((5,), 1),
        ((7, 5), 1),
        ((7, 5), -1),
        ((0, 3), 0),
    ]:
        yield joined("stack", [uniform(shape, seed=n) for n in range(3)], dim)
    whole, mask = integers((3,), 0, 9), integers((3,), 0, 2).bool()
    for name in ["cat", "stack"]:
        yield joined(name, [whole, uniform((3,))], 0)
        yield joined(name, [mask, whole], 0)
        yield joined(name, [mask, mask], 0)
        yield function(name, [uniform((3,))], [Input(0), Input(0)], note="with itself")


def joined(name, inputs, dim):
    return function(name, inputs, [Input(n) for n in range(len(inputs))], dim)
