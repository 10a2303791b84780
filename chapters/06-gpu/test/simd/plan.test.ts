import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Simd, startSimd } from '../../src/simd/instance.ts'
import { reserve } from '../../src/simd/places.ts'
import { planFor } from '../../src/simd/plan.ts'

const simd = startSimd()
if (!simd) throw new Error('these tests need a machine with vectors')

/** Sizes of next to nothing, of a few, or of many. */
const size = fc.oneof(
  fc.constantFrom(1, 2, 17),
  fc.integer({ min: 1, max: 3000 }),
  fc.integer({ min: 1, max: 2e5 }),
)

/** How much room a plan takes, in MiB. */
function room(simd: Simd, sizes: readonly number[], threads: number, across: boolean) {
  const plan = planFor(sizes, 1, threads, across)
  for (const count of Object.values(plan)) expect(count).toBeGreaterThanOrEqual(1)
  reserve(simd, plan)
  return simd.scratch.size / 2 ** 20
}

test('blocks take bounded room for matrices of any size, and on any number of threads', () => {
  const sizes = fc.tuple(size, size, size)
  fc.assert(
    fc.property(sizes, (sizes) => {
      expect(room(simd, sizes, 1, false)).toBeLessThan(12)
    }),
    { numRuns: 1000 },
  )
  const threads = fc.integer({ min: 2, max: 64 })
  fc.assert(
    fc.property(sizes, threads, fc.boolean(), (sizes, threads, across) => {
      expect(room(simd, sizes, threads, across)).toBeLessThan(40)
    }),
    { numRuns: 1000 },
  )
})
