import { arange, stack, type Tensor, tensor } from '@deepdive/autograd'
import { listedSizes, type OutputSize, parts, type Range } from './adaptive-parts.ts'
import { batched, checkAxes } from './batched.ts'
import { chosen, type IndicesOption, largest, type Pooled } from './max-pool.ts'

/** The size of each of the last axes of x afterwards. */
function outputSizes(op: string, x: Tensor, rank: number, size: OutputSize): number[] {
  checkAxes(op, x, rank)
  const extents = x.shape.slice(-rank)
  return listedSizes(op, size, rank).map((n, axis) => n ?? extents[axis])
}

/** A mean of means: those along one axis, and then along the next. */
function adaptiveAvgPool(
  op: string,
  x: Tensor,
  rank: number,
  outputSize: OutputSize,
): Tensor {
  return batched(op, x, rank, (x) =>
    outputSizes(op, x, rank, outputSize).reduce(
      (y, size, n) => averageAlong(y, n + 2, size),
      x,
    ),
  )
}

function averageAlong(x: Tensor, dim: number, size: number): Tensor {
  const extent = x.size(dim)
  if (extent % size === 0) {
    return x.unflatten(dim, [size, extent / size]).mean(dim + 1)
  }
  const means = parts(extent, size).map(({ start, end }) =>
    x.slice(dim, start, end).mean(dim),
  )
  return stack(means, dim)
}

/** Spread out so that all parts have one length, their maximum is that of a window. */
function adaptiveMaxPool(
  op: string,
  x: Tensor,
  rank: number,
  outputSize: OutputSize,
): [Tensor, Tensor] {
  const sizes = outputSizes(op, x, rank, outputSize)
  const extents = x.shape.slice(-rank)
  const tables = sizes.map((size, n) => spread(parts(extents[n], size)))
  const spreadOut = (plane: Tensor) =>
    tables.reduce((y, { places }, n) => {
      const index = tensor(places, [places.length], { device: x.device })
      return y.indexSelect(n - rank, index)
    }, plane)
  const slides = { dilation: 1, before: 0, after: 0 }
  const window = tables.map(({ length }) => {
    return { size: length, stride: length, ...slides }
  })
  const [values, found] = largest(op, spreadOut(x), window)
  const count = extents.reduce((product, extent) => product * extent, 1)
  const origins = spreadOut(arange(count, { device: x.device }).reshape(extents))
  const indices = origins.flatten().indexSelect(0, found.flatten())
  return [values, indices.reshape(found.shape)]
}

/** All parts one after another, short ones filled up with their last element. */
function spread(ranges: readonly Range[]): { places: Int32Array; length: number } {
  const length = Math.max(...ranges.map(({ start, end }) => end - start))
  const places = ranges.flatMap(({ start, end }) =>
    Array.from({ length }, (_, k) => Math.min(start + k, end - 1)),
  )
  return { places: Int32Array.from(places), length }
}

/**
 * The means of `outputSize` equal parts of each line, however long: part i goes from
 * ⌊i · n / size⌋ to ⌈(i + 1) · n / size⌉. x is [N, C, L] or [C, L].
 *
 * @throws ValueError where the size is no whole number ≥ 1.
 * @example
 * functional.adaptiveAvgPool1d(tensor([[1, 2, 3]]), 2) // → tensor([[1.5000, 2.5000]])
 */
export function adaptiveAvgPool1d(x: Tensor, outputSize: OutputSize): Tensor {
  return adaptiveAvgPool('adaptiveAvgPool1d', x, 1, outputSize)
}

/**
 * The means of h · w equal parts of each image, whatever its size: 1 is the mean of
 * all. x is [N, C, H, W] or [C, H, W]; `outputSize` is h = w, or [h, w], null for as it
 * is.
 *
 * @throws ValueError where the size is no whole number ≥ 1.
 * @example
 * functional.adaptiveAvgPool2d(tensor([[[1, 2], [4, 5]]]), 1) // → tensor([[[3.]]])
 */
export function adaptiveAvgPool2d(x: Tensor, outputSize: OutputSize): Tensor {
  return adaptiveAvgPool('adaptiveAvgPool2d', x, 2, outputSize)
}

/**
 * The largest elements of `outputSize` equal parts of each line, [N, C, L] or [C, L]:
 * the parts of adaptiveAvgPool1d, the elements of maxPool1d.
 *
 * @throws ValueError where the size is no whole number ≥ 1.
 * @example
 * functional.adaptiveMaxPool1d(tensor([[1, 5, 3]]), 2) // → tensor([[5., 5.]])
 */
export function adaptiveMaxPool1d<Indices extends boolean = false>(
  x: Tensor,
  outputSize: OutputSize,
  options: IndicesOption<Indices> = {},
): Pooled<Indices> {
  return chosen(adaptiveMaxPool('adaptiveMaxPool1d', x, 1, outputSize), options)
}

/**
 * The largest elements of h · w equal parts of each image, [N, C, H, W] or [C, H, W]:
 * the parts of adaptiveAvgPool2d, the elements of maxPool2d.
 *
 * @throws ValueError where the size is no whole number ≥ 1.
 * @example
 * functional.adaptiveMaxPool2d(tensor([[[1, 2], [4, 5]]]), 1) // → tensor([[[5.]]])
 */
export function adaptiveMaxPool2d<Indices extends boolean = false>(
  x: Tensor,
  outputSize: OutputSize,
  options: IndicesOption<Indices> = {},
): Pooled<Indices> {
  return chosen(adaptiveMaxPool('adaptiveMaxPool2d', x, 2, outputSize), options)
}
