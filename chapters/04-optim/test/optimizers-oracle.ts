import { Tensor } from '@deepdive/autograd'
import type { Device, NDArray } from '@deepdive/tensor'
import {
  type Arrange,
  type Expected,
  expectClose,
  layouts,
  readFixture,
} from '@deepdive/testing'
import { afterAll, beforeAll, describe, test } from 'vitest'
import { describeOn } from '../../01-tensor/test/on-device.ts'
import { Adagrad, Adam, AdamW, type Optimizer, RMSprop, SGD } from '../src/index.ts'
import {
  decode,
  decodeState,
  type ExpectedState,
  expectState,
  parameterOf,
} from './state-oracle.ts'

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
async function takeSteps(
  { gradients, after }: OptimizerCase,
  optimizer: Optimizer,
  parameters: readonly Tensor[],
  first: number,
  arrange = (array: NDArray) => array,
): Promise<void> {
  for (let step = first; step < gradients.length; step++) {
    parameters.forEach((parameter, n) => {
      const gradient = gradients[step][n]
      parameter.grad = gradient && new Tensor(arrange(decode(gradient).array))
    })
    optimizer.step()
    for (const [n, parameter] of parameters.entries()) {
      const what = `parameter ${n} after step ${step + 1}`
      expectClose(await parameter.cpu(), after[step][n], undefined, what)
    }
  }
}

function compareAll(): void {
  test.each(cases)('$name: five steps', async (testCase) => {
    const parameters = testCase.parameters.map(parameterOf)
    const optimizer = build(testCase, parameters)
    await takeSteps(testCase, optimizer, parameters, 0)
    await expectState(optimizer.stateDict(), testCase.stateDict)
  })

  test.each(cases)("$name: goes on from PyTorch's third step", async (testCase) => {
    const parameters = testCase.after[2].map(parameterOf)
    const optimizer = build(testCase, parameters)
    optimizer.loadStateDict(decodeState(testCase.stateDictAfterThree))
    await takeSteps(testCase, optimizer, parameters, 3)
    await expectState(optimizer.stateDict(), testCase.stateDict)
  })
}

/** Compares optimizers on `device` with PyTorch's, with and without fused kernels. */
export function describeOptimizers(device: Device): void {
  describeOn(device, 'PyTorch takes the same steps', () => {
    compareAll()
    describe('without fused kernels', () => {
      const { adam, sgd } = device.kernels
      const setKernels = (kernels: object) => Object.assign(device.kernels, kernels)
      beforeAll(() => setKernels({ adam: undefined, sgd: undefined }))
      afterAll(() => setKernels({ adam, sgd }))
      compareAll()
    })
    describe.each(Object.entries(layouts))(
      'elements that lie in memory %s',
      (_, arrange) => compareUnusual(arrange),
    )
  })
}

/** Steps of parameters, and by gradients, whose elements lie anyhow. */
function compareUnusual(arrange: Arrange): void {
  const unusual = cases.filter(({ name }) => name.endsWith('unusual shapes'))

  test.each(unusual)('are stepped alike as parameters: $name', async (testCase) => {
    const parameters = testCase.parameters.map((expected) => {
      return new Tensor(arrange(decode(expected).array), true)
    })
    await takeSteps(testCase, build(testCase, parameters), parameters, 0)
  })

  test.each(unusual)('are stepped alike as gradients: $name', async (testCase) => {
    const parameters = testCase.parameters.map(parameterOf)
    await takeSteps(testCase, build(testCase, parameters), parameters, 0, arrange)
  })
}
