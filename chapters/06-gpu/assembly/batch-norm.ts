import { addTo, inside, meanOf, total, varianceOf } from './rows'

/**
 * y = (x − mean) / √(variance + eps) · weight + bias for each of `rows` channels of n
 * numbers, and their means and variances.
 */
export function batchNorm(
  x: i32,
  y: i32,
  weights: i32,
  biases: i32,
  means: i32,
  variances: i32,
  rows: i32,
  n: i32,
  eps: f32,
): void {
  for (let r = 0; r < 4 * rows; r += 4, x += 4 * n, y += 4 * n) {
    const mean = meanOf(x, n)
    const variance = varianceOf(x, n, mean)
    store<f32>(means + r, mean)
    store<f32>(variances + r, variance)
    const factor = f32x4.splat(load<f32>(weights + r) / sqrt<f32>(variance + eps))
    const bias = v128.load_splat<f32>(biases + r)
    for (let i = 0; i < 4 * n; i += 16) {
      const rest = f32x4.sub(v128.load(x + i), f32x4.splat(mean))
      v128.store(y + i, f32x4.add(f32x4.mul(rest, factor), bias))
    }
  }
}

/**
 * With z = (x − mean) · inverse: ∂bias = Σ grad, ∂weight = Σ grad · z, and
 * ∂x = (grad − (∂bias + z · ∂weight) / n) · weight · inverse.
 */
export function batchNormGradient(
  grad: i32,
  x: i32,
  xGrad: i32,
  weights: i32,
  means: i32,
  inverses: i32,
  weightGrads: i32,
  biasGrads: i32,
  rows: i32,
  n: i32,
): void {
  const width = 4 * n
  for (let r = 0; r < 4 * rows; r += 4, grad += width, x += width, xGrad += width) {
    const mean = v128.load_splat<f32>(means + r)
    const inverse = load<f32>(inverses + r)
    let levels = f64x2.splat(0)
    let tilts = f64x2.splat(0)
    for (let i = 0; i < n; i += 4) {
      const mask = inside(i, n)
      const g = v128.and(v128.load(grad + 4 * i), mask)
      const rest = f32x4.sub(v128.load(x + 4 * i), mean)
      levels = addTo(levels, g)
      tilts = addTo(tilts, v128.and(f32x4.mul(g, rest), mask))
    }
    const level = total(levels)
    const tilt = total(tilts) * inverse
    store<f32>(biasGrads + r, <f32>level)
    store<f32>(weightGrads + r, <f32>tilt)
    const share = f32x4.splat(<f32>(level / n))
    const slope = f32x4.splat(<f32>((tilt * inverse) / n))
    const factor = f32x4.splat(load<f32>(weights + r) * inverse)
    for (let i = 0; i < width; i += 16) {
      const rest = f32x4.sub(v128.load(x + i), mean)
      const g = f32x4.sub(f32x4.sub(v128.load(grad + i), share), f32x4.mul(rest, slope))
      v128.store(xGrad + i, f32x4.mul(g, factor))
    }
  }
}
