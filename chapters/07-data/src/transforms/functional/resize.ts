import { type Tensor, tensor } from '@deepdive/autograd'
import { functional as F } from '@deepdive/conv'
import { checkCount, checkWord, optionsOf } from '@deepdive/tensor'
import { checkFractions } from './check-images.ts'
import { bothSides } from './crop.ts'

export interface ResizeOptions {
  /** Default: 'bilinear'. */
  readonly mode?: 'nearest' | 'bilinear'
  /**
   * Whether smaller images average all old pixels that a new one covers. Default: true.
   */
  readonly antialias?: boolean
}

/** Height and width, or one number. */
export type Size = number | readonly [height: number, width: number]

/**
 * Images with other numbers of pixels. A single number is for the shorter side, and the
 * longer keeps its proportion.
 *
 * @throws ValueError where a size is no whole number ≥ 1.
 * @example
 * const x = tensor([[[0, 0, 1, 1]]])
 * transforms.functional.resize(x, [1, 2]) // → tensor([[[0.1429, 0.8571]]])
 * transforms.functional.resize(x, [1, 2], { mode: 'nearest' })
 * // → tensor([[[0., 1.]]])
 */
export function resize(x: Tensor, size: Size, options: ResizeOptions = {}): Tensor {
  const { mode = 'bilinear', antialias = true } = optionsOf('resize', options)
  bothSides('resize', size)
  checkFractions('resize', x)
  checkWord('resize', 'mode', mode, ['nearest', 'bilinear'])
  const [oldHeight, oldWidth] = x.shape.slice(-2)
  const [height, width] = sizeOf(size, oldHeight, oldWidth)
  checkCount('resize', { height, width })
  if (mode === 'nearest') {
    const images = x.ndim === 3 ? x.unsqueeze(0) : x
    return F.interpolate(images, { size: [height, width] }).reshape([
      ...x.shape.slice(0, -2),
      height,
      width,
    ])
  }
  const rows = weights(oldHeight, height, antialias, x)
  const columns = weights(oldWidth, width, antialias, x)
  return rows.matmul(x).matmul(columns.t())
}

function sizeOf(size: Size, height: number, width: number): readonly [number, number] {
  if (typeof size !== 'number') return size
  const longer = (side: number, shorter: number) =>
    side === shorter ? size : Math.floor((size * side) / shorter)
  const shorter = Math.min(height, width)
  return [longer(height, shorter), longer(width, shorter)]
}

/**
 * A matrix [to, from] that makes `to` pixels of `from`: each takes the old ones around
 * its centre, the nearer the more, as far as a new pixel reaches if that is more than
 * an old.
 */
function weights(from: number, to: number, antialias: boolean, like: Tensor): Tensor {
  const step = from / to
  const reach = antialias ? Math.max(step, 1) : 1
  const matrix = new Float32Array(to * from)
  for (let i = 0; i < to; i++) {
    const centre = (i + 0.5) * step
    const row = matrix.subarray(i * from, (i + 1) * from)
    for (let j = 0; j < from; j++) {
      row[j] = Math.max(0, 1 - Math.abs(j + 0.5 - centre) / reach)
    }
    const sum = row.reduce((a, b) => a + b)
    for (let j = 0; j < from; j++) row[j] /= sum
  }
  return tensor(matrix, [to, from], { device: like.device })
}
