import { describe, expect, test } from 'vitest'
import {
  defineOp,
  gradcheck,
  gradgradcheck,
  type Tensor,
  tensor,
} from '../src/index.ts'

const leaf = (values: number[]) => tensor(values, { requiresGrad: true })

describe('an operator of your own', () => {
  const cube = defineOp({
    name: 'cube',
    forward: (x) => x.mul(x).mul(x),
    gradient: (grad, { inputs: [x] }) => [grad.mul(x).mul(x).mul(3)],
  })

  test('is nine lines, and has derivatives of any order', () => {
    const x = leaf([1, 2])
    expect(cube(x).toArray()).toEqual([1, 8])
    expect(gradcheck(cube, [x])).toBe(true)
    expect(gradgradcheck(cube, [x])).toBe(true)
  })

  test('is named where its result is printed', () => {
    expect(String(cube(leaf([2])))).toBe('tensor([8.], gradFn=<cube>)')
  })

  test('may have two inputs, which broadcast', () => {
    const hypotenuse = defineOp({
      name: 'hypotenuse',
      forward: (a, b) => a.mul(a).add(b.mul(b)).sqrt(),
      gradient: (grad, { inputs: [a, b], output }) => [
        () => grad.mul(a).div(output),
        () => grad.mul(b).div(output),
      ],
    })
    const [a, b] = [leaf([3, 5]), tensor([[4], [12]], { requiresGrad: true })]
    expect(hypotenuse(a, b).select(0, 0).toArray()).toEqual([
      5,
      Math.fround(Math.sqrt(41)),
    ])
    expect(gradcheck(hypotenuse, [a, b])).toBe(true)
    expect(gradgradcheck(hypotenuse, [a, b])).toBe(true)
  })

  test('takes options by a function around it', () => {
    const scale = (factor: number) =>
      defineOp({
        name: 'scale',
        forward: (x) => x.mul(factor),
        gradient: (grad) => [grad.mul(factor)],
      })
    const x = leaf([1, 2])
    scale(3)(x).sum().backward()
    expect(x.grad?.toArray()).toEqual([3, 3])
  })

  test('may be a step, through which no gradient flows', () => {
    const heaviside = defineOp({ name: 'heaviside', forward: (x) => x.gt(0) })
    expect(heaviside(leaf([-1, 2])).requiresGrad).toBe(false)
  })

  const faulty = (rule: (grad: Tensor) => Tensor[]) =>
    defineOp({ name: 'faulty', forward: (x) => x.mul(2), gradient: rule })

  test('whose rule gives another shape is told so', () => {
    const x = leaf([1, 2, 3])
    const op = faulty((grad) => [grad.narrow(0, 0, 2)])
    expect(() => op(x).sum().backward()).toThrow(
      'faulty: its gradient rule gave [2] for an input of [3]',
    )
  })

  test('whose rule gives another number of gradients is told so', () => {
    const x = leaf([1, 2, 3])
    expect(() =>
      faulty(() => [])(x)
        .sum()
        .backward(),
    ).toThrow(
      'faulty: its gradient rule gave 0 gradients for 1 inputs: give null for an input ' +
        'that has none',
    )
  })

  test('needs a tensor to be called with', () => {
    expect(() => cube()).toThrow('cube: needs at least one tensor')
  })
})
