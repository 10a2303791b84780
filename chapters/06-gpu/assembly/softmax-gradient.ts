import { exponential } from './exp'
import { addTo, inside, total } from './rows'

/** out = y · (grad − Σ grad · y) for each of `rows` rows of n, where y is a softmax. */
export function softmaxGradient(grad: i32, y: i32, out: i32, rows: i32, n: i32): void {
  const width = 4 * n
  for (; rows > 0; rows--, grad += width, y += width, out += width) {
    let sums = f64x2.splat(0)
    for (let i = 0; i < n; i += 4) {
      const products = f32x4.mul(v128.load(grad + 4 * i), v128.load(y + 4 * i))
      sums = addTo(sums, v128.and(products, inside(i, n)))
    }
    const shared = f32x4.splat(<f32>total(sums))
    for (let i = 0; i < n; i += 4) {
      const rest = f32x4.sub(v128.load(grad + 4 * i), shared)
      v128.store(out + 4 * i, f32x4.mul(v128.load(y + 4 * i), rest))
    }
  }
}

/** out = grad − e^y · Σ grad, where y is the logarithm of a softmax. */
export function logSoftmaxGradient(
  grad: i32,
  y: i32,
  out: i32,
  rows: i32,
  n: i32,
): void {
  const width = 4 * n
  for (; rows > 0; rows--, grad += width, y += width, out += width) {
    let sums = f64x2.splat(0)
    for (let i = 0; i < n; i += 4) {
      sums = addTo(sums, v128.and(v128.load(grad + 4 * i), inside(i, n)))
    }
    const sum = f32x4.splat(<f32>total(sums))
    for (let i = 0; i < n; i += 4) {
      const share = f32x4.mul(exponential.of(v128.load(y + 4 * i)), sum)
      v128.store(out + 4 * i, f32x4.sub(v128.load(grad + 4 * i), share))
    }
  }
}
