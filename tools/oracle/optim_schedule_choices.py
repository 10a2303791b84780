"""Which options of each schedule are run, over which parameter groups."""

ONE, TWO = [{"lr": 0.1}], [{"lr": 0.1}, {"lr": 0.02}]

# Better, a plateau within the threshold, worse, better again, and a long plateau.
FALLING = [1.0, 0.8, 0.6, 0.59, 0.595, 0.61, 0.7, 0.62, 0.5, 0.45]
FALLING += [0.451, 0.46, 0.455, 0.47, 0.48, 0.452, 0.44995, 0.46, 0.47, 0.46]
RISING = [round(1.5 - value, 5) for value in FALLING]

# (name, schedule, args, options, groups)
PLAIN = [
    ("defaults", "StepLR", [6], {}, ONE),
    ("a given factor", "StepLR", [4], {"gamma": 0.5}, TWO),
    ("every step", "StepLR", [1], {"gamma": 0.9}, ONE),
    ("defaults", "MultiStepLR", [[3, 8, 15]], {}, ONE),
    ("a given factor", "MultiStepLR", [[2, 10]], {"gamma": 0.5}, TWO),
    ("a milestone named twice", "MultiStepLR", [[5, 5, 12]], {"gamma": 0.5}, ONE),
    ("slow", "ExponentialLR", [0.95], {}, TWO),
    ("fast", "ExponentialLR", [0.5], {}, ONE),
    ("growing", "ExponentialLR", [1.1], {}, ONE),
    ("to the end", "CosineAnnealingLR", [20], {}, ONE),
    ("to a least rate", "CosineAnnealingLR", [20], {"eta_min": 0.01}, TWO),
    ("up again", "CosineAnnealingLR", [7], {}, ONE),
    ("up again from a least rate", "CosineAnnealingLR", [6], {"eta_min": 0.01}, TWO),
    ("a power", "LambdaLR", ["0.95 ** epoch"], {}, ONE),
    ("one for both groups", "LambdaLR", ["1 / (1 + 0.5 * epoch)"], {}, TWO),
    ("one for each", "LambdaLR", [["0.9 ** epoch", "(epoch + 1) / 21"]], {}, TWO),
    ("defaults", "LinearLR", [], {}, ONE),
    (
        "slowly up",
        "LinearLR",
        [],
        {"start_factor": 0.1, "total_iters": 10},
        TWO,
    ),
    (
        "down",
        "LinearLR",
        [],
        {"start_factor": 1.0, "end_factor": 0.2, "total_iters": 20},
        ONE,
    ),
]

LENGTH = {"total_steps": 21}

# (name, args, options, groups)
ONE_CYCLE = [
    ("defaults", [1.0], LENGTH, ONE),
    ("linear", [1.0], {**LENGTH, "anneal_strategy": "linear"}, ONE),
    ("three phases", [1.0], {**LENGTH, "three_phase": True}, ONE),
    (
        "three phases, linear",
        [1.0],
        {**LENGTH, "three_phase": True, "anneal_strategy": "linear", "pct_start": 0.4},
        ONE,
    ),
    ("epochs of steps", [1.0], {"epochs": 3, "steps_per_epoch": 7}, ONE),
    (
        "given factors",
        [0.5],
        {**LENGTH, "pct_start": 0.5, "div_factor": 10.0, "final_div_factor": 100.0},
        ONE,
    ),
    (
        "given momenta",
        [0.5],
        {**LENGTH, "base_momentum": 0.7, "max_momentum": 0.9},
        ONE,
    ),
    ("constant momentum", [1.0], {**LENGTH, "cycle_momentum": False}, ONE),
    ("a peak for each group", [[1.0, 0.2]], LENGTH, TWO),
    ("longer than the run", [1.0], {"total_steps": 40}, ONE),
]

QUICK = {"patience": 2}

# (name, options, groups, metrics)
PLATEAU = [
    ("defaults", {}, ONE, FALLING),
    ("little patience", QUICK, TWO, FALLING),
    ("no patience", {"patience": 0, "factor": 0.5}, ONE, FALLING),
    ("the greatest", {**QUICK, "mode": "max"}, ONE, RISING),
    ("a coarse relative threshold", {**QUICK, "threshold": 0.1}, ONE, FALLING),
    (
        "an absolute threshold",
        {**QUICK, "threshold": 0.03, "threshold_mode": "abs"},
        ONE,
        FALLING,
    ),
    (
        "the greatest, an absolute threshold",
        {**QUICK, "mode": "max", "threshold": 0.03, "threshold_mode": "abs"},
        ONE,
        RISING,
    ),
    (
        "the greatest, a coarse relative threshold",
        {**QUICK, "mode": "max", "threshold": 0.1},
        ONE,
        RISING,
    ),
    ("a pause after each cut", {"patience": 1, "cooldown": 3}, ONE, FALLING),
    ("a least rate", {"patience": 0, "min_lr": 0.005}, ONE, FALLING),
    (
        "a least rate for each group",
        {"patience": 0, "factor": 0.5, "min_lr": [0.01, 0.001]},
        TWO,
        FALLING,
    ),
    (
        "a cut too small to make",
        {"patience": 0, "factor": 0.5, "eps": 0.004},
        ONE,
        FALLING,
    ),
]

UP = ("LinearLR", [], {"start_factor": 0.1, "total_iters": 5})
DOWN = ("CosineAnnealingLR", [15], {})
FADE = ("ExponentialLR", [0.9], {})
STAIRS = ("StepLR", [3], {"gamma": 0.5})

# (name, schedules, milestones, groups)
SEQUENTIAL = [
    ("warm up, then cosine", [UP, DOWN], [5], ONE),
    ("warm up, then exponential", [UP, FADE], [5], TWO),
    ("exponential, then stairs", [FADE, STAIRS], [4], ONE),
    ("three schedules", [UP, FADE, STAIRS], [5, 12], TWO),
]
