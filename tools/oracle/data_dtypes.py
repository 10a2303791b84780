"""Tensors of all dtypes: dtypes.safetensors, and what is in them: dtypes.json.

A case has a name, the tensor's, and the tensor as float32, int32 or bool.
"""

import torch

from fixture import ROOT, encode, write
from safetensors_file import write_safetensors

FRACTIONS = [0.0, -0.0, 1.0, -2.5, 2.0**-14, 2.0**-24, 65504.0, -(2.0**-20) * 3]
EXTREMES = [float("inf"), float("-inf"), float("nan"), 0.1]
FLOATS = [torch.float16, torch.bfloat16, torch.float32, torch.float64]
INTEGERS = [torch.int8, torch.int16, torch.int32, torch.int64]


def limits(dtype):
    """The least and the greatest number, as far as int32 has them."""
    info = torch.iinfo(dtype if dtype != torch.int64 else torch.int32)
    return [info.min, -1, 0, 1, info.max]


def tensors():
    for dtype in FLOATS:
        values = torch.tensor(FRACTIONS + EXTREMES, dtype=dtype)
        yield str(dtype)[6:], values.reshape(3, 4)
    for dtype in INTEGERS:
        yield str(dtype)[6:], torch.tensor(limits(dtype), dtype=dtype)
    yield "uint8", torch.tensor([[0, 1], [128, 255]], dtype=torch.uint8)
    yield "bool", torch.tensor([True, False, True])
    yield "scalar", torch.tensor(7.5, dtype=torch.float32)
    yield "empty", torch.zeros((2, 0, 3), dtype=torch.float32)


def encode_read(tensor):
    """What float32 makes of float64 is part of the answer."""
    return encode(tensor.float() if tensor.is_floating_point() else tensor, exact=True)


def main():
    named = dict(tensors())
    cases = [{"name": name, "tensor": encode_read(named[name])} for name in named]
    write("07-data", "dtypes", cases)
    folder = ROOT / "chapters" / "07-data" / "test" / "fixtures"
    write_safetensors(folder / "dtypes.safetensors", named, {"format": "pt"})


if __name__ == "__main__":
    main()
