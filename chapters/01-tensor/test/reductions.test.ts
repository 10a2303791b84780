import { message } from '@deepdive/testing'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { array, full, type ReduceOp, zeros } from '../src/index.ts'
import { anyView, elementsOf, indicesOf, type Reference, readAll } from './reference.ts'

const fold: Record<ReduceOp, (values: readonly number[]) => number> = {
  sum: (values) => values.reduce((a, b) => a + b, 0),
  prod: (values) => values.reduce((a, b) => a * b, 1),
  max: (values) => Math.max(...values),
  min: (values) => Math.min(...values),
  any: (values) => Number(values.some(Boolean)),
  all: (values) => Number(values.every(Boolean)),
}

/** A product of many numbers depends on their order in its last digit. */
function expectNear(value: number, want: number): void {
  const rounded = Math.fround(want)
  if (value === rounded) return
  expect(Math.abs(value - rounded)).toBeLessThanOrEqual(2e-7 * Math.abs(rounded))
}

/** The elements that meet in each element of the result. */
function groups({ shape, at }: Reference, axes: readonly number[]): number[][] {
  const kept = shape.map((n, axis) => (axes.includes(axis) ? 1 : n))
  const gone = shape.map((n, axis) => (axes.includes(axis) ? n : 1))
  return indicesOf(kept).map((outer) =>
    indicesOf(gone).map((inner) => at(outer.map((n, axis) => n + inner[axis]))),
  )
}

const viewAndAxes = anyView().chain(({ x, ref }) =>
  fc.tuple(
    fc.constant(x),
    fc.constant(ref),
    fc.shuffledSubarray(
      ref.shape.map((_, axis) => axis),
      { minLength: Math.min(1, ref.shape.length) },
    ),
    fc.boolean(),
  ),
)

describe('each reduction is the fold that it names, over any axes of any view:', () => {
  for (const op of Object.keys(fold) as ReduceOp[]) {
    test(op, () => {
      fc.assert(
        fc.property(viewAndAxes, ([x, ref, axes, keepdim]) => {
          const parts = groups(ref, axes)
          fc.pre(
            (op !== 'max' && op !== 'min') || !parts.some((part) => part.length === 0),
          )
          const y = x.reduce(op, axes, keepdim)
          const shape = ref.shape.map((n, axis) => (axes.includes(axis) ? 1 : n))
          expect(y.shape).toEqual(
            keepdim ? shape : shape.filter((_, axis) => !axes.includes(axis)),
          )
          readAll(y).forEach((value, place) => {
            const want = fold[op](parts[place])
            if (op === 'prod') expectNear(value, want)
            else expect(value + 0).toBe(want + 0)
          })
        }),
        { numRuns: 150 },
      )
    })
  }
})

describe('argmax and argmin', () => {
  test('name the first of equals, along any axis of any view', () => {
    fc.assert(
      fc.property(
        anyView('int32'),
        fc.nat(3),
        fc.boolean(),
        ({ x, ref }, n, keepdim) => {
          fc.pre(ref.shape.length > 0)
          const axis = n % ref.shape.length
          fc.pre(ref.shape[axis] > 0)
          const parts = groups(ref, [axis])
          const largest = parts.map((part) => part.indexOf(Math.max(...part)))
          const smallest = parts.map((part) => part.indexOf(Math.min(...part)))
          expect(readAll(x.argmax(axis, { keepdim }))).toEqual(largest)
          expect(readAll(x.argmin(axis, { keepdim }))).toEqual(smallest)
          expect(readAll(x.max(axis, { keepdim }).values)).toEqual(
            parts.map((part) => Math.max(...part)),
          )
          expect(x.argmax(axis, { keepdim }).ndim).toBe(x.ndim - (keepdim ? 0 : 1))
        },
      ),
    )
  })

  test('count in row-major order without an axis, whatever the strides', () => {
    const x = array([
      [1, 5, 2],
      [9, 0, 3],
    ]).t()
    expect(x.argmax().item()).toBe(1)
    expect(x.argmin().item()).toBe(3)
    expect(x.argmax().dtype).toBe('int32')
    expect(x.argmax(undefined, { keepdim: true }).shape).toEqual([1, 1])
  })

  test('take the first NaN for the extreme, as amax and amin do', () => {
    const x = array([1, NaN, 9, NaN])
    expect(x.argmax().item()).toBe(1)
    expect(x.argmin().item()).toBe(1)
    expect(x.amax().item()).toBeNaN()
    expect(x.amin().item()).toBeNaN()
    expect(x.max(0).values.item()).toBeNaN()
  })

  test('tell infinities apart from nothing', () => {
    const x = array([-Infinity, -Infinity])
    expect(x.amax().item()).toBe(-Infinity)
    expect(x.argmax().item()).toBe(0)
    expect(array([Infinity, 1]).argmin().item()).toBe(1)
  })
})

describe('a sum stays accurate', () => {
  const million = 1_000_000
  const exact = million * Math.fround(0.1)

  test('over a million times 0.1', () => {
    expect(full([million], 0.1).sum().item()).toBe(Math.fround(exact))
    expect(full([1000, 1000], 0.1).t().sum().item()).toBe(Math.fround(exact))
    expect(full([], 0.1).expand([million]).sum().item()).toBe(Math.fround(exact))
    expect(full([million], 0.1).mean().item()).toBe(Math.fround(0.1))
    expect(full([million], 0.1).cumsum(0).at(-1).item()).toBe(Math.fround(exact))
  })

  test('where 100 million meets small numbers', () => {
    const x = full([1002], 1)
    x.at(0).fill_(1e8)
    x.at(-1).fill_(-1e8)
    expect(x.sum().item()).toBe(1000)
    expect(x.flip(0).sum().item()).toBe(1000)
  })

  test('of whole numbers up to the edge of int32', () => {
    expect(full([3], 7e8, { dtype: 'int32' }).sum().item()).toBe(2_100_000_000)
    expect(full([million], true).sum().item()).toBe(million)
  })
})

describe('mean, variance and standard deviation', () => {
  test('are what their formulas say, on any view', () => {
    fc.assert(
      fc.property(viewAndAxes, ([x, ref, axes, keepdim]) => {
        const parts = groups(ref, axes)
        fc.pre(parts.every((part) => part.length > 1))
        const mean = (part: readonly number[]) => fold.sum(part) / part.length
        const variance = (part: readonly number[]) =>
          fold.sum(part.map((value) => (value - mean(part)) ** 2)) / (part.length - 1)
        const y = x.mean(axes, { keepdim })
        readAll(y).forEach((value, n) => {
          expect(value).toBeCloseTo(mean(parts[n]), 4)
        })
        readAll(x.var(axes, { keepdim })).forEach((value, n) => {
          expect(value).toBeCloseTo(variance(parts[n]), 3)
        })
        readAll(x.std(axes)).forEach((value, n) => {
          expect(value).toBeCloseTo(Math.sqrt(variance(parts[n])), 3)
        })
      }),
    )
  })

  test('divide by what the correction leaves', () => {
    const x = array([1, 2, 6])
    expect(x.var().item()).toBe(7)
    expect(x.var(undefined, { correction: 0 }).item()).toBeCloseTo(14 / 3, 5)
    expect(array([3]).var().item()).toBeNaN()
    expect(zeros([0]).mean().item()).toBeNaN()
  })

  test('take an empty list of axes for all of them, as sum does', () => {
    expect(array([1, 2, 6]).sum([]).item()).toBe(9)
    expect(array([1, 2, 6]).mean([]).item()).toBe(3)
    expect(array([1, 2, 6]).var([]).item()).toBe(7)
  })

  test('are for float32 only', () => {
    const whole = array([1, 2], { dtype: 'int32' })
    expect(() => whole.mean()).toThrow(
      "mean: needs float32, not int32: use .to('float32')",
    )
    expect(() => whole.var()).toThrow(
      "var: needs float32, not int32: use .to('float32')",
    )
    expect(() => array([true]).std()).toThrow('needs float32, not bool')
  })
})

describe('nothing', () => {
  test('sums to 0, multiplies to 1, has no element that holds and none that fails', () => {
    const none = zeros([0, 3])
    expect(none.sum().item()).toBe(0)
    expect(none.prod(0).toArray()).toEqual([1, 1, 1])
    expect(none.any().toArray()).toBe(false)
    expect(none.all(0).toArray()).toEqual([true, true, true])
    expect(none.sum(1).shape).toEqual([0])
    expect(none.amax(1).shape).toEqual([0])
    expect(none.argmax(1).shape).toEqual([0])
  })

  test('has no largest and no smallest element', () => {
    expect(() => zeros([0, 3]).amax()).toThrow(
      'amax: [0, 3] has no elements to compare',
    )
    expect(() => zeros([0]).amin()).toThrow('amin: [0] has no elements to compare')
    expect(() => zeros([0, 3]).argmax(0)).toThrow('argmax: axis 0 of [0, 3] is empty')
    expect(() => zeros([0, 3]).max(0)).toThrow('argmax: axis 0 of [0, 3] is empty')
    expect(() => zeros([0]).argmin()).toThrow('argmin: axis 0 of [0] is empty')
  })
})

test('options of reductions are refused by their place, and by names that are none', () => {
  const x = array([[1, 2]])
  const pytorch: unknown = true
  const options = pytorch as { keepdim: boolean }
  for (const name of ['sum', 'prod', 'any', 'all', 'amax', 'mean', 'var'] as const)
    expect(message(() => x[name](1, options))).toBe(
      `ValueError: ${name}: options are the boolean true: they must be an object, as ` +
        '{ name: value }',
    )
  for (const name of ['max', 'min', 'argmax', 'argmin'] as const)
    expect(message(() => x[name](1, options))).toContain(
      `${name}: options are the boolean`,
    )
  const misspelt: object = { keepDim: true }
  expect(message(() => x.sum(1, misspelt))).toBe(
    'ValueError: sum: there is no option keepDim: there are keepdim',
  )
  expect(message(() => x.var(1, misspelt))).toContain('there are correction, keepdim')
})

test('a single number reduces to itself', () => {
  const x = array(3)
  expect(elementsOf({ shape: [], at: () => x.sum().item() })).toEqual([3])
  expect(x.amax().item()).toBe(3)
  expect(x.argmax().item()).toBe(0)
  expect(x.max(0).values.item()).toBe(3)
  expect(x.mean().shape).toEqual([])
})

test('sums and products of int32 and bool are int32', () => {
  expect(array([true, true]).sum().dtype).toBe('int32')
  expect(array([true, true]).sum().item()).toBe(2)
  expect(array([2, 3], { dtype: 'int32' }).prod().dtype).toBe('int32')
  expect(array([true, false]).amax().dtype).toBe('bool')
})

test('a product of whole numbers wraps around, to the last digit', () => {
  const x = array([123456789, 987654321], { dtype: 'int32' })
  expect(x.prod().item()).toBe(-67153019)
})
