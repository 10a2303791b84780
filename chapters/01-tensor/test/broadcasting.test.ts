import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { array, broadcastShapes, type Shape, zeros } from '../src/index.ts'
import { elementsOf, type Reference, readAll, viewOfShape } from './reference.ts'

/** NumPy's rule by its words: line the shapes up at the right, fill up with ones. */
function naiveBroadcast(a: Shape, b: Shape): Shape | undefined {
  const rank = Math.max(a.length, b.length)
  const fill = (shape: Shape) => [
    ...Array<number>(rank - shape.length).fill(1),
    ...shape,
  ]
  const [left, right] = [fill(a), fill(b)]
  const fits = left.every(
    (n, axis) => n === right[axis] || n === 1 || right[axis] === 1,
  )
  return fits ? left.map((n, axis) => (n === 1 ? right[axis] : n)) : undefined
}

const anyShape = fc.array(fc.constantFrom(0, 1, 2, 3), { maxLength: 4 })

/** Two shapes that broadcast: parts of one, with axes of 1 put in. */
const fitting = fc
  .tuple(
    fc.array(fc.constantFrom(1, 2, 3, 5, 0), { maxLength: 4 }),
    fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
    fc.nat(4),
    fc.nat(4),
  )
  .map(([shape, ones, a, b]) => [
    shape.map((n, axis) => (ones[axis] ? 1 : n)).slice(Math.min(a, b) === a ? 0 : a),
    shape
      .map((n, axis) => (ones[axis + 4] ? 1 : n))
      .slice(Math.min(a, b) === a ? b : 0),
  ])

/** The element of a smaller array that meets `index` of the common shape. */
function meets({ shape, at }: Reference, index: readonly number[]): number {
  const own = index.slice(index.length - shape.length)
  return at(own.map((n, axis) => (shape[axis] === 1 ? 0 : n)))
}

describe('broadcasting', () => {
  test('follows the rule of NumPy for any two shapes', () => {
    fc.assert(
      fc.property(anyShape, anyShape, (a, b) => {
        const expected = naiveBroadcast(a, b)
        if (expected) expect(broadcastShapes('add', a, b)).toEqual(expected)
        else expect(() => broadcastShapes('add', a, b)).toThrow('add: cannot broadcast')
      }),
      { numRuns: 500 },
    )
  })

  test('pairs the right elements, whatever views they come from', () => {
    const pairs = fitting.chain(([a, b]) => fc.tuple(viewOfShape(a), viewOfShape(b)))
    fc.assert(
      fc.property(pairs, ([a, b]) => {
        const shape = naiveBroadcast(a.ref.shape, b.ref.shape) ?? []
        const at = (index: readonly number[]) =>
          meets(a.ref, index) - meets(b.ref, index)
        const y = a.x.sub(b.x)
        expect(y.shape).toEqual(shape)
        expect(readAll(y)).toEqual(elementsOf({ shape, at }))
      }),
      { numRuns: 200 },
    )
  })

  test('stretches condition, yes and no of where together', () => {
    const condition = array([[true], [false]])
    expect(array([1, 2, 3]).where(condition, array(0)).toArray()).toEqual([
      [1, 2, 3],
      [0, 0, 0],
    ])
    expect(array(5).where(condition, -1).shape).toEqual([2, 1])
  })

  test('an empty axis stays empty', () => {
    expect(zeros([0, 1]).add(zeros([3])).shape).toEqual([0, 3])
    expect(zeros([0]).add(1).shape).toEqual([0])
    expect(() => zeros([0]).add(zeros([2]))).toThrow('axis -1 has 0 and 2')
  })

  test('shapes that do not fit are refused with the axis and the rule', () => {
    expect(() => zeros([2, 3]).add(zeros([2]))).toThrow(
      'add: cannot broadcast [2, 3] with [2]: ' +
        'axis -1 has 3 and 2; they must be equal, or one of them 1',
    )
    expect(() => zeros([4, 1, 3]).mul(zeros([2, 1, 1]))).toThrow(
      'mul: cannot broadcast [4, 1, 3] with [2, 1, 1]: axis -3 has 4 and 2',
    )
    expect(() => zeros([2]).where(array([true, false, true]), 0)).toThrow(
      'where: cannot broadcast [3] with [2]',
    )
  })
})
