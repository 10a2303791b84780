"""Linear, Bilinear, Embedding, Flatten, Unflatten, Identity: layers.json.

The form of a case is in nn_case.py. An index tensor has dtype int32.
"""

import torch
from torch import nn

from fixture import uniform, write
from nn_case import layer_case

LINEAR = [
    ("a vector", (3, 2), {}, (3,)),
    ("a batch", (3, 2), {}, (4, 3)),
    ("a batch of sequences", (3, 2), {}, (2, 3, 3)),
    ("a batch, without bias", (3, 2), {"bias": False}, (4, 3)),
    ("a vector, without bias", (3, 2), {"bias": False}, (3,)),
    ("prime sizes", (7, 5), {}, (11, 7)),
    ("one feature to one feature", (1, 1), {}, (3, 1)),
    ("an empty batch", (3, 2), {}, (0, 3)),
]

BILINEAR = [
    ("a batch", (3, 2, 4), {}, (5,)),
    ("a single pair", (3, 2, 4), {}, ()),
    ("two batch dimensions", (2, 3, 2), {}, (2, 3)),
    ("a batch, without bias", (3, 2, 4), {"bias": False}, (5,)),
    ("prime sizes", (5, 3, 7), {}, (2,)),
    ("an empty batch", (3, 2, 4), {}, (0,)),
]

# The indices are written out: repeated ones, and the padding index, must occur.
EMBEDDING = [
    ("one index", (5, 3), {}, 3),
    ("a sequence with a repeated index", (5, 3), {}, [0, 4, 2, 4]),
    ("a batch of sequences", (5, 3), {}, [[1, 0, 1], [3, 4, 1]]),
    (
        "a padding index learns nothing",
        (5, 3),
        {"padding_idx": 0},
        [[0, 2, 0], [2, 1, 0]],
    ),
    ("a padding index from the end", (5, 3), {"padding_idx": -1}, [4, 0, 4, 3]),
    ("prime sizes", (7, 5), {}, [[6, 0, 3, 5, 1]]),
    ("no index at all", (5, 3), {}, []),
    ("a batch of empty sequences", (5, 3), {"padding_idx": 0}, [[], []]),
]

RESHAPING = [
    ("Flatten: all but the batch", nn.Flatten, (), {}, (2, 3, 2)),
    ("Flatten: a batch of vectors stays", nn.Flatten, (), {}, (3, 4)),
    ("Flatten: from the first", nn.Flatten, (), {"start_dim": 0}, (2, 3, 2)),
    (
        "Flatten: the middle",
        nn.Flatten,
        (),
        {"start_dim": 1, "end_dim": 2},
        (2, 3, 2, 2),
    ),
    (
        "Flatten: dimensions from the end",
        nn.Flatten,
        (),
        {"start_dim": -2, "end_dim": -1},
        (2, 3, 2),
    ),
    ("Flatten: an empty batch", nn.Flatten, (), {}, (0, 3, 2)),
    ("Unflatten: one dimension into two", nn.Unflatten, (1, (2, 3)), {}, (2, 6)),
    ("Unflatten: one size left open", nn.Unflatten, (1, (2, -1)), {}, (2, 6, 2)),
    ("Unflatten: an empty batch", nn.Unflatten, (1, (2, 3)), {}, (0, 6)),
    ("Unflatten: the last dimension", nn.Unflatten, (-1, (2, 1, 2)), {}, (3, 4)),
    ("Identity: gives back what it gets", nn.Identity, (), {}, (2, 3)),
    ("Identity: an empty batch", nn.Identity, (), {}, (0, 3)),
]


def cases():
    for name, args, options, shape in LINEAR:
        inputs = [uniform(shape, seed=101)]
        yield layer_case(f"Linear: {name}", nn.Linear, args, options, inputs)
    for name, args, options, batch in BILINEAR:
        inputs = [
            uniform((*batch, args[0]), seed=101),
            uniform((*batch, args[1]), seed=102),
        ]
        yield layer_case(f"Bilinear: {name}", nn.Bilinear, args, options, inputs)
    for name, args, options, indices in EMBEDDING:
        inputs = [torch.tensor(indices, dtype=torch.int64)]
        yield layer_case(f"Embedding: {name}", nn.Embedding, args, options, inputs)
    for name, layer, args, options, shape in RESHAPING:
        yield layer_case(name, layer, args, options, [uniform(shape, seed=101)])


def main():
    write("03-nn", "layers", list(cases()))


if __name__ == "__main__":
    main()
