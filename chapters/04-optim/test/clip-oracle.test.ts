import { type Tensor, zeros } from '@deepdive/autograd'
import { type Expected, expectClose, readFixture } from '@deepdive/testing'
import { describe, expect, test } from 'vitest'
import { clipGradNorm_, clipGradValue_ } from '../src/index.ts'
import { decode } from './oracle.ts'

interface ClipCase {
  readonly name: string
  readonly function: 'clipGradNorm' | 'clipGradValue'
  readonly args: readonly [number]
  readonly options: { readonly normType?: number | 'Infinity' }
  readonly gradients: readonly (Expected | null)[]
  readonly totalNorm?: number
  readonly clipped: readonly (Expected | null)[]
}

const cases = readFixture<ClipCase>(import.meta.url, 'clip')

function parameterWith(gradient: Expected | null): Tensor {
  const parameter = zeros(gradient?.shape ?? [1], { requiresGrad: true })
  parameter.grad = gradient && decode(gradient)
  return parameter
}

describe('PyTorch clips gradients to the same', () => {
  test.each(cases)('$name', ({ args: [limit], ...testCase }) => {
    const parameters = testCase.gradients.map(parameterWith)
    if (testCase.function === 'clipGradValue') {
      clipGradValue_(parameters, limit)
    } else {
      const { normType } = testCase.options
      const options = normType === undefined ? {} : { normType: Number(normType) }
      const norm = clipGradNorm_(parameters, limit, options)
      const data = [testCase.totalNorm ?? Number.NaN]
      expectClose(norm, { shape: [], dtype: 'float32', data })
    }
    testCase.clipped.forEach((expected, n) => {
      const { grad } = parameters[n]
      if (expected === null || grad === null) expect(grad).toBe(expected)
      else expectClose(grad, expected)
    })
  })
})
