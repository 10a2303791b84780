import { checkFinite, ValueError } from '@deepdive/tensor'

/** What follows a layer, by the name of its function. */
export type Nonlinearity =
  | 'linear'
  | 'conv1d'
  | 'conv2d'
  | 'conv3d'
  | 'sigmoid'
  | 'tanh'
  | 'relu'
  | 'leakyRelu'
  | 'selu'

const gains: Readonly<Record<Nonlinearity, (slope: number) => number>> = {
  linear: () => 1,
  conv1d: () => 1,
  conv2d: () => 1,
  conv3d: () => 1,
  sigmoid: () => 1,
  tanh: () => 5 / 3,
  // Half of the numbers become 0, so that half of the variance is lost.
  relu: () => Math.SQRT2,
  leakyRelu: (slope) => Math.sqrt(2 / (1 + slope * slope)),
  selu: () => 3 / 4,
}

/**
 * What weights are multiplied by so that the nonlinearity behind them keeps the spread
 * of its inputs: 1 for linear layers and sigmoid, 5/3 for tanh, √2 for relu,
 * √(2 / (1 + slope²)) for leakyRelu, whose slope is `param` (0.01 unless given),
 * 3/4 for selu.
 *
 * @throws ValueError for a name that is none of these.
 * @example
 * init.calculateGain('relu') // → 1.4142135623730951
 * init.calculateGain('leakyRelu', 1) // → 1
 */
export function calculateGain(nonlinearity: Nonlinearity, param = 0.01): number {
  checkFinite('calculateGain', { param })
  if (Object.hasOwn(gains, nonlinearity)) return gains[nonlinearity](param)
  throw new ValueError(
    `calculateGain: '${nonlinearity}' is none of ${Object.keys(gains).join(', ')}`,
  )
}
