import { describe, expect, test } from 'vitest'
import { grad, gradgradcheck, type Tensor, tensor } from '../src/index.ts'

const leaf = (values: number | number[]) => tensor(values, { requiresGrad: true })

/** The elements, with 0 for −0. */
function plain(x: Tensor) {
  return x.detach().add(0).toArray()
}

/** f(x) and its gradient where each output receives its own weight. */
function both(f: (x: Tensor) => Tensor, values: number | number[], weights?: number[]) {
  const x = leaf(values)
  const y = f(x)
  const [slope] = grad([y], [x], {
    gradOutputs: [weights ? tensor(weights) : y.newZeros(y.shape).fill_(1)],
  })
  return { value: plain(y), slope: plain(slope) }
}

/** f″(x), elementwise. */
function second(f: (x: Tensor) => Tensor, values: number | number[]) {
  const x = leaf(values)
  const [slope] = grad([f(x).sum()], [x], { createGraph: true })
  return plain(grad([slope.sum()], [x])[0])
}

const extremes = [-1000, 0, 1000]

describe('at ±1000', () => {
  test('softmax is all or nothing, and flat', () => {
    const f = (x: Tensor) => x.softmax(0)
    expect(both(f, extremes, [1, 2, 3])).toEqual({ value: [0, 0, 1], slope: [0, 0, 0] })
    expect(both(f, [1000, 1000], [1, 0])).toEqual({
      value: [0.5, 0.5],
      slope: [0.25, -0.25],
    })
  })

  test('logSoftmax keeps what softmax rounds away', () => {
    const f = (x: Tensor) => x.logSoftmax(0)
    expect(both(f, extremes, [1, 0, 0])).toEqual({
      value: [-2000, -1000, 0],
      slope: [1, 0, -1],
    })
  })

  test('logSumExp is the largest, whose gradient is 1', () => {
    const f = (x: Tensor) => x.logSumExp(0)
    expect(both(f, extremes)).toEqual({ value: 1000, slope: [0, 0, 1] })
    expect(both(f, [-1000, -1000])).toEqual({
      value: Math.fround(-1000 + Math.LN2),
      slope: [0.5, 0.5],
    })
  })

  test('logSumExp of nothing but −∞ is −∞', () => {
    const x = leaf([-Infinity, -Infinity])
    expect(x.logSumExp(0).item()).toBe(-Infinity)
  })

  test('softplus is 0 or x', () => {
    const f = (x: Tensor) => x.softplus()
    expect(both(f, extremes)).toEqual({
      value: [0, Math.fround(Math.LN2), 1000],
      slope: [0, 0.5, 1],
    })
  })

  test('sigmoid is 0 or 1, and flat', () => {
    expect(both((x) => x.sigmoid(), extremes)).toEqual({
      value: [0, 0.5, 1],
      slope: [0, 0.25, 0],
    })
  })

  test('tanh is −1 or 1, and flat', () => {
    expect(both((x) => x.tanh(), extremes)).toEqual({
      value: [-1, 0, 1],
      slope: [0, 1, 0],
    })
  })

  test('gelu is 0 or x, in both forms', () => {
    const expected = { value: [0, 0, 1000], slope: [0, 0.5, 1] }
    for (const approximate of ['none', 'tanh'] as const) {
      expect(both((x) => x.gelu({ approximate }), extremes)).toEqual(expected)
    }
  })

  test('silu is 0 or x', () => {
    expect(both((x) => x.silu(), extremes)).toEqual({
      value: [0, 0, 1000],
      slope: [0, 0.5, 1],
    })
  })
})

describe('a product', () => {
  const f = (x: Tensor) => x.prod()

  test('with one 0 changes only with that', () => {
    expect(both(f, [2, 0, 3])).toEqual({ value: 0, slope: [0, 6, 0] })
  })

  test('with two does not change with any', () => {
    expect(both(f, [0, 2, 0, 3])).toEqual({ value: 0, slope: [0, 0, 0, 0] })
  })

  test('has second derivatives there', () => {
    expect(second(f, [2, 0, 3])).toEqual([3, 5, 2])
    expect(second(f, [0, 2, 0, 3])).toEqual([6, 0, 6, 0])
    expect(gradgradcheck(f, [leaf([0, 2, 0, 3])])).toBe(true)
  })

  test('of nothing is 1', () => {
    expect(both(f, [])).toEqual({ value: 1, slope: [] })
  })
})

describe('a norm', () => {
  test('of zeros has gradient 0', () => {
    for (const p of [0.5, 1, 1.5, 2, 3, Infinity]) {
      expect(both((x) => x.norm(p), [0, 0])).toEqual({ value: 0, slope: [0, 0] })
    }
  })

  test('has finite gradients where some elements are 0', () => {
    expect(both((x) => x.norm(), [3, 0, 4])).toEqual({
      value: 5,
      slope: [Math.fround(0.6), 0, Math.fround(0.8)],
    })
    expect(both((x) => x.norm(0.5), [4, 0])).toEqual({ value: 4, slope: [1, 0] })
    expect(both((x) => x.norm(3), [2, 0])).toEqual({ value: 2, slope: [1, 0] })
  })

  test('bends where an element is 0', () => {
    expect(gradgradcheck((x) => x.norm(), [leaf([3, 0, 4])])).toBe(true)
  })

  test('with p = 0 counts what is not 0', () => {
    expect(tensor([3, 0, 4]).norm(0).item()).toBe(2)
  })
})

describe('a power', () => {
  test('of 0 has the slope of its exponent', () => {
    const slopes = [0, 1, 2, 3].map((b) => both((x) => x.pow(b), 0).slope)
    expect(slopes).toEqual([0, 1, 0, 0])
    expect([0, 1, 2, 3].map((b) => second((x) => x.pow(b), 0))).toEqual([0, 0, 2, 0])
  })

  test('with exponent 0 is 1, and flat', () => {
    expect(both((x) => x.pow(0), [-2, 0, 3])).toEqual({
      value: [1, 1, 1],
      slope: [0, 0, 0],
    })
  })

  test('of 0 does not change with an exponent ≥ 0', () => {
    expect(both((b) => tensor(0).pow(b), [0, 1, 2])).toEqual({
      value: [1, 0, 0],
      slope: [0, 0, 0],
    })
  })

  test('of a negative number has a slope for whole exponents', () => {
    expect(both((x) => x.pow(3), -2)).toEqual({ value: -8, slope: 12 })
    expect(both((x) => x.pow(-1), -2)).toEqual({ value: -0.5, slope: -0.25 })
  })
})

describe('where elements are equal', () => {
  test('the largest of all share the gradient', () => {
    const third = Math.fround(1 / 3)
    expect(both((x) => x.max(), [5, 1, 5, 5]).slope).toEqual([third, 0, third, third])
    expect(both((x) => x.amin(0), [2, 7, 2]).slope).toEqual([0.5, 0, 0.5])
  })

  test('the first along an axis receives it, whose index is given', () => {
    expect(both((x) => x.max(0).values, [1, 5, 5]).slope).toEqual([0, 1, 0])
    expect(both((x) => x.min(0).values, [1, 5, 1]).slope).toEqual([1, 0, 0])
  })

  test('both operands of maximum and minimum receive half', () => {
    const [a, b] = [leaf([1, 2, 3]), leaf([3, 2, 1])]
    expect(grad([a.maximum(b).sum()], [a, b]).map((g) => g.toArray())).toEqual([
      [0, 0.5, 1],
      [1, 0.5, 0],
    ])
    expect(grad([a.minimum(b).sum()], [a, b]).map((g) => g.toArray())).toEqual([
      [1, 0.5, 0],
      [0, 0.5, 1],
    ])
  })
})

test('a large offset does not spoil the standard deviation', () => {
  const { value, slope } = both((x) => x.std(), [10001, 10002, 10003])
  expect(value).toBe(1)
  expect(slope).toEqual([-0.5, 0, 0.5])
})

test('at the bounds of clamp the gradient still passes', () => {
  expect(both((x) => x.clamp(0, 1), [-1, 0, 0.5, 1, 2]).slope).toEqual([0, 1, 1, 1, 0])
})

test('relu and abs are flat at 0', () => {
  expect(both((x) => x.relu(), 0).slope).toBe(0)
  expect(both((x) => x.abs(), 0).slope).toBe(0)
})
