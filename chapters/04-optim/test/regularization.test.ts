import { type Tensor, tensor } from '@deepdive/autograd'
import { ValueError } from '@deepdive/tensor'
import { describe, expect, test } from 'vitest'
import { Adam, AdamW, l1Penalty, l2Penalty, type Optimizer, SGD } from '../src/index.ts'
import { minimise, parameter } from './problems.ts'

const lambda = 0.3

/** A loss that pulls each weight elsewhere. */
function loss(w: Tensor): Tensor {
  return w.mul(tensor([2, -1, 0.5])).sum()
}

function after(
  optimizer: (w: Tensor) => Optimizer,
  penalised: (w: Tensor) => Tensor,
): unknown {
  const w = parameter([1.5, -0.7, 0.2])
  minimise(penalised, w, optimizer(w), 5)
  return w.toArray()
}

const withPenalty = (w: Tensor) => loss(w).add(l2Penalty([w]).mul(lambda / 2))

describe('an L2 penalty of λ/2 · Σ w²', () => {
  test('is weight decay by λ for SGD; of weights used once, to the last bit', () => {
    const penalty = after((w) => new SGD([w], { lr: 0.1 }), withPenalty)
    const decay = after((w) => new SGD([w], { lr: 0.1, weightDecay: lambda }), loss)
    expect(penalty).toEqual(decay)
    expect(penalty).not.toEqual(after((w) => new SGD([w], { lr: 0.1 }), loss))
  })

  test('is weight decay by λ for SGD with momentum too', () => {
    const options = { lr: 0.1, momentum: 0.9 }
    const penalty = after((w) => new SGD([w], options), withPenalty)
    const decay = after((w) => new SGD([w], { ...options, weightDecay: lambda }), loss)
    expect(penalty).toEqual(decay)
  })

  test("is Adam's weightDecay, but not AdamW's", () => {
    const penalty = after((w) => new Adam([w], { lr: 0.1 }), withPenalty)
    const adam = after((w) => new Adam([w], { lr: 0.1, weightDecay: lambda }), loss)
    const adamw = after((w) => new AdamW([w], { lr: 0.1, weightDecay: lambda }), loss)
    expect(penalty).toEqual(adam)
    expect(penalty).not.toEqual(adamw)
  })
})

describe('where the loss is flat, one step with lr 0.1 and λ 0.5', () => {
  const flat = (w: Tensor) => w.mul(0).sum()
  const oneStep = (make: (w: Tensor) => Optimizer) => {
    const w = parameter([1, 100])
    const optimizer = make(w)
    minimise(flat, w, optimizer, 1)
    return { w, optimizer }
  }
  const options = { lr: 0.1, weightDecay: 0.5 }

  test('of Adam moves large and small weights by the same 0.1', () => {
    const { w } = oneStep((w) => new Adam([w], options))
    expect(w.toArray()).toEqual([Math.fround(0.9), Math.fround(99.9)])
  })

  test('of AdamW takes the same 5 % from both', () => {
    const { w } = oneStep((w) => new AdamW([w], options))
    expect(w.toArray()).toEqual([Math.fround(0.95), 95])
  })

  test('leaves the decay in the moments of Adam, and not in those of AdamW', () => {
    const moments = ({ w, optimizer }: { w: Tensor; optimizer: Optimizer }) => {
      const { expAvg, expAvgSq } = { ...optimizer.state.get(w) }
      return [expAvg, expAvgSq].map(String)
    }
    expect(moments(oneStep((w) => new Adam([w], options)))).toEqual([
      'tensor([0.0500, 5.0000])',
      'tensor([2.5000e-04, 2.5000e+00])',
    ])
    expect(moments(oneStep((w) => new AdamW([w], options)))).toEqual([
      'tensor([0., 0.])',
      'tensor([0., 0.])',
    ])
  })
})

test('under Adam a weight with noisy gradients hardly decays; under AdamW all do', () => {
  const run = (make: (w: Tensor) => Optimizer) => {
    const w = parameter([1, 1])
    const optimizer = make(w)
    for (let step = 0; step < 200; step++) {
      const sign = step % 2 === 0 ? 1 : -1
      w.grad = tensor([sign * 0.1, sign * 100])
      optimizer.step()
    }
    return w.detach()
  }
  const free = run((w) => new Adam([w], { lr: 0.01 }))
  const decay = (make: (w: Tensor) => Optimizer) => free.sub(run(make)).toTypedArray()

  const options = { lr: 0.01, weightDecay: 0.1 }
  const [quiet, noisy] = decay((w) => new Adam([w], options))
  expect(quiet).toBeGreaterThan(0.5)
  expect(noisy).toBeLessThan(0.01)
  for (const lost of decay((w) => new AdamW([w], options))) {
    expect(lost).toBeCloseTo(1 - 0.999 ** 200, 2)
  }
})

describe('an L1 penalty of λ · Σ |w|', () => {
  test('pulls every weight by the same λ, and one at 0 not at all', () => {
    const w = parameter([5, -0.01, 0])
    l1Penalty([w]).mul(lambda).backward()
    expect(w.grad?.toArray()).toEqual([Math.fround(0.3), Math.fround(-0.3), 0])
  })

  test('brings useless weights to 0, where L2 only makes them small', () => {
    const target = tensor([2, 0.05])
    const fit = (penalty: (w: Tensor) => Tensor) => {
      const w = parameter([1, 1])
      const cost = (at: Tensor) => {
        return at.sub(target).square().sum().mul(0.5).add(penalty(at))
      }
      minimise(cost, w, new SGD([w], { lr: 0.01 }), 2000)
      return [...w.toTypedArray()]
    }
    const lasso = fit((w) => l1Penalty([w]).mul(lambda))
    expect(lasso[0]).toBeCloseTo(2 - lambda, 3)
    expect(Math.abs(lasso[1])).toBeLessThan(0.01)
    const ridge = fit((w) => l2Penalty([w]).mul(lambda / 2))
    expect(ridge[0]).toBeCloseTo(2 / (1 + lambda), 3)
    expect(ridge[1]).toBeCloseTo(0.05 / (1 + lambda), 3)
  })
})

describe('a penalty', () => {
  test('adds up over all parameters', () => {
    const parameters = [parameter([1, -2]), parameter(3)]
    expect(l1Penalty(parameters).item()).toBe(6)
    expect(l2Penalty(parameters).item()).toBe(14)
  })

  test('takes a single parameter', () => {
    expect(l1Penalty(parameter([1, -2])).item()).toBe(3)
    expect(l2Penalty(parameter([1, -2])).item()).toBe(5)
  })

  test.each([
    ['l1Penalty', l1Penalty],
    ['l2Penalty', l2Penalty],
  ])('says that it found no parameters (%s)', (name, penalty) => {
    expect(() => penalty([])).toThrow(ValueError)
    expect(() => penalty([])).toThrow(
      `${name}: there are no parameters: is the list empty, or an iterator that was used before?`,
    )
  })
})
