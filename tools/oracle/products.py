"""Products of vectors, matrices and batches, and the triangles of a matrix."""

from fixture import integers, uniform
from operation import Input, method

CHAPTER = "01-tensor"

MATMUL = [
    ((5,), (5,)),
    ((5,), (5, 3)),
    ((7, 5), (5,)),
    ((7, 5), (5, 3)),
    ((1, 1), (1, 1)),
    ((13, 17), (17, 11)),
    ((2, 7, 5), (2, 5, 3)),
    ((2, 7, 5), (5, 3)),
    ((2, 7, 5), (5,)),
    ((7, 5), (2, 5, 3)),
    ((5,), (2, 5, 3)),
    ((3, 1, 2, 5), (4, 5, 3)),
    ((1, 3, 2), (4, 2, 1)),
    ((0, 3), (3, 2)),
    ((2, 0), (0, 3)),
    ((3, 2), (2, 0)),
    ((2, 0, 3), (3, 4)),
    ((0,), (0,)),
    ((2, 3, 0), (0, 4)),
]


def cases():
    for a, b in MATMUL:
        yield method("matmul", [uniform(a), uniform(b, seed=1)])
    yield method("matmul", [uniform((5, 5))], Input(0), note="with itself")
    yield method("matmul", [integers((3, 4), -4, 5), integers((4, 2), -4, 5, seed=1)])
    for length in [1, 7, 0]:
        yield method("dot", [uniform((length,)), uniform((length,), seed=1)])
    for n, m in [(3, 5), (1, 1), (7, 1), (0, 3)]:
        yield method("outer", [uniform((n,)), uniform((m,), seed=1)])
    for name in ["triu", "tril"]:
        for shape in [(5, 5), (7, 5), (3, 2, 4), (1, 3), (0, 3)]:
            yield method(name, [uniform(shape)])
        for diagonal in [1, -1, 4, -7]:
            yield method(name, [uniform((7, 5))], diagonal)
        yield method(name, [integers((3, 3), 1, 9)])
        yield method(name, [integers((3, 3), 0, 2).bool()], 1)
