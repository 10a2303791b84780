import { cpu } from './cpu/cpu.ts'
import { ShapeError, ValueError } from './errors.ts'
import type { NDArray } from './ndarray.ts'
import { type RandomOptions, rand } from './random.ts'
import { formatShape } from './shape.ts'
import { verify } from './verify.ts'

/**
 * Draws `numSamples` indices, int32, each with a probability in proportion to its weight,
 * from `[n]` or from each row of `[rows, n]`.
 *
 * The largest of ln wᵢ + gᵢ, with gᵢ of the Gumbel distribution, falls on i with
 * probability wᵢ / Σ w (Gumbel 1954); the k largest are k draws without replacement.
 *
 * @throws ValueError where a weight is negative or not finite, or too few are not 0.
 * @example
 * multinomial(array([0, 1, 0]), 1) // → array([1])
 */
export function multinomial(
  weights: NDArray,
  numSamples: number,
  options: RandomOptions & { readonly replacement?: boolean } = {},
): NDArray {
  const { replacement = false } = options
  if (weights.ndim < 1 || weights.ndim > 2) {
    throw new ShapeError(
      `multinomial: weights ${formatShape(weights.shape)} need 1 or 2 axes`,
    )
  }
  if (!(Number.isInteger(numSamples) && numSamples > 0)) {
    throw new ValueError(
      `multinomial: ${numSamples} draws: the number must be whole and > 0`,
    )
  }
  checkWeights(weights, replacement ? 1 : numSamples)
  const draws = replacement ? weights.unsqueeze(-2) : weights
  const rows = replacement ? draws.shape.with(-2, numSamples) : draws.shape
  // A uniform number of 0 would give −∞, which a weight of 0 has as well.
  const place = { device: weights.device, ...options, dtype: 'float32' } as const
  const uniform = rand(rows, place).clamp(2 ** -25)
  const scores = draws.log().sub(uniform.log().neg().log())
  return replacement ? scores.argmax(-1) : scores.topk(numSamples).indices
}

/** Refuses weights that are no probabilities, or of which too few are above 0. */
function checkWeights(weights: NDArray, needed: number): void {
  const usable = weights.ge(0).logicalAnd(weights.lt(Infinity)).all()
  verify(usable, () => {
    return new ValueError('multinomial: a weight is negative, infinite or NaN')
  })
  if (weights.numel() === 0) throw tooFew(needed, '0')
  const choices = weights.gt(0).sum(-1).amin()
  verify(choices.ge(needed), () => {
    return tooFew(needed, choices.device === cpu ? `${choices.item()}` : 'fewer')
  })
}

function tooFew(needed: number, choices: string): ValueError {
  return new ValueError(
    `multinomial: cannot draw ${needed} from ${choices} weights above 0: ` +
      'replacement draws one several times',
  )
}
