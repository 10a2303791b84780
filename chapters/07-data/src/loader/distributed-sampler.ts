import {
  checkCount,
  checkNumbers,
  checkWhole,
  optionsOf,
  ValueError,
} from '@deepdive/tensor'
import { RandomSampler } from './random-sampler.ts'
import { checkSized, Sampler, type Sized } from './sampler.ts'

export interface DistributedSamplerOptions {
  /** How many processes share the samples. */
  readonly numReplicas: number
  /** Which of them this is, from 0. */
  readonly rank: number
  /** Default: true. */
  readonly shuffle?: boolean
  /** The same in all processes, so that they agree on the order. Default: 0. */
  readonly seed?: number
  /** Makes all shares equally long by leaving out the last samples. Default: false. */
  readonly dropLast?: boolean
  /** Makes all shares equally long by repeating the first samples. Default: false. */
  readonly pad?: boolean
}

/**
 * The share that one of several processes has of all samples: those at places rank,
 * rank + numReplicas, … of an order on which all agree. Each sample is in one share,
 * and one share may have a sample more than another. PyTorch pads, unless it drops.
 *
 * @throws ValueError where an option makes no sense.
 * @example
 * const share = (rank) =>
 *   new DistributedSampler({ length: 5 }, { numReplicas: 2, rank, shuffle: false })
 * Array.from(share(0).order(0)) // → [0, 2, 4]
 * Array.from(share(1).order(0)) // → [1, 3]
 */
export class DistributedSampler extends Sampler {
  readonly length: number
  override seed: number
  readonly #source: Sized
  readonly #options: DistributedSamplerOptions

  constructor(source: Sized, options: DistributedSamplerOptions) {
    super()
    checkSized(owner, source)
    const { seed = 0 } = optionsOf(owner, options)
    checkShares(options)
    checkWhole(owner, { seed })
    this.length = shareLength(source.length, options)
    this.seed = seed
    this.#source = source
    this.#options = options
  }

  *order(epoch: number): Iterable<number> {
    const { numReplicas, rank, shuffle = true } = this.#options
    const all = new RandomSampler(this.#source, { seed: this.seed })
    const order = shuffle ? all.order(epoch) : undefined
    for (let n = 0; n < this.length; n++) {
      const place = (rank + n * numReplicas) % all.length
      yield order ? order[place] : place
    }
  }
}

const owner = 'DistributedSampler'

function checkShares({ numReplicas, rank, dropLast, pad }: DistributedSamplerOptions) {
  checkCount(owner, { numReplicas })
  const last = numReplicas - 1
  checkNumbers(owner, { rank }, `a whole number from 0 to ${last}`, (value) => {
    return Number.isInteger(value) && value >= 0 && value <= last
  })
  if (!(dropLast && pad)) return
  throw new ValueError(`${owner}: dropLast and pad are both true: choose one`)
}

function shareLength(count: number, options: DistributedSamplerOptions): number {
  const { numReplicas, rank, dropLast = false, pad = false } = options
  if (dropLast) return Math.floor(count / numReplicas)
  const first = pad ? 0 : rank
  return Math.floor((count - first + numReplicas - 1) / numReplicas)
}
