import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { backwardByRecursion, type Tensor, tensor } from '../src/index.ts'

/** Steps that make a graph: an operation, and which tensors made so far it takes. */
const operations: ((a: Tensor, b: Tensor) => Tensor)[] = [
  (a, b) => a.add(b),
  (a, b) => a.sub(b),
  (a, b) => a.mul(b),
  (a) => a.sin(),
  (a) => a.sigmoid(),
  (a) => a.t(),
  (a) => a.sum(0, { keepdim: true }).add(a),
  (a, b) => a.matmul(b).tanh(),
]
const step = fc.tuple(fc.nat(operations.length - 1), fc.nat(), fc.nat())

type Step = readonly [operation: number, first: number, second: number]

/** Follows the steps from two leaves, and adds up all that was made. */
function follow(steps: readonly Step[], leaves: readonly Tensor[]): Tensor {
  const made = [...leaves]
  for (const [operation, first, second] of steps) {
    const [a, b] = [made[first % made.length], made[second % made.length]]
    made.push(operations[operation](a, b))
  }
  return made.reduce((sum, x) => sum.add(x)).sum()
}

function leaves(): Tensor[] {
  const options = { requiresGrad: true }
  return [
    tensor(
      [
        [0.5, -1],
        [0.25, 2],
      ],
      options,
    ),
    tensor(
      [
        [1, 0.5],
        [-0.5, 0.75],
      ],
      options,
    ),
  ]
}

describe('the textbook recursion', () => {
  test('gives the gradients of backward on any graph', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
        const [one, two] = [leaves(), leaves()]
        follow(steps, one).backward()
        backwardByRecursion(follow(steps, two))
        one.forEach((x, n) => {
          const expected = x.grad?.toTypedArray() ?? new Float32Array()
          two[n].grad?.toTypedArray().forEach((value, place) => {
            const allowed = 1e-4 * (1 + Math.abs(expected[place]))
            expect(Math.abs(value - expected[place])).toBeLessThanOrEqual(allowed)
          })
          expect(two[n].grad?.shape).toEqual(x.grad?.shape)
        })
      }),
    )
  })

  test('cannot follow a chain of 100,000 operations', () => {
    let y: Tensor = tensor(1, { requiresGrad: true })
    for (let n = 0; n < 100_000; n++) y = y.neg()
    expect(() => backwardByRecursion(y)).toThrow(RangeError)
    expect(() => y.backward()).not.toThrow()
  })

  test('starts at a single number', () => {
    expect(() => backwardByRecursion(leaves()[0])).toThrow(
      'backwardByRecursion: only a single number has a gradient by itself, and this ' +
        'tensor is [2, 2]',
    )
  })

  test('says that a tensor requires no gradient', () => {
    expect(() => backwardByRecursion(tensor(1))).toThrow(
      'backwardByRecursion: this tensor requires no gradient',
    )
  })

  test('refuses a graph that backward has dropped', () => {
    const y = leaves()[0].sum()
    y.backward()
    expect(() => backwardByRecursion(y)).toThrow('used by an earlier pass and dropped')
  })
})
