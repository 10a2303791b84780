import { describe, expect, test, vi } from 'vitest'
import { grad, type Tensor, tensor } from '../src/index.ts'

const leaf = (values: number | number[]) => tensor(values, { requiresGrad: true })

describe('registerHook', () => {
  test('a hook on a leaf sees its gradient, complete and once', () => {
    const x = leaf(3)
    const seen: number[] = []
    x.registerHook((g) => {
      seen.push(g.item())
    })
    x.mul(x).add(x).backward()
    expect(seen).toEqual([7])
  })

  test('what a hook on a leaf returns is what is added to grad', () => {
    const x = leaf(3)
    x.registerHook((g) => g.mul(10))
    x.mul(2).backward()
    x.mul(2).backward()
    expect(x.grad?.item()).toBe(40)
  })

  test('what a hook on the way returns goes on instead', () => {
    const x = leaf(3)
    const y = x.mul(2)
    y.registerHook((g) => g.mul(-1))
    y.mul(5).backward()
    expect(x.grad?.item()).toBe(-10)
  })

  test('hooks are called in order, each with what the one before gave', () => {
    const x = leaf(3)
    const seen: number[] = []
    const note = (change: (g: Tensor) => Tensor) => (g: Tensor) => {
      seen.push(g.item())
      return change(g)
    }
    x.registerHook(note((g) => g.add(1)))
    x.registerHook(note((g) => g.mul(10)))
    x.mul(2).backward()
    expect(seen).toEqual([2, 3])
    expect(x.grad?.item()).toBe(30)
  })

  test('a hook that was taken away is not called', () => {
    const x = leaf(3)
    const [first, second] = [vi.fn(), vi.fn()]
    const remove = x.registerHook(first)
    x.registerHook(second)
    remove()
    x.mul(2).backward()
    expect(first).not.toHaveBeenCalled()
    expect(second).toHaveBeenCalledTimes(1)
  })

  test('a hook that was registered twice is called twice, and taken away once', () => {
    const x = leaf(3)
    const hook = vi.fn()
    const remove = x.registerHook(hook)
    x.registerHook(hook)
    x.mul(2).backward()
    expect(hook).toHaveBeenCalledTimes(2)
    remove()
    x.mul(2).backward()
    expect(hook).toHaveBeenCalledTimes(3)
  })

  test('grad() calls hooks as well', () => {
    const x = leaf(3)
    x.registerHook((g) => g.mul(10))
    expect(grad([x.mul(2)], [x])[0].item()).toBe(20)
  })

  test('a hook may not change the shape', () => {
    const x = leaf([1, 2])
    x.registerHook((g) => g.sum())
    expect(() => x.mul(2).sum().backward()).toThrow(
      'registerHook: a hook on a float32 tensor of [2] returned a float32 gradient of []',
    )
  })
})

describe('retainGrad', () => {
  test('keeps the gradient that arrives on the way', () => {
    const x = leaf(3)
    const y = x.mul(2)
    y.retainGrad()
    y.mul(y).backward()
    expect(y.grad?.item()).toBe(12)
    expect(x.grad?.item()).toBe(24)
  })

  test('twice is as once', () => {
    const y = leaf(3).mul(2)
    y.retainGrad()
    y.retainGrad()
    y.mul(y).backward()
    expect(y.grad?.item()).toBe(12)
  })

  test('keeps what hooks made of it, whichever came first', () => {
    const y = leaf(3).mul(2)
    y.retainGrad()
    y.registerHook((g) => g.mul(10))
    y.mul(y).backward()
    expect(y.grad?.item()).toBe(120)
  })

  test('adds up over passes, as leaves do', () => {
    const y = leaf(3).mul(2)
    y.retainGrad()
    const z = y.mul(y)
    z.backward(undefined, { retainGraph: true })
    z.backward()
    expect(y.grad?.item()).toBe(24)
  })

  test('changes nothing on a leaf', () => {
    const x = leaf(3)
    x.retainGrad()
    x.mul(2).backward()
    expect(x.grad?.item()).toBe(2)
  })
})
