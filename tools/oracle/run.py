"""Writes all fixtures anew: python3 tools/oracle/run.py"""

import binary
import choosing
import creation
import joining
import movement
import order
import picking
import products
import reductions
import unary

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
]


def main():
    for module in OPERATIONS:
        cases = list(module.cases())
        names = [case["name"] for case in cases]
        twice = {name for name in names if names.count(name) > 1}
        if twice:
            raise ValueError(f"{module.__name__}: two cases are named {twice}")
        write(module.CHAPTER, module.__name__, cases)


if __name__ == "__main__":
    main()
