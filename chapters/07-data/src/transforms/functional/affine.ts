import { type Tensor, tensor } from '@deepdive/autograd'
import { checkFinite, checkWord } from '@deepdive/tensor'
import { type AffineOptions, inverseAffine, type Matrix } from './affine-matrix.ts'
import { checkFractions } from './check-images.ts'
import { roundToEven } from './crop.ts'

export interface SampleOptions {
  /** What pixels are made of: the nearest, or the four around. Default: 'nearest'. */
  readonly mode?: 'nearest' | 'bilinear'
  /** What lies beyond the edges. Default: 0. */
  readonly fill?: number
}

/**
 * Images that are turned, moved, made larger and sheared about their centre.
 *
 * @throws ValueError where an option makes no sense.
 * @example
 * const x = tensor([[[1, 2, 3]]])
 * transforms.functional.affine(x, { translate: [1, 0] }) // → tensor([[[0., 1., 2.]]])
 */
export function affine(x: Tensor, options: AffineOptions & SampleOptions = {}): Tensor {
  return resample('affine', x, inverseAffine('affine', options), options)
}

/**
 * Images that are turned by `angle` degrees, counter-clockwise.
 *
 * @throws ValueError where an option makes no sense.
 * @example
 * const x = tensor([[[1, 2], [3, 4]]])
 * transforms.functional.rotate(x, 90)
 * // → tensor([[[2., 4.],
 * //            [1., 3.]]])
 */
export function rotate(x: Tensor, angle: number, options: SampleOptions = {}): Tensor {
  return resample('rotate', x, inverseAffine('rotate', { angle: -angle }), options)
}

/** Some old pixel for each new one, and the share that it has in it. */
interface Part {
  readonly places: Int32Array
  readonly shares: Float32Array
}

/** Images whose pixels are those that the matrix says, measured from the centre. */
function resample(
  op: string,
  x: Tensor,
  matrix: Matrix,
  { mode = 'nearest', fill = 0 }: SampleOptions,
): Tensor {
  checkFractions(op, x)
  checkWord(op, 'mode', mode, ['nearest', 'bilinear'])
  checkFinite(op, { fill })
  const { device } = x
  const [height, width] = x.shape.slice(-2)
  const pixels = x.flatten(-2)
  const parts = partsOf(matrix, height, width, mode)
  const sum = parts
    .map(({ places, shares }) => {
      const picked = pixels.indexSelect(-1, tensor(places, { device }))
      return picked.sub(fill).mul(tensor(shares, { device }))
    })
    .reduce((a, b) => a.add(b))
  return sum.add(fill).reshape(x.shape)
}

/** The one part of each new pixel, or four; a part beyond the edges has no share. */
function partsOf(
  matrix: Matrix,
  height: number,
  width: number,
  mode: 'nearest' | 'bilinear',
): Part[] {
  const snap = mode === 'nearest' ? roundToEven : (place: number) => place
  const part = ([down, right]: readonly number[]): Part => {
    const places = new Int32Array(height * width)
    const shares = new Float32Array(height * width)
    for (let n = 0; n < places.length; n++) {
      const [x, y] = source(matrix, n, height, width).map(snap)
      const column = Math.floor(x) + right
      const row = Math.floor(y) + down
      if (row < 0 || row >= height || column < 0 || column >= width) continue
      places[n] = row * width + column
      shares[n] = (1 - Math.abs(x - column)) * (1 - Math.abs(y - row))
    }
    return { places, shares }
  }
  return (mode === 'nearest' ? corners.slice(0, 1) : corners).map(part)
}

/** How far down, and to the right, the four pixels around a place lie. */
const corners = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
]

/** The column and row from which pixel n comes. */
function source(
  [a, b, c, d, e, f]: Matrix,
  n: number,
  height: number,
  width: number,
): [number, number] {
  const x = (n % width) + 0.5 - width / 2
  const y = Math.floor(n / width) + 0.5 - height / 2
  return [a * x + b * y + c + width / 2 - 0.5, d * x + e * y + f + height / 2 - 0.5]
}
