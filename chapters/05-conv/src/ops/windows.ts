import type { Op } from '@deepdive/autograd'
import {
  type Device,
  DeviceError,
  type Kernels,
  type NDArray,
  type Shape,
} from '@deepdive/tensor'
import { type Window, windowCount } from '../window.ts'
// A bundle of a single layer leaves index.ts out, and still needs them.
import '../cpu/install.ts'

/**
 * All windows on x of [N, C, n₁, n₂], as [N, C, o₁, o₂, k₁, k₂]; outside of x they hold
 * 0. Each element of x adds up the gradients of the windows that hold it.
 */
export const windows = (op: string, window: Window): Op => ({
  name: 'windows',
  settings: { window },
  forward: (x) => {
    const gather = windowKernel(op, x.device, 'gatherWindows')
    const out = emptyWindows(op, x, window)
    gather(x, window, out)
    return out
  },
  gradient: (grad, { inputs: [x] }) => [
    grad.apply(sumOfWindows(op, window, x.shape.slice(2))),
  ],
})

/** The other way round: [N, C, o₁, o₂, k₁, k₂] added up to [N, C, n₁, n₂]. */
export const sumOfWindows = (op: string, window: Window, extents: Shape): Op => ({
  name: 'sumOfWindows',
  settings: { window },
  forward: (x) => {
    const add = windowKernel(op, x.device, 'addWindows')
    // New memory is all zeros.
    const out = x.newEmpty([...x.shape.slice(0, 2), ...extents])
    add(x, window, out)
    return out
  },
  gradient: (grad) => [grad.apply(windows(op, window))],
})

/**
 * In memory, all that one output of a convolution multiplies (channels, and elements of
 * a window) lies together, as a matrix product reads it: [N, o₁, o₂, C, k₁, k₂].
 */
function emptyWindows(op: string, x: NDArray, window: Window): NDArray {
  const [batch, channels, ...extents] = x.shape
  const counts = window.map((axis, n) => windowCount(op, axis, extents[n]))
  const sizes = window.map(({ size }) => size)
  return x
    .newEmpty([batch, ...counts, channels, ...sizes])
    .movedim(1 + counts.length, 1)
}

type WindowKernel = 'gatherWindows' | 'addWindows' | 'largestInWindows'

/** @throws DeviceError where the device does not have it. */
export function windowKernel<Name extends WindowKernel>(
  op: string,
  { name, kernels }: Device,
  kernel: Name,
): NonNullable<Kernels[Name]> {
  const found = kernels[kernel]
  if (found) return found
  throw new DeviceError(
    `${op}: the device ${name} has no kernel ${kernel}: compute on one that has, ` +
      'such as cpu, where x.to(cpu) moves it',
  )
}
