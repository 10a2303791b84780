/** The places 0, 1, 2 and 3. */
export const PLACES: v128 = i32x4(0, 1, 2, 3)

/** Which of the four numbers from the i-th on are in a row of n: all bits of them. */
export function inside(i: i32, n: i32): v128 {
  return i32x4.lt_s(i32x4.add(i32x4.splat(i), PLACES), i32x4.splat(n))
}

/**
 * Adds the four numbers of x to two sums in float64: a million of them stay as exact as
 * their input.
 */
export function addTo(sums: v128, x: v128): v128 {
  const high = i64x2.shuffle(x, x, 1, 0)
  const pairs = f64x2.add(f64x2.promote_low_f32x4(x), f64x2.promote_low_f32x4(high))
  return f64x2.add(sums, pairs)
}

export function total(sums: v128): f64 {
  return f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1)
}

/** The sum of n numbers. */
export function sumOf(x: i32, n: i32): f64 {
  let sums = f64x2.splat(0)
  let i = 0
  for (; i <= n - 4; i += 4) sums = addTo(sums, v128.load(x + 4 * i))
  if (i < n) sums = addTo(sums, v128.and(v128.load(x + 4 * i), inside(i, n)))
  return total(sums)
}

/** The mean of n numbers. */
export function meanOf(x: i32, n: i32): f32 {
  return <f32>(sumOf(x, n) / n)
}

/** Σ (x − mean)² / n */
export function varianceOf(x: i32, n: i32, mean: f32): f32 {
  let sums = f64x2.splat(0)
  for (let i = 0; i < n; i += 4) {
    const rest = f32x4.sub(v128.load(x + 4 * i), f32x4.splat(mean))
    sums = addTo(sums, v128.and(f32x4.mul(rest, rest), inside(i, n)))
  }
  return <f32>(total(sums) / n)
}
