import { cpu, type Storage } from '@deepdive/tensor'
import { collectGarbage, countingDevice, holdingDevice } from '@deepdive/testing'
import { describe, expect, test } from 'vitest'
import { defineOp, grad, noGrad, randn, type Tensor, tensor } from '../src/index.ts'

const leaf = (values: number[]) => tensor(values, { requiresGrad: true })

describe('a gradient can be overwritten', () => {
  /** Sends gradients back, overwrites each in turn, and sees whether another changes. */
  function expectApart(output: Tensor, leaves: Tensor[], seed?: Tensor): void {
    output.backward(seed, { retainGraph: true })
    const others = [...leaves, ...(seed ? [seed] : []), output]
    for (const x of leaves) {
      const before = others.map((other) => [other.toArray(), other.grad?.toArray()])
      const own = x.grad?.clone()
      x.grad?.fill_(77)
      others.forEach((other, n) => {
        const grad = other === x ? own : other.grad
        expect([other.toArray(), grad?.toArray()]).toEqual(before[n])
      })
    }
  }

  test('when two leaves were added', () => {
    const [a, b] = [leaf([1, 2]), leaf([3, 4])]
    expectApart(a.add(b).mul(2).sum(), [a, b])
  })

  test('when it was stretched by a sum', () => {
    const [a, b] = [leaf([1, 2]), leaf([3, 4])]
    expectApart(a.add(b).sum(), [a, b])
    a.grad?.add_(tensor([0, 1]))
    expect(a.grad?.toArray()).toEqual([77, 78])
  })

  test('when it arrived stretched', () => {
    const x = leaf([1, 2])
    x.sum().mul(2).backward()
    x.grad?.add_(tensor([0, 1]))
    expect(x.grad?.toArray()).toEqual([2, 3])
  })

  test('when the seed was passed on as it is', () => {
    const [a, b] = [leaf([1, 2]), leaf([3, 4])]
    expectApart(a.add(b), [a, b], tensor([5, 6]))
    const c = leaf([1, 2])
    expectApart(c, [c], tensor([5, 6]))
  })

  test('when it is a part of another', () => {
    const [a, b] = [leaf([1, 2, 3, 4]), leaf([3, 4])]
    expectApart(a.mul(2).narrow(0, 0, 2).add(b).mul(3).sum(), [a, b])
  })

  test('when a rule returns an input, or the output', () => {
    const input = defineOp({
      name: 'input',
      forward: (x) => x.mul(2),
      gradient: (_, { inputs: [x] }) => [x],
    })
    const a = leaf([1, 2])
    expectApart(input(a).mul(2).sum(), [a])
    const output = defineOp({
      name: 'output',
      forward: (x) => x.mul(2),
      gradient: (_, { output }) => [output],
    })
    const b = leaf([1, 2])
    expectApart(output(b), [b], tensor([1, 1]))
  })

  test('when a tensor on the way keeps its own', () => {
    const [a, b] = [leaf([1, 2]), leaf([3, 4])]
    const doubled = a.mul(2)
    doubled.retainGrad()
    expectApart(doubled.add(b).mul(2).sum(), [b, doubled])
  })
})

describe('after backward', () => {
  test('each node has let go of its inputs', () => {
    const x = leaf([1, 2])
    const y = x.mul(3)
    const z = y.exp()
    z.sum().backward()
    for (const { node } of [y, z]) {
      expect(node?.dropped).toBe(true)
      expect(node?.inputs).toEqual([])
    }
  })

  test('with retainGraph each node keeps them', () => {
    const x = leaf([1, 2])
    const y = x.mul(3)
    y.sum().backward(undefined, { retainGraph: true })
    expect(y.node?.dropped).toBe(false)
    expect(y.node?.inputs[0]).toBe(x)
  })

  test('grad() drops the graph too', () => {
    const x = leaf([1, 2])
    const y = x.exp()
    grad([y.sum()], [x])
    expect(y.node?.dropped).toBe(true)
  })

  test('what lay on the way can be collected, though the result is kept', async () => {
    const x = leaf([1, 2])
    const { result, middle } = (() => {
      const y = x.mul(3)
      return { result: y.exp().sum(), middle: new WeakRef(y) }
    })()
    result.backward()
    await collectGarbage()
    expect(middle.deref()).toBeUndefined()
    expect(result.item()).toBeGreaterThan(0)
  })

  test('2,000 steps of training leave nothing behind', async () => {
    const { device, countLive } = countingDevice(cpu)
    const w = randn([20, 20], { requiresGrad: true, device })
    const x = randn([20, 20], { device })
    const train = (steps: number) => {
      for (let step = 0; step < steps; step++) {
        x.matmul(w).tanh().square().mean().backward()
        noGrad(() => w.grad && w.sub_(w.grad.mul(0.01)))
        w.grad = null
      }
    }
    train(100)
    const before = await countLive()
    train(2000)
    expect((await countLive()) - before).toBeLessThan(100)
  })
})

test('what grad gives can be overwritten without changing another gradient', () => {
  const x = leaf([1, 2])
  const y = leaf([3, 4])
  const [ofX, ofY] = grad([x.add(y).sum()], [x, y])
  ofX.mul_(3)
  expect(ofX.toArray()).toEqual([3, 3])
  expect(ofY.toArray()).toEqual([1, 1])
  const seed = tensor([5, 6])
  const [handedOn] = grad([x.add(0)], [x], { gradOutputs: [seed] })
  handedOn.mul_(2)
  expect(seed.toArray()).toEqual([5, 6])
})

describe('a tensor holds its gradient, and tells the device,', () => {
  const { device, owners } = holdingDevice<typeof cpu, Storage>(cpu)
  const x = tensor([1, 2], { device, requiresGrad: true })
  const held = () => [...owners.keys()]

  test('that which has arrived, and not those on the way', () => {
    x.mul(x).mul(2).sum().backward()
    expect(held()).toEqual([x.grad?.array.storage])
  })

  test('the sum of two in place of the first', () => {
    const first = x.grad?.array.storage
    x.mul(x).sum().backward()
    expect(held()).toEqual([x.grad?.array.storage])
    expect(held()).not.toContain(first)
  })

  test('until it is forgotten', () => {
    x.grad = null
    expect(held()).toEqual([])
  })

  test('one that is set twice, once', () => {
    const gradient = tensor([3, 4], { device })
    x.grad = gradient
    x.grad = gradient
    expect(owners.get(gradient.array.storage)).toBe(1)
  })
})
