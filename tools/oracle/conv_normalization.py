"""BatchNorm, InstanceNorm and GroupNorm: normalization.json, and the functions behind
them, normalizing.json.

The form of a layer's case is in nn_case.py, that of a function's in operation.py.
"""

import torch
from torch import nn

from conv_case import function_case, name_of
from fixture import uniform, write
from nn_case import layer_case
from operation import Input

# (what the case shows, options, in training mode, calls before)
RUNNING = [
    ("in training mode", {}, True, 0),
    ("in eval mode", {}, False, 0),
    ("after three steps", {}, True, 3),
    ("after three steps, in eval mode", {}, False, 3),
    ("a large momentum", {"momentum": 0.7}, True, 2),
    ("a momentum of zero", {"momentum": 0.0}, True, 1),
    ("without momentum: the mean of all steps", {"momentum": None}, True, 3),
    ("a large eps", {"eps": 0.5}, True, 0),
    ("a large eps, in eval mode", {"eps": 0.5}, False, 0),
    ("without affine", {"affine": False}, True, 1),
    ("without affine, in eval mode", {"affine": False}, False, 1),
    ("without running statistics", {"track_running_stats": False}, True, 1),
    (
        "without running statistics, in eval mode",
        {"track_running_stats": False},
        False,
        1,
    ),
    (
        "without affine and running statistics",
        {"affine": False, "track_running_stats": False},
        False,
        0,
    ),
]

# InstanceNorm keeps neither statistics nor weights unless told to.
INSTANCE = [
    ("defaults", {}, True, 0),
    ("in eval mode", {}, False, 0),
    ("affine", {"affine": True}, True, 0),
    ("a large eps", {"affine": True, "eps": 0.5}, True, 0),
    ("with running statistics", {"track_running_stats": True}, True, 2),
    ("with running statistics, in eval mode", {"track_running_stats": True}, False, 2),
    (
        "affine, with running statistics and a large momentum",
        {"affine": True, "track_running_stats": True, "momentum": 0.7},
        True,
        2,
    ),
    (
        "affine, with running statistics, in eval mode",
        {"affine": True, "track_running_stats": True},
        False,
        1,
    ),
]

# (layer, shape of its inputs, variants)
FAMILIES = [
    (nn.BatchNorm1d, (4, 3), RUNNING),
    (nn.BatchNorm1d, (2, 3, 4), RUNNING),
    (nn.BatchNorm2d, (2, 3, 2, 3), RUNNING),
    (nn.BatchNorm2d, (1, 2, 2, 2), [("a batch of one", {}, True, 1)]),
    (nn.BatchNorm1d, (1, 2, 3), [("a batch of one", {}, True, 1)]),
    (nn.BatchNorm1d, (1, 3), [("a batch of one, in eval mode", {}, False, 0)]),
    (nn.BatchNorm1d, (0, 3), [("an empty batch", {}, True, 1)]),
    (
        nn.BatchNorm2d,
        (0, 2, 2, 2),
        [("an empty batch, without momentum", {"momentum": None}, True, 1)],
    ),
    (nn.InstanceNorm1d, (2, 3, 4), INSTANCE),
    (nn.InstanceNorm2d, (2, 3, 2, 3), INSTANCE),
]

# (groups, channels, options, input)
GROUPED = [
    (2, 4, {}, uniform((2, 4, 2, 3), seed=101)),
    (1, 4, {}, uniform((2, 4, 2, 3), seed=101)),
    (4, 4, {}, uniform((2, 4, 2, 3), seed=101)),
    (3, 6, {}, uniform((2, 6), seed=101)),
    (2, 4, {}, uniform((2, 4, 3), seed=101)),
    (2, 4, {"affine": False}, uniform((1, 4, 2, 3), seed=101)),
    (2, 4, {"eps": 0.5}, uniform((1, 4, 2, 3), seed=101)),
    (2, 2, {}, torch.full((1, 2, 2, 2), 0.5)),
]

NORMALIZED = [uniform((2, 4, 2, 3), seed=101), *(uniform((4,), seed=s) for s in (1, 2))]


def running_cases():
    for layer, shape, variants in FAMILIES:
        for name, options, training, calls in variants:
            yield layer_case(
                f"{layer.__name__} of {list(shape)}: {name}",
                layer,
                (shape[1],),
                options,
                [uniform(shape, seed=101)],
                training=training,
                earlier=[uniform(shape, -1.0, 3.0, seed=201 + n) for n in range(calls)],
            )


def unbatched_cases():
    for layer, shape in [(nn.InstanceNorm1d, (3, 4)), (nn.InstanceNorm2d, (3, 2, 3))]:
        yield layer_case(
            f"{layer.__name__} of {list(shape)}: no batch",
            layer,
            (shape[0],),
            {"affine": True, "track_running_stats": True},
            [uniform(shape, seed=101)],
        )


def special_cases():
    same = torch.full((2, 2, 2, 2), 0.5)
    small = uniform((2, 2, 2, 2), seed=101) / 4096
    for name, x in [("equal numbers", same), ("so small that eps counts", small)]:
        for layer in (nn.BatchNorm2d, nn.InstanceNorm2d):
            title = f"{layer.__name__} of [2, 2, 2, 2]: {name}"
            yield layer_case(title, layer, (2,), {}, [x])


def grouped_cases():
    for groups, count, options, x in GROUPED:
        name = name_of(nn.GroupNorm, (groups, count), options, x.shape)
        yield layer_case(name, nn.GroupNorm, (groups, count), options, [x])


def function_cases():
    x, weight, bias = NORMALIZED
    yield function_case("group_norm", [x], 2)
    yield function_case(
        "group_norm", [x, weight, bias], Input(0), 2, Input(1), Input(2), eps=0.1
    )
    yield function_case("instance_norm", [x])
    yield function_case(
        "instance_norm",
        [x, weight, bias],
        Input(0),
        None,
        None,
        Input(1),
        Input(2),
        eps=0.1,
    )
    yield function_case("batch_norm", [x], None, None, None, None, training=True)
    yield function_case(
        "batch_norm",
        [x, weight, bias],
        Input(0),
        None,
        None,
        Input(1),
        Input(2),
        training=True,
        eps=0.1,
    )


LAYERS = [running_cases, unbatched_cases, special_cases, grouped_cases]


def main():
    layers = [case for family in LAYERS for case in family()]
    write("05-conv", "normalization", layers)
    write("05-conv", "normalizing", list(function_cases()))


if __name__ == "__main__":
    main()
