// Trains a small network on digits; draws its filters and what they see, as a PNG.
import { resolve } from 'node:path'
import { cat, noGrad, pad, type Tensor, zeros } from '@deepdive/autograd'
import { Conv2d, MaxPool2d } from '@deepdive/conv'
import { functional as F, Flatten, Linear, ReLU, Sequential } from '@deepdive/nn'
import { Adam } from '@deepdive/optim'
import { manualSeed } from '@deepdive/tensor'
import { batches, loadDigits } from '../../04-optim/examples/digits/data.ts'
import { readTarget } from '../../04-optim/examples/digits/flags.ts'
import { writePicture } from './pictures/png.ts'
import { checkFile } from './pictures/target.ts'

const help = `Trains a small network on digits, and draws what its filters see.

  features FILE  where to write the picture (default features.png)
  --help         this text`

const file = resolve(readTarget('features', help, 'features.png'))
checkFile('features', file)
const filterCount = 8
manualSeed(1)

const first = new Conv2d(1, filterCount, 5, { padding: 2 })
const model = new Sequential(
  first,
  new ReLU(),
  new MaxPool2d(4),
  new Flatten(),
  new Linear(filterCount * 7 * 7, 10),
)
const { train, test } = loadDigits()
const optimizer = new Adam(model.parameters(), { lr: 5e-3 })
const asImages = (rows: Tensor) => rows.reshape([-1, 1, 28, 28])

for (const { images, labels } of batches(train, 100)) {
  optimizer.zeroGrad()
  F.crossEntropy(model.forward(asImages(images)), labels).backward()
  optimizer.step()
}

/** The sides of a square of the picture, and of what is drawn inside its frame. */
const outer = 60
const inner = 56

/** Greys from 0 to 1, drawn as large as fits into a grey frame. */
function tile(greys: Tensor): Tensor {
  const [size] = greys.shape
  const scale = Math.floor(inner / size)
  const pixels = greys.reshape([size, 1, size, 1]).expand([size, scale, size, scale])
  const margin = (outer - size * scale) / 2
  const frame = [Math.floor(margin), Math.ceil(margin)]
  const large = pixels.reshape([size * scale, size * scale])
  return pad(large, [...frame, ...frame], { value: 0.5 })
}

/** One tile below another, of greys of [N, size, size]. */
function tiles(greys: Tensor): Tensor {
  return cat(Array.from({ length: greys.size(0) }, (_, n) => tile(greys.at(n))))
}

/** Numbers as parts of the largest, whatever their sign. */
const scaled = (values: Tensor) => values.div(values.abs().amax().add(1e-9))

noGrad(() => {
  const digits = asImages(test.images.slice(0, 0, 5))
  const maps = first.forward(digits).relu()
  const columns = Array.from({ length: filterCount }, (_, n) =>
    cat([
      tile(scaled(first.weight.at(n, 0)).add(1).div(2)),
      tiles(scaled(maps.select(1, n))),
    ]),
  )
  const inputs = cat([tile(zeros([28, 28])), tiles(digits.squeeze(1))])
  writePicture(file, cat([inputs, ...columns], 1))
})
console.log(
  `${file}: the filters above, what they make of the digits on the left below;\n` +
    '0 is mid grey in a filter, and black below, where white is the most of each filter',
)
