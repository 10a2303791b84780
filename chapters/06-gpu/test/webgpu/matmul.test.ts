import { array, type NDArray, rand, randint } from '@deepdive/tensor'
import { describe, expect, test } from 'vitest'
import { planTiles } from '../../src/webgpu/kernels/tile.ts'
import { gpu } from './gpu.ts'

type Sizes = readonly [batch: number, n: number, m: number, k: number]

function planned(sizes: Sizes, room = 32_768): string {
  const { tile, parts } = planTiles(room, ...sizes)
  return `${tile.rows} × ${tile.columns} × ${tile.depth}, ${parts}`
}

describe('the plan of a matrix product', () => {
  test.each<[string, Sizes, string]>([
    ['large ones have large tiles', [1, 4096, 4096, 4096], '128 × 128 × 16, 1'],
    ['sizes that are prime are no cliff', [1, 4093, 4093, 4093], '128 × 128 × 16, 1'],
    ['smaller ones have more tiles', [1, 784, 256, 64], '64 × 64 × 16, 1'],
    ['batches of small ones have small tiles', [512, 32, 32, 32], '32 × 32 × 16, 1'],
    ['a few rows are shared out', [1, 16, 4096, 4096], '16 × 64 × 16, 8'],
    ['a few columns are shared out', [1, 4096, 16, 4096], '64 × 16 × 16, 8'],
    ['a long inner axis is shared out', [1, 40, 40, 3000], '64 × 64 × 16, 23'],
  ])('%s', (_, sizes, plan) => {
    expect(planned(sizes)).toBe(plan)
  })

  test('keeps to the memory that a workgroup has', () => {
    expect(planned([1, 4096, 4096, 4096], 16_384)).toBe('128 × 128 × 8, 1')
  })
})

/** The same elements, which lie column after column. */
function turned(x: NDArray): NDArray {
  return x.transpose(-1, -2).contiguous().transpose(-1, -2)
}

const there = (x: NDArray) =>
  array(x.toTypedArray(), x.shape, { device: gpu, dtype: x.dtype })

/** Compares products of operands that lie in several ways with those of the cpu. */
async function compare(sizes: Sizes, dtype: 'float32' | 'int32'): Promise<void> {
  const [batch, n, m, k] = sizes
  const draw = (shape: number[]) =>
    dtype === 'int32' ? randint(-(2 ** 29), 2 ** 29, shape) : rand(shape)
  const [a, b] = [draw([batch, n, k]), draw([batch, k, m])]
  const wanted = a.matmul(b).toTypedArray()
  const [x, y] = [there(a), there(b)]
  const pairs = [
    [x, y],
    [turned(x), turned(y)],
    [x, turned(y)],
  ]
  const allowed = dtype === 'int32' ? 0 : 1e-5
  for (const [left, right] of pairs) {
    const found = (await left.matmul(right).cpu()).toTypedArray()
    const wrong = wanted.findIndex(
      (want, at) => !(Math.abs(found[at] - want) <= allowed * Math.abs(want)),
    )
    expect(wrong).toBe(-1)
  }
}

describe('matrix products', () => {
  test.each<[string, Sizes]>([
    ['tiles of 128 × 128', [1, 1281, 1283, 17]],
    ['tiles of 128 × 128, in fours', [1, 1284, 1284, 20]],
    ['tiles of 64 × 64', [1, 130, 70, 33]],
    ['tiles of 32 × 32', [48, 33, 31, 7]],
    ['tiles of 16 × 64', [1, 13, 1000, 20]],
    ['tiles of 64 × 16', [1, 1000, 13, 20]],
    ['an inner axis that is shared out', [2, 20, 20, 1001]],
    ['a vector', [3, 1, 300, 77]],
  ])('%s', (_, sizes) => compare(sizes, 'float32'))

  test('whole numbers wrap around', () => compare([2, 70, 65, 130], 'int32'))
})
