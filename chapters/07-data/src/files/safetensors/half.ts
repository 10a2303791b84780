/**
 * Numbers of 16 bits as float32, which holds each of them exactly: a sign, 5 bits of
 * exponent, 10 of fraction. Exponent 0 is for numbers below 2⁻¹⁴, 31 for ∞ and NaN.
 *
 *     s eeeee ffffffffff    ±(1 + f / 2¹⁰) · 2^(e − 15)
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

/** bfloat16 is the upper half of a float32. */
export function fromBfloat16(halves: Uint16Array): Float32Array {
  const words = Uint32Array.from(halves, (bits) => bits << 16)
  return new Float32Array(words.buffer)
}
