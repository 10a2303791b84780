import * as autograd from '@deepdive/autograd'
import * as conv from '@deepdive/conv'
import * as gpu from '@deepdive/gpu'
import * as chapter3 from '@deepdive/nn'
import * as optim from '@deepdive/optim'
import * as arrays from '@deepdive/tensor'
import { expect, test } from 'vitest'
import * as deepdive from '../src/index.ts'

/** Fails unless each export of a chapter is found under its name. */
function expectAll(found: object, chapter: object): void {
  const missing = Object.entries(chapter).filter(
    ([name, value]) => Reflect.get(found, name) !== value,
  )
  expect(missing.map(([name]) => name)).toEqual([])
}

test('tensors, gradients and devices are at the top', () => {
  expectAll(deepdive, autograd)
  expectAll(deepdive, gpu)
  const { Tensor, zeros } = deepdive
  expect(zeros([2])).toBeInstanceOf(Tensor)
})

test('what chapter 1 has and chapter 2 has not is at the top as well', () => {
  const shadowed = new Set(Object.keys(autograd))
  const own = Object.entries(arrays).filter(([name]) => !shadowed.has(name))
  expect(own.length).toBeGreaterThan(50)
  expectAll(deepdive, Object.fromEntries(own))
})

test('nn is layers, with and without images, and functional all their operations', () => {
  const { functional: ofLayers, ...layers } = chapter3
  const { functional: ofImages, ...images } = conv
  expectAll(deepdive.nn, layers)
  expectAll(deepdive.nn, images)
  expectAll(deepdive.nn.functional, ofLayers)
  expectAll(deepdive.nn.functional, ofImages)
})

test('optim is chapter 4', () => {
  expectAll(deepdive.optim, optim)
})
