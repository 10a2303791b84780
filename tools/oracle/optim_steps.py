"""Five steps of each optimizer: optimizers.json.

A case, as JSON:

    name        what the case shows, in words
    optimizer   the class, as in torch.optim
    options     the optimizer's keyword arguments, in camelCase
    groups      its parameter groups: {params: indices into `parameters`, …options}
    parameters  the tensors before the first step
    gradients   for each of 5 steps a gradient for each parameter; null: it has none
    after       for each of 5 steps each parameter after that step
    stateDict   what state_dict() returns after step 5, with PyTorch's own keys
    stateDictAfterThree   the same after step 3, to be loaded into a fresh optimizer
                          together with after[2], from where steps 4 and 5 go on

In a state dict the keys of `state` are strings, a tensor is encoded, None is null, and
`step` is a tensor of shape [] or, for RMSprop, a number: PyTorch 1.13 does both.
Options of the groups that only choose an implementation (foreach, capturable, …) are
left out.
"""

import torch
from torch import optim

from fixture import encode, uniform, write
from optim_choices import CHOICES, TYPICAL
from options import camel, encode_options

SHAPES = [(3, 2), (4,)]
UNUSUAL = [(), (0, 3), (7, 5), (2, 3, 4)]
STEPS = 5
IMPLEMENTATION = {"foreach", "capturable", "differentiable", "fused"}

TOGETHER = [{"params": [0, 1]}]
APART = [{"params": [0]}, {"params": [1], "lr": 0.01, "weight_decay": 0.2}]
OWN_START = [{"params": [0]}, {"params": [1], "initial_accumulator_value": 5.0}]


def draw_gradients(shapes=SHAPES):
    return [
        [uniform(shape, -1, 1, seed=10 * step + i) for i, shape in enumerate(shapes)]
        for step in range(1, STEPS + 1)
    ]


def encode_state(value):
    """A state dict, or a part of it, as JSON."""
    if torch.is_tensor(value):
        return encode(value)
    if isinstance(value, dict):
        return {
            str(key): encode_state(part)
            for key, part in value.items()
            if key not in IMPLEMENTATION
        }
    if isinstance(value, (list, tuple)):
        return [encode_state(part) for part in value]
    return value


def optimizer_case(
    name, optimizer, options, groups=TOGETHER, gradients=None, shapes=SHAPES
):
    start = [uniform(shape, seed=i + 1) for i, shape in enumerate(shapes)]
    parameters = [value.clone().requires_grad_() for value in start]
    gradients = gradients or draw_gradients(shapes)
    stepper = optimizer(
        [
            {**group, "params": [parameters[i] for i in group["params"]]}
            for group in groups
        ],
        **options,
    )
    after, states = [], []
    for step in gradients:
        for parameter, gradient in zip(parameters, step):
            parameter.grad = None if gradient is None else gradient.clone()
        stepper.step()
        after.append([encode(parameter) for parameter in parameters])
        states.append(encode_state(stepper.state_dict()))
    return {
        "name": f"{optimizer.__name__}: {name}",
        "optimizer": optimizer.__name__,
        "options": encode_options(options),
        "groups": [encode_options(group) for group in groups],
        "parameters": [encode(value, exact=True) for value in start],
        "gradients": [
            [g if g is None else encode(g, exact=True) for g in step]
            for step in gradients
        ],
        "after": after,
        "stateDict": states[-1],
        "stateDictAfterThree": states[2],
    }


def described(options):
    """{lr: 0.1, weight_decay: 0.1} → "lr 0.1, weightDecay 0.1"."""
    return (
        ", ".join(f"{camel(key)} {value}" for key, value in options.items())
        or "defaults"
    )


def cases():
    for optimizer, choices in CHOICES:
        for options in choices:
            yield optimizer_case(described(options), optimizer, options)
    for optimizer, options in TYPICAL:
        yield optimizer_case("two groups", optimizer, options, APART)
        late = draw_gradients()
        late[0][1] = late[2][0] = None
        name = "a parameter without a gradient keeps its value and its count of steps"
        yield optimizer_case(name, optimizer, options, gradients=late)
        flat = draw_gradients()
        flat[0][1] = flat[1][1] = torch.zeros(SHAPES[1])
        yield optimizer_case("gradients of zero", optimizer, options, gradients=flat)
        all_of_them = [{"params": [0, 1, 2, 3]}]
        name = "unusual shapes"
        yield optimizer_case(name, optimizer, options, all_of_them, shapes=UNUSUAL)
    start = {"lr": 0.1, "initial_accumulator_value": 0.5}
    name = "no group has a start of its own"
    yield optimizer_case(name, optim.Adagrad, start, OWN_START)


def main():
    write("04-optim", "optimizers", list(cases()))


if __name__ == "__main__":
    main()
