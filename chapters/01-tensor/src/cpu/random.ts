import type { View } from '../device.ts'
import type { RandomDistribution, RandomKey } from '../kernels.ts'
import { sizeOf } from '../shape.ts'
import { philox } from './philox.ts'
import { elements } from './walk.ts'

/**
 * Block c of the generator gives elements 4c to 4c + 3. A uniform number takes the
 * upper 24 bits of a word, all that a float32 in [0, 1) can hold.
 */
export function random(
  distribution: RandomDistribution,
  key: RandomKey,
  out: View,
): void {
  const to = elements(out)
  const make = fromWords[distribution]
  const seed = [key.seed >>> 0, Math.floor(key.seed / 2 ** 32) >>> 0] as const
  const size = sizeOf(out.shape)
  for (let start = 0; start < size; start += 4) {
    const block = key.counter + start / 4
    const words = philox([block >>> 0, Math.floor(block / 2 ** 32), 0, 0], seed)
    const values = make(words)
    for (let n = 0; n < 4 && start + n < size; n++) {
      to[out.offset + start + n] = values[n]
    }
  }
}

type Words = [number, number, number, number]

const fromWords: Record<RandomDistribution, (words: Words) => number[]> = {
  bits: (words) => words,
  uniform: (words) => words.map(uniform),
  normal: ([a, b, c, d]) => [...normalPair(a, b), ...normalPair(c, d)],
}

function uniform(word: number): number {
  return (word >>> 8) / 2 ** 24
}

/** Two uniform numbers give two normal ones (Box & Muller 1958). */
function normalPair(a: number, b: number): [number, number] {
  const radius = Math.sqrt(-2 * Math.log(1 - uniform(a)))
  const angle = 2 * Math.PI * uniform(b)
  return [radius * Math.cos(angle), radius * Math.sin(angle)]
}
