/** 2ᵏ for k from −160 to 159. */
const powersOfTwo = Float64Array.from({ length: 320 }, (_, n) => 2 ** (n - 160))

/**
 * eˣ as exactly as a float32 holds it (its relative error is below 3 · 10⁻¹⁰), in half the
 * time of Math.exp, which is exact to float64.
 *
 * eˣ = 2ᵏ · eʳ with k = ⌊x / ln 2 + ½⌋, so that |r| ≤ ½ ln 2, where nine terms of the
 * series Σ rⁿ / n! suffice: the even ones and the odd ones apart, which a processor
 * computes side by side. Beyond ±104 a float32 is 0 or ∞, and so is 1 / (1 + eˣ) there.
 */
export function exp(x: number): number {
  if (Number.isNaN(x)) return x
  const bounded = Math.min(104, Math.max(-104, x))
  const k = Math.floor(bounded * Math.LOG2E + 0.5)
  const r = bounded - k * Math.LN2
  const q = r * r
  const even = 1 + q * (1 / 2 + q * (1 / 24 + q * (1 / 720 + q / 40320)))
  const odd = r * (1 + q * (1 / 6 + q * (1 / 120 + q / 5040)))
  return powersOfTwo[k + 160] * (even + odd)
}
