import type { Tensor } from '@deepdive/autograd'
import { checkNumbers } from '@deepdive/tensor'
import { checkSameShape } from './check.ts'
import { type LossOptions, reduceLoss } from './reduction.ts'

/**
 * (x − y)², the mean squared error; input and target of any one shape.
 *
 * @throws ShapeError where the shapes differ.
 * @example
 * functional.mseLoss(tensor([1, 2]), tensor([1, 4])) // → tensor(2.)
 */
export function mseLoss(
  input: Tensor,
  target: Tensor,
  { reduction }: LossOptions = {},
): Tensor {
  checkSameShape('mseLoss', input, target)
  return reduceLoss('mseLoss', input.sub(target).square(), reduction)
}

/**
 * |x − y|, which outliers move less than the square; input and target of any one shape.
 *
 * @throws ShapeError where the shapes differ.
 * @example
 * functional.l1Loss(tensor([1, 2]), tensor([1, 4])) // → tensor(1.)
 */
export function l1Loss(
  input: Tensor,
  target: Tensor,
  { reduction }: LossOptions = {},
): Tensor {
  checkSameShape('l1Loss', input, target)
  return reduceLoss('l1Loss', input.sub(target).abs(), reduction)
}

export interface HuberLossOptions extends LossOptions {
  /** Where the square goes over into a line. Default: 1. */
  readonly delta?: number
}

/**
 * A square near 0 and a line of slope `delta` beyond (Huber 1964), for d = x − y:
 * d² / 2 where |d| < δ, else δ · (|d| − δ / 2).
 *
 * @throws ShapeError where the shapes differ.
 * @throws ValueError where delta is not above 0.
 * @example
 * const target = zeros([3])
 * functional.huberLoss(tensor([0.5, 1, 10]), target, { reduction: 'none' })
 * // → tensor([0.1250, 0.5000, 9.5000])
 */
export function huberLoss(
  input: Tensor,
  target: Tensor,
  { delta = 1, reduction }: HuberLossOptions = {},
): Tensor {
  checkSameShape('huberLoss', input, target)
  checkNumbers('huberLoss', { delta }, 'a number above 0', (value) => value > 0)
  return reduceLoss('huberLoss', huber(input, target, delta), reduction)
}

export interface SmoothL1LossOptions extends LossOptions {
  /** Where the square goes over into a line; 0 is l1Loss. Default: 1. */
  readonly beta?: number
}

/**
 * A square near 0 and a line of slope 1 beyond (Girshick 2015), for d = x − y:
 * d² / 2β where |d| < β, else |d| − β / 2.
 *
 * @throws ShapeError where the shapes differ.
 * @throws ValueError where beta is negative.
 * @example
 * const target = zeros([3])
 * functional.smoothL1Loss(tensor([1, 2, 10]), target, { beta: 2, reduction: 'none' })
 * // → tensor([0.2500, 1.0000, 9.0000])
 */
export function smoothL1Loss(
  input: Tensor,
  target: Tensor,
  { beta = 1, reduction }: SmoothL1LossOptions = {},
): Tensor {
  checkSameShape('smoothL1Loss', input, target)
  checkNumbers(
    'smoothL1Loss',
    { beta },
    'a number of at least 0',
    (value) => value >= 0,
  )
  const losses =
    beta === 0 ? input.sub(target).abs() : huber(input, target, beta).div(beta)
  return reduceLoss('smoothL1Loss', losses, reduction)
}

/** Both branches at once: with z = min(|d|, δ) the loss is z · (|d| − z / 2). */
function huber(input: Tensor, target: Tensor, delta: number): Tensor {
  const distance = input.sub(target).abs()
  const near = distance.clamp(null, delta)
  return near.mul(distance.sub(near.mul(0.5)))
}
