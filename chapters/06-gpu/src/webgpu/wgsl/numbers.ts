/**
 * WGSL lets a compiler assume that no number is NaN or infinite, and it refuses to say
 * either in a program. So what depends on them looks at bits: a float32 is NaN if its
 * exponent is all ones, and its fraction not 0.
 */
export const numbers = {
  isNan: `
fn isNan(x: f32) -> bool {
  return (bitcast<u32>(x) & 0x7fffffffu) > 0x7f800000u;
}`,

  // NaN, too, is not zero.
  isZero: `
fn isZero(x: f32) -> bool {
  return (bitcast<u32>(x) & 0x7fffffffu) == 0u;
}`,

  // Through a variable, since a constant of these bits is refused.
  nan: `
fn nan() -> f32 {
  var bits = 0x7fc00000u;
  return bitcast<f32>(bits);
}`,

  infinity: `
fn infinity() -> f32 {
  var bits = 0x7f800000u;
  return bitcast<f32>(bits);
}`,

  // Of 0 and −0, the larger is 0: of two equal numbers it has the sign bit if both do.
  larger: `
fn larger(a: f32, b: f32) -> f32 {
  if (isNan(a) || isNan(b)) { return nan(); }
  if (a == b) { return bitcast<f32>(bitcast<u32>(a) & bitcast<u32>(b)); }
  return select(b, a, a > b);
}`,

  smaller: `
fn smaller(a: f32, b: f32) -> f32 {
  if (isNan(a) || isNan(b)) { return nan(); }
  if (a == b) { return bitcast<f32>(bitcast<u32>(a) | bitcast<u32>(b)); }
  return select(b, a, a < b);
}`,

  // As JavaScript does, where WGSL would stop at the last int32: modulo 2³².
  wholeFrom: `
fn wholeFrom(x: f32) -> i32 {
  if (abs(x) < 2147483648.0) { return i32(x); }
  let bits = bitcast<u32>(x);
  let shift = ((bits >> 23u) & 255u) - 150u;
  if (shift > 31u) { return 0; }
  let size = bitcast<i32>(((bits & 0x7fffffu) | 0x800000u) << shift);
  return select(size, -size, (bits >> 31u) == 1u);
}`,
} as const
