/**
 * WGSL leaves open which of two neighbours a number becomes that lies between them, and
 * what becomes of one that is too large. So a float16 is put together of bits:
 *
 *     float32    s eeeeeeee fffffffffffffffffffffff    ±(1 + f / 2²³) · 2^(e − 127)
 *     float16    s    eeeee ffffffffff                 ±(1 + f / 2¹⁰) · 2^(e − 15)
 *
 * Adding just less than half of what is cut off, and one more where the last bit that
 * stays is odd, rounds to the nearest, and of two equally near to the even one.
 */
export const half = {
  toHalf: `
fn toHalf(x: f32) -> f16 {
  let bits = bitcast<u32>(x);
  let size = bits & 0x7fffffffu;
  var rounded = (size - 0x38000000u + 0xfffu + ((size >> 13u) & 1u)) >> 13u;
  if (size < 0x38800000u) { rounded = smallHalf(size); }
  if (size >= 0x47800000u) { rounded = 0x7c00u; }
  if (size > 0x7f800000u) { rounded = 0x7e00u; }
  return bitcast<vec2<f16>>(rounded | ((bits >> 16u) & 0x8000u)).x;
}`,

  // Below 2⁻¹⁴ a float16 counts in steps of 2⁻²⁴.
  smallHalf: `
fn smallHalf(size: u32) -> u32 {
  let cut = 126u - (size >> 23u);
  if (cut > 24u) { return 0u; }
  let digits = (size & 0x7fffffu) | 0x800000u;
  let odd = (digits >> cut) & 1u;
  return (digits + (1u << (cut - 1u)) - 1u + odd) >> cut;
}`,
} as const
