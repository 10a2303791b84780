import { describe, expect, test } from 'vitest'
import {
  defineOp,
  GradcheckError,
  gradcheck,
  gradgradcheck,
  type Tensor,
  tensor,
} from '../src/index.ts'

const leaf = (values: number[]) => tensor(values, { requiresGrad: true })

/** x², whose rule is given. */
const squareWith = (rule: (grad: Tensor, x: Tensor) => Tensor) =>
  defineOp({
    name: 'square',
    forward: (x) => x.mul(x),
    gradient: (grad, { inputs: [x] }) => [rule(grad, x)],
  })

describe('gradcheck', () => {
  test('accepts the right rule', () => {
    const right = squareWith((grad, x) => grad.mul(x).mul(2))
    expect(gradcheck(right, [leaf([1, 2, 3])])).toBe(true)
  })

  test('names the element where a rule is wrong, and both derivatives', () => {
    const wrongAtTwo = squareWith((grad, x) =>
      grad.mul(x).mul(2).mul(x.eq(3).mul(0.5).add(1)),
    )
    const check = () => gradcheck((x) => wrongAtTwo(x).sum(), [leaf([1, 2, 3])])
    expect(check).toThrow(GradcheckError)
    const weight = Math.cos(0.5)
    const found = Math.fround(9 * Math.fround(weight))
    expect(check).toThrow(
      `gradcheck: element 2 of input 0 [3] has gradient ${found}, but finite ` +
        'differences say 5.26',
    )
  })

  test('names the input', () => {
    const wrong = defineOp({
      name: 'product',
      forward: (a, b) => a.mul(b),
      gradient: (grad, { inputs: [a, b] }) => [grad.mul(b), grad.mul(a).neg()],
    })
    expect(() => gradcheck(wrong, [leaf([1]), leaf([2])])).toThrow(
      'element 0 of input 1 [1] has gradient',
    )
  })

  test('finds that two elements have their gradients exchanged', () => {
    const exchanged = squareWith((grad, x) => grad.mul(x).mul(2).flip(0))
    expect(() => gradcheck(exchanged, [leaf([1, 2])])).toThrow(GradcheckError)
  })

  test('finds that a gradient is missing', () => {
    const constant = squareWith((grad) => grad.mul(0))
    expect(() => gradcheck(constant, [leaf([1, 2])])).toThrow('has gradient 0, but')
  })

  test('finds what is not a number', () => {
    const broken = squareWith((grad) => grad.mul(NaN))
    expect(() => gradcheck(broken, [leaf([1, 2])])).toThrow('has gradient NaN, but')
  })

  test('leaves inputs that require no gradient alone, and no grad behind', () => {
    const x = leaf([1, 2])
    const constant = tensor([3, 4])
    expect(gradcheck((a, b) => a.mul(b), [x, constant])).toBe(true)
    expect(x.grad).toBeNull()
    expect(x.toArray()).toEqual([1, 2])
  })

  test('allows what it is told to', () => {
    const nearly = squareWith((grad, x) => grad.mul(x).mul(2.01))
    expect(() => gradcheck(nearly, [leaf([1, 2])])).toThrow(GradcheckError)
    expect(gradcheck(nearly, [leaf([1, 2])], { rtol: 0.02 })).toBe(true)
  })
})

describe('gradgradcheck', () => {
  test('finds a rule whose own derivative is wrong', () => {
    const cut = squareWith((grad, x) => grad.mul(x.detach()).mul(2))
    expect(gradcheck(cut, [leaf([1, 2])])).toBe(true)
    expect(() => gradgradcheck(cut, [leaf([1, 2])])).toThrow(
      /element 0 of input 1 \[2\] has gradient 0, but finite/,
    )
  })
})
