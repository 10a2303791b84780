import { ones, tensor, zeros } from '@deepdive/autograd'
import { Linear } from '@deepdive/nn'
import { cpu, DeviceError, ValueError } from '@deepdive/tensor'
import { describe, expect, test } from 'vitest'
import {
  Adagrad,
  Adam,
  AdamW,
  CosineAnnealingLR,
  clipGradNorm_,
  EarlyStopping,
  LinearLR,
  MultiStepLR,
  OneCycleLR,
  Optimizer,
  ReduceLROnPlateau,
  RMSprop,
  SGD,
  StepLR,
} from '../src/index.ts'
import { parameter, variants } from './problems.ts'

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

  test('one that is undefined is left out', () => {
    const lr: object = { lr: undefined }
    const left: object = { ...lr, betas: undefined, weightDecay: undefined }
    const defaults = { lr: 1e-3, betas: [0.9, 0.999] }
    expect(new Adam(w(), left).paramGroups[0]).toMatchObject(defaults)
    expect(new AdamW(w(), left).paramGroups[0]).toMatchObject({
      ...defaults,
      weightDecay: 0.01,
    })
    const [group] = new SGD([{ params: w(), ...lr }], { lr: 0.5 }).paramGroups
    expect(group.lr).toBe(0.5)
  })

  test('options that are no object are not passed over', () => {
    const make = (Class: unknown, ...args: unknown[]) => {
      if (typeof Class === 'function') Reflect.construct(Class, args)
    }
    expect(() => make(Adam, w(), 0.1)).toThrow(
      'Adam: options are the number 0.1: they must be an object, as { name: value }',
    )
    expect(() => make(AdamW, w(), 0.1)).toThrow('AdamW: options are the number 0.1')
    expect(() => make(SGD, w(), null)).toThrow('SGD: options are null')
    const optimizer = new SGD(w())
    for (const [Class, ...args] of [
      [StepLR, optimizer, 10, 0.5],
      [MultiStepLR, optimizer, [10], 0.5],
      [CosineAnnealingLR, optimizer, 10, 0.5],
      [LinearLR, optimizer, 0.5],
      [OneCycleLR, optimizer, 1, 0.5],
      [ReduceLROnPlateau, optimizer, 0.5],
      [EarlyStopping, 0.5],
    ] as const) {
      expect(() => make(Class, ...args)).toThrow(
        `${Class.name}: options are the number 0.5: they must be an object`,
      )
    }
    expect(() => Reflect.apply(clipGradNorm_, null, [w(), 1, 3])).toThrow(
      'clipGradNorm_: options are the number 3: they must be an object, as { name: value }',
    )
  })

  test('lists of options are copied', () => {
    const betas: [number, number] = [0.5, 0.9]
    const optimizer = new Adam([{ params: w() }, { params: w(), betas }], { betas })
    const saved = optimizer.stateDict()
    betas[0] = 0.1
    optimizer.paramGroups[0].betas = [0.2, 0.2]
    Object.assign(optimizer.paramGroups[1].betas, [0.3, 0.3])
    expect(saved.param_groups.map((group) => group.betas)).toEqual([
      [0.5, 0.9],
      [0.5, 0.9],
    ])
    expect(optimizer.defaults.betas).toEqual([0.5, 0.9])
    expect(new Adam(w()).paramGroups[0].betas).toEqual([0.9, 0.999])
  })

  test('one that is spoilt later is found by the next step, which changes nothing', () => {
    const [at] = w()
    const optimizer = new SGD([at], { lr: 0.1 })
    at.sum().backward()
    optimizer.addParamGroup({ params: w() })
    optimizer.paramGroups[1].lr = Number.NaN
    expect(() => optimizer.step()).toThrow('SGD: lr is NaN: it must be')
    expect(at.toArray()).toEqual([1, 2])
  })
})

describe('parameters that cannot be stepped', () => {
  const [twice] = w()
  test.each<[message: string, make: () => Optimizer]>([
    [
      'SGD: there are no parameters: is the list empty, or an iterator that was used ' +
        'before?',
      () => new SGD([]),
    ],
    ['SGD: there are no parameters', () => new SGD([{ params: [] }])],
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
      'SGD: its parameters are a Tensor: pass a list of tensors, as model.parameters()',
      () => Reflect.construct(SGD, [twice]),
    ],
    [
      'SGD: pass either a list of tensors, as model.parameters(), or a list of groups, ' +
        'as [{ params: model.parameters(), lr: 0.1 }]',
      () => Reflect.construct(SGD, [[twice, { params: w() }]]),
    ],
    ['SGD: pass either', () => Reflect.construct(SGD, [[['weight', twice]]])],
    ['SGD: pass either', () => Reflect.construct(SGD, [[1, 2]])],
    [
      'SGD: its parameters are a Linear: pass a list of tensors, as model.parameters()',
      () => Reflect.construct(SGD, [new Linear(2, 1)]),
    ],
    [
      'Adam: its parameters are a function: pass a list of tensors',
      () => Reflect.construct(Adam, [new Linear(2, 1).parameters]),
    ],
    ['SGD: its parameters are undefined: pass', () => Reflect.construct(SGD, [])],
    [
      'SGD: its parameters are a Linear: pass a list of tensors',
      () => Reflect.construct(SGD, [[{ params: new Linear(2, 1) }]]),
    ],
    [
      'SGD: parameter 1 is a list, not a tensor: pass a list of tensors, as ' +
        'model.parameters()',
      () => Reflect.construct(SGD, [[{ params: [twice, ['weight', twice]] }]]),
    ],
  ])('%s', (message, make) => {
    expect(make).toThrow(ValueError)
    expect(make).toThrow(message)
  })

  const elsewhere = { ...cpu, name: 'elsewhere' }

  test.each(Object.entries(variants).filter(([name]) => name !== 'SGD'))(
    '%s says that its memory stays where the model was',
    (_, make) => {
      const model = new Linear(2, 1)
      const optimizer = make(model.parameters(), 0.1)
      model
        .forward(ones([2]))
        .sum()
        .backward()
      optimizer.step()
      model.to(elsewhere)
      expect(() => optimizer.step()).toThrow(DeviceError)
      expect(() => optimizer.step()).toThrow(
        `${optimizer.constructor.name}: a parameter is on elsewhere, but what is ` +
          'remembered of it on cpu: make the optimizer after moving the model',
      )
    },
  )
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
