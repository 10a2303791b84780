import { arange, noGrad, type Tensor, tensor, zeros } from '@deepdive/autograd'
import { describe, expect, test } from 'vitest'
import {
  Buffer,
  Embedding,
  GELU,
  LayerNorm,
  Linear,
  LSTM,
  Module,
  ModuleDict,
  ModuleList,
  MultiheadAttention,
  Parameter,
  PReLU,
  ReLU,
  Sequential,
} from '../src/index.ts'

/** A module to put things into. */
class Box extends Module {
  forward(x: Tensor): Tensor {
    return x
  }
}

const paths = (module: Module) => [...module.namedParameters()].map(([path]) => path)
const keys = (module: Module) => Object.keys(module.stateDict())

describe('assigning registers', () => {
  test('fields of a subclass come after those of the class that it extends', () => {
    class Base extends Box {
      first = new Parameter(zeros([1]))
    }
    class Derived extends Base {
      second = new Linear(1, 1, { bias: false })
    }
    expect(paths(new Derived())).toEqual(['first', 'second.weight'])
  })

  test('in the constructor, and at any time later', () => {
    class Late extends Box {
      declare body: Linear
      declare scale: Parameter
      grow(): void {
        this.body = new Linear(1, 1)
        this.scale = new Parameter(zeros([]))
      }
    }
    const module = new Late()
    expect(paths(module)).toEqual([])
    module.grow()
    expect(paths(module)).toEqual(['scale', 'body.weight', 'body.bias'])
  })

  test('what is assigned anew takes the place of what was there', () => {
    class Net extends Box {
      first: Module = new Linear(1, 1)
      second = new Linear(1, 1, { bias: false })
    }
    const net = new Net()
    const { first } = net
    net.first = new Sequential(new Linear(2, 2))
    expect(paths(net)).toEqual(['first.0.weight', 'first.0.bias', 'second.weight'])
    expect(net.modules()).not.toContain(first)
  })

  test('null takes a module or a parameter away', () => {
    const layer = new Linear(1, 1)
    layer.bias = null
    expect(paths(layer)).toEqual(['weight'])
    expect(layer.forward(tensor([2])).item()).toBeCloseTo(2 * layer.weight.item(), 6)
    class Net extends Box {
      head: Linear | null = new Linear(1, 1)
    }
    const net = new Net()
    net.head = null
    expect([net.parameters(), net.children()]).toEqual([[], []])
  })

  test('lists count item by item, lists of lists as well', () => {
    class Net extends Box {
      blocks: Module[] = [new Linear(1, 1, { bias: false }), new ReLU()]
      grid = [[new Parameter(zeros([1]))], [new Parameter(zeros([2]))]]
      sizes = [1, 2, 3]
      names = ['a', 'b']
    }
    const net = new Net()
    expect(paths(net)).toEqual(['grid.0.0', 'grid.1.0', 'blocks.0.weight'])
    net.blocks.push(new Linear(1, 1, { bias: false }))
    expect(paths(net).at(-1)).toBe('blocks.2.weight')
  })

  test('a tensor that is no Parameter and no Buffer is no state', () => {
    class Net extends Box {
      constant = tensor([1])
    }
    expect(keys(new Net())).toEqual([])
  })

  test('what is #private stays so', () => {
    class Net extends Box {
      readonly #hidden = new Linear(1, 1)
      override forward(x: Tensor): Tensor {
        return this.#hidden.forward(x)
      }
    }
    const net = new Net()
    expect(net.forward(tensor([1])).shape).toEqual([1])
    expect([net.parameters(), net.children()]).toEqual([[], []])
  })

  test('names in camelCase become those of PyTorch', () => {
    class Net extends Box {
      inProjWeight = new Parameter(zeros([1]))
      runningMean = new Buffer(zeros([1]))
      weightIhL0Reverse = new Parameter(zeros([1]))
      fc1 = new Linear(1, 1, { bias: false })
      weightIH = new Parameter(zeros([1]))
      qkvBNLayer = new Parameter(zeros([1]))
      fcBN = new Parameter(zeros([1]))
      W = new Parameter(zeros([1]))
      WQuery = new Parameter(zeros([1]))
    }
    expect(keys(new Net())).toEqual([
      'in_proj_weight',
      'running_mean',
      'weight_ih_l0_reverse',
      'weight_ih',
      'qkv_bn_layer',
      'fc_bn',
      'W',
      'W_query',
      'fc1.weight',
    ])
  })

  test('a module that contains itself is told to keep that to itself', () => {
    class Child extends Box {
      parent: Module | null = null
    }
    class Parent extends Box {
      child = new Child()
    }
    const parent = new Parent()
    parent.child.parent = parent
    const message =
      'Parent: contains itself, as child.parent: a module that has to know the one ' +
      'around it can keep it in a #private field'
    expect(() => parent.parameters()).toThrow(message)
    expect(() => parent.stateDict()).toThrow(message)
    expect(() => parent.apply(() => {})).toThrow(message)
    expect(() => parent.toString()).toThrow(message)
    expect(parent.modules()).toEqual([parent, parent.child])
  })
})

describe('what is shared', () => {
  /** An output layer that uses the embedding's weight, as language models do. */
  class Tied extends Module {
    embed = new Embedding(5, 4)
    head = new Linear(4, 5, { bias: false })
    constructor() {
      super()
      this.head.weight = this.embed.weight
    }
    forward(x: Tensor): Tensor {
      return this.head.forward(this.embed.forward(x))
    }
  }

  test('a tied weight is one parameter, with both keys in the state dict', () => {
    const model = new Tied()
    expect(paths(model)).toEqual(['embed.weight'])
    expect(keys(model)).toEqual(['embed.weight', 'head.weight'])
  })

  test('a tied weight receives the gradients of both its uses', () => {
    const model = new Tied()
    const { weight } = model.embed
    // Whole numbers: their sums are the same in any order.
    noGrad(() => weight.copy_(arange(weight.numel()).reshape(weight.shape)))
    const tokens = tensor([1, 3], { dtype: 'int32' })
    model.forward(tokens).sum().backward()
    const rows = weight.detach().sum(0)
    const used = weight.detach().indexSelect(0, tokens).sum(0)
    const both = used.add(rows)
    const columns = weight.grad?.toArray()
    expect(columns).toEqual([used, both, used, both, used].map((row) => row.toArray()))
  })

  test('a module used twice is one module, with both paths in the state dict', () => {
    const shared = new Linear(2, 2)
    const model = new Sequential(shared, new ReLU(), shared)
    expect(paths(model)).toEqual(['0.weight', '0.bias'])
    expect(keys(model)).toEqual(['0.weight', '0.bias', '2.weight', '2.bias'])
    expect(model.children()).toHaveLength(2)
    expect(model.modules()).toHaveLength(3)
    expect(String(model)).toContain('(2): Linear(2 → 2)')
    model
      .forward(zeros([1, 2]))
      .sum()
      .backward()
    expect(shared.weight.grad?.shape).toEqual([2, 2])
  })
})

describe('the keys are those that PyTorch gives the same model', () => {
  class Block extends Box {
    norm = new LayerNorm(4)
    attention = new MultiheadAttention(4, 2)
    mlp = new Sequential(new Linear(4, 8), new GELU(), new Linear(8, 4))
  }
  class Model extends Box {
    embed = new Embedding(5, 4)
    blocks = new ModuleList([new Block(), new Block()])
    heads = new ModuleDict({
      digit: new Linear(4, 10),
      even: new Linear(4, 2, { bias: false }),
    })
    scale = new Parameter(zeros([1]))
    runningMean = new Buffer(zeros([4]))
    head = new Linear(4, 5, { bias: false })
    constructor() {
      super()
      this.head.weight = this.embed.weight
    }
  }
  const block = (n: number) =>
    [
      'norm.weight',
      'norm.bias',
      'attention.in_proj_weight',
      'attention.in_proj_bias',
      'attention.out_proj.weight',
      'attention.out_proj.bias',
      'mlp.0.weight',
      'mlp.0.bias',
      'mlp.2.weight',
      'mlp.2.bias',
    ].map((name) => `blocks.${n}.${name}`)

  // list(model.state_dict()), in PyTorch 1.13, of the same classes.
  test('for a transformer', () => {
    expect(keys(new Model())).toEqual([
      'scale',
      'running_mean',
      'embed.weight',
      ...block(0),
      ...block(1),
      'heads.digit.weight',
      'heads.digit.bias',
      'heads.even.weight',
      'head.weight',
    ])
    expect(new Model().modules()).toHaveLength(23)
  })

  test('for recurrent layers, both ways', () => {
    const model = new LSTM(3, 2, { numLayers: 2, bidirectional: true })
    expect(keys(model)).toEqual([
      'weight_ih_l0',
      'weight_hh_l0',
      'bias_ih_l0',
      'bias_hh_l0',
      'weight_ih_l0_reverse',
      'weight_hh_l0_reverse',
      'bias_ih_l0_reverse',
      'bias_hh_l0_reverse',
      'weight_ih_l1',
      'weight_hh_l1',
      'bias_ih_l1',
      'bias_hh_l1',
      'weight_ih_l1_reverse',
      'weight_hh_l1_reverse',
      'bias_ih_l1_reverse',
      'bias_hh_l1_reverse',
    ])
  })

  test('for layers by name, one inside the other', () => {
    const model = new Sequential({
      fc1: new Linear(2, 2),
      act: new PReLU(),
      body: new Sequential(new Linear(2, 2)),
    })
    expect(keys(model)).toEqual([
      'fc1.weight',
      'fc1.bias',
      'act.weight',
      'body.0.weight',
      'body.0.bias',
    ])
  })
})
