import { broadcastShapes } from './broadcast.ts'
import { describeValue } from './describe-value.ts'
import { IndexError, ShapeError } from './errors.ts'
import { Products } from './products.ts'
import { formatShape, normalizeDim, type Shape } from './shape.ts'

/**
 * One place in `x.at(…)`: a number selects, `[start, stop, step]` slices (null means
 * the edge), `'...'` fills, null adds an axis, an int32 array gathers, a bool array masks.
 */
export type Index<Self> =
  | number
  | readonly [(number | null)?, (number | null)?, number?]
  | '...'
  | null
  | Self

interface Gathered<Self> {
  readonly axis: number
  readonly index: Self
}

/** Picking elements by where they stand. */
export abstract class Indexing<Self extends Indexing<Self>> extends Products<Self> {
  /**
   * The indices of all elements that are not 0, as rows: `[count, ndim]`.
   * @example
   * array([0, 5, 7]).nonzero()
   * // → array([[1],
   * //          [2]])
   */
  abstract nonzero(): Self

  /**
   * The places ≥ 0 on axis `dim` that an index array means: those of its negative
   * indices counted from the end, or for a mask those of its true elements.
   * @throws IndexError where an index is outside the axis.
   * @throws DTypeError where it is neither int32 nor bool.
   * @example
   * zeros([3]).placesOn(0, array([0, -1], { dtype: 'int32' }))
   * // → array([0, 2])
   */
  abstract placesOn(dim: number, index: Self): Self

  /**
   * The given indices of axis `dim`, in the given order; `index` is an int32 vector.
   * @throws IndexError where an index is outside the axis.
   * @example
   * array([5, 6, 7]).indexSelect(0, array([2, 2], { dtype: 'int32' }))
   * // → array([7., 7.])
   */
  indexSelect(dim: number, index: Self): Self {
    if (!(index instanceof Indexing) || index.ndim > 1) {
      const found = index instanceof Indexing ? formatShape(index.shape) : undefined
      throw new ShapeError(
        `indexSelect: index must be an int32 vector, not ${found ?? describeValue(index)}`,
      )
    }
    const axis = normalizeDim('indexSelect', dim, this.ndim)
    const shape = this.shape.with(axis, index.numel())
    const alongAxis = shape.map((extent, at) => (at === axis ? extent : 1))
    return this.gather(axis, index.reshape(alongAxis).expand(shape))
  }

  /**
   * Indexes as PyTorch's brackets do: `x.at(0, [1, 4], '...', null)` is
   * `x[0, 1:4, ..., None]`.
   * @example
   * const x = array([[0, 1, 2], [3, 4, 5]])
   * x.at(1, 2) // → array(5.)
   * x.at('...', [null, null, -1])
   * // → array([[2., 1., 0.],
   * //          [5., 4., 3.]])
   * x.at(x.gt(3)) // → array([4., 5.])
   * x.at(2) // throws IndexError: select: index 2 is outside axis 0 of size 2
   */
  at(...indices: readonly Index<Self>[]): Self {
    let x = this.self
    let axis = 0
    let left = indices.reduce((count: number, item) => count + consumed(item), 0)
    if (left > x.ndim) {
      throw new IndexError(`at: ${left} indices for ${formatShape(x.shape)}`)
    }
    if (indices.filter((item) => item === '...').length > 1) {
      throw new IndexError("at: only one '...' can fill")
    }
    const gathered: Gathered<Self>[] = []
    for (const item of indices) {
      left -= consumed(item)
      if (item === null) {
        x = x.unsqueeze(axis++)
      } else if (item === '...') {
        axis = x.ndim - left
      } else if (typeof item === 'number') {
        x = x.select(axis, item)
      } else if (item instanceof Indexing) {
        if (item.dtype === 'bool') x = x.#flattenMasked(axis, item)
        const index = x.placesOn(axis, item)
        // A single index selects, as a number does.
        if (item.ndim === 0) x = x.indexSelect(axis, index).squeeze(axis)
        else gathered.push({ axis: axis++, index })
      } else {
        if (!isSlice(item)) throw noIndex(item)
        const [start = null, stop = null, step = 1] = item
        x = x.slice(axis++, start, stop, step)
      }
    }
    return gathered.length > 0 ? x.#gatherAt(gathered) : x
  }

  #flattenMasked(axis: number, mask: Self): Self {
    const covered = this.shape.slice(axis, axis + mask.ndim)
    if (mask.ndim > 0 && covered.every((extent, at) => extent === mask.shape[at])) {
      return this.flatten(axis, axis + mask.ndim - 1)
    }
    throw new ShapeError(
      `at: a mask of ${formatShape(mask.shape)} does not cover ${formatShape(covered)}`,
    )
  }

  /** Joins the indexed axes into one, and the index arrays likewise. */
  #gatherAt(gathered: readonly Gathered<Self>[]): Self {
    const axes = gathered.map(({ axis }) => axis)
    const shape = gathered.reduce(
      (common: Shape, { index }) => broadcastShapes('at', common, index.shape),
      [],
    )
    const adjacent = axes.every((axis, n) => axis === axes[0] + n)
    const target = adjacent ? axes[0] : 0
    const others = this.shape
      .map((_, axis) => axis)
      .filter((axis) => !axes.includes(axis))
    const front = this.permute([...axes, ...others])
    const place = gathered.reduce<Self | undefined>(
      (sum, { axis, index }) => sum?.mul(this.shape[axis]).add(index) ?? index,
      undefined,
    ) as Self
    const rows = front
      .flatten(0, axes.length - 1)
      .indexSelect(0, place.expand(shape).flatten())
      .unflatten(0, shape)
    return rows.permute(order(rows.ndim, shape.length, target))
  }
}

/** Moves the first `count` of `rank` axes behind the `target` axes after them. */
function order(rank: number, count: number, target: number): number[] {
  const axes = Array.from({ length: rank }, (_, axis) => axis)
  const moved = axes.splice(0, count)
  axes.splice(target, 0, ...moved)
  return axes
}

/** How many axes an index uses up. */
function consumed<Self extends Indexing<Self>>(item: Index<Self>): number {
  if (item === null || item === '...') return 0
  return item instanceof Indexing && item.dtype === 'bool' ? item.ndim : 1
}

type Slice = readonly [(number | null)?, (number | null)?, number?]

function isSlice(item: unknown): item is Slice {
  return Array.isArray(item) && item.length <= 3
}

function noIndex(item: unknown): IndexError {
  const what = Array.isArray(item) ? `a list of ${item.length}` : describeValue(item)
  return new IndexError(
    `at: ${what} is no index: give numbers, [start, stop, step], '...', null, or arrays`,
  )
}
