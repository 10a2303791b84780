import type { Shape } from '@deepdive/tensor'
import { startWeight } from '../linear.ts'
import type { Member } from '../members.ts'
import type { Parameter } from '../parameter.ts'

/** The parameters of one layer in one direction. */
export interface Weights {
  /** [gates · hiddenSize, width of the layer's input] */
  readonly ih: Parameter
  /** [gates · hiddenSize, hiddenSize] */
  readonly hh: Parameter
  /** Each [gates · hiddenSize]. */
  readonly biasIh: Parameter | null
  readonly biasHh: Parameter | null
}

/** All start uniform in ±1/√hiddenSize, as PyTorch's do. */
export function startWeights(
  rows: number,
  inputSize: number,
  hiddenSize: number,
  bias: boolean,
): Weights {
  const start = (shape: Shape) => startWeight(shape, hiddenSize)
  return {
    ih: start([rows, inputSize]),
    hh: start([rows, hiddenSize]),
    biasIh: bias ? start([rows]) : null,
    biasHh: bias ? start([rows]) : null,
  }
}

/** The parameters by PyTorch's names: `weight_ih_l0`, `weight_hh_l0_reverse`. */
export function namedWeights(
  { ih, hh, biasIh, biasHh }: Weights,
  layer: number,
  reverse: boolean,
): Member<Parameter | null>[] {
  const place = `l${layer}${reverse ? '_reverse' : ''}`
  return [
    [`weight_ih_${place}`, ih],
    [`weight_hh_${place}`, hh],
    [`bias_ih_${place}`, biasIh],
    [`bias_hh_${place}`, biasHh],
  ]
}
