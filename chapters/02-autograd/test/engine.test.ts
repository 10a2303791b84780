import { describe, expect, test, vi } from 'vitest'
import { defineOp, grad, noGrad, type Tensor, tensor } from '../src/index.ts'

const leaf = (values: number | number[]) => tensor(values, { requiresGrad: true })

describe('backward', () => {
  test('a tensor used twice receives both gradients', () => {
    const x = leaf(3)
    x.mul(x).add(x).backward()
    expect(x.grad?.item()).toBe(2 * 3 + 1)
  })

  test('a tensor used twice in one operation receives both gradients', () => {
    const x = leaf([3, 5])
    x.sub(x).sum().backward()
    expect(x.grad?.toArray()).toEqual([0, 0])
    const y = leaf([3, 5])
    y.div(y).sum().backward()
    expect(y.grad?.toArray()).toEqual([0, 0])
  })

  test('what a second pass brings is added to grad', () => {
    const x = leaf([1, 2])
    x.mul(3).sum().backward()
    x.mul(x).sum().backward()
    expect(x.grad?.toArray()).toEqual([3 + 2, 3 + 4])
  })

  test('a stretched tensor receives the sum over what it was stretched to', () => {
    const x = leaf([1, 2, 3])
    const y = tensor([[1], [2]], { requiresGrad: true })
    x.mul(y).sum().backward()
    expect(x.grad?.toArray()).toEqual([3, 3, 3])
    expect(y.grad?.toArray()).toEqual([[6], [6]])
  })

  test('only tensors that require a gradient receive one', () => {
    const x = leaf(2)
    const constant = tensor(5)
    x.mul(constant).backward()
    expect(x.grad?.item()).toBe(5)
    expect(constant.grad).toBeNull()
  })

  test('only leaves keep their gradient', () => {
    const x = leaf(2)
    const y = x.mul(2)
    y.mul(y).backward()
    expect(x.grad?.item()).toBe(16)
    expect(y.grad).toBeNull()
  })

  test('a diamond 30 deep has 2³⁰ paths, and each tensor has its turn once', () => {
    const x = leaf(1)
    const rule = vi.fn((g: Tensor) => [g, g])
    const twice = defineOp({
      name: 'twice',
      forward: (a, b) => a.add(b),
      gradient: rule,
    })
    let y: Tensor = x
    for (let depth = 0; depth < 30; depth++) y = twice(y, y)
    y.backward()
    expect(x.grad?.item()).toBe(2 ** 30)
    expect(rule).toHaveBeenCalledTimes(30)
  })

  test('a chain of 100,000 operations needs no deep stack', () => {
    const x = leaf([1, 2])
    let y: Tensor = x
    for (let n = 0; n < 50_000; n++) y = y.neg().add(1)
    y.sum().backward()
    expect(x.grad?.toArray()).toEqual([1, 1])
  })

  test('a branch of the graph that nothing uses changes nothing', () => {
    const x = leaf(3)
    const used = x.mul(2)
    const unused = used.exp().mul(x)
    used.mul(used).backward()
    expect(x.grad?.item()).toBe(24)
    expect(unused.node?.dropped).toBe(false)
  })

  test('a branch that a rule sends nothing back to receives nothing', () => {
    const x = leaf(3)
    const y = leaf(4)
    const first = defineOp({
      name: 'first',
      forward: (a, b) => a.add(b.mul(0)),
      gradient: (g) => [g, null],
    })
    first(x, y.exp()).backward()
    expect(x.grad?.item()).toBe(1)
    expect(y.grad).toBeNull()
  })

  test('a leaf is its own derivative', () => {
    const x = leaf(3)
    x.backward()
    expect(x.grad?.item()).toBe(1)
  })

  test('the gradient that is given goes through', () => {
    const x = leaf([1, 2])
    x.mul(x).backward(tensor([10, 100]))
    expect(x.grad?.toArray()).toEqual([20, 400])
  })

  test('a zero-sized tensor has a zero-sized gradient', () => {
    const x = tensor([[], []], { requiresGrad: true })
    x.mul(2).sum().backward()
    expect(x.grad?.shape).toEqual([2, 0])
  })

  test('retainGraph lets a graph be used twice', () => {
    const x = leaf(3)
    const y = x.mul(x)
    y.backward(undefined, { retainGraph: true })
    y.backward()
    expect(x.grad?.item()).toBe(12)
  })
})

describe('no rule is called whose result nobody needs', () => {
  /** a · b, which counts how often each gradient is computed. */
  function countingProduct() {
    const called = vi.fn()
    const left = vi.fn((g: Tensor, b: Tensor) => g.mul(b))
    const right = vi.fn((g: Tensor, a: Tensor) => g.mul(a))
    const product = defineOp({
      name: 'product',
      forward: (a, b) => a.mul(b),
      gradient: (g, { inputs: [a, b] }) => {
        called()
        return [() => left(g, b), () => right(g, a)]
      },
    })
    return { product, called, left, right }
  }

  test('not for an input that requires no gradient', () => {
    const { product, left, right } = countingProduct()
    product(leaf(2), tensor(3)).backward()
    expect(left).toHaveBeenCalledTimes(1)
    expect(right).not.toHaveBeenCalled()
  })

  test('not for an input that grad() was not asked for', () => {
    const { product, left, right } = countingProduct()
    const [a, b] = [leaf(2), leaf(3)]
    const [slope] = grad([product(a, b.exp())], [a])
    expect(slope.item()).toBeCloseTo(Math.exp(3), 5)
    expect(left).toHaveBeenCalledTimes(1)
    expect(right).not.toHaveBeenCalled()
  })

  test('not for what the tensor was made from that grad() was asked for', () => {
    const { product, called } = countingProduct()
    const made = product(leaf(2), leaf(3))
    const [slope] = grad([made.mul(5)], [made])
    expect(slope.item()).toBe(5)
    expect(called).not.toHaveBeenCalled()
    expect(made.node?.dropped).toBe(false)
  })

  test('not for an operation whose result nothing came back to', () => {
    const { product, called } = countingProduct()
    const x = leaf(2)
    product(x, x)
    x.mul(2).backward()
    expect(called).not.toHaveBeenCalled()
  })
})

describe('grad', () => {
  test('leaves grad alone', () => {
    const x = leaf(3)
    expect(grad([x.mul(x)], [x])[0].item()).toBe(6)
    expect(x.grad).toBeNull()
  })

  test('adds over the outputs, each with a gradient of its own', () => {
    const x = leaf([1, 2])
    const gradOutputs = [tensor([1, 1]), tensor([10, 10])]
    const [slope] = grad([x.mul(3), x.mul(x)], [x], { gradOutputs })
    expect(slope.toArray()).toEqual([3 + 20, 3 + 40])
  })

  test('gives the gradient of what is no leaf', () => {
    const x = leaf(3)
    const y = x.mul(2)
    const slopes = grad([y.mul(y)], [x, y])
    expect(slopes.map((slope) => slope.item())).toEqual([24, 12])
  })

  test('gives zeros for what has no part in the outputs, where asked', () => {
    const [x, other] = [leaf(3), leaf([1, 2])]
    const slopes = grad([x.mul(x)], [x, other], { materializeGrads: true })
    expect(slopes.map((slope) => slope.toArray())).toEqual([6, [0, 0]])
  })

  test('of one tensor as output and input is 1', () => {
    const x = leaf(3)
    expect(grad([x], [x])[0].item()).toBe(1)
  })
})

describe('mixed dtypes', () => {
  test('a mask lets the gradient through where it is true', () => {
    const x = leaf([1, 2, 3])
    x.mul(tensor([true, false, true]))
      .sum()
      .backward()
    expect(x.grad?.toArray()).toEqual([1, 0, 1])
    expect(x.grad?.dtype).toBe('float32')
  })

  test('an int32 operand is a factor like any other', () => {
    const x = leaf([1, 2])
    x.mul(tensor([3, 4], { dtype: 'int32' }))
      .sum()
      .backward()
    expect(x.grad?.toArray()).toEqual([3, 4])
  })

  test('what is no longer float32 requires no gradient', () => {
    const x = leaf([1.5, 0])
    expect(x.to('int32').requiresGrad).toBe(false)
    expect(x.to('bool').requiresGrad).toBe(false)
    expect(x.gt(1).requiresGrad).toBe(false)
    expect(x.argmax().requiresGrad).toBe(false)
  })

  test('ints become float32 without a gradient', () => {
    const whole = tensor([1, 2], { dtype: 'int32' })
    const x = leaf([0.5, 0.5])
    const y = x.add(whole.to('float32'))
    expect(noGrad(() => y.toArray())).toEqual([1.5, 2.5])
    y.sum().backward()
    expect(whole.grad).toBeNull()
  })
})
