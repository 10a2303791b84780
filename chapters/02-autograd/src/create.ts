import {
  arange as arangeArray,
  array,
  type CreateOptions,
  eye as eyeArray,
  full as fullArray,
  isShape,
  linspace as linspaceArray,
  type NDArray,
  type NestedArray,
  type NumericArray,
  ones as onesArray,
  type Shape,
  ValueError,
  zeros as zerosArray,
} from '@deepdive/tensor'
import { Tensor } from './tensor.ts'

/** As what, and where, a new tensor is made, and whether its gradient is recorded. */
export interface TensorOptions extends CreateOptions {
  /** Default: false. */
  readonly requiresGrad?: boolean
}

/** A tensor around a new array. */
export function wrap(
  made: NDArray,
  { requiresGrad = false }: TensorOptions = {},
): Tensor {
  return new Tensor(made, requiresGrad)
}

/**
 * A tensor of the given elements: a number, nested lists, or a typed array together with
 * the shape to read it in. Numbers become float32, booleans bool, typed arrays of whole
 * numbers int32, unless `dtype` says otherwise.
 *
 * @throws ShapeError where the nested lists are ragged.
 * @example
 * tensor([[1, 2], [3, 4]])
 * // → tensor([[1., 2.],
 * //           [3., 4.]])
 * tensor(new Float32Array(6), [2, 3]).shape // → [2, 3]
 */
export function tensor(
  values: NestedArray | NumericArray,
  options?: TensorOptions,
): Tensor
export function tensor(
  values: NumericArray,
  shape: Shape,
  options?: TensorOptions,
): Tensor
export function tensor(
  values: NestedArray | NumericArray,
  second: Shape | TensorOptions = {},
  third: TensorOptions = {},
): Tensor {
  if (!isShape(second)) return wrap(array(values, second), second)
  if (ArrayBuffer.isView(values)) return wrap(array(values, second, third), third)
  throw new ValueError(
    'tensor: nested lists have a shape of their own: leave it out, or reshape()',
  )
}

/**
 * A tensor of `shape`, all zero.
 *
 * @example
 * zeros([2]) // → tensor([0., 0.])
 */
export function zeros(shape: Shape, options: TensorOptions = {}): Tensor {
  return wrap(zerosArray(shape, options), options)
}

/**
 * A tensor of `shape`, all one.
 *
 * @example
 * ones([2]) // → tensor([1., 1.])
 */
export function ones(shape: Shape, options: TensorOptions = {}): Tensor {
  return wrap(onesArray(shape, options), options)
}

/**
 * A tensor of `shape`, each element `value`.
 *
 * @example
 * full([2], 7) // → tensor([7., 7.])
 */
export function full(
  shape: Shape,
  value: number | boolean,
  options: TensorOptions = {},
): Tensor {
  return wrap(fullArray(shape, value, options), options)
}

/**
 * The identity matrix: ones on the diagonal of `[n, m]`.
 *
 * @example
 * eye(2)
 * // → tensor([[1., 0.],
 * //           [0., 1.]])
 */
export function eye(n: number, options?: TensorOptions): Tensor
export function eye(n: number, m: number, options?: TensorOptions): Tensor
export function eye(
  n: number,
  second: number | TensorOptions = n,
  last: TensorOptions = {},
): Tensor {
  const [m, options] = typeof second === 'number' ? [second, last] : [n, second]
  return wrap(eyeArray(n, m, options), options)
}

/**
 * `start`, `start + step`, … up to, without, `end`; `arange(end)` starts at 0. It is
 * int32 if all three are whole.
 *
 * @throws ValueError where the step is 0 or leads away from `end`.
 * @example
 * arange(3) // → tensor([0, 1, 2])
 * arange(0, 1, 0.5) // → tensor([0.0000, 0.5000])
 */
export function arange(end: number, options?: TensorOptions): Tensor
export function arange(
  start: number,
  end: number,
  step?: number,
  options?: TensorOptions,
): Tensor
export function arange(
  first: number,
  second?: number | TensorOptions,
  step = 1,
  last: TensorOptions = {},
): Tensor {
  if (typeof second === 'number')
    return wrap(arangeArray(first, second, step, last), last)
  return wrap(arangeArray(first, second), second)
}

/**
 * `steps` evenly spaced numbers from `start` to `end`, both included.
 *
 * @example
 * linspace(0, 1, 3) // → tensor([0.0000, 0.5000, 1.0000])
 */
export function linspace(
  start: number,
  end: number,
  steps: number,
  options: TensorOptions = {},
): Tensor {
  return wrap(linspaceArray(start, end, steps, options), options)
}

/**
 * Zeros of the shape, dtype and device of another tensor.
 *
 * @example
 * zerosLike(tensor([1, 2])) // → tensor([0., 0.])
 */
export function zerosLike(x: Tensor): Tensor {
  return zeros(x.shape, { dtype: x.dtype, device: x.device })
}

/**
 * Ones of the shape, dtype and device of another tensor.
 *
 * @example
 * onesLike(tensor([1, 2])) // → tensor([1., 1.])
 */
export function onesLike(x: Tensor): Tensor {
  return ones(x.shape, { dtype: x.dtype, device: x.device })
}
