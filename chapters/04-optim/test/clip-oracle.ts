import { type Tensor, zeros } from '@deepdive/autograd'
import type { Device } from '@deepdive/tensor'
import { type Expected, expectClose, readFixture } from '@deepdive/testing'
import { expect, test } from 'vitest'
import { describeOn } from '../../01-tensor/test/on-device.ts'
import { clipGradNorm_, clipGradValue_ } from '../src/index.ts'
import { decode } from './state-oracle.ts'

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

/** Compares clipped gradients on `device` with PyTorch's. */
export function describeClipping(device: Device): void {
  describeOn(device, 'PyTorch clips gradients to the same', () => {
    test.each(cases)('$name', check)
  })
}

async function check({ args: [limit], ...testCase }: ClipCase): Promise<void> {
  const parameters = testCase.gradients.map(parameterWith)
  if (testCase.function === 'clipGradValue') {
    clipGradValue_(parameters, limit)
  } else {
    const { normType } = testCase.options
    const options = normType === undefined ? {} : { normType: Number(normType) }
    const norm = await clipGradNorm_(parameters, limit, options).cpu()
    const data = [testCase.totalNorm ?? Number.NaN]
    expectClose(norm, { shape: [], dtype: 'float32', data })
  }
  for (const [n, expected] of testCase.clipped.entries()) {
    const { grad } = parameters[n]
    if (expected === null || grad === null) expect(grad).toBe(expected)
    else expectClose(await grad.cpu(), expected)
  }
}
