import { type Device, DeviceError } from '@deepdive/tensor'
import {
  type Arrange,
  cotangent,
  expectClose,
  findCall,
  layoutsOn,
  type OperationCase,
  perform,
  readFixtures,
  type Vocabulary,
} from '@deepdive/testing'
import { describe, expect, test } from 'vitest'
import { describeOn } from '../../01-tensor/test/on-device.ts'
import { arrayOf, isRefused } from '../../01-tensor/test/oracle.ts'
import * as functions from '../src/index.ts'
import { Tensor, tensor } from '../src/index.ts'

const calls: Vocabulary<Tensor> = {
  functions,
  methods: Tensor.prototype,
  is: (value) => value instanceof Tensor,
}

const chapterOne = new URL('../../01-tensor/test/', import.meta.url).href

/** The cases of chapter 1, and those of the operations that chapter 2 adds. */
export function readAllFixtures(): [concept: string, cases: OperationCase[]][] {
  return [chapterOne, import.meta.url].flatMap(readFixtures<OperationCase>)
}

/** Compares all of Tensor, gradients too, on `device` with what PyTorch computed. */
export function describeOracle(device: Device): void {
  describeCalls('a Tensor', device, readAllFixtures(), calls)
}

/** Compares calls and their gradients on `device` with what PyTorch computed. */
export function describeCalls(
  what: string,
  device: Device,
  concepts: readonly [concept: string, cases: readonly OperationCase[]][],
  vocabulary: Vocabulary<Tensor>,
): void {
  describeOn(device, `${what} computes what PyTorch computes`, () => {
    for (const [concept, cases] of concepts)
      describe(concept, () => {
        test('every call of the oracle is there', () => {
          const missing = cases.filter((testCase) => !findCall(testCase, vocabulary))
          expect(missing.map(({ name }) => name)).toEqual([])
        })
        for (const [n, testCase] of cases.entries())
          test(testCase.name, async () => {
            for (const [layout, arrange] of layoutsOn(device, n + 2))
              await check(testCase, vocabulary, arrange, `inputs that lie ${layout}`)
          })
      })
  })
}

/** Runs a case forward and backward, from inputs that are arranged in some way. */
async function check(
  testCase: OperationCase,
  vocabulary: Vocabulary<Tensor>,
  arrange: Arrange,
  origin: string,
): Promise<void> {
  const inputs = testCase.inputs.map(
    (given) => new Tensor(arrange(arrayOf(given)), given.dtype === 'float32'),
  )
  if (isRefused(testCase, inputs[0]?.device)) {
    expect(() => perform(testCase, inputs, vocabulary)).toThrow(DeviceError)
    return
  }
  const outputs = perform(testCase, inputs, vocabulary)
  for (const [n, output] of outputs.entries()) {
    const what = `output ${n} of ${origin}`
    expectClose(await output.cpu(), testCase.outputs[n], testCase.tolerance, what)
  }
  if (!testCase.gradients) return
  sendBack(outputs)
  for (const [n, expected] of testCase.gradients.entries()) {
    const gradient = inputs[n].grad
    const what = `gradient ${n} for ${origin}`
    if (expected === null) expect(gradient, what).toBeNull()
    else if (gradient === null) throw new Error(`${what}: none arrived`)
    else expectClose(await gradient.cpu(), expected, testCase.tolerance, what)
  }
}

/** Runs backward from each output that has a gradient. */
function sendBack(outputs: readonly Tensor[]): void {
  for (const output of outputs) {
    if (!output.requiresGrad) continue
    const gradient = tensor(cotangent(output.numel()), output.shape)
    output.backward(gradient, { retainGraph: true })
  }
}
