import { addTo, inside, meanOf, total, varianceOf } from './rows'

/** mean and variance of each of `rows` rows of n, and (x − mean) / √(variance + eps). */
export function standardize(
  x: i32,
  out: i32,
  means: i32,
  variances: i32,
  rows: i32,
  n: i32,
  eps: f32,
): void {
  const width = 4 * n
  for (; rows > 0; rows--, x += width, out += width, means += 4, variances += 4) {
    const mean = meanOf(x, n)
    const variance = varianceOf(x, n, mean)
    store<f32>(means, mean)
    store<f32>(variances, variance)
    const inverse = f32x4.splat(1 / sqrt<f32>(variance + eps))
    for (let i = 0; i < n; i += 4) {
      const rest = f32x4.sub(v128.load(x + 4 * i), f32x4.splat(mean))
      v128.store(out + 4 * i, f32x4.mul(rest, inverse))
    }
  }
}

/** out = (grad − mean(grad) − y · mean(grad · y)) · inverse for each of `rows` rows. */
export function standardizeGradient(
  grad: i32,
  y: i32,
  out: i32,
  inverses: i32,
  rows: i32,
  n: i32,
): void {
  const width = 4 * n
  for (; rows > 0; rows--, grad += width, y += width, out += width, inverses += 4) {
    let levels = f64x2.splat(0)
    let tilts = f64x2.splat(0)
    for (let i = 0; i < n; i += 4) {
      const mask = inside(i, n)
      const g = v128.and(v128.load(grad + 4 * i), mask)
      levels = addTo(levels, g)
      tilts = addTo(tilts, v128.and(f32x4.mul(g, v128.load(y + 4 * i)), mask))
    }
    const level = f32x4.splat(<f32>(total(levels) / n))
    const tilt = f32x4.splat(<f32>(total(tilts) / n))
    const inverse = v128.load_splat<f32>(inverses)
    for (let i = 0; i < n; i += 4) {
      const rest = f32x4.sub(v128.load(grad + 4 * i), level)
      const slope = f32x4.sub(rest, f32x4.mul(v128.load(y + 4 * i), tilt))
      v128.store(out + 4 * i, f32x4.mul(slope, inverse))
    }
  }
}
