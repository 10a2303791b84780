import { type Tensor, tensor } from '@deepdive/autograd'
import { describe, expect, test } from 'vitest'
import { Identity, Module, Sequential } from '../src/index.ts'

const x = tensor([1, 2])

describe('hooks around forward', () => {
  test('run in the order of registering, those before it first', () => {
    const layer = new Identity()
    const order: string[] = []
    const note = (name: string) => () => {
      order.push(name)
    }
    layer.registerForwardHook(note('after 1'))
    layer.registerForwardPreHook(note('before 1'))
    layer.registerForwardHook(note('after 2'))
    layer.registerForwardPreHook(note('before 2'))
    layer.forward(x)
    expect(order).toEqual(['before 1', 'before 2', 'after 1', 'after 2'])
  })

  test('come before all others with prepend, and go away as others do', () => {
    const layer = new Identity()
    const order: string[] = []
    const note = (name: string) => () => {
      order.push(name)
    }
    layer.registerForwardHook(note('after 2'))
    const remove = layer.registerForwardHook(note('after 1'), { prepend: true })
    layer.registerForwardPreHook(note('before 2'))
    layer.registerForwardPreHook(note('before 1'), { prepend: true })
    layer.forward(x)
    expect(order).toEqual(['before 1', 'before 2', 'after 1', 'after 2'])
    remove()
    layer.forward(x)
    expect(order.slice(4)).toEqual(['before 1', 'before 2', 'after 2'])
  })

  test('see the module, what it was given and what it made', () => {
    const layer = new Identity()
    const seen: unknown[] = []
    layer.registerForwardPreHook((module, inputs) => {
      seen.push(module, inputs)
    })
    layer.registerForwardHook((module, inputs, output) => {
      seen.push(module, inputs, output)
    })
    layer.forward(x)
    expect(seen).toEqual([layer, [x], layer, [x], x])
  })

  test('may replace the output, each seeing what the one before made of it', () => {
    const layer = new Identity()
    layer.registerForwardHook((_, __, output) => (output as Tensor).add(1))
    layer.registerForwardHook((_, __, output) => (output as Tensor).mul(10))
    expect(layer.forward(x).toArray()).toEqual([20, 30])
  })

  test('may replace the inputs, as a list or the only one', () => {
    const layer = new Identity()
    layer.registerForwardPreHook((_, [given]) => [(given as Tensor).add(1)])
    layer.registerForwardPreHook((_, [given]) => (given as Tensor).mul(10))
    expect(layer.forward(x).toArray()).toEqual([20, 30])
  })

  test('that return nothing change nothing', () => {
    const layer = new Identity()
    layer.registerForwardPreHook(() => undefined)
    layer.registerForwardHook(() => undefined)
    expect(layer.forward(x)).toBe(x)
  })

  test('go away one by one, also where one function was registered twice', () => {
    const layer = new Identity()
    let calls = 0
    const count = () => {
      calls++
    }
    const removeFirst = layer.registerForwardHook(count)
    const removeSecond = layer.registerForwardHook(count)
    layer.forward(x)
    expect(calls).toBe(2)
    removeFirst()
    removeFirst()
    layer.forward(x)
    expect(calls).toBe(3)
    removeSecond()
    layer.forward(x)
    expect(calls).toBe(3)
  })

  test('may take themselves away while they run', () => {
    const layer = new Identity()
    let calls = 0
    const remove = layer.registerForwardPreHook(() => {
      calls++
      remove()
    })
    layer.forward(x)
    layer.forward(x)
    expect(calls).toBe(1)
  })

  test('run wherever the module is used in a model', () => {
    const inner = new Identity()
    inner.registerForwardHook((_, __, output) => (output as Tensor).mul(2))
    expect(new Sequential(inner, inner).forward(x).toArray()).toEqual([4, 8])
  })

  test('run around a forward that is a class field, too', () => {
    class Arrow extends Module {
      factor = 3
      forward = (input: Tensor) => input.mul(this.factor)
    }
    const layer = new Arrow()
    const seen: unknown[] = []
    const remove = layer.registerForwardPreHook((_, inputs) => {
      seen.push(...inputs)
    })
    layer.registerForwardHook((_, __, output) => (output as Tensor).add(1))
    expect(layer.forward(x).toArray()).toEqual([4, 7])
    expect(seen).toEqual([x])
    remove()
    layer.forward(x)
    expect(seen).toEqual([x])
  })
})
