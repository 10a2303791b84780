"""Output sizes over a grid, those where nothing is left included: sizes.json.

A case, as JSON:

    name          the call, in words
    function      the name without 1d or 2d, in camelCase: conv, convTranspose, maxPool …
    kernelSize    of the filters or windows
    options       keyword arguments, in camelCase
    sizes         what comes out of an axis of 1, 2, 3 … 8 elements; null where PyTorch
                  raises an error
    error         true where PyTorch raises one for every size; then there are no `sizes`

Each was asked of the 1d function and, on both axes, of the 2d function: they agree.
"""

from itertools import product

import torch
from torch.nn import functional as F

from fixture import write
from operation import written_arg
from options import camel, encode_options

EXTENTS = range(1, 9)
KERNELS = (1, 2, 3, 5)

GRIDS = {
    "conv": {"stride": (1, 2, 3), "padding": (0, 1, 2), "dilation": (1, 2)},
    "conv_transpose": {
        "stride": (1, 2, 3),
        "padding": (0, 1, 2),
        "output_padding": (0, 1),
        "dilation": (1, 2),
    },
    "max_pool": {
        "stride": (1, 2, 3),
        "padding": (0, 1, 2),
        "dilation": (1, 2),
        "ceil_mode": (False, True),
    },
    "avg_pool": {
        "stride": (1, 2, 3),
        "padding": (0, 1, 2),
        "ceil_mode": (False, True),
    },
}


def size(function, extent, kernel_size, options):
    """The size that comes out, or None for an error."""
    found = {ask(function, extent, kernel_size, options, rank) for rank in (1, 2)}
    if len(found) > 1:
        raise ValueError(f"{function}1d and 2d disagree: {options} gives {found}")
    return found.pop()


def ask(function, extent, kernel_size, options, rank):
    x = torch.zeros((1, 1, *[extent] * rank), requires_grad=True)
    is_conv = function.startswith("conv")
    kernel = torch.zeros((1, 1, *[kernel_size] * rank)) if is_conv else kernel_size
    try:
        return getattr(F, f"{function}{rank}d")(x, kernel, **options).shape[-1]
    except RuntimeError:
        return None


def size_case(function, kernel_size, options):
    sizes = [size(function, extent, kernel_size, options) for extent in EXTENTS]
    possible = any(found is not None for found in sizes)
    name, written = camel(function), encode_options(options)
    return {
        "name": f"{name}, kernel size {kernel_size}, {written_arg(written)}",
        "function": name,
        "kernelSize": kernel_size,
        "options": written,
        **({"sizes": sizes} if possible else {"error": True}),
    }


def cases():
    for function, choices in GRIDS.items():
        for kernel_size, *values in product(KERNELS, *choices.values()):
            yield size_case(function, kernel_size, dict(zip(choices, values)))


def main():
    write("05-conv", "sizes", list(cases()))


if __name__ == "__main__":
    main()
