"""PyTorch, on one thread."""

import re
import sys
from pathlib import Path

import torch
from torch import nn

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from measure import serve  # noqa: E402

torch.set_num_threads(1)


def numbers(count, seed=0, scale=1.0):
    """The numbers of numbers.mjs."""
    i = torch.arange(count, dtype=torch.int64) + seed
    fraction = (i * 2654435761 % 2**32).double() / 2**32
    return ((2 * fraction - 1) * scale).float()


def matrix(shape, seed):
    return numbers(shape[0] * shape[1], seed).reshape(shape)


def flat(result):
    return result.flatten().tolist()


def matmul(work):
    shape = [work["size"], work["size"]]
    a, b = matrix(shape, 1), matrix(shape, 2)
    return lambda: a @ b, flat


def add(work):
    a, b = matrix(work["shape"], 1), matrix(work["shape"], 2)
    return lambda: a + b, flat


def exp(work):
    a = matrix(work["shape"], 1)
    return lambda: a.exp(), flat


def softmax(work):
    a = matrix(work["shape"], 1)
    return lambda: a.softmax(1), flat


def tiny(_):
    x = numbers(4).requires_grad_()
    return lambda: ((x * x + x) * x).sum().backward(), lambda _: flat(x.grad)


def mlp(work):
    sizes, batch = work["sizes"], work["batch"]
    inputs, classes = sizes[0], sizes[-1]
    x = numbers(batch * inputs, seed=1).reshape(batch, inputs)
    labels = [(torch.arange(batch) + step) % classes for step in range(classes)]
    layers = []
    for i, (rows, columns) in enumerate(zip(sizes[1:], sizes)):
        linear = nn.Linear(columns, rows)
        weight = numbers(rows * columns, seed=i, scale=columns**-0.5)
        linear.weight.data = weight.reshape(rows, columns)
        linear.bias.data.zero_()
        layers += [linear, nn.ReLU()]
    model = nn.Sequential(*layers[:-1])
    optimizer = torch.optim.Adam(model.parameters())
    step = 0

    def run():
        nonlocal step
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(model(x), labels[step % classes])
        loss.backward()
        optimizer.step()
        step += 1
        return loss.item()

    return run, lambda loss: [loss]


def blas():
    """The library that multiplies matrices: it decides more than PyTorch itself does."""
    built_with = re.search("BLAS_INFO=(\\w+)", torch.__config__.show())
    if built_with and built_with[1] != "generic":
        return built_with[1]
    maps = Path("/proc/self/maps")
    loaded = maps.read_text() if maps.exists() else ""
    fast = [name for name in ("openblas", "mkl", "blis", "atlas") if name in loaded]
    return fast[0] if fast else "the reference BLAS, which is slow"


works = [matmul, add, exp, softmax, tiny, mlp]
version = f"{torch.__version__} with {blas()}"
serve(version, {work.__name__: work for work in works})
