import { checkTensor, type Op, type Tensor } from '@deepdive/autograd'
import { checkFinite, formatShape, ShapeError } from '@deepdive/tensor'
import { checkTensors } from './check-tensors.ts'

export interface LeakyReLUOptions {
  /** The slope below 0. Default: 0.01. */
  readonly negativeSlope?: number
}

export interface ELUOptions {
  /** How far below 0 it goes. Default: 1. */
  readonly alpha?: number
}

/** y = x > 0 ? x : slope · x */
const leak = (slope: number): Op => ({
  name: 'leakyRelu',
  settings: { slope },
  forward: (x) => x.where(x.gt(0), x.mul(slope)),
  gradient: (grad, { inputs: [x] }) => [grad.where(x.gt(0), grad.mul(slope))],
})

/** As `leak`, and the slope learns: ∂slope is grad · min(x, 0), which is 0 at ∞ too. */
const learnedLeak: Op = {
  name: 'prelu',
  forward: (x, slope) => x.where(x.gt(0), x.mul(slope)),
  gradient: (grad, { inputs: [x, slope] }) => [
    () => grad.where(x.gt(0), grad.mul(slope)),
    () => grad.mul(x.clamp(null, 0)),
  ],
}

/** y = x > 0 ? x : α · (eˣ − 1), whose slope below 0 is α · eˣ = y + α. */
const exponential = (alpha: number): Op => ({
  name: 'elu',
  settings: { alpha },
  forward: (x) => x.where(x.gt(0), x.expm1().mul(alpha)),
  gradient: (grad, { inputs: [x], output: y }) => [
    grad.where(x.gt(0), grad.mul(y.add(alpha))),
  ],
})

/**
 * max(x, 0), elementwise (Nair & Hinton 2010).
 *
 * @example
 * functional.relu(tensor([-1, 2])) // → tensor([0., 2.])
 */
export function relu(x: Tensor): Tensor {
  checkTensor('relu', 'input', x)
  return x.relu()
}

/**
 * x where it is positive, negativeSlope · x elsewhere (Maas et al. 2013).
 *
 * @example
 * functional.leakyRelu(tensor([-1, 2])) // → tensor([-0.0100,  2.0000])
 */
export function leakyRelu(
  x: Tensor,
  { negativeSlope = 0.01 }: LeakyReLUOptions = {},
): Tensor {
  checkTensor('leakyRelu', 'input', x)
  checkFinite('leakyRelu', { negativeSlope })
  return x.apply(leak(negativeSlope))
}

/**
 * x where it is positive, w · x elsewhere: w is [1], or holds a slope for each index of
 * axis 1 of x, [N, C, ...] (He et al. 2015).
 *
 * @throws ShapeError where w has another length than axis 1.
 * @example
 * functional.prelu(tensor([[-1, -1]]), tensor([0.5, 0.25]))
 * // → tensor([[-0.5000, -0.2500]])
 */
export function prelu(x: Tensor, weight: Tensor): Tensor {
  checkTensors('prelu', { input: x, weight })
  const channels = x.ndim > 1 ? x.shape[1] : 1
  const count = weight.numel()
  if (count !== 1 && count !== channels) {
    throw new ShapeError(
      `prelu: ${count} slopes for ${channels} channels: ` +
        `${formatShape(x.shape)} has its channels on axis 1`,
    )
  }
  const alongAxis1 = x.shape.map((_, axis) => (axis === 1 ? count : 1))
  const slopes = weight.reshape(x.ndim > 1 ? alongAxis1 : x.shape.map(() => 1))
  return x.apply(learnedLeak, slopes)
}

/**
 * x where it is positive, α · (eˣ − 1) elsewhere (Clevert et al. 2016).
 *
 * @example
 * functional.elu(tensor([-1000, 0, 2])) // → tensor([-1.,  0.,  2.])
 */
export function elu(x: Tensor, { alpha = 1 }: ELUOptions = {}): Tensor {
  checkTensor('elu', 'input', x)
  checkFinite('elu', { alpha })
  return x.apply(exponential(alpha))
}
