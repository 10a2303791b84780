import { DTypeError, ShapeError, ValueError } from './errors.ts'
import type { RandomDistribution } from './kernels.ts'
import type { NDArray } from './ndarray.ts'

/**
 * A source of random numbers that is wholly known by two: its seed, and how many blocks
 * of four 32-bit words it has given. Element i of an array depends on these alone, so
 * that every device makes the same numbers (see philox.ts).
 *
 * @example
 * const generator = new Generator(7)
 * const first = rand([2], { generator })
 * rand([2], { generator: new Generator(7) }).eq(first) // → array([true, true])
 */
export class Generator {
  readonly seed: number
  #counter = 0

  constructor(seed: number) {
    if (!Number.isSafeInteger(seed) || seed < 0) {
      throw new ValueError(
        `Generator: seed ${seed} must be a whole number from 0 to 2⁵³`,
      )
    }
    this.seed = seed
  }

  /**
   * Overwrites an array with the next elements of this generator.
   * @throws ShapeError where the elements do not lie in row-major order without gaps.
   * @throws DTypeError where it is not float32, or for `'bits'` int32.
   * @example
   * new Generator(0).fill('bits', zeros([2], { dtype: 'int32' }))
   * // → array([1713891541, -513161843])
   */
  fill(distribution: RandomDistribution, out: NDArray): NDArray {
    checkFillable(distribution, out)
    const key = { seed: this.seed, counter: this.#counter }
    out.device.kernels.random(distribution, key, out)
    out.storage.version++
    this.#counter += Math.ceil(out.numel() / 4)
    return out
  }
}

function checkFillable(distribution: RandomDistribution, out: NDArray): void {
  const dtype = distribution === 'bits' ? 'int32' : 'float32'
  if (out.dtype !== dtype) {
    throw new DTypeError(`fill: ${distribution} needs ${dtype}, not ${out.dtype}`)
  }
  if (!out.isContiguous()) {
    throw new ShapeError('fill: the elements have gaps between them: fill a new array')
  }
}

let common = new Generator(Math.floor(Math.random() * 2 ** 32))

/**
 * Starts the generator anew that all functions here use unless they are given one.
 *
 * @example
 * manualSeed(1)
 * const first = rand([])
 * manualSeed(1)
 * rand([]).item() === first.item() // → true
 */
export function manualSeed(seed: number): void {
  common = new Generator(seed)
}

/** The generator in use where none is given. */
export function commonGenerator(): Generator {
  return common
}
