import { ones, type Tensor, tensor, zeros } from '@deepdive/autograd'
import { cpu, type Device, DeviceError } from '@deepdive/tensor'
import { describe, expect, test } from 'vitest'
import {
  Buffer,
  Linear,
  Module,
  Parameter,
  Sequential,
  StateDictError,
} from '../src/index.ts'

class Net extends Module {
  fc = new Linear(2, 3)
  mean = new Buffer(tensor([1, 2]))
  cache = new Buffer(zeros([9]), { persistent: false })
  steps = new Buffer(tensor(0, { dtype: 'int32' }))
  forward(x: Tensor): Tensor {
    return this.fc.forward(x.sub(this.mean))
  }
}

const values = (module: Module) =>
  Object.entries(module.stateDict()).map(([key, x]) => [key, x.toArray()])

describe('a state dict', () => {
  test('holds parameters and buffers, save those that do not persist', () => {
    const net = new Net()
    expect(Object.keys(net.stateDict())).toEqual([
      'mean',
      'steps',
      'fc.weight',
      'fc.bias',
    ])
    expect(net.buffers()).toHaveLength(3)
  })

  test('shares the memory of the model, and has no part in its graph', () => {
    const layer = new Linear(1, 1)
    const { weight } = layer.stateDict()
    expect(weight.requiresGrad).toBe(false)
    layer.loadStateDict({ weight: tensor([[7]]), bias: tensor([0]) })
    expect(weight.item()).toBe(7)
  })

  test('makes another model of the same kind the same model', () => {
    const [from, to] = [new Net(), new Net()]
    from.loadStateDict({ ...from.stateDict(), steps: tensor(5, { dtype: 'int32' }) })
    expect(values(to)).not.toEqual(values(from))
    const before = to.parameters()
    expect(to.loadStateDict(from.stateDict())).toEqual({
      missingKeys: [],
      unexpectedKeys: [],
    })
    expect(values(to)).toEqual(values(from))
    expect(to.parameters()).toEqual(before)
    expect(to.fc.weight.requiresGrad).toBe(true)
    const x = ones([1, 2])
    expect(to.forward(x).toArray()).toEqual(from.forward(x).toArray())
  })

  test('is copied: what the model learns afterwards does not reach it', () => {
    const layer = new Linear(1, 1, { bias: false })
    const weight = tensor([[3]])
    layer.loadStateDict({ weight })
    layer.loadStateDict({ weight: tensor([[4]]) })
    expect(weight.item()).toBe(3)
  })

  test('has to be there', () => {
    const load = () =>
      Reflect.apply(new Linear(1, 1).loadStateDict, new Linear(1, 1), [])
    expect(load).toThrow('loadStateDict: the state is undefined: give tensors by their')
  })

  test('may lie on another device than the model', () => {
    const other: Device = { ...cpu, name: 'other' }
    const layer = new Linear(1, 1, { bias: false })
    layer.loadStateDict({ weight: tensor([[3]], { device: other }) })
    expect([layer.weight.item(), layer.weight.device.name]).toEqual([3, 'cpu'])
  })

  test('with two names for one tensor fills both', () => {
    const shared = new Linear(1, 1, { bias: false })
    const model = new Sequential(shared, shared)
    model.loadStateDict({ '0.weight': tensor([[1]]), '1.weight': tensor([[2]]) })
    expect(shared.weight.item()).toBe(2)
  })
})

describe('a state dict that does not fit', () => {
  test('is refused with all that is missing, unexpected and misshapen', () => {
    const state = {
      mean: tensor([1, 2]),
      'fc.weight': zeros([2, 3]),
      'fc.wieght': zeros([1]),
      steps: tensor(1),
    }
    const load = () => new Net().loadStateDict(state)
    expect(load).toThrow(StateDictError)
    expect(load).toThrow(
      'loadStateDict: the state does not fit this Net ' +
        '({ strict: false } lets keys be missing or unexpected)\n' +
        '    missing: fc.bias\n' +
        '    unexpected: fc.wieght\n' +
        '    misshapen: fc.weight is [2, 3], the module has [3, 2]',
    )
  })

  test('leaves the model as it was', () => {
    const net = new Net()
    const before = values(net)
    const state = { ...net.stateDict(), mean: tensor([8, 9]), 'fc.bias': zeros([4]) }
    expect(() => net.loadStateDict(state)).toThrow('fc.bias is [4]')
    expect(() => net.loadStateDict(state, { strict: false })).toThrow('fc.bias is [4]')
    expect(values(net)).toEqual(before)
  })

  test('leaves the model as it was where a device cannot be read at once', () => {
    const far: Device = { ...cpu, name: 'far', upload: (data) => ({ data }) }
    const layer = new Linear(1, 1)
    const before = values(layer)
    const state = { weight: tensor([[9]]), bias: tensor([9], { device: far }) }
    expect(() => layer.loadStateDict(state)).toThrow(DeviceError)
    expect(values(layer)).toEqual(before)
  })

  test('is taken as far as it fits, unless strict, and says what was left', () => {
    const net = new Net()
    const { mean, ...others } = net.stateDict()
    const { weight } = net.fc
    const kept = weight.toArray()
    const { 'fc.weight': _, ...some } = others
    const state = { ...some, 'fc.bias': ones([3]), extra: zeros([1]) }
    expect(net.loadStateDict(state, { strict: false })).toEqual({
      missingKeys: ['mean', 'fc.weight'],
      unexpectedKeys: ['extra'],
    })
    expect(net.fc.bias?.toArray()).toEqual([1, 1, 1])
    expect(net.fc.weight.toArray()).toEqual(kept)
    expect(mean.toArray()).toEqual([1, 2])
  })

  test('with something that is no tensor is refused by its key', () => {
    const state: Record<string, Tensor> = JSON.parse(
      '{ "weight": [[1]], "bias": null }',
    )
    expect(() => new Linear(1, 1).loadStateDict(state)).toThrow(
      'this Linear 1 → 1 ({ strict: false } lets keys be missing or unexpected)\n' +
        '    misshapen: weight is a list, not a tensor: make it one by tensor(…)\n' +
        '    misshapen: bias is null, not a tensor: make it one by tensor(…)',
    )
  })

  test('names the model inside which it is loaded by no path: it is the whole', () => {
    expect(() => new Sequential(new Linear(1, 1)).loadStateDict({})).toThrow(
      'the state does not fit this Sequential',
    )
  })
})

test('two properties that PyTorch would give one name are refused', () => {
  class Twins extends Module {
    fcOne = new Parameter(zeros([1]))
    fc_one = new Parameter(zeros([1]))
    forward(x: Tensor): Tensor {
      return x
    }
  }
  expect(() => new Twins().stateDict()).toThrow(
    "stateDict: two tensors have the key 'fc_one': rename a property",
  )
})
