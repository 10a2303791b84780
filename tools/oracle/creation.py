"""Numbers in a row, and the identity matrix."""

import torch

from operation import function

CHAPTER = "01-tensor"


def cases():
    for args in [
        (7,),
        (0,),
        (2, 7),
        (2, 7, 3),
        (7, 2, -2),
        (0, 1, 0.25),
        (1.5,),
        (-1, 1, 0.3),
    ]:
        yield function("arange", [], *args)
    for args in [
        (0, 1, 5),
        (-2, 3, 11),
        (3, -1, 4),
        (0.1, 0.7, 7),
        (5, 9, 1),
        (0, 1, 0),
    ]:
        yield function("linspace", [], *args)
    for args in [(3,), (2, 5), (5, 2), (0, 3), (1,)]:
        yield function("eye", [], *args)
    yield function(
        "eye",
        [],
        3,
        3,
        {"dtype": "int32"},
        answer=lambda: torch.eye(3, dtype=torch.int64),
    )
