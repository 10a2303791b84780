import { ones, randn, type Tensor } from '@deepdive/autograd'
import { manualSeed } from '@deepdive/tensor'
import { beforeEach, expect, test } from 'vitest'
import { Dropout, functional as F, Linear, Sequential } from '../src/index.ts'

beforeEach(() => manualSeed(1))

const zerosShare = (x: Tensor) => x.eq(0).to('float32').mean().item()

test('dropout makes a share of p zeros, and keeps the mean', () => {
  for (const p of [0.1, 0.5, 0.8]) {
    const y = new Dropout(p).forward(ones([200, 500]))
    expect(zerosShare(y)).toBeCloseTo(p, 2)
    expect(y.mean().item()).toBeCloseTo(1, 1)
    expect(y.amax().item()).toBeCloseTo(1 / (1 - p), 5)
  }
})

test('dropout without a number drops half', () => {
  expect(zerosShare(new Dropout().forward(ones([100_000])))).toBeCloseTo(0.5, 2)
})

test('p = 0 passes everything on, p = 1 nothing', () => {
  const x = randn([20])
  expect(new Dropout(0).forward(x)).toBe(x)
  expect(new Dropout(1).forward(x).abs().amax().item()).toBe(0)
})

test('the gradient goes where the numbers went, with the same factor', () => {
  const x = ones([50], { requiresGrad: true })
  const y = new Dropout(0.5).forward(x)
  y.sum().backward()
  expect(x.grad?.toArray()).toEqual(y.toArray())
  expect(zerosShare(y)).toBeGreaterThan(0)
})

test('a seed repeats what is dropped, and two calls differ', () => {
  const layer = new Dropout(0.5)
  const draw = () => layer.forward(ones([100])).toArray()
  const first = draw()
  expect(draw()).not.toEqual(first)
  manualSeed(1)
  expect(draw()).toEqual(first)
})

test('a model in evaluation drops nothing, and draws no random numbers', () => {
  const model = new Sequential(new Linear(3, 50), new Dropout(0.5))
  const x = randn([4, 3])
  expect(zerosShare(model.forward(x))).toBeGreaterThan(0.3)
  model.eval()
  expect(zerosShare(model.forward(x))).toBe(0)
  expect(model.forward(x).toArray()).toEqual(model.forward(x).toArray())
  model.train()
  expect(zerosShare(model.forward(x))).toBeGreaterThan(0.3)
})

test('what is no probability is refused', () => {
  expect(() => new Dropout(1.5)).toThrow('Dropout: p is 1.5: it must be in [0, 1]')
  expect(() => F.dropout(ones([2]), -0.1)).toThrow(
    'dropout: p is -0.1: it must be in [0, 1]',
  )
  expect(() => new Dropout(Number.NaN)).toThrow('p is NaN: it must')
})
