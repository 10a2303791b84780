"""Attention, as a function and as a layer: attention.json.

The form of a case is in nn_case.py; the cases of scaledDotProductAttention have
`function` in place of `layer`, `args`, `options` and `state`.

What a bool mask says differs in PyTorch, and so here: for MultiheadAttention true means
"do not look", for scaledDotProductAttention true means "look". A float mask is added to
the scores by both. For MultiheadAttention `outputs` is [output, weights], the weights
null where needWeights is false.

PyTorch 1.13 has no public scaled_dot_product_attention, so it is computed here from its
formula (Vaswani et al. 2017, section 3.2.1), with the names of PyTorch 2.
"""

import math

import torch
from torch import nn

from fixture import encode, uniform, write
from nn_case import encode_result, layer_case, leaves, send_back
from options import encode_options

INFINITY = float("inf")


def scaled_dot_product_attention(
    query, key, value, attn_mask=None, is_causal=False, scale=None
):
    """softmax(scale · query · keyᵀ + mask) · value, with scale = 1/√E unless given."""
    scale = 1 / math.sqrt(query.shape[-1]) if scale is None else scale
    scores = query @ key.transpose(-2, -1) * scale
    if is_causal:
        attn_mask = torch.ones(scores.shape[-2:], dtype=torch.bool).tril()
    if attn_mask is not None and attn_mask.dtype == torch.bool:
        scores = scores.masked_fill(~attn_mask, -INFINITY)
    elif attn_mask is not None:
        scores = scores + attn_mask
    return scores.softmax(-1) @ value


def function_case(name, shapes, options=None):
    inputs = [uniform(shape, seed=101 + i) for i, shape in enumerate(shapes)]
    given = leaves(inputs)
    output = scaled_dot_product_attention(*given, **(options or {}))
    send_back([output])
    return {
        "name": f"scaledDotProductAttention: {name}",
        "function": "scaledDotProductAttention",
        "inputs": [encode(x, exact=True) for x in inputs],
        "forwardOptions": encode_options(options or {}),
        "outputs": [encode_result(output)],
        "inputGradients": [encode_result(x.grad) for x in given],
    }


LOOK = torch.tensor(
    [[True, False, True, True], [False, True, False, False], [True] * 4]
)
ADDED = torch.tensor(
    [[0.0, -INFINITY, 0.5, -1.0], [1.5, 0.0, -INFINITY, 0.25], [0.0] * 4]
)

FUNCTION_CASES = [
    ("no batch", [(3, 2), (4, 2), (4, 2)], {}),
    ("values of another width", [(3, 2), (4, 2), (4, 5)], {}),
    ("a batch", [(2, 3, 2), (2, 4, 2), (2, 4, 3)], {}),
    ("a batch of heads", [(2, 2, 3, 2), (2, 2, 4, 2), (2, 2, 4, 2)], {}),
    ("causal", [(2, 3, 2), (2, 3, 2), (2, 3, 2)], {"is_causal": True}),
    ("causal, more keys than queries", [(3, 2), (4, 2), (4, 2)], {"is_causal": True}),
    ("causal, more queries than keys", [(4, 2), (3, 2), (3, 2)], {"is_causal": True}),
    ("a bool mask", [(2, 3, 2), (2, 4, 2), (2, 4, 2)], {"attn_mask": LOOK}),
    ("a float mask", [(2, 3, 2), (2, 4, 2), (2, 4, 2)], {"attn_mask": ADDED}),
    (
        "a bool mask for each sample",
        [(2, 2, 3, 2), (2, 2, 4, 2), (2, 2, 4, 2)],
        {"attn_mask": torch.stack([LOOK, LOOK.flip(1)]).unsqueeze(1)},
    ),
    ("a given scale", [(3, 2), (4, 2), (4, 2)], {"scale": 0.3}),
    ("prime sizes", [(2, 5, 3), (2, 7, 3), (2, 7, 11)], {}),
    ("an empty batch", [(0, 3, 2), (0, 4, 2), (0, 4, 3)], {"is_causal": True}),
    ("no queries", [(2, 0, 2), (2, 4, 2), (2, 4, 3)], {}),
    ("no keys", [(2, 3, 2), (2, 0, 2), (2, 0, 3)], {}),
]

EMBED, HEADS = 4, 2
BATCH, TARGET, SOURCE = 2, 3, 4

CAUSAL = torch.ones(TARGET, TARGET, dtype=torch.bool).triu(1)
CAUSAL_FLOAT = torch.zeros(TARGET, TARGET).masked_fill(CAUSAL, -INFINITY)
PADDING = torch.tensor([[False, False, True], [False, False, False]])
SOURCE_PADDING = torch.tensor([[False, False, True, True], [False, False, False, True]])
PER_HEAD = torch.stack(
    [uniform((TARGET, SOURCE), seed=301 + i) for i in range(BATCH * HEADS)]
)

# (name, constructor options, forward options)
SELF_CASES = [
    ("sequence first", {}, {}),
    ("batch first", {"batch_first": True}, {}),
    ("without bias", {"bias": False}, {}),
    ("a causal bool mask", {"batch_first": True}, {"attn_mask": CAUSAL}),
    ("a causal float mask", {"batch_first": True}, {"attn_mask": CAUSAL_FLOAT}),
    ("padding", {"batch_first": True}, {"key_padding_mask": PADDING}),
    ("causal and padding", {}, {"attn_mask": CAUSAL, "key_padding_mask": PADDING}),
    (
        "a float mask and padding",
        {"batch_first": True},
        {"attn_mask": uniform((TARGET, TARGET), seed=300), "key_padding_mask": PADDING},
    ),
    ("no weights wanted", {}, {"need_weights": False}),
    ("weights of each head", {"batch_first": True}, {"average_attn_weights": False}),
]

CROSS_CASES = [
    ("sequence first", {}, {}),
    ("batch first", {"batch_first": True}, {}),
    ("padding", {"batch_first": True}, {"key_padding_mask": SOURCE_PADDING}),
    ("a mask for each head of each sample", {}, {"attn_mask": PER_HEAD}),
    ("keys and values of other widths", {"kdim": 3, "vdim": 5}, {}),
    (
        "keys of another width",
        {"kdim": 3, "batch_first": True},
        {"average_attn_weights": False},
    ),
    (
        "other widths, without bias",
        {"kdim": 3, "vdim": 5, "bias": False},
        {"need_weights": False},
    ),
]


def sequence(length, width, options, seed):
    lead = (BATCH, length) if options.get("batch_first") else (length, BATCH)
    return uniform((*lead, width), seed=seed)


def layer_cases():
    layer, args, itself = nn.MultiheadAttention, (EMBED, HEADS), [0, 0, 0]
    for name, options, forward in SELF_CASES:
        x = sequence(TARGET, EMBED, options, seed=101)
        title = f"MultiheadAttention to itself: {name}"
        yield layer_case(title, layer, args, options, [x], itself, forward)
    for name, options, forward in CROSS_CASES:
        inputs = [
            sequence(TARGET, EMBED, options, seed=101),
            sequence(SOURCE, options.get("kdim", EMBED), options, seed=102),
            sequence(SOURCE, options.get("vdim", EMBED), options, seed=103),
        ]
        title = f"MultiheadAttention to another: {name}"
        yield layer_case(title, layer, args, options, inputs, forward=forward)
    x = uniform((TARGET, EMBED), seed=101)
    title = "MultiheadAttention to itself: no batch"
    yield layer_case(title, layer, args, {}, [x], itself, {"attn_mask": CAUSAL})
    title = "MultiheadAttention to itself: one head"
    yield layer_case(title, layer, (3, 1), {}, [uniform((2, 1, 3), seed=101)], itself)
    title = "MultiheadAttention to itself: prime sizes"
    x = uniform((7, 3, 15), seed=101)
    yield layer_case(title, layer, (15, 5), {}, [x], itself, bound=0.3)
    title = "MultiheadAttention to itself: an empty batch"
    yield layer_case(title, layer, args, {}, [uniform((3, 0, EMBED))], itself)
    title = "MultiheadAttention to another: an empty batch, weights of each head"
    inputs = [uniform((0, length, EMBED)) for length in (3, 5, 5)]
    each = {"average_attn_weights": False}
    options = {"batch_first": True}
    yield layer_case(title, layer, args, options, inputs, forward=each)


def main():
    functions = [function_case(*case) for case in FUNCTION_CASES]
    write("03-nn", "attention", functions + list(layer_cases()))


if __name__ == "__main__":
    main()
