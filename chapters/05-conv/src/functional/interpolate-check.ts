import type { Tensor } from '@deepdive/autograd'
import { formatShape, ShapeError, ValueError } from '@deepdive/tensor'
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
  if (size !== null)
    check(op, { size }, 'a whole number ≥ 1', (n) => Number.isInteger(n) && n >= 1)
  if (scaleFactor !== null) check(op, { scaleFactor }, 'a number above 0', isFactor)
  if (mode !== 'nearest' && mode !== 'bilinear') {
    throw new ValueError(`${op}: mode '${mode}' is neither 'nearest' nor 'bilinear'`)
  }
  if (mode === 'nearest' && alignCorners) {
    throw new ValueError(`${op}: alignCorners means nothing to mode 'nearest'`)
  }
}

const isFactor = (n: number) => Number.isFinite(n) && n > 0

function check(
  op: string,
  target: Readonly<Record<string, PerAxis>>,
  wanted: string,
  fits: (n: number) => boolean,
): void {
  const [[name, value]] = Object.entries(target)
  if ([value].flat().every(fits)) return
  const given = Array.isArray(value) ? `[${value.join(', ')}]` : value
  throw new ValueError(`${op}: ${name} ${given} must be ${wanted}, or a list of them`)
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
