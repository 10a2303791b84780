import { Tensor } from '@deepdive/autograd'
import { cpu, type NDArray } from '@deepdive/tensor'
import { type Expected, expectClose, layouts, readFixture } from '@deepdive/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Adagrad, Adam, AdamW, type Optimizer, RMSprop, SGD } from '../src/index.ts'
import {
  decode,
  decodeState,
  type ExpectedState,
  expectState,
  parameterOf,
} from './oracle.ts'

interface OptimizerCase {
  readonly name: string
  readonly optimizer: keyof typeof optimizers
  readonly options: Readonly<Record<string, number>>
  readonly groups: readonly { readonly params: readonly number[] }[]
  readonly parameters: readonly Expected[]
  readonly gradients: readonly (readonly (Expected | null)[])[]
  readonly after: readonly (readonly Expected[])[]
  readonly stateDict: ExpectedState
  readonly stateDictAfterThree: ExpectedState
}

const optimizers = { SGD, Adam, AdamW, RMSprop, Adagrad }
const cases = readFixture<OptimizerCase>(import.meta.url, 'optimizers')

function build(testCase: OptimizerCase, parameters: readonly Tensor[]): Optimizer {
  const groups = testCase.groups.map(({ params, ...options }) => {
    return { ...options, params: params.map((n) => parameters[n]) }
  })
  return new optimizers[testCase.optimizer](groups, testCase.options)
}

/**
 * Takes the case's steps from `first` on, comparing the parameters after each;
 * `arrange` says how gradients lie in memory.
 */
function takeSteps(
  { gradients, after }: OptimizerCase,
  optimizer: Optimizer,
  parameters: readonly Tensor[],
  first: number,
  arrange = (array: NDArray) => array,
): void {
  for (let step = first; step < gradients.length; step++) {
    parameters.forEach((parameter, n) => {
      const gradient = gradients[step][n]
      parameter.grad = gradient && new Tensor(arrange(decode(gradient).array))
    })
    optimizer.step()
    parameters.forEach((parameter, n) => {
      const what = `parameter ${n} after step ${step + 1}`
      expectClose(parameter, after[step][n], undefined, what)
    })
  }
}

function compareAll(): void {
  test.each(cases)('$name: five steps', (testCase) => {
    const parameters = testCase.parameters.map(parameterOf)
    const optimizer = build(testCase, parameters)
    takeSteps(testCase, optimizer, parameters, 0)
    expectState(optimizer.stateDict(), testCase.stateDict)
  })

  test.each(cases)("$name: goes on from PyTorch's third step", (testCase) => {
    const parameters = testCase.after[2].map(parameterOf)
    const optimizer = build(testCase, parameters)
    optimizer.loadStateDict(decodeState(testCase.stateDictAfterThree))
    takeSteps(testCase, optimizer, parameters, 3)
    expectState(optimizer.stateDict(), testCase.stateDict)
  })
}

describe('PyTorch takes the same steps', compareAll)

describe('PyTorch takes the same steps where the device has no fused kernel', () => {
  const { adam } = cpu.kernels
  beforeAll(() => {
    delete cpu.kernels.adam
  })
  afterAll(() => {
    if (adam) cpu.kernels.adam = adam
  })
  compareAll()
})

describe.each(Object.entries(layouts))(
  'elements that lie in memory %s',
  (_, arrange) => {
    const unusual = cases.filter(({ name }) => name.endsWith('unusual shapes'))

    test.each(unusual)('are stepped alike as parameters: $name', (testCase) => {
      const parameters = testCase.parameters.map((expected) => {
        return new Tensor(arrange(decode(expected).array), true)
      })
      takeSteps(testCase, build(testCase, parameters), parameters, 0)
    })

    test.each(unusual)('are stepped alike as gradients: $name', (testCase) => {
      const parameters = testCase.parameters.map(parameterOf)
      takeSteps(testCase, build(testCase, parameters), parameters, 0, arrange)
    })
  },
)

test('the cpu has the fused kernel of Adam', () => {
  expect(cpu.kernels.adam).toBeTypeOf('function')
})
