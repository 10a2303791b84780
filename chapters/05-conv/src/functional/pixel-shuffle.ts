import { checkTensor, type Tensor } from '@deepdive/autograd'
import { checkCount, formatShape, ShapeError } from '@deepdive/tensor'

/**
 * Lays r² channels out as r × r pixels of one: [..., C · r², H, W] becomes
 * [..., C, H · r, W · r], y[c, i · r + p, j · r + q] = x[c · r² + p · r + q, i, j]
 * (Shi et al. 2016).
 *
 * @throws ShapeError where r² does not divide the channels.
 * @throws ValueError where r is no whole number ≥ 1.
 * @example
 * functional.pixelShuffle(tensor([[[1]], [[2]], [[3]], [[4]]]), 2)
 * // → tensor([[[1., 2.],
 * //            [3., 4.]]])
 */
export function pixelShuffle(x: Tensor, upscaleFactor: number): Tensor {
  const r = upscaleFactor
  checkCount('pixelShuffle', { upscaleFactor: r })
  const [lead, [channels, height, width]] = split('pixelShuffle', x)
  if (channels % r ** 2 !== 0) {
    throw new ShapeError(
      `pixelShuffle: ${channels} channels of ${formatShape(x.shape)} are no multiple ` +
        `of ${r}² = ${r ** 2}`,
    )
  }
  const n = lead.length
  const order = [n, n + 3, n + 1, n + 4, n + 2]
  return x
    .reshape([...lead, channels / r ** 2, r, r, height, width])
    .permute([...lead.keys(), ...order])
    .reshape([...lead, channels / r ** 2, height * r, width * r])
}

/**
 * The other way round: [..., C, H · r, W · r] becomes [..., C · r², H, W].
 *
 * @throws ShapeError where r does not divide the height and the width.
 * @throws ValueError where r is no whole number ≥ 1.
 * @example
 * functional.pixelUnshuffle(tensor([[[1, 2], [3, 4]]]), 2).flatten()
 * // → tensor([1., 2., 3., 4.])
 */
export function pixelUnshuffle(x: Tensor, downscaleFactor: number): Tensor {
  const r = downscaleFactor
  checkCount('pixelUnshuffle', { downscaleFactor: r })
  const [lead, [channels, height, width]] = split('pixelUnshuffle', x)
  if (height % r !== 0 || width % r !== 0) {
    throw new ShapeError(
      `pixelUnshuffle: ${height} × ${width} pixels of ${formatShape(x.shape)} are no ` +
        `multiple of ${r}`,
    )
  }
  const n = lead.length
  const order = [n, n + 2, n + 4, n + 1, n + 3]
  return x
    .reshape([...lead, channels, height / r, r, width / r, r])
    .permute([...lead.keys(), ...order])
    .reshape([...lead, channels * r ** 2, height / r, width / r])
}

/** The shape of x before its channels, and from there. */
function split(
  op: string,
  x: Tensor,
): [lead: readonly number[], image: readonly number[]] {
  checkTensor(op, 'input', x)
  if (x.ndim >= 3) return [x.shape.slice(0, -3), x.shape.slice(-3)]
  throw new ShapeError(
    `${op}: the input must be [..., C, H, W], not ${formatShape(x.shape)}`,
  )
}
