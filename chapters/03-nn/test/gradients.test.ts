import {
  gradcheck,
  gradgradcheck,
  randn,
  type Tensor,
  tensor,
} from '@deepdive/autograd'
import { manualSeed } from '@deepdive/tensor'
import { beforeEach, describe, expect, test } from 'vitest'
import { functional as F } from '../src/index.ts'

beforeEach(() => manualSeed(2))

/** Numbers of which none is so near to 0 that a difference reaches past a kink. */
function apart(): Tensor {
  return tensor(
    [
      [-2, -0.7, 0.4],
      [1.3, -0.2, 2.1],
    ],
    { requiresGrad: true },
  )
}

const random = (...shape: number[]) => randn(shape, { requiresGrad: true })

describe('gradients, and their own gradients, agree with finite differences:', () => {
  const functions: Record<string, [(...x: Tensor[]) => Tensor, () => Tensor[]]> = {
    leakyRelu: [(x) => F.leakyRelu(x, { negativeSlope: 0.3 }), () => [apart()]],
    prelu: [(x, w) => F.prelu(x, w), () => [apart(), random(3)]],
    elu: [(x) => F.elu(x, { alpha: 0.7 }), () => [apart()]],
    layerNorm: [
      (x, w, b) => F.layerNorm(x, [3], w, b, { eps: 0.1 }),
      () => [apart(), random(3), random(3)],
    ],
    'layerNorm over two axes': [
      (x) => F.layerNorm(x, [2, 3], null, null, { eps: 0.1 }),
      () => [apart()],
    ],
    rmsNorm: [(x, w) => F.rmsNorm(x, [3], w, { eps: 0.1 }), () => [apart(), random(3)]],
    bilinear: [
      (x, y, w, b) => F.bilinear(x, y, w, b),
      () => [random(2, 3), random(2, 2), random(2, 3, 2), random(2)],
    ],
    scaledDotProductAttention: [
      (q, k, v) => F.scaledDotProductAttention(q, k, v, { isCausal: true }),
      () => [random(2, 3, 2), random(2, 3, 2), random(2, 3, 2)],
    ],
  }
  for (const [name, [fn, inputs]] of Object.entries(functions))
    test(name, () => {
      expect(gradcheck(fn, inputs())).toBe(true)
      expect(gradgradcheck(fn, inputs(), { atol: 5e-3 })).toBe(true)
    })
})

test('what is added to a mask learns, too', () => {
  const fn = (mask: Tensor) => {
    const [query, key] = [
      tensor([[1, 0.5]]),
      tensor([
        [0.3, 1],
        [0.2, -1],
      ]),
    ]
    return F.scaledDotProductAttention(query, key, key, { attnMask: mask })
  }
  expect(gradcheck(fn, [random(1, 2)])).toBe(true)
})
