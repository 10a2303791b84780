/** What a sum begins with, unless said. */
const zeros = memory.data(16)

/**
 * c = start + a · bᵀ, for matrices both of whose rows lie along k: two rows of a meet
 * four of b, and vectors are taken along k.
 *
 *     a  ████████ → k         Each of the eight sums is a vector, whose four numbers
 *        ████████             are added up in the end.
 *     b  ████████
 *        ████████             At an edge the last row is taken again: rows of c are so
 *        ████████             wide that 4 divides it, and nobody reads what is too
 *        ████████             much. `start` is as in panels.ts.
 */
export function multiplyDots(
  a: i32,
  stepA: i32,
  rows: i32,
  b: i32,
  stepB: i32,
  columns: i32,
  k: i32,
  start: i32,
  stepStart: i32,
  c: i32,
  stepC: i32,
): void {
  for (let j = 0; j < columns; j += 4) {
    const b0 = b + j * stepB
    const b1 = b + min(j + 1, columns - 1) * stepB
    const b2 = b + min(j + 2, columns - 1) * stepB
    const b3 = b + min(j + 3, columns - 1) * stepB
    for (let i = 0; i < rows; i += 2) {
      const i1 = min(i + 1, rows - 1)
      const a0 = a + i * stepA
      const a1 = a + i1 * stepA
      let s00 = f32x4.splat(0)
      let s01 = f32x4.splat(0)
      let s02 = f32x4.splat(0)
      let s03 = f32x4.splat(0)
      let s10 = f32x4.splat(0)
      let s11 = f32x4.splat(0)
      let s12 = f32x4.splat(0)
      let s13 = f32x4.splat(0)
      const whole = (k & ~3) * 4
      for (let p = 0; p < whole; p += 16) {
        const x0 = v128.load(a0 + p)
        const x1 = v128.load(a1 + p)
        const y0 = v128.load(b0 + p)
        const y1 = v128.load(b1 + p)
        const y2 = v128.load(b2 + p)
        const y3 = v128.load(b3 + p)
        s00 = f32x4.add(s00, f32x4.mul(x0, y0))
        s01 = f32x4.add(s01, f32x4.mul(x0, y1))
        s02 = f32x4.add(s02, f32x4.mul(x0, y2))
        s03 = f32x4.add(s03, f32x4.mul(x0, y3))
        s10 = f32x4.add(s10, f32x4.mul(x1, y0))
        s11 = f32x4.add(s11, f32x4.mul(x1, y1))
        s12 = f32x4.add(s12, f32x4.mul(x1, y2))
        s13 = f32x4.add(s13, f32x4.mul(x1, y3))
      }
      // What is left of k, a number at a time: the other three of each vector are 0.
      for (let p = whole; p < k * 4; p += 4) {
        const x0 = v128.load32_zero(a0 + p)
        const x1 = v128.load32_zero(a1 + p)
        const y0 = v128.load32_zero(b0 + p)
        const y1 = v128.load32_zero(b1 + p)
        const y2 = v128.load32_zero(b2 + p)
        const y3 = v128.load32_zero(b3 + p)
        s00 = f32x4.add(s00, f32x4.mul(x0, y0))
        s01 = f32x4.add(s01, f32x4.mul(x0, y1))
        s02 = f32x4.add(s02, f32x4.mul(x0, y2))
        s03 = f32x4.add(s03, f32x4.mul(x0, y3))
        s10 = f32x4.add(s10, f32x4.mul(x1, y0))
        s11 = f32x4.add(s11, f32x4.mul(x1, y1))
        s12 = f32x4.add(s12, f32x4.mul(x1, y2))
        s13 = f32x4.add(s13, f32x4.mul(x1, y3))
      }
      const from0 = start === 0 ? zeros : start + i * stepStart + j * 4
      const from1 = start === 0 ? zeros : start + i1 * stepStart + j * 4
      const sum0 = f32x4.add(v128.load(from0), totals(s00, s01, s02, s03))
      const sum1 = f32x4.add(v128.load(from1), totals(s10, s11, s12, s13))
      v128.store(c + i * stepC + j * 4, sum0)
      v128.store(c + i1 * stepC + j * 4, sum1)
    }
  }
}

/** The sums of the numbers of four vectors, as one vector. */
function totals(a: v128, b: v128, c: v128, d: v128): v128 {
  // a0 + a2, b0 + b2, a1 + a3, b1 + b3, and the same of c and d
  const ab = f32x4.add(
    v128.shuffle<f32>(a, b, 0, 4, 1, 5),
    v128.shuffle<f32>(a, b, 2, 6, 3, 7),
  )
  const cd = f32x4.add(
    v128.shuffle<f32>(c, d, 0, 4, 1, 5),
    v128.shuffle<f32>(c, d, 2, 6, 3, 7),
  )
  return f32x4.add(
    v128.shuffle<f32>(ab, cd, 0, 1, 4, 5),
    v128.shuffle<f32>(ab, cd, 2, 3, 6, 7),
  )
}
