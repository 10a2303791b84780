"""Writes all fixtures anew: python3 tools/oracle/run.py"""

import activations
import binary
import choosing
import conv
import creation
import data
import einsum
import joining
import movement
import nn
import norm
import optim
import order
import picking
import products
import reductions
import repetition
import softmax
import unary
import where

from fixture import write

OPERATIONS = [
    unary,
    binary,
    choosing,
    reductions,
    order,
    movement,
    joining,
    picking,
    products,
    creation,
    activations,
    softmax,
    norm,
    repetition,
    einsum,
    where,
]


def main():
    for module in OPERATIONS:
        write(module.CHAPTER, module.__name__, list(module.cases()))
    nn.main()
    optim.main()
    conv.main()
    data.main()


if __name__ == "__main__":
    main()
