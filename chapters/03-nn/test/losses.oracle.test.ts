import { type Tensor, tensor } from '@deepdive/autograd'
import {
  cotangent,
  type Expected,
  elementsOf,
  expectClose,
  readFixture,
} from '@deepdive/testing'
import { describe, expect, test } from 'vitest'
import * as nn from '../src/index.ts'

/** A loss and what PyTorch answers to it, as tools/oracle/nn_loss_case.py writes it. */
interface LossCase {
  readonly name: string
  readonly loss: keyof typeof layers
  readonly inputs: readonly Expected[]
  readonly options: Readonly<Record<string, unknown>>
  readonly output: Expected
  readonly inputGradients: readonly (Expected | null)[]
}

/** The layer of each function. */
const layers = {
  mseLoss: nn.MSELoss,
  l1Loss: nn.L1Loss,
  smoothL1Loss: nn.SmoothL1Loss,
  huberLoss: nn.HuberLoss,
  crossEntropy: nn.CrossEntropyLoss,
  nllLoss: nn.NLLLoss,
  binaryCrossEntropy: nn.BCELoss,
  binaryCrossEntropyWithLogits: nn.BCEWithLogitsLoss,
  klDiv: nn.KLDivLoss,
  cosineEmbeddingLoss: nn.CosineEmbeddingLoss,
}

const cases = readFixture<LossCase>(import.meta.url, 'losses')

type Forward = (...inputs: Tensor[]) => Tensor

/** A loss in both of its forms, which TypeScript cannot tell apart by a fixture's name. */
function formsOf({ loss, options }: LossCase): [form: string, run: Forward][] {
  const given = decode(options)
  const layer: { forward: Forward } = Reflect.construct(layers[loss], [given])
  return [
    [
      'function',
      (...inputs) => Reflect.apply(nn.functional[loss], null, [...inputs, given]),
    ],
    ['layer', (...inputs) => layer.forward(...inputs)],
  ]
}

function decode(options: LossCase['options']): Record<string, unknown> {
  const entries = Object.entries(options).map(([name, value]) => {
    return [name, isTensor(value) ? tensorOf(value) : value]
  })
  return Object.fromEntries(entries)
}

function isTensor(value: unknown): value is Expected {
  return typeof value === 'object' && value !== null && 'data' in value
}

function tensorOf(given: Expected, requiresGrad = false): Tensor {
  return tensor(elementsOf(given), given.shape, { dtype: given.dtype, requiresGrad })
}

describe('the losses compute what PyTorch computes', () => {
  test('for every loss there are cases', () => {
    expect(new Set(cases.map(({ loss }) => loss))).toEqual(new Set(Object.keys(layers)))
    expect(cases.length).toBeGreaterThan(150)
  })

  for (const testCase of cases) test(testCase.name, () => check(testCase))
})

function check(testCase: LossCase): void {
  for (const [form, run] of formsOf(testCase)) {
    const inputs = testCase.inputs.map((given, n) => {
      return tensorOf(given, testCase.inputGradients[n] !== null)
    })
    const output = run(...inputs)
    expectClose(output, testCase.output, undefined, `the output of the ${form}`)
    output.backward(tensor(cotangent(output.numel()), output.shape))
    for (const [n, expected] of testCase.inputGradients.entries()) {
      const { grad } = inputs[n]
      const what = `gradient ${n} of the ${form}`
      if (expected === null) expect(grad, what).toBeNull()
      else if (grad === null) throw new Error(`${what}: none arrived`)
      else expectClose(grad, expected, undefined, what)
    }
  }
}
