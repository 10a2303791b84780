import { Axes } from './axes.ts'
import { IndexError, ShapeError } from './errors.ts'
import type { Movement } from './movement.ts'
import { normalizeDims } from './shape.ts'

/** An axis backwards, and the stretches of it. */
export abstract class Parts<Self extends Parts<Self>> extends Axes<Self> {
  /**
   * Reverses the order along each of `dims`.
   * @example array([1, 2, 3]).flip(0) // → array([3., 2., 1.])
   */
  flip(dims: number | readonly number[]): Self {
    return normalizeDims('flip', dims, this.ndim).reduce(
      (x: Movement<Self>, axis) => x.slice(axis, null, null, -1),
      this,
    ) as Self
  }

  /**
   * `length` indices of `dim`, from `start`.
   * @throws IndexError where they reach outside the axis.
   * @example arange(5).narrow(0, 1, 3) // → array([1, 2, 3])
   */
  narrow(dim: number, start: number, length: number): Self {
    const extent = this.size(dim)
    const first = start < 0 ? start + extent : start
    const whole = Number.isInteger(first) && Number.isInteger(length)
    if (!(whole && first >= 0 && length >= 0 && first + length <= extent)) {
      throw new IndexError(
        `narrow: ${length} from ${start} reach outside axis ${dim} of size ${extent}`,
      )
    }
    return this.slice(dim, first, first + length)
  }

  /**
   * Consecutive parts along `dim`: of one size (the last may be smaller), or of each.
   * @throws ShapeError where the sizes do not add up to the axis.
   * @example arange(5).split(2) // → [array([0, 1]), array([2, 3]), array([4])]
   */
  split(splitSize: number | readonly number[], dim = 0): Self[] {
    const extent = this.size(dim)
    const sizes = typeof splitSize === 'number' ? parts(extent, splitSize) : splitSize
    const whole = sizes.every((n) => Number.isInteger(n) && n >= 0)
    if (!whole || sizes.reduce((sum, n) => sum + n, 0) !== extent) {
      throw new ShapeError(
        `split: parts of [${sizes.join(', ')}] do not add up to axis ${dim} of ${extent}`,
      )
    }
    let start = 0
    return sizes.map((length) => {
      start += length
      return this.narrow(dim, start - length, length)
    })
  }

  /**
   * At most `chunks` consecutive parts of equal size (the last may be smaller).
   * @example arange(5).chunk(2) // → [array([0, 1, 2]), array([3, 4])]
   */
  chunk(chunks: number, dim = 0): Self[] {
    if (!(Number.isInteger(chunks) && chunks > 0)) {
      throw new ShapeError(`chunk: ${chunks} parts: the number must be whole and > 0`)
    }
    return this.split(Math.max(1, Math.ceil(this.size(dim) / chunks)), dim)
  }
}

function parts(extent: number, size: number): number[] {
  if (!(Number.isInteger(size) && size > 0)) {
    throw new ShapeError(`split: a part of size ${size}: it must be whole and > 0`)
  }
  const count = Math.max(1, Math.ceil(extent / size))
  return Array.from({ length: count }, (_, n) => Math.min(size, extent - n * size))
}
