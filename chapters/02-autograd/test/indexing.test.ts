import { describe, expect, test } from 'vitest'
import { arange, type Tensor, tensor, zeros } from '../src/index.ts'

/** [[0, 1, 2, 3, 4], [5, …], [10, …]] */
const table = () => arange(0, 15, 1, { dtype: 'float32' }).reshape([3, 5])

const whole = (values: number[] | number[][]) => tensor(values, { dtype: 'int32' })

/**
 * What x.at(…) should send back: for each picked element, whose value says where it
 * stood in the table, a mask with a 1 at that place, times what comes back through it.
 */
function sumOfMasks(picked: Tensor, weights: Tensor): Tensor {
  const places = picked.flatten().toTypedArray()
  const received = weights.flatten().toTypedArray()
  return Array.from(places).reduce(
    (sum, place, n) => {
      const mask = arange(15).eq(place).to('float32').reshape([3, 5])
      return sum.add(mask.mul(received[n]))
    },
    zeros([3, 5]),
  )
}

const cases: Record<string, [(x: Tensor) => Tensor, picked: unknown]> = {
  'a number selects': [(x) => x.at(1), [5, 6, 7, 8, 9]],
  'a negative number counts from the end': [(x) => x.at(-1, -2), 13],
  'a range slices': [
    (x) => x.at([1, 3], [0, 2]),
    [
      [5, 6],
      [10, 11],
    ],
  ],
  'an open range goes to the edge': [(x) => x.at([2], [3]), [[13, 14]]],
  'a step leaves elements out': [(x) => x.at(0, [null, null, 2]), [0, 2, 4]],
  'a negative step reverses': [(x) => x.at(0, [null, null, -1]), [4, 3, 2, 1, 0]],
  'an ellipsis stands for all axes between': [(x) => x.at('...', 1), [1, 6, 11]],
  'null adds an axis': [(x) => x.at(null, 2, [0, 2], null), [[[10], [11]]]],
  'a vector of indices gathers': [(x) => x.at(whole([2, 0, 2]), 1), [11, 1, 11]],
  'negative indices count from the end': [(x) => x.at(0, whole([-1, 0])), [4, 0]],
  'a matrix of indices gives a matrix': [
    (x) =>
      x.at(
        1,
        whole([
          [0, 1],
          [1, 4],
        ]),
      ),
    [
      [5, 6],
      [6, 9],
    ],
  ],
  'two vectors name pairs': [(x) => x.at(whole([0, 2]), whole([4, 4])), [4, 14]],
  'a vector and a column broadcast': [
    (x) => x.at(whole([[0], [2]]), whole([1, 3])),
    [
      [1, 3],
      [11, 13],
    ],
  ],
  'indices beside a slice': [
    (x) => x.at([0, 2], whole([3, 3, 0])),
    [
      [3, 3, 0],
      [8, 8, 5],
    ],
  ],
  'a mask picks what it covers': [(x) => x.at(x.remainder(7).eq(0)), [0, 7, 14]],
  'a mask of rows picks rows': [
    (x) => x.at(tensor([false, false, true])),
    [[10, 11, 12, 13, 14]],
  ],
  'a mask that is false everywhere picks nothing': [(x) => x.at(x.lt(0)), []],
  'a mask behind an ellipsis': [
    (x) => x.at('...', tensor([true, false, false, false, true])),
    [
      [0, 4],
      [5, 9],
      [10, 14],
    ],
  ],
}

describe('at', () => {
  for (const [name, [pick, expected]] of Object.entries(cases)) {
    test(`${name}, and the gradient goes where the elements came from`, () => {
      const x = table()
      x.requiresGrad = true
      const picked = pick(x)
      expect(picked.toArray()).toEqual(expected)
      const weights = arange(1, picked.numel() + 1, 1, { dtype: 'float32' })
      const sentBack = weights.reshape(picked.shape)
      picked.backward(sentBack)
      expect(x.grad?.toArray()).toEqual(sumOfMasks(picked, sentBack).toArray())
    })
  }

  test('an element that is picked twice receives both gradients', () => {
    const x = tensor([1, 2, 3], { requiresGrad: true })
    x.at(whole([1, 1, 0])).backward(tensor([10, 100, 1000]))
    expect(x.grad?.toArray()).toEqual([1000, 110, 0])
  })

  test('says what it cannot do', () => {
    const x = table()
    expect(() => x.at(3)).toThrow('select: index 3 is outside axis 0 of size 3')
    expect(() => x.at(0, 0, 0)).toThrow('at: 3 indices for [3, 5]')
    expect(() => x.at(tensor([0, 1]))).toThrow(
      "at: an index array must be int32 or bool: use .to('int32')",
    )
    expect(() => x.at(whole([0, 3]))).toThrow('index 3 is outside')
    expect(() => x.at(tensor([true, false]))).toThrow(
      'at: a mask of [2] does not cover [3]',
    )
  })
})
