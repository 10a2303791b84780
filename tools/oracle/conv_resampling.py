"""interpolate, pixelShuffle, pixelUnshuffle, unfold and fold as functions:
resampling.json.

The form of a case is in operation.py. The nearest neighbour of a place is
⌊place · (1 / scaleFactor)⌋, or ⌊place · (in / out)⌋ where a size is given. In the cases
where rounding decides, it is that of float32, as in DeepDive.
"""

from torch.nn import functional as F

from conv_case import function_case
from fixture import uniform, write
from operation import Input, function

# (input, size or scale factor)
SIZES = [
    ((2, 2, 3, 4), {"size": [6, 8]}),
    ((1, 2, 3, 4), {"size": [5, 7]}),
    ((1, 2, 5, 7), {"size": [3, 2]}),
    ((1, 1, 3, 4), {"size": 5}),
    ((1, 1, 3, 4), {"size": [3, 4]}),
    ((1, 1, 3, 4), {"size": [1, 1]}),
    ((1, 1, 1, 1), {"size": [2, 3]}),
    ((2, 2, 3, 4), {"scale_factor": 2}),
    ((1, 2, 3, 4), {"scale_factor": 1.5}),
    ((1, 2, 3, 4), {"scale_factor": 1.7}),
    ((1, 2, 4, 5), {"scale_factor": 0.5}),
    ((1, 1, 5, 7), {"scale_factor": 0.6}),
    ((1, 1, 3, 4), {"scale_factor": [2, 1.25]}),
    ((1, 1, 3, 4), {"scale_factor": [1, 3]}),
]

NEAREST_1D = [
    ((2, 2, 4), {"size": 8}),
    ((1, 2, 4), {"size": [7]}),
    ((1, 2, 7), {"size": 3}),
    ((1, 2, 4), {"scale_factor": 2}),
    ((1, 2, 4), {"scale_factor": [1.75]}),
    ((1, 2, 7), {"scale_factor": 0.5}),
]

# No pixel is added: 'bilinear' copies, and what 'nearest' does depends in PyTorch on the
# order in memory.
COPIED = [((1, 1, 3, 4), [1, 1.1]), ((1, 1, 3, 4), [1.2, 1.5])]

# Two pixels become so many. In float32, 41 · (2 / 82) is below 1, and 49 · (2 / 98) is 1;
# in float64, it is the other way round.
ROUNDED = [82, 98]

# (input, upscale factor)
SHUFFLES = [((1, 4, 2, 3), 2), ((2, 8, 2, 2), 2), ((9, 1, 2), 3), ((2, 3, 2, 2), 1)]

# (input, downscale factor)
UNSHUFFLES = [((1, 1, 4, 6), 2), ((2, 2, 4, 4), 2), ((1, 3, 6), 3), ((2, 3, 2, 2), 1)]

# (input, kernel size, options)
UNFOLDED = [
    ((2, 2, 4, 5), 2, {}),
    ((2, 4, 5), [2, 3], {}),
    ((1, 2, 5, 6), 3, {"stride": 2, "padding": 1}),
    ((1, 1, 5, 6), [2, 3], {"stride": [2, 1], "padding": [1, 0], "dilation": [1, 2]}),
    ((1, 1, 6, 6), 2, {"dilation": 3}),
    ((1, 2, 3, 4), [3, 4], {}),
    ((1, 3, 3, 2), 1, {}),
]

# (input, output size, kernel size, options)
FOLDED = [
    ((2, 8, 12), [4, 5], 2, {}),
    ((12, 9), [4, 5], [2, 3], {}),
    ((1, 8, 6), [4, 6], 2, {"stride": 2}),
    ((1, 18, 9), [5, 6], 3, {"stride": 2, "padding": 1}),
    (
        (1, 6, 6),
        [5, 6],
        [2, 3],
        {"stride": [2, 1], "padding": [1, 0], "dilation": [1, 2]},
    ),
    ((1, 4, 9), [6, 6], 2, {"dilation": 3}),
    ((1, 4, 25), 6, 2, {}),
    ((1, 24, 1), [3, 4], [3, 4], {}),
]


def rounded_case(size):
    return function(
        "interpolate",
        [uniform((1, 1, 2), seed=101)],
        Input(0),
        {"size": size},
        answer=lambda x: F.interpolate(x.float(), size=size).double(),
        note="where rounding decides",
    )


def interpolated():
    for shape, options in SIZES:
        x = uniform(shape, seed=101)
        yield function_case("interpolate", [x], **options, mode="nearest")
        for align_corners in (False, True):
            yield function_case(
                "interpolate",
                [x],
                **options,
                mode="bilinear",
                align_corners=align_corners,
            )
    for shape, scale_factor in COPIED:
        x = uniform(shape, seed=101)
        options = {"scale_factor": scale_factor, "mode": "bilinear"}
        yield function_case("interpolate", [x], **options)
    for shape, options in NEAREST_1D:
        yield function_case("interpolate", [uniform(shape, seed=101)], **options)
    for size in ROUNDED:
        yield rounded_case(size)


def cases():
    yield from interpolated()
    for shape, factor in SHUFFLES:
        yield function_case("pixel_shuffle", [uniform(shape, seed=101)], factor)
    for shape, factor in UNSHUFFLES:
        yield function_case("pixel_unshuffle", [uniform(shape, seed=101)], factor)
    for shape, kernel_size, options in UNFOLDED:
        x = uniform(shape, seed=101)
        yield function_case("unfold", [x], kernel_size, **options)
    for shape, output_size, kernel_size, options in FOLDED:
        x = uniform(shape, seed=101)
        yield function_case("fold", [x], output_size, kernel_size, **options)


def main():
    write("05-conv", "resampling", list(cases()))


if __name__ == "__main__":
    main()
