import { cpu, type Device, DeviceError, formatShape } from '@deepdive/tensor'
import { grad } from './backward.ts'
import { tensor } from './create.ts'
import { GradcheckError } from './errors.ts'
import type { Tensor } from './tensor.ts'

/** How finite differences are taken, and how far a gradient may lie from them. */
export interface GradcheckOptions {
  /** How far an input is moved. Default: 0.02, right for float32 numbers around 1. */
  readonly eps?: number
  /** Largest difference allowed, in units of the derivative. Default: 1e-3. */
  readonly rtol?: number
  /** Largest difference allowed beyond that. Default: 1e-3. */
  readonly atol?: number
}

type Differentiable = (...inputs: Tensor[]) => Tensor

/**
 * Compares the gradients of `fn` with finite differences at `inputs`. Four points
 * around each element make the error of the differences O(eps⁴):
 * f′(x) ≈ (8 (f(x + h) − f(x − h)) − (f(x + 2h) − f(x − 2h))) / 12h.
 *
 * @returns true; it never returns false.
 * @throws GradcheckError naming the element with both derivatives.
 * @throws DeviceError where an input is not on the cpu.
 * @example
 * gradcheck((x) => x.sin(), [tensor([0, 1, 2], { requiresGrad: true })]) // → true
 */
export function gradcheck(
  fn: Differentiable,
  inputs: readonly Tensor[],
  { eps = 0.02, rtol = 1e-3, atol = 1e-3 }: GradcheckOptions = {},
): boolean {
  for (const { device } of inputs) checkReadable('gradcheck', device)
  const output = fn(...inputs)
  const weights = differentWeights(output)
  const checked = inputs.filter((input) => input.requiresGrad)
  const options = { gradOutputs: [weights], materializeGrads: true }
  const found = grad([output], checked, options)
  checked.forEach((input, n) => {
    const slope = (place: number) => difference(fn, inputs, input, place, weights, eps)
    const values = found[n].toTypedArray()
    values.forEach((value, place) => {
      const expected = slope(place)
      if (Math.abs(value - expected) <= atol + rtol * Math.abs(expected)) return
      throw new GradcheckError(
        `gradcheck: element ${place} of input ${inputs.indexOf(input)} ` +
          `${formatShape(input.shape)} has gradient ${value}, but finite differences ` +
          `say ${expected}`,
      )
    })
  })
  return true
}

/**
 * `gradcheck` for second derivatives: of the gradient of `fn`, as a function of the
 * inputs and of the gradient sent back.
 *
 * @returns true; it never returns false.
 * @throws GradcheckError as gradcheck.
 * @example
 * gradgradcheck((x) => x.pow(3), [tensor([1, 2], { requiresGrad: true })]) // → true
 */
export function gradgradcheck(
  fn: Differentiable,
  inputs: readonly Tensor[],
  options: GradcheckOptions = {},
): boolean {
  const weights = differentWeights(fn(...inputs))
  weights.requiresGrad = true
  const checked = inputs.flatMap((input, n) => (input.requiresGrad ? [n] : []))
  return checked.every((n) =>
    gradcheck(
      (gradOutput, ...xs) => {
        const settings = { createGraph: true, materializeGrads: true }
        return grad([fn(...xs)], [xs[n]], { ...settings, gradOutputs: [gradOutput] })[0]
      },
      [weights, ...inputs],
      options,
    ),
  )
}

/** A weight for each element, all different, so that no two errors can cancel. */
function differentWeights(output: Tensor): Tensor {
  const values = Float32Array.from({ length: output.numel() }, (_, n) =>
    Math.cos(n + 0.5),
  )
  return tensor(values, output.shape, { device: output.device })
}

/** ∂ Σ weights · fn / ∂ input[place], by differences. */
function difference(
  fn: Differentiable,
  inputs: readonly Tensor[],
  input: Tensor,
  place: number,
  weights: Tensor,
  eps: number,
): number {
  const scale = weights.toTypedArray()
  const values = input.toTypedArray()
  const at = (shift: number) => {
    const moved = values.slice()
    moved[place] += shift
    const other = tensor(moved, input.shape, { dtype: input.dtype, requiresGrad: true })
    const output = fn(...inputs.map((x) => (x === input ? other : x)))
    let sum = 0
    output.toTypedArray().forEach((value, n) => {
      sum += value * scale[n]
    })
    return sum
  }
  return (8 * (at(eps) - at(-eps)) - (at(2 * eps) - at(-2 * eps))) / (12 * eps)
}

function checkReadable(op: string, device: Device): void {
  if (device === cpu) return
  throw new DeviceError(
    `${op}: an input is on ${device.name}, which is read without blocking: finite ` +
      'differences need inputs on the cpu',
  )
}
