import type { Tensor } from '@deepdive/autograd'
import {
  checkCount,
  checkPositive,
  checkWord,
  formatShape,
  ShapeError,
  ValueError,
} from '@deepdive/tensor'
import type { PerAxis } from '../window.ts'
import { checkFloat } from './check-float.ts'
import type { InterpolateMode, InterpolateOptions } from './interpolate.ts'

/** @throws ValueError where what to do is said not at all, twice, or makes no sense. */
export function checkInterpolation(
  op: string,
  {
    size = null,
    scaleFactor = null,
    mode = 'nearest',
    alignCorners,
  }: InterpolateOptions,
): void {
  if ((size === null) === (scaleFactor === null)) {
    throw new ValueError(`${op}: give either size or scaleFactor`)
  }
  if (size !== null) checkCount(op, numbered('size', size))
  if (scaleFactor !== null) checkPositive(op, numbered('scaleFactor', scaleFactor))
  checkWord(op, 'mode', mode, ['nearest', 'bilinear'])
  if (mode === 'nearest' && alignCorners) {
    throw new ValueError(`${op}: alignCorners means nothing to mode 'nearest'`)
  }
}

/** `{ size: 4 }`, or of a list `{ 'size[0]': 4, 'size[1]': 2 }`. */
function numbered(name: string, value: PerAxis): Record<string, unknown> {
  if (!Array.isArray(value)) return { [name]: value }
  return Object.fromEntries(value.map((n, axis) => [`${name}[${axis}]`, n]))
}

/** @throws ShapeError where x has no axes that this mode can stretch. */
export function checkImages(x: Tensor, mode: InterpolateMode): void {
  checkFloat('interpolate', 'input', x)
  if (x.ndim === 4 || (x.ndim === 3 && mode === 'nearest')) return
  const also = mode === 'nearest' ? ' or [N, C, L]' : ''
  throw new ShapeError(
    `interpolate: the input must be [N, C, H, W]${also} for mode '${mode}', not ` +
      formatShape(x.shape),
  )
}
