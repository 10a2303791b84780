import { array } from '@deepdive/tensor'
import { describe, expect, test } from 'vitest'
import { distance, sweep, truth, usual } from '../truth.ts'
import { gpu } from './gpu.ts'

/** What is smaller may count as 0. */
const least = 2 ** -126

/** WGSL lets a card divide 2.5 units off. A program that stands in for one does not. */
const most = gpu.info.isFallback ? 3 : 6

/** How far y lies from what is true, in units of the last place. */
function error(x: number, y: number, wanted: number): number {
  if (Math.abs(x) < least) return 0
  if (Math.abs(wanted) < least && Math.abs(y - wanted) <= least) return 0
  return distance(y, wanted)
}

describe(`a function on webgpu is at most ${most} units of the last place off`, () => {
  const numbers = [sweep(), usual()]
  test.each(truth)('%s', async (op, f) => {
    for (const values of numbers) {
      const found = await array(values, { device: gpu }).unary(op).cpu()
      let [worst, at] = [0, 0]
      found.toTypedArray().forEach((y, n) => {
        const off = error(values[n], y, f(values[n]))
        if (off > worst) [worst, at] = [off, values[n]]
      })
      expect(worst, `at ${at}`).toBeLessThan(most)
    }
  })

  test('pow', async () => {
    const bases = Float32Array.from({ length: 2 ** 16 }, (_, n) => {
      return Math.exp((((n * 7919) % 2 ** 16) / 2 ** 16) * 20 - 10)
    })
    const exponents = Float32Array.from({ length: 2 ** 16 }, (_, n) => {
      return (((n * 104729) % 2 ** 16) / 2 ** 16) * 16 - 8
    })
    const [a, b] = [bases, exponents].map((x) => array(x, { device: gpu }))
    const found = (await a.binary('pow', b).cpu()).toTypedArray()
    const off = Array.from(found, (y, n) => {
      return error(bases[n], y, bases[n] ** exponents[n])
    })
    expect(off.reduce((worst, each) => Math.max(worst, each))).toBeLessThan(most)
  })
})
