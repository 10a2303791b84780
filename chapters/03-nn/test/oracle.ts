import type { Device } from '@deepdive/tensor'
import { describeInit } from './init-oracle.ts'
import { describeLayers } from './layer-case.ts'
import { describeLosses } from './losses-oracle.ts'

const fixtures = ['layers', 'activations', 'normalization', 'attention', 'recurrent']

/** Compares all of the chapter, computing on `device`, with what PyTorch computed. */
export function describeOracle(device: Device): void {
  for (const fixture of fixtures) describeLayers(device, fixture)
  describeLosses(device)
  describeInit(device)
}
