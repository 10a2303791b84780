"""Pooling as functions: pooling.json.

The form of a case is in operation.py. Small whole numbers make ties, of which PyTorch
takes the first; of several NaN in a window it takes the last.
"""

import torch

from conv_case import function_case
from fixture import integers, uniform, write

NAN = float("nan")

# (input, kernel size, options)
MAX_1D = [
    ((2, 3, 7), 2, {}),
    ((3, 7), 3, {}),
    ((1, 2, 7), [3], {"stride": 1}),
    ((1, 2, 7), 3, {"stride": 2, "padding": 1}),
    ((1, 2, 8), 3, {"dilation": 2}),
    ((1, 2, 8), 3, {"dilation": 3, "stride": 1, "padding": 1}),
    ((1, 2, 8), 3, {"ceil_mode": True}),
    ((1, 2, 8), 3, {"stride": 2, "ceil_mode": True}),
    ((1, 1, 5), 2, {"stride": 3, "padding": 1, "ceil_mode": True}),
    ((1, 1, 5), 1, {"stride": 2}),
    ((1, 2, 4), 4, {}),
    ((2, 1, 6), 2, {"return_indices": True}),
    ((1, 6), 2, {"return_indices": True}),
    ((1, 2, 7), 3, {"stride": 2, "padding": 1, "return_indices": True}),
    ((1, 2, 7), 2, {"dilation": 2, "stride": 1, "return_indices": True}),
    ((0, 2, 6), 2, {}),
]

MAX_2D = [
    ((2, 3, 4, 6), 2, {}),
    ((2, 5, 5), 2, {}),
    ((1, 2, 5, 6), [2, 3], {}),
    ((1, 2, 5, 6), 3, {"stride": 2, "padding": 1}),
    ((1, 2, 5, 6), 3, {"stride": 1, "padding": 1}),
    ((1, 2, 5, 6), [3, 2], {"stride": [1, 2], "padding": [0, 1]}),
    ((1, 1, 7, 6), 2, {"dilation": 2}),
    ((1, 1, 7, 7), [2, 3], {"dilation": [3, 2], "stride": 2, "padding": [1, 0]}),
    ((1, 2, 5, 6), 2, {"ceil_mode": True}),
    ((1, 1, 6, 8), 3, {"stride": 2, "padding": 1, "ceil_mode": True}),
    ((1, 1, 5, 5), 2, {"stride": 3, "padding": 1, "ceil_mode": True}),
    ((1, 2, 3, 4), [3, 4], {}),
    ((2, 2, 4, 4), 2, {"return_indices": True}),
    ((2, 4, 5), 2, {"return_indices": True}),
    ((1, 1, 5, 6), 3, {"stride": 2, "padding": 1, "return_indices": True}),
    (
        (1, 1, 6, 7),
        2,
        {"dilation": 2, "stride": 1, "ceil_mode": True, "return_indices": True},
    ),
    ((0, 2, 4, 4), 2, {}),
]

AVG_1D = [
    ((2, 3, 7), 2, {}),
    ((3, 7), 3, {}),
    ((1, 2, 7), [3], {"stride": 1}),
    ((1, 2, 7), 3, {"stride": 2, "padding": 1}),
    ((1, 2, 7), 3, {"stride": 2, "padding": 1, "count_include_pad": False}),
    ((1, 2, 8), 3, {"ceil_mode": True}),
    ((1, 2, 8), 3, {"stride": 2, "padding": 1, "ceil_mode": True}),
    ((1, 2, 8), 3, {"stride": 2, "ceil_mode": True, "count_include_pad": False}),
    (
        (1, 1, 7),
        4,
        {"stride": 3, "padding": 2, "ceil_mode": True, "count_include_pad": False},
    ),
    ((1, 1, 5), 2, {"stride": 3, "padding": 1, "ceil_mode": True}),
    ((1, 2, 4), 4, {}),
]

AVG_2D = [
    ((2, 3, 4, 6), 2, {}),
    ((2, 5, 5), 2, {}),
    ((1, 2, 5, 6), [2, 3], {}),
    ((1, 2, 5, 6), 3, {"stride": 2, "padding": 1}),
    ((1, 2, 5, 6), 3, {"stride": 2, "padding": 1, "count_include_pad": False}),
    ((1, 2, 5, 6), [3, 2], {"stride": [1, 2], "padding": [1, 0]}),
    ((1, 2, 5, 6), 2, {"ceil_mode": True}),
    ((1, 2, 6, 6), 3, {"stride": 2, "padding": 1, "ceil_mode": True}),
    (
        (1, 2, 6, 6),
        3,
        {"stride": 2, "padding": 1, "ceil_mode": True, "count_include_pad": False},
    ),
    ((1, 1, 5, 5), 2, {"stride": 3, "padding": 1, "ceil_mode": True}),
    ((1, 2, 4, 5), 2, {"divisor_override": 3}),
    (
        (1, 1, 5, 5),
        3,
        {"stride": 2, "padding": 1, "ceil_mode": True, "divisor_override": 5},
    ),
    (
        (1, 1, 4, 4),
        3,
        {"padding": 1, "count_include_pad": False, "divisor_override": 2},
    ),
    ((1, 2, 3, 4), [3, 4], {}),
    ((0, 2, 4, 4), 2, {}),
]

# (input, output size)
ADAPTIVE_1D = [
    ((2, 3, 6), 3),
    ((2, 3, 6), 1),
    ((3, 7), 3),
    ((1, 2, 7), 5),
    ((1, 2, 5), 5),
    ((1, 2, 3), 5),
    ((1, 1, 11), [4]),
]

ADAPTIVE_2D = [
    ((2, 3, 4, 6), 2),
    ((2, 3, 4, 6), 1),
    ((2, 5, 7), [2, 3]),
    ((1, 2, 5, 7), 3),
    ((1, 2, 5, 7), [5, 7]),
    ((1, 1, 3, 4), [5, 2]),
    ((1, 1, 3, 2), 4),
    ((1, 2, 5, 6), [None, 4]),
    ((1, 2, 5, 6), [2, None]),
    ((0, 2, 4, 4), 2),
]

FIXED = {
    "max_pool1d": MAX_1D,
    "max_pool2d": MAX_2D,
    "avg_pool1d": AVG_1D,
    "avg_pool2d": AVG_2D,
}

ADAPTIVE = {
    "adaptive_avg_pool1d": ADAPTIVE_1D,
    "adaptive_max_pool1d": ADAPTIVE_1D,
    "adaptive_avg_pool2d": ADAPTIVE_2D,
    "adaptive_max_pool2d": ADAPTIVE_2D,
}


def with_nan(x, *places):
    """x with NaN in the given places, counted row after row."""
    flat = x.reshape(-1).clone()
    flat[list(places)] = NAN
    return flat.reshape(x.shape)


LINE, IMAGE = uniform((1, 2, 6), seed=101), uniform((1, 2, 4, 6), seed=101)
BELOW_ZERO = uniform((1, 2, 4, 6), -3.0, -1.0, seed=101)
TIED_LINE = integers((1, 2, 8), 0, 2, seed=101).double()
TIED_IMAGE = integers((1, 2, 6, 6), 0, 2, seed=101).double()
INFINITE = torch.full((1, 1, 4, 4), -float("inf"))

# (function, what is special, input, arguments, options)
SPECIAL = [
    ("max_pool1d", "ties", TIED_LINE, [2], {"return_indices": True}),
    ("max_pool1d", "ties", TIED_LINE, [4], {"stride": 2, "return_indices": True}),
    ("max_pool2d", "ties", TIED_IMAGE, [2], {"return_indices": True}),
    (
        "max_pool2d",
        "ties",
        TIED_IMAGE,
        [3],
        {"stride": 2, "padding": 1, "return_indices": True},
    ),
    ("max_pool2d", "nothing but equals", torch.zeros(1, 1, 4, 4), [2], {}),
    ("max_pool2d", "nothing but −∞", INFINITE, [2], {"return_indices": True}),
    (
        "max_pool2d",
        "nothing but −∞",
        INFINITE,
        [3],
        {"stride": 2, "padding": 1, "return_indices": True},
    ),
    ("max_pool2d", "all below zero", BELOW_ZERO, [3], {"padding": 1}),
    ("adaptive_max_pool1d", "ties", TIED_LINE, [3], {}),
    ("adaptive_max_pool2d", "ties", TIED_IMAGE, [4], {}),
    ("adaptive_max_pool1d", "indices", LINE, [4], {"return_indices": True}),
    ("adaptive_max_pool2d", "indices", IMAGE, [[3, 4]], {"return_indices": True}),
    ("max_pool1d", "a NaN", with_nan(LINE, 2), [2], {"return_indices": True}),
    ("max_pool1d", "several NaN", with_nan(LINE, 0, 2, 9), [3], {"stride": 1}),
    ("max_pool2d", "a NaN", with_nan(IMAGE, 8), [2], {"return_indices": True}),
    (
        "max_pool2d",
        "several NaN",
        with_nan(IMAGE, 0, 1, 7, 30),
        [2],
        {"return_indices": True},
    ),
    ("max_pool2d", "a NaN", with_nan(IMAGE, 8), [3], {"stride": 1, "padding": 1}),
    ("adaptive_max_pool1d", "a NaN", with_nan(LINE, 2), [4], {}),
    ("adaptive_max_pool2d", "a NaN", with_nan(IMAGE, 8), [[2, 4]], {}),
    ("avg_pool1d", "a NaN", with_nan(LINE, 2), [3], {"stride": 1}),
    ("avg_pool2d", "a NaN", with_nan(IMAGE, 8), [2], {"stride": 1}),
]

# PyTorch gives such a window a place that is none, and would send a gradient there.
BESIDE = [
    ("max_pool1d", uniform((1, 1, 2), seed=101), 3, 1),
    ("max_pool1d", uniform((1, 2, 3), seed=101), [4], [1]),
    ("max_pool2d", uniform((1, 1, 3, 2), seed=101), [1, 3], [0, 1]),
]


def cases():
    for name, family in FIXED.items():
        for shape, kernel_size, options in family:
            x = uniform(shape, seed=101)
            yield function_case(name, [x], kernel_size, **options)
    for name, family in ADAPTIVE.items():
        for shape, output_size in family:
            yield function_case(name, [uniform(shape, seed=101)], output_size)
    for name, note, x, args, options in SPECIAL:
        yield function_case(name, [x], *args, note=note, **options)
    for name, x, dilation, padding in BESIDE:
        yield function_case(
            name,
            [x],
            2,
            note="a window beside the input",
            gradients=False,
            dilation=dilation,
            padding=padding,
            stride=1,
        )


def main():
    write("05-conv", "pooling", list(cases()))


if __name__ == "__main__":
    main()
