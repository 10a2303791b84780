import * as autograd from '@deepdive/autograd'
import * as conv from '@deepdive/conv'
import * as nn from '@deepdive/nn'
import * as optim from '@deepdive/optim'
import * as tensor from '@deepdive/tensor'
import { testExamples, undocumented } from '@deepdive/testing'
import { expect, test } from 'vitest'
import * as gpu from '../src/index.ts'

testExamples(import.meta.url, {
  ...tensor,
  ...autograd,
  ...nn,
  ...conv,
  ...optim,
  ...gpu,
})

test('every public name is documented with an example that runs', () => {
  expect(undocumented(import.meta.url, gpu)).toEqual([])
})
