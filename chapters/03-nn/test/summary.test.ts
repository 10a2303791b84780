import { randn, type Tensor, zeros } from '@deepdive/autograd'
import { describe, expect, test } from 'vitest'
import {
  Bilinear,
  Dropout,
  Embedding,
  Linear,
  LSTM,
  Module,
  MultiheadAttention,
  ReLU,
  Sequential,
  summary,
} from '../src/index.ts'

const lines = (text: string) => text.split('\n')

describe('the summary of a model', () => {
  test('is a table of layers, what they make and what they learn', () => {
    const model = new Sequential({
      fc1: new Linear(784, 128),
      act: new ReLU(),
      fc2: new Linear(128, 10, { bias: false }),
    })
    expect(summary(model, [1, 784])).toBe(
      `layer  kind                      output    parameters
─────────────────────────────────────────────────────
       Sequential                [1, 10]
fc1    Linear 784 → 128          [1, 128]     100,480
act    ReLU                      [1, 128]
fc2    Linear 128 → 10, no bias  [1, 10]        1,280
─────────────────────────────────────────────────────
101,760 parameters, all trainable`,
    )
  })

  test('names layers inside of others by their paths', () => {
    const model = new Sequential(new Sequential(new ReLU()))
    expect(lines(summary(model, [2])).slice(2, 5)).toEqual([
      '       Sequential  [2]',
      '0      Sequential  [2]',
      '0.0    ReLU        [2]',
    ])
  })

  test('says how much of it is frozen', () => {
    const model = new Sequential(
      new Linear(2, 2).requiresGrad_(false),
      new Linear(2, 1),
    )
    expect(lines(summary(model, [1, 2])).at(-1)).toBe('9 parameters, 3 trainable')
    model.requiresGrad_(false)
    expect(lines(summary(model, [1, 2])).at(-1)).toBe('9 parameters, none trainable')
    expect(lines(summary(new ReLU(), [1])).at(-1)).toBe('no parameters')
  })

  test('counts what is shared once', () => {
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
    const table = lines(summary(new Tied(), [1, 3], { dtype: 'int32' }))
    expect(table.find((line) => line.startsWith('embed'))).toMatch(/\[1, 3, 4\] +20$/)
    expect(table.find((line) => line.startsWith('head'))).toMatch(
      /\[1, 3, 5\] +shared$/,
    )
    expect(table.at(-1)).toBe('20 parameters, all trainable')
  })

  test('shows all outputs of a module that is used several times, and of one that is not', () => {
    class Twice extends Module {
      act = new ReLU()
      spare = new ReLU()
      forward(x: Tensor): Tensor {
        return this.act.forward(this.act.forward(x).sum(0))
      }
    }
    const [, , , act, spare] = lines(summary(new Twice(), [2, 3]))
    expect(act).toBe('act    ReLU   [2, 3], then [3]')
    expect(spare).toBe('spare  ReLU   not used')
  })

  test('shows outputs that are lists, records, or no tensors at all', () => {
    expect(summary(new LSTM(2, 3), [4, 1, 2])).toContain(
      '([4, 1, 3], ([1, 1, 3], [1, 1, 3]))',
    )
    class Odd extends Module {
      forward(x: Tensor) {
        return { ...x.max(0), note: 'hi', none: null }
      }
    }
    expect(summary(new Odd(), [4, 2])).toContain(
      '{ values: [2], indices: [2], note: hi, none: null }',
    )
  })
})

describe('the summary of a model of several inputs', () => {
  test('takes a shape for each', () => {
    const summed = summary(new Bilinear(3, 5, 2), [
      [4, 3],
      [4, 5],
    ])
    expect(lines(summed)[2]).toBe('       Bilinear 3, 5 → 2  [4, 2]          32')
    const attention = new MultiheadAttention(4, 2)
    const shapes = [
      [3, 1, 4],
      [5, 1, 4],
      [5, 1, 4],
    ]
    expect(summary(attention, shapes)).toContain('([3, 1, 4], [1, 3, 5])')
  })

  test('asks for one where there is none', () => {
    const message = 'summary: the input shape must be a list of sizes, such as [1, 784]'
    const wrong: unknown[] = [undefined, 3, 'ab', [[4, 3], 5], [undefined], [['a']]]
    for (const shape of wrong) {
      expect(() => Reflect.apply(summary, null, [new ReLU(), shape])).toThrow(message)
    }
  })
})

describe('summarising leaves a model as it was', () => {
  class Fragile extends Module {
    body = new Sequential(new Linear(2, 2), new Dropout(0.5))
    seen: boolean[] = []
    recorded: boolean[] = []
    forward(x: Tensor): Tensor {
      const y = this.body.forward(x)
      this.seen.push(this.training)
      this.recorded.push(y.requiresGrad)
      return y.reshape([2])
    }
  }
  const modes = (model: Module) => model.modules().map(({ training }) => training)

  test('in the modes that its parts were in, having run in evaluation mode', () => {
    const model = new Fragile()
    model.body.eval()
    summary(model, [1, 2])
    expect(modes(model)).toEqual([true, false, false, false])
    expect([model.seen, model.recorded]).toEqual([[false], [false]])
  })

  test('also where it fails, with the place in the message', () => {
    const model = new Fragile()
    model.body.at(1).eval()
    expect(() => summary(model, [1, 3])).toThrow('in body.0 (Linear 2 → 2)')
    expect(() => summary(model, [3, 2])).toThrow('in Fragile')
    expect(() => summary(model, [-1])).toThrow('is no shape')
    expect(modes(model)).toEqual([true, true, true, false])
    expect(model.forward(randn([1, 2])).requiresGrad).toBe(true)
  })

  test('without its hooks, and with those that were there', () => {
    const model = new Sequential(new ReLU())
    let calls = 0
    model.at(0).registerForwardHook(() => {
      calls++
    })
    const before = summary(model, [1])
    expect(calls).toBe(1)
    model.forward(zeros([3]))
    expect(calls).toBe(2)
    expect(summary(model, [1])).toBe(before)
  })

  test('so that nothing looks at what it makes later', () => {
    let looks = 0
    class Watched extends Module {
      forward(x: Tensor) {
        return {
          get output() {
            looks++
            return x
          },
        }
      }
    }
    const model = new Watched()
    summary(model, [1])
    expect(looks).toBe(1)
    model.forward(zeros([1]))
    expect(looks).toBe(1)
  })
})
