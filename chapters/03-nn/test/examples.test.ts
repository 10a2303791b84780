import * as autograd from '@deepdive/autograd'
import * as tensor from '@deepdive/tensor'
import { testExamples, undocumented } from '@deepdive/testing'
import { expect, test } from 'vitest'
import * as nn from '../src/index.ts'

testExamples(import.meta.url, { ...tensor, ...autograd, ...nn })

test('every public name is documented with an example that runs', () => {
  expect(undocumented(import.meta.url, nn)).toEqual([])
})
