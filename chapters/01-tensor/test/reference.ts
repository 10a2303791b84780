import fc from 'fast-check'
import { array, type DType, type NDArray, type Shape } from '../src/index.ts'

/**
 * What an array should be, told without strides or memory: a shape, and a function from
 * an index to its element. The tests compare arrays with it.
 */
export interface Reference {
  readonly shape: Shape
  at(index: readonly number[]): number
}

/** An array, and what it should be. */
export interface Pair {
  readonly x: NDArray
  readonly ref: Reference
}

/** All indices of a shape in row-major order: `[0, 0]`, `[0, 1]`, … */
export function indicesOf(shape: Shape): number[][] {
  return shape.reduce<number[][]>(
    (indices, extent) =>
      indices.flatMap((index) =>
        Array.from({ length: extent }, (_, n) => [...index, n]),
      ),
    [[]],
  )
}

export function elementsOf(ref: Reference): number[] {
  return indicesOf(ref.shape).map((index) => ref.at(index))
}

/** The elements of an array in row-major order, read one by one. */
export function readAll(x: NDArray): number[] {
  return indicesOf(x.shape).map((index) =>
    index.reduce((part, n) => part.select(0, n), x).item(),
  )
}

/** A contiguous array of the given elements, and its reference. */
export function pairOf(shape: Shape, values: readonly number[], dtype: DType): Pair {
  const x = array(Float64Array.from(values), shape, { dtype })
  const strides = shape.map((_, axis) => product(shape.slice(axis + 1)))
  const at = (index: readonly number[]) =>
    values[index.reduce((place, n, axis) => place + n * strides[axis], 0)]
  return { x, ref: { shape, at } }
}

export function product(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a * b, 1)
}

/** A way to make a view, with what it should do to the reference. */
type Move = (pair: Pair, a: number, b: number) => Pair

const moves: Record<string, Move> = {
  permute({ x, ref }, a) {
    const dims = ref.shape.map((_, axis) => (axis + a) % ref.shape.length)
    const shape = dims.map((dim) => ref.shape[dim])
    const at = (index: readonly number[]) =>
      ref.at(ref.shape.map((_, axis) => index[dims.indexOf(axis)]))
    return { x: x.permute(dims), ref: { shape, at } }
  },
  slice({ x, ref }, a, b) {
    const axis = a % ref.shape.length
    const step = 1 + (b % 3)
    const start = Math.min(b % 2, ref.shape[axis])
    const shape = ref.shape.with(axis, Math.ceil((ref.shape[axis] - start) / step))
    const at = (index: readonly number[]) =>
      ref.at(index.with(axis, start + step * index[axis]))
    return { x: x.slice(axis, start, null, step), ref: { shape, at } }
  },
  flip({ x, ref }, a) {
    const axis = a % ref.shape.length
    const at = (index: readonly number[]) =>
      ref.at(index.with(axis, ref.shape[axis] - 1 - index[axis]))
    return { x: x.flip(axis), ref: { shape: ref.shape, at } }
  },
  expand({ x, ref }, a, b) {
    const shape = [1 + (b % 3), ...ref.shape].map((n, axis) =>
      n === 1 && axis === a ? 2 : n,
    )
    const at = (index: readonly number[]) =>
      ref.at(index.slice(1).map((n, axis) => (ref.shape[axis] === 1 ? 0 : n)))
    return { x: x.expand(shape), ref: { shape, at } }
  },
  select({ x, ref }, a, b) {
    const axis = a % ref.shape.length
    if (ref.shape[axis] === 0) return { x, ref }
    const n = b % ref.shape[axis]
    const at = (index: readonly number[]) => ref.at(index.toSpliced(axis, 0, n))
    return { x: x.select(axis, n), ref: { shape: ref.shape.toSpliced(axis, 1), at } }
  },
}

/** Sizes that kernels stumble over: none, one, primes, and more than a short run. */
const extent = fc.constantFrom(0, 1, 1, 2, 3, 5, 7, 17)

const quarters = fc.integer({ min: -40, max: 40 }).map((n) => n / 4)

const small: Record<DType, fc.Arbitrary<number>> = {
  float32: quarters,
  float16: quarters,
  int32: fc.integer({ min: -9, max: 9 }),
  bool: fc.integer({ min: 0, max: 1 }),
}

/** Elements of a dtype for `shape`: quarters, small integers, or 0 and 1. */
export function elementsFor(shape: Shape, dtype: DType): fc.Arbitrary<number[]> {
  const length = product(shape)
  return fc.array(small[dtype], { minLength: length, maxLength: length })
}

/** Strided views of all kinds, views of views too, of up to 4 axes. */
export function anyView(dtype: DType = 'float32'): fc.Arbitrary<Pair> {
  const step = fc.tuple(fc.constantFrom(...Object.keys(moves)), fc.nat(4), fc.nat(9))
  const steps = fc.array(step, { maxLength: 4 })
  return fc
    .array(extent, { maxLength: 3 })
    .filter((shape) => product(shape) <= 120)
    .chain((shape) => fc.tuple(fc.constant(shape), elementsFor(shape, dtype), steps))
    .map(([shape, values, ways]) => follow(pairOf(shape, values, dtype), ways))
}

function follow(first: Pair, ways: readonly [string, number, number][]): Pair {
  return ways.reduce((pair, [way, a, b]) => {
    const { length } = pair.ref.shape
    if ((length === 0 && way !== 'expand') || (length > 3 && way === 'expand'))
      return pair
    return moves[way](pair, a, b)
  }, first)
}

/** Views of exactly this shape: permuted, flipped, cut out of others, stretched. */
export function viewOfShape(
  shape: Shape,
  dtype: DType = 'float32',
): fc.Arbitrary<Pair> {
  const axes = shape.map((_, axis) => axis)
  const order = fc.shuffledSubarray(axes, { minLength: shape.length })
  const some = fc.subarray(axes)
  return fc.tuple(order, some, some, some).chain(([dims, flips, gaps, stretched]) => {
    const widthOf = (dim: number) =>
      stretched.includes(dim) ? 1 : shape[dim] * (gaps.includes(dim) ? 2 : 1)
    const placeOf = (dim: number, n: number) => {
      if (stretched.includes(dim)) return 0
      return (
        (flips.includes(dim) ? shape[dim] - 1 - n : n) * (gaps.includes(dim) ? 2 : 1)
      )
    }
    const wide = dims.map(widthOf)
    return elementsFor(wide, dtype).map((values) => {
      const { x: base, ref } = pairOf(wide, values, dtype)
      const spaced = dims.reduce(
        (x, dim, axis) =>
          gaps.includes(dim) && !stretched.includes(dim)
            ? x.slice(axis, 0, null, 2)
            : x,
        base,
      )
      const x = spaced.permute(axes.map((axis) => dims.indexOf(axis))).expand(shape)
      const at = (index: readonly number[]) =>
        ref.at(dims.map((dim) => placeOf(dim, index[dim])))
      return { x: x.flip(flips), ref: { shape, at } }
    })
  })
}
