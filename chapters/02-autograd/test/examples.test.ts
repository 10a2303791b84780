import * as tensor from '@deepdive/tensor'
import { testExamples, undocumented } from '@deepdive/testing'
import { expect, test } from 'vitest'
import * as autograd from '../src/index.ts'

testExamples(import.meta.url, { ...tensor, ...autograd })

test('every public name is documented with an example that runs', () => {
  expect(undocumented(import.meta.url, autograd)).toEqual([])
})
