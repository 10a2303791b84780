"""What initialisation draws from: init.json.

The numbers drawn are random, so a case says which distribution they come from. It is
read off by watching PyTorch draw: every draw ends in Tensor.uniform_(low, high) or
Tensor.normal_(mean, std). A distribution is one of

    {"uniform": [low, high]}   {"normal": [mean, std]}   {"constant": value}

Three kinds of case, told apart by `kind`:

    gain    calculateGain(...args) is `gain`
    fill    init's `function`, with `options` in camelCase, on a tensor of `shape`, whose
            fans are `fanIn` and `fanOut`, draws from `distribution`
    layer   the constructor of `layer` with `args` and `options` draws each parameter from
            parameters[state_dict key]; in an Embedding, row `zeroRow`, if any, is zero

Names of nonlinearities and modes are PyTorch's own strings ("leaky_relu", "fan_in").
"""

from contextlib import contextmanager

import torch
from torch import nn
from torch.nn import init

from fixture import encode_number, write
from options import camel, encode_options


@contextmanager
def watched_draws():
    """Yields {address of a tensor: the distribution that it was drawn from last}."""
    drawn, kinds = {}, {"uniform_": "uniform", "normal_": "normal"}
    originals = {method: getattr(torch.Tensor, method) for method in kinds}

    def watch(method):
        def draw(tensor, first=0.0, second=1.0):
            numbers = [encode_number(float(first)), encode_number(float(second))]
            drawn[tensor.data_ptr()] = {kinds[method]: numbers}
            return originals[method](tensor, first, second)

        return draw

    for method in kinds:
        setattr(torch.Tensor, method, watch(method))
    try:
        yield drawn
    finally:
        for method, original in originals.items():
            setattr(torch.Tensor, method, original)


def distribution(tensor, drawn):
    """Where the numbers of a tensor come from, a later constant hiding an earlier draw."""
    first = tensor.detach().reshape(-1)[0]
    if bool((tensor == first).all()):
        return {"constant": encode_number(first.item())}
    return drawn[tensor.data_ptr()]


GAINS = [
    ["linear"],
    ["conv2d"],
    ["sigmoid"],
    ["tanh"],
    ["relu"],
    ["leaky_relu"],
    ["leaky_relu", 0.2],
    ["selu"],
]

SHAPES = [(3, 5), (4, 3, 2, 2)]

KAIMING = [
    {},
    {"mode": "fan_out"},
    {"nonlinearity": "relu"},
    {"mode": "fan_out", "nonlinearity": "relu"},
    {"a": 0.2},
    {"a": 5**0.5},
    {"nonlinearity": "tanh"},
    {"nonlinearity": "linear"},
]

FILLS = [
    *((init.xavier_uniform_, options) for options in ({}, {"gain": 5 / 3})),
    *((init.xavier_normal_, options) for options in ({}, {"gain": 5 / 3})),
    *((init.kaiming_uniform_, options) for options in KAIMING),
    *((init.kaiming_normal_, options) for options in KAIMING),
]

LAYERS = [
    (nn.Linear, [5, 3], {}),
    (nn.Linear, [5, 3], {"bias": False}),
    (nn.Bilinear, [5, 3, 2], {}),
    (nn.Embedding, [5, 3], {}),
    (nn.Embedding, [5, 3], {"padding_idx": 2}),
    (nn.LayerNorm, [[3]], {}),
    (nn.MultiheadAttention, [4, 2], {}),
    (nn.MultiheadAttention, [4, 2], {"bias": False}),
    (nn.MultiheadAttention, [4, 2], {"kdim": 3, "vdim": 5}),
    (nn.RNN, [3, 4], {}),
    (nn.LSTM, [3, 4], {"num_layers": 2, "bidirectional": True}),
    (nn.GRU, [3, 4], {}),
    (nn.PReLU, [], {"num_parameters": 3}),
    (nn.PReLU, [], {"init": 0.5}),
]


def gain_case(args):
    name = f"gain of {' '.join(map(str, args))}"
    gain = encode_number(float(init.calculate_gain(*args)))
    return {"name": name, "kind": "gain", "args": args, "gain": gain}


def fill_case(function, options, shape):
    tensor = torch.empty(shape)
    fan_in, fan_out = init._calculate_fan_in_and_fan_out(tensor)
    with watched_draws() as drawn:
        function(tensor, **options)
    name = camel(function.__name__.rstrip("_")) + "_"
    given = "".join(f" {key} {value}" for key, value in options.items())
    return {
        "name": f"{name}{given} on {list(shape)}",
        "kind": "fill",
        "function": name,
        "options": encode_options(options),
        "shape": list(shape),
        "fanIn": fan_in,
        "fanOut": fan_out,
        "distribution": distribution(tensor, drawn),
    }


def layer_case(layer, args, options):
    with watched_draws() as drawn:
        module = layer(*args, **options)
    given = "".join(f" {key} {value}" for key, value in options.items())
    zero_row = {"zeroRow": options["padding_idx"]} if "padding_idx" in options else {}
    return {
        "name": f"{layer.__name__}{given}",
        "kind": "layer",
        "layer": layer.__name__,
        "args": args,
        "options": encode_options(options),
        "parameters": {
            key: distribution(value, drawn) for key, value in module.named_parameters()
        },
        **zero_row,
    }


def main():
    cases = [gain_case(args) for args in GAINS]
    cases += [fill_case(*fill, shape) for fill in FILLS for shape in SHAPES]
    cases += [layer_case(*layer) for layer in LAYERS]
    write("03-nn", "init", cases)


if __name__ == "__main__":
    main()
