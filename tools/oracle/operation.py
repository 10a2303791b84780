"""A case of one operation: what is called, on what, and what PyTorch answers.

The case names the call as DeepDive spells it. PyTorch's own spelling follows from that,
or is given as `answer`, a function of the inputs.
"""

import json
import re

import torch

from fixture import as_float32, cotangent, encode

SPELLINGS = {"logSumExp": "logsumexp"}


class Input(int):
    """Stands in a list of arguments for the input of that number."""


def method(call, inputs, *args, **how):
    """The case of inputs[0].call(…): the other inputs, then `args`.

    Where an Input is among `args`, they are all that the call receives.
    """
    if not mentions_input(args):
        args = (*map(Input, range(1, len(inputs))), *args)
    return case("method", call, inputs, args, **how)


def function(call, inputs, *args, **how):
    """The case of call(…), a free function; `args` are all that it receives."""
    return case("function", call, inputs, args, **how)


def case(kind, call, inputs, args, answer=None, note="", gradients=True, **extra):
    """`extra` may hold a tolerance, with a reason why the usual one cannot hold."""
    for x in inputs:
        require_float32(x)
    leaves = [x.clone().requires_grad_(x.is_floating_point()) for x in inputs]
    if answer is None:
        source = leaves[0] if kind == "method" else torch
        answer = lambda *tensors: ask(source, call, args, tensors, kind == "method")
    outputs = as_list(answer(*leaves))
    made = {
        "name": name_of(call, args, inputs, note),
        kind: call,
        "inputs": [encode(x, exact=True) for x in inputs],
        "args": to_json(args),
        "outputs": [encode(x) for x in outputs],
    }
    sources = [x for x in outputs if x.requires_grad]
    if gradients and sources:
        torch.autograd.backward(sources, [cotangent(x) for x in sources])
        made["gradients"] = [None if x.grad is None else encode(x.grad) for x in leaves]
    return {**made, **extra}


def require_float32(x):
    if not x.is_floating_point():
        return
    for value in x.reshape(-1).tolist():
        if value == value and as_float32(value) != value:
            raise ValueError(f"{value} is no float32: make inputs by uniform()")


def ask(source, call, args, tensors, is_method):
    """What PyTorch's function of the same name answers to the same arguments."""
    name = SPELLINGS.get(call) or re.sub("[A-Z]", lambda m: "_" + m[0].lower(), call)
    args = resolve(args, tensors)
    options = args.pop() if args and isinstance(args[-1], dict) else {}
    return getattr(tensors[0] if is_method else torch, name)(*args, **options)


def resolve(args, tensors):
    def one(arg):
        if isinstance(arg, Input):
            return tensors[arg]
        return [one(item) for item in arg] if isinstance(arg, list) else arg

    return [one(arg) for arg in args]


def mentions_input(args):
    return any(
        isinstance(arg, Input) or (isinstance(arg, list) and mentions_input(arg))
        for arg in args
    )


def as_list(answer):
    return [answer] if isinstance(answer, torch.Tensor) else list(answer)


def to_json(arg):
    """Arguments as the tests read them: {"input": n} for an input."""
    if isinstance(arg, Input):
        return {"input": int(arg)}
    if isinstance(arg, (list, tuple)):
        return [to_json(item) for item in arg]
    if isinstance(arg, dict):
        return {key: to_json(value) for key, value in arg.items()}
    if isinstance(arg, float) and arg in (float("inf"), float("-inf")):
        return "Infinity" if arg > 0 else "-Infinity"
    return arg


def name_of(call, args, inputs, note):
    """As `sum(1, {keepdim: true}) of [7, 5]`; other dtypes than float32 are named."""
    written = [written_arg(to_json(arg)) for arg in args if not mentions_input([arg])]
    called = f"{call}({', '.join(written)})" if written else call
    shapes = " and ".join(written_type(x) for x in inputs)
    return called + (f" of {shapes}" if shapes else "") + (f", {note}" if note else "")


def written_arg(arg):
    if isinstance(arg, dict):
        inside = ", ".join(f"{key}: {written_arg(value)}" for key, value in arg.items())
        return "{" + inside + "}"
    if isinstance(arg, list):
        return "[" + ", ".join(map(written_arg, arg)) + "]"
    return arg if isinstance(arg, str) else json.dumps(arg)


def written_type(x):
    kind = {torch.float64: "", torch.bool: "bool "}.get(x.dtype, "int32 ")
    return kind + str(list(x.shape))
