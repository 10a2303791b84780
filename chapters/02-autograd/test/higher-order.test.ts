import { describe, expect, test } from 'vitest'
import { grad, noGrad, type Tensor, tensor } from '../src/index.ts'

const leaf = (values: number | number[]) => tensor(values, { requiresGrad: true })

/** dy/dx, as a function of x again. */
function derivative(y: Tensor, x: Tensor): Tensor {
  return grad([y.sum()], [x], { createGraph: true })[0]
}

describe('derivatives of higher order', () => {
  test('x⁴ has 4x³, 12x², 24x, 24 and 0', () => {
    const x = leaf(2)
    let y = x.pow(4)
    for (const expected of [32, 48, 48, 24]) {
      y = derivative(y, x)
      expect(y.item()).toBe(expected)
    }
    expect(derivative(y, x).item()).toBe(0)
  })

  test('sin comes back after four', () => {
    const x = leaf([0.3, 1, -2])
    let y = x.sin()
    for (let order = 0; order < 4; order++) y = derivative(y, x)
    const expected = x.sin().toTypedArray()
    y.toTypedArray().forEach((value, n) => {
      expect(value).toBeCloseTo(expected[n], 5)
    })
  })

  test('the third derivative of tanh', () => {
    const x = leaf(0.5)
    const third = derivative(derivative(derivative(x.tanh(), x), x), x)
    const t = Math.tanh(0.5)
    expect(third.item()).toBeCloseTo((1 - t * t) * (6 * t * t - 2), 5)
  })

  test('mixed derivatives agree in either order', () => {
    const [x, y] = [leaf(2), leaf(3)]
    const z = x.pow(2).mul(y.pow(3))
    const xy = derivative(derivative(z, x), y)
    const yx = derivative(derivative(z, y), x)
    expect(xy.item()).toBe(2 * 2 * 3 * 9)
    expect(yx.item()).toBe(xy.item())
  })

  test('backward with createGraph leaves a grad that can be differentiated', () => {
    const x = leaf(2)
    x.pow(3).backward(undefined, { createGraph: true })
    const slope = x.grad
    expect(slope?.item()).toBe(12)
    expect(slope?.requiresGrad).toBe(true)
    x.grad = null
    slope?.backward()
    expect(x.grad).not.toBeNull()
    expect((x.grad as Tensor | null)?.item()).toBe(12)
  })

  test('the gradient of a penalty on the gradient', () => {
    const x = leaf([1, 2])
    const slope = derivative(x.pow(3), x)
    slope.square().sum().backward()
    expect(x.grad?.toArray()).toEqual([36, 36 * 8])
  })

  test('a power with an exponent of 0 has a mixed one', () => {
    const [a, b] = [leaf(2), leaf(0)]
    expect(grad(derivative(a.pow(b), a), b)[0].item()).toBe(0.5)
  })

  test('createGraph records the pass inside noGrad too', () => {
    const x = leaf(2)
    const y = x.pow(3)
    const slope = noGrad(() => grad([y], [x], { createGraph: true })[0])
    expect(slope.requiresGrad).toBe(true)
  })

  test('without createGraph a gradient requires none', () => {
    const x = leaf(2)
    expect(grad([x.pow(3)], [x])[0].requiresGrad).toBe(false)
    x.pow(3).backward()
    expect(x.grad?.requiresGrad).toBe(false)
  })
})
