/**
 * eˣ and what is made of it. WGSL's own exp may be off by 2 · |x| units of the last
 * place; these are off by a few.
 */
export const exponential = {
  // eˣ = 2ᵏ · eʳ with k = x / ln 2, rounded, so that |r| ≤ ½ ln 2. The first part of
  // ln 2 has so few digits that k times it is exact.
  exponential: `
fn exponential(x: f32) -> f32 {
  if (isNan(x)) { return x; }
  if (x > 88.7228394) { return infinity(); }
  if (x < -104.0) { return 0.0; }
  let k = round(x * 1.44269502);
  let r = (x - k * 0.693359375) + k * 2.12194440e-4;
  return timesPowerOfTwo(1.0 + (r + r * r * exponentialTail(r)), i32(k));
}`,

  // (eʳ − 1 − r) / r² = 1/2 + r/6 + r²/24 + …
  exponentialTail: `
fn exponentialTail(r: f32) -> f32 {
  return 0.5 + r * (1.0 / 6.0 + r * (1.0 / 24.0 + r * (1.0 / 120.0
    + r * (1.0 / 720.0 + r * (1.0 / 5040.0 + r * (1.0 / 40320.0))))));
}`,

  // A float32 is multiplied by 2ᵏ where k is added to its exponent. Where the result
  // has none, being below 2⁻¹²⁶, it is reached by a detour.
  timesPowerOfTwo: `
fn timesPowerOfTwo(x: f32, k: i32) -> f32 {
  let detour = select(0, 64, k < -120);
  let bits = bitcast<i32>(x) + ((k + detour) << 23u);
  return bitcast<f32>(bits) * select(1.0, 5.42101086e-20, k < -120);
}`,

  exponentialLessOne: `
fn exponentialLessOne(x: f32) -> f32 {
  if (abs(x) < 0.5) { return x * (1.0 + x * exponentialTail(x)); }
  return exponential(x) - 1.0;
}`,

  // (e²ˣ − 1) / (e²ˣ + 1)
  hyperbolicTangent: `
fn hyperbolicTangent(x: f32) -> f32 {
  if (isNan(x)) { return x; }
  let t = exponentialLessOne(2.0 * min(abs(x), 10.0));
  return withSignOf(t / (t + 2.0), x);
}`,

  logistic: `
fn logistic(x: f32) -> f32 {
  return 1.0 / (1.0 + exponential(-x));
}`,

  // Near 0 by a polynomial in x², further out by 1 − e^(−q(x)), with coefficients that
  // were fitted to the true values; beyond 4 the nearest float32 is 1.
  errorFunction: `
fn errorFunction(x: f32) -> f32 {
  if (isNan(x)) { return x; }
  let a = min(abs(x), 4.0);
  if (a < 1.0) {
    let u = x * x;
    return x * (1.12837917 + u * (-0.376126258 + u * (0.112835851 + u * (-0.0268538119
      + u * (0.00518832756 + u * (-0.000801019252 + u * 0.0000785385770))))));
  }
  let q = 0.000353708911 + a * (1.12704008 + a * (0.638225602 + a * (0.103037436
    + a * (-0.0218053512 + a * (0.00293961575 + a * -0.000185574895)))));
  return withSignOf(1.0 - exponential(-q), x);
}`,

  withSignOf: `
fn withSignOf(size: f32, x: f32) -> f32 {
  return bitcast<f32>(bitcast<u32>(size) | (bitcast<u32>(x) & 0x80000000u));
}`,
} as const
