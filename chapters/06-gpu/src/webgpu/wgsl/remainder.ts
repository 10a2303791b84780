/**
 * a − ⌊a / b⌋ · b, with the sign of b, as in Python, and exact: a quotient of two
 * float32 numbers has more digits than a float32.
 */
export const remainder = {
  remainder: `
fn remainder(a: f32, b: f32) -> f32 {
  let divisor = bitcast<u32>(b) & 0x7fffffffu;
  let dividend = bitcast<u32>(a) & 0x7fffffffu;
  if (dividend >= 0x7f800000u || divisor > 0x7f800000u || divisor == 0u) {
    return nan();
  }
  if (dividend == 0u) { return a; }
  let size = bitcast<f32>(remainderOfBits(dividend, divisor));
  if (size == 0.0) { return withSignOf(size, a); }
  let rest = withSignOf(size, a);
  return select(rest, rest + b, (a < 0.0) != (b < 0.0));
}`,

  // By long division in binary, as on paper: the divisor is subtracted where it goes
  // into what is left, and this is doubled, as often as the exponents differ.
  remainderOfBits: `
fn remainderOfBits(dividend: u32, divisor: u32) -> u32 {
  if (dividend < divisor) { return dividend; }
  let a = wholeAndExponent(dividend);
  let b = wholeAndExponent(divisor);
  var left = a.x % b.x;
  for (var exponent = a.y; exponent > b.y; exponent--) { left = (left * 2u) % b.x; }
  if (left == 0u) { return 0u; }
  let shift = min(countLeadingZeros(left) - 8u, b.y - 1u);
  left <<= shift;
  let exponent = select(b.y - shift, 0u, left < 0x800000u);
  return (left & 0x7fffffu) | (exponent << 23u);
}`,

  wholeAndExponent: `
fn wholeAndExponent(bits: u32) -> vec2u {
  let exponent = bits >> 23u;
  let fraction = bits & 0x7fffffu;
  if (exponent == 0u) { return vec2u(fraction, 1u); }
  return vec2u(fraction | 0x800000u, exponent);
}`,
} as const
