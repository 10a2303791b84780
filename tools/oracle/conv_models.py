"""A small ResNet and a small LeNet-5, forward and backward: models.json.

The form of a case is in nn_case.py; `layer` is the model, `args` its widths. Names are
those of torchvision's ResNet, so its state_dict keys are, too.
"""

from torch import nn

from fixture import uniform, write
from nn_case import layer_case


class BasicBlock(nn.Module):
    """relu(bn2(conv2(relu(bn1(conv1(x))))) + x), where x may have to be made to fit."""

    def __init__(self, channels, out_channels, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, out_channels, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(out_channels)
        self.conv2 = nn.Conv2d(out_channels, out_channels, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(out_channels)
        if stride != 1 or channels != out_channels:
            self.downsample = nn.Sequential(
                nn.Conv2d(channels, out_channels, 1, stride, bias=False),
                nn.BatchNorm2d(out_channels),
            )
        else:
            self.downsample = None

    def forward(self, x):
        y = self.bn1(self.conv1(x)).relu()
        y = self.bn2(self.conv2(y))
        identity = x if self.downsample is None else self.downsample(x)
        return (y + identity).relu()


class ResNet(nn.Module):
    """Two residual blocks (He et al. 2015), the second of half the size."""

    def __init__(self, channels, widths, classes):
        super().__init__()
        narrow, wide = widths
        self.conv1 = nn.Conv2d(channels, narrow, 3, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(narrow)
        self.layer1 = nn.Sequential(BasicBlock(narrow, narrow, 1))
        self.layer2 = nn.Sequential(BasicBlock(narrow, wide, 2))
        self.avgpool = nn.AdaptiveAvgPool2d(1)
        self.fc = nn.Linear(wide, classes)

    def forward(self, x):
        y = self.bn1(self.conv1(x)).relu()
        y = self.layer2(self.layer1(y))
        return self.fc(self.avgpool(y).flatten(1))


class LeNet5(nn.Module):
    """LeNet-5 (LeCun et al. 1998): tanh and average pooling."""

    def __init__(self, widths, classes, size):
        super().__init__()
        side = size // 4 - 2
        first, second, third, fourth = widths
        self.conv1 = nn.Conv2d(1, first, 5, padding=2)
        self.conv2 = nn.Conv2d(first, second, 5)
        self.pool = nn.AvgPool2d(2)
        self.fc1 = nn.Linear(second * side * side, third)
        self.fc2 = nn.Linear(third, fourth)
        self.fc3 = nn.Linear(fourth, classes)

    def forward(self, x):
        y = self.pool(self.conv1(x).tanh())
        y = self.pool(self.conv2(y).tanh())
        y = self.fc1(y.flatten(1)).tanh()
        return self.fc3(self.fc2(y).tanh())


def images(channels, size, seed):
    return uniform((2, channels, size, size), -1.0, 1.0, seed=seed)


def cases():
    args = (3, [4, 3], 3)
    x, before = images(3, 8, 101), [images(3, 8, 201), images(3, 8, 202)]
    yield layer_case("ResNet: a training step", ResNet, args, {}, [x])
    yield layer_case(
        "ResNet: in eval mode, after two steps",
        ResNet,
        args,
        {},
        [x],
        training=False,
        earlier=before,
    )
    args = ([3, 4, 8, 6], 4, 16)
    x = images(1, 16, 101)
    yield layer_case("LeNet-5", LeNet5, args, {}, [x], bound=0.5)


def main():
    write("05-conv", "models", list(cases()))


if __name__ == "__main__":
    main()
