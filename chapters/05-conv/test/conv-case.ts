import { randn, type Tensor } from '@deepdive/autograd'
import { manualSeed, type Shape } from '@deepdive/tensor'
import fc from 'fast-check'
import type { Images } from '../src/index.ts'

/** How filters slide along one axis, and over how many elements. */
const anyAxis = fc
  .record({
    size: fc.integer({ min: 1, max: 3 }),
    stride: fc.integer({ min: 1, max: 3 }),
    dilation: fc.integer({ min: 1, max: 3 }),
    padding: fc.nat(2),
    more: fc.nat(3),
  })
  .map(({ more, ...axis }) => {
    const reach = axis.dilation * (axis.size - 1) + 1
    return { ...axis, extent: Math.max(1, reach - 2 * axis.padding) + more }
  })

/** A convolution in which at least one window fits. */
export interface ConvCase {
  readonly x: Tensor
  readonly weight: Tensor
  readonly bias: Tensor | null
  readonly options: {
    readonly stride: readonly number[]
    readonly padding: readonly number[]
    readonly dilation: readonly number[]
    readonly groups: number
  }
}

/** Random convolutions over `rank` axes. */
export function anyConv(rank: number): fc.Arbitrary<ConvCase> {
  return fc
    .record({
      axes: fc.array(anyAxis, { minLength: rank, maxLength: rank }),
      batch: fc.integer({ min: 1, max: 2 }),
      groups: fc.integer({ min: 1, max: 3 }),
      inGroup: fc.integer({ min: 1, max: 2 }),
      outGroup: fc.integer({ min: 1, max: 2 }),
      bias: fc.boolean(),
      seed: fc.nat(),
    })
    .map(({ axes, batch, groups, inGroup, outGroup, bias, seed }) => {
      manualSeed(seed)
      const extents = axes.map(({ extent }) => extent)
      const sizes = axes.map(({ size }) => size)
      return {
        x: random([batch, groups * inGroup, ...extents]),
        weight: random([groups * outGroup, inGroup, ...sizes]),
        bias: bias ? random([groups * outGroup]) : null,
        options: {
          stride: axes.map(({ stride }) => stride),
          padding: axes.map(({ padding }) => padding),
          dilation: axes.map(({ dilation }) => dilation),
          groups,
        },
      }
    })
}

/** The sizes that a convolution cannot tell apart differ by this on each axis. */
export function forgotten({ x, weight, options }: ConvCase): number[] {
  return options.stride.map((stride, n) => {
    const reach = options.dilation[n] * (weight.shape[2 + n] - 1) + 1
    return (x.shape[2 + n] + 2 * options.padding[n] - reach) % stride
  })
}

export function random(shape: Shape): Tensor {
  return randn(shape, { requiresGrad: true })
}

/** The numbers of a tensor of four axes, as the naive loops take them. */
export function images(x: Tensor): Images {
  const numbers = Array.from(x.toTypedArray())
  const parts = <Part>(list: readonly Part[], size: number) =>
    Array.from({ length: list.length / size }, (_, n) =>
      list.slice(n * size, (n + 1) * size),
    )
  return parts(parts(parts(numbers, x.shape[3]), x.shape[2]), x.shape[1])
}
