"""Keyword arguments, as PyTorch takes them and as a case writes them."""

import torch

from fixture import encode


def camel(name):
    """key_padding_mask → keyPaddingMask."""
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def encode_options(options):
    """Keyword arguments as JSON: names in camelCase, tensors encoded."""
    return {
        camel(name): encode(value, exact=True) if torch.is_tensor(value) else value
        for name, value in options.items()
    }
