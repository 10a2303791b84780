/** Whole numbers: what has no result is a fault. */
export const whole = {
  // aᵇ by squares: a¹³ is a⁸ · a⁴ · a.
  wholePower: `
fn wholePower(a: i32, b: i32) -> i32 {
  if (b < 0) { fault(4u, b, 0u); }
  var product = 1;
  var square = a;
  for (var left = max(b, 0); left > 0; left >>= 1u) {
    if ((left & 1) == 1) { product *= square; }
    square *= square;
  }
  return product;
}`,

  // The remainder has the sign of the divisor, as in Python.
  wholeRemainder: `
fn wholeRemainder(a: i32, b: i32) -> i32 {
  if (b == 0) {
    fault(3u, b, 0u);
    return 0;
  }
  let rest = a % b;
  return select(rest, rest + b, rest != 0 && (rest < 0) != (b < 0));
}`,
} as const
