"""One case of a function of torch.nn.functional, in the form of operation.py; and the
names of layers, written as functions are."""

from torch.nn import functional as F

from operation import Input, function, mentions_input, resolve, to_json, written_arg
from options import camel, encode_options


def function_case(name, inputs, *args, note="", gradients=True, **options):
    """F.name(*inputs, *args, **options), forward and backward.

    Where an Input is among `args`, they say where in the call each input stands.
    """
    if not mentions_input(args):
        args = (*map(Input, range(len(inputs))), *args)
    written = {camel(key): value for key, value in options.items()}
    return function(
        camel(name),
        inputs,
        *args,
        *([written] if written else []),
        answer=lambda *tensors: getattr(F, name)(*resolve(args, tensors), **options),
        note=note,
        gradients=gradients,
    )


def name_of(layer, args, options, shape):
    """As `MaxPool2d(2, {stride: 1}) of [1, 2, 4, 4]`."""
    given = [*args, *([encode_options(options)] if options else [])]
    called = f"{layer.__name__}({', '.join(map(written_arg, map(to_json, given)))})"
    return f"{called} of {list(shape)}"
