"""Cross entropy and negative log likelihood: part of losses.json.

The form of a case is in nn_loss_case.py.
"""

import torch
from torch.nn import functional as F

from fixture import integers, uniform
from nn_loss_case import (
    each_reduction,
    loss_case,
    none_and_many,
    probabilities,
    values,
)

# Logits [N, C, …] or [C], against labels or probabilities.

LABELS = torch.tensor([2, 0, 3, 2])
IGNORING = torch.tensor([2, -100, 3, 1])
CLASS_WEIGHT = values([0.5, 2.0, 1.0, 0.25])
EXTREME = values(
    [[1000.0, -1000.0, 0.0], [-1000.0, 1000.0, 1000.0], [1000.0, 1000.0, 1000.0]]
)


def label_variants():
    """What cross entropy and nll take alike."""
    yield "labels", LABELS, {}
    yield "weighted classes", LABELS, {"weight": CLASS_WEIGHT}
    yield "an ignored label", IGNORING, {}
    yield "another ignored label", LABELS, {"ignore_index": 2}
    yield "weights and an ignored label", IGNORING, {"weight": CLASS_WEIGHT}


def smoothed_variants():
    smooth = {"label_smoothing": 0.1}
    yield "smoothed labels", LABELS, smooth
    yield "smoothed, weighted classes", LABELS, {**smooth, "weight": CLASS_WEIGHT}
    yield "smoothed, an ignored label", IGNORING, smooth
    yield "smoothed, weighted, an ignored label", IGNORING, {
        **smooth,
        "weight": CLASS_WEIGHT,
    }


def cross_entropy_cases():
    loss, logits = F.cross_entropy, uniform((4, 4), seed=1)
    yield loss_case("defaults", loss, [logits, LABELS])
    for name, labels, options in [*label_variants(), *smoothed_variants()]:
        yield from each_reduction(name, loss, [logits, labels], **options)
    share = probabilities((4, 4), 1, seed=3)
    for name, options in [
        ("probabilities", {}),
        ("probabilities, weighted classes", {"weight": CLASS_WEIGHT}),
        ("smoothed probabilities", {"label_smoothing": 0.2}),
        (
            "smoothed probabilities, weighted",
            {"label_smoothing": 0.2, "weight": CLASS_WEIGHT},
        ),
    ]:
        yield from each_reduction(name, loss, [logits, share], **options)
    yield from each_reduction(
        "one sample", loss, [uniform((4,), seed=1), torch.tensor(2)]
    )
    one_share = probabilities((4,), 0, seed=3)
    yield from each_reduction(
        "one sample, probabilities", loss, [uniform((4,), seed=1), one_share]
    )
    sequence, tags = uniform((2, 4, 3), seed=1), integers((2, 3), 0, 4, seed=2)
    yield from each_reduction("labels at each position", loss, [sequence, tags])
    for name, options in [
        ("weighted labels at each position", {"weight": CLASS_WEIGHT}),
        ("smoothed labels at each position", {"label_smoothing": 0.1}),
    ]:
        yield loss_case(name, loss, [sequence, tags], **options)
    shares = probabilities((2, 4, 3), 1, seed=3)
    yield from each_reduction(
        "probabilities at each position", loss, [sequence, shares]
    )
    image, pixels = uniform((2, 3, 2, 2), seed=1), integers((2, 2, 2), 0, 3, seed=2)
    yield from each_reduction("labels at each pixel", loss, [image, pixels])
    certain = torch.tensor([0, 0, 1])
    yield from each_reduction("logits of ±1000", loss, [EXTREME, certain])
    yield loss_case(
        "logits of ±1000, smoothed", loss, [EXTREME, certain], label_smoothing=0.1
    )
    yield loss_case(
        "logits of ±1000, probabilities",
        loss,
        [EXTREME, EXTREME.softmax(1).float().double()],
    )
    yield from none_and_many(loss, scores_and_labels)
    yield loss_case(
        "an empty batch of probabilities",
        loss,
        [uniform((0, 5)), uniform((0, 5))],
        reduction="sum",
    )


def scores_and_labels(samples):
    return [uniform((samples, 5), seed=1), integers((samples,), 0, 5, seed=2)]


def nll_cases():
    loss, log_share = (
        F.nll_loss,
        uniform((4, 4), seed=1).log_softmax(1).float().double(),
    )
    yield loss_case("defaults", loss, [log_share, LABELS])
    for name, labels, options in label_variants():
        yield from each_reduction(name, loss, [log_share, labels], **options)
    yield loss_case("one sample", loss, [log_share[0], torch.tensor(2)])
    tags = integers((2, 3), 0, 4, seed=2)
    yield from each_reduction(
        "labels at each position", loss, [uniform((2, 4, 3), seed=1), tags]
    )
    yield from none_and_many(loss, scores_and_labels)
