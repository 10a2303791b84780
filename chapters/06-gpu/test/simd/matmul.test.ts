import { array, cpu, type NDArray, rand, type Shape } from '@deepdive/tensor'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { viewOfShape } from '../../../01-tensor/test/reference.ts'
import { startSimd } from '../../src/simd/instance.ts'
import { fastMatmul } from '../../src/simd/matmul.ts'
import { most } from '../../src/simd/plan.ts'
import { tooFew } from '../../src/simd/too-few.ts'
import { setUntilEnd } from './set-until-end.ts'

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

describe('the fast product', () => {
  setUntilEnd(tooFew, { matmul: 0 })

  test('of large matrices rounds like any sum of float32', () => {
    for (const [n, k, m] of [
      [3, 5000, 7],
      [200, 2100, 150],
      [9, 70, 9000],
      [1, 300, 600],
      [600, 300, 1],
    ]) {
      const [a, b] = [rand([n, k]), rand([m, k]).t()]
      const error = product(fast, a, b)
        .sub(product(plain, a, b))
        .abs()
        .max()
      expect(error.item()).toBeLessThan((1e-6 * k) / 4)
      const c = rand([k, m]) // the rows of which lie together
      const other = product(fast, a, c)
        .sub(product(plain, a, c))
        .abs()
        .max()
      expect(other.item()).toBeLessThan((1e-6 * k) / 4)
      const turned = product(fast, b.t(), a.t()).sub(product(plain, b.t(), a.t()))
      expect(turned.abs().max().item()).toBeLessThan((1e-6 * k) / 4)
    }
  })

  test('keeps NaN and infinity in the rows and columns where they are', () => {
    const x = rand([5, 70])
    x.at(1, 3).fill_(Number.NaN)
    x.at(3, 4).fill_(Number.POSITIVE_INFINITY)
    for (const y of [rand([70, 21]), rand([21, 70]).t()]) {
      const rows = product(fast, x, y)
      expect(rows.at(1).isnan().all().item()).toBe(1)
      expect(rows.at(3).toArray()).toEqual(Array(21).fill(Number.POSITIVE_INFINITY))
      expect(rows.at([0, null, 2]).isnan().any().item()).toBe(0)
      const columns = product(fast, y.t(), x.t())
      expect(columns.at([], 1).isnan().all().item()).toBe(1)
      expect(columns.at([], [0, null, 2]).isnan().any().item()).toBe(0)
    }
  })

  test('has no −0 where all terms are −0, as a sum begins with 0', () => {
    const y = product(fast, array([[-0, 1]]), array([[1], [-0]]))
    expect(Object.is(y.item(), 0)).toBe(true)
  })

  test('takes memory that does not grow with the matrices', () => {
    const shapes = [
      [2, 3000, 2],
      [2000, 3000, 20],
      [20, 3000, 4000],
      [20, 100, 40_000],
    ]
    for (const [n, k, m] of shapes) product(fast, rand([n, k]), rand([k, m]))
    expect(simd.scratch.size).toBeLessThan(16 * 2 ** 20)
  })
})
