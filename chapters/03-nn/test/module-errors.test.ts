import { type Tensor, zeros } from '@deepdive/autograd'
import { ShapeError } from '@deepdive/tensor'
import { message } from '@deepdive/testing'
import { describe, expect, test } from 'vitest'
import { Linear, Module, ReLU, Sequential } from '../src/index.ts'

class Net extends Module {
  encoder = new Sequential({ fc1: new Linear(784, 256), act: new ReLU() })
  head = new Linear(256, 10)
  forward(x: Tensor): Tensor {
    return this.head.forward(this.encoder.forward(x))
  }
}

describe('an error inside a model says where', () => {
  test('by the path to the layer, its kind and its sizes', () => {
    const text = message(() => new Net().forward(zeros([32, 100])))
    expect(text.split('\n')).toEqual([
      expect.stringMatching(/^ShapeError: .*\[32, 100\].*784/),
      '  in encoder.fc1 (Linear 784 → 256)',
    ])
  })

  test('as seen from the model that was called', () => {
    const net = new Net()
    const bad = zeros([32, 100])
    expect(message(() => net.encoder.forward(bad))).toMatch(/\n {2}in fc1 \(Linear/)
    expect(message(() => net.head.forward(bad))).toMatch(/\n {2}in Linear 256 → 10$/)
  })

  test('where the module itself fails, between its layers', () => {
    class Wrong extends Module {
      first = new Linear(2, 2)
      forward(x: Tensor): Tensor {
        return this.first.forward(x).reshape([7])
      }
    }
    const model = new Sequential(new ReLU(), new Wrong())
    expect(message(() => model.forward(zeros([1, 2])))).toMatch(/\n {2}in 1 \(Wrong\)$/)
  })

  test('in a hook as well', () => {
    const net = new Net()
    net.encoder.registerForwardHook(() => {
      throw new ShapeError('hook: refuses')
    })
    expect(message(() => net.forward(zeros([1, 784])))).toBe(
      'ShapeError: hook: refuses\n  in encoder (Sequential)',
    )
  })

  test('by the first path of a module that is used twice', () => {
    const shared = new Linear(2, 3)
    const model = new Sequential(shared, shared)
    expect(message(() => model.forward(zeros([1, 2])))).toMatch(
      /in 0 \(Linear 2 → 3\)$/,
    )
  })

  test('as far as the path is known, where a module keeps another private', () => {
    class Private extends Module {
      readonly #layer = new Linear(2, 2)
      forward(x: Tensor): Tensor {
        return this.#layer.forward(x)
      }
    }
    const text = message(() => new Sequential(new Private()).forward(zeros([1, 3])))
    expect(text).toMatch(/\n {2}in Linear 2 → 2$/)
  })

  test('and stays the error that it was', () => {
    const run = () => new Net().forward(zeros([32, 100]))
    expect(run).toThrow(ShapeError)
    class Strange extends Module {
      forward(): never {
        throw new TypeError('not ours')
      }
    }
    const model = new Sequential(new Strange())
    expect(message(() => model.forward(zeros([1])))).toBe('TypeError: not ours')
  })

  test('by the whole path where the layers wait for something', async () => {
    class Slow extends Module {
      fc1 = new Linear(2, 2)
      async forward(x: Tensor): Promise<Tensor> {
        return this.fc1.forward(await Promise.resolve(x))
      }
    }
    class Patient extends Module {
      encoder = new Slow()
      async forward(x: Tensor): Promise<Tensor> {
        return await this.encoder.forward(x)
      }
    }
    const failed = new Patient().forward(zeros([1, 3]))
    await expect(failed).rejects.toThrow(/\n {2}in encoder\.fc1 \(Linear 2 → 2\)$/)
    expect((await new Patient().forward(zeros([1, 2]))).shape).toEqual([1, 2])
  })

  test('where forward is a class field, inside another module and alone', () => {
    class Arrow extends Module {
      forward = (x: Tensor) => x.reshape([7])
    }
    class Outer extends Module {
      inner = new Arrow()
      forward(x: Tensor): Tensor {
        return this.inner.forward(x)
      }
    }
    expect(message(() => new Outer().forward(zeros([2])))).toMatch(
      /\n {2}in inner \(Arrow\)$/,
    )
    const alone = new Arrow()
    alone.eval()
    expect(message(() => alone.forward(zeros([2])))).toMatch(/\n {2}in Arrow$/)
  })
})
