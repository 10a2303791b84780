import { array, type CreateOptions, zeros } from './create.ts'
import { type DType, dtypeOf, promoteTypes } from './dtype.ts'
import { ValueError } from './errors.ts'
import type { NDArray } from './ndarray.ts'
import { checkShape } from './shape.ts'

/**
 * `start`, `start + step`, … up to, without, `end`; `arange(end)` starts at 0. It is
 * int32 if all three are whole, as in PyTorch.
 *
 * @throws ValueError where the step is 0 or leads away from `end`.
 * @example
 * arange(4) // → array([0, 1, 2, 3])
 * arange(1, 2, 0.25) // → array([1.0000, 1.2500, 1.5000, 1.7500])
 */
export function arange(end: number, options?: CreateOptions): NDArray
export function arange(
  start: number,
  end: number,
  step?: number,
  options?: CreateOptions,
): NDArray
export function arange(
  first: number,
  second?: number | CreateOptions,
  step = 1,
  last: CreateOptions = {},
): NDArray {
  const [start, end] = typeof second === 'number' ? [first, second] : [0, first]
  const options = typeof second === 'object' ? second : last
  const count = Math.ceil((end - start) / step)
  if (!(Number.isFinite(count) && count >= 0)) {
    throw new ValueError(`arange: steps of ${step} do not lead from ${start} to ${end}`)
  }
  const dtype = [start, end, step].map(dtypeOf).reduce<DType>(promoteTypes, 'int32')
  return sequence(count, (n) => start + n * step, { dtype, ...options })
}

/**
 * `steps` evenly spaced numbers from `start` to `end`, both included; one is `start`.
 *
 * @example
 * linspace(0, 1, 5) // → array([0.0000, 0.2500, 0.5000, 0.7500, 1.0000])
 */
export function linspace(
  start: number,
  end: number,
  steps: number,
  options: CreateOptions = {},
): NDArray {
  if (!(Number.isInteger(steps) && steps >= 0)) {
    throw new ValueError(`linspace: ${steps} steps: the number must be whole and ≥ 0`)
  }
  const gap = (end - start) / Math.max(1, steps - 1)
  const last = steps - 1
  return sequence(steps, (n) => (n > 0 && n === last ? end : start + n * gap), options)
}

/**
 * The identity matrix: ones on the diagonal of `[n, m]`.
 *
 * @example
 * eye(2)
 * // → array([[1., 0.],
 * //          [0., 1.]])
 */
export function eye(n: number, options?: CreateOptions): NDArray
export function eye(n: number, m: number, options?: CreateOptions): NDArray
export function eye(
  n: number,
  second: number | CreateOptions = n,
  last: CreateOptions = {},
): NDArray {
  const [m, options] = typeof second === 'number' ? [second, last] : [n, second]
  checkShape('eye', [n, m])
  const out = zeros([n, m], options)
  out.diagonal().fill_(1)
  return out
}

function sequence(
  count: number,
  element: (n: number) => number,
  options: CreateOptions,
): NDArray {
  const values = Float64Array.from({ length: count }, (_, n) => element(n))
  return array(values, [count], options)
}
