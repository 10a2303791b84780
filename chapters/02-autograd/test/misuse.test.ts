import { cpu } from '@deepdive/tensor'
import { describe, expect, test } from 'vitest'
import {
  cat,
  checkTensor,
  defineOp,
  eye,
  grad,
  ones,
  pad,
  randint,
  type Tensor,
  tensor,
  toDot,
  where,
} from '../src/index.ts'

/** What plain JavaScript may pass, where TypeScript would have refused it. */
const wrong = <Right>(value: unknown) => value as Right

const leaf = (values: number[]) => tensor(values, { requiresGrad: true })
const index = (...values: number[]) => tensor(values, { dtype: 'int32' })

describe('what is no argument is named, with what to give instead:', () => {
  const x = leaf([1, 2, 3])
  const identity = defineOp({ name: 'identity', forward: (x) => x })
  const cases: [string, () => unknown, string][] = [
    [
      'options in place of a gradient',
      () => x.sum().backward(wrong({ retainGraph: true })),
      'backward: the gradient is an object, not a tensor; options come after it, as in ' +
        'backward(undefined, { retainGraph: true })',
    ],
    [
      'a number in place of a gradient',
      () => x.sum().backward(wrong(1)),
      'backward: the gradient is the number 1, not a tensor',
    ],
    [
      'a list in place of an operand',
      () => x.add(wrong([1])),
      'add: the other operand is',
    ],
    ['nothing in place of a matrix', () => x.matmul(wrong(undefined)), 'is undefined'],
    ['tensors one by one', () => cat(wrong(x)), 'cat: needs a list of at least one'],
    [
      'repeats one by one',
      () => x.repeat(wrong(2)),
      'repeat: repeats is the number 2: give one list',
    ],
    ['a padding of one number', () => pad(x, wrong(1)), 'pad: [1] must be pairs'],
    [
      'an unknown way to pad',
      () => pad(x, [1, 1], { mode: wrong('mirror') }),
      "pad: mode is 'mirror': it must be 'constant' or 'replicate' or 'reflect' or",
    ],
    [
      'an axis too short to be mirrored',
      () => pad(x, [3, 0], { mode: 'reflect' }),
      "pad: mode 'reflect' cannot add 3 and 0 elements to an axis of 3",
    ],
    [
      'an axis to go around twice',
      () => pad(x, [0, 7], { mode: 'circular' }),
      "pad: mode 'circular' cannot add 0 and 7 elements to an axis of 3",
    ],
    [
      'an unknown approximation',
      () => x.gelu({ approximate: wrong('Tanh') }),
      "gelu: approximate is 'Tanh': it must be 'none' or 'tanh'",
    ],
    [
      'a shape for nested lists',
      () => tensor([1, 2], wrong([2])),
      'tensor: nested lists have a shape of their own: leave it out, or reshape()',
    ],
    [
      'an operator that gives a number',
      () => defineOp({ name: 'one', forward: wrong(() => 1) })(x),
      'one: forward gave the number 1, and must give an NDArray',
    ],
    [
      'an operator that gives a tensor',
      () => defineOp({ name: 'same', forward: wrong(() => x) })(x),
      'same: forward gave a Tensor, and must give an NDArray',
    ],
    [
      'more gradients than outputs',
      () => grad([x.mul(1), x.mul(2)], [x], { gradOutputs: [x] }),
      'grad: there are 2 outputs, but 1 gradOutputs: give one for each',
    ],
    [
      'backward through what has no slope',
      () => x.gt(1).to('float32').sum().backward(),
      'or by what has no slope, as argmax or gt',
    ],
    [
      'backward through an operator without a rule',
      () => identity(x).sum().backward(),
      'or by what has no slope, as argmax or gt',
    ],
    [
      'a hook where no gradient arrives',
      () => tensor(1).registerHook(() => undefined),
      'registerHook: this tensor requires no gradient, so that none will arrive',
    ],
    [
      'keeping a gradient that will not arrive',
      () => tensor(1).retainGrad(),
      'retainGrad: this tensor requires no gradient',
    ],
    [
      'a half among whole numbers',
      () => index(1, 2).scatter(0, index(0), 0.5),
      'fill_: 0.5 is no int32',
    ],
    [
      'something else than a tensor',
      () => checkTensor('linear', 'input', [[1]]),
      'linear: input is a list, not a tensor: wrap it by tensor(…)',
    ],
  ]
  test.each(cases)('%s', (_, run, message) => expect(run).toThrow(message))
})

describe('a grad that was put there', () => {
  test('is added to where it fits', () => {
    const x = leaf([1, 2])
    x.grad = tensor([10, 20])
    x.sum().backward()
    expect(x.grad.toArray()).toEqual([11, 21])
  })

  test('is refused where it does not', () => {
    const x = leaf([1, 2, 3])
    const put = (grad: Tensor) => () => {
      x.grad = grad
    }
    expect(put(ones([1]))).toThrow(
      'grad: a tensor of float32 [3] cannot have a gradient of float32 [1]: give one ' +
        'like it, or null',
    )
    expect(put(index(1, 2, 3))).toThrow('cannot have a gradient of int32 [3]')
    expect(put(wrong([1, 2, 3]))).toThrow('grad: it is a list, not a tensor')
    const elsewhere = { ...cpu, name: 'elsewhere' }
    expect(put(ones([3], { device: elsewhere }))).toThrow(
      'grad: a tensor on cpu cannot have a gradient on elsewhere: move one of them',
    )
    expect(x.grad).toBeNull()
  })
})

test('a hook may not change the dtype', () => {
  const x = leaf([1, 2])
  x.registerHook((gradient) => gradient.to('int32'))
  expect(() => x.sum().backward()).toThrow('returned a int32 gradient of [2]')
})

test('grad takes one output and one input without lists as well', () => {
  const x = leaf([1, 2])
  expect(grad(x.square().sum(), x)[0].toArray()).toEqual([2, 4])
})

test('an overwritten copy by repeat or tile leaves the source alone', () => {
  const x = tensor([1, 2])
  x.repeat([1]).add_(1)
  x.tile([1]).add_(1)
  expect(x.toArray()).toEqual([1, 2])
  expect(tensor([1]).repeat([3]).add_(1).toArray()).toEqual([2, 2, 2])
})

test('a typed array needs no shape, and keeps its options', () => {
  const x = tensor(new Float32Array([1, 2]), { requiresGrad: true })
  expect([x.shape, x.requiresGrad]).toEqual([[2], true])
})

test('short forms of PyTorch: randint(high, shape) and eye(n, options)', () => {
  const dice = randint(6, [100], { dtype: 'float32' })
  expect([dice.dtype, dice.lt(6).all().item()]).toEqual(['float32', 1])
  expect(eye(2, { dtype: 'int32' }).toArray()).toEqual(eye(2).toArray())
  expect(eye(2, { dtype: 'int32' }).dtype).toBe('int32')
})

test('a choice between whole numbers is whole', () => {
  expect(where(tensor([true, false]), 1, 0).dtype).toBe('int32')
  expect(where(tensor([true, false]), 1, 0.5).dtype).toBe('float32')
})

describe('an infinite gradient', () => {
  const infinite = tensor([Infinity, 1])
  const back = (call: (x: Tensor) => Tensor) => {
    const x = leaf([-1, 5])
    call(x).backward(infinite)
    return x.grad?.toArray()
  }

  test('does not reach what was not taken', () => {
    expect(back((x) => x.maximum(2))).toEqual([0, 1])
    expect(back((x) => x.minimum(-2))).toEqual([0, 0])
    expect(back((x) => x.relu())).toEqual([0, 1])
  })

  test('is stopped by a step function', () => {
    expect(back((x) => x.floor())).toEqual([0, 0])
  })
})

test('a norm has second derivatives beside elements of 0', () => {
  const x = leaf([0, 3, 4])
  const [slope] = grad(x.norm(1.5), x, { createGraph: true })
  const [second] = grad(slope.sum(), x)
  expect(second.toTypedArray().slice(1).every(Number.isFinite)).toBe(true)
  expect(second.at(1).item()).toBeCloseTo(0.0185, 4)
  expect(second.at(2).item()).toBeCloseTo(-0.0139, 4)
})

test('counting what is not 0 sends nothing back, as in PyTorch', () => {
  const x = leaf([1, 0])
  x.norm(0).backward()
  expect(x.grad).toBeNull()
})

test('the name of an operator is quoted for Graphviz', () => {
  const op = defineOp({
    name: 'my "op"\\\nhere',
    forward: (x) => x,
    gradient: (g) => [g],
  })
  expect(toDot(op(leaf([1])))).toContain('[label="my \\"op\\"\\\\\\nhere"]')
})
