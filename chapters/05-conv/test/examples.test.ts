import * as autograd from '@deepdive/autograd'
import * as nn from '@deepdive/nn'
import * as optim from '@deepdive/optim'
import * as tensor from '@deepdive/tensor'
import { testExamples, undocumented } from '@deepdive/testing'
import { expect, test } from 'vitest'
import * as conv from '../src/index.ts'

const functional = { ...nn.functional, ...conv.functional }

testExamples(import.meta.url, {
  ...tensor,
  ...autograd,
  ...nn,
  ...optim,
  ...conv,
  functional,
})

test('every public name is documented with an example that runs', () => {
  expect(undocumented(import.meta.url, conv)).toEqual([])
})
