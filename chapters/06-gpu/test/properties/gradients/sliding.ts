import type { Tensor } from '@deepdive/autograd'
import { functional as F } from '@deepdive/conv'
import { manualSeed, type Shape } from '@deepdive/tensor'
import fc from 'fast-check'
import { anyConv, forgotten, random } from '../../../../05-conv/test/conv-case.ts'
import { anyPool, distinct } from '../../../../05-conv/test/pool-case.ts'
import type { Attempt, Attempts } from './attempt.ts'

type Convolution = typeof F.conv1d

function convolution(rank: number, conv: Convolution): fc.Arbitrary<Attempt> {
  return anyConv(rank).map(({ x, weight, bias, options }) => ({
    inputs: bias ? [x, weight, bias] : [x, weight],
    run: ([x, weight, bias = null]) => conv(x, weight, bias, options),
  }))
}

function transposed(
  rank: number,
  conv: Convolution,
  convTranspose: typeof F.convTranspose1d,
): fc.Arbitrary<Attempt> {
  return anyConv(rank).map((any) => {
    const { x, weight, options } = any
    const settings = { ...options, outputPadding: forgotten(any) }
    return {
      inputs: [random(conv(x, weight, null, options).shape), weight],
      run: ([y, weight]) => convTranspose(y, weight, null, settings),
    }
  })
}

const pooling = anyPool.map(({ x, kernelSize, options }) => ({
  inputs: [x],
  run: ([x]: readonly Tensor[]) => F.maxPool2d(x, kernelSize, options),
}))

const averaging = anyPool.map(
  ({ x, kernelSize, options: { dilation: _, ...rest } }) => ({
    inputs: [x],
    run: ([x]: readonly Tensor[]) => F.avgPool2d(x, kernelSize, rest),
  }),
)

const unfolding = anyConv(2).map(({ x, weight, options: { groups: _, ...rest } }) => ({
  inputs: [x],
  run: ([x]: readonly Tensor[]) => F.unfold(x, weight.shape.slice(2), rest),
}))

const folding = anyConv(2).map(({ x, weight, options: { groups: _, ...rest } }) => {
  const sizes = weight.shape.slice(2)
  return {
    inputs: [random(F.unfold(x, sizes, rest).shape)],
    run: ([y]: readonly Tensor[]) => F.fold(y, x.shape.slice(2), sizes, rest),
  }
})

const size = fc.integer({ min: 1, max: 7 })
const resizing = fc
  .record({ from: fc.tuple(size, size), to: fc.tuple(size, size), seed: fc.nat() })
  .chain(({ from, to, seed }) =>
    fc
      .constantFrom<F.InterpolateOptions>(
        { size: to },
        { size: to, mode: 'bilinear' },
        { size: to, mode: 'bilinear', alignCorners: true },
      )
      .map((options) => {
        manualSeed(seed)
        return {
          inputs: [random([1, 2, ...from])],
          run: ([x]: readonly Tensor[]) => F.interpolate(x, options),
        }
      }),
  )

const adapting = fc
  .tuple(fc.tuple(size, size), fc.tuple(size, size), fc.boolean())
  .map(([from, to, largest]) => ({
    inputs: [distinct([2, ...from])],
    run: ([x]: readonly Tensor[]) =>
      largest ? F.adaptiveMaxPool2d(x, to) : F.adaptiveAvgPool2d(x, to),
  }))

/** So large that channels of nearly equal numbers are no cliff. */
const eps = 0.5

/** Images of 4 channels, and a weight and a bias for each. */
function normalizing(
  norm: (x: Tensor, weight: Tensor, bias: Tensor) => Tensor,
): fc.Arbitrary<Attempt> {
  const shapes: Shape[] = [
    [2, 4, 3],
    [3, 4, 2, 2],
    [2, 4, 5, 7],
  ]
  return fc.tuple(fc.constantFrom(...shapes), fc.nat()).map(([shape, seed]) => {
    manualSeed(seed)
    return {
      inputs: [random(shape), random([4]), random([4])],
      run: ([x, weight, bias]) => norm(x, weight, bias),
    }
  })
}

const learning = { training: true, eps }

/** What slides over images, and what norms them. */
export const sliding: Attempts = {
  conv1d: convolution(1, F.conv1d),
  conv2d: convolution(2, F.conv2d),
  conv3d: convolution(3, F.conv3d),
  convTranspose1d: transposed(1, F.conv1d, F.convTranspose1d),
  convTranspose2d: transposed(2, F.conv2d, F.convTranspose2d),
  maxPool2d: pooling,
  avgPool2d: averaging,
  adaptivePool: adapting,
  unfold: unfolding,
  fold: folding,
  interpolate: resizing,
  batchNorm: normalizing((x, w, b) => F.batchNorm(x, null, null, w, b, learning)),
  groupNorm: normalizing((x, w, b) => F.groupNorm(x, 2, w, b, { eps })),
  instanceNorm: normalizing((x, w, b) => F.instanceNorm(x, null, null, w, b, { eps })),
}
