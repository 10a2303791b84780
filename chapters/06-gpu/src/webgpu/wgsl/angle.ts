/**
 * sin and cos of angles of any size. WGSL's own are good between −π and π only.
 */
export const angle = {
  sine: `
fn sine(x: f32) -> f32 {
  let turn = quarterTurns(x);
  let size = sineOrCosine(turn.quarter, turn.rest);
  return bitcast<f32>(bitcast<u32>(size) ^ (bitcast<u32>(x) & 0x80000000u));
}`,

  cosine: `
fn cosine(x: f32) -> f32 {
  let turn = quarterTurns(x);
  return sineOrCosine(turn.quarter + 1, turn.rest);
}`,

  // An angle of so many quarter turns, and the rest, between −π/4 and π/4.
  sineOrCosine: `
fn sineOrCosine(quarter: i32, r: f32) -> f32 {
  let t = r * r;
  let sine = r + r * t * (-1.0 / 6.0 + t * (1.0 / 120.0
    + t * (-1.0 / 5040.0 + t * (1.0 / 362880.0))));
  let cosine = 1.0 + t * (-0.5 + t * (1.0 / 24.0 + t * (-1.0 / 720.0
    + t * (1.0 / 40320.0 + t * (-1.0 / 3628800.0)))));
  let size = select(sine, cosine, (quarter & 1) == 1);
  return select(size, -size, (quarter & 2) == 2);
}`,

  Turn: `
struct Turn { quarter: i32, rest: f32 }`,

  // |x| = m · 2ᵉ with a whole m of 24 bits, and |x| · 2/π = m · (2/π · 2ᵉ): of the bits
  // of 2/π, only those 96 count that m brings near the point. Above them are whole
  // turns, below them less than a float32 tells (Payne & Hanek 1983).
  quarterTurns: `
fn quarterTurns(x: f32) -> Turn {
  let size = abs(x);
  if (size < 0.785398126) { return Turn(0, size); }
  let bits = bitcast<u32>(size);
  if (bits >= 0x7f800000u) { return Turn(0, nan()); }
  let m = (bits & 0x7fffffu) | 0x800000u;
  let start = (bits >> 23u) - 120u;
  let high = bitsOfTwoByPi(start);
  let middle = bitsOfTwoByPi(start + 32u);
  let low = multiplyHigh(m, bitsOfTwoByPi(start + 64u));
  let second = m * middle + low;
  let carry = select(0u, 1u, second < low);
  return turnFrom(m * high + multiplyHigh(m, middle) + carry, second);
}`,

  // 32 bits of 2/π, with 32 zeros before its first.
  bitsOfTwoByPi: `
const twoByPi = array<u32, 8>(
  0u, 0xa2f9836eu, 0x4e441529u, 0xfc2757d1u, 0xf534ddc0u, 0xdb629599u, 0x3c439041u,
  0xfe5163abu,
);
fn bitsOfTwoByPi(start: u32) -> u32 {
  var words = twoByPi;
  let word = start / 32u;
  let shift = start % 32u;
  let first = words[word] << shift;
  if (shift == 0u) { return first; }
  return first | (words[min(word + 1u, 7u)] >> (32u - shift));
}`,

  // Two bits of quarter turns and 62 of a fraction, which is rounded to the nearest
  // whole: what is left is its distance from there, above or below.
  turnFrom: `
fn turnFrom(high: u32, low: u32) -> Turn {
  let quarter = (high + 0x20000000u) >> 30u;
  var top = (high << 2u) | (low >> 30u);
  var rest = low << 2u;
  let below = top >= 0x80000000u;
  if (below) {
    rest = ~rest + 1u;
    top = ~top + select(0u, 1u, rest == 0u);
  }
  let zeros = min(countLeadingZeros(top), 31u);
  if (zeros > 0u) { top = (top << zeros) | (rest >> (32u - zeros)); }
  let size = f32(top) * (1.57079637 / 4294967296.0) / f32(1u << zeros);
  return Turn(i32(quarter), select(size, -size, below));
}`,

  // The upper 32 bits of a product, by halves.
  multiplyHigh: `
fn multiplyHigh(a: u32, b: u32) -> u32 {
  let aLow = a & 0xffffu;
  let aHigh = a >> 16u;
  let bLow = b & 0xffffu;
  let bHigh = b >> 16u;
  let middle = aHigh * bLow + ((aLow * bLow) >> 16u);
  let carry = (middle & 0xffffu) + aLow * bHigh;
  return aHigh * bHigh + (middle >> 16u) + (carry >> 16u);
}`,
} as const
