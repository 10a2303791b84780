"""PyTorch, on one thread of the processor, or on the GPU if the command line says cuda."""

import math
import re
import sys
from pathlib import Path

import torch
from torch import nn

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from measure import serve  # noqa: E402

torch.set_num_threads(1)
device = sys.argv[1] if len(sys.argv) > 1 else "cpu"


def numbers(count, seed=0, scale=1.0):
    """The numbers of numbers.mjs."""
    i = torch.arange(count, dtype=torch.int64) + seed
    fraction = (i * 2654435761 % 2**32).double() / 2**32
    return ((2 * fraction - 1) * scale).float().to(device)


def matrix(shape, seed):
    return numbers(shape[0] * shape[1], seed).reshape(shape)


def flat(result):
    return result.flatten().cpu()


def done(result):
    """On a GPU work goes on after the call: a figure must wait for its end."""
    if device == "cuda":
        torch.cuda.synchronize()
    return result


def matmul(work):
    shape = [work["size"], work["size"]]
    a, b = matrix(shape, 1), matrix(shape, 2)
    return lambda: done(a @ b), flat


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
    labels = labels_of(batch, classes)
    layers = []
    for i, (rows, columns) in enumerate(zip(sizes[1:], sizes)):
        layers += [start(nn.Linear(columns, rows), [rows, columns], i), nn.ReLU()]
    model = nn.Sequential(*layers[:-1])
    return training_step(model, x, labels), lambda loss: [loss]


def weights_of(shape, seed):
    """As large as a layer that adds up so many numbers starts with."""
    count, inputs = math.prod(shape), math.prod(shape[1:])
    return numbers(count, seed, inputs**-0.5).reshape(shape)


def conv(work):
    x = numbers(math.prod(work["images"]), 1).reshape(work["images"])
    weight = weights_of(work["filters"], 2)
    return lambda: nn.functional.conv2d(x, weight, padding=1), flat


def cnn(work):
    x = numbers(math.prod(work["images"]), 1).reshape(work["images"])
    layers = []
    for seed, shape in enumerate(work["filters"]):
        outputs, inputs, size, _ = shape
        layer = nn.Conv2d(inputs, outputs, size, padding=1)
        layers += [start(layer, shape, seed), nn.BatchNorm2d(outputs), nn.ReLU()]
        layers.append(nn.MaxPool2d(2))
    outputs, inputs = work["weights"]
    layers += [nn.Flatten(), start(nn.Linear(inputs, outputs), work["weights"], 2)]
    labels = labels_of(work["batch"], work["classes"])
    return training_step(nn.Sequential(*layers), x, labels), lambda loss: [loss]


def start(layer, shape, seed):
    """A layer with its first weights."""
    layer.weight.data = weights_of(shape, seed)
    layer.bias.data.zero_()
    return layer


def labels_of(batch, classes):
    places = torch.arange(batch, device=device)
    return [(places + step) % classes for step in range(classes)]


def training_step(model, x, labels):
    model.to(device)
    optimizer = torch.optim.Adam(model.parameters())
    step = 0

    def run():
        nonlocal step
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(model(x), labels[step % len(labels)])
        loss.backward()
        optimizer.step()
        step += 1
        return loss.item()

    return run


def blas():
    """The library that multiplies matrices: it decides more than PyTorch itself does."""
    built_with = re.search("BLAS_INFO=(\\w+)", torch.__config__.show())
    if built_with and built_with[1] != "generic":
        return built_with[1]
    maps = Path("/proc/self/maps")
    loaded = maps.read_text() if maps.exists() else ""
    fast = [name for name in ("openblas", "mkl", "blis", "atlas") if name in loaded]
    return fast[0] if fast else "the reference BLAS, which is slow"


def card():
    return f"CUDA {torch.version.cuda} on {torch.cuda.get_device_name()}"


works = [matmul, add, exp, softmax, tiny, mlp, conv, cnn]
version = f"{torch.__version__} with {blas() if device == 'cpu' else card()}"
serve(version, {work.__name__: work for work in works})
