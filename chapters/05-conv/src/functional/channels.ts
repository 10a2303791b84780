import type { Tensor } from '@deepdive/autograd'
import { formatShape, ShapeError } from '@deepdive/tensor'
import { checkFloat } from './check-float.ts'

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
 * The names of the axes of x in that layout, of several such as '[N, C, L]', which it
 * has; '…' stands for any number of axes.
 *
 * @throws ValueError where x is no tensor, DTypeError where it is not float32.
 * @throws ShapeError where it has none of the layouts.
 */
export function checkLayout(
  op: string,
  x: Tensor,
  layouts: readonly string[],
): readonly string[] {
  checkFloat(op, 'input', x)
  const found = layouts
    .map((layout) => layout.slice(1, -1).split(', '))
    .find((axes) => fits(axes, x.ndim))
  if (found) return found
  throw new ShapeError(
    `${op}: the input must be ${layouts.join(' or ')}, not ${formatShape(x.shape)}`,
  )
}

function fits(axes: readonly string[], ndim: number): boolean {
  if (axes.at(-1) === '…') return ndim >= axes.length - 1
  return ndim === axes.length
}

/**
 * @throws ValueError where something is no tensor, DTypeError where it is not float32.
 * @throws ShapeError where x has no channels, or a vector is not a number for each.
 */
export function checkChannelVectors(
  op: string,
  x: Tensor,
  vectors: Readonly<Record<string, Tensor | null>>,
): void {
  checkLayout(op, x, ['[N, C, …]'])
  for (const [name, vector] of Object.entries(vectors)) {
    if (vector === null) continue
    checkFloat(op, name, vector)
    if (vector.ndim === 1 && vector.shape[0] === x.shape[1]) continue
    throw new ShapeError(
      `${op}: the input ${formatShape(x.shape)} has ${x.shape[1]} channels, but ` +
        `${name} ${formatShape(vector.shape)} is no number for each`,
    )
  }
}

/** @throws ShapeError where the channels are not as many as a layer is for. */
export function checkLayerInput(
  op: string,
  x: Tensor,
  channels: number,
  layouts: readonly string[],
): void {
  const found = x.shape[checkLayout(op, x, layouts).indexOf('C')]
  if (found === channels) return
  throw new ShapeError(
    `${op}: the input ${formatShape(x.shape)} has ${found} channels, but the layer ` +
      `is for ${channels}`,
  )
}
