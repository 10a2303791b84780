import { checkWord, ShapeError, ValueError } from '@deepdive/tensor'
import { tensor } from './create.ts'
import * as movement from './ops/movement.ts'
import type { Tensor } from './tensor.ts'

/** What `pad` fills with. */
export interface PadOptions {
  /**
   * 'constant' adds `value`; 'replicate' repeats the elements at the ends, 'reflect'
   * mirrors what is before them, 'circular' goes on at the other end. Default: 'constant'.
   */
  readonly mode?: 'constant' | 'replicate' | 'reflect' | 'circular'
  /** What the new elements are, in mode 'constant'. Default: 0. */
  readonly value?: number
}

/** Which of an axis's `extent` elements stands in a place before or after them. */
type Source = (place: number, extent: number) => number

const sources: Readonly<Record<string, Source>> = {
  replicate: (place, extent) => Math.min(Math.max(place, 0), extent - 1),
  reflect: (place, extent) =>
    place < 0 ? -place : Math.min(place, 2 * extent - 2 - place),
  circular: (place, extent) => {
    if (place < 0) return place + extent
    return place < extent ? place : place - extent
  },
}

/**
 * A tensor with elements added before and after: `padding` is
 * `[before, after]` of the last axis, then of the last but one, and so on. Negative
 * numbers take elements away.
 *
 * @throws ValueError where `padding` is no list of pairs, or more than there are axes.
 * @throws ShapeError where an axis is too short to be mirrored, or to go on.
 * @example
 * pad(tensor([1, 2]), [1, 2]) // → tensor([0., 1., 2., 0., 0.])
 * pad(tensor([1, 2, 3]), [2, 1], { mode: 'reflect' })
 * // → tensor([3., 2., 1., 2., 3., 2.])
 */
export function pad(
  x: Tensor,
  padding: readonly number[],
  { mode = 'constant', value = 0 }: PadOptions = {},
): Tensor {
  checkPadding(x, padding, mode)
  const amount = (axis: number, side: number) =>
    padding[2 * (x.ndim - 1 - axis) + side] ?? 0
  const before = x.shape.map((_, axis) => amount(axis, 0))
  const after = x.shape.map((_, axis) => amount(axis, 1))
  const cropped = crop(x, before, after)
  const more = [before, after].map((list) => list.map((n) => Math.max(0, n)))
  if (mode === 'constant') return cropped.apply(movement.pad(more[0], more[1], value))
  return x.shape.reduce(
    (y, _, axis) => extend(y, axis, more[0][axis], more[1][axis], mode),
    cropped,
  )
}

function checkPadding(x: Tensor, padding: readonly number[], mode: string): void {
  const pairs = Array.isArray(padding) ? padding.length / 2 : NaN
  if (!Number.isInteger(pairs) || pairs > x.ndim || !padding.every(Number.isInteger)) {
    const given = [padding].flat().join(', ')
    throw new ValueError(
      `pad: [${given}] must be pairs of whole numbers, at most one pair for each of ` +
        `${x.ndim} axes, from the last axis on`,
    )
  }
  checkWord('pad', 'mode', mode, ['constant', ...Object.keys(sources)])
}

/** Without the elements that negative padding takes away. */
function crop(x: Tensor, before: readonly number[], after: readonly number[]): Tensor {
  return x.shape.reduce((part, extent, axis) => {
    const start = Math.max(0, -before[axis])
    const length = extent - start - Math.max(0, -after[axis])
    return length === extent ? part : part.narrow(axis, start, length)
  }, x)
}

/** One axis made longer by elements of its own. */
function extend(
  x: Tensor,
  axis: number,
  before: number,
  after: number,
  mode: string,
): Tensor {
  const extent = x.shape[axis]
  if (before === 0 && after === 0) return x
  const places = Int32Array.from({ length: before + extent + after }, (_, n) =>
    sources[mode](n - before, extent),
  )
  if (places.some((place) => place < 0 || place >= extent)) {
    throw new ShapeError(
      `pad: mode '${mode}' cannot add ${before} and ${after} elements to an axis of ` +
        `${extent}: it has not so many to take them from`,
    )
  }
  return x.indexSelect(axis, tensor(places, { device: x.device }))
}
