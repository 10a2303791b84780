"""The activations as layers: activations.json.

The form of a case is in nn_case.py. Four kinds of input: ordinary numbers; the place
where a kinked function has no derivative (PyTorch's choice is the one recorded);
numbers so large that a careless formula overflows; and none at all.
"""

import torch
from torch import nn

from fixture import uniform, write
from nn_case import layer_case

ZEROS = torch.tensor([-1.0, 0.0, 0.0, 1.0])
LARGE = torch.tensor([-1000.0, -20.0, 0.0, 20.0, 1000.0])
EMPTY = torch.zeros(0, 3)
LARGE_ROWS = torch.tensor([[1000.0, -1000.0, 0.0], [-1000.0, -1000.0, -999.0]])

ELEMENTWISE = [
    (nn.ReLU, {}),
    (nn.LeakyReLU, {}),
    (nn.LeakyReLU, {"negative_slope": 0.2}),
    (nn.PReLU, {}),
    (nn.ELU, {}),
    (nn.ELU, {"alpha": 0.5}),
    (nn.GELU, {}),
    (nn.GELU, {"approximate": "tanh"}),
    (nn.SiLU, {}),
    (nn.Sigmoid, {}),
    (nn.Tanh, {}),
    (nn.Softplus, {}),
    (nn.Softplus, {"beta": 2}),
    (nn.Softplus, {"beta": 0.5, "threshold": 0.5}),
]

# ELU is smooth at zero only for alpha = 1.
KINKED = [nn.ReLU, nn.LeakyReLU, nn.PReLU, nn.ELU]

PRELU = [
    ("a slope for each channel", {"num_parameters": 3}, (2, 3)),
    ("a slope for each channel, of images", {"num_parameters": 2}, (2, 2, 2, 2)),
    ("one slope, of images", {"num_parameters": 1}, (2, 2, 3)),
    ("a slope for each channel, prime sizes", {"num_parameters": 5}, (3, 5, 7)),
    ("a slope for each channel, an empty batch", {"num_parameters": 3}, (0, 3)),
]

SOFTMAX = [
    ((3, 4), 1),
    ((3, 4), 0),
    ((3, 4), -1),
    ((2, 3, 2), 1),
    ((5,), 0),
    ((2, 1), 1),
    ((7, 5), 1),
    ((0, 3), 1),
    ((0, 3), 0),
]


def words(options):
    return "".join(f", {name} {value}" for name, value in options.items())


def cases():
    for layer, options in ELEMENTWISE:
        name = f"{layer.__name__}{words(options)}"
        yield layer_case(
            f"{name}: a matrix", layer, (), options, [uniform((3, 5), -3, 3, 101)]
        )
        yield layer_case(f"{name}: large numbers", layer, (), options, [LARGE])
        yield layer_case(f"{name}: an empty batch", layer, (), options, [EMPTY])
    for layer in KINKED:
        yield layer_case(f"{layer.__name__}: at zero", layer, (), {}, [ZEROS])
    for name, options, shape in PRELU:
        yield layer_case(
            f"PReLU: {name}", nn.PReLU, (), options, [uniform(shape, seed=101)]
        )
    for layer in (nn.Softmax, nn.LogSoftmax):
        for shape, dim in SOFTMAX:
            name = f"{layer.__name__}: {list(shape)} along {dim}"
            yield layer_case(name, layer, [dim], {}, [uniform(shape, seed=101)])
        yield layer_case(
            f"{layer.__name__}: large numbers", layer, [1], {}, [LARGE_ROWS]
        )


def main():
    write("03-nn", "activations", list(cases()))


if __name__ == "__main__":
    main()
