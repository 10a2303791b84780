import { NDArray, type Shape, sizeOf } from '@deepdive/tensor'
import { layouts } from '@deepdive/testing'
import fc from 'fast-check'
import { Tensor, tensor } from '../src/index.ts'

/** Tensors to differentiate at, and what numbers they hold. */
export type Inputs = fc.Arbitrary<Tensor[]>
export type Domain = (length: number) => fc.Arbitrary<number[]>

interface Sizes {
  /** Fewest axes. Default: 0. */
  readonly axes?: number
  /** Whether an axis may be empty. Default: true. */
  readonly empty?: boolean
}

/** No axis at all, axes of size 1, primes and none; no more elements than can be tried. */
export function shapes({ axes = 0, empty = true }: Sizes = {}): fc.Arbitrary<Shape> {
  const extent = fc.constantFrom(1, 1, 2, 3, 5, ...(empty ? [0] : []))
  return fc
    .array(extent, { minLength: axes, maxLength: 3 })
    .filter((shape) => sizeOf(shape) <= 10)
}

function numbers(one: fc.Arbitrary<number>): Domain {
  return (length) => fc.array(one, { minLength: length, maxLength: length })
}

/** Between −2 and 2, but never near a multiple of ½, where some functions have a kink. */
export const real = numbers(fc.integer({ min: -8, max: 7 }).map((n) => n / 4 + 1 / 16))

/** As `real`, and never near one of those. */
export const between = numbers(
  fc.integer({ min: -8, max: 7 }).map((n) => n / 4 + 3 / 16),
)

export const positive = numbers(fc.integer({ min: 4, max: 20 }).map((n) => n / 8))

/** Of either sign, and so far from 0 that a norm of them is smooth. */
export const far = from(-2, -1.25, -0.75, -0.5, 0.5, 0.75, 1.25, 2)

/** No two alike, so that a small step leaves their order as it is. */
export const distinct: Domain = (length) =>
  fc
    .uniqueArray(fc.integer({ min: -16, max: 15 }), {
      minLength: length,
      maxLength: length,
    })
    .map((list) => list.map((n) => n / 8 + 1 / 16))

/** Numbers chosen from a list. */
export function from(...list: number[]): Domain {
  return numbers(fc.constantFrom(...list))
}

/** A leaf of this shape, whose elements may lie anyhow in memory. */
export function leaf(shape: Shape, domain: Domain): fc.Arbitrary<Tensor> {
  const layout = fc.constantFrom(...Object.keys(layouts))
  const whole = fc.tuple(domain(sizeOf(shape)), layout).map(([values, name]) => {
    const { array } = tensor(Float32Array.from(values), shape)
    return new Tensor(layouts[name](array), true)
  })
  return domain === distinct ? whole : fc.oneof(whole, stretched(shape, domain))
}

/** A leaf that has the same elements along its first axis, by a stride of 0. */
function stretched(shape: Shape, domain: Domain): fc.Arbitrary<Tensor> {
  const inner = shape.slice(1)
  return domain(sizeOf(inner)).map((values) => {
    const { array } = tensor(Float32Array.from(values), inner)
    return new Tensor(array.expand(shape), true)
  })
}

/** One tensor. */
export function one(sizes?: Sizes, domain: Domain = real): Inputs {
  return shapes(sizes).chain((shape) => leaf(shape, domain).map((x) => [x]))
}

/** Tensors of just these shapes. */
export function shaped(list: readonly Shape[], domain: Domain = real): Inputs {
  return fc.tuple(...list.map((shape) => leaf(shape, domain)))
}

/** Tensors of shapes that broadcast, one for each domain. */
export function broadcast(...domains: Domain[]): Inputs {
  return shapes().chain((shape) =>
    fc.tuple(
      ...domains.map((domain) => part(shape).chain((smaller) => leaf(smaller, domain))),
    ),
  )
}

/** A shape that stretches to this one: some axes are 1, some missing in front. */
function part(shape: Shape): fc.Arbitrary<Shape> {
  const axes = shape.map((_, axis) => axis)
  return fc
    .tuple(fc.subarray(axes), fc.nat(shape.length))
    .map(([ones, missing]) =>
      shape.map((n, axis) => (ones.includes(axis) ? 1 : n)).slice(missing),
    )
}

/** Whole numbers from 0 to `below`: seed, seed + step, … around and around. */
export function indices(shape: Shape, below: number, seed: number, step = 7): Tensor {
  const values = Int32Array.from(
    { length: sizeOf(shape) },
    (_, n) => (seed + step * n) % below,
  )
  return new Tensor(NDArray.from(values, shape, tensor(0).device))
}

/** A mask of about half true, which follows from `seed`. */
export function mask(shape: Shape, seed: number): Tensor {
  return indices(shape, 5, seed).lt(2)
}
