import { noGrad, ones, rand, Tensor, tensor, zeros } from '@deepdive/autograd'
import { cpu, type Storage } from '@deepdive/tensor'
import { countingDevice, holdingDevice } from '@deepdive/testing'
import { describe, expect, test } from 'vitest'
import { Adagrad, Adam, type Optimizer, SGD } from '../src/index.ts'
import { minimise, parameter, quadratic, rosenbrock, variants } from './problems.ts'

const all = Object.entries(variants)

describe('300 steps find the bottom of a bowl that is steep one way', () => {
  const rates: Record<string, number> = { Adagrad: 0.3, 'SGD with momentum': 0.05 }
  for (const [name, make] of all) {
    // AdamW's decay draws towards 0, so that it comes to rest beside the bottom.
    const depth = name === 'AdamW' ? 1e-2 : 1e-6
    test(name, () => {
      const at = parameter([0, 0])
      const optimizer = make([at], rates[name] ?? 0.03)
      expect(minimise(quadratic, at, optimizer, 300)).toBeLessThan(depth)
    })
  }
})

describe("2,000 steps go far along Rosenbrock's valley", () => {
  const goals: Record<string, [lr: number, loss: number]> = {
    SGD: [1e-3, 0.3],
    'SGD with momentum': [1e-3, 1e-6],
    "SGD with Nesterov's momentum": [1e-3, 1e-6],
    Adagrad: [1, 0.2],
    RMSprop: [0.01, 0.05],
    'centred RMSprop with momentum': [5e-4, 1e-4],
    Adam: [0.1, 1e-9],
    AMSGrad: [0.3, 1e-9],
    AdamW: [0.1, 2e-3],
  }
  for (const [name, make] of all) {
    const [lr, loss] = goals[name]
    test(`${name}, from 12.5 to under ${loss}`, () => {
      const at = parameter([-1.5, 2])
      expect(rosenbrock(at).item()).toBe(12.5)
      expect(minimise(rosenbrock, at, make([at], lr), 2000)).toBeLessThan(loss)
    })
  }
})

test('maximize climbs', () => {
  const at = parameter([0, 0])
  const optimizer = new Adam([at], { lr: 0.03, maximize: true })
  const hill = (place: Tensor) => quadratic(place).neg()
  expect(minimise(hill, at, optimizer, 300)).toBeGreaterThan(-1e-6)
})

describe('each optimizer', () => {
  test.each(all)('%s leaves a parameter without a gradient alone', (_, make) => {
    const [used, unused] = [parameter([1, 2]), parameter([3, 4])]
    const optimizer = make([used, unused], 0.1)
    used.sum().backward()
    optimizer.step()
    expect(unused.toArray()).toEqual([3, 4])
    expect(used.toArray()).not.toEqual([1, 2])
  })

  test.each(all)('%s leaves the gradients as they are', (_, make) => {
    const w = parameter([1, 2])
    const optimizer = make([w], 0.1)
    w.mul(tensor([3, -4]))
      .sum()
      .backward()
    for (let step = 0; step < 3; step++) optimizer.step()
    expect(w.grad?.toArray()).toEqual([3, -4])
  })

  test.each(all)('%s keeps its memory, and the memory of the parameters', (_, make) => {
    const w = parameter([1, 2])
    const optimizer = make([w], 0.1)
    const held = () => [w, ...tensorsOf(optimizer)].map(({ array }) => array.storage)
    minimise(quadratic, w, optimizer, 2)
    const before = held()
    minimise(quadratic, w, optimizer, 3)
    expect(held().length).toBe(before.length)
    for (const [n, storage] of held().entries()) expect(storage).toBe(before[n])
  })

  test.each(all)('%s remembers no graph', (_, make) => {
    const w = parameter([1, 2])
    const optimizer = make([w], 0.1)
    minimise(quadratic, w, optimizer, 2)
    for (const { node, requiresGrad } of tensorsOf(optimizer)) {
      expect([node, requiresGrad]).toEqual([null, false])
    }
  })

  test.each(all)('%s does not gather buffers with each step', async (_, make) => {
    const { device, countLive } = countingDevice(cpu)
    const w = ones([10], { requiresGrad: true, device })
    const optimizer = make([w], 0.1)
    const loss = (at: Tensor) => at.square().sum()
    minimise(loss, w, optimizer, 3)
    const before = await countLive()
    minimise(loss, w, optimizer, 200)
    expect((await countLive()) - before).toBeLessThan(100)
  })

  test.each(all)('%s steps a strided parameter as a dense one', (_, make) => {
    const values = rand([3, 4])
    const dense = noGrad(() => values.clone())
    const strided = noGrad(() => values.t().contiguous()).t()
    for (const w of [dense, strided]) {
      w.requiresGrad = true
      minimise((at) => at.sub(1).square().sum(), w, make([w], 0.01), 3)
    }
    expect(strided.array.isContiguous()).toBe(false)
    const furthest = dense.detach().sub(strided.detach()).abs().max().item()
    expect(furthest).toBeLessThan(1e-6)
  })
})

function tensorsOf({ state }: Optimizer): Tensor[] {
  return [...state.values()].flatMap((one) =>
    Object.values(one).filter((value) => value !== null && typeof value === 'object'),
  )
}

describe('parameter groups', () => {
  test("of Adagrad all start from the optimizer's sum of squares, as in PyTorch", () => {
    const [a, b] = [parameter(1), parameter(1)]
    const groups = [{ params: a, initialAccumulatorValue: 5 }]
    const optimizer = new Adagrad(groups, { initialAccumulatorValue: 0.5 })
    optimizer.addParamGroup({ params: b, initialAccumulatorValue: 5 })
    b.mul(2).backward()
    optimizer.step()
    expect(optimizer.state.get(a)?.sum.item()).toBe(0.5)
    expect(optimizer.state.get(b)?.sum.item()).toBe(4.5)
  })

  test('step by options of their own, and the rest by those of the optimizer', () => {
    const [a, b] = [parameter(1), parameter(1)]
    const groups = [{ params: [a] }, { params: [b], lr: 0.01 }]
    const optimizer = new SGD(groups, { lr: 0.1, momentum: 0.5 })
    for (let step = 0; step < 2; step++) {
      optimizer.zeroGrad()
      a.add(b).backward()
      optimizer.step()
    }
    expect(a.item()).toBeCloseTo(1 - 0.1 - 0.15, 6)
    expect(b.item()).toBeCloseTo(1 - 0.01 - 0.015, 6)
  })

  test('follow a rate that is changed between steps', () => {
    const w = parameter(1)
    const optimizer = new SGD([w], { lr: 0.1 })
    w.mul(1).backward()
    optimizer.step()
    optimizer.paramGroups[0].lr = 0.5
    optimizer.step()
    expect(w.item()).toBeCloseTo(0.4, 6)
  })

  test('may be added after steps were taken', () => {
    const [a, b] = [parameter(1), parameter(1)]
    const optimizer = new Adam([a], { lr: 0.1 })
    a.mul(b).backward()
    optimizer.step()
    optimizer.addParamGroup({ params: [b], lr: 0.2 })
    optimizer.step()
    expect(b.item()).toBeCloseTo(0.8, 5)
    expect(optimizer.state.get(a)?.step).toBe(2)
    expect(optimizer.state.get(b)?.step).toBe(1)
  })

  test('may have a single tensor', () => {
    const [a, b] = [parameter(1), parameter(2)]
    const optimizer = new SGD([{ params: a }])
    optimizer.addParamGroup({ params: b })
    expect(optimizer.paramGroups.map(({ params }) => params)).toEqual([[a], [b]])
  })

  test('come from any iterable, as a generator', () => {
    function* parameters() {
      yield parameter(1)
      yield parameter(2)
    }
    expect(new SGD(parameters()).paramGroups[0].params.length).toBe(2)
  })
})

test('SGD without decay leaves a parameter infinite that is', () => {
  const w = parameter([Infinity, 1])
  w.sum().backward()
  new SGD([w], { lr: 0.5 }).step()
  expect(w.toArray()).toEqual([Infinity, 0.5])
})

test('zeroGrad lets go of the gradients', () => {
  const [a, b] = [parameter(1), parameter(2)]
  const optimizer = new SGD([{ params: [a] }, { params: [b] }])
  a.mul(b).backward()
  optimizer.zeroGrad()
  expect([a.grad, b.grad]).toEqual([null, null])
})

test('a graph made before a step refuses to go back through changed parameters', () => {
  const w = parameter([1, 2])
  const loss = w.square().sum()
  w.grad = ones([2])
  new Adam([w]).step()
  expect(() => loss.backward()).toThrow('overwritten')
})

test('a parameter without elements is no trouble', () => {
  for (const [, make] of all) {
    const empty = zeros([0, 3], { requiresGrad: true })
    minimise((at) => at.sum(), empty, make([empty], 0.1), 2)
    expect(empty.shape).toEqual([0, 3])
  }
})

describe('an optimizer holds what it remembers, and nothing else:', () => {
  test.each(all)('%s', (_, make) => {
    const { device, owners } = holdingDevice<typeof cpu, Storage>(cpu)
    const at = tensor([1, 2], { device, requiresGrad: true })
    const optimizer = make([at], 0.1)
    const remembered = () =>
      [...optimizer.state.values()]
        .flatMap((state) => Object.values(state))
        .filter((value) => value instanceof Tensor)
        .map(({ array }) => array.storage)
    const step = () => {
      optimizer.zeroGrad()
      at.mul(at).sum().backward()
      optimizer.step()
      optimizer.zeroGrad()
    }
    for (let n = 0; n < 3; n++) {
      step()
      expect(new Set(owners.keys())).toEqual(new Set(remembered()))
    }
    const before = remembered()
    optimizer.loadStateDict(optimizer.stateDict())
    expect(new Set(owners.keys())).toEqual(new Set(remembered()))
    if (before.length > 0) expect(remembered()).not.toEqual(before)
    optimizer.loadStateDict({ ...optimizer.stateDict(), state: {} })
    expect(new Set(owners.keys())).toEqual(new Set(remembered()))
  })

  test('Adagrad, what it starts from as well', () => {
    const { device, owners } = holdingDevice<typeof cpu, Storage>(cpu)
    new Adagrad([tensor([1], { device, requiresGrad: true })])
    expect(owners.size).toBe(1)
  })
})
