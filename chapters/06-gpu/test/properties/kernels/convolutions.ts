import type { Shape } from '@deepdive/tensor'
import fc from 'fast-check'
import { type Window, windowCount } from '../../../../05-conv/src/window.ts'
import { fused } from '../../../../05-conv/test/fused.ts'
import type { Call, Calls } from '../call.ts'
import { between, exactNumbers } from '../numbers.ts'
import { rowsOf, viewOf } from '../views.ts'
import { anyAxis } from './windows.ts'

/** How filters slide over images: x, weight and y as in chapter 5's kernels. */
interface Sliding {
  readonly window: Window
  readonly groups: number
  readonly x: Shape
  readonly weight: Shape
  readonly y: Shape
}

const few = fc.constantFrom(1, 1, 2, 3)

/** Few channels on small images; or many, or windows by the hundred, so that tiles end. */
const sizes = fc.oneof(
  { weight: 3, arbitrary: fc.record({ batch: few, inputs: few, outputs: few }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      { batch: 5, inputs: 1, outputs: 17 },
      { batch: 1, inputs: 33, outputs: 2 },
    ),
  },
)

function sliding(rank: number): fc.Arbitrary<Sliding> {
  const axes = fc.array(anyAxis, { minLength: rank, maxLength: rank })
  return fc
    .tuple(sizes, few, axes)
    .map(([{ batch, inputs, outputs }, groups, axes]) => {
      const window = axes.map(({ axis }) => axis)
      const counts = axes.map(({ axis, extent }) => windowCount('test', axis, extent))
      const filter = window.map(({ size }) => size)
      return {
        window,
        groups,
        x: [batch, groups * inputs, ...axes.map(({ extent }) => extent)],
        weight: [groups * outputs, inputs, ...filter],
        y: [batch, groups * outputs, ...counts],
      }
    })
}

/** Elements one after the other, of numbers whose products and sums are exact. */
function dense(shape: Shape) {
  return viewOf(shape, 'float32', exactNumbers, false).map((x) => x.contiguous())
}

const conv = (rank: number): fc.Arbitrary<Call> =>
  sliding(rank).chain(({ window, groups, x, weight, y }) =>
    fc
      .tuple(dense(x), dense(weight), dense([weight[0]]), fc.boolean())
      .map(([x, weight, bias, hasBias]) => ({
        given: [x, weight, ...(hasBias ? [bias] : [])],
        results: [rowsOf(y, 'float32')],
        run: (kernels, [x, weight, bias = null], [y]) =>
          kernels.conv?.(x, weight, bias, window, groups, y),
        meaning: (_, [x, weight, bias = null], [y]) =>
          fused.conv(x, weight, bias, window, groups, y),
        nearness: 'equal',
      })),
  )

const convInputGradient = (rank: number): fc.Arbitrary<Call> =>
  sliding(rank).chain(({ window, groups, x, weight, y }) =>
    fc.tuple(dense(y), dense(weight)).map((given) => ({
      given,
      results: [rowsOf(x, 'float32')],
      run: (kernels, [grad, weight], [x]) =>
        kernels.convInputGradient?.(grad, weight, window, groups, x),
      meaning: (_, [grad, weight], [x]) =>
        fused.convInputGradient(grad, weight, window, groups, x),
      nearness: 'equal',
    })),
  )

const convWeightGradient = (rank: number): fc.Arbitrary<Call> =>
  sliding(rank).chain(({ window, groups, x, weight, y }) =>
    fc.tuple(dense(x), dense(y)).map((given) => ({
      given,
      results: [rowsOf(weight, 'float32')],
      run: (kernels, [x, grad], [weight]) =>
        kernels.convWeightGradient?.(x, grad, window, groups, weight),
      meaning: (_, [x, grad], [weight]) =>
        fused.convWeightGradient(x, grad, window, groups, weight),
      nearness: 'equal',
    })),
  )

const extent = fc.constantFrom(1, 2, 3, 5, 17)

/** Images, or rows of features, with the axis of channels in front. */
const channels = fc
  .tuple(extent, extent, fc.array(extent, { maxLength: 2 }))
  .chain(([channels, batch, others]) => {
    const shape = [channels, batch, ...others]
    const vector = viewOf([channels], 'float32', between(0.5, 2)).map((x) =>
      x.contiguous(),
    )
    return fc.record({
      x: viewOf(shape, 'float32', between(-1, 1)),
      grad: viewOf(shape, 'float32', exactNumbers),
      weight: vector,
      bias: vector,
      inverse: vector,
    })
  })

/** So large that channels of equal numbers are no cliff. */
const eps = 0.5

const batchNorm = channels.map(({ x, weight, bias }): Call => {
  const found = () => rowsOf(weight.shape, 'float32')
  return {
    given: [x, weight, bias],
    results: [rowsOf(x.shape, 'float32'), found(), found()],
    run: (kernels, [x, weight, bias], [y, mean, variance]) =>
      kernels.batchNorm?.(x, weight, bias, eps, y, mean, variance),
    meaning: (_, [x, weight, bias], [y, mean, variance]) =>
      fused.batchNorm(x, weight, bias, eps, y, mean, variance),
    nearness: 'close',
  }
})

const batchNormGradient = channels.map(({ x, grad, weight, bias, inverse }): Call => {
  const found = () => rowsOf(weight.shape, 'float32')
  return {
    given: [grad, x, weight, bias, inverse],
    results: [rowsOf(x.shape, 'float32'), found(), found()],
    run: (kernels, [grad, x, weight, mean, inverse], results) => {
      const [xGrad, ...others] = results
      const slopes = [xGrad, others[0], others[1]] as const
      kernels.batchNormGradient?.(grad, x, weight, mean, inverse, ...slopes)
    },
    meaning: (_, [grad, x, weight, mean, inverse], [xGrad, weightGrad, biasGrad]) =>
      fused.batchNormGradient(
        ...([grad, x, weight, mean, inverse, xGrad, weightGrad, biasGrad] as const),
      ),
    nearness: 'close',
  }
})

/** Filters on images, and channels brought to one size. */
export const convolutions: Readonly<Record<string, Calls>> = {
  conv: { 'along one axis': conv(1), 'along two axes': conv(2) },
  convInputGradient: {
    'along one axis': convInputGradient(1),
    'along two axes': convInputGradient(2),
  },
  convWeightGradient: {
    'along one axis': convWeightGradient(1),
    'along two axes': convWeightGradient(2),
  },
  batchNorm: { 'of any channels': batchNorm },
  batchNormGradient: { 'of any channels': batchNormGradient },
}
