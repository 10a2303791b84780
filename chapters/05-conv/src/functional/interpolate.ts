import { type Tensor, tensor } from '@deepdive/autograd'
import { formatShape, ValueError } from '@deepdive/tensor'
import type { PerAxis } from '../window.ts'
import { checkImages, checkInterpolation } from './interpolate-check.ts'

/** How a new pixel is found: the nearest old one, or between the four around it. */
export type InterpolateMode = 'nearest' | 'bilinear'

export interface InterpolateOptions {
  /** The size of each axis afterwards; this or `scaleFactor` must be given. */
  readonly size?: PerAxis | null
  /** How many times as large each axis becomes, ⌊n · factor⌋. */
  readonly scaleFactor?: PerAxis | null
  /** Default: 'nearest'. */
  readonly mode?: InterpolateMode
  /**
   * For 'bilinear': whether the centres of the corner pixels, rather than their outer
   * edges, stay in their places. Default: false.
   */
  readonly alignCorners?: boolean
}

/** An axis of `from` pixels that becomes one of `to`, each `step` old pixels wide. */
interface Stretch {
  readonly from: number
  readonly to: number
  readonly step: number
}

/**
 * Images with another number of pixels: 'nearest' repeats or leaves out pixels,
 * y[i] = x[⌊i · step⌋] along each axis; 'bilinear' goes straight from one to the next,
 * with pixel i of y at (i + ½) · step − ½ in x, or at i · (n − 1) / (n′ − 1) with
 * `alignCorners`; it copies an axis whose size stays. The step is n / n′ by `size`, and
 * 1 / factor by `scaleFactor`. x is [N, C, H, W]; for 'nearest' also [N, C, L].
 *
 * @throws ShapeError where x is neither.
 * @throws ValueError where not just one of `size` and `scaleFactor` is given, or it
 * makes no sense.
 * @example
 * const x = tensor([[[[0, 1]]]])
 * functional.interpolate(x, { size: [1, 4] }) // → tensor([[[[0., 0., 1., 1.]]]])
 * functional.interpolate(x, { size: [1, 4], mode: 'bilinear' })
 * // → tensor([[[[0.0000, 0.2500, 0.7500, 1.0000]]]])
 */
export function interpolate(x: Tensor, options: InterpolateOptions = {}): Tensor {
  const { mode = 'nearest', alignCorners = false } = options
  checkInterpolation('interpolate', options)
  checkImages(x, mode)
  return stretches('interpolate', x.shape.slice(2), options).reduce((y, axis, n) => {
    if (mode === 'nearest') return nearest(y, n + 2, axis)
    if (axis.from === axis.to) return y.clone()
    return linear(y, n + 2, axis, alignCorners)
  }, x)
}

function nearest(x: Tensor, dim: number, { from, to, step }: Stretch): Tensor {
  // In float32, as PyTorch: where rounding decides, it decides alike.
  const place = (i: number) => Math.floor(Math.fround(i * Math.fround(step)))
  const places = Int32Array.from({ length: to }, (_, i) => Math.min(place(i), from - 1))
  return x.indexSelect(dim, tensor(places, [to], { device: x.device }))
}

/**
 * y[i] = (1 − t) · x[⌊p⌋] + t · x[⌊p⌋ + 1] with t = p − ⌊p⌋, for pixel i at p. After
 * the last pixel comes the last again, whatever t is, so that no 0 · ∞ arises there.
 */
function linear(x: Tensor, dim: number, axis: Stretch, alignCorners: boolean): Tensor {
  const { from, to } = axis
  const { device } = x
  const places = Float32Array.from({ length: to }, (_, i) =>
    linearPlace(axis, i, alignCorners),
  )
  const floors = Int32Array.from(places, Math.floor)
  const next = floors.map((place) => Math.min(place + 1, from - 1))
  const along = x.shape.map((_, other) => (other === dim ? to : 1))
  const shares = tensor(
    places.map((place, i) => place - floors[i]),
    along,
    { device },
  )
  const before = x.indexSelect(dim, tensor(floors, [to], { device }))
  const after = x.indexSelect(dim, tensor(next, [to], { device }))
  return before.mul(shares.neg().add(1)).add(after.mul(shares))
}

function linearPlace({ from, to, step }: Stretch, i: number, alignCorners: boolean) {
  if (alignCorners) return to > 1 ? (i * (from - 1)) / (to - 1) : 0
  return Math.max((i + 0.5) * step - 0.5, 0)
}

/** How each axis is stretched, as `size` or `scaleFactor` says. */
function stretches(
  op: string,
  extents: readonly number[],
  { size = null, scaleFactor = null }: InterpolateOptions,
): Stretch[] {
  const given = size ?? scaleFactor ?? []
  const list = typeof given === 'number' ? extents.map(() => given) : given
  return extents.map((from, n) => {
    const to = size === null ? Math.floor(from * list[n]) : list[n]
    if (list.length !== extents.length || to < 1 || from < 1) {
      const name = size === null ? 'scaleFactor' : 'size'
      throw new ValueError(
        `${op}: ${name} ${list.join('×')} cannot make pixels of ` +
          `${formatShape(extents)}: give one number, or one for each axis, that leave ` +
          'each at least one pixel',
      )
    }
    return { from, to, step: size === null ? 1 / list[n] : from / to }
  })
}
