import { message } from '@deepdive/testing'
import { describe, expect, test } from 'vitest'
import {
  array,
  Generator,
  getRngState,
  manualSeed,
  multinomial,
  type NDArray,
  philox,
  type RandomDistribution,
  rand,
  randint,
  randn,
  randperm,
  setRngState,
  zeros,
} from '../src/index.ts'

const seeded = (seed = 1) => ({ generator: new Generator(seed) })

describe('the same seed gives the same numbers', () => {
  test('by manualSeed', () => {
    const draw = () =>
      [rand([3]), randn([3]), randint(0, 9, [3]), randperm(5)].map(String)
    manualSeed(42)
    const first = draw()
    const second = draw()
    manualSeed(42)
    expect(draw()).toEqual(first)
    expect(draw()).toEqual(second)
    expect(second).not.toEqual(first)
    manualSeed(43)
    expect(draw()).not.toEqual(first)
  })

  test('by a generator of its own, which leaves the common one alone', () => {
    manualSeed(1)
    const common = rand([4]).toArray()
    manualSeed(1)
    expect(rand([4], seeded(1)).toArray()).toEqual(common)
    expect(rand([4]).toArray()).toEqual(common)
  })

  test('element i depends on its place alone, not on the shape', () => {
    const long = Array.from(rand([100], seeded()).toTypedArray())
    expect(Array.from(rand([3, 7], seeded()).toTypedArray())).toEqual(long.slice(0, 21))
  })

  test('a uniform number is the upper 24 bits of a Philox word', () => {
    const words = [0, 1].flatMap((block) => philox([block, 0, 0, 0], [5, 0]))
    const expected = words.slice(0, 6).map((word) => Math.floor(word / 256) / 2 ** 24)
    expect(rand([6], seeded(5)).toArray()).toEqual(expected)
  })

  test('seeds beyond 32 bits count whole', () => {
    const draw = (seed: number) => rand([4], seeded(seed)).toArray()
    expect(draw(2 ** 40)).not.toEqual(draw(2 ** 41))
    expect(draw(2 ** 40)).not.toEqual(draw(0))
  })
})

describe('a generator goes on from where one stood', () => {
  const draw = (generator?: Generator) =>
    [rand([5], generator ? { generator } : {}), randn([2]), randperm(6)].map(String)

  test('by a state that went through JSON', () => {
    const generator = new Generator(2 ** 40 + 3)
    rand([101], { generator })
    const state = JSON.parse(JSON.stringify(generator.getState()))
    const expected = rand([9], { generator }).toArray()
    const other = new Generator(0)
    other.setState(state)
    expect(rand([9], { generator: other }).toArray()).toEqual(expected)
    expect(other.seed).toBe(2 ** 40 + 3)
    expect(other.getState()).toEqual(generator.getState())
  })

  test('the common one by getRngState and setRngState', () => {
    manualSeed(4)
    draw()
    const state = getRngState()
    const expected = draw()
    manualSeed(5)
    setRngState(state)
    expect(draw()).toEqual(expected)
    expect(state).toEqual({ seed: 4, counter: 2 + 1 + 2 })
  })

  test('and a state that is none changes nothing', () => {
    manualSeed(4)
    const before = getRngState()
    const set = (state: unknown) =>
      message(() => Reflect.apply(setRngState, 0, [state]))
    expect(set(7)).toBe(
      'ValueError: setRngState: the state is the number 7: give what getState() returned',
    )
    expect(set({ seed: -1, counter: 0 })).toMatch(
      'setRngState: seed -1 must be a whole',
    )
    expect(set({ seed: 1, counter: 0.5 })).toBe(
      'ValueError: setRngState: counter is 0.5: it must be a whole number ≥ 0',
    )
    expect(set({ seed: 1 })).toMatch('ValueError: setRngState: counter is undefined')
    expect(message(() => Reflect.apply(new Generator(0).setState, 0, [null]))).toBe(
      'ValueError: setState: the state is null: give what getState() returned',
    )
    expect(getRngState()).toEqual(before)
  })
})

describe('the numbers are spread as they should be:', () => {
  const count = 100_000

  test('rand evenly over [0, 1)', () => {
    const x = rand([count], seeded())
    expect(x.amin().item()).toBeGreaterThanOrEqual(0)
    expect(x.amax().item()).toBeLessThan(1)
    expect(x.mean().item()).toBeCloseTo(1 / 2, 2)
    expect(x.var().item()).toBeCloseTo(1 / 12, 2)
    for (let tenth = 0; tenth < 10; tenth++) {
      const share = x.mul(10).floor().eq(tenth).sum().item() / count
      expect(Math.abs(share - 0.1)).toBeLessThan(0.005)
    }
  })

  test('randn with mean 0, variance 1, no skew, and the tails of a bell', () => {
    const x = randn([count], seeded())
    expect(Math.abs(x.mean().item())).toBeLessThan(0.02)
    expect(Math.abs(x.var().item() - 1)).toBeLessThan(0.02)
    expect(Math.abs(x.pow(3).mean().item())).toBeLessThan(0.05)
    expect(Math.abs(x.pow(4).mean().item() - 3)).toBeLessThan(0.15)
    expect(Math.abs(x.abs().lt(1).sum().item() / count - 0.6827)).toBeLessThan(0.01)
    expect(x.isnan().any().item()).toBe(0)
  })

  test('neighbours in randn are not related', () => {
    const x = randn([count], seeded())
    const product = x.slice(0, 1).mul(x.slice(0, 0, -1))
    expect(Math.abs(product.mean().item())).toBeLessThan(0.02)
  })

  test('randint evenly from low up to, without, high', () => {
    const x = randint(-3, 4, [count], seeded())
    expect(x.dtype).toBe('int32')
    for (let n = -3; n < 4; n++) {
      expect(Math.abs(x.eq(n).sum().item() / count - 1 / 7)).toBeLessThan(0.01)
    }
    expect(x.ge(-3).logicalAnd(x.lt(4)).all().item()).toBe(1)
  })

  test('randint over a range as wide as int32 allows', () => {
    const x = randint(0, 2 ** 31 - 1, [1000], seeded())
    expect(x.amin().item()).toBeGreaterThanOrEqual(0)
    expect(Math.abs(x.to('float32').mean().item() / 2 ** 30 - 1)).toBeLessThan(0.1)
  })

  test('randperm as a permutation, each place equally likely', () => {
    expect(randperm(1000, seeded()).sort().values.toArray()).toEqual(
      Array.from({ length: 1000 }, (_, n) => n),
    )
    expect(randperm(0).shape).toEqual([0])
    const generator = new Generator(3)
    const first = Array.from({ length: 3000 }, () =>
      randperm(3, { generator }).at(0).item(),
    )
    for (const n of [0, 1, 2]) {
      const share = first.filter((value) => value === n).length / first.length
      expect(Math.abs(share - 1 / 3)).toBeLessThan(0.03)
    }
  })
})

describe('multinomial', () => {
  const weights = array([1, 0, 3, 6])

  test('draws each index in proportion to its weight', () => {
    const draws = multinomial(weights, 20_000, { replacement: true, ...seeded() })
    expect(draws.dtype).toBe('int32')
    for (const [index, share] of [
      [0, 0.1],
      [1, 0],
      [2, 0.3],
      [3, 0.6],
    ]) {
      const found = draws.eq(index).sum().item() / 20_000
      expect(Math.abs(found - share)).toBeLessThan(0.015)
    }
  })

  test('draws none twice without replacement, and none of weight 0', () => {
    const { generator } = seeded()
    for (let n = 0; n < 50; n++) {
      const draws = multinomial(weights, 3, { generator }).sort().values
      expect(draws.toArray()).toEqual([0, 2, 3])
    }
  })

  test('draws from each row of a matrix', () => {
    const rows = array([
      [0, 1, 0],
      [1, 0, 0],
    ])
    expect(multinomial(rows, 1).toArray()).toEqual([[1], [0]])
    expect(multinomial(rows, 4, { replacement: true }).toArray()).toEqual([
      [1, 1, 1, 1],
      [0, 0, 0, 0],
    ])
  })

  test('never draws a weight of 0, even where the random number is 0', () => {
    class Zeros extends Generator {
      override fill(_: RandomDistribution, out: NDArray): NDArray {
        return out
      }
    }
    const zero = { generator: new Zeros(0) }
    expect(multinomial(array([0, 2, 0]), 1, zero).toArray()).toEqual([1])
    const replacement = { replacement: true, ...zero }
    expect(multinomial(array([0, 2]), 1, replacement).toArray()).toEqual([1])
  })

  test('takes whole-number weights too', () => {
    const counts = array([0, 0, 5], { dtype: 'int32' })
    expect(multinomial(counts, 2, { replacement: true }).toArray()).toEqual([2, 2])
  })

  const bad: [string, () => unknown, string][] = [
    [
      'more draws than weights above 0',
      () => multinomial(weights, 4),
      'multinomial: cannot draw 4 from 3 weights above 0',
    ],
    [
      'a negative weight',
      () => multinomial(array([1, -1]), 1),
      'multinomial: a weight is negative, infinite or NaN',
    ],
    [
      'a weight of NaN',
      () => multinomial(array([1, NaN]), 1),
      'multinomial: a weight is negative, infinite or NaN',
    ],
    [
      'an infinite weight',
      () => multinomial(array([1, Infinity]), 1),
      'multinomial: a weight is negative, infinite or NaN',
    ],
    [
      'no weight above 0',
      () => multinomial(array([0, 0]), 1, { replacement: true }),
      'multinomial: cannot draw 1 from 0 weights above 0',
    ],
    [
      'too many axes',
      () => multinomial(zeros([1, 1, 1]), 1),
      'multinomial: weights [1, 1, 1] need 1 or 2 axes',
    ],
    [
      'a number of draws that is not whole',
      () => multinomial(weights, 1.5),
      'multinomial: 1.5 draws: the number must be whole and > 0',
    ],
    [
      'no draws',
      () => multinomial(weights, 0),
      'multinomial: 0 draws: the number must be whole and > 0',
    ],
  ]
  for (const [name, run, message] of bad) {
    test(`refuses ${name}`, () => expect(run).toThrow(message))
  }
})

describe('bad arguments are refused:', () => {
  const cases: [string, () => unknown, string][] = [
    [
      'a seed below 0',
      () => manualSeed(-1),
      'Generator: seed -1 must be a whole number from 0 to 2⁵³',
    ],
    [
      'a seed that is not whole',
      () => new Generator(0.5),
      'Generator: seed 0.5 must be a whole number',
    ],
    [
      'a negative size for rand',
      () => rand([-1]),
      'rand: [-1] is no shape: each size must be a whole number ≥ 0',
    ],
    [
      'a size for randn that is not whole',
      () => randn([1.5]),
      'randn: [1.5] is no shape',
    ],
    ['a size for randint', () => randint(0, 2, [NaN]), 'randint: [NaN] is no shape'],
    ['a size for randperm', () => randperm(-1), 'randperm: [-1] is no shape'],
    [
      'an empty range',
      () => randint(3, 3, [1]),
      'randint: no whole number is ≥ 3 and < 3',
    ],
    [
      'a range backwards',
      () => randint(5, 2, [1]),
      'randint: no whole number is ≥ 5 and < 2',
    ],
    [
      'a range that is not whole',
      () => randint(0, 1.5, [1]),
      'randint: no whole number is ≥ 0 and < 1.5',
    ],
    [
      'a range that int32 cannot hold',
      () => randint(0, 2 ** 40, [1]),
      'randint: 0 to 1099511627776 reaches beyond int32',
    ],
    [
      'a range wider than half of all words',
      () => randint(-(2 ** 31), 1, [1]),
      'randint: -2147483648 to 1 reaches beyond int32',
    ],
    [
      'uniform whole numbers',
      () => rand([2], { dtype: 'int32' }),
      'rand: fractions need float32, not int32',
    ],
    [
      'normal bools',
      () => randn([2], { dtype: 'bool' }),
      'randn: fractions need float32, not bool',
    ],
  ]
  for (const [name, run, message] of cases) {
    test(name, () => expect(run).toThrow(message))
  }
})
