import {
  contiguousStrides,
  type DType,
  NDArray,
  type Shape,
  Storage,
  sizeOf,
} from '@deepdive/tensor'
import fc from 'fast-check'
import { drawn, type Numbers } from './numbers.ts'
import { plainCpu } from './plain.ts'

/** Sizes that kernels stumble over: none, one, primes, powers of two and beside them. */
const short = fc.constantFrom(0, 1, 1, 2, 3, 4, 5, 7, 17)
const long = fc.constantFrom(31, 64, 65, 127, 255, 256, 257, 1021, 1025, 4099)

/** Up to 4 short axes, or a long one among very short ones. */
export const anyShape: fc.Arbitrary<Shape> = fc
  .oneof(
    { weight: 3, arbitrary: fc.array(short, { maxLength: 4 }) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(
          fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 2 }),
          long,
          fc.nat(2),
        )
        .map(([others, extent, place]) => others.toSpliced(place, 0, extent)),
    },
  )
  .filter((shape) => sizeOf(shape) <= 5000)

/** As `anyShape`, with at least one axis. */
export const anyLanes = anyShape.filter(({ length }) => length > 0)

/** What lies between neighbours along an axis: nothing, a little, or very much. */
const gap = fc.constantFrom(1, 1, 1, 2, 3, 9973)
const mostMemory = 200_000

/** How the elements of an array lie in memory. */
interface Lie {
  readonly shape: Shape
  /** From the axis that runs slowest to the one that runs fastest. */
  readonly order: readonly number[]
  readonly gaps: readonly number[]
  readonly flipped: readonly number[]
  readonly stretched: readonly number[]
  readonly lead: number
}

function anyLie(shape: Shape, stretches: boolean): fc.Arbitrary<Lie> {
  const axes = [...shape.keys()]
  return fc.record({
    shape: fc.constant(shape),
    order: fc.shuffledSubarray(axes, { minLength: axes.length }),
    gaps: fc.array(gap, { minLength: axes.length, maxLength: axes.length }),
    flipped: fc.subarray(axes),
    stretched: stretches
      ? fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, fc.subarray(axes))
      : fc.constant([]),
    lead: fc.nat(3),
  })
}

/** The elements of memory that it takes, and the layout. */
function layoutOf({ shape, order, gaps, flipped, stretched, lead }: Lie) {
  const extents = order.map((axis) => (stretched.includes(axis) ? 1 : shape[axis]))
  const roomy = order.map((axis, n) => extents[n] * gaps[axis])
  const fits = sizeOf(roomy) <= mostMemory
  const room = fits ? roomy : extents
  const steps = contiguousStrides(room)
  const strides = shape.map((_, axis) => {
    const step = steps[order.indexOf(axis)] * (fits ? gaps[axis] : 1)
    if (stretched.includes(axis)) return 0
    return flipped.includes(axis) ? -step : step
  })
  const offset = shape.reduce(
    (at, extent, axis) => at - Math.min(0, strides[axis] * Math.max(0, extent - 1)),
    lead,
  )
  return { length: lead + sizeOf(room), layout: { shape, strides, offset } }
}

/**
 * An array of this shape on the plain cpu, whose elements lie in memory in any way:
 * permuted, backwards, with gaps between them and, if it `stretches`, several in one
 * place.
 */
export function viewOf(
  shape: Shape,
  dtype: DType,
  numbers: Numbers,
  stretches = true,
): fc.Arbitrary<NDArray> {
  return fc.tuple(anyLie(shape, stretches), fc.nat()).map(([lie, seed]) => {
    const { length, layout } = layoutOf(lie)
    const values = drawn(numbers, dtype, length, seed)
    return new NDArray(new Storage(plainCpu, dtype, length, values), layout)
  })
}

/** Memory for a result, which lies in it without gaps, by axes in any order. */
export function resultOf(shape: Shape, dtype: DType): fc.Arbitrary<NDArray> {
  const axes = [...shape.keys()]
  return fc.shuffledSubarray(axes, { minLength: axes.length }).map((order) =>
    NDArray.empty(
      order.map((axis) => shape[axis]),
      dtype,
      plainCpu,
    ).permute(axes.map((axis) => order.indexOf(axis))),
  )
}

/** Memory for a result, row after row. */
export function rowsOf(shape: Shape, dtype: DType): NDArray {
  return NDArray.empty(shape, dtype, plainCpu)
}
