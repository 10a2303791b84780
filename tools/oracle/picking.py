"""Elements by where they stand: gather, scatter, and indexing by arrays and masks."""

import torch

from fixture import integers, uniform
from operation import Input, method

CHAPTER = "01-tensor"

PLACES = [
    ((5,), 0, (3,)),
    ((7, 5), 0, (3, 5)),
    ((7, 5), 1, (7, 2)),
    ((7, 5), 1, (3, 5)),
    ((3, 11, 2), 1, (2, 4, 2)),
    ((3, 11, 2), -1, (3, 1, 2)),
    ((7, 5), 0, (0, 5)),
    ((7, 5), 1, (0, 2)),
]
LONGER_THAN_THE_AXIS = [((5,), 0, (8,)), ((7, 5), 1, (3, 9)), ((2, 3), 0, (6, 3))]


def any_places(shape, extent):
    """Places of which some come more than once."""
    return integers(shape, 0, extent, seed=5)


def distinct_places(shape, dim, extent):
    """Places of which none comes twice along dim: no order of writes is promised."""
    keys = uniform((*shape[:dim], extent, *shape[dim:][1:]), seed=6)
    return keys.argsort(dim).narrow(dim, 0, shape[dim])


def cases():
    for shape, dim, index_shape in PLACES + LONGER_THAN_THE_AXIS:
        x, index = uniform(shape), any_places(index_shape, shape[dim])
        yield method("gather", [x, index], dim, Input(1))
        source = uniform(index_shape, seed=1)
        yield method("scatterAdd", [x, index, source], dim, Input(1), Input(2))
    for shape, dim, index_shape in PLACES:
        x, index = uniform(shape), distinct_places(
            index_shape, dim % len(shape), shape[dim]
        )
        source = uniform(index_shape, seed=1)
        yield method("scatter", [x, index, source], dim, Input(1), Input(2))
        yield method("scatter", [x, index], dim, Input(1), 0.5)
    yield from rows_chosen()
    yield from of_single_numbers()
    yield from of_a_larger_source()
    yield from of_other_dtypes()
    yield from indexed()
    yield from indexed_by_arrays()
    yield from places_not_zero()


def rows_chosen():
    for shape, dim, count in [
        ((5,), 0, 3),
        ((7, 5), 0, 4),
        ((7, 5), 1, 8),
        ((3, 11, 2), -2, 5),
        ((7, 5), 0, 0),
        ((0, 3), 1, 2),
    ]:
        index = any_places((count,), shape[dim])
        yield method("indexSelect", [uniform(shape), index], dim, Input(1))


def of_single_numbers():
    x, index = uniform(()), torch.tensor(0)
    yield method("gather", [x, index], 0, Input(1))
    yield method("scatter", [x, index, uniform((), seed=1)], 0, Input(1), Input(2))


def of_a_larger_source():
    """Of which PyTorch gives no gradient."""
    index = distinct_places((3, 5), 0, 7)
    inputs = [uniform((7, 5)), index, uniform((4, 6), seed=1)]
    for name in ["scatter", "scatterAdd"]:
        yield method(name, inputs, 0, Input(1), Input(2), gradients=False)


def of_other_dtypes():
    whole, index = integers((7, 5), -9, 9), any_places((3, 5), 7)
    yield method("gather", [whole, index], 0, Input(1))
    yield method("gather", [whole > 0, index], 0, Input(1))
    yield method(
        "scatterAdd", [whole, index, integers((3, 5), 0, 9)], 0, Input(1), Input(2)
    )
    yield method("indexSelect", [whole, any_places((4,), 5)], 1, Input(1))


def indexed():
    def at(shape, *args, by):
        return method("at", [uniform(shape)], *args, answer=by)

    yield at((5,), 2, by=lambda x: x[2])
    yield at((0, 3), [], 1, by=lambda x: x[:, 1])
    yield at((7, 5), -1, by=lambda x: x[-1])
    yield at((7, 5), 3, 4, by=lambda x: x[3, 4])
    yield at((7, 5), [1, 4], by=lambda x: x[1:4])
    yield at((7, 5), [], [None, None, 2], by=lambda x: x[:, ::2])
    yield at((7, 5), [None, None, -1], by=lambda x: x.flip(0))
    yield at((3, 11, 2), 0, [1, 4], "...", None, by=lambda x: x[0, 1:4, ..., None])
    yield at((3, 11, 2), "...", 1, by=lambda x: x[..., 1])
    yield at((3, 11, 2), None, "...", [0, 1], by=lambda x: x[None, ..., 0:1])
    yield at((3, 11, 2), by=lambda x: x[...])


def indexed_by_arrays():
    x = uniform((7, 5))
    deep = uniform((3, 11, 2))
    rows, columns = torch.tensor([0, -1, 3, 3]), torch.tensor([1, 4, 0, -2])
    grid = torch.tensor([[0, 2], [1, 1]])
    yield method("at", [x, rows], Input(1), answer=lambda x, i: x[i])
    yield method("at", [x, columns], [1, 4], Input(1), answer=lambda x, i: x[1:4, i])
    yield method(
        "at", [x, rows, columns], Input(1), Input(2), answer=lambda x, i, j: x[i, j]
    )
    yield method(
        "at",
        [x, rows[:2, None], columns],
        Input(1),
        Input(2),
        answer=lambda x, i, j: x[i, j],
    )
    yield method("at", [deep, grid], [], Input(1), answer=lambda x, i: x[:, i])
    yield method(
        "at",
        [deep, grid, grid % 2],
        Input(1),
        [],
        Input(2),
        answer=lambda x, i, j: x[i, :, j],
        note="around an axis",
    )
    yield method(
        "at",
        [deep, grid, grid % 2],
        [],
        Input(1),
        Input(2),
        answer=lambda x, i, j: x[:, i, j],
        note="behind an axis",
    )
    yield method("at", [x, x > 0], Input(1), answer=lambda x, m: x[m])
    yield method("at", [x, x[:, 0] > 0], Input(1), answer=lambda x, m: x[m])
    yield method("at", [deep, deep[0] > 0], 1, Input(1), answer=lambda x, m: x[1, m])
    yield method(
        "at", [x, x > 9], Input(1), answer=lambda x, m: x[m], note="which is none"
    )


def places_not_zero():
    for shape in [(5,), (7, 5), (3, 4, 2), (0, 3)]:
        yield method("nonzero", [integers(shape, 0, 2)])
    yield method("nonzero", [uniform((3, 4)) > 0])
    yield method("nonzero", [uniform(())])
