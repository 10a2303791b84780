import { Tensor, tensor } from '@deepdive/autograd'
import {
  type Arrange,
  cotangent,
  type Expected,
  elementsOf,
  expectClose,
  layouts,
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
function formsOf(
  { loss, options }: LossCase,
  lay: Arrange,
): [form: string, run: Forward][] {
  const given = decode(options, lay)
  const layer: { forward: Forward } = Reflect.construct(layers[loss], [given])
  return [
    [
      'function',
      (...inputs) => Reflect.apply(nn.functional[loss], null, [...inputs, given]),
    ],
    ['layer', (...inputs) => layer.forward(...inputs)],
  ]
}

function decode(options: LossCase['options'], lay: Arrange): Record<string, unknown> {
  const entries = Object.entries(options).map(([name, value]) => {
    return [name, isTensor(value) ? tensorOf(value, false, lay) : value]
  })
  return Object.fromEntries(entries)
}

function isTensor(value: unknown): value is Expected {
  return typeof value === 'object' && value !== null && 'data' in value
}

function tensorOf(given: Expected, requiresGrad: boolean, lay: Arrange): Tensor {
  const { array } = tensor(elementsOf(given), given.shape, { dtype: given.dtype })
  return new Tensor(lay(array), requiresGrad)
}

describe('the losses compute what PyTorch computes', () => {
  test('for every loss there are cases', () => {
    expect(new Set(cases.map(({ loss }) => loss))).toEqual(new Set(Object.keys(layers)))
    expect(cases.length).toBeGreaterThan(150)
  })

  for (const testCase of cases)
    test(testCase.name, () => {
      for (const [layout, lay] of Object.entries(layouts)) check(testCase, layout, lay)
    })
})

test('the mean of nothing, which is NaN in PyTorch, is refused by every loss', () => {
  const nothing = cases.filter(({ name }) => name.endsWith('an empty batch, sum'))
  expect(nothing.map(({ loss }) => loss)).toEqual(Object.keys(layers))
  for (const { loss, inputs } of nothing) {
    const args = inputs.map((given) => tensorOf(given, false, (x) => x))
    expect(() => Reflect.apply(nn.functional[loss], null, args)).toThrow(
      `${loss}: there are no losses to average: the batch is empty`,
    )
  }
})

/** Runs a loss in both forms, from inputs that lie in memory in some way. */
function check(testCase: LossCase, layout: string, lay: Arrange): void {
  for (const [name, run] of formsOf(testCase, lay)) {
    const form = `${name}, of inputs that lie ${layout}`
    const inputs = testCase.inputs.map((given, n) => {
      return tensorOf(given, testCase.inputGradients[n] !== null, lay)
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
