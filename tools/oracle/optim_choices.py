"""Which options of each optimizer are run."""

from torch import optim

MOMENTUM = {"lr": 0.1, "momentum": 0.9}

SGD = [
    {"lr": 0.1},
    {"lr": 0.1, "weight_decay": 0.1},
    {"lr": 0.1, "maximize": True},
    MOMENTUM,
    {**MOMENTUM, "dampening": 0.5},
    {**MOMENTUM, "nesterov": True},
    {**MOMENTUM, "weight_decay": 0.1},
    {**MOMENTUM, "maximize": True},
    {**MOMENTUM, "nesterov": True, "weight_decay": 0.1, "maximize": True},
    {**MOMENTUM, "dampening": 0.5, "weight_decay": 0.1, "maximize": True},
]

ADAM = [
    {},
    {"lr": 0.1},
    {"lr": 0.1, "betas": [0.5, 0.9]},
    {"lr": 0.1, "eps": 0.1},
    {"lr": 0.1, "weight_decay": 0.1},
    {"lr": 0.1, "betas": [0.5, 0.6], "amsgrad": True},
    {"lr": 0.1, "maximize": True},
    {
        "lr": 0.1,
        "betas": [0.5, 0.6],
        "weight_decay": 0.1,
        "amsgrad": True,
        "maximize": True,
    },
]

RMSPROP = [
    {},
    {"lr": 0.1},
    {"lr": 0.1, "alpha": 0.5},
    {"lr": 0.1, "eps": 0.1},
    MOMENTUM,
    {"lr": 0.1, "centered": True},
    {**MOMENTUM, "centered": True},
    {"lr": 0.1, "weight_decay": 0.1},
    {"lr": 0.1, "maximize": True},
    {**MOMENTUM, "alpha": 0.5, "centered": True, "weight_decay": 0.1},
]

ADAGRAD = [
    {},
    {"lr": 0.1},
    {"lr": 0.1, "lr_decay": 0.5},
    {"lr": 0.1, "initial_accumulator_value": 0.5},
    {"lr": 0.1, "weight_decay": 0.1},
    {"lr": 0.1, "eps": 0.1},
    {"lr": 0.1, "maximize": True},
    {
        "lr": 0.1,
        "lr_decay": 0.5,
        "initial_accumulator_value": 0.5,
        "weight_decay": 0.1,
    },
]

CHOICES = [
    (optim.SGD, SGD),
    (optim.Adam, ADAM),
    (optim.AdamW, ADAM + [{"weight_decay": 0.0}]),
    (optim.RMSprop, RMSPROP),
    (optim.Adagrad, ADAGRAD),
]

# What every optimizer shares is shown with a short list of options for each.
TYPICAL = [
    (optim.SGD, {"lr": 0.1, "momentum": 0.9, "weight_decay": 0.1}),
    (optim.Adam, {"lr": 0.1, "amsgrad": True}),
    (optim.AdamW, {"lr": 0.1}),
    (optim.RMSprop, {"lr": 0.1, "momentum": 0.9, "centered": True}),
    (optim.Adagrad, {"lr": 0.1, "lr_decay": 0.5}),
]
