"""What all oracle scripts share: making inputs, and writing what PyTorch answers.

PyTorch computes in float64 on inputs that float32 holds exactly, so that a fixture is
the true answer and not another library's rounding. Inputs come from Python's own random
numbers, which are the same for a seed in every version.
"""

import json
import math
import random
import struct
from pathlib import Path

import torch

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)

ROOT = Path(__file__).resolve().parents[2]


LARGEST_FLOAT32 = struct.unpack(">f", bytes.fromhex("7f7fffff"))[0]


def as_float32(value):
    """The float32 nearest to a number, as a Python number."""
    return struct.unpack("f", struct.pack("f", value))[0]


def floats(values):
    """A vector of the given numbers, as float32 holds them."""
    return torch.tensor([as_float32(value) for value in values])


def uniform(shape, low=-2.0, high=2.0, seed=0):
    """A tensor of uniform random numbers of four decimals, as float32 holds them."""
    generator = random.Random(
        seed * 1000003 + sum((i + 1) * n for i, n in enumerate(shape))
    )
    count = math.prod(shape)
    values = [as_float32(round(generator.uniform(low, high), 4)) for _ in range(count)]
    return torch.tensor(values).reshape(shape)


def integers(shape, low, high, seed=0):
    """A tensor of random whole numbers from low up to, without, high."""
    generator = random.Random(
        seed * 1000003 + sum((i + 1) * n for i, n in enumerate(shape))
    )
    count = math.prod(shape)
    return torch.tensor(
        [generator.randrange(low, high) for _ in range(count)], dtype=torch.int64
    ).reshape(shape)


def encode_number(value):
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        return value
    if math.isnan(value):
        return "NaN"
    if abs(value) > LARGEST_FLOAT32:
        return "Infinity" if value > 0 else "-Infinity"
    return float(f"{value:.8g}")


def encode_input_number(value):
    """An input in as few digits as bring the very same float32 back."""
    if not isinstance(value, float) or not math.isfinite(value):
        return encode_number(value)
    candidates = (float(f"{value:.{digits}g}") for digits in range(1, 10))
    return next((short for short in candidates if as_float32(short) == value), value)


DTYPES = {torch.float64: "float32", torch.float32: "float32", torch.bool: "bool"}


def encode(tensor, exact=False):
    """A tensor as {shape, dtype, data}; every integer dtype becomes int32."""
    number = encode_input_number if exact else encode_number
    flat = tensor.detach().reshape(-1).tolist()
    return {
        "shape": list(tensor.shape),
        "dtype": DTYPES.get(tensor.dtype, "int32"),
        "data": [number(value) for value in flat],
    }


def cotangent(output):
    """The gradient that is sent back from an output: different for each element."""
    count = output.numel()
    values = [as_float32(math.sin(1.0 + index)) for index in range(count)]
    return torch.tensor(values).reshape(output.shape)


def write(chapter, name, cases):
    """Writes chapters/<chapter>/test/fixtures/<name>.json, a case a line."""
    names = [case["name"] for case in cases]
    twice = {case for case in names if names.count(case) > 1}
    if twice:
        raise ValueError(f"{chapter}/{name}: two cases are named {twice}")
    folder = ROOT / "chapters" / chapter / "test" / "fixtures"
    folder.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps(case, separators=(",", ":"), allow_nan=False) for case in cases]
    (folder / f"{name}.json").write_text("[\n" + ",\n".join(lines) + "\n]\n")
    print(f"{chapter}/{name}: {len(cases)} cases")
