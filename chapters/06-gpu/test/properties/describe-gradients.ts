import { grad, Tensor, tensor } from '@deepdive/autograd'
import { type Device, DeviceError, setDefaultDevice } from '@deepdive/tensor'
import { cotangent, type Tolerance } from '@deepdive/testing'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { describeOn } from '../../../01-tensor/test/on-device.ts'
import { elementwise } from '../../../02-autograd/test/operations/elementwise.ts'
import { functions } from '../../../02-autograd/test/operations/functions.ts'
import { movement } from '../../../02-autograd/test/operations/movement.ts'
import { picking } from '../../../02-autograd/test/operations/picking.ts'
import { products } from '../../../02-autograd/test/operations/products.ts'
import { reductions } from '../../../02-autograd/test/operations/reductions.ts'
import { activations } from '../../../03-nn/test/gradients/activations.ts'
import { layers } from '../../../03-nn/test/gradients/layers.ts'
import { losses } from '../../../03-nn/test/gradients/losses.ts'
import { recurrent } from '../../../03-nn/test/gradients/recurrent.ts'
import { type Attempt, type Attempts, attemptsOf } from './gradients/attempt.ts'
import { sliding } from './gradients/sliding.ts'
import { placerOn } from './place.ts'
import { plainCpu } from './plain.ts'

const concepts: Readonly<Record<string, Attempts>> = {
  elementwise: attemptsOf(elementwise),
  reductions: attemptsOf(reductions),
  products: attemptsOf(products),
  movement: attemptsOf(movement),
  picking: attemptsOf(picking),
  functions: attemptsOf(functions),
  activations: attemptsOf(activations),
  layers: attemptsOf(layers),
  losses: attemptsOf(losses),
  recurrent: attemptsOf(recurrent),
  sliding,
}

/** Small numbers are summed in other orders, and second derivatives of them too. */
const allowed: Tolerance = { relative: 1e-4, absolute: 1e-5 }

/**
 * Compares results, gradients and second derivatives on a device with those on the
 * plain cpu, which finite differences confirm in chapters 2 to 5.
 */
export function describeGradients(device: Device, numRuns: number): void {
  for (const [concept, attempts] of Object.entries(concepts))
    describeOn(
      plainCpu,
      `${concept} has the same gradients on ${device.name} as`,
      () => {
        for (const [name, attempt] of Object.entries(attempts))
          test(name, () =>
            fc.assert(
              fc.asyncProperty(attempt, (attempt) => check(attempt, device)),
              { numRuns },
            ),
          )
      },
    )
}

async function check({ inputs, run }: Attempt, device: Device): Promise<void> {
  const wanted = unlessMasked(() => derivatives(inputs, run))
  if (!wanted) return
  const place = placerOn(device)
  const there = inputs.map((x) => new Tensor(place(x.array), x.requiresGrad))
  const found = on(device, () => derivatives(there, run))
  expect(Object.keys(found)).toEqual(Object.keys(wanted))
  for (const [what, list] of Object.entries(wanted))
    for (const [n, want] of list.entries()) {
      const have = await found[what][n].cpu()
      expectNear(have, await want.cpu(), `${what} ${n}`)
    }
}

/** What a mask picks is known on the cpu alone, where chapter 2 tests it. */
function unlessMasked<Result>(run: () => Result): Result | null {
  try {
    return run()
  } catch (error) {
    if (error instanceof DeviceError && error.message.includes('mask')) return null
    throw error
  }
}

function on<Result>(device: Device, run: () => Result): Result {
  setDefaultDevice(device)
  try {
    return run()
  } finally {
    setDefaultDevice(plainCpu)
  }
}

/** A result, its gradient, with a graph and without, and the gradient's gradient. */
function derivatives(
  inputs: readonly Tensor[],
  run: Attempt['run'],
): Readonly<Record<string, readonly Tensor[]>> {
  const y = run(inputs)
  const leaves = inputs.filter((x) => x.requiresGrad)
  if (!y.requiresGrad) return { result: [y] }
  const back = (outputs: readonly Tensor[], createGraph: boolean) =>
    grad(outputs, leaves, {
      gradOutputs: outputs.map((output) =>
        tensor(cotangent(output.numel()), output.shape),
      ),
      createGraph,
      retainGraph: true,
      materializeGrads: true,
    })
  const slopes = back([y], true)
  const curved = slopes.filter((slope) => slope.requiresGrad)
  return {
    result: [y],
    gradient: back([y], false),
    'gradient with a graph': slopes,
    'second derivative': curved.length > 0 ? back(curved, false) : [],
  }
}

function expectNear(found: Tensor, wanted: Tensor, what: string): void {
  expect([found.dtype, found.shape], what).toEqual([wanted.dtype, wanted.shape])
  const { relative, absolute } = allowed
  const values = found.toTypedArray()
  wanted.toTypedArray().forEach((want, place) => {
    const have = values[place]
    if (Object.is(have, want) || have === want) return
    if (Math.abs(have - want) <= relative * Math.abs(want) + absolute) return
    throw new Error(`${what}: element ${place} is ${have}, not ${want}`)
  })
}
