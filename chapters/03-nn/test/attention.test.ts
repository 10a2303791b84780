import { cat, ones, randn, type Tensor, tensor } from '@deepdive/autograd'
import { manualSeed } from '@deepdive/tensor'
import { beforeEach, describe, expect, test } from 'vitest'
import { functional as F, MultiheadAttention } from '../src/index.ts'

beforeEach(() => manualSeed(6))

const difference = (a: Tensor, b: Tensor) => a.sub(b).abs().amax().item()

/** x with all from step `time` on made other, [N, L, E]. */
function changedFrom(time: number, x: Tensor): Tensor {
  const rest = x.size(1) - time
  return cat([x.narrow(1, 0, time), x.narrow(1, time, rest).mul(-3).add(1)], 1)
}

describe('a causal mask', () => {
  test('hides the future: changing it leaves earlier outputs alone', () => {
    const attention = new MultiheadAttention(6, 2, { batchFirst: true })
    const read = (x: Tensor) => attention.forward(x, x, x, { isCausal: true })[0]
    const x = randn([2, 5, 6])
    for (const time of [1, 3, 4]) {
      const [before, after] = [read(x), read(changedFrom(time, x))]
      expect(difference(before.narrow(1, 0, time), after.narrow(1, 0, time))).toBe(0)
      expect(difference(before, after)).toBeGreaterThan(0.01)
    }
  })

  test('sends no gradient back from the past to the future', () => {
    const x = randn([4, 3], { requiresGrad: true })
    const y = F.scaledDotProductAttention(x, x, x, { isCausal: true })
    y.narrow(0, 0, 2).sum().backward()
    const moved = x.grad?.abs().sum(1).gt(0)
    expect(moved?.toArray()).toEqual([true, true, false, false])
  })

  test('is the same as a flag, as a bool mask, and as a float mask', () => {
    const attention = new MultiheadAttention(6, 3, { batchFirst: true })
    const x = randn([2, 4, 6])
    const triangle = ones([4, 4], { dtype: 'bool' }).triu(1)
    const added = triangle.to('float32').mul(-1e9)
    const [flag] = attention.forward(x, x, x, { isCausal: true })
    const [bool] = attention.forward(x, x, x, { attnMask: triangle })
    const [float] = attention.forward(x, x, x, { attnMask: added })
    expect(difference(flag, bool)).toBe(0)
    expect(difference(flag, float)).toBe(0)
  })

  test('joins other masks', () => {
    const x = randn([3, 2])
    const notSelf = tensor([
      [true, true, true],
      [true, false, true],
      [true, true, false],
    ])
    const options = { isCausal: true, attnMask: notSelf }
    const y = F.scaledDotProductAttention(x, x, x, options)
    expect(difference(y.select(0, 0), x.select(0, 0))).toBeLessThan(1e-6)
    expect(difference(y.select(0, 1), x.select(0, 0))).toBeLessThan(1e-6)
    const float = { isCausal: true, attnMask: notSelf.to('float32').sub(1).mul(1e9) }
    const z = F.scaledDotProductAttention(x, x, x, float)
    expect(difference(y, z)).toBeLessThan(1e-6)
  })
})

describe('attention', () => {
  test('does not see what padding hides', () => {
    const attention = new MultiheadAttention(6, 2, { batchFirst: true })
    const query = randn([2, 3, 6])
    const keys = randn([2, 5, 6])
    const keyPaddingMask = tensor([
      [false, false, false, true, true],
      [false, false, false, true, true],
    ])
    const read = (x: Tensor) => {
      return attention.forward(query, x, x, { keyPaddingMask })[0]
    }
    expect(difference(read(keys), read(changedFrom(3, keys)))).toBe(0)
    expect(difference(read(keys), read(changedFrom(2, keys)))).toBeGreaterThan(0.01)
  })

  test('looks everywhere with weights that add up to 1', () => {
    const attention = new MultiheadAttention(6, 2)
    const x = randn([4, 3, 6])
    const [, weights] = attention.forward(x, x, x)
    expect(weights?.sum(-1).sub(1).abs().amax().item()).toBeLessThan(1e-6)
    const [, each] = attention.forward(x, x, x, { averageAttnWeights: false })
    expect(each?.shape).toEqual([3, 2, 4, 4])
    expect(each && weights && difference(each.mean(1), weights)).toBe(0)
  })

  test('is the same for one sample, with a batch axis and without', () => {
    for (const batchFirst of [true, false]) {
      const attention = new MultiheadAttention(6, 2, { batchFirst })
      const x = randn([4, 6])
      const batch = x.unsqueeze(batchFirst ? 0 : 1)
      const keyPaddingMask = tensor([false, true, false, false])
      const [alone, weights] = attention.forward(x, x, x, { keyPaddingMask })
      const [together] = attention.forward(batch, batch, batch, {
        keyPaddingMask: keyPaddingMask.unsqueeze(0),
      })
      expect(difference(alone, together.reshape([4, 6]))).toBe(0)
      expect(weights?.shape).toEqual([4, 4])
    }
  })

  test('of scores of ±1000 is finite, forward and backward', () => {
    const query = tensor([[1000], [-1000]], { requiresGrad: true })
    const key = tensor([[1], [-1], [0]], { requiresGrad: true })
    const y = F.scaledDotProductAttention(query, key, key, { scale: 1 })
    y.sum().backward()
    expect(y.toArray()).toEqual([[1], [-1]])
    for (const x of [query, key])
      expect(x.grad?.abs().lt(Infinity).all().item()).toBe(1)
  })

  test('gives NaN, as PyTorch, to a query that may look nowhere, and to no other', () => {
    const x = randn([3, 2])
    const attnMask = tensor([
      [true, true, false],
      [false, false, false],
      [false, false, true],
    ])
    const y = F.scaledDotProductAttention(x, x, x, { attnMask })
    expect(y.isnan().any(1).toArray()).toEqual([false, true, false])
  })

  test('drops weights in training only, and the same ones by the same seed', () => {
    const attention = new MultiheadAttention(8, 2, { dropout: 0.5 })
    const x = randn([20, 1, 8])
    const zeros = () => {
      const [, weights] = attention.forward(x, x, x, { averageAttnWeights: false })
      return weights?.eq(0).to('float32').mean().item()
    }
    manualSeed(1)
    const share = zeros()
    expect(share).toBeCloseTo(0.5, 1)
    manualSeed(1)
    expect(zeros()).toBe(share)
    attention.eval()
    expect(zeros()).toBe(0)
  })

  test('by vectors of no width prefers no key', () => {
    const values = tensor([[1], [2], [6]])
    const y = F.scaledDotProductAttention(ones([1, 0]), ones([3, 0]), values)
    expect(y.item()).toBeCloseTo(3, 5)
  })

  test('as a function drops what it is told to', () => {
    // So many that each has a weight of 1/1024, which has no rounding.
    const [x, values] = [ones([1, 1]), ones([1024, 1])]
    const read = (dropoutP: number) => {
      const keys = ones([1024, 1])
      return F.scaledDotProductAttention(x, keys, values, { dropoutP }).item()
    }
    expect(read(0)).toBeCloseTo(1, 5)
    expect(read(1)).toBe(0)
    expect(read(0.5)).toBeCloseTo(1, 0)
    expect(read(0.5)).not.toBe(read(0.5))
  })
})

describe('attention refuses, naming both sizes:', () => {
  const attention = new MultiheadAttention(6, 2)
  const x = randn([3, 2, 6])
  const y = randn([4, 2, 6])
  const bool = (...shape: number[]) => ones(shape, { dtype: 'bool' })
  const sdpa = F.scaledDotProductAttention
  const refusals: [what: string, run: () => unknown, message: string][] = [
    [
      'heads that do not divide the width',
      () => new MultiheadAttention(10, 3),
      'MultiheadAttention: 3 heads do not divide embedDim 10 into equal parts',
    ],
    [
      'no heads',
      () => new MultiheadAttention(10, 0),
      'MultiheadAttention: numHeads is 0: it must be a whole number ≥ 1',
    ],
    [
      'a dropout that is no probability',
      () => new MultiheadAttention(4, 2, { dropout: 2 }),
      'MultiheadAttention: dropout is 2: it must be in [0, 1]',
    ],
    [
      'queries of another width',
      () => attention.forward(randn([3, 2, 5]), x, x),
      'MultiheadAttention: query [3, 2, 5] must be [L, N, 6], or [L, 6] without a ' +
        'batch\n  in MultiheadAttention 6, 2 heads',
    ],
    [
      'keys of another width',
      () =>
        new MultiheadAttention(6, 2, { kdim: 4, batchFirst: true }).forward(x, x, x),
      'MultiheadAttention: key [3, 2, 6] must be [N, L, 4], or [L, 4] without a batch',
    ],
    [
      'a rank that is no sequence’s',
      () => attention.forward(randn([6]), x, x),
      'MultiheadAttention: query [6] must be [L, N, 6], or [L, 6] without a batch',
    ],
    [
      'batches of different sizes',
      () => attention.forward(x, randn([3, 1, 6]), randn([3, 1, 6])),
      'MultiheadAttention: query, key, value [3, 2, 6], [3, 1, 6], [3, 1, 6] must have ' +
        'one batch size',
    ],
    [
      'more keys than values',
      () => attention.forward(x, y, x),
      'MultiheadAttention: query, key, value [3, 2, 6], [4, 2, 6], [3, 2, 6] must have ' +
        'as many keys as values',
    ],
    [
      'a mask of another shape',
      () => attention.forward(x, y, y, { attnMask: bool(3, 3) }),
      'MultiheadAttention: attnMask is [3, 3], but must be [3, 4] or [4, 3, 4]',
    ],
    [
      'a mask for each sample, where heads have their own',
      () => attention.forward(x, y, y, { attnMask: bool(2, 3, 4) }),
      'MultiheadAttention: attnMask is [2, 3, 4], but must be [3, 4] or [4, 3, 4]',
    ],
    [
      'padding of another shape',
      () => attention.forward(x, y, y, { keyPaddingMask: bool(4, 2) }),
      'MultiheadAttention: keyPaddingMask is [4, 2], but must be [2, 4]',
    ],
    [
      'a mask of whole numbers',
      () => attention.forward(x, y, y, { attnMask: bool(3, 4).to('int32') }),
      "MultiheadAttention: attnMask must be bool or float32, not int32: use .to('bool')",
    ],
    [
      'queries and keys of two widths',
      () => sdpa(randn([3, 2]), randn([4, 5]), randn([4, 5])),
      'scaledDotProductAttention: query [3, 2] and key [4, 5] must be [..., L, E] and ' +
        '[..., S, E], with one E',
    ],
    [
      'values that no key leads to',
      () => sdpa(randn([3, 2]), randn([4, 2]), randn([5, 2])),
      'scaledDotProductAttention: 4 keys cannot lead to 5 values: key is [4, 2], value ' +
        '[5, 2]',
    ],
    [
      'a mask that does not broadcast to the scores',
      () => sdpa(x, x, x, { attnMask: bool(3, 3) }),
      'scaledDotProductAttention: attnMask is [3, 3], but must broadcast to [3, 2, 2]',
    ],
  ]
  for (const [what, run, message] of refusals)
    test(what, () => expect(run).toThrow(message))
})
