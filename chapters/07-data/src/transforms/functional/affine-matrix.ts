import { checkFinite, checkPositive } from '@deepdive/tensor'

/** How an image is moved about its centre. */
export interface AffineOptions {
  /** Degrees, clockwise. Default: 0. */
  readonly angle?: number
  /** Pixels to the right, and down. Default: [0, 0]. */
  readonly translate?: readonly [x: number, y: number]
  /** How many times as large it becomes. Default: 1. */
  readonly scale?: number
  /** Degrees by which the vertical and the horizontal axis lean. Default: [0, 0]. */
  readonly shear?: readonly [x: number, y: number]
}

/** [a, b, c, d, e, f] for x′ = ax + by + c, y′ = dx + ey + f. */
export type Matrix = readonly [number, number, number, number, number, number]

/**
 * From where each new pixel comes: the inverse of moving by `translate`, of turning by
 * `angle`, of leaning by `shear` and of growing by `scale`, all about the centre.
 */
export function inverseAffine(op: string, options: AffineOptions): Matrix {
  const { angle = 0, translate = [0, 0], scale = 1, shear = [0, 0] } = options
  checkFinite(op, { angle, 'translate[0]': translate[0], 'translate[1]': translate[1] })
  checkFinite(op, { 'shear[0]': shear[0], 'shear[1]': shear[1] })
  checkPositive(op, { scale })
  const [turn, leanX, leanY] = [angle, ...shear].map((degrees) => {
    return (degrees * Math.PI) / 180
  })
  // The matrix of the way there, without the scale: its determinant is 1.
  const a = Math.cos(turn - leanY) / Math.cos(leanY)
  const b = -a * Math.tan(leanX) - Math.sin(turn)
  const c = Math.sin(turn - leanY) / Math.cos(leanY)
  const d = -c * Math.tan(leanX) + Math.cos(turn)
  const [x, y] = translate
  const inverse = [d, -b, -d * x + b * y, -c, a, c * x - a * y] as const
  const [p, q, r, s, t, u] = inverse.map((value) => value / scale)
  return [p, q, r, s, t, u]
}
