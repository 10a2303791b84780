import { Tensor } from '@deepdive/autograd'
import { array } from '@deepdive/tensor'
import {
  elementsOf,
  expectClose,
  layouts,
  type OperationCase,
  perform,
  readFixture,
} from '@deepdive/testing'
import { describe, test } from 'vitest'
import { transforms } from '../src/data.ts'

const vocabulary = {
  functions: transforms.functional,
  methods: {},
  is: (value: unknown) => value instanceof Tensor,
}

describe('images become what torchvision makes of them', () => {
  for (const testCase of readFixture<OperationCase>(import.meta.url, 'transforms'))
    test(testCase.name, () => {
      for (const [layout, arrange] of Object.entries(layouts)) {
        const inputs = testCase.inputs.map((given) => {
          return new Tensor(arrange(array(elementsOf(given), given.shape)))
        })
        const [made] = perform(testCase, inputs, vocabulary)
        const what = `an image that lies ${layout}`
        expectClose(made.array, testCase.outputs[0], testCase.tolerance, what)
      }
    })
})
