// Applies classic kernels (blur, sharpen, edges) to a picture and writes each as a PNG.
import { resolve } from 'node:path'
import { arange, type Tensor, tensor } from '@deepdive/autograd'
import { functional as F } from '@deepdive/conv'
import { readTarget } from '../../04-optim/examples/digits/flags.ts'
import { landscape } from './pictures/landscape.ts'
import { writePicture } from './pictures/png.ts'
import { makeFolder } from './pictures/target.ts'

const help = `Writes a picture, and what classic kernels make of it, as PNG files.

  kernels FOLDER  where to write them (default pictures)
  --help          this text`

const folder = resolve(readTarget('kernels', help, 'pictures'))
makeFolder('kernels', folder)

/** What each kernel does follows from its numbers: they add up to 1, or to 0. */
const kernels: Readonly<Record<string, Tensor>> = {
  blur: tensor([
    [1, 4, 6, 4, 1],
    [4, 16, 24, 16, 4],
    [6, 24, 36, 24, 6],
    [4, 16, 24, 16, 4],
    [1, 4, 6, 4, 1],
  ]).div(256),
  sharpen: tensor([
    [0, -1, 0],
    [-1, 5, -1],
    [0, -1, 0],
  ]),
  emboss: tensor([
    [-2, -1, 0],
    [-1, 1, 1],
    [0, 1, 2],
  ]),
}

/** How fast the grey changes from left to right (Sobel & Feldman 1968). */
const sobel = tensor([
  [-1, 0, 1],
  [-2, 0, 2],
  [-1, 0, 1],
])

/** The picture with its outermost rows and columns repeated `margin` times. */
function extend(picture: Tensor, margin: number): Tensor {
  const places = (size: number) => arange(-margin, size + margin).clamp(0, size - 1)
  const [height, width] = picture.shape
  return picture.indexSelect(0, places(height)).indexSelect(1, places(width))
}

/** The kernel at every place of an [H, W] picture. */
function apply(kernel: Tensor, picture: Tensor): Tensor {
  const [size] = kernel.shape
  const image = extend(picture, (size - 1) / 2).unsqueeze(0)
  return F.conv2d(image, kernel.reshape([1, 1, size, size])).squeeze(0)
}

const picture = landscape(256, 256)
writePicture(`${folder}/original.png`, picture)
for (const [name, kernel] of Object.entries(kernels)) {
  writePicture(`${folder}/${name}.png`, apply(kernel, picture))
}
const across = apply(sobel, picture)
const down = apply(sobel.t(), picture)
writePicture(`${folder}/edges.png`, across.square().add(down.square()).sqrt())
console.log(`original, ${Object.keys(kernels).join(', ')} and edges are in ${folder}`)
