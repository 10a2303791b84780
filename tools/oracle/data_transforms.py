"""What torchvision makes of images: transforms.json, cases as operation.py makes them.

Images have fractions from 0 to 1. DeepDive smooths what it makes smaller unless told
otherwise, as torchvision does from version 0.17 on.
"""

import torchvision.transforms.functional as F
from torchvision.transforms import InterpolationMode

from fixture import uniform, write
from operation import Input, function

MODES = {"nearest": InterpolationMode.NEAREST, "bilinear": InterpolationMode.BILINEAR}


def image(*shape, seed=0):
    return uniform(shape, 0.0, 1.0, seed)


def case(call, x, *args, answer):
    return function(call, [x], Input(0), *args, answer=answer, gradients=False)


def resizing():
    def resized(x, size, mode="bilinear", antialias=True):
        options = {"mode": mode, "antialias": antialias}
        smooth = antialias if mode == "bilinear" else None
        answer = lambda x: F.resize(x, size, MODES[mode], antialias=smooth)
        return case("resize", x, size, options, answer=answer)

    for antialias in [True, False]:
        yield resized(image(3, 8, 6), [4, 3], antialias=antialias)
        yield resized(image(3, 7, 5), [3, 4], antialias=antialias)
        yield resized(image(2, 1, 5, 3), [8, 7], antialias=antialias)
        yield resized(image(1, 9, 4), 3, antialias=antialias)
        yield resized(image(1, 4, 9), 7, antialias=antialias)
        yield resized(image(1, 13, 11), [2, 1], antialias=antialias)
    yield resized(image(3, 8, 6), [4, 3], "nearest")
    yield resized(image(2, 3, 5, 7), [7, 4], "nearest")
    yield resized(image(1, 5, 3), 2, "nearest")


def cropping():
    for shape, size in [
        ((1, 5, 5), [3, 3]),
        ((1, 6, 5), [3, 2]),
        ((1, 7, 8), [4, 5]),
        ((2, 3, 5, 4), [2, 3]),
        ((1, 3, 4), [6, 3]),
        ((1, 3, 2), [4, 7]),
    ]:
        answer = lambda x: F.center_crop(x, size)
        yield case("centerCrop", image(*shape), size, answer=answer)
    answer = lambda x: F.crop(x, 1, 2, 3, 2)
    yield case("crop", image(3, 5, 6), 1, 2, 3, 2, answer=answer)


def moving():
    def rotated(x, angle, mode):
        answer = lambda x: F.rotate(x, angle, MODES[mode])
        return case("rotate", x, angle, {"mode": mode}, answer=answer)

    def moved(x, mode, angle=0.0, translate=(0, 0), scale=1.0, shear=(0.0, 0.0)):
        answer = lambda x: F.affine(
            x, angle, list(translate), scale, list(shear), MODES[mode]
        )
        options = dict(angle=angle, translate=list(translate), scale=scale)
        return case(
            "affine", x, {**options, "shear": list(shear), "mode": mode}, answer=answer
        )

    for mode in MODES:
        yield rotated(image(1, 5, 5), 30.0, mode)
        yield rotated(image(3, 4, 7), -75.5, mode)
        yield rotated(image(2, 1, 6, 5), 180.0, mode)
        yield moved(image(1, 5, 5), mode, angle=20.0)
        yield moved(image(1, 6, 5), mode, translate=(1, -2))
        yield moved(image(1, 6, 7), mode, scale=1.7)
        yield moved(image(1, 6, 7), mode, scale=0.6)
        yield moved(image(1, 5, 6), mode, shear=(25.0, 0.0))
        yield moved(image(1, 5, 6), mode, shear=(0.0, -15.0))
        yield moved(image(3, 7, 6), mode, 33.0, (2, 1), 1.2, (10.0, 5.0))


def coloring():
    calls = {
        "adjustBrightness": F.adjust_brightness,
        "adjustContrast": F.adjust_contrast,
        "adjustSaturation": F.adjust_saturation,
    }
    for call, answer in calls.items():
        for factor in [0.0, 0.5, 1.7]:
            answer_by = lambda x: answer(x, factor)
            yield case(call, image(3, 3, 4), factor, answer=answer_by)
            yield case(call, image(2, 1, 3, 4), factor, answer=answer_by)
    for factor in [-0.5, -0.2, 0.1, 0.5]:
        turned = lambda x: F.adjust_hue(x, factor)
        yield case("adjustHue", image(3, 4, 5), factor, answer=turned)
        yield case("adjustHue", image(2, 3, 2, 2).round(), factor, answer=turned)
        yield case("adjustHue", image(1, 2, 2), factor, answer=turned)


def rest():
    x = image(2, 3, 3, 2)
    mean, std = [0.5, 0.25, 0.0], [0.5, 1.0, 2.0]
    yield case("normalize", x, mean, std, answer=lambda x: F.normalize(x, mean, std))
    answer = lambda x: F.erase(x, 1, 0, 2, 1, x.new_tensor(0.5))
    yield case("erase", image(3, 4, 3), 1, 0, 2, 1, 0.5, answer=answer)


def main():
    groups = [resizing, cropping, moving, coloring, rest]
    write("07-data", "transforms", [made for group in groups for made in group()])


if __name__ == "__main__":
    main()
