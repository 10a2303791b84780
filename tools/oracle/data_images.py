"""Image files, and the pixels that Pillow finds in them: images.json.

A case has a name, the bytes of the file in base64, its width and height, and the bytes of
its pixels as it is read: as grey (`1`), as colours (`3`), and as colours with opacity
(`4`). For JPEG, decoders may round otherwise.
"""

import base64
import io
import random

from PIL import Image

from fixture import write

WIDTH, HEIGHT = 11, 6
MODES = {"1": "L", "3": "RGB", "4": "RGBA"}


def picture(mode, seed=0):
    """Smooth colours, so that JPEG keeps them, with noise of a few steps."""
    bands = Image.new(mode, (1, 1)).getbands()
    noise = random.Random(seed)
    image = Image.new(mode, (WIDTH, HEIGHT))
    for y in range(HEIGHT):
        for x in range(WIDTH):
            shades = [9 * x + 10 * y + 35 * band for band in range(len(bands))]
            pixel = tuple(min(255, shade + noise.randrange(4)) for shade in shades)
            image.putpixel((x, y), pixel if len(bands) > 1 else pixel[0])
    return image


def case(name, image, kind="PNG", **options):
    file = io.BytesIO()
    image.save(file, kind, **options)
    read = Image.open(io.BytesIO(file.getvalue()))
    return {
        "name": name,
        "file": base64.b64encode(file.getvalue()).decode(),
        "width": WIDTH,
        "height": HEIGHT,
        "pixels": {
            channels: list(read.convert(mode).tobytes())
            for channels, mode in MODES.items()
        },
    }


def images():
    yield case("png of greys", picture("L"))
    yield case("png of greys and opacity", picture("LA"))
    yield case("png of colours", picture("RGB"))
    yield case("png of colours and opacity", picture("RGBA"))
    yield case("png of black and white", picture("L").convert("1"))
    colors = picture("RGB").quantize
    for bits in [1, 2, 4, 8]:
        yield case(f"png of {2**bits} colours", colors(2**bits), bits=bits)
    opacity = bytes(range(0, 240, 15))
    yield case("png of 16 colours, some clear", colors(16), transparency=opacity)
    for quality in [95, 50]:
        yield case(f"jpeg of quality {quality}", picture("RGB"), "JPEG", quality=quality)
    yield case("jpeg of fine colours", picture("RGB"), "JPEG", subsampling=0)
    yield case("jpeg in passes", picture("RGB"), "JPEG", progressive=True)
    yield case("jpeg of greys", picture("L"), "JPEG")


def main():
    write("07-data", "images", list(images()))


if __name__ == "__main__":
    main()
