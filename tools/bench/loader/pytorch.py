"""What run.mjs measures of PyTorch and torchvision; prints it as JSON."""

import gzip
import json
import sys
import time
from pathlib import Path

import numpy
import torch
from torch.utils.data import DataLoader, TensorDataset
from torchvision import transforms
from torchvision.datasets import MNIST

FOLDER = Path(sys.argv[1])
torch.set_num_threads(1)


def best(times, work):
    """The least of several times, in seconds."""
    seconds = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return min(seconds)


def unzip(name):
    with gzip.open(FOLDER / "zipped" / f"{name}.gz") as file:
        return torch.from_numpy(numpy.frombuffer(file.read(), numpy.uint8).copy())


def read_zipped():
    unzip("train-images-idx3-ubyte")
    unzip("train-labels-idx1-ubyte")


def walk(loader):
    for _ in loader:
        pass


def main():
    images = MNIST(FOLDER, transform=transforms.ToTensor())
    rows = TensorDataset(torch.ones(60_000, 1, 28, 28), torch.randint(10, (60_000,)))
    loader = DataLoader(images, 64, shuffle=True)
    of_rows = DataLoader(rows, 64, shuffle=True)
    figures = {
        "version": torch.__version__,
        "idx, plain": best(15, lambda: MNIST(FOLDER)),
        "idx, gzip": best(10, read_zipped),
        "batches": best(2, lambda: walk(loader)),
        "rows": best(3, lambda: walk(of_rows)),
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
