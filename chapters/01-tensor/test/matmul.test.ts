import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { arange, array, type DType, eye, type Shape, zeros } from '../src/index.ts'
import { elementsOf, type Reference, readAll, viewOfShape } from './reference.ts'

/** Three loops over the last two axes; the axes in front broadcast. */
function naive(a: Reference, b: Reference, lead: Shape): Reference {
  const [n, k] = a.shape.slice(-2)
  const m = b.shape[b.shape.length - 1]
  const part = ({ shape, at }: Reference, batch: readonly number[]) => {
    const own = batch.slice(batch.length - (shape.length - 2))
    const place = own.map((index, axis) => (shape[axis] === 1 ? 0 : index))
    return (i: number, j: number) => at([...place, i, j])
  }
  const at = (index: readonly number[]) => {
    const batch = index.slice(0, -2)
    const [i, j] = index.slice(-2)
    let total = 0
    for (let p = 0; p < k; p++) total += part(a, batch)(i, p) * part(b, batch)(p, j)
    return total
  }
  return { shape: [...lead, n, m], at }
}

const size = fc.constantFrom(0, 1, 2, 3, 5, 7, 13)

function views(dtype: DType, leadA: Shape, leadB: Shape) {
  return fc
    .tuple(size, size, size)
    .chain(([n, k, m]) =>
      fc.tuple(
        viewOfShape([...leadA, n, k], dtype),
        viewOfShape([...leadB, k, m], dtype),
      ),
    )
}

describe('a matrix product is three loops', () => {
  for (const dtype of ['float32', 'int32'] satisfies DType[]) {
    test(`of ${dtype}, for any sizes and strides`, () => {
      fc.assert(
        fc.property(views(dtype, [], []), ([a, b]) => {
          const expected = naive(a.ref, b.ref, [])
          const y = a.x.matmul(b.x)
          expect(y.dtype).toBe(dtype)
          expect(y.shape).toEqual(expected.shape)
          expect(readAll(y)).toEqual(elementsOf(expected).map((value) => value + 0))
        }),
        { numRuns: 150 },
      )
    })
  }

  const leads: [Shape, Shape, Shape][] = [
    [[2], [2], [2]],
    [[2], [], [2]],
    [[], [3], [3]],
    [[2, 1], [3], [2, 3]],
    [[1], [2, 2], [2, 2]],
    [[0], [1], [0]],
  ]
  for (const [a, b, lead] of leads) {
    test(`for each matrix of a batch: [${a}] with [${b}]`, () => {
      fc.assert(
        fc.property(views('float32', a, b), ([left, right]) => {
          const expected = naive(left.ref, right.ref, lead)
          const y = left.x.matmul(right.x)
          expect(y.shape).toEqual(expected.shape)
          expect(readAll(y)).toEqual(elementsOf(expected).map((value) => value + 0))
        }),
        { numRuns: 30 },
      )
    })
  }

  test('also where no tile fits: 61 × 67 by 67 × 59', () => {
    const a = arange(61 * 67)
      .reshape([61, 67])
      .remainder(11)
    const b = arange(67 * 59)
      .reshape([59, 67])
      .remainder(13)
      .t()
    const y = a.matmul(b)
    for (const [i, j] of [
      [0, 0],
      [60, 58],
      [31, 7],
      [60, 0],
      [0, 58],
    ]) {
      expect(y.at(i, j).item()).toBe(a.at(i).mul(b.at([], j)).sum().item())
    }
    expect(y.sum().item()).toBe(a.sum(0).mul(b.sum(1)).sum().item())
  })
})

describe('a vector', () => {
  const v = array([1, 2, 3])
  const matrix = arange(6).reshape([2, 3]).to('float32')

  test('times a vector is a number', () => {
    expect(v.matmul(v).shape).toEqual([])
    expect(v.dot(v).item()).toBe(14)
  })

  test('is a column on the right and a row on the left', () => {
    expect(matrix.matmul(v).toArray()).toEqual([8, 26])
    expect(v.matmul(matrix.t()).toArray()).toEqual([8, 26])
    expect(zeros([4, 2, 3]).matmul(v).shape).toEqual([4, 2])
    expect(v.matmul(zeros([4, 3, 5])).shape).toEqual([4, 5])
  })

  test('makes a matrix by outer', () => {
    expect(v.outer(array([10, 100])).toArray()).toEqual([
      [10, 100],
      [20, 200],
      [30, 300],
    ])
  })
})

test('nothing in between sums to 0, and nothing outside stays nothing', () => {
  expect(
    zeros([2, 0])
      .matmul(zeros([0, 3]))
      .toArray(),
  ).toEqual([
    [0, 0, 0],
    [0, 0, 0],
  ])
  expect(zeros([0, 2]).matmul(zeros([2, 3])).shape).toEqual([0, 3])
  expect(zeros([5, 2, 0]).matmul(zeros([0, 3])).shape).toEqual([5, 2, 3])
  expect(
    zeros([0])
      .dot(zeros([0]))
      .item(),
  ).toBe(0)
})

test('the identity changes nothing, and int32 meets float32 in float32', () => {
  const x = arange(9).reshape([3, 3])
  expect(x.matmul(eye(3)).toArray()).toEqual(x.toArray())
  expect(x.matmul(eye(3)).dtype).toBe('float32')
})

test('a matrix times itself is the product of two', () => {
  const x = array([
    [1, 1],
    [1, 0],
  ])
  expect(x.matmul(x).matmul(x).toArray()).toEqual([
    [3, 2],
    [2, 1],
  ])
})

test('tril and triu keep one side of a diagonal, of each matrix of a batch', () => {
  const x = arange(1, 10).reshape([3, 3])
  expect(x.tril().toArray()).toEqual([
    [1, 0, 0],
    [4, 5, 0],
    [7, 8, 9],
  ])
  expect(x.triu(1).toArray()).toEqual([
    [0, 2, 3],
    [0, 0, 6],
    [0, 0, 0],
  ])
  expect(x.tril(-1).add(x.triu()).toArray()).toEqual(x.toArray())
  expect(x.t().expand([2, 3, 3]).tril().at(1).toArray()).toEqual(x.triu().t().toArray())
})

describe('products that do not fit are refused:', () => {
  const cases: [string, () => unknown, string][] = [
    [
      'inner sizes',
      () => zeros([32, 100]).matmul(zeros([784, 256])),
      'matmul: cannot multiply [32, 100] by [784, 256]: the inner sizes differ (100 vs 784)',
    ],
    [
      'a vector of another length',
      () => zeros([2, 3]).matmul(zeros([2])),
      'matmul: cannot multiply [2, 3] by [2]: the inner sizes differ (3 vs 2)',
    ],
    [
      'two vectors',
      () => zeros([2]).matmul(zeros([3])),
      'matmul: cannot multiply [2] by [3]: the inner sizes differ (2 vs 3)',
    ],
    [
      'a single number',
      () => zeros([2]).matmul(array(3)),
      'matmul: cannot multiply [2] by []: a single number is no matrix; use mul',
    ],
    [
      'batches',
      () => zeros([2, 3, 4]).matmul(zeros([5, 4, 3])),
      'matmul: cannot broadcast [2] with [5]',
    ],
    [
      'dot of matrices',
      () => zeros([2, 2]).dot(zeros([2])),
      'dot: needs two vectors, not [2, 2] and [2]: use matmul',
    ],
    [
      'outer of matrices',
      () => zeros([2]).outer(zeros([2, 2])),
      'outer: needs two vectors, not [2] and [2, 2]',
    ],
    [
      'tril of a vector',
      () => zeros([3]).tril(),
      'tril: [3] has no matrices: it needs two axes or more',
    ],
  ]
  for (const [name, run, message] of cases) {
    test(name, () => expect(run).toThrow(message))
  }
})

test('products of whole numbers wrap around, to the last digit', () => {
  const whole = { dtype: 'int32' } as const
  const [a, b] = [array([[123456789, 2]], whole), array([[987654321], [3]], whole)]
  expect(a.matmul(b).toArray()).toEqual([[-67153019 + 6]])
  const x = arange(15).reshape([3, 5])
  const expected = x.to('float32').matmul(x.t().to('float32'))
  expect(x.matmul(x.t()).toArray()).toEqual(expected.toArray())
})

test('two bools have no product', () => {
  const x = array([[true]])
  expect(() => x.matmul(x)).toThrow(
    "matmul: is not for two bools: use .to('float32') on one",
  )
})
