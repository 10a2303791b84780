import { type Tensor, tensor, zeros } from '@deepdive/autograd'
import { describe, expect, test } from 'vitest'
import { Buffer, Linear, Parameter } from '../src/index.ts'

/** What JavaScript lets through, and TypeScript would not. */
const untyped = (value: unknown): Tensor => value as Tensor

describe('the type checker tells apart', () => {
  test('a parameter from any other tensor, which a module would not learn', () => {
    const layer = new Linear(3, 2)
    // @ts-expect-error A tensor is no Parameter.
    layer.weight = zeros([2, 3])
    // @ts-expect-error Nor is a buffer.
    layer.bias = new Buffer(zeros([2]))
    expect(layer.parameters()).toEqual([])
  })

  test('a buffer from any other tensor, which a module would not save', () => {
    // @ts-expect-error A tensor is no Buffer.
    const mean: Buffer = zeros([2])
    // @ts-expect-error Nor is a parameter.
    const scale: Buffer = new Parameter(zeros([2]))
    expect([mean, scale].some((x) => x instanceof Buffer)).toBe(false)
  })

  test('for nothing: a parameter has no more properties than a tensor', () => {
    expect(Object.keys(new Parameter(zeros([])))).toEqual(Object.keys(tensor(0)))
  })
})

test('what is no tensor is no parameter and no buffer, and the error says so', () => {
  expect(() => new Parameter(untyped([1, 2]))).toThrow(
    'Parameter: data is a list, not a tensor: wrap it by tensor(…)',
  )
  expect(() => new Buffer(untyped(undefined))).toThrow(
    'Buffer: data is undefined, not a tensor',
  )
})
