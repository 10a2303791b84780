import { tensor } from '@deepdive/autograd'
import { Linear } from '@deepdive/nn'
import { ValueError } from '@deepdive/tensor'
import { describe, expect, test } from 'vitest'
import {
  clipGradNorm,
  clipGradNorm_,
  clipGradValue,
  clipGradValue_,
  l1Penalty,
  l2Penalty,
} from '../src/index.ts'
import { parameter } from './problems.ts'

function withGradient(values: number[]) {
  const w = parameter(values.map(() => 0))
  w.grad = tensor(values)
  return w
}

describe('clipping by norm', () => {
  test('treats all gradients as one vector', () => {
    const [a, b] = [withGradient([30]), withGradient([40])]
    expect(clipGradNorm_([a, b], 5).item()).toBe(50)
    expect(a.grad?.item()).toBeCloseTo(3, 5)
    expect(b.grad?.item()).toBeCloseTo(4, 5)
  })

  test('leaves short gradients as they are, to the last bit', () => {
    const w = withGradient([0.1, 0.2])
    clipGradNorm_([w], 1)
    expect(w.grad?.toArray()).toEqual(tensor([0.1, 0.2]).toArray())
  })

  test('adds 1e-6 to the norm, which shows where gradients are tiny', () => {
    const w = withGradient([3e-6, 4e-6])
    expect(clipGradNorm_([w], 1e-6).item()).toBeCloseTo(5e-6, 12)
    const [first, second] = w.grad?.toTypedArray() ?? []
    expect([first * 1e6, second * 1e6]).toEqual([
      expect.closeTo(3 / 6, 6),
      expect.closeTo(4 / 6, 6),
    ])
  })

  test('overwrites the gradient in its own memory', () => {
    const w = withGradient([30, 40])
    const { grad } = w
    clipGradNorm_([w], 1)
    clipGradValue_([w], 0.1)
    expect(w.grad).toBe(grad)
  })

  test('takes any iterable, also one that can be read only once', () => {
    const w = withGradient([30, 40])
    clipGradNorm_([w].values(), 5)
    expect(w.grad?.norm().item()).toBeCloseTo(5, 4)
  })

  test('refuses a norm that is not finite, if asked to', () => {
    const w = withGradient([Number.NaN, 1])
    const strict = () => clipGradNorm_([w], 1, { errorIfNonfinite: true })
    expect(strict).toThrow(ValueError)
    expect(strict).toThrow(
      "clipGradNorm_: the gradients' norm of order 2 is NaN: look for its cause by " +
        'detectAnomaly',
    )
    expect(w.grad?.toArray()).toEqual([Number.NaN, 1])
    expect(clipGradNorm_([w], 1).item()).toBeNaN()
  })
})

describe('clipping', () => {
  test('takes a single parameter', () => {
    const w = withGradient([30, 40])
    expect(clipGradNorm_(w, 5).item()).toBe(50)
    expect(w.grad?.norm().item()).toBeCloseTo(5, 4)
    clipGradValue_(w, 0.1)
    expect(w.grad?.toArray()).toEqual([Math.fround(0.1), Math.fround(0.1)])
  })

  test('to a norm of Infinity only measures', () => {
    for (const values of [
      [3, 4],
      [0, 0],
      [Infinity, 1],
      [NaN, 1],
    ]) {
      const w = withGradient(values)
      expect(clipGradNorm_([w], Infinity).item()).toBe(Math.hypot(...values))
      expect(w.grad?.toArray()).toEqual(values)
    }
  })

  const model = new Linear(2, 1)
  const used = [parameter(1)].values()
  used.next()
  const calls = {
    clipGradNorm_: (p: unknown) => Reflect.apply(clipGradNorm_, null, [p, 1]),
    clipGradValue_: (p: unknown) => Reflect.apply(clipGradValue_, null, [p, 1]),
    l1Penalty: (p: unknown) => Reflect.apply(l1Penalty, null, [p]),
    l2Penalty: (p: unknown) => Reflect.apply(l2Penalty, null, [p]),
  }
  test.each(Object.entries(calls))(
    'and penalties say what they cannot read: %s',
    (name, call) => {
      for (const [parameters, message] of [
        [model, 'its parameters are a Linear: pass a list of tensors, as '],
        [model.parameters, 'its parameters are a function: pass a list of tensors'],
        [undefined, 'its parameters are undefined: pass a list of tensors'],
        [
          [...model.namedParameters()],
          'parameter 0 is a list, not a tensor: pass a list of',
        ],
        [used, 'there are no parameters: is the list empty, or an iterator'],
      ] as const) {
        expect(() => call(parameters)).toThrow(ValueError)
        expect(() => call(parameters)).toThrow(`${name}: ${message}`)
      }
    },
  )
})

test.each<[message: string, clip: () => unknown]>([
  ['clipGradNorm_: maxNorm is -1: it must be', () => clipGradNorm_([], -1)],
  ['clipGradNorm_: maxNorm is NaN: it must be', () => clipGradNorm_([], NaN)],
  [
    'clipGradNorm_: normType is 0: it must be a number > 0, or Infinity',
    () => clipGradNorm_([], 1, { normType: 0 }),
  ],
  [
    'clipGradValue_: clipValue is -1: it must be a finite number ≥ 0',
    () => clipGradValue_([], -1),
  ],
])('%s', (message, clip) => {
  expect(clip).toThrow(ValueError)
  expect(clip).toThrow(message)
})

test('clipping has the same names without underscore', () => {
  expect(clipGradNorm).toBe(clipGradNorm_)
  expect(clipGradValue).toBe(clipGradValue_)
})
