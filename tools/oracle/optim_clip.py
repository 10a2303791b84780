"""Clipping gradients: clip.json.

A case, as JSON:

    name        what the case shows, in words
    function    "clipGradNorm" or "clipGradValue", torch.nn.utils' clip_grad_norm_ and
                clip_grad_value_
    args        [maxNorm] or [clipValue], after the parameters
    options     for clipGradNorm {normType}, which may be "Infinity"
    gradients   of each parameter; null: it has none
    totalNorm   clipGradNorm alone: what it returns, the norm before clipping
    clipped     the gradients afterwards
"""

import torch
from torch.nn.utils import clip_grad_norm_, clip_grad_value_

from fixture import encode, encode_number, uniform, write

BOTH = [uniform((3, 2), seed=1), uniform((4,), seed=2)]
ONE_MISSING = [BOTH[0], None, BOTH[1]]
ZERO = [torch.zeros(3)]
INFINITY = float("inf")

# (name, gradients, greatest norm, kind of norm)
NORMS = [
    ("above", BOTH, 1.0, None),
    ("below", BOTH, 100.0, None),
    ("a parameter without a gradient", ONE_MISSING, 0.5, None),
    ("no gradient at all", [None], 0.5, None),
    ("zero gradients", ZERO, 1.0, None),
    ("a greatest norm of zero", BOTH, 0.0, None),
    *(
        (f"norm {kind}, {side}", BOTH, greatest, kind)
        for kind in (1.0, 2.0, 3.0, INFINITY)
        for side, greatest in (("above", 0.5), ("below", 50.0))
    ),
]

VALUES = [
    ("some", BOTH, 0.5),
    ("none", BOTH, 5.0),
    ("a parameter without a gradient", ONE_MISSING, 1.0),
]


def parameters_with(gradients):
    parameters = []
    for gradient in gradients:
        parameter = torch.zeros(1 if gradient is None else gradient.shape)
        parameter.requires_grad_()
        parameter.grad = None if gradient is None else gradient.clone()
        parameters.append(parameter)
    return parameters


def encode_all(gradients, exact=False):
    return [None if g is None else encode(g, exact) for g in gradients]


def norm_case(name, gradients, greatest, kind):
    parameters = parameters_with(gradients)
    options = {} if kind is None else {"norm_type": kind}
    total = clip_grad_norm_(parameters, greatest, **options)
    return {
        "name": f"clipGradNorm: {name}",
        "function": "clipGradNorm",
        "args": [greatest],
        "options": {} if kind is None else {"normType": encode_number(kind)},
        "gradients": encode_all(gradients, exact=True),
        "totalNorm": encode_number(float(total)),
        "clipped": encode_all([parameter.grad for parameter in parameters]),
    }


def value_case(name, gradients, greatest):
    parameters = parameters_with(gradients)
    clip_grad_value_(parameters, greatest)
    return {
        "name": f"clipGradValue: {name}",
        "function": "clipGradValue",
        "args": [greatest],
        "options": {},
        "gradients": encode_all(gradients, exact=True),
        "clipped": encode_all([parameter.grad for parameter in parameters]),
    }


def main():
    cases = [norm_case(*case) for case in NORMS]
    write("04-optim", "clip", cases + [value_case(*case) for case in VALUES])


if __name__ == "__main__":
    main()
