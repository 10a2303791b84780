import { type Tensor, tensor } from '@deepdive/autograd'
import { cpu, type Device } from '@deepdive/tensor'
import { type Expected, elementsOf, expectClose } from '@deepdive/testing'
import { expect } from 'vitest'
import type { OptimizerStateDict } from '../src/index.ts'

/** A tensor of the oracle's elements, on the default device unless said. */
export function decode(expected: Expected, device?: Device): Tensor {
  const { shape, dtype } = expected
  const options = device ? { dtype, device } : { dtype }
  return tensor(new Float32Array(elementsOf(expected)), shape, options)
}

export function parameterOf(expected: Expected): Tensor {
  const parameter = decode(expected)
  parameter.requiresGrad = true
  return parameter
}

/** A state dict as JSON: a tensor is an `Expected`. */
export interface ExpectedState {
  readonly state: Readonly<Record<string, Readonly<Record<string, ExpectedValue>>>>
  readonly param_groups: OptimizerStateDict['param_groups']
}

type ExpectedValue = Expected | number | null

/** A state as it comes from a file, on the cpu. */
export function decodeState(expected: ExpectedState): OptimizerStateDict {
  const decodeValue = (value: ExpectedValue) =>
    typeof value === 'number' || value === null ? value : decode(value, cpu)
  return { ...expected, state: mapState(expected.state, decodeValue) }
}

function mapState<From, To>(
  state: Readonly<Record<string, Readonly<Record<string, From>>>>,
  change: (value: From) => To,
): Record<string, Record<string, To>> {
  const entries = Object.entries(state).map(([number, values]) => {
    const changed = Object.entries(values).map(([key, value]) => [key, change(value)])
    return [number, Object.fromEntries(changed)]
  })
  return Object.fromEntries(entries)
}

/**
 * Compares a state dict with PyTorch's. PyTorch 1.13 writes null for a buffer that is
 * not there, which later versions and DeepDive leave out, and counts steps in tensors.
 */
export async function expectState(
  actual: OptimizerStateDict,
  expected: ExpectedState,
): Promise<void> {
  expect(actual.param_groups).toEqual(expected.param_groups)
  expect(Object.keys(actual.state)).toEqual(Object.keys(expected.state))
  for (const [number, values] of Object.entries(expected.state)) {
    const there = Object.entries(values).filter(([, value]) => value !== null)
    const found = actual.state[number]
    expect(Object.keys(found).sort()).toEqual(there.map(([key]) => key).sort())
    for (const [key, value] of there) {
      await expectValue(found[key], value, `state ${number}: ${key}`)
    }
  }
}

async function expectValue(
  actual: Tensor | number | null,
  expected: ExpectedValue,
  what: string,
): Promise<void> {
  if (typeof actual === 'object' && actual && expected && typeof expected === 'object')
    expectClose(await actual.cpu(), expected, undefined, what)
  else if (typeof expected === 'object') expect([actual], what).toEqual(expected?.data)
  else expect(actual, what).toBe(expected)
}
