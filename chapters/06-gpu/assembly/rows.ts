/** The places 0, 1, 2 and 3. */
const PLACES: v128 = i32x4(0, 1, 2, 3)

/** Which of the four numbers from the i-th on are in a row of n: all bits of them. */
export function inside(i: i32, n: i32): v128 {
  return i32x4.lt_s(i32x4.add(i32x4.splat(i), PLACES), i32x4.splat(n))
}

/** The largest of n numbers; NaN if there is one, and −∞ where n is 0. */
export function largestOf(x: i32, n: i32): f32 {
  const least = f32x4.splat(-f32.POSITIVE_INFINITY)
  let largest = least
  for (let i = 0; i < n; i += 4) {
    const some = v128.bitselect(v128.load(x + 4 * i), least, inside(i, n))
    largest = f32x4.max(largest, some)
  }
  const half = f32x4.max(largest, i64x2.shuffle(largest, largest, 1, 0))
  return max(f32x4.extract_lane(half, 0), f32x4.extract_lane(half, 1))
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
