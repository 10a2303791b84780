import { largestOf } from './choice'
import { exponential } from './exp'
import { logOfPowers } from './softmax'

/**
 * −ln softmax(x)[label] for each of `rows` rows of n classes, 0 where the label is to be
 * ignored; `spare` has room for a row.
 */
export function crossEntropy(
  x: i32,
  labels: i32,
  losses: i32,
  rows: i32,
  n: i32,
  ignored: i32,
  spare: i32,
): void {
  for (; rows > 0; rows--, x += 4 * n, labels += 4, losses += 4) {
    const label = load<i32>(labels)
    let loss: f32 = 0
    if (label !== ignored) {
      const peak = largestOf(x, n)
      const log = logOfPowers(x, n, peak, spare)
      const shifted = load<f32>(x + 4 * label) - f32x4.extract_lane(peak, 0)
      loss = f32x4.extract_lane(log, 0) - shifted
    }
    store<f32>(losses, loss)
  }
}

/** (softmax(x) − 1 for the label, 0 for others) · grad, 0 where it is ignored. */
export function crossEntropyGradient(
  x: i32,
  out: i32,
  labels: i32,
  grad: i32,
  rows: i32,
  n: i32,
  ignored: i32,
): void {
  const width = 4 * n
  for (; rows > 0; rows--, x += width, out += width, labels += 4, grad += 4) {
    const label = load<i32>(labels)
    if (label === ignored) {
      memory.fill(out, 0, width)
      continue
    }
    const slope = v128.load_splat<f32>(grad)
    const peak = largestOf(x, n)
    const log = logOfPowers(x, n, peak, out)
    for (let i = 0; i < n; i += 4) {
      const shifted = f32x4.sub(v128.load(x + 4 * i), peak)
      const share = exponential.of(f32x4.sub(shifted, log))
      v128.store(out + 4 * i, f32x4.mul(share, slope))
    }
    const hit = out + 4 * label
    store<f32>(hit, load<f32>(hit) - load<f32>(grad))
  }
}
