import { type Tensor, tensor, zeros } from '@deepdive/autograd'
import { cpu, type Device, type Storage } from '@deepdive/tensor'
import { holdingDevice } from '@deepdive/testing'
import { describe, expect, test } from 'vitest'
import {
  Buffer,
  CrossEntropyLoss,
  Dropout,
  Linear,
  LSTM,
  Module,
  ModuleList,
  Parameter,
  ReLU,
  Sequential,
} from '../src/index.ts'

/** A module that holds something of each kind. */
class Net extends Module {
  scale = new Parameter(tensor([2]))
  body = new Sequential(new Linear(2, 3), new Dropout(0.5))
  mean = new Buffer(tensor([1, 2]))
  head = new Linear(3, 1, { bias: false })
  forward(x: Tensor): Tensor {
    return this.head.forward(this.body.forward(x.sub(this.mean))).mul(this.scale)
  }
}

const names = (members: Iterable<readonly [string, unknown]>) =>
  Array.from(members, ([name]) => name)

describe('a module knows what it holds', () => {
  const net = new Net()

  test('its parameters and those of modules inside, its own first', () => {
    expect(names(net.namedParameters())).toEqual([
      'scale',
      'body.0.weight',
      'body.0.bias',
      'head.weight',
    ])
    const [, weight] = net.parameters()
    expect(weight).toBe(new Map(net.namedParameters()).get('body.0.weight'))
  })

  test('its own alone, if asked', () => {
    expect(net.parameters({ recurse: false })).toEqual([net.scale])
    expect(net.body.buffers({ recurse: false })).toEqual([])
  })

  test('its buffers, which are no parameters', () => {
    expect([...net.namedBuffers()]).toEqual([['mean', net.mean]])
    expect(net.buffers()).toEqual([net.mean])
    expect(net.mean.requiresGrad).toBe(false)
  })

  test('the modules directly inside it', () => {
    expect(names(net.namedChildren())).toEqual(['body', 'head'])
    expect(net.children()).toEqual([net.body, net.head])
  })

  test('all modules, itself first, parents before children', () => {
    expect(names(net.namedModules())).toEqual(['', 'body', 'body.0', 'body.1', 'head'])
    expect(net.modules()[0]).toBe(net)
  })
})

describe('what is done to a module is done to all inside it', () => {
  test('train and eval set the mode, and give the module back', () => {
    const net = new Net()
    const modes = () => net.modules().map(({ training }) => training)
    expect(modes()).toEqual([true, true, true, true, true])
    expect(net.eval()).toBe(net)
    expect(modes()).toEqual([false, false, false, false, false])
    net.body.train()
    expect(modes()).toEqual([false, true, true, true, false])
    expect(net.train(false).training).toBe(false)
    expect(modes()).toEqual([false, false, false, false, false])
  })

  test('the mode reaches the layers that behave otherwise in training', () => {
    const net = new Sequential(new Sequential(new Dropout(0.5)))
    const x = tensor(new Float32Array(100).fill(1), [100])
    expect(net.forward(x).toArray()).not.toEqual(x.toArray())
    expect(net.eval().forward(x).toArray()).toEqual(x.toArray())
  })

  test('apply visits children before their parent', () => {
    const seen: string[] = []
    const net = new Net()
    const result = net.apply((module) => seen.push(module.constructor.name))
    expect(seen).toEqual(['Linear', 'Dropout', 'Sequential', 'Linear', 'Net'])
    expect(result).toBe(net)
  })

  test('zeroGrad forgets all gradients', () => {
    const net = new Net()
    net
      .forward(zeros([4, 2]))
      .sum()
      .backward()
    expect(net.parameters().every(({ grad }) => grad !== null)).toBe(true)
    net.zeroGrad()
    expect(net.parameters().every(({ grad }) => grad === null)).toBe(true)
  })

  test('requiresGrad_(false) freezes it, so that no graph grows', () => {
    const net = new Net().requiresGrad_(false)
    expect(net.forward(zeros([4, 2])).requiresGrad).toBe(false)
    expect(net.requiresGrad_().forward(zeros([4, 2])).requiresGrad).toBe(true)
  })

  test('to moves parameters, gradients and buffers, and they stay the same objects', () => {
    const other: Device = { ...cpu, name: 'other' }
    const net = new Net()
    net
      .forward(zeros([4, 2]))
      .sum()
      .backward()
    const before = net.parameters()
    expect(net.to(other)).toBe(net)
    expect(net.parameters()).toEqual(before)
    for (const moved of [...net.parameters(), ...net.buffers()]) {
      expect(moved.device.name).toBe('other')
    }
    for (const { grad } of net.parameters()) expect(grad?.device.name).toBe('other')
    const output = net.forward(zeros([4, 2], { device: other }))
    expect(output.device.name).toBe('other')
    output.sum().backward()
    expect(() => net.forward(zeros([4, 2]))).toThrow('on other')
  })

  test('to moves nothing where the device refuses a part', () => {
    const full: Device = {
      ...cpu,
      name: 'full',
      upload: (values) => {
        if (values.length === 2) throw new Error('no room')
        return values
      },
    }
    const net = new Net()
    expect(() => net.to(full)).toThrow('no room')
    expect(net.scale.device).toBe(cpu)
  })

  test('cpu brings all back, gradients too, to be read', async () => {
    const other: Device = { ...cpu, name: 'other' }
    const net = new Net().to(other)
    net.scale.grad = tensor([5], { device: other })
    expect(await net.cpu()).toBe(net)
    for (const moved of [...net.parameters(), ...net.buffers()]) {
      expect(moved.device).toBe(cpu)
    }
    expect(net.scale.grad?.device).toBe(cpu)
  })

  test('a module holds its memory, and where it moves that of the new place', () => {
    const { device, owners } = holdingDevice<typeof cpu, Storage>(cpu)
    const net = new Net()
    net.scale.grad = tensor([5])
    net.to(device)
    const tensors = [...net.parameters(), ...net.buffers(), net.scale.grad]
    const storages = tensors.map(({ array }) => array.storage)
    expect(new Set(owners.keys())).toEqual(new Set(storages))
    net.to(device)
    expect(owners.get(net.scale.array.storage)).toBe(1)
    net.to(cpu)
    expect(owners.size).toBe(0)
  })

  test('a module that is made on a device holds its memory there', () => {
    const { device, owners } = holdingDevice<typeof cpu, Storage>(cpu)
    const learned = new Parameter(tensor([1], { device }))
    const kept = new Buffer(tensor([1], { device }))
    expect([...owners.keys()]).toEqual([learned.array.storage, kept.array.storage])
  })

  test('to knows the dtypes in which a model can learn', () => {
    const net = new Net()
    expect(net.to('float32')).toBe(net)
    expect(() => net.to('int32')).toThrow(
      'to: a Net computes in float32, and cannot learn in int32',
    )
    expect(net.head.weight.dtype).toBe('float32')
  })

  test('to float16 is refused where the device holds none, and changes nothing', () => {
    const net = new Net()
    expect(() => net.to('float16')).toThrow('the cpu holds no float16')
    expect(net.parameters().map(({ dtype }) => dtype)).toEqual(
      net.parameters().map(() => 'float32'),
    )
  })
})

describe('a module prints as the tree that it is', () => {
  test('with the layers inside it, each in its place', () => {
    expect(String(new Net())).toBe(`Net(
  (body): Sequential(
    (0): Linear(2 → 3)
    (1): Dropout(p=0.5)
  )
  (head): Linear(3 → 1, no bias)
)`)
  })

  test('on one line if nothing is inside', () => {
    expect(`${new ReLU()} ${new ModuleList()}`).toBe('ReLU() ModuleList()')
    expect(new Linear(2, 3).describe()).toBe('Linear 2 → 3')
  })

  test('with what it says of itself above what is inside', () => {
    class Block extends Module {
      act = new ReLU()
      forward(x: Tensor): Tensor {
        return this.act.forward(x)
      }
      override extraRepr(): string {
        return 'depth 1'
      }
    }
    expect(String(new Block())).toBe('Block(\n  depth 1\n  (act): ReLU()\n)')
  })

  test('in console.log too', async () => {
    const { inspect } = await import('node:util')
    expect(inspect(new Linear(2, 3))).toBe('Linear(2 → 3)')
  })
})

describe('forward', () => {
  test('may call the forward of the class that it extends', () => {
    class Twice extends Linear {
      override forward(x: Tensor): Tensor {
        return super.forward(x).mul(2)
      }
    }
    const layer = new Twice(1, 1, { bias: false })
    let calls = 0
    layer.registerForwardHook(() => {
      calls++
    })
    const expected = 2 * layer.weight.item() * 3
    expect(layer.forward(tensor([3])).item()).toBeCloseTo(expected, 6)
    expect(calls).toBe(1)
  })

  test('may take several tensors, other values, and options', () => {
    const loss = new CrossEntropyLoss()
    const labels = tensor([1], { dtype: 'int32' })
    expect(loss.forward(zeros([1, 2]), labels).item()).toBeCloseTo(Math.LN2, 6)
    const [output, state] = new LSTM(2, 3).forward(zeros([4, 1, 2]))
    expect([output.shape, state[0].shape]).toEqual([
      [4, 1, 3],
      [1, 1, 3],
    ])
  })

  test('that is missing is asked for, by the name of the class', () => {
    class Hollow extends Module {
      declare forward: (x: Tensor) => Tensor
    }
    expect(() => new Hollow().forward(zeros([1]))).toThrow(
      'Hollow: has no forward: write a method forward(x) that computes its output',
    )
  })
})
