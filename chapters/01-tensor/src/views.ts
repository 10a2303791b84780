import { IndexError, ShapeError, ValueError } from './errors.ts'
import {
  checkList,
  formatShape,
  inferSize,
  normalizeDim,
  normalizeDims,
  type Shape,
} from './shape.ts'

/**
 * Where the elements of an array lie: element `[i, j, …]` at
 * `offset + i · strides[0] + j · strides[1] + …`. All functions here turn one layout
 * into another, which is how an array is transposed or sliced without a copy.
 */
export interface Layout {
  readonly shape: Shape
  readonly strides: readonly number[]
  readonly offset: number
}

/**
 * Row-major strides: the last axis runs fastest. `[2, 3, 4]` has `[12, 4, 1]`.
 * @example contiguousStrides([2, 3, 4]) // → [12, 4, 1]
 */
export function contiguousStrides(shape: Shape): number[] {
  const strides = new Array<number>(shape.length)
  let stride = 1
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = stride
    stride *= shape[axis]
  }
  return strides
}

/**
 * Whether the elements lie in row-major order without gaps.
 * @example
 * isContiguous(zeros([2, 3])) // → true
 * isContiguous(zeros([2, 3]).t()) // → false
 */
export function isContiguous({ shape, strides }: Omit<Layout, 'offset'>): boolean {
  let stride = 1
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (shape[axis] !== 1 && strides[axis] !== stride) return false
    stride *= shape[axis]
  }
  return true
}

export function permute(layout: Layout, dims: readonly number[]): Layout {
  const rank = layout.shape.length
  checkList('permute', 'dims', dims)
  const axes = normalizeDims('permute', dims, rank)
  if (axes.length !== rank) {
    throw new ShapeError(
      `permute: dims [${dims.join(', ')}] must name each of ${rank} axes once`,
    )
  }
  return {
    shape: axes.map((axis) => layout.shape[axis]),
    strides: axes.map((axis) => layout.strides[axis]),
    offset: layout.offset,
  }
}

/** Stretches axes of size 1, and adds axes in front, by strides of 0. */
export function expand(layout: Layout, shape: Shape): Layout {
  checkList('expand', 'the shape', shape)
  const added = shape.length - layout.shape.length
  const sizes = shape.map((size, axis) =>
    size === -1 ? layout.shape[axis - added] : size,
  )
  const fits = layout.shape.every((n, axis) => n === 1 || n === sizes[axis + added])
  if (added < 0 || !fits || !sizes.every((n) => Number.isInteger(n) && n >= 0)) {
    throw new ShapeError(
      `expand: cannot stretch ${formatShape(layout.shape)} to ${formatShape(shape)}: ` +
        'only axes of size 1 stretch, and new axes come in front',
    )
  }
  const strides = sizes.map((size, axis) => {
    const own = axis - added
    return own < 0 || layout.shape[own] !== size ? 0 : layout.strides[own]
  })
  return { shape: sizes, strides, offset: layout.offset }
}

/** Every `step`-th index of `dim` from `start` up to, without, `end`, as in Python. */
export function slice(
  layout: Layout,
  dim: number,
  start: number | null,
  end: number | null,
  step: number,
): Layout {
  const axis = normalizeDim('slice', dim, layout.shape.length)
  if (!Number.isInteger(step) || step === 0) {
    throw new ValueError(`slice: step ${step} must be a whole number other than 0`)
  }
  for (const [name, bound] of Object.entries({ start, end })) {
    if (bound === null || Number.isInteger(bound)) continue
    throw new ValueError(`slice: ${name} ${bound} must be a whole number, or null`)
  }
  const extent = layout.shape[axis]
  const [lowest, highest] = step > 0 ? [0, extent] : [-1, extent - 1]
  const clamp = (bound: number | null, edge: number) => {
    if (bound === null) return edge
    return Math.min(Math.max(bound < 0 ? bound + extent : bound, lowest), highest)
  }
  const from = clamp(start, step > 0 ? lowest : highest)
  const to = clamp(end, step > 0 ? highest : lowest)
  const length = Math.max(0, Math.ceil((to - from) / step))
  const stride = layout.strides[axis]
  return {
    shape: layout.shape.with(axis, length),
    strides: layout.strides.with(axis, stride * step),
    offset: layout.offset + (length > 0 ? from * stride : 0),
  }
}

/**
 * The elements of `dim1` and `dim2` whose indices differ by `offset`, as a last axis.
 */
export function diagonal(
  layout: Layout,
  offset: number,
  dim1: number,
  dim2: number,
): Layout {
  const { shape, strides } = layout
  const [row, column] = normalizeDims('diagonal', [dim1, dim2], shape.length)
  if (!Number.isInteger(offset)) {
    throw new ValueError(`diagonal: offset ${offset} must be a whole number`)
  }
  const firstRow = Math.max(0, -offset)
  const firstColumn = Math.max(0, offset)
  const length = Math.min(shape[row] - firstRow, shape[column] - firstColumn)
  const rest = (list: readonly number[]) =>
    list.filter((_, axis) => axis !== row && axis !== column)
  const start = firstRow * strides[row] + firstColumn * strides[column]
  return {
    shape: [...rest(shape), Math.max(0, length)],
    strides: [...rest(strides), strides[row] + strides[column]],
    offset: layout.offset + (length > 0 ? start : 0),
  }
}

/** All windows of `size` along `dim`, `step` apart; their inside is a new last axis. */
export function unfold(
  layout: Layout,
  dim: number,
  size: number,
  step: number,
): Layout {
  const axis = normalizeDim('unfold', dim, layout.shape.length)
  const extent = layout.shape[axis]
  const whole = Number.isInteger(size) && Number.isInteger(step)
  if (!(whole && size >= 0 && size <= extent && step > 0)) {
    throw new ShapeError(
      `unfold: no windows of size ${size}, ${step} apart, fit an axis of ${extent}`,
    )
  }
  const stride = layout.strides[axis]
  return {
    shape: [...layout.shape.with(axis, Math.floor((extent - size) / step) + 1), size],
    strides: [...layout.strides.with(axis, stride * step), stride],
    offset: layout.offset,
  }
}

/** One index of `dim`, which disappears. */
export function select(layout: Layout, dim: number, index: number): Layout {
  const axis = normalizeDim('select', dim, layout.shape.length)
  const extent = layout.shape[axis]
  const place = index < 0 ? index + extent : index
  if (!Number.isInteger(index) || place < 0 || place >= extent) {
    throw new IndexError(
      `select: index ${index} is outside axis ${dim} of size ${extent}`,
    )
  }
  return {
    shape: layout.shape.toSpliced(axis, 1),
    strides: layout.strides.toSpliced(axis, 1),
    offset: layout.offset + place * layout.strides[axis],
  }
}

/**
 * The same elements in row-major order under another shape, or undefined where no
 * strides can say that: then only a copy can.
 *
 * Axes fall into groups of equal size on both sides (`[2, 3, 4]` to `[6, 2, 2]` has
 * 2 · 3 = 6 and 4 = 2 · 2); a group can be split anew if it is evenly spaced inside.
 */
export function reshape(layout: Layout, wanted: Shape): Layout | undefined {
  const size = layout.shape.reduce((product, extent) => product * extent, 1)
  const shape = inferSize('reshape', wanted, size)
  if (size === 0 || isContiguous(layout)) {
    return { shape, strides: contiguousStrides(shape), offset: layout.offset }
  }
  const { sizes, steps } = withoutOnes(layout)
  const strides = new Array<number>(shape.length).fill(0)
  let to = shape.length - 1
  for (let from = sizes.length - 1; from >= 0; from--) {
    let stride = steps[from]
    let group = sizes[from]
    while (from > 0 && steps[from - 1] === sizes[from] * steps[from]) {
      group *= sizes[--from]
    }
    while (to >= 0 && (group > 1 || shape[to] === 1)) {
      if (group % shape[to] !== 0) return undefined
      strides[to] = stride
      stride *= shape[to]
      group /= shape[to--]
    }
  }
  return { shape, strides, offset: layout.offset }
}

/** The axes that are stepped along: whatever its stride, an axis of size 1 is not. */
function withoutOnes({ shape, strides }: Layout): { sizes: Shape; steps: Shape } {
  const stepped = (_: number, axis: number) => shape[axis] !== 1
  return { sizes: shape.filter(stepped), steps: strides.filter(stepped) }
}
