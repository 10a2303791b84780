import { type Tensor, tensor } from '@deepdive/autograd'
import type { Device } from '@deepdive/tensor'
import {
  type Arrange,
  cotangent,
  type Expected,
  expectClose,
  layoutsOn,
  readFixture,
} from '@deepdive/testing'
import { expect, test } from 'vitest'
import { describeOn } from '../../01-tensor/test/on-device.ts'
import * as nn from '../src/index.ts'
import { tensorOf } from './layer-case.ts'

/** A loss and what PyTorch answers to it, as tools/oracle/nn_loss_case.py writes it. */
interface LossCase {
  readonly name: string
  readonly loss: keyof typeof lossLayers
  readonly inputs: readonly Expected[]
  readonly options: Readonly<Record<string, unknown>>
  readonly output: Expected
  readonly inputGradients: readonly (Expected | null)[]
}

/** The layer of each function. */
export const lossLayers = {
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

export const lossCases = readFixture<LossCase>(import.meta.url, 'losses')

type Forward = (...inputs: Tensor[]) => Tensor

/** A loss in both of its forms, which TypeScript cannot tell apart by a fixture's name. */
function formsOf(
  { loss, options }: LossCase,
  arrange: Arrange,
): [form: string, run: Forward][] {
  const given = decode(options, arrange)
  const layer: { forward: Forward } = Reflect.construct(lossLayers[loss], [given])
  return [
    [
      'function',
      (...inputs) => Reflect.apply(nn.functional[loss], null, [...inputs, given]),
    ],
    ['layer', (...inputs) => layer.forward(...inputs)],
  ]
}

function decode(
  options: LossCase['options'],
  arrange: Arrange,
): Record<string, unknown> {
  const entries = Object.entries(options).map(([name, value]) => {
    return [name, isTensor(value) ? tensorOf(value, false, arrange) : value]
  })
  return Object.fromEntries(entries)
}

function isTensor(value: unknown): value is Expected {
  return typeof value === 'object' && value !== null && 'data' in value
}

/** Compares every loss on `device` with what PyTorch computed. */
export function describeLosses(device: Device): void {
  describeOn(device, 'losses: PyTorch computes the same', () => {
    for (const [n, testCase] of lossCases.entries())
      test(testCase.name, async () => {
        for (const [layout, arrange] of layoutsOn(device, n))
          await check(testCase, layout, arrange)
      })
  })
}

/** Runs a loss in both forms, from inputs that lie in memory in some way. */
async function check(testCase: LossCase, layout: string, arrange: Arrange) {
  for (const [name, run] of formsOf(testCase, arrange)) {
    const form = `${name}, of inputs that lie ${layout}`
    const inputs = testCase.inputs.map((given, n) => {
      return tensorOf(given, testCase.inputGradients[n] !== null, arrange)
    })
    const output = run(...inputs)
    expectClose(
      await output.cpu(),
      testCase.output,
      undefined,
      `the output of the ${form}`,
    )
    output.backward(tensor(cotangent(output.numel()), output.shape))
    for (const [n, expected] of testCase.inputGradients.entries()) {
      const { grad } = inputs[n]
      const what = `gradient ${n} of the ${form}`
      if (expected === null) expect(grad, what).toBeNull()
      else if (grad === null) throw new Error(`${what}: none arrived`)
      else expectClose(await grad.cpu(), expected, undefined, what)
    }
  }
}
