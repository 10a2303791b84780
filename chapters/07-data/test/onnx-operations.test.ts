import {
  type Expected,
  elementsOf,
  type OperationCase,
  perform,
  readFixtures,
} from '@deepdive/testing'
import { describe, expect, test } from 'vitest'
import * as deepdive from '../src/index.ts'
import { Computed, expectSame, runOnnx } from './onnx-runtime.ts'

const { data, nn, Tensor, tensor } = deepdive

/** The cases of a chapter that PyTorch answers, two of each method and function. */
function casesOf(chapter: string): OperationCase[] {
  const url = new URL(`../../${chapter}/test/x`, import.meta.url).href
  const counts = new Map<string, number>()
  return readFixtures<OperationCase>(url)
    .flatMap(([, cases]) => cases)
    .filter((testCase) => isUsual(testCase))
    .filter(({ method, function: name }) => {
      const key = `${method}/${name}`
      const count = (counts.get(key) ?? 0) + 1
      counts.set(key, count)
      return count <= 2
    })
}

/** Operations on tensors that have elements and axes; engines differ about NaN. */
function isUsual({ method, function: name, inputs }: OperationCase): boolean {
  if (!(method || name) || !inputs?.length) return false
  return inputs.every(({ shape, data }) => {
    return shape.length > 0 && data.length > 0 && !data.includes('NaN')
  })
}

function tensorOf({ shape, dtype, data }: Expected) {
  const elements = elementsOf({ shape, dtype, data })
  const kinds = { float32: Float32Array, int32: Int32Array, bool: Uint8Array }
  return tensor(kinds[dtype].from(elements), shape, { dtype })
}

/** What depends on data, or has no rule: it must be refused, by its name. */
const refused = new Map([
  ['diagonal', 'diagonal'],
  ['nonzero', 'nonzero'],
  ['maskedSelect', 'at'],
])

describe.each([
  ['01-tensor', deepdive],
  ['05-conv', nn.functional],
])('ONNX Runtime computes what PyTorch did for %s:', (chapter, functions) => {
  const vocabulary = {
    functions,
    methods: Tensor.prototype,
    is: (value: unknown) => value instanceof Tensor,
  }

  test.each(casesOf(chapter))('$name', async (testCase) => {
    const inputs = testCase.inputs.map(tensorOf)
    const model = new Computed((...x) => perform(testCase, x, vocabulary))
    const culprit = refused.get(testCase.method ?? '')
    const exported = data.serializeOnnx(model, inputs)
    if (culprit) {
      await expect(exported).rejects.toThrow(
        `exportOnnx: ${culprit} cannot be exported`,
      )
      return
    }
    const { results } = await runOnnx(await exported, inputs)
    const wanted = perform(testCase, inputs, vocabulary)
    expect(results[0].length).toBe(wanted.length)
    for (const [n, x] of wanted.entries()) expectSame(results[0][n], x, `output ${n}`)
  })
})
