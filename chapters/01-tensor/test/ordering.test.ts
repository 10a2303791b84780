import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { arange, array, zeros } from '../src/index.ts'
import { anyView, indicesOf, type Reference, readAll } from './reference.ts'

/** The elements along `axis`, for each index of the other axes in row-major order. */
function lanes({ shape, at }: Reference, axis: number): number[][] {
  return indicesOf(shape.toSpliced(axis, 1)).map((rest) =>
    Array.from({ length: shape[axis] }, (_, n) => at(rest.toSpliced(axis, 0, n))),
  )
}

/** A view, one of its axes, and what lies along it. */
const anyLanes = fc
  .tuple(anyView('int32'), fc.nat(3))
  .filter(([{ ref }]) => ref.shape.length > 0)
  .map(([{ x, ref }, n]) => {
    const axis = n % ref.shape.length
    return { x, axis, length: ref.shape[axis], parts: lanes(ref, axis) }
  })

describe('sort', () => {
  test('gives each element after those that are smaller, on any axis of any view', () => {
    fc.assert(
      fc.property(anyLanes, fc.boolean(), ({ x, axis, parts }, descending) => {
        const sign = descending ? -1 : 1
        const order = parts.map((part) =>
          part.map((_, n) => n).sort((m, n) => sign * (part[m] - part[n]) || m - n),
        )
        const { values, indices } = x.sort(axis, descending)
        expect(indices.dtype).toBe('int32')
        expect(readAll(indices.movedim(axis, -1))).toEqual(order.flat())
        expect(readAll(values.movedim(axis, -1))).toEqual(
          order.flatMap((places, lane) => places.map((n) => parts[lane][n])),
        )
        expect(readAll(x.argsort(axis, descending))).toEqual(readAll(indices))
      }),
      { numRuns: 200 },
    )
  })

  test('keeps the order of equals, upwards and downwards', () => {
    const x = array([1, 0, 1, 0, 1])
    expect(x.argsort().toArray()).toEqual([1, 3, 0, 2, 4])
    expect(x.argsort(-1, true).toArray()).toEqual([0, 2, 4, 1, 3])
  })

  test('counts NaN as larger than all', () => {
    const x = array([NaN, 2, Infinity, -Infinity, NaN, 1])
    expect(x.sort().values.toArray()).toEqual([-Infinity, 1, 2, Infinity, NaN, NaN])
    expect(x.argsort().toArray()).toEqual([3, 5, 1, 2, 0, 4])
    expect(x.argsort(0, true).toArray()).toEqual([0, 4, 2, 1, 5, 3])
  })

  test('works on nothing, on one number and on bools', () => {
    expect(zeros([0]).sort().values.shape).toEqual([0])
    expect(zeros([2, 0, 3]).argsort(1).shape).toEqual([2, 0, 3])
    expect(array(5).sort().values.item()).toBe(5)
    expect(array(5).sort(-1, true).indices.item()).toBe(0)
    expect(array([true, false, true]).sort().values.toArray()).toEqual([
      false,
      true,
      true,
    ])
  })

  test('names the axes that there are', () => {
    expect(() => zeros([2]).sort(1)).toThrow('there is no axis 1 in 1 dimensions')
    expect(() => zeros([2]).argsort(-2, true)).toThrow('there is no axis -2')
  })
})

describe('topk', () => {
  test('gives the first k of the sorted elements, from either end', () => {
    fc.assert(
      fc.property(
        anyLanes,
        fc.nat(9),
        fc.boolean(),
        ({ x, axis, length }, n, largest) => {
          const k = n % (length + 1)
          const { values, indices } = x.topk(k, axis, { largest })
          const sorted = x.sort(axis, largest)
          expect(values.size(axis)).toBe(k)
          expect(readAll(values)).toEqual(readAll(sorted.values.narrow(axis, 0, k)))
          expect(readAll(indices)).toEqual(readAll(sorted.indices.narrow(axis, 0, k)))
        },
      ),
    )
  })

  test('refuses more elements than there are', () => {
    expect(() => zeros([2, 3]).topk(4)).toThrow(
      'topk: there are no 4 elements along axis -1 of [2, 3]',
    )
    expect(() => zeros([3]).topk(-1)).toThrow('topk: there are no -1 elements')
    expect(() => zeros([3]).topk(1.5)).toThrow('topk: there are no 1.5 elements')
  })
})

describe('cumsum', () => {
  test('sums up to each place, on any axis of any view', () => {
    fc.assert(
      fc.property(anyLanes, ({ x, axis, parts }) => {
        const sums = parts.flatMap((part) =>
          part.map((_, n) => part.slice(0, n + 1).reduce((a, b) => a + b)),
        )
        const y = x.cumsum(axis)
        expect(y.shape).toEqual(x.shape)
        expect(readAll(y.movedim(axis, -1))).toEqual(sums)
      }),
    )
  })

  test('counts bools in int32, and refuses an axis that is not there', () => {
    expect(array([true, false, true]).cumsum(0).toArray()).toEqual([1, 1, 2])
    expect(array([true]).cumsum(0).dtype).toBe('int32')
    expect(() => arange(3).cumsum(1)).toThrow('there is no axis 1 in 1 dimensions')
  })
})
