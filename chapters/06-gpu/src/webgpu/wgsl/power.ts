/**
 * aᵇ = 2^(b · log₂ a). An error of the exponent b · log₂ a, up to 128, counts in the
 * result by so many units: a float32 has too few digits for it. So the logarithm is
 * kept in two parts, high + low, where the high one has twelve digits: the product of
 * two such is exact.
 */
export const power = {
  power: `
fn power(a: f32, b: f32) -> f32 {
  let size = abs(a);
  if (b == 0.0 || a == 1.0) { return 1.0; }
  if (isNan(a) || isNan(b)) { return nan(); }
  if (size == 1.0 && isInfinite(b)) { return 1.0; }
  let negative = bitcast<u32>(a) >> 31u == 1u;
  let sign = select(1.0, -1.0, negative && isOdd(b));
  if (size == 0.0 || isInfinite(a)) {
    return sign * select(0.0, infinity(), (size == 0.0) == (b < 0.0));
  }
  if (negative && floor(b) != b) { return nan(); }
  return sign * powerOfPositive(size, b);
}`,

  isInfinite: `
fn isInfinite(x: f32) -> bool {
  return (bitcast<u32>(x) & 0x7fffffffu) == 0x7f800000u;
}`,

  // From 2²⁴ on all float32 numbers are even.
  isOdd: `
fn isOdd(x: f32) -> bool {
  return abs(x) < 16777216.0 && floor(x) == x && (i32(x) & 1) == 1;
}`,

  // The first twelve binary digits: by bits, so that no compiler takes them for x.
  upper: `
fn upper(x: f32) -> f32 {
  return bitcast<f32>(bitcast<u32>(x) & 0xfffff000u);
}`,

  powerOfPositive: `
fn powerOfPositive(a: f32, b: f32) -> f32 {
  if (a == 1.0) { return 1.0; }
  if (abs(b) > 4.0e9) { return select(0.0, infinity(), (a > 1.0) == (b > 0.0)); }
  let log = logarithmInTwoParts(a);
  let high = upper(b);
  let product = high * log.x;
  let rest = (b - high) * (log.x + log.y) + high * log.y;
  let k = round(product + rest);
  if (k > 128.0) { return infinity(); }
  if (k < -150.0) { return 0.0; }
  let r = ((product - k) + rest) * 0.693147182;
  let fraction = 1.0 + (r + r * r * exponentialTail(r));
  if (k == 128.0 && fraction >= 1.0) { return infinity(); }
  return timesPowerOfTwo(fraction, i32(k));
}`,

  // For a = 2ᵉ(1 + f): log₂ a = e + 2/ln 2 · (s + s³/3 + s⁵/5 + …), s = f / (2 + f).
  logarithmInTwoParts: `
fn logarithmInTwoParts(a: f32) -> vec2f {
  let parts = exponentAndMantissa(a);
  let f = parts.y - 1.0;
  let s = f / (2.0 + f);
  let sHigh = upper(s);
  let divisor = upper(2.0 + f);
  let sLow = ((f - sHigh * divisor) - sHigh * ((2.0 - divisor) + f)) / (2.0 + f);
  let t = s * s;
  let tail = s * t * (1.0 / 3.0 + t * (1.0 / 5.0 + t * (1.0 / 7.0 + t * (1.0 / 9.0))));
  let rest = 2.884765625 * (sLow + tail) + 6.24456778e-4 * (s + tail);
  let leading = 2.884765625 * sHigh;
  let high = upper(parts.x + (leading + rest));
  return vec2f(high, ((parts.x - high) + leading) + rest);
}`,
} as const
