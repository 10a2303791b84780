"""One case of a loss, as a function of torch.nn.functional.

The case, as JSON:

    name            what the case shows, in words
    loss            the function of torch.nn.functional, in camelCase without _
    inputs          its positional tensors, in order
    options         its keyword arguments, in camelCase; tensors encoded
    output          what it returns
    inputGradients  one for each input, when output receives fixture.cotangent(output),
                    for a scalar sin(1); null for labels, and for targets towards which
                    PyTorch has no derivative

Class labels are int32; ±1 labels of cosineEmbeddingLoss come as int32 and as float32.
"""

import torch

from fixture import encode, uniform
from nn_case import encode_result, leaves, send_back
from options import camel, encode_options

REDUCTIONS = ("mean", "sum", "none")


def loss_case(name, function, inputs, constant=(), **options):
    """Runs a loss. `constant` lists the float inputs without a gradient."""
    given = [
        x if i in constant else leaf
        for i, (x, leaf) in enumerate(zip(inputs, leaves(inputs)))
    ]
    output = function(*given, **options)
    send_back([output])
    loss = camel(function.__name__)
    return {
        "name": f"{loss}: {name}",
        "loss": loss,
        "inputs": [encode(x, exact=True) for x in inputs],
        "options": encode_options(options),
        "output": encode_result(output),
        "inputGradients": [encode_result(x.grad) for x in given],
    }


def each_reduction(name, function, inputs, constant=(), **options):
    for reduction in REDUCTIONS:
        title = f"{name}, {reduction}"
        yield loss_case(
            title, function, inputs, constant, reduction=reduction, **options
        )


def none_and_many(function, some, constant=()):
    """An empty batch, of which a mean would be NaN, and one of prime sizes.

    `some` makes the inputs for a number of samples.
    """
    for reduction in ("sum", "none"):
        title = f"an empty batch, {reduction}"
        yield loss_case(title, function, some(0), constant, reduction=reduction)
    yield loss_case("prime sizes", function, some(7), constant)


def values(rows):
    """Numbers written by hand, as float32 holds them."""
    return torch.tensor(rows).float().double()


def probabilities(shape, dim, seed):
    """Positive numbers that sum to one along a dimension, up to float32's rounding."""
    return uniform(shape, seed=seed).softmax(dim).float().double()
