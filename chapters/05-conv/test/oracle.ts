import { Tensor } from '@deepdive/autograd'
import type { Device } from '@deepdive/tensor'
import { type OperationCase, readFixture } from '@deepdive/testing'
import { describeCalls } from '../../02-autograd/test/oracle.ts'
import { describeLayers } from '../../03-nn/test/layer-case.ts'
import { LeNet5 } from '../examples/models/lenet5.ts'
import { ResNet } from '../examples/models/resnet.ts'
import * as conv from '../src/index.ts'
import { describeSizes } from './sizes-oracle.ts'

/** The fixtures of functions; those of layers and of sizes have other forms. */
const concepts = ['convolution', 'pooling', 'resampling', 'normalizing']

/** The cases of the functions that chapter 5 adds. */
export function readFunctionCases(): [concept: string, cases: OperationCase[]][] {
  return concepts.map((name) => [name, readFixture(import.meta.url, name)])
}

/** The fixtures of layers, and where their layers are looked up. */
const layers = {
  testUrl: import.meta.url,
  layers: conv,
  functions: conv.functional,
}
export const layerFixtures = ['layers', 'normalization']

/** Two networks of the examples. */
const models = {
  testUrl: import.meta.url,
  layers: { ResNet, LeNet5 },
  functions: {},
}

/** Compares all of the chapter, computing on `device`, with what PyTorch computed. */
export function describeOracle(device: Device): void {
  describeCalls('chapter 5', device, readFunctionCases(), {
    functions: conv.functional,
    methods: {},
    is: (value) => value instanceof Tensor,
  })
  for (const fixture of layerFixtures) describeLayers(device, fixture, layers)
  describeLayers(device, 'models', models)
  describeSizes(device)
}
