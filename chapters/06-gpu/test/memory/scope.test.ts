import {
  defineOp,
  grad,
  noGrad,
  ones,
  randn,
  type Tensor,
  tensor,
  zeros,
} from '@deepdive/autograd'
import { Linear, ReLU, Sequential } from '@deepdive/nn'
import { Adam } from '@deepdive/optim'
import { cpu, NDArray, setDefaultDevice } from '@deepdive/tensor'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { free, keep, release, scope } from '../../src/index.ts'
import { type ExplicitDevice, explicitDevice } from './explicit-device.ts'

let device: ExplicitDevice
beforeEach(() => {
  device = explicitDevice()
  setDefaultDevice(device)
})
afterAll(() => setDefaultDevice(cpu))

/** How many allocations are there. */
const live = () => device.ledger.live.size
/** The elements, once they are brought to the `cpu`; refuses what was freed. */
const valuesOf = async (x: Tensor) => (await x.cpu()).toArray()

describe('scope(fn)', () => {
  test('frees what was made inside', () => {
    scope(() => {
      ones([3]).mul(2).add(1)
      expect(live()).toBeGreaterThan(3)
    })
    expect(live()).toBe(0)
    expect(device.ledger.bytes).toBe(0)
  })

  test('spares what was made before', async () => {
    const before = ones([2])
    scope(() => before.mul(2))
    expect(await valuesOf(before)).toEqual([1, 1])
  })

  test('spares what it returns, inside lists, maps, sets and objects too', async () => {
    const made = scope(() => ({
      list: [ones([1]), [full(2)]],
      map: new Map([['x', full(3)]]),
      keys: new Map([[full(6), full(7)]]),
      set: new Set([full(4)]),
      array: NDArray.from(new Float32Array([5]), [1], device),
      other: 'text',
      nothing: null,
    }))
    expect(live()).toBe(7)
    expect(await valuesOf(made.map.get('x') ?? full(0))).toEqual(3)
    expect((await made.array.cpu()).toArray()).toEqual([5])
  })

  test('spares the parameters of a model that it returns', async () => {
    const model = scope(() => ({ layer: new Linear(2, 1) }))
    expect(await valuesOf(model.layer.weight)).toHaveLength(1)
    expect(live()).toBe(2)
  })

  test('spares the memory of a view that it returns', async () => {
    const row = scope(() =>
      tensor([
        [1, 2],
        [3, 4],
      ]).select(0, 1),
    )
    expect(live()).toBe(1)
    expect(await valuesOf(row)).toEqual([3, 4])
  })

  test('returns a value that lies in a circle', () => {
    const circle = scope(() => {
      const node: { x: Tensor; self?: object } = { x: ones([1]) }
      node.self = node
      return node
    })
    expect(live()).toBe(1)
    expect(circle.self).toBe(circle)
  })

  test('finds what it returns at any depth', async () => {
    const nested = scope(() => {
      let list: unknown[] = [ones([1])]
      for (let depth = 0; depth < 20_000; depth++) list = [list]
      return list
    })
    expect(nested).toHaveLength(1)
    expect(live()).toBe(1)
  })

  test('cannot see what a function or a private field returns', () => {
    class Hides {
      readonly #x = ones([1])
      get x(): Tensor {
        return this.#x
      }
    }
    const hidden = scope(() => {
      const x = ones([1])
      return { closure: () => x, field: new Hides() }
    })
    expect(() => hidden.closure().exp()).toThrow('was freed')
    expect(() => hidden.field.x.exp()).toThrow('was freed')
  })

  test('frees what it made before it threw', () => {
    const run = () =>
      scope(() => {
        ones([2]).add(zeros([3]))
      })
    expect(run).toThrow('cannot broadcast')
    expect(live()).toBe(0)
    ones([1])
    expect(live()).toBe(1)
  })

  test('gives what it returns to the scope around, which frees it', async () => {
    scope(() => {
      const inner = scope(() => ones([2]))
      expect(live()).toBe(1)
      return void inner
    })
    expect(live()).toBe(0)
    const outer = scope(() => scope(() => ones([2])).mul(3))
    expect(await valuesOf(outer)).toEqual([3, 3])
  })

  test('changes nothing on the cpu', () => {
    setDefaultDevice(cpu)
    const x = scope(() => ones([2]))
    let inside = zeros([1])
    scope(() => {
      inside = x.mul(2)
    })
    expect(inside.toArray()).toEqual([2, 2])
  })
})

const full = (value: number | number[]) => tensor(value)

describe('a frame', () => {
  test('frees what was made until its end', () => {
    const frame = scope()
    ones([2])
    frame.end()
    expect(live()).toBe(0)
  })

  test('ends with its block', () => {
    {
      using _frame = scope()
      ones([2])
    }
    expect(live()).toBe(0)
  })

  test('ends once', () => {
    const outer = scope()
    const inner = scope()
    inner.end()
    ones([2])
    inner.end()
    ones([3])
    expect(live()).toBe(2)
    outer.end()
    expect(live()).toBe(0)
  })

  test('lets what it keeps go to the frame around', () => {
    using outer = scope()
    {
      using inner = scope()
      expect(inner.keep(ones([2])).shape).toEqual([2])
      ones([3])
    }
    expect(live()).toBe(1)
    outer.end()
    expect(live()).toBe(0)
  })

  test('is handed to the function of scope(fn)', () => {
    let kept: Tensor | undefined
    scope((frame) => {
      kept = frame.keep(ones([2]).mul(3))
    })
    expect(live()).toBe(1)
    expect(kept?.shape).toEqual([2])
  })
})

describe('use of what was freed', () => {
  const lost = () => {
    let x = ones([1])
    scope(() => {
      x = ones([256]).mul(2)
    })
    return x
  }
  const advice =
    'a tensor (float32 × 256, 1.0 KB) was freed, as its scope ended or by free(): ' +
    'return it from the scope, or keep() it'

  test('is an error that says what to do', async () => {
    expect(() => lost().exp()).toThrow(`unary: ${advice}`)
    await expect(lost().cpu()).rejects.toThrow(`cpu: ${advice}`)
    expect(() => keep(lost())).toThrow(`keep: ${advice}`)
  })

  test('says where it was made, if that was noted', () => {
    device.ledger.notesPlaces = true
    expect(() => lost().exp()).toThrow(/made at .*explicit-device\.ts:\d+:\d+/)
  })
})

describe('a graph', () => {
  test('can be gone through after its scope, and ends with the one around', async () => {
    const x = tensor([3], { requiresGrad: true })
    scope(() => {
      const loss = scope(() => x.square().mul(x).sum())
      loss.backward()
    })
    expect(await valuesOf(x.grad ?? x)).toEqual([27])
    expect(live()).toBe(2)
  })

  test('may need arrays inside of its rules', async () => {
    const cubed = () => {
      let square: NDArray
      return defineOp({
        name: 'cubed',
        forward: (x) => {
          square = x.mul(x)
          return square.mul(x)
        },
        gradient: (grad, { inputs: [x] }) => [
          grad.mul(x.apply({ name: 'kept', forward: () => square })).mul(3),
        ],
      })
    }
    const x = tensor([2], { requiresGrad: true })
    const loss = scope(() => ({ loss: cubed()(x).sum() })).loss
    loss.backward()
    expect(await valuesOf(x.grad ?? x)).toEqual([12])
  })

  test('that was gone through needs nothing any more', () => {
    const x = tensor([3], { requiresGrad: true })
    scope(() => {
      const loss = x.square().sum()
      loss.backward()
      return loss
    })
    expect(live()).toBe(3) // x, its gradient, and the loss
  })

  test('that was kept outlives all scopes', async () => {
    const x = tensor([3], { requiresGrad: true })
    let loss = x
    scope(() => {
      scope(() => {
        loss = keep(x.square().mul(x).sum())
      })
    })
    scope(() => loss.backward())
    expect(await valuesOf(x.grad ?? x)).toEqual([27])
  })

  test('that was kept may begin in a scope around', async () => {
    const x = tensor([3], { requiresGrad: true })
    let loss = x
    scope(() => {
      const square = x.square()
      scope(() => {
        loss = keep(square.mul(x).sum())
      })
    })
    loss.backward()
    expect(await valuesOf(x.grad ?? x)).toEqual([27])
  })

  test('that is not recorded leaves nothing', () => {
    const x = tensor([3], { requiresGrad: true })
    scope(() => noGrad(() => x.square().mul(x)))
    expect(live()).toBe(2)
  })
})

describe('keep', () => {
  test('lets a tensor outlive all scopes', async () => {
    let x = ones([1])
    scope(() => {
      scope(() => {
        x = keep([ones([2])])[0]
      })
    })
    expect(await valuesOf(x)).toEqual([1, 1])
    expect(live()).toBe(2)
  })

  test('is taken back by release: the scope that is open frees it', () => {
    const x = scope(() => keep(ones([2])))
    scope(() => {
      release(x)
      expect(live()).toBe(1)
    })
    expect(live()).toBe(0)
  })

  test('is taken back by the scope that is open, whichever it was made in', () => {
    const outer = scope()
    const x = ones([2])
    const inner = scope()
    release(x)
    outer.end()
    expect(x.add(1).shape).toEqual([2])
    inner.end()
    expect(() => x.add(1)).toThrow('freed')
  })

  test('holds a gradient that its tensor lets go of', async () => {
    const x = tensor([3], { requiresGrad: true })
    let kept = x
    scope(() => {
      x.square().sum().backward()
      kept = keep(x.grad ?? x)
    })
    scope(() => {
      x.grad = null
    })
    expect(await valuesOf(kept)).toEqual([6])
  })
})

describe('free', () => {
  test('frees a model at once, with its gradients, whoever holds it', () => {
    const model = scope(() => new Linear(2, 1))
    scope(() =>
      model
        .forward(ones([1, 2]))
        .sum()
        .backward(),
    )
    expect(live()).toBe(4)
    free([model, keep(ones([1]))])
    expect(live()).toBe(0)
    free(model)
    expect(live()).toBe(0)
    expect(() => model.weight.exp()).toThrow('was freed')
  })

  test('frees all layers of a model, however deep they lie', () => {
    const layers = () => new Sequential(new Linear(2, 1), new ReLU())
    const model = scope(() => new Sequential(layers(), layers()))
    expect(live()).toBe(4)
    free(model)
    expect(live()).toBe(0)
  })

  test('frees what an optimizer remembers', () => {
    const w = tensor([1, 2], { requiresGrad: true })
    const optimizer = new Adam([w])
    scope(() => {
      w.square().sum().backward()
      optimizer.step()
    })
    expect(live()).toBe(4)
    free(optimizer)
    expect(live()).toBe(0)
  })

  test('of what lies inside a scope leaves nothing to its end', () => {
    using _frame = scope()
    free(ones([2]))
    expect(live()).toBe(0)
  })
})

describe('a gradient', () => {
  test('lives on with a tensor from before the scope', async () => {
    const x = tensor([3], { requiresGrad: true })
    scope(() => x.square().sum().backward())
    expect(live()).toBe(2)
    scope(() => x.square().sum().backward())
    expect(await valuesOf(x.grad ?? x)).toEqual([12])
    expect(live()).toBe(2)
    scope(() => {
      x.grad = null
    })
    expect(live()).toBe(1)
  })

  test('is freed along with a tensor of the same scope', () => {
    scope(() => {
      const x = tensor([3], { requiresGrad: true })
      scope(() => x.square().sum().backward())
      expect(live()).toBe(2)
    })
    expect(live()).toBe(0)
  })

  test('is freed along with a tensor of an outer scope, later', () => {
    scope(() => {
      const x = scope(() => tensor([3], { requiresGrad: true }))
      for (let n = 0; n < 5; n++) {
        scope(() => {
          x.grad = null
          x.square().sum().backward()
        })
      }
      expect(live()).toBe(2)
    })
    expect(live()).toBe(0)
  })

  test('lives on where another tensor holds it too', async () => {
    const x = tensor([3], { requiresGrad: true })
    scope(() => {
      const y = tensor([4], { requiresGrad: true })
      y.grad = full([5])
      x.grad = y.grad
      y.grad = null
    })
    expect(await valuesOf(x.grad ?? x)).toEqual([5])
  })

  test('lives on where it comes from outside of the scope', async () => {
    const gradient = full([5])
    scope(() => {
      const x = tensor([3], { requiresGrad: true })
      x.grad = gradient
    })
    expect(await valuesOf(gradient)).toEqual([5])
    const x = tensor([3], { requiresGrad: true })
    x.grad = gradient
    device.free(x.array.storage)
    expect(await valuesOf(gradient)).toEqual([5])
  })

  test('is returned along with its tensor', async () => {
    const x = scope(() => {
      const x = tensor([3], { requiresGrad: true })
      x.square().sum().backward()
      return x
    })
    expect(await valuesOf(x.grad ?? x)).toEqual([6])
    expect(live()).toBe(2)
  })

  test('of second order is found inside one scope', async () => {
    const x = tensor([2], { requiresGrad: true })
    const second = scope(() => {
      const [first] = grad(x.pow(3).sum(), x, { createGraph: true })
      return grad(first.sum(), x)[0]
    })
    expect(await valuesOf(second)).toEqual([12])
    expect(live()).toBe(2)
  })
})

test('a hundred scopes inside one another free all', () => {
  const nest = (depth: number): Tensor =>
    scope(() => (depth === 0 ? randn([2]) : nest(depth - 1).add(randn([2]))))
  nest(100)
  expect(live()).toBe(1)
})
