import type { Tensor } from '@deepdive/autograd'
import { formatShape, ShapeError } from '@deepdive/tensor'

/** A vector with a number for each channel, beside x of [N, C, …]: [C, 1, …]. */
export function perChannel(vector: Tensor, x: Tensor): Tensor {
  return vector.reshape([vector.numel(), ...x.shape.slice(2).map(() => 1)])
}

/** x · w + b with a number of each for each channel. */
export function scaleChannels(
  x: Tensor,
  weight: Tensor | null,
  bias: Tensor | null,
): Tensor {
  const scaled = weight ? x.mul(perChannel(weight, x)) : x
  return bias ? scaled.add(perChannel(bias, x)) : scaled
}

/**
 * @throws ShapeError where x has no channels, or a vector is not a number for each.
 */
export function checkChannelVectors(
  op: string,
  x: Tensor,
  vectors: Readonly<Record<string, Tensor | null>>,
): void {
  if (x.ndim < 2) {
    throw new ShapeError(
      `${op}: the input must be [N, C, …], not ${formatShape(x.shape)}`,
    )
  }
  for (const [name, vector] of Object.entries(vectors)) {
    if (!vector || (vector.ndim === 1 && vector.shape[0] === x.shape[1])) continue
    throw new ShapeError(
      `${op}: the input ${formatShape(x.shape)} has ${x.shape[1]} channels, but ${name} ` +
        `${formatShape(vector.shape)} is no number for each`,
    )
  }
}

/**
 * @throws ShapeError where x has other axes than a layer is for, or other channels.
 */
export function checkLayout(
  op: string,
  x: Tensor,
  channels: number,
  layout: string,
): void {
  const names = layout.slice(1, -1).split(', ')
  if (!names.includes('…') && x.ndim !== names.length) {
    throw new ShapeError(
      `${op}: the input must be ${layout}, not ${formatShape(x.shape)}`,
    )
  }
  if (x.shape[1] === channels) return
  throw new ShapeError(
    `${op}: the input ${formatShape(x.shape)} has ${x.shape[1]} channels, but the layer ` +
      `is for ${channels}`,
  )
}
