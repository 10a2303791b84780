"""One case of a layer: build it in PyTorch, run it forward and backward, write it down.

The case, as JSON:

    name              what the case shows, in words
    layer             the class, as in torch.nn (or `function`: the name in camelCase)
    args              positional arguments of the constructor
    options           keyword arguments of the constructor, in camelCase
    state             {PyTorch's state_dict key: tensor}, to be loaded before the call
    training          only where false: the layer is in eval mode
    earlier           only where there are any: inputs of calls before this one, one a
                      call and in training mode, for a layer that learns from each call
    inputs            the tensors of the call, in order
    arguments         only where a tensor is given twice: which input each argument is,
                      so [0, 0, 0] is forward(x, x, x)
    forwardOptions    only where there are any: keyword arguments of the call, in camelCase
    outputs           what the call returns, in order and flat; null where it returns None
    inputGradients    one for each input; null where the input is no float32
    parameterGradients {state_dict key: gradient}
    buffers           only where there are any: {state_dict key: tensor} after the call

Each float output of n elements receives the gradient sin(1), sin(2) … sin(n) in
row-major order, rounded to float32, all outputs at once (fixture.cotangent).
Tensors among the options are encoded like any other.
"""

import torch

from fixture import cotangent, encode, uniform
from options import encode_options

INVISIBLE = 1e-13


def encode_result(tensor):
    """A result, in which rounding noise around a true zero is written as zero.

    The noise differs from one processor to the next; zero does not.
    """
    if tensor is None:
        return None
    tensor = tensor.detach()
    if tensor.is_floating_point():
        tensor = torch.where(tensor.abs() < INVISIBLE, torch.zeros_like(tensor), tensor)
    return encode(tensor)


def draw_state(module, bound):
    """Gives each parameter its own random numbers, whatever PyTorch started it with."""
    state = {
        key: draw(key, value, bound, seed=position + 1)
        for position, (key, value) in enumerate(module.state_dict().items())
    }
    module.load_state_dict(state)
    return state


def draw(key, value, bound, seed):
    """Random numbers in place of `value`: a variance is positive, a count stays."""
    if not value.is_floating_point():
        return value.clone()
    low, high = (0.5, 2.0) if key.endswith("running_var") else (-bound, bound)
    return uniform(tuple(value.shape), low, high, seed=seed)


def flatten(outputs):
    """LSTM returns (output, (h, c)); a case lists output, h, c."""
    if not isinstance(outputs, tuple):
        return [outputs]
    return [leaf for part in outputs for leaf in flatten(part)]


def leaves(inputs):
    """The same tensors, ready to receive gradients where they can."""
    return [x.detach().clone().requires_grad_(x.is_floating_point()) for x in inputs]


def send_back(outputs):
    """Runs backward from every output that depends on something, together."""
    differentiable = [y for y in outputs if y is not None and y.requires_grad]
    torch.autograd.backward(differentiable, [cotangent(y) for y in differentiable])


def layer_case(
    name,
    layer,
    args=(),
    options=None,
    inputs=(),
    arguments=None,
    forward=None,
    pack=None,
    training=True,
    earlier=(),
    bound=1.0,
):
    """Runs a layer. `layer` is a torch.nn.Module class, `pack` arranges its arguments.

    Its parameters are drawn from −bound to bound.
    """
    module = layer(*args, **(options or {}))
    state = draw_state(module, bound)
    for x in earlier:
        module(x)
    module.train(training)
    given = leaves(inputs)
    called = [given[i] for i in arguments] if arguments else given
    returned = module(*(pack(called) if pack else called), **(forward or {}))
    outputs = flatten(returned)
    send_back(outputs)
    buffers = {key: encode_result(value) for key, value in module.named_buffers()}
    return {
        "name": name,
        "layer": layer.__name__,
        "args": list(args),
        "options": encode_options(options or {}),
        "state": {key: encode(value, exact=True) for key, value in state.items()},
        "inputs": [encode(x, exact=True) for x in inputs],
        **({} if training else {"training": False}),
        **({"earlier": [encode(x, exact=True) for x in earlier]} if earlier else {}),
        **({"arguments": arguments} if arguments else {}),
        **({"forwardOptions": encode_options(forward)} if forward else {}),
        "outputs": [encode_result(y) for y in outputs],
        "inputGradients": [encode_result(x.grad) for x in given],
        "parameterGradients": {
            key: encode_result(value.grad) for key, value in module.named_parameters()
        },
        **({"buffers": buffers} if buffers else {}),
    }
