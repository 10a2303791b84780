import { cpu, type NDArray, type Shape } from '@deepdive/tensor'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { viewOfShape } from '../../../01-tensor/test/reference.ts'
import { startSimd } from '../../src/simd/instance.ts'
import { fastMatmul } from '../../src/simd/matmul.ts'
import { most } from '../../src/simd/plan.ts'
import { tooFew } from '../../src/simd/too-few.ts'

const plain = cpu.kernels.matmul
const simd = startSimd()
if (!simd) throw new Error('these tests need a machine with vectors')
const fast = fastMatmul(simd, plain)

/** What a kernel computes of two batches, which broadcast as the operation does it. */
function product(kernel: typeof plain, a: NDArray, b: NDArray): NDArray {
  const lead = Array.from({ length: Math.max(a.ndim, b.ndim) - 2 }, (_, axis) =>
    Math.max(a.shape.at(-3 - axis) ?? 1, b.shape.at(-3 - axis) ?? 1),
  ).reverse()
  const stretch = (x: NDArray) => x.expand([...lead, ...x.shape.slice(-2)])
  const out = a.newEmpty([...lead, a.shape.at(-2) ?? 0, b.shape.at(-1) ?? 0]).fill_(7)
  kernel(stretch(a), stretch(b), out)
  return out
}

/** Sizes around those of tiles, and from 64 on, of which dot products are made. */
const size = fc.constantFrom(0, 1, 2, 3, 5, 15, 16, 17, 31, 37, 67)

/** Views of any strides, with sums so small that every float32 among them is exact. */
function operands(leadA: Shape, leadB: Shape) {
  return fc
    .tuple(size, size, size)
    .chain(([n, k, m]) =>
      fc.tuple(viewOfShape([...leadA, n, k]), viewOfShape([...leadB, k, m])),
    )
}

/** Sets numbers of an object until the test ends. */
function setUntilEnd<T extends object>(target: T, values: Partial<T>): void {
  const before = { ...target }
  beforeEach(() => {
    Object.assign(target, values)
  })
  afterEach(() => {
    Object.assign(target, before)
  })
}

const batches: [Shape, Shape][] = [
  [[], []],
  [[3], [3]],
  [[], [3]],
  [[2, 1], [3]],
]

function testEqual(): void {
  for (const [leadA, leadB] of batches) {
    test(`for any sizes and strides, of [${leadA}] with [${leadB}]`, () => {
      fc.assert(
        fc.property(operands(leadA, leadB), ([{ x: a }, { x: b }]) => {
          const [y, expected] = [fast, plain].map((kernel) => product(kernel, a, b))
          expect(y.toTypedArray()).toEqual(expected.toTypedArray())
        }),
        { numRuns: 60, endOnFailure: true },
      )
    })
  }
}

describe('the fast product is the plain one', () => {
  setUntilEnd(tooFew, { matmul: 0 })
  testEqual()

  describe('cut into many blocks,', () => {
    setUntilEnd(most, { depth: 32, columns: 32, ofRight: 1024, ofLeft: 512 })
    testEqual()
  })
})
