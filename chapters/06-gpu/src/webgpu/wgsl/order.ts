/**
 * Keys are u32 numbers that stand in the order of the elements that they are made of,
 * so that one kernel compares all dtypes. NaN comes last, and −0 equals 0.
 */
export const order = {
  keyOfFloat: `
fn keyOfFloat(x: f32) -> u32 {
  let bits = bitcast<u32>(x);
  if (isNan(x)) { return 0xffffffffu; }
  if ((bits & 0x7fffffffu) == 0u) { return 0x80000000u; }
  return select(bits | 0x80000000u, ~bits, bits >> 31u == 1u);
}`,

  keyOfWhole: `
fn keyOfWhole(x: i32) -> u32 {
  return bitcast<u32>(x) ^ 0x80000000u;
}`,

  // The other way round, but NaN still comes last.
  fallingKeyOfFloat: `
fn fallingKeyOfFloat(x: f32) -> u32 {
  return select(~keyOfFloat(x), 0xffffffffu, isNan(x));
}`,
} as const

/** The key of an element, as an expression. */
export const keyOf = {
  float32: (x: string) => `keyOfFloat(${x})`,
  float16: (x: string) => `keyOfFloat(f32(${x}))`,
  int32: (x: string) => `keyOfWhole(${x})`,
  bool: (x: string) => x,
} as const

/** A key that is larger for smaller elements. */
export const fallingKeyOf = {
  float32: (x: string) => `fallingKeyOfFloat(${x})`,
  float16: (x: string) => `fallingKeyOfFloat(f32(${x}))`,
  int32: (x: string) => `~keyOfWhole(${x})`,
  bool: (x: string) => `~${x}`,
} as const
