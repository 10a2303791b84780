import type { AdamRates, SGDRates } from '@deepdive/optim'
import type { View } from '@deepdive/tensor'
import type { Recorder } from '../recorder.ts'
import { elementwise } from './elementwise.ts'
import { constantLike } from './fill.ts'

/** Kingma & Ba 2015, algorithm 1, in one pass; with the decay of AdamW. */
export function adam(
  recorder: Recorder,
  parameter: View,
  gradient: View,
  m: View,
  v: View,
  { beta1, beta2, kept, rate, margin }: AdamRates,
): void {
  const numbers = [beta1, 1 - beta1, beta2, 1 - beta2, kept, rate, margin]
  elementwise(recorder, {
    operation: 'adam',
    inputs: [
      parameter,
      gradient,
      m,
      v,
      ...numbers.map((n) => constantLike(parameter, n)),
    ],
    outs: [parameter, m, v],
    expressions: (x, g, mean, square, b1, rest1, b2, rest2, stays, step, least) => {
      const newMean = `(${b1} * ${mean} + ${rest1} * ${g})`
      const newSquare = `(${b2} * ${square} + ${rest2} * ${g} * ${g})`
      return [
        `${stays} * ${x} - (${step} * ${newMean}) / (sqrt(${newSquare}) + ${least})`,
        newMean,
        newSquare,
      ]
    },
  })
}

/** Gradient descent, with momentum where there is a velocity v, in one pass. */
export function sgd(
  recorder: Recorder,
  parameter: View,
  gradient: View,
  v: View | null,
  rates: SGDRates,
): void {
  const { maximize, weightDecay, momentum, share, nesterov, rate } = rates
  const numbers = [maximize ? -1 : 1, weightDecay, momentum, share, rate]
  elementwise(recorder, {
    operation: `sgd${v ? ' with momentum' : ''}${nesterov ? ' of Nesterov' : ''}`,
    inputs: [
      parameter,
      gradient,
      ...(v ? [v] : []),
      ...numbers.map((n) => constantLike(parameter, n)),
    ],
    outs: v ? [parameter, v] : [parameter],
    expressions: (x, g, ...others) => {
      const velocity = v ? others.shift() : undefined
      const [sign, decay, stays, enters, step] = others
      const slope = `(${decay} * ${x} + ${sign} * ${g})`
      if (!velocity) return [`${x} - ${step} * ${slope}`]
      const next = `(${stays} * ${velocity} + ${enters} * ${slope})`
      const move = nesterov ? `(${stays} * ${next} + ${slope})` : next
      return [`${x} - ${step} * ${move}`, next]
    },
  })
}
