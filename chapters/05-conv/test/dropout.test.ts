import { ones, type Tensor } from '@deepdive/autograd'
import { manualSeed } from '@deepdive/tensor'
import { beforeEach, expect, test } from 'vitest'
import { Dropout1d, Dropout2d, functional as F } from '../src/index.ts'

beforeEach(() => manualSeed(7))

const ofChannels = (y: Tensor) => y.flatten(2).amax(2).flatten().toTypedArray()

test('a channel is dropped as a whole, or not at all', () => {
  const y = new Dropout2d(0.25).forward(ones([50, 40, 3, 2]))
  const highest = ofChannels(y)
  expect(ofChannels(y.neg()).map((value) => -value)).toEqual(highest)
  expect(new Set(highest)).toEqual(new Set([0, Math.fround(1 / 0.75)]))
  const dropped = highest.filter((value) => value === 0).length
  expect(dropped / highest.length).toBeCloseTo(0.25, 1)
  expect(y.mean().item()).toBeCloseTo(1, 1)
})

test('each sample drops channels of its own', () => {
  const y = new Dropout1d().forward(ones([2, 100, 3]))
  expect(y.select(0, 0).toArray()).not.toEqual(y.select(0, 1).toArray())
})

test('a single sample drops channels too, and not numbers', () => {
  const y = F.dropout2d(ones([60, 4, 4]), 0.5)
  const sums = y.sum([1, 2]).toTypedArray()
  expect(new Set(sums)).toEqual(new Set([0, 32]))
})

test('in evaluation, and for p = 0, all passes', () => {
  const x = ones([2, 3, 4])
  expect(new Dropout1d(0.9).eval().forward(x)).toBe(x)
  expect(F.dropout1d(x, 0)).toBe(x)
  expect(F.dropout1d(x, 1).abs().amax().item()).toBe(0)
})
