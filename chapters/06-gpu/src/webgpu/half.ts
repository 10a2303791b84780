/**
 * A float16 has 16 bits: a sign, 5 bits of exponent, 10 of fraction. Exponent 0 is for
 * numbers below 2⁻¹⁴, 31 for ∞ and NaN.
 *
 *     s eeeee ffffffffff    ±(1 + f / 2¹⁰) · 2^(e − 15)
 */

/**
 * Elements of float16, by their bits, as float32, which holds each of them exactly.
 *
 * @example fromFloat16(Uint16Array.of(0x3c00, 0xc100)) // → [1, -2.5]
 */
export function fromFloat16(halves: Uint16Array): Float32Array {
  return Float32Array.from(halves, (bits) => {
    const exponent = (bits >> 10) & 31
    const fraction = bits & 1023
    const sign = bits >> 15 ? -1 : 1
    if (exponent === 0) return sign * fraction * 2 ** -24
    if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN
    return sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
  })
}

/** The float16 that is nearest to a float32; of two equally near, the even one. */
export function roundToFloat16(value: number): number {
  const size = Math.abs(Math.fround(value))
  if (!(size < 65_520)) return Math.sign(value) * Infinity
  const step = 2 ** (Math.max(-14, Math.floor(Math.log2(size))) - 10)
  const steps = Math.floor(size / step)
  const rest = size / step - steps
  const isUp = rest > 0.5 || (rest === 0.5 && steps % 2 === 1)
  return Math.sign(value) * (isUp ? steps + 1 : steps) * step
}
