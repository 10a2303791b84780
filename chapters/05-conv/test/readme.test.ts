import * as autograd from '@deepdive/autograd'
import * as nn from '@deepdive/nn'
import { readmeExamples, testReadme } from '@deepdive/testing'
import { expect, test } from 'vitest'
import * as conv from '../src/index.ts'

testReadme(import.meta.url, { ...autograd, ...nn, ...conv, F: conv.functional })

test('the README shows a model, and a convolution by hand', () => {
  const [model, byHand, ...others] = readmeExamples(import.meta.url)
  expect(model).toContain('summary(model')
  expect(byHand).toContain('naiveConv2d(')
  expect(others).toEqual([])
})
