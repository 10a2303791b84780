import { checkTensor, type Tensor } from '@deepdive/autograd'
import { DTypeError, formatShape, ShapeError } from '@deepdive/tensor'

/** Refuses what is neither an image, [C, H, W], nor a batch of images, [N, C, H, W]. */
export function checkImages(op: string, x: Tensor): void {
  checkTensor(op, 'the image', x)
  if (x.ndim === 3 || x.ndim === 4) return
  throw new ShapeError(
    `${op}: ${formatShape(x.shape)} is no image: it must be [channels, height, ` +
      'width], or a batch of such',
  )
}

/** The same, and whose pixels are no fractions. */
export function checkFractions(op: string, x: Tensor): void {
  checkImages(op, x)
  if (x.dtype === 'float32') return
  throw new DTypeError(
    `${op}: the image is ${x.dtype}: it must be float32: use .to('float32')`,
  )
}
