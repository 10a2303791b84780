import { cpu, elements, type Generator, zeros } from '@deepdive/tensor'

/** How many random words are drawn at a time: few calls, and little memory. */
const wordsDrawn = 65_536

/**
 * The numbers 0 to n − 1 in random order, all orders alike: each place, from the last
 * on, swaps with one at or before it (Fisher & Yates 1938; Durstenfeld 1964). They are
 * elements of one array, four bytes each.
 */
export function shuffled(n: number, generator: Generator): Int32Array {
  const order = new Int32Array(n)
  for (let i = 0; i < n; i++) order[i] = i
  const words = zeros([Math.min(n, wordsDrawn)], { dtype: 'int32', device: cpu })
  for (let end = n; end > 0; end -= wordsDrawn) {
    generator.fill('bits', words)
    swapDown(order, end, elements(words))
  }
  return order
}

/** Swaps the places before `end`, as far down as there are random words. */
function swapDown(order: Int32Array, end: number, words: ArrayLike<number>): void {
  const count = Math.min(end, words.length)
  for (let n = 0; n < count; n++) {
    const place = end - 1 - n
    // Scaling 32 bits favours no place by more than (place + 1) / 2³².
    const other = Math.floor(((words[n] >>> 0) / 2 ** 32) * (place + 1))
    const kept = order[place]
    order[place] = order[other]
    order[other] = kept
  }
}
