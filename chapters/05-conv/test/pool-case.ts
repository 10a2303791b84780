import { randperm, type Tensor } from '@deepdive/autograd'
import { manualSeed, sizeOf } from '@deepdive/tensor'
import fc from 'fast-check'

/** How a pooling slides along one axis, and over how many elements. */
const anyAxis = fc
  .record({
    size: fc.integer({ min: 1, max: 4 }),
    stride: fc.integer({ min: 1, max: 3 }),
    dilation: fc.integer({ min: 1, max: 3 }),
    half: fc.double({ min: 0, max: 0.5, noNaN: true }),
    more: fc.nat(4),
  })
  .map(({ size, half, more, ...axis }) => {
    const padding = Math.floor(size * half)
    const reach = axis.dilation * (size - 1) + 1
    const extent = Math.max(1, reach - 2 * padding) + more
    return { ...axis, size, padding, extent }
  })

/** An axis of a pooling, with the number of windows that PyTorch documents. */
interface PoolAxis {
  readonly size: number
  readonly stride: number
  readonly dilation: number
  readonly padding: number
  readonly extent: number
}

export interface PoolCase {
  readonly x: Tensor
  readonly axes: readonly [PoolAxis, PoolAxis]
  readonly kernelSize: readonly number[]
  readonly options: {
    readonly stride: readonly number[]
    readonly padding: readonly number[]
    readonly dilation: readonly number[]
    readonly ceilMode: boolean
  }
}

/** Random poolings of images in which no two numbers are closer than 0.2. */
export const anyPool: fc.Arbitrary<PoolCase> = fc
  .record({
    axes: fc.tuple(anyAxis, anyAxis),
    lead: fc.constantFrom([1], [2, 1], [1, 2]),
    ceilMode: fc.boolean(),
    seed: fc.nat(),
  })
  .map(({ axes, lead, ceilMode, seed }) => {
    manualSeed(seed)
    const options = {
      stride: axes.map(({ stride }) => stride),
      padding: axes.map(({ padding }) => padding),
      dilation: axes.map(({ dilation }) => dilation),
      ceilMode,
    }
    const x = distinct([...lead, ...axes.map(({ extent }) => extent)])
    return { x, axes, kernelSize: axes.map(({ size }) => size), options }
  })

/** Numbers around 0 in random order, each 0.2 from the next. */
export function distinct(shape: readonly number[]): Tensor {
  const order = randperm(sizeOf(shape)).to('float32').reshape(shape)
  const x = order.sub(sizeOf(shape) / 2).mul(0.2)
  x.requiresGrad = true
  return x
}

/** One number for each window of one plane, by the definition. */
export function naivePool(
  plane: readonly (readonly number[])[],
  [rows, columns]: PoolCase['axes'],
  ceilMode: boolean,
  reduce: (inside: readonly number[], area: number) => number,
): number[][] {
  return starts(rows, ceilMode).map((top) =>
    starts(columns, ceilMode).map((left) => {
      const inside = places(rows, top).flatMap((i) =>
        places(columns, left).map((j) => plane[i][j]),
      )
      return reduce(inside, padded(rows, top) * padded(columns, left))
    }),
  )
}

/**
 * Where windows start: in ceilMode as far as one begins in x or in the padding before.
 */
function starts({ size, stride, dilation, padding, extent }: PoolAxis, ceil: boolean) {
  const found = []
  const end = extent + padding
  for (let start = -padding; ; start += stride) {
    const fits = start + dilation * (size - 1) < end
    const before = start - stride + dilation * (size - 1) < end - 1
    const overhangs = ceil && before && start < extent
    if (!fits && !overhangs) return found
    found.push(start)
  }
}

/** The elements of x in a window. */
function places({ size, dilation, extent }: PoolAxis, start: number): number[] {
  return Array.from({ length: size }, (_, k) => start + k * dilation).filter(
    (place) => place >= 0 && place < extent,
  )
}

/** How many elements of x and of its padding a window without gaps holds. */
function padded({ size, padding, extent }: PoolAxis, start: number): number {
  return Math.min(start + size, extent + padding) - start
}

/** The planes of a tensor as nested lists. */
export function planes(x: Tensor): number[][][] {
  const [height, width] = x.shape.slice(-2)
  const numbers = Array.from(x.toTypedArray())
  return Array.from({ length: numbers.length / (height * width) }, (_, n) =>
    Array.from({ length: height }, (_, i) => {
      const start = (n * height + i) * width
      return numbers.slice(start, start + width)
    }),
  )
}
