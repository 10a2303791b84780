import { tensor, zeros } from '@deepdive/autograd'
import { describe, expect, test } from 'vitest'
import {
  type Layer,
  Linear,
  type Module,
  ModuleDict,
  ModuleList,
  ReLU,
  Sequential,
  Sigmoid,
  Tanh,
} from '../src/index.ts'

/** What JavaScript lets through, and TypeScript would not. */
const untyped = <Given>(value: unknown): Given => value as Given

describe('Sequential', () => {
  test('computes layer after layer', () => {
    const model = new Sequential(new ReLU(), new Tanh())
    expect(model.forward(tensor([-1, 0])).toArray()).toEqual([0, 0])
    const [weight] = [tensor([[2]])]
    const fc = new Linear(1, 1, { bias: false })
    fc.loadStateDict({ weight })
    expect(new Sequential(fc, new ReLU(), fc).forward(tensor([3])).item()).toBe(12)
    expect(new Sequential(fc, new ReLU(), fc).forward(tensor([-3])).item()).toBe(0)
  })

  test('without layers gives back what it is given', () => {
    const x = zeros([2])
    expect(new Sequential().forward(x)).toBe(x)
  })

  test('numbers its layers, or takes their names in the order given', () => {
    const numbered = new Sequential(new ReLU(), new Tanh())
    expect([...numbered.namedChildren()].map(([name]) => name)).toEqual(['0', '1'])
    const named = new Sequential({ zulu: new ReLU(), alpha: new Tanh() })
    expect([...named.namedChildren()].map(([name]) => name)).toEqual(['zulu', 'alpha'])
    expect(named.forward(tensor([-5])).item()).toBe(0)
  })

  test('is gone through by for, and picked from by index', () => {
    const layers = [new ReLU(), new Tanh()]
    const model = new Sequential(...layers)
    expect([...model]).toEqual(layers)
    expect(model.length).toBe(2)
    expect(model.at(0)).toBe(layers[0])
    expect(model.at(-1)).toBe(layers[1])
    expect(() => model.at(2)).toThrow('Sequential: there is no module 2 of 2')
    expect(() => model.at(0.5)).toThrow('Sequential: there is no module 0.5 of 2')
  })

  test('may be extended by a class with layers of its own', () => {
    class Net extends Sequential {
      extra = new Linear(1, 1, { bias: false })
      constructor() {
        super(new Linear(1, 1, { bias: false }))
      }
    }
    const net = new Net()
    expect([...net.namedParameters()].map(([path]) => path)).toEqual([
      '0.weight',
      'extra.weight',
    ])
    expect(net.length).toBe(1)
  })

  test('grows at the end and between, and renumbers as PyTorch does', () => {
    const model = new Sequential(new ReLU())
    expect(model.append(new Tanh())).toBe(model)
    model.insert(0, new Sigmoid()).insert(-1, new ReLU()).insert(4, new Tanh())
    model.extend([new Sigmoid(), new ReLU()])
    expect(Array.from(model.namedChildren(), String)).toEqual([
      '0,Sigmoid()',
      '1,ReLU()',
      '2,ReLU()',
      '3,Tanh()',
      '4,Tanh()',
      '5,Sigmoid()',
      '6,ReLU()',
    ])
  })

  test('lets a layer be replaced, which keeps its place and its name', () => {
    const model = new Sequential({ fc: new Linear(2, 2), act: new ReLU() })
    expect(model.set(-1, new Tanh()).set(0, new Sigmoid())).toBe(model)
    expect(Array.from(model.namedChildren(), String)).toEqual([
      'fc,Sigmoid()',
      'act,Tanh()',
    ])
    expect(model.extend(model).length).toBe(4)
    expect(() => model.set(4, new Tanh())).toThrow(
      'Sequential: there is no module 4 of 4',
    )
    expect(() => model.set(0, untyped<ReLU>('relu'))).toThrow(
      'Sequential: item fc is relu, no module',
    )
  })

  test('grows at the end where layers have names, but not between', () => {
    const model = new Sequential({ fc: new Linear(2, 2, { bias: false }) })
    model.append(new Linear(2, 1, { bias: false }))
    expect(Object.keys(model.stateDict())).toEqual(['fc.weight', '1.weight'])
    expect(() => model.insert(0, new ReLU())).toThrow(
      "Sequential: insert: a layer has the name 'fc', and others would be renumbered",
    )
    const two = new Sequential(new ReLU(), new ReLU())
    for (const index of [3, -3, 0.5])
      expect(() => two.insert(index, new ReLU())).toThrow(
        `Sequential: there is no place ${index} among 2`,
      )
    expect(() => two.insert(0, untyped<ReLU>(null))).toThrow(
      'Sequential: item 0 is null, no module',
    )
    expect(two.length).toBe(2)
  })

  const refusals: [what: string, given: unknown[], message: string][] = [
    [
      'a function',
      [new ReLU(), Math.tanh],
      'Sequential: item 1 is the function tanh, no module: extend Module by a class with a forward that calls it',
    ],
    [
      'a layer that was never made',
      [new ReLU(), Tanh],
      'Sequential: item 1 is the function Tanh, no module: make one by new Tanh(…)',
    ],
    [
      'a list of layers',
      [[new ReLU(), new Tanh()]],
      'Sequential: item 0 is a list, no module: give its items one by one, by ...',
    ],
    ['nothing', [new ReLU(), undefined], 'Sequential: item 1 is undefined, no module'],
    ['a tensor', [tensor([1])], 'Sequential: item 0 is an object, no module'],
    ['null alone', [null], 'Sequential: item 0 is null, no module'],
    ['a named thing', [{ act: 'relu' }], 'Sequential: item act is relu, no module'],
    [
      'a name with a dot',
      [{ 'a.b': new ReLU() }],
      "Sequential: 'a.b' cannot be the name of a module: it stands in keys such as encoder.weight, so it needs a letter and no dot",
    ],
    [
      'an empty name',
      [{ '': new ReLU() }],
      "Sequential: '' cannot be the name of a module",
    ],
    [
      'names that JavaScript would sort',
      [{ 2: new ReLU(), 1: new Tanh() }],
      "Sequential: '1' cannot name a layer, as JavaScript sorts names that are numbers: list the layers, new Sequential(a, b), and they are named 0, 1, …",
    ],
  ]
  for (const [what, given, message] of refusals)
    test(`refuses ${what}, and says what to do`, () => {
      expect(() => new Sequential(...untyped<Layer[]>(given))).toThrow(message)
    })
})

describe('ModuleList', () => {
  test('holds modules in order, and grows', () => {
    const list = new ModuleList<ReLU | Tanh | Sigmoid>([new ReLU()])
    expect(list.append(new Tanh()).extend([new Sigmoid(), new ReLU()])).toBe(list)
    expect(Array.from(list, (module) => module.describe())).toEqual([
      'ReLU',
      'Tanh',
      'Sigmoid',
      'ReLU',
    ])
    expect(list.length).toBe(4)
    expect(list.at(-2).describe()).toBe('Sigmoid')
    expect([...list.namedChildren()].map(([name]) => name)).toEqual([
      '0',
      '1',
      '2',
      '3',
    ])
  })

  test('lets modules be replaced, and put between', () => {
    const list = new ModuleList<Module>([new ReLU(), new Tanh()])
    expect(list.set(-1, new Sigmoid()).insert(1, new Tanh())).toBe(list)
    list.insert(-3, new Sigmoid()).insert(4, new ReLU())
    expect(Array.from(list, String)).toEqual([
      'Sigmoid()',
      'ReLU()',
      'Tanh()',
      'Sigmoid()',
      'ReLU()',
    ])
    expect(() => list.set(5, new ReLU())).toThrow('there is no module 5 of 5')
    expect(list.extend(list).length).toBe(10)
    expect(list.at(5)).toBe(list.at(0))
    expect(() => list.insert(11, new ReLU())).toThrow(
      'ModuleList: there is no place 11 among 10',
    )
    expect(() => list.set(0, untyped<ReLU>(7))).toThrow('ModuleList: item 0 is 7')
    expect(() => list.insert(0, untyped<ReLU>(7))).toThrow('ModuleList: item 0 is 7')
    expect(list.length).toBe(10)
  })

  test('counts in steps of one beyond nine, as checkpoints do', () => {
    const list = new ModuleList(Array.from({ length: 11 }, () => new Linear(1, 1)))
    expect(Object.keys(list.stateDict()).at(-1)).toBe('10.bias')
    expect(Object.keys(list.stateDict())[2]).toBe('1.weight')
  })

  test('refuses what it has not, what is no module, and to compute', () => {
    const list = new ModuleList([new ReLU()])
    expect(() => list.at(1)).toThrow('ModuleList: there is no module 1 of 1')
    expect(() => list.append(untyped<ReLU>('relu'))).toThrow(
      'ModuleList: item 1 is relu, no module',
    )
    expect(() => list.forward()).toThrow(
      'ModuleList: has no forward: call those of its modules',
    )
    expect(list.length).toBe(1)
  })
})

describe('ModuleDict', () => {
  test('finds modules by name, in the order in which they came', () => {
    const relu = new ReLU()
    const dict = new ModuleDict<ReLU | Tanh>({ relu }).set('tanh', new Tanh())
    expect(dict.get('relu')).toBe(relu)
    expect(dict.has('tanh')).toBe(true)
    expect(Array.from(dict, ([name]) => name)).toEqual(['relu', 'tanh'])
    expect(dict.length).toBe(2)
  })

  test('lets a module be replaced, and go', () => {
    const dict = new ModuleDict({ fc: new Linear(1, 1), act: new Linear(1, 1) })
    const other = new Linear(2, 2)
    expect(dict.set('fc', other).get('fc')).toBe(other)
    expect(dict.delete('act')).toBe(true)
    expect(dict.delete('act')).toBe(false)
    expect(Object.keys(dict.stateDict())).toEqual(['fc.weight', 'fc.bias'])
  })

  test('keeps names as they are given', () => {
    const dict = new ModuleDict({ fcOne: new Linear(1, 1, { bias: false }) })
    expect(Object.keys(dict.stateDict())).toEqual(['fcOne.weight'])
  })

  test('refuses names that it has not, what is no module, and to compute', () => {
    const dict = new ModuleDict({ relu: new ReLU() })
    expect(() => dict.get('tanh')).toThrow(
      "ModuleDict: there is no module 'tanh': it has relu",
    )
    expect(() => new ModuleDict().get('tanh')).toThrow('it has none')
    expect(() => dict.set('a.b', new ReLU())).toThrow(
      "ModuleDict: 'a.b' cannot be the name of a module",
    )
    expect(() => dict.set('no', untyped<ReLU>(7))).toThrow(
      'ModuleDict: item no is 7, no module',
    )
    expect(() => dict.forward()).toThrow(
      'ModuleDict: has no forward: call those of its modules',
    )
    expect(dict.length).toBe(1)
  })
})
