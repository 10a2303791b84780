import {
  array,
  checkCount,
  checkWhole,
  cpu,
  type Generator,
  multinomial,
  optionsOf,
  rand,
  ValueError,
} from '@deepdive/tensor'
import { checkKind, isList } from '../datasets/check-kind.ts'
import { drawSeed, randomStream } from './random-stream.ts'
import { Sampler } from './sampler.ts'

export interface WeightedRandomSamplerOptions {
  /** Whether one sample may come several times. Default: true. */
  readonly replacement?: boolean
  /** Default: drawn from the generator that `manualSeed` starts. */
  readonly seed?: number
}

/**
 * Draws `numSamples` samples, each as often as its weight says: classes of which there
 * are few, for instance, as often as others.
 *
 * @throws ValueError where a weight is negative or not finite, or too few are not 0.
 * @example
 * const sampler = new WeightedRandomSampler([0, 1, 0], 4)
 * sampler.order(0) // → [1, 1, 1, 1]
 */
export class WeightedRandomSampler extends Sampler {
  readonly length: number
  override seed: number
  readonly #weights: Float64Array
  readonly #replacement: boolean

  constructor(
    weights: ArrayLike<number>,
    numSamples: number,
    options: WeightedRandomSamplerOptions = {},
  ) {
    super()
    const { replacement = true, seed } = optionsOf(owner, options)
    checkKind(owner, { weights }, 'a list of numbers', isList)
    checkCount(owner, { numSamples })
    if (seed !== undefined) checkWhole(owner, { seed })
    const given = Float64Array.from(weights)
    checkWeights(given, replacement ? 1 : numSamples)
    this.#weights = scaled(given)
    this.#replacement = replacement
    this.length = numSamples
    this.seed = seed ?? drawSeed()
  }

  order(epoch: number): Int32Array {
    const generator = randomStream(this.seed, 'order', epoch)
    if (this.#replacement) return draws(this.#weights, this.length, generator)
    const weights = array(this.#weights, { device: cpu })
    const picks = multinomial(weights, this.length, { generator, device: cpu })
    return Int32Array.from(picks.toTypedArray())
  }
}

const owner = 'WeightedRandomSampler'

function checkWeights(weights: Float64Array, needed: number): void {
  const wrong = weights.findIndex((weight) => !(weight >= 0 && weight < Infinity))
  if (wrong >= 0) {
    throw new ValueError(
      `${owner}: weight ${wrong} is ${weights[wrong]}: it must be a finite number ≥ 0`,
    )
  }
  const choices = weights.filter((weight) => weight > 0).length
  if (choices >= needed) return
  throw new ValueError(
    `${owner}: cannot draw ${needed} from ${choices} weights above 0` +
      (needed > 1 ? ': replacement draws one several times' : ''),
  )
}

/** Shares of the largest weight: their sum is finite, and in float32 few are 0. */
function scaled(weights: Float64Array): Float64Array {
  const largest = weights.reduce((a, b) => Math.max(a, b), 0)
  return weights.map((weight) => weight / largest)
}

/**
 * Each draw is a point on a line on which every sample has a stretch as long as its
 * weight; halving the line again and again finds the stretch.
 */
function draws(weights: Float64Array, count: number, generator: Generator): Int32Array {
  let end = 0
  const ends = weights.map((weight) => {
    end += weight
    return end
  })
  // A float32 tells 2²⁴ points apart; two of them tell apart as many as ever needed.
  const drawn = rand([2 * count], { generator, device: cpu }).toTypedArray()
  return Int32Array.from({ length: count }, (_, n) => {
    const point = drawn[2 * n] + drawn[2 * n + 1] / 2 ** 24
    return firstAbove(ends, point * end)
  })
}

/** The first place whose element is greater than `value`; elements never fall. */
function firstAbove(elements: Float64Array, value: number): number {
  let [low, high] = [0, elements.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if (elements[middle] > value) high = middle
    else low = middle + 1
  }
  return low
}
