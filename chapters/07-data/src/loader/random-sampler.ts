import {
  checkCount,
  checkWhole,
  cpu,
  optionsOf,
  randint,
  ValueError,
} from '@deepdive/tensor'
import { drawSeed, randomStream } from './random-stream.ts'
import { checkSized, Sampler, type Sized } from './sampler.ts'
import { shuffled } from './shuffled.ts'

export interface RandomSamplerOptions {
  /**
   * Whether each draw is from all samples, so that one may come twice. Default: false.
   */
  readonly replacement?: boolean
  /** How many samples an epoch has. Default: all. */
  readonly numSamples?: number
  /** Default: drawn from the generator that `manualSeed` starts. */
  readonly seed?: number
}

/**
 * All samples in random order, another one in each epoch. The order of ten million is
 * one array of forty megabytes.
 *
 * @throws ValueError where an option makes no sense.
 * @example
 * const sampler = new RandomSampler(['a', 'b', 'c', 'd'], { seed: 1 })
 * sampler.order(0) // → [3, 1, 2, 0]
 * sampler.order(1) // → [2, 1, 0, 3]
 */
export class RandomSampler extends Sampler {
  readonly length: number
  override seed: number
  readonly #choices: number
  readonly #replacement: boolean

  constructor(source: Sized, options: RandomSamplerOptions = {}) {
    super()
    checkSized('RandomSampler', source)
    const {
      replacement = false,
      numSamples,
      seed,
    } = optionsOf('RandomSampler', options)
    if (numSamples !== undefined) checkCount('RandomSampler', { numSamples })
    if (seed !== undefined) checkWhole('RandomSampler', { seed })
    if (source.length === 0 && numSamples !== undefined) {
      throw new ValueError(`RandomSampler: cannot draw ${numSamples} from no samples`)
    }
    this.length = numSamples ?? source.length
    this.seed = seed ?? drawSeed()
    this.#choices = source.length
    this.#replacement = replacement
  }

  order(epoch: number): Int32Array {
    const generator = randomStream(this.seed, 'order', epoch)
    if (this.#replacement && this.length > 0) {
      const draws = randint(this.#choices, [this.length], { generator, device: cpu })
      return Int32Array.from(draws.toTypedArray())
    }
    const order = new Int32Array(this.length)
    for (let start = 0; start < this.length; start += this.#choices) {
      const once = shuffled(this.#choices, generator)
      order.set(once.subarray(0, this.length - start), start)
    }
    return order
  }
}
