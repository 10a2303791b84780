/** ln x; WGSL's own log may lose all digits near 1. */
export const logarithm = {
  // x = 2ᵉ · m with √½ ≤ m < √2 gives ln x = e · ln 2 + ln m.
  logarithm: `
fn logarithm(x: f32) -> f32 {
  let bits = bitcast<u32>(x);
  if ((bits & 0x7fffffffu) == 0u) { return -infinity(); }
  if (bits > 0x7f800000u) { return nan(); }
  if (bits == 0x7f800000u) { return x; }
  let parts = exponentAndMantissa(x);
  return logarithmOfParts(parts.x, parts.y - 1.0);
}`,

  logarithmOfOnePlus: `
fn logarithmOfOnePlus(x: f32) -> f32 {
  if (abs(x) < 0.4) { return logarithmOfParts(0.0, x); }
  return logarithm(1.0 + x);
}`,

  // A number below 2⁻¹²⁶ has no exponent of its own: its bits count units of 2⁻¹⁴⁹.
  exponentAndMantissa: `
fn exponentAndMantissa(x: f32) -> vec2f {
  var bits = bitcast<u32>(x);
  var lowered = 0.0;
  if (bits < 0x800000u) {
    bits = bitcast<u32>(f32(bits));
    lowered = 149.0;
  }
  let shifted = bits - 0x3f3504f3u;
  let exponent = bitcast<i32>(shifted) >> 23u;
  let mantissa = bitcast<f32>((shifted & 0x7fffffu) + 0x3f3504f3u);
  return vec2f(f32(exponent) - lowered, mantissa);
}`,

  // ln(1 + f) = f − f²/2 + s · (f²/2 + r) with s = f / (2 + f), where
  // r = ⅔ s² + ⅖ s⁴ + …: so the error of a division meets small numbers only.
  logarithmOfParts: `
fn logarithmOfParts(exponent: f32, f: f32) -> f32 {
  let s = f / (2.0 + f);
  let t = s * s;
  let r = t * (2.0 / 3.0 + t * (2.0 / 5.0 + t * (2.0 / 7.0 + t * (2.0 / 9.0))));
  let half = 0.5 * f * f;
  let small = s * (half + r) - exponent * 2.12194440e-4;
  return exponent * 0.693359375 + (f - (half - small));
}`,
} as const
