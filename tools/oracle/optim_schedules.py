"""Learning rates over 20 steps of each schedule: schedules.json.

A case, as JSON:

    name              what the case shows, in words
    optimizer         "SGD" or "Adam", with `optimizerOptions`
    groups            its parameter groups, each {lr}; each has a parameter of its own
    schedule          the class, as in torch.optim.lr_scheduler
    args              its positional arguments after the optimizer
    options           its keyword arguments, in camelCase
    schedulers        SequentialLR alone: the schedules that it runs, each
                      {schedule, args, options}, made in this order before it is made
    metrics           ReduceLROnPlateau alone: the argument of each of the 20 steps
    learningRates     21 lists: the rate of each group once the schedule is made, and
                      then after each of 20 calls of step()
    momenta           OneCycleLR alone, where it cycles them: the same for the momentum
                      of each group, which for Adam is betas[0]

The lambdas of LambdaLR are strings, read alike by Python and JavaScript, of `epoch`:
"0.95 ** epoch"; a list of them has one for each group. The optimizer steps before the
schedule, without gradients.
"""

import warnings

import torch
from torch import optim
from torch.optim import lr_scheduler

from fixture import encode_number, write
from optim_schedule_choices import ONE_CYCLE, PLAIN, PLATEAU, SEQUENTIAL
from options import encode_options

STEPS = 20


def read_lambda(text):
    return eval(f"lambda epoch: {text}")


def build(schedule, optimizer, args, options):
    if schedule == "LambdaLR":
        texts = args[0]
        one = isinstance(texts, str)
        args = [read_lambda(texts) if one else [read_lambda(text) for text in texts]]
    return getattr(lr_scheduler, schedule)(optimizer, *args, **options)


def make_optimizer(kind, groups, options):
    return getattr(optim, kind)(
        [{**group, "params": [torch.zeros(1, requires_grad=True)]} for group in groups],
        **({"lr": 0.1} | options),
    )


def rates(optimizer):
    return [encode_number(float(group["lr"])) for group in optimizer.param_groups]


def momenta(optimizer):
    return [
        encode_number(group["betas"][0] if "betas" in group else group["momentum"])
        for group in optimizer.param_groups
    ]


def follow(optimizer, schedule, metrics=None, read=rates):
    """What `read` finds at the start and after each step of the schedule."""
    rows = [read(optimizer)]
    for step in range(STEPS):
        optimizer.step()
        schedule.step(*([] if metrics is None else [metrics[step]]))
        rows.append(read(optimizer))
    return rows


def header(name, schedule, args, options, groups, kind="SGD", settings=None):
    return {
        "name": f"{schedule}: {name}",
        "optimizer": kind,
        "optimizerOptions": encode_options(settings or {}),
        "groups": groups,
        "schedule": schedule,
        "args": args,
        "options": encode_options(options),
    }


def plain_case(name, schedule, args, options, groups):
    optimizer = make_optimizer("SGD", groups, {})
    learning_rates = follow(optimizer, build(schedule, optimizer, args, options))
    case = header(name, schedule, args, options, groups)
    return {**case, "learningRates": learning_rates}


def one_cycle_case(name, args, options, groups, kind, settings):
    optimizer = make_optimizer(kind, groups, settings)
    schedule = build("OneCycleLR", optimizer, args, options)
    both = follow(optimizer, schedule, read=lambda o: (rates(o), momenta(o)))
    case = header(
        f"{name}, {kind}", "OneCycleLR", args, options, groups, kind, settings
    )
    case["learningRates"] = [row[0] for row in both]
    if options.get("cycle_momentum", True):
        case["momenta"] = [row[1] for row in both]
    return case


def plateau_case(name, options, groups, metrics):
    optimizer = make_optimizer("SGD", groups, {})
    schedule = build("ReduceLROnPlateau", optimizer, [], options)
    learning_rates = follow(optimizer, schedule, metrics)
    case = header(name, "ReduceLROnPlateau", [], options, groups)
    return {**case, "metrics": metrics, "learningRates": learning_rates}


def sequential_case(name, parts, milestones, groups):
    optimizer = make_optimizer("SGD", groups, {})
    schedules = [build(part[0], optimizer, *part[1:]) for part in parts]
    sequence = lr_scheduler.SequentialLR(optimizer, schedules, milestones)
    case = header(name, "SequentialLR", [], {"milestones": milestones}, groups)
    case["schedulers"] = [
        {"schedule": schedule, "args": args, "options": encode_options(options)}
        for schedule, args, options in parts
    ]
    return {**case, "learningRates": follow(optimizer, sequence)}


def cases():
    for case in PLAIN:
        yield plain_case(*case)
    for case in ONE_CYCLE:
        yield one_cycle_case(*case, "SGD", {"momentum": 0.9})
        yield one_cycle_case(*case, "Adam", {})
    for case in PLATEAU:
        yield plateau_case(*case)
    for case in SEQUENTIAL:
        yield sequential_case(*case)


def main():
    with warnings.catch_warnings():
        # SequentialLR itself calls step(epoch), which PyTorch advises against.
        warnings.simplefilter("ignore", UserWarning)
        write("04-optim", "schedules", list(cases()))


if __name__ == "__main__":
    main()
