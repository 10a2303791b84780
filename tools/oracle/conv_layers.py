"""Layers that slide, pool or resample, with their options: layers.json.

The form of a case is in nn_case.py. The functions behind the layers have more cases.
"""

import warnings

from torch import nn

from conv_case import name_of
from fixture import uniform, write
from nn_case import layer_case

# (layer, positional arguments, options, input)
CASES = [
    (nn.Conv1d, (2, 3, 3), {}, (2, 2, 6)),
    (nn.Conv1d, (2, 3, 3), {"stride": 2, "padding": 1, "bias": False}, (2, 6)),
    (nn.Conv1d, (4, 4, 2), {"groups": 2, "dilation": 2}, (1, 4, 6)),
    (nn.Conv1d, (2, 3, 4), {"padding": "same"}, (1, 2, 6)),
    (nn.Conv2d, (3, 4, 3), {}, (1, 3, 4, 5)),
    (nn.Conv2d, (2, 3, 3), {"padding": 1, "bias": False}, (2, 2, 4, 5)),
    (nn.Conv2d, (2, 3, [2, 3]), {"stride": [1, 2], "padding": [1, 0]}, (2, 5, 6)),
    (nn.Conv2d, (4, 8, 3), {"groups": 4, "padding": "same"}, (1, 4, 3, 3)),
    (nn.Conv2d, (2, 2, 2), {"dilation": [1, 2], "padding": "valid"}, (1, 2, 4, 5)),
    (nn.Conv3d, (2, 2, 2), {"stride": [1, 2, 1], "padding": 1}, (1, 2, 2, 3, 2)),
    (nn.ConvTranspose1d, (2, 3, 3), {}, (2, 2, 4)),
    (
        nn.ConvTranspose1d,
        (4, 2, 3),
        {"stride": 2, "padding": 1, "output_padding": 1, "groups": 2},
        (1, 4, 4),
    ),
    (nn.ConvTranspose2d, (2, 3, 2), {"stride": 2}, (2, 2, 2, 3)),
    (
        nn.ConvTranspose2d,
        (2, 2, [3, 2]),
        {
            "stride": [2, 3],
            "padding": 1,
            "output_padding": [1, 0],
            "dilation": [1, 2],
            "bias": False,
        },
        (2, 3, 3),
    ),
    (nn.ConvTranspose2d, (4, 8, 2), {"groups": 4}, (1, 4, 2, 2)),
    (nn.MaxPool1d, (2,), {}, (2, 2, 5)),
    (nn.MaxPool1d, (3,), {"stride": 2, "padding": 1, "return_indices": True}, (2, 6)),
    (nn.MaxPool2d, (2,), {}, (1, 2, 4, 6)),
    (nn.MaxPool2d, ([2, 3],), {"stride": [1, 2], "padding": [0, 1]}, (1, 2, 4, 6)),
    (
        nn.MaxPool2d,
        (2,),
        {"dilation": 2, "ceil_mode": True, "return_indices": True},
        (1, 2, 5, 6),
    ),
    (nn.AvgPool1d, (2,), {}, (2, 2, 5)),
    (
        nn.AvgPool1d,
        (3,),
        {"stride": 2, "padding": 1, "ceil_mode": True, "count_include_pad": False},
        (1, 2, 6),
    ),
    (nn.AvgPool2d, (2,), {}, (1, 2, 4, 6)),
    (
        nn.AvgPool2d,
        ([3, 2],),
        {"stride": 2, "padding": 1, "ceil_mode": True, "count_include_pad": False},
        (2, 6, 6),
    ),
    (nn.AvgPool2d, (2,), {"stride": 1, "divisor_override": 3}, (1, 1, 3, 3)),
    (nn.AdaptiveAvgPool1d, (3,), {}, (1, 2, 7)),
    (nn.AdaptiveMaxPool1d, (3,), {"return_indices": True}, (1, 2, 7)),
    (nn.AdaptiveAvgPool2d, (1,), {}, (2, 3, 4, 4)),
    (nn.AdaptiveAvgPool2d, ([2, 3],), {}, (2, 5, 4)),
    (nn.AdaptiveMaxPool2d, ([None, 2],), {}, (1, 2, 3, 5)),
    (nn.AdaptiveMaxPool2d, (2,), {"return_indices": True}, (1, 2, 3, 5)),
    (nn.Upsample, (), {"scale_factor": 2}, (1, 2, 2, 3)),
    (nn.Upsample, (), {"size": [3, 5]}, (1, 2, 2, 3)),
    (nn.Upsample, (), {"scale_factor": 2, "mode": "bilinear"}, (1, 2, 2, 3)),
    (
        nn.Upsample,
        (),
        {"size": [3, 5], "mode": "bilinear", "align_corners": True},
        (1, 2, 2, 3),
    ),
    (nn.PixelShuffle, (2,), {}, (1, 8, 2, 3)),
    (nn.PixelUnshuffle, (2,), {}, (1, 2, 4, 6)),
    (
        nn.Unfold,
        ([2, 3],),
        {"dilation": [1, 2], "padding": [1, 0], "stride": [2, 1]},
        (1, 2, 4, 6),
    ),
    (nn.Unfold, (2,), {}, (1, 2, 3, 3)),
    (
        nn.Fold,
        ([4, 6], [2, 3]),
        {"dilation": [1, 2], "padding": [1, 0], "stride": [2, 1]},
        (1, 6, 6),
    ),
    (nn.Fold, (3, 2), {}, (1, 8, 4)),
    (nn.Dropout1d, (0.0,), {}, (1, 2, 3)),
    (nn.Dropout2d, (0.0,), {}, (1, 2, 2, 3)),
]


def cases():
    for layer, args, options, shape in CASES:
        name, x = name_of(layer, args, options, shape), uniform(shape, seed=101)
        yield layer_case(name, layer, args, options, [x])
    x = uniform((1, 2, 2, 3), seed=101)
    title = "Dropout2d: in eval mode"
    yield layer_case(title, nn.Dropout2d, (), {}, [x], training=False)


def main():
    with warnings.catch_warnings():
        # Where 'same' pads one side more, PyTorch warns that it copies the input.
        warnings.simplefilter("ignore", UserWarning)
        made = list(cases())
    write("05-conv", "layers", made)


if __name__ == "__main__":
    main()
