"""Convolutions and transposed convolutions as functions: convolution.json.

The form of a case is in operation.py.
"""

import warnings

from conv_case import function_case
from fixture import uniform, write

# (input, weight, whether there is a bias, options)
CONV1D = [
    ((2, 3, 7), (4, 3, 3), True, {}),
    ((2, 3, 7), (4, 3, 3), False, {}),
    ((3, 7), (4, 3, 3), True, {"stride": 2, "padding": 1}),
    ((1, 1, 5), (1, 1, 1), True, {}),
    ((1, 1, 5), (1, 1, 5), True, {}),
    ((1, 2, 8), (2, 2, 3), True, {"stride": 2}),
    ((1, 2, 8), (2, 2, 3), False, {"stride": [3], "padding": [2]}),
    ((1, 2, 8), (2, 2, 3), True, {"dilation": 2, "padding": 2}),
    ((1, 2, 8), (2, 2, 3), False, {"dilation": 3, "padding": 1, "stride": 2}),
    ((1, 2, 7), (2, 2, 3), True, {"padding": "same"}),
    ((1, 2, 7), (2, 2, 4), True, {"padding": "same"}),
    ((1, 2, 7), (2, 2, 4), False, {"padding": "same", "dilation": 3}),
    ((1, 2, 7), (2, 2, 3), True, {"padding": "valid", "stride": 2}),
    ((2, 4, 6), (6, 2, 3), True, {"groups": 2}),
    ((2, 3, 6), (3, 1, 3), True, {"groups": 3, "padding": 1}),
    ((1, 3, 6), (6, 1, 2), False, {"groups": 3, "stride": 2}),
    ((1, 1, 4), (1, 1, 2), True, {"stride": 3, "padding": 4}),
    ((0, 2, 5), (3, 2, 3), True, {}),
]

CONV2D = [
    ((2, 3, 5, 6), (4, 3, 3, 3), True, {}),
    ((2, 3, 5, 6), (2, 3, 3, 3), False, {"padding": 1}),
    ((2, 5, 6), (3, 2, 2, 3), True, {}),
    ((1, 2, 5, 5), (3, 2, 1, 1), True, {}),
    ((1, 2, 5, 5), (3, 2, 1, 1), False, {"stride": 2}),
    ((1, 2, 4, 5), (3, 2, 4, 5), True, {}),
    ((1, 2, 7, 6), (2, 2, 3, 3), True, {"stride": 2}),
    ((1, 2, 7, 6), (2, 2, 3, 2), True, {"stride": [2, 3]}),
    ((1, 2, 7, 6), (2, 2, 3, 2), False, {"stride": [1, 2], "padding": [2, 0]}),
    ((1, 2, 7, 6), (2, 2, 3, 2), True, {"padding": [0, 3], "dilation": [2, 1]}),
    ((1, 2, 7, 7), (2, 2, 3, 3), True, {"dilation": 2}),
    (
        (1, 2, 7, 7),
        (2, 2, 3, 3),
        False,
        {"stride": 2, "padding": 2, "dilation": 2},
    ),
    ((1, 2, 4, 5), (2, 2, 3, 3), True, {"padding": "same"}),
    ((1, 2, 4, 5), (2, 2, 2, 4), True, {"padding": "same"}),
    ((1, 2, 4, 5), (2, 2, 2, 3), False, {"padding": "same", "dilation": [3, 2]}),
    ((1, 2, 4, 5), (2, 2, 2, 3), True, {"padding": "valid", "stride": [2, 1]}),
    ((1, 2, 4, 5), (2, 1, 3, 3), True, {"padding": "same", "groups": 2}),
    ((2, 4, 4, 4), (6, 2, 3, 3), True, {"groups": 2, "padding": 1}),
    ((1, 6, 4, 4), (3, 2, 2, 2), False, {"groups": 3}),
    ((2, 3, 5, 5), (3, 1, 3, 3), True, {"groups": 3, "padding": 1, "stride": 2}),
    ((1, 2, 5, 5), (4, 1, 2, 2), False, {"groups": 2, "dilation": 2}),
    ((2, 5, 5), (2, 1, 2, 2), True, {"groups": 2, "padding": "same"}),
    ((1, 1, 3, 3), (1, 1, 2, 2), True, {"stride": 3, "padding": 3}),
    ((1, 1, 7, 11), (1, 1, 3, 5), True, {"stride": [3, 2], "padding": [1, 2]}),
    ((0, 2, 4, 4), (3, 2, 3, 3), True, {}),
]

CONV3D = [
    ((2, 2, 3, 4, 3), (2, 2, 2, 2, 2), True, {}),
    ((2, 3, 4, 3), (2, 2, 2, 3, 2), False, {}),
    ((1, 1, 4, 4, 5), (2, 1, 3, 2, 3), True, {"stride": [1, 2, 3], "padding": 1}),
    ((1, 1, 4, 3, 3), (1, 1, 2, 2, 2), True, {"dilation": [2, 1, 2]}),
    ((1, 1, 3, 3, 4), (1, 1, 2, 3, 2), False, {"padding": "same"}),
    ((1, 1, 3, 3, 4), (1, 1, 2, 3, 2), True, {"padding": "valid", "stride": 2}),
    ((1, 4, 2, 3, 3), (4, 2, 2, 2, 2), True, {"groups": 2}),
    ((1, 2, 3, 3, 3), (2, 1, 2, 2, 2), True, {"groups": 2, "padding": [1, 0, 1]}),
]

# A transposed convolution's weight is [in, out / groups, …].

TRANSPOSED_1D = [
    ((2, 3, 5), (3, 4, 3), True, {}),
    ((2, 3, 5), (3, 4, 3), False, {}),
    ((3, 5), (3, 2, 3), True, {"stride": 2}),
    ((1, 2, 5), (2, 2, 3), True, {"stride": 2, "padding": 1}),
    ((1, 2, 5), (2, 2, 3), True, {"stride": 2, "padding": 1, "output_padding": 1}),
    ((1, 2, 5), (2, 2, 2), False, {"stride": [3], "output_padding": [2]}),
    ((1, 2, 4), (2, 2, 3), True, {"dilation": 2}),
    ((1, 2, 4), (2, 2, 3), True, {"dilation": 3, "output_padding": 2, "padding": 2}),
    ((1, 4, 4), (4, 3, 3), True, {"groups": 2}),
    ((1, 3, 4), (3, 1, 2), False, {"groups": 3, "stride": 2}),
    ((1, 1, 4), (1, 1, 1), True, {"stride": 3}),
    ((1, 1, 4), (1, 1, 3), True, {"padding": 2}),
    ((0, 2, 4), (2, 3, 3), True, {}),
]

TRANSPOSED_2D = [
    ((2, 3, 3, 4), (3, 2, 3, 3), True, {}),
    ((2, 3, 3, 4), (3, 2, 2, 2), False, {}),
    ((2, 3, 4), (2, 3, 2, 3), True, {}),
    ((1, 2, 3, 4), (2, 3, 1, 1), True, {"stride": 2}),
    ((1, 2, 3, 4), (2, 2, 2, 2), True, {"stride": 2}),
    ((1, 2, 3, 4), (2, 2, 3, 3), True, {"stride": 2, "padding": 1}),
    (
        (1, 2, 3, 4),
        (2, 2, 3, 3),
        True,
        {"stride": 2, "padding": 1, "output_padding": 1},
    ),
    (
        (1, 2, 3, 4),
        (2, 2, 3, 2),
        False,
        {"stride": [2, 3], "padding": [1, 0], "output_padding": [0, 2]},
    ),
    ((1, 2, 3, 3), (2, 2, 3, 2), True, {"dilation": [2, 3]}),
    (
        (1, 2, 3, 3),
        (2, 2, 2, 2),
        True,
        {"dilation": 3, "output_padding": [1, 2], "padding": 1, "stride": 2},
    ),
    ((1, 4, 3, 3), (4, 2, 2, 2), True, {"groups": 2}),
    ((2, 3, 3, 3), (3, 1, 3, 3), True, {"groups": 3, "stride": 2, "padding": 1}),
    ((1, 2, 3, 3), (2, 2, 2, 2), False, {"groups": 2, "stride": 2}),
    ((1, 1, 3, 4), (1, 1, 3, 3), True, {"padding": 2}),
    ((0, 2, 3, 3), (2, 3, 2, 2), True, {}),
]

FAMILIES = {
    "conv1d": CONV1D,
    "conv2d": CONV2D,
    "conv3d": CONV3D,
    "conv_transpose1d": TRANSPOSED_1D,
    "conv_transpose2d": TRANSPOSED_2D,
}


def out_channels(name, weight, options):
    if "transpose" in name:
        return weight[1] * options.get("groups", 1)
    return weight[0]


def cases():
    for name, family in FAMILIES.items():
        for shape, weight, has_bias, options in family:
            inputs = [uniform(shape, seed=101), uniform(weight, -1.0, 1.0, seed=102)]
            if has_bias:
                bias = (out_channels(name, weight, options),)
                yield function_case(
                    name, [*inputs, uniform(bias, seed=103)], **options
                )
            else:
                yield function_case(name, inputs, None, **options)


def main():
    with warnings.catch_warnings():
        # Where 'same' pads one side more, PyTorch warns that it copies the input.
        warnings.simplefilter("ignore", UserWarning)
        made = list(cases())
    write("05-conv", "convolution", made)


if __name__ == "__main__":
    main()
