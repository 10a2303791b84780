import {
  type Arrange,
  type Expected,
  elementsOf,
  expectClose,
  findCall,
  layoutsOn,
  type OperationCase,
  perform,
  readFixtures,
  type Vocabulary,
} from '@deepdive/testing'
import { describe, expect, test } from 'vitest'
import * as functions from '../src/index.ts'
import { array, type Device, DeviceError, NDArray } from '../src/index.ts'
import { describeOn } from './on-device.ts'

const vocabulary: Vocabulary<NDArray> = {
  functions,
  methods: NDArray.prototype,
  is: (value) => value instanceof NDArray,
}

/** An array as the oracle wrote it, on the default device. */
export function arrayOf(given: Expected): NDArray {
  return array(elementsOf(given), given.shape, { dtype: given.dtype })
}

/** Compares all of NDArray, computing on `device`, with what PyTorch computed. */
export function describeOracle(device: Device): void {
  describeOn(device, 'an NDArray computes what PyTorch computes', () => {
    for (const [concept, cases] of readFixtures<OperationCase>(import.meta.url))
      describe(concept, () => {
        test('every call of the oracle is there', () => {
          const missing = cases.filter((testCase) => !findCall(testCase, vocabulary))
          expect(missing.map(({ name }) => name)).toEqual([])
        })
        for (const [n, testCase] of cases.entries())
          test(testCase.name, async () => {
            for (const [layout, arrange] of layoutsOn(device, n))
              await check(testCase, layout, arrange)
          })
      })
  })
}

async function check(
  testCase: OperationCase,
  layout: string,
  arrange: Arrange,
): Promise<void> {
  const inputs = testCase.inputs.map((given) => arrange(arrayOf(given)))
  if (isRefused(testCase, inputs[0]?.device)) {
    expect(() => perform(testCase, inputs, vocabulary)).toThrow(DeviceError)
    return
  }
  const outputs = perform(testCase, inputs, vocabulary)
  for (const [n, output] of outputs.entries()) {
    const what = `output ${n} of inputs that lie ${layout}`
    expectClose(await output.cpu(), testCase.outputs[n], testCase.tolerance, what)
  }
  for (const [n, input] of inputs.entries()) {
    const what = `input ${n}, which lies ${layout}, afterwards`
    expectClose(await input.cpu(), testCase.inputs[n], undefined, what)
  }
}

/**
 * Whether a device must refuse: what a mask picks is as long as the mask says, which is
 * known at once on the cpu only.
 */
export function isRefused(
  { method, inputs }: OperationCase,
  device: Device | undefined,
): boolean {
  const [, ...others] = inputs
  const masks = method === 'at' && others.some(({ dtype }) => dtype === 'bool')
  return device?.name === 'webgpu' && (method === 'nonzero' || masks)
}
