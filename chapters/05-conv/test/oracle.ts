import { Tensor } from '@deepdive/autograd'
import type { Device } from '@deepdive/tensor'
import { type OperationCase, readFixture } from '@deepdive/testing'
import { describeCalls } from '../../02-autograd/test/oracle.ts'
import { functional } from '../src/index.ts'

/** The fixtures of functions; those of layers and of sizes have other forms. */
const concepts = ['convolution', 'pooling', 'resampling', 'normalizing']

/** The cases of the functions that chapter 5 adds. */
export function readFunctionCases(): [concept: string, cases: OperationCase[]][] {
  return concepts.map((name) => [name, readFixture(import.meta.url, name)])
}

/** Compares the functions of chapter 5 on `device` with what PyTorch computed. */
export function describeOracle(device: Device): void {
  describeCalls('chapter 5', device, readFunctionCases(), {
    functions: functional,
    methods: {},
    is: (value) => value instanceof Tensor,
  })
}
