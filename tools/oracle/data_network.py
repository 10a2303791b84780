"""A small convolutional network, trained here: network.safetensors and network.json.

It learns to tell horizontal bars from vertical ones and from crosses. After training its
weights are rounded, so that they are the same wherever it is trained. The JSON has one
case: inputs, and the outputs in eval mode.

The other way round, `ours.safetensors` is what DeepDive writes of the same network, which
a test compares with it: it is read here, and must give the same outputs.
"""

import torch
from torch import nn

from fixture import ROOT, encode, integers, uniform, write
from safetensors_file import read_safetensors, write_safetensors

SIZE = 8
FOLDER = ROOT / "chapters" / "07-data" / "test" / "fixtures"


def network():
    return nn.Sequential(
        nn.Conv2d(1, 4, 3, padding=1),
        nn.BatchNorm2d(4),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(4, 6, 3, padding=1, bias=False),
        nn.BatchNorm2d(6),
        nn.ReLU(),
        nn.Flatten(),
        nn.Linear(6 * 16, 3),
    )


def pictures(count, seed):
    """Bars on a noisy ground, and which of the three they are."""
    x = uniform((count, 1, SIZE, SIZE), -0.5, 0.5, seed=seed)
    labels = torch.arange(count) % 3
    for n, place in enumerate(integers((count,), 1, SIZE - 1, seed=seed).tolist()):
        if labels[n] != 1:
            x[n, 0, place, :] += 1
        if labels[n] != 0:
            x[n, 0, :, place] += 1
    return x, labels


def rounded(value):
    """To multiples of 1/1024; counts stay."""
    return (value * 1024).round() / 1024 if value.is_floating_point() else value


def train():
    """The state dict of a network that has learned, as float32."""
    model = network()
    with torch.no_grad():
        for n, parameter in enumerate(model.parameters()):
            parameter.copy_(uniform(parameter.shape, -0.4, 0.4, seed=n))
    optimizer = torch.optim.Adam(model.parameters(), lr=0.02)
    x, labels = pictures(48, seed=1)
    for _ in range(40):
        optimizer.zero_grad()
        nn.functional.cross_entropy(model(x), labels).backward()
        optimizer.step()
    state = {key: rounded(value) for key, value in model.state_dict().items()}
    return {
        key: value.float() if value.is_floating_point() else value
        for key, value in state.items()
    }


def outputs(state, x):
    """What a network of this state says in eval mode, in float64."""
    model = network().double()
    model.load_state_dict(state)
    return model.eval()(x)


def main():
    state = train()
    x, labels = pictures(9, seed=2)
    y = outputs(state, x)
    correct = (y.argmax(1) == labels).sum().item()
    if correct < 8:
        raise ValueError(f"data_network: only {correct} of 9 pictures are read right")
    write_safetensors(FOLDER / "network.safetensors", state, {"format": "pt"})
    case = {"name": "bars", "input": encode(x, exact=True), "output": encode(y)}
    write("07-data", "network", [case])
    ours, metadata = read_safetensors(FOLDER / "ours.safetensors")
    if metadata != {"format": "pt"} or not torch.equal(outputs(ours, x), y):
        raise ValueError("data_network: ours.safetensors is not the same network")


if __name__ == "__main__":
    main()
