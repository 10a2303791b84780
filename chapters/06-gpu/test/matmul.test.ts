import { cpu, type NDArray, type Shape } from '@deepdive/tensor'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { viewOfShape } from '../../01-tensor/test/reference.ts'
import { startSimd } from '../src/simd/instance.ts'
import { fastMatmul } from '../src/simd/matmul.ts'

/** The kernel as importing the chapter installs it, but for any size. */
const plain = cpu.kernels.matmul
const simd = startSimd()
if (!simd) throw new Error('this machine has no vectors to test')
const fast = fastMatmul(simd, plain)

/** What a kernel computes of two matrices, or of batches of equal size. */
function product(kernel: typeof plain, a: NDArray, b: NDArray): NDArray {
  const shape = [...a.shape.slice(0, -1), b.shape[b.ndim - 1]]
  const out = a.newEmpty(shape)
  kernel(a, b, out)
  return out
}

const size = fc.constantFrom(0, 1, 2, 3, 5, 15, 16, 17, 31, 37)

function operands(...lead: Shape) {
  return fc
    .tuple(size, size, size)
    .chain(([n, k, m]) =>
      fc.tuple(viewOfShape([...lead, n, k]), viewOfShape([...lead, k, m])),
    )
}

describe('the fast product is the plain one', () => {
  for (const lead of [[], [3], [2, 2]]) {
    test(`for any sizes and strides, and a batch of [${lead}]`, () => {
      fc.assert(
        fc.property(operands(...lead), ([{ x: a }, { x: b }]) => {
          expect(product(fast, a, b).toArray()).toEqual(product(plain, a, b).toArray())
        }),
        { numRuns: 200 },
      )
    })
  }
})
