"""Rates that more than one schedule changes: chained-schedules.json.

A case, as JSON:

    name              what the case shows, in words
    groups            the parameter groups of an SGD, each {lr}, as in schedules.json
    schedules         made in this order, each {schedule, args, options}, and for
                      SequentialLR {schedulers}; each epoch steps all, in this order
    metrics           what ReduceLROnPlateau receives in each of 12 epochs
    changed           {epoch, lr}: before that epoch's steps each group is set to a rate
    added             {epoch, lr}: before that epoch's steps a group is added
    learningRates     13 lists: the rate of each group once the schedules are made, and
                      then after each epoch

`metrics`, `changed` and `added` are there where the case needs them.
"""

import warnings

import torch
from torch.optim import lr_scheduler

from fixture import write
from optim_schedules import build, make_optimizer, rates
from options import encode_options

EPOCHS = 12
ONE, TWO = [{"lr": 1.0}], [{"lr": 1.0}, {"lr": 0.2}]

WARMUP = ("LinearLR", [], {"start_factor": 0.5, "total_iters": 2})
SLOW_WARMUP = ("LinearLR", [], {"start_factor": 0.1, "total_iters": 6})
FADE = ("ExponentialLR", [0.9], {})
STAIRS = ("StepLR", [2], {})
LOW_STAIRS = ("MultiStepLR", [[3, 7]], {"gamma": 0.5})
COSINE = ("CosineAnnealingLR", [15], {})
SHORT_COSINE = ("CosineAnnealingLR", [4], {})
HIGH_COSINE = ("CosineAnnealingLR", [15], {"eta_min": 0.01})
SHORT_HIGH_COSINE = ("CosineAnnealingLR", [3], {"eta_min": 0.01})
TO_ZERO = ("LinearLR", [], {"start_factor": 1.0, "end_factor": 0.0, "total_iters": 4})
GROWTH = ("ExponentialLR", [1.05], {})
OWN = ("LambdaLR", ["1 / (1 + epoch)"], {})
CYCLE = ("OneCycleLR", [1.0], {"total_steps": 20, "cycle_momentum": False})
SEQUENCE = ("SequentialLR", [WARMUP, FADE], {"milestones": [3]})

IMPATIENT = ("ReduceLROnPlateau", [], {"patience": 0})
PATIENT = ("ReduceLROnPlateau", [], {"patience": 2, "factor": 0.5, "min_lr": 0.03})
FLAT = {"metrics": [0.7] * EPOCHS}
CHANGED = {"changed": {"epoch": 4, "lr": 0.05}}
CHANGED_AT_ZERO = {"changed": {"epoch": 5, "lr": 0.05}}
ADDED = {"added": {"epoch": 4, "lr": 0.3}}

# (name, groups, schedules, what else happens)
CASES = [
    ("a warm-up, and cuts on a plateau", ONE, [WARMUP, IMPATIENT], FLAT),
    ("a slow warm-up, and cuts", TWO, [SLOW_WARMUP, PATIENT], FLAT),
    ("cuts, and then a cosine", TWO, [PATIENT, COSINE], FLAT),
    ("a sequence, and cuts", ONE, [SEQUENCE, PATIENT], FLAT),
    ("a factor and stairs", ONE, [FADE, STAIRS], {}),
    ("stairs and stairs", TWO, [STAIRS, LOW_STAIRS], {}),
    ("a warm-up, a cosine and stairs", TWO, [WARMUP, COSINE, LOW_STAIRS], {}),
    ("a cosine down to 0 and up again, and a factor", ONE, [SHORT_COSINE, FADE], {}),
    ("a cosine to a least rate, and a factor", TWO, [HIGH_COSINE, FADE], {}),
    ("growth, and a cosine up from its least rate", ONE, [GROWTH, SHORT_HIGH_COSINE], {}),
    ("a cosine at its bottom, set by hand", ONE, [SHORT_COSINE], CHANGED_AT_ZERO),
    ("a line down at 0, set by hand", ONE, [TO_ZERO], CHANGED_AT_ZERO),
    ("a rule of one's own has the last word", ONE, [FADE, OWN], {}),
    ("a cycle has the last word", ONE, [FADE, CYCLE], {}),
    *(
        (f"{schedule[0]} goes on from a rate set by hand", TWO, [schedule], CHANGED)
        for schedule in [STAIRS, LOW_STAIRS, FADE, COSINE, SLOW_WARMUP, SEQUENCE]
    ),
    ("a cosine to a least rate, set by hand", ONE, [HIGH_COSINE], CHANGED),
    *(
        (f"{schedule[0]} overrules a rate set by hand", ONE, [schedule], CHANGED)
        for schedule in [OWN, CYCLE]
    ),
    *(
        (f"{schedule[0]} takes up a group added later", ONE, [schedule], ADDED)
        for schedule in [STAIRS, LOW_STAIRS, FADE, COSINE, SLOW_WARMUP]
    ),
    ("a cosine to a least rate, for a group too", ONE, [HIGH_COSINE], ADDED),
    ("two schedules take up a group added later", ONE, [FADE, STAIRS], ADDED),
]


def build_one(made, optimizer):
    schedule, args, options = made
    if schedule != "SequentialLR":
        return build(schedule, optimizer, args, options)
    parts = [build_one(part, optimizer) for part in args]
    return lr_scheduler.SequentialLR(optimizer, parts, **options)


def encode_made(schedule, args, options):
    made = {"schedule": schedule, "args": args, "options": encode_options(options)}
    if schedule == "SequentialLR":
        made |= {"args": [], "schedulers": [encode_made(*part) for part in args]}
    return made


def happen(optimizer, epoch, changed=None, added=None, metrics=None):
    if changed and changed["epoch"] == epoch:
        for group in optimizer.param_groups:
            group["lr"] = changed["lr"]
    if added and added["epoch"] == epoch:
        parameter = torch.zeros(1, requires_grad=True)
        optimizer.add_param_group({"params": [parameter], "lr": added["lr"]})


def chained_case(name, groups, mades, events):
    optimizer = make_optimizer("SGD", groups, {})
    schedules = [build_one(made, optimizer) for made in mades]
    rows = [rates(optimizer)]
    for epoch in range(1, EPOCHS + 1):
        happen(optimizer, epoch, **events)
        optimizer.step()
        for schedule in schedules:
            plateau = isinstance(schedule, lr_scheduler.ReduceLROnPlateau)
            schedule.step(*([events["metrics"][epoch - 1]] if plateau else []))
        rows.append(rates(optimizer))
    return {
        "name": name,
        "groups": groups,
        "schedules": [encode_made(*made) for made in mades],
        **events,
        "learningRates": rows,
    }


def main():
    with warnings.catch_warnings():
        # SequentialLR itself calls step(epoch), which PyTorch advises against.
        warnings.simplefilter("ignore", UserWarning)
        cases = [chained_case(*case) for case in CASES]
    write("04-optim", "chained-schedules", cases)


if __name__ == "__main__":
    main()
