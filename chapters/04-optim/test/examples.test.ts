import * as autograd from '@deepdive/autograd'
import * as nn from '@deepdive/nn'
import * as array from '@deepdive/tensor'
import { testExamples, undocumented } from '@deepdive/testing'
import { expect, test } from 'vitest'
import * as optim from '../src/index.ts'

testExamples(import.meta.url, { ...array, ...autograd, ...nn, ...optim })

test('every public name is documented with an example that runs', () => {
  expect(undocumented(import.meta.url, optim)).toEqual([])
})
