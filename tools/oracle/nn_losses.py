"""The losses as functions: losses.json.

The form of a case is in nn_loss_case.py.
"""

import warnings

import torch
from torch.nn import functional as F

from fixture import integers, uniform, write
from nn_cross_entropy import cross_entropy_cases, nll_cases
from nn_loss_case import (
    REDUCTIONS,
    each_reduction,
    loss_case,
    none_and_many,
    probabilities,
    values,
)

# Regression: two tensors of one shape.

NEAR = values([0.5, -0.25, 1.0, -3.0, 0.0])
FAR = values([0.5, 0.0, -1.0, 2.0, 0.125])


def regression_cases():
    x, y = uniform((3, 4), seed=1), uniform((3, 4), seed=2)
    variants = [
        (F.mse_loss, [{}]),
        (F.l1_loss, [{}]),
        (F.smooth_l1_loss, [{}, {"beta": 0.5}, {"beta": 3.0}, {"beta": 0.0}]),
        (F.huber_loss, [{}, {"delta": 0.5}, {"delta": 3.0}]),
    ]
    for function, choices in variants:
        yield loss_case("defaults", function, [x, y])
        yield loss_case("where both agree in one place", function, [NEAR, FAR])
        yield loss_case("two numbers", function, [values(0.75), values(-1.5)])
        for options in choices:
            name = " ".join(
                ["a matrix", *(f"{key} {value}" for key, value in options.items())]
            )
            yield from each_reduction(name, function, [x, y], **options)
        yield from none_and_many(function, two_matrices)


def two_matrices(samples):
    return [uniform((samples, 5), seed=1), uniform((samples, 5), seed=2)]


# Two classes: probabilities, or better logits, against targets from 0 to 1.

HARD = values([[1.0, 0.0, 1.0], [0.0, 0.0, 1.0]])


def binary_cases():
    share, target = uniform((2, 3), 0.05, 0.95, seed=1), uniform(
        (2, 3), 0.0, 1.0, seed=2
    )
    weight, loss, none = uniform((2, 3), 0.5, 2.0, seed=3), F.binary_cross_entropy, (1,)
    yield loss_case("defaults", loss, [share, HARD], none)
    yield from each_reduction("soft targets", loss, [share, target], none)
    yield from each_reduction("weighted", loss, [share, target], none, weight=weight)
    yield loss_case(
        "a weight for each column", loss, [share, target], none, weight=weight[0]
    )
    certain, truth = values([0.0, 1.0, 0.0, 1.0]), values([0.0, 1.0, 1.0, 0.0])
    yield from each_reduction(
        "certain, right and wrong: log is cut at -100", loss, [certain, truth], none
    )
    yield from none_and_many(loss, two_matrices_of_shares, none)


def two_matrices_of_shares(samples):
    return [uniform((samples, 5), 0.05, 0.95, seed=n) for n in (1, 2)]


def binary_logit_cases():
    logits, target = uniform((2, 3), seed=1), uniform((2, 3), 0.0, 1.0, seed=2)
    weight, loss = uniform((2, 3), 0.5, 2.0, seed=3), F.binary_cross_entropy_with_logits
    positive = uniform((3,), 0.5, 4.0, seed=4)
    yield loss_case("defaults", loss, [logits, HARD])
    for name, options in [
        ("soft targets", {}),
        ("weighted", {"weight": weight}),
        ("weighted positives", {"pos_weight": positive}),
        (
            "weighted, and weighted positives",
            {"weight": weight, "pos_weight": positive},
        ),
    ]:
        yield from each_reduction(name, loss, [logits, target], **options)
    extreme = values([1000.0, -1000.0, 1000.0, -1000.0, 0.0])
    truth = values([1.0, 0.0, 0.0, 1.0, 1.0])
    yield from each_reduction("logits of ±1000", loss, [extreme, truth])
    yield loss_case(
        "logits of ±1000, weighted positives",
        loss,
        [extreme, truth],
        pos_weight=values(3.0),
    )
    yield from none_and_many(
        loss, lambda n: [uniform((n, 5), seed=1), uniform((n, 5), 0.0, 1.0, seed=2)]
    )


# Distributions and directions.


def divergence_cases():
    loss, log_share = F.kl_div, uniform((3, 4), seed=1).log_softmax(1).float().double()
    share = probabilities((3, 4), 1, seed=2)
    yield loss_case("defaults", loss, [log_share, share])
    zeros = values([[0.5, 0.5, 0.0, 0.0], [0.0, 1.0, 0.0, 0.0], [0.25] * 4])
    for reduction in (*REDUCTIONS, "batchmean"):
        yield loss_case(
            f"probabilities, {reduction}", loss, [log_share, share], reduction=reduction
        )
        inputs = [log_share, share.log().float().double()]
        yield loss_case(
            f"logarithms, {reduction}",
            loss,
            inputs,
            reduction=reduction,
            log_target=True,
        )
        inputs = [log_share, zeros]
        yield loss_case(
            f"zero probabilities, {reduction}", loss, inputs, (1,), reduction=reduction
        )
    yield from none_and_many(
        loss, lambda n: [uniform((n, 5), seed=1), probabilities((n, 5), 1, seed=2)]
    )


def cosine_cases():
    loss, same = F.cosine_embedding_loss, torch.tensor([1, -1, -1, 1])
    pair = [uniform((4, 3), seed=1), uniform((4, 3), seed=2)]
    yield loss_case("defaults", loss, [*pair, same])
    yield loss_case("labels as floats", loss, [*pair, same.double()], (2,))
    for margin in (0.0, 0.5, -0.5):
        name = f"margin {margin}"
        yield from each_reduction(name, loss, [*pair, same], margin=margin)
    corner = [values([[1.0, 0.0], [0.0, 2.0]]), values([[0.0, 3.0], [1.0, 0.0]])]
    name = "no more alike than the margin allows"
    yield from each_reduction(name, loss, [*corner, torch.tensor([-1, -1])])
    for label in (1, -1):
        vectors = [uniform((3,), seed=1), uniform((3,), seed=3)]
        yield loss_case(
            f"two vectors, label {label}", loss, [*vectors, torch.tensor(label)]
        )
    yield from none_and_many(
        loss, lambda n: [*two_matrices(n), integers((n,), 0, 2, seed=3) * 2 - 1]
    )


FAMILIES = [
    regression_cases,
    cross_entropy_cases,
    nll_cases,
    binary_cases,
    binary_logit_cases,
    divergence_cases,
    cosine_cases,
]


def main():
    with warnings.catch_warnings():
        # klDiv's mean is a mean over elements, which PyTorch says it may change one day.
        warnings.simplefilter("ignore", UserWarning)
        cases = [case for family in FAMILIES for case in family()]
    write("03-nn", "losses", cases)


if __name__ == "__main__":
    main()
