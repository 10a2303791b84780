import { ones, tensor, zeros } from '@deepdive/autograd'
import { ShapeError, ValueError } from '@deepdive/tensor'
import { describe, expect, test } from 'vitest'
import { Adagrad, Adam, AdamW, Optimizer, RMSprop, SGD } from '../src/index.ts'
import { parameter } from './problems.ts'

const w = () => [parameter([1, 2])]

describe('an option that makes no sense is named with its value', () => {
  test.each<[message: string, make: () => Optimizer]>([
    ['SGD: lr is NaN: it must be a finite number ≥ 0', () => new SGD(w(), { lr: NaN })],
    ['SGD: lr is -1: it must be a finite number ≥ 0', () => new SGD(w(), { lr: -1 })],
    ['AdamW: lr is Infinity: it must be', () => new AdamW(w(), { lr: Infinity })],
    ['SGD: weightDecay is -0.1: it must be', () => new SGD(w(), { weightDecay: -0.1 })],
    ['SGD: momentum is -0.5: it must be', () => new SGD(w(), { momentum: -0.5 })],
    ['SGD: dampening is NaN: it must be', () => new SGD(w(), { dampening: NaN })],
    [
      'SGD: nesterov is true with momentum 0 and dampening 0: it needs a momentum > 0, ' +
        'and no dampening',
      () => new SGD(w(), { nesterov: true }),
    ],
    [
      'SGD: nesterov is true with momentum 0.9 and dampening 0.1: it needs',
      () => new SGD(w(), { nesterov: true, momentum: 0.9, dampening: 0.1 }),
    ],
    [
      'Adam: betas[0] is 1: it must be in [0, 1)',
      () => new Adam(w(), { betas: [1, 0.999] }),
    ],
    [
      'AdamW: betas[1] is -0.1: it must be in [0, 1)',
      () => new AdamW(w(), { betas: [0.9, -0.1] }),
    ],
    ['Adam: eps is -1: it must be', () => new Adam(w(), { eps: -1 })],
    [
      'RMSprop: alpha is 1.5: it must be in [0, 1)',
      () => new RMSprop(w(), { alpha: 1.5 }),
    ],
    ['RMSprop: eps is NaN: it must be', () => new RMSprop(w(), { eps: NaN })],
    ['RMSprop: momentum is -1: it must be', () => new RMSprop(w(), { momentum: -1 })],
    ['Adagrad: lrDecay is -1: it must be', () => new Adagrad(w(), { lrDecay: -1 })],
    ['Adagrad: eps is -1: it must be', () => new Adagrad(w(), { eps: -1 })],
    [
      'Adagrad: initialAccumulatorValue is -1: it must be',
      () => new Adagrad(w(), { initialAccumulatorValue: -1 }),
    ],
    [
      'SGD: lr is -1: it must be a finite number ≥ 0',
      () => new SGD([{ params: w() }, { params: w(), lr: -1 }]),
    ],
  ])('%s', (message, make) => {
    expect(make).toThrow(ValueError)
    expect(make).toThrow(message)
  })

  test('one that is misspelt is not passed over', () => {
    const misspelt: object = { learningRate: 0.1 }
    expect(() => new SGD(w(), misspelt)).toThrow(
      'SGD: there is no option learningRate: there are lr, momentum, dampening, ' +
        'weightDecay, nesterov, maximize',
    )
    expect(() => new SGD([{ params: w(), ...misspelt }])).toThrow(
      'no option learningRate',
    )
  })

  test('one that is spoilt later is found by the next step, which changes nothing', () => {
    const [at] = w()
    const optimizer = new SGD([at], { lr: 0.1 })
    at.sum().backward()
    optimizer.paramGroups[0].lr = Number.NaN
    expect(() => optimizer.step()).toThrow('SGD: lr is NaN: it must be')
    expect(at.toArray()).toEqual([1, 2])
  })
})

describe('parameters that cannot be stepped', () => {
  const [twice] = w()
  test.each<[message: string, make: () => Optimizer]>([
    [
      'SGD: there are no parameters to step: is the list empty, or an iterator that was ' +
        'used before?',
      () => new SGD([]),
    ],
    ['SGD: there are no parameters to step', () => new SGD([{ params: [] }])],
    [
      'SGD: parameter 1 of [3] requires no gradient, so it would never change: set ' +
        'requiresGrad, or leave it out',
      () => new SGD([...w(), zeros([3])]),
    ],
    [
      'SGD: parameter 0 of [2] was made by mul: a step would not reach what it was made ' +
        'from: pass the leaves of the graph',
      () => new SGD([twice.mul(2)]),
    ],
    [
      'SGD: a parameter of [2] is there twice, so it would be stepped twice: pass it once',
      () => new SGD([twice, twice]),
    ],
    [
      'SGD: a parameter of [2] is there twice',
      () => new SGD([{ params: [twice] }, { params: [twice] }]),
    ],
    [
      'SGD: pass either a list of tensors, as model.parameters(), or a list of groups, ' +
        'as [{ params: model.parameters(), lr: 0.1 }]',
      () => Reflect.construct(SGD, [twice]),
    ],
    ['SGD: pass either', () => Reflect.construct(SGD, [[twice, { params: w() }]])],
    ['SGD: pass either', () => Reflect.construct(SGD, [[['weight', twice]]])],
  ])('%s', (message, make) => {
    expect(make).toThrow(ValueError)
    expect(make).toThrow(message)
  })

  test('a gradient of another shape is not stretched', () => {
    const [at] = w()
    at.grad = ones([1])
    const step = () => new SGD([at]).step()
    expect(step).toThrow(ShapeError)
    expect(step).toThrow('SGD: a parameter is [2], but its gradient [1]')
  })
})

test('an optimizer of your own needs no more than its rule', () => {
  /** θ ← θ − lr · sign(∇f), as in Riedmiller & Braun's Rprop. */
  class SignDescent extends Optimizer {
    constructor(parameters: Iterable<ReturnType<typeof parameter>>, lr: number) {
      super(parameters, { lr: 0.1, weightDecay: 0, maximize: false }, { lr })
    }
    protected newState() {
      return {}
    }
    protected update(at: ReturnType<typeof parameter>, grad: typeof at): void {
      at.sub_(grad.sign().mul(this.defaults.lr))
    }
  }
  const at = parameter([1, 1])
  at.mul(tensor([3, -0.5]))
    .sum()
    .backward()
  new SignDescent([at], 0.5).step()
  expect(at.toArray()).toEqual([0.5, 1.5])
})
