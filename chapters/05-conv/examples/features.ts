// Trains a small network on digits; draws its filters and what they see, as a PNG.
import { resolve } from 'node:path'
import { cat, noGrad, pad, type Tensor } from '@deepdive/autograd'
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

/** Values stretched over all greys, and drawn as large as fits into a grey frame. */
function tile(values: Tensor): Tensor {
  const low = values.min()
  const grey = values.sub(low).div(values.max().sub(low).add(1e-9))
  const [size] = grey.shape
  const scale = Math.floor(inner / size)
  const pixels = grey.reshape([size, 1, size, 1]).expand([size, scale, size, scale])
  const margin = (outer - size * scale) / 2
  const frame = [Math.floor(margin), Math.ceil(margin)]
  const large = pixels.reshape([size * scale, size * scale])
  return pad(large, [...frame, ...frame], { value: 0.5 })
}

noGrad(() => {
  const digits = asImages(test.images.slice(0, 0, 5))
  const maps = first.forward(digits).relu()
  const columns = Array.from({ length: filterCount }, (_, filter) =>
    cat([
      tile(first.weight.at(filter, 0)),
      ...Array.from({ length: 5 }, (_, digit) => tile(maps.at(digit, filter))),
    ]),
  )
  const blank = tile(digits.at(0, 0).mul(0))
  const inputs = cat([
    blank,
    ...Array.from({ length: 5 }, (_, digit) => tile(digits.at(digit, 0))),
  ])
  writePicture(file, cat([inputs, ...columns], 1))
})
console.log(
  `${file}: the filters above, what they make of the digits on the left below`,
)
