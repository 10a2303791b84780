import type { Tensor } from '@deepdive/autograd'
import { checkNotNegative, formatShape, ShapeError } from '@deepdive/tensor'
import { checkFractions } from './check-images.ts'

/**
 * Images as bright as `factor` times themselves, within 0 … 1.
 *
 * @throws ValueError where the factor is negative.
 * @example
 * const x = tensor([[[0.25, 0.75]]])
 * transforms.functional.adjustBrightness(x, 2) // → tensor([[[0.5000, 1.0000]]])
 */
export function adjustBrightness(x: Tensor, factor: number): Tensor {
  checkColors('adjustBrightness', x, { factor })
  return x.mul(factor).clamp(0, 1)
}

/**
 * Images whose pixels differ `factor` times as much from their mean grey.
 *
 * @throws ValueError where the factor is negative.
 * @example
 * const x = tensor([[[0.25, 0.75]]])
 * transforms.functional.adjustContrast(x, 0.5) // → tensor([[[0.3750, 0.6250]]])
 */
export function adjustContrast(x: Tensor, factor: number): Tensor {
  checkColors('adjustContrast', x, { factor })
  return blend(x, greys(x).mean([-3, -2, -1], { keepdim: true }), factor)
}

/**
 * Images whose colours differ `factor` times as much from grey; grey ones stay.
 *
 * @throws ValueError where the factor is negative.
 * @example
 * const x = tensor([[[1]], [[0.5]], [[0]]])
 * transforms.functional.adjustSaturation(x, 0).flatten()
 * // → tensor([0.5924, 0.5924, 0.5924])
 */
export function adjustSaturation(x: Tensor, factor: number): Tensor {
  checkColors('adjustSaturation', x, { factor })
  return x.shape[x.ndim - 3] === 1 ? x : blend(x, greys(x), factor)
}

/** factor · a + (1 − factor) · b, within 0 … 1. */
function blend(a: Tensor, b: Tensor, factor: number): Tensor {
  return a
    .mul(factor)
    .add(b.mul(1 - factor))
    .clamp(0, 1)
}

/** How bright each pixel looks, [..., 1, H, W] (ITU-R BT.601). */
function greys(x: Tensor): Tensor {
  if (x.shape[x.ndim - 3] === 1) return x
  const [red, green, blue] = [0, 1, 2].map((n) => x.narrow(-3, n, 1))
  return red.mul(0.2989).add(green.mul(0.587)).add(blue.mul(0.114))
}

/** Refuses what has neither one channel nor three, and factors below 0. */
export function checkColors(
  op: string,
  x: Tensor,
  factor: Readonly<Record<string, number>>,
): void {
  checkFractions(op, x)
  checkNotNegative(op, factor)
  const channels = x.shape[x.ndim - 3]
  if (channels === 1 || channels === 3) return
  throw new ShapeError(
    `${op}: the image ${formatShape(x.shape)} has ${channels} channels: it must ` +
      'have 1, or 3 for red, green and blue',
  )
}
