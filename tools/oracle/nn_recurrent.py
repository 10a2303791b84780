"""RNN, LSTM and GRU: recurrent.json.

The form of a case is in nn_case.py. `inputs` is [x], [x, h0] or, for an LSTM, [x, h0, c0],
where h0 and c0 are given as a pair: forward(x, [h0, c0]). `outputs` is [output, hN] or,
for an LSTM, [output, hN, cN].
"""

from torch import nn

from fixture import uniform, write
from nn_case import layer_case

FEATURES, HIDDEN, TIME, BATCH = 3, 2, 4, 2

CASES = [
    ("one layer", {}, False),
    ("one layer, from a given state", {}, True),
    ("without bias", {"bias": False}, True),
    ("batch first", {"batch_first": True}, False),
    ("batch first, from a given state", {"batch_first": True}, True),
    ("two layers", {"num_layers": 2}, True),
    ("both directions", {"bidirectional": True}, False),
    (
        "both directions, batch first",
        {"bidirectional": True, "batch_first": True},
        True,
    ),
    ("two layers, both directions", {"num_layers": 2, "bidirectional": True}, True),
    (
        "two layers, both directions, without bias",
        {"num_layers": 2, "bidirectional": True, "bias": False},
        False,
    ),
]

KINDS = [
    (nn.RNN, {}),
    (nn.RNN, {"nonlinearity": "relu"}),
    (nn.LSTM, {}),
    (nn.GRU, {}),
]


def state_shape(options, batch):
    directions = 2 if options.get("bidirectional") else 1
    return (options.get("num_layers", 1) * directions, *batch, HIDDEN)


def recurrent_case(name, layer, options, x, batch, given_state):
    """Runs a layer over x; LSTM alone takes its two states as a pair."""
    count = {True: 2, False: 1}[layer is nn.LSTM] if given_state else 0
    states = [
        uniform(state_shape(options, batch), -1, 1, seed=201 + i) for i in range(count)
    ]
    pack = (lambda tensors: (tensors[0], tuple(tensors[1:]))) if count == 2 else None
    args = (FEATURES, HIDDEN)
    return layer_case(name, layer, args, options, [x, *states], pack=pack)


def empty_batches(title, layer, kind):
    both = {**kind, "num_layers": 2, "bidirectional": True, "batch_first": True}
    x, batch_first = uniform((TIME, 0, FEATURES)), uniform((0, TIME, FEATURES))
    yield recurrent_case(f"{title}: an empty batch", layer, kind, x, (0,), False)
    yield recurrent_case(
        f"{title}: an empty batch, two layers, both directions, from a given state",
        layer,
        both,
        batch_first,
        (0,),
        True,
    )


def cases():
    for layer, kind in KINDS:
        title = " ".join([layer.__name__, *kind.values()])
        for name, options, given_state in CASES:
            lead = (BATCH, TIME) if options.get("batch_first") else (TIME, BATCH)
            x = uniform((*lead, FEATURES), seed=101)
            yield recurrent_case(
                f"{title}: {name}", layer, {**kind, **options}, x, (BATCH,), given_state
            )
        x = uniform((TIME, FEATURES), seed=101)
        yield recurrent_case(f"{title}: no batch", layer, kind, x, (), False)
        yield recurrent_case(
            f"{title}: no batch, from a given state", layer, kind, x, (), True
        )
        x = uniform((5, 3, FEATURES), seed=101)
        yield recurrent_case(f"{title}: prime sizes", layer, kind, x, (3,), True)
        yield from empty_batches(title, layer, kind)
        x = uniform((1, 1, FEATURES), seed=101)
        yield recurrent_case(f"{title}: a single step", layer, kind, x, (1,), False)


def main():
    write("03-nn", "recurrent", list(cases()))


if __name__ == "__main__":
    main()
