import { ones, Tensor, tensor, zeros } from '@deepdive/autograd'
import { describe, expect, test } from 'vitest'
import {
  Adagrad,
  Adam,
  type OptimizerStateDict,
  type RMSprop,
  SGD,
} from '../src/index.ts'
import { minimise, parameter, rosenbrock, variants } from './problems.ts'

const all = Object.entries(variants)

/** As a checkpoint on disk would have it: nothing but JSON. */
function throughJson(saved: OptimizerStateDict): OptimizerStateDict {
  const text = JSON.stringify(saved, (_, value) => {
    if (!(value instanceof Tensor)) return value
    return { shape: value.shape, elements: [...value.toTypedArray()] }
  })
  return JSON.parse(text, (_, value) => {
    if (!value?.elements) return value
    return tensor(new Float32Array(value.elements), value.shape)
  })
}

describe('a state dict', () => {
  test.each(all)('of %s goes on bit for bit after a trip through JSON', (_, make) => {
    const through = parameter([-1.5, 2])
    minimise(rosenbrock, through, make([through], 1e-3), 20)

    const first = parameter([-1.5, 2])
    const interrupted = make([first], 1e-3)
    minimise(rosenbrock, first, interrupted, 7)
    const resumed = first.detach().clone()
    resumed.requiresGrad = true
    const other = make([resumed], 0.5)
    other.loadStateDict(throughJson(interrupted.stateDict()))
    minimise(rosenbrock, resumed, other, 13)

    expect(resumed.toArray()).toEqual(through.toArray())
    expect(String(other.stateDict().state)).toBe(String(interrupted.stateDict().state))
  })

  test.each(all)('of %s is a copy that later steps do not change', (_, make) => {
    const w = parameter([-1.5, 2])
    const optimizer = make([w], 1e-3)
    minimise(rosenbrock, w, optimizer, 2)
    const saved = optimizer.stateDict()
    const before = throughJson(saved)
    minimise(rosenbrock, w, optimizer, 2)
    expect(throughJson(saved)).toEqual(before)

    optimizer.loadStateDict(saved)
    minimise(rosenbrock, w, optimizer, 2)
    expect(throughJson(saved)).toEqual(before)
  })

  test("has PyTorch's names, and numbers parameters through all groups", () => {
    const [a, b, c] = [parameter([1]), parameter([2]), parameter([3])]
    const optimizer = new Adam([{ params: [a, b] }, { params: [c], weightDecay: 0.1 }])
    a.mul(c).backward()
    optimizer.step()
    const { state, param_groups } = optimizer.stateDict()
    expect(Object.keys(state)).toEqual(['0', '2'])
    expect(Object.keys(state[2])).toEqual(['step', 'exp_avg', 'exp_avg_sq'])
    const common = {
      lr: 1e-3,
      betas: [0.9, 0.999],
      eps: 1e-8,
      amsgrad: false,
      maximize: false,
    }
    expect(param_groups).toEqual([
      { ...common, weight_decay: 0, params: [0, 1] },
      { ...common, weight_decay: 0.1, params: [2] },
    ])
  })

  test('may number its parameters otherwise, and know options that we do not', () => {
    const [a, b] = [parameter([1]), parameter([2])]
    const optimizer = new SGD([a, b], { momentum: 0.9 })
    const [group] = optimizer.stateDict().param_groups
    optimizer.loadStateDict({
      state: { 7: { momentum_buffer: tensor([5]) } },
      param_groups: [{ ...group, foreach: null, fused: false, params: [7, 3] }],
    })
    expect(optimizer.state.get(a)?.momentumBuffer?.toArray()).toEqual([5])
    expect(optimizer.state.has(b)).toBe(false)
  })

  test('from an older PyTorch may lack a switch that is off by default', () => {
    const optimizer = new SGD([parameter([1])], { maximize: false })
    const [{ maximize, ...older }] = optimizer.stateDict().param_groups
    expect(maximize).toBe(false)
    optimizer.loadStateDict({ state: {}, param_groups: [{ ...older, lr: 0.7 }] })
    expect(optimizer.paramGroups[0]).toMatchObject({ lr: 0.7, maximize: false })
  })

  test('of Adagrad has a state for parameters that never stepped, as PyTorch wants', () => {
    const optimizer = new Adagrad([parameter([1, 2])], { initialAccumulatorValue: 0.5 })
    const { state } = optimizer.stateDict()
    expect(state[0].step).toBe(0)
    expect(String(state[0].sum)).toBe('tensor([0.5000, 0.5000])')
  })

  test('replaces what was remembered before', () => {
    const w = parameter([1])
    const optimizer = new Adam([w])
    const fresh = optimizer.stateDict()
    w.sum().backward()
    optimizer.step()
    optimizer.loadStateDict(fresh)
    expect(optimizer.state.size).toBe(0)
  })
})

describe('a state dict that does not fit', () => {
  const stepped = (make: (w: Tensor) => Adam | SGD | RMSprop, w = ones([3, 2])) => {
    w.requiresGrad = true
    const optimizer = make(w)
    w.sum().backward()
    optimizer.step()
    return optimizer
  }
  const adam = () => stepped((w) => new Adam([w]))

  test.each<[name: string, load: () => void, message: string]>([
    [
      'says how many parameters met how many',
      () => new Adam([parameter(1), parameter(2)]).loadStateDict(adam().stateDict()),
      "Adam: loadStateDict: its groups have 1 parameters, but this optimizer's 2: make " +
        'both from the same model and groups',
    ],
    [
      'says which groups met which',
      () => {
        const groups = [{ params: [parameter(1)] }, { params: [parameter(2)] }]
        new Adam(groups).loadStateDict(adam().stateDict())
      },
      "Adam: loadStateDict: its groups have 1 parameters, but this optimizer's 1 + 1: ",
    ],
    [
      'says which shapes met',
      () => stepped((w) => new Adam([w]), zeros([4])).loadStateDict(adam().stateDict()),
      'Adam: loadStateDict: the state of parameter 0: its exp_avg is [3, 2], but the ' +
        'parameter [4]',
    ],
    [
      'says what another optimizer kept',
      () => {
        const { state } = adam().stateDict()
        const other = stepped((w) => new SGD([w]))
        other.loadStateDict({ ...other.stateDict(), state })
      },
      'SGD: loadStateDict: the state of parameter 0: it has step, exp_avg, exp_avg_sq, ' +
        'but this optimizer keeps momentum_buffer: is it from another one?',
    ],
    [
      'says what is missing of the state',
      () => {
        const saved = adam().stateDict()
        const { exp_avg_sq: _, ...rest } = saved.state[0]
        adam().loadStateDict({ ...saved, state: { 0: rest } })
      },
      'Adam: loadStateDict: the state of parameter 0: its exp_avg_sq is missing',
    ],
    [
      'says what should be a tensor',
      () => {
        const saved = adam().stateDict()
        adam().loadStateDict({
          ...saved,
          state: { 0: { ...saved.state[0], exp_avg: 2 } },
        })
      },
      'Adam: loadStateDict: the state of parameter 0: its exp_avg is the number 2, but ' +
        'should be a tensor',
    ],
    ...[NaN, -1, 1.5, Infinity].map((step): [string, () => void, string] => [
      `says that ${step} counts no steps`,
      () => {
        const saved = adam().stateDict()
        const state = { 0: { ...saved.state[0], step } }
        adam().loadStateDict({ ...saved, state })
      },
      `Adam: loadStateDict: the state of parameter 0: its step is the number ${step}, ` +
        'but should be a whole number ≥ 0',
    ]),
    [
      'says that many numbers count no steps',
      () => {
        const saved = adam().stateDict()
        const state = { 0: { ...saved.state[0], step: ones([2]) } }
        adam().loadStateDict({ ...saved, state })
      },
      'Adam: loadStateDict: the state of parameter 0: its step is a Tensor, but ' +
        'should be a whole number ≥ 0',
    ],
    [
      'says which dtype met',
      () => {
        const saved = adam().stateDict()
        const exp_avg = zeros([3, 2], { dtype: 'int32' })
        adam().loadStateDict({ ...saved, state: { 0: { ...saved.state[0], exp_avg } } })
      },
      'Adam: loadStateDict: the state of parameter 0: its exp_avg is int32, but should ' +
        'be float32',
    ],
    [
      'says that JSON has no tensors',
      () => adam().loadStateDict(JSON.parse(JSON.stringify(adam().stateDict()))),
      'Adam: loadStateDict: the state of parameter 0: its exp_avg is an object, but ' +
        'should be a tensor, which JSON does not hold',
    ],
    [
      'says which option is missing',
      () => adam().loadStateDict(stepped((w) => new SGD([w])).stateDict()),
      'Adam: loadStateDict: group 0: its betas is missing, but should be a list',
    ],
    [
      'says which option is of another kind',
      () => {
        const saved = adam().stateDict()
        const [group] = saved.param_groups
        adam().loadStateDict({ ...saved, param_groups: [{ ...group, lr: 'high' }] })
      },
      "Adam: loadStateDict: group 0: its lr is the string 'high', but should be a number",
    ],
    [
      'says which option makes no sense',
      () => {
        const saved = adam().stateDict()
        const [group] = saved.param_groups
        adam().loadStateDict({ ...saved, param_groups: [{ ...group, lr: Number.NaN }] })
      },
      'Adam: lr is NaN: it must be a finite number ≥ 0',
    ],
    [
      'says for which parameter there is none',
      () => {
        const saved = adam().stateDict()
        adam().loadStateDict({ ...saved, state: { ...saved.state, 5: {} } })
      },
      'Adam: loadStateDict: it has a state for parameter 5, which is in none of its groups',
    ],
    [
      "says that a model's is no optimizer's",
      () => adam().loadStateDict(JSON.parse('{ "fc1.weight": 1 }')),
      "Adam: loadStateDict: it has no state and param_groups: is it a model's state dict?",
    ],
    [
      'says that nothing is none',
      () => Reflect.apply(adam().loadStateDict, adam(), []),
      'Adam: loadStateDict: it has no state and param_groups',
    ],
  ])('%s', (_, load, message) => {
    expect(load).toThrow(message)
  })

  test('changes nothing', () => {
    const optimizer = adam()
    const before = throughJson(optimizer.stateDict())
    const saved = stepped((w) => new Adam([w], { lr: 0.5 }), zeros([4])).stateDict()
    expect(() => optimizer.loadStateDict(saved)).toThrow()
    expect(throughJson(optimizer.stateDict())).toEqual(before)
  })
})
