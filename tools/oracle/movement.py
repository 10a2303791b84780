"""The same elements under another shape, in another order, or only some of them."""

from fixture import integers, uniform
from operation import method

CHAPTER = "01-tensor"


def cases():
    yield from reshaped()
    yield from axes_moved()
    yield from axes_of_size_one()
    yield from parts_taken()
    yield from sliced()
    yield from flipped()
    yield from windows()
    yield from without_elements()
    for x in [integers((3, 4), -9, 9), integers((3, 4), 0, 2).bool()]:
        yield method("t", [x])
        yield method("flip", [x], [1])
        yield method("reshape", [x], [2, 6])


def reshaped():
    for shape, sizes in [
        ((), []),
        ((), [1, 1]),
        ((5,), [5, 1]),
        ((7, 5), [35]),
        ((7, 5), [5, 7]),
        ((7, 5), [-1]),
        ((3, 11, 2), [11, 6]),
        ((3, 11, 2), [-1, 2]),
        ((1,), []),
        ((0, 3), [3, 0]),
        ((0, 3), [0]),
        ((0, 3), [-1, 3]),
    ]:
        yield method("reshape", [uniform(shape)], sizes)
    for shape in [(), (5,), (7, 5), (3, 11, 2), (0, 3)]:
        yield method("flatten", [uniform(shape)])
    yield method("flatten", [uniform((3, 11, 2))], 1)
    yield method("flatten", [uniform((2, 3, 2, 2))], 1, 2)
    yield method("flatten", [uniform((2, 3, 2, 2))], 0, -2)
    yield method("unflatten", [uniform((12, 2))], 0, [3, 4])
    yield method("unflatten", [uniform((2, 12))], -1, [3, -1, 2])
    yield method("unflatten", [uniform((0, 3))], 0, [0, 5])


def axes_moved():
    for shape, dims in [
        ((), []),
        ((5,), [0]),
        ((7, 5), [1, 0]),
        ((3, 11, 2), [2, 0, 1]),
        ((3, 11, 2), [-1, 1, 0]),
        ((0, 3), [1, 0]),
    ]:
        yield method("permute", [uniform(shape)], dims)
    for dims in [(0, 1), (0, -1), (1, 1)]:
        yield method("transpose", [uniform((3, 11, 2))], *dims)
    for shape in [(), (5,), (7, 5)]:
        yield method("t", [uniform(shape)])
    for dims in [(0, 2), (2, 0), (-1, 1), (1, 1)]:
        yield method("movedim", [uniform((3, 11, 2))], *dims)


def axes_of_size_one():
    for shape in [(), (1,), (4, 1, 3), (1, 5, 1), (7, 5)]:
        yield method("squeeze", [uniform(shape)])
    for dim in [0, -1]:
        yield method("squeeze", [uniform(())], dim)
    for dim in [1, -2, 0]:
        yield method("squeeze", [uniform((4, 1, 3))], dim)
    for shape, dim in [
        ((), 0),
        ((), -1),
        ((5,), 0),
        ((5,), -1),
        ((7, 5), 1),
        ((7, 5), -2),
    ]:
        yield method("unsqueeze", [uniform(shape)], dim)
    for shape, sizes in [
        ((), [2, 3]),
        ((), []),
        ((3, 1), [3, 4]),
        ((3, 1), [2, -1, 4]),
        ((1, 5), [7, 5]),
        ((5,), [5]),
        ((1,), [0]),
        ((3, 1, 2), [3, 0, 2]),
        ((1, 1), [4, -1, 3]),
    ]:
        yield method("expand", [uniform(shape)], sizes)


def parts_taken():
    for shape, dim, index in [
        ((5,), 0, 2),
        ((7, 5), 0, -1),
        ((7, 5), 1, 0),
        ((3, 11, 2), 1, 10),
        ((3, 11, 2), -1, -2),
    ]:
        yield method("select", [uniform(shape)], dim, index)
    for dim, start, length in [
        (0, 1, 2),
        (1, 0, 11),
        (1, -3, 2),
        (-1, 1, 1),
        (0, 3, 0),
    ]:
        yield method("narrow", [uniform((3, 11, 2))], dim, start, length)
    for size, dim in [(3, 0), (7, 0), (2, 1), ([1, 4], 1), ([5, 0, 2], 0)]:
        yield method("split", [uniform((7, 5))], size, dim)
    yield method("split", [uniform((5,))], 2)
    for chunks, dim in [(3, 0), (2, 1), (7, 0), (4, 0), (5, 0), (1, 1)]:
        yield method("chunk", [uniform((7, 5))], chunks, dim)
    yield method("chunk", [uniform((3, 11, 2))], 4, 1)


def sliced():
    for start, end, step in [
        (0, 3, 1),
        (1, None, 1),
        (None, 4, 1),
        (None, None, 2),
        (1, 6, 3),
        (-3, None, 1),
        (None, -2, 1),
        (5, 2, 1),
        (-99, 99, 2),
        (7, None, 1),
    ]:
        part = slice(start, end, step)
        yield method(
            "slice",
            [uniform((7, 5))],
            0,
            start,
            end,
            step,
            answer=lambda x, part=part: x[part],
        )
    yield method(
        "slice", [uniform((3, 11, 2))], 1, 2, 9, 3, answer=lambda x: x[:, 2:9:3]
    )
    yield method("slice", [uniform((3, 11, 2))], -1, 1, answer=lambda x: x[..., 1:])
    yield method("slice", [uniform((0, 3))], 0, 0, 5, answer=lambda x: x[0:5])
    yield from sliced_backwards()


def sliced_backwards():
    """PyTorch takes no negative step: Python's range says which indices it means."""
    for start, end, step in [
        (None, None, -1),
        (5, 1, -2),
        (None, 2, -1),
        (3, None, -1),
        (-2, -5, -1),
        (1, 4, -1),
        (99, -99, -3),
    ]:
        indices = list(range(*slice(start, end, step).indices(7)))
        yield method(
            "slice",
            [uniform((7, 5))],
            0,
            start,
            end,
            step,
            answer=lambda x, indices=indices: x[indices],
        )
        yield method(
            "slice",
            [uniform((2, 7))],
            1,
            start,
            end,
            step,
            answer=lambda x, indices=indices: x[:, indices],
        )


def flipped():
    for shape, dims in [
        ((5,), [0]),
        ((7, 5), [1]),
        ((7, 5), [0, -1]),
        ((3, 11, 2), [0, 2]),
        ((3, 11, 2), []),
        ((0, 3), [0]),
    ]:
        yield method("flip", [uniform(shape)], dims)


def windows():
    for shape, args in [
        ((5, 5), ()),
        ((7, 5), (1,)),
        ((7, 5), (-3,)),
        ((7, 5), (9,)),
        ((3, 11, 2), (0, 1, 2)),
        ((3, 11, 2), (1, -1, 0)),
        ((3, 4, 4), (-1, -2, -1)),
        ((0, 3), ()),
    ]:
        yield method("diagonal", [uniform(shape)], *args)
    for shape, args in [
        ((7,), (0, 3, 1)),
        ((7,), (0, 2, 3)),
        ((7, 5), (1, 2, 2)),
        ((3, 11, 2), (1, 4, 3)),
        ((7,), (0, 7, 1)),
        ((2, 3), (-1, 1, 1)),
    ]:
        yield method("unfold", [uniform(shape)], *args)


def without_elements():
    """Axes without elements move, stretch and divide as others do."""
    x = uniform((0, 3))
    yield method("transpose", [x], 0, 1)
    yield method("t", [x])
    yield method("movedim", [x], 0, 1)
    yield method("unsqueeze", [x], 1)
    yield method("squeeze", [uniform((0, 1, 3))], 1)
    yield method("expand", [uniform((0, 1))], [2, 0, 3])
    yield method("select", [x], 1, 2)
    yield method("narrow", [x], 1, 1, 2)
    yield method("narrow", [uniform((7, 5))], 0, 2, 0)
    yield method("split", [x], 2, 1)
    yield method("chunk", [x], 2, 1)
    yield method("unfold", [x], 1, 2, 1)
