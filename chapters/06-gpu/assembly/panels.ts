// Addresses, and the steps between neighbours, are in bytes: a float32 has four.

/** So many columns of b at a time: with two rows of a, their sums fill 8 registers. */
const WIDTH: i32 = 16

/** So many steps along k at a time: what they take of a panel stays in the cache. */
const DEPTH: i32 = 256

/** What the sums begin with, unless said. */
const zeros = memory.data(WIDTH * 4)

/**
 * c = start + a · b, a panel of 16 columns of b at a time. Numbers of a are neighbours
 * along k; those of b, and of c, along the columns. All panels are whole: b and c have
 * columns after the last that somebody asked for, and nobody reads these.
 *
 * `stepStart` is 0 if all rows of c begin as the one at `start`, and `start` is 0 if
 * they begin as zeros.
 */
export function multiplyPanels(
  a: i32,
  stepA: i32,
  rows: i32,
  b: i32,
  stepK: i32,
  stepPanel: i32,
  columns: i32,
  k: i32,
  start: i32,
  stepStart: i32,
  c: i32,
  stepC: i32,
): void {
  for (let p = 0; p === 0 || p < k; p += DEPTH) {
    const depth = min(DEPTH, k - p)
    let panel = b + p * stepK
    for (let j = 0; j < columns; j += WIDTH, panel += stepPanel) {
      const across = j * 4
      // An odd last row is taken twice: the same sums are stored twice.
      for (let i = 0; i < rows; i += 2) {
        const i1 = min(i + 1, rows - 1)
        const c0 = c + i * stepC + across
        const c1 = c + i1 * stepC + across
        let from0 = c0
        let from1 = c1
        if (p === 0) {
          from0 = start === 0 ? zeros : start + i * stepStart + across
          from1 = start === 0 ? zeros : start + i1 * stepStart + across
        }
        const a0 = a + i * stepA + p * 4
        const a1 = a + i1 * stepA + p * 4
        tile(a0, a1, panel, stepK, depth, from0, from1, c0, c1)
      }
    }
  }
}

/**
 * Two rows of a times one panel of b: what is read is used twice, or 16 times. The sums
 * of this part of k are added to the rest as a whole, which rounds less than one by one.
 */
function tile(
  a0: i32,
  a1: i32,
  b: i32,
  stepK: i32,
  k: i32,
  from0: i32,
  from1: i32,
  c0: i32,
  c1: i32,
): void {
  let s00 = f32x4.splat(0)
  let s01 = f32x4.splat(0)
  let s02 = f32x4.splat(0)
  let s03 = f32x4.splat(0)
  let s10 = f32x4.splat(0)
  let s11 = f32x4.splat(0)
  let s12 = f32x4.splat(0)
  let s13 = f32x4.splat(0)
  for (const end = a0 + k * 4; a0 < end; a0 += 4, a1 += 4, b += stepK) {
    const x0 = v128.load_splat<f32>(a0)
    const x1 = v128.load_splat<f32>(a1)
    const y0 = v128.load(b)
    const y1 = v128.load(b, 16)
    const y2 = v128.load(b, 32)
    const y3 = v128.load(b, 48)
    s00 = f32x4.add(s00, f32x4.mul(x0, y0))
    s01 = f32x4.add(s01, f32x4.mul(x0, y1))
    s02 = f32x4.add(s02, f32x4.mul(x0, y2))
    s03 = f32x4.add(s03, f32x4.mul(x0, y3))
    s10 = f32x4.add(s10, f32x4.mul(x1, y0))
    s11 = f32x4.add(s11, f32x4.mul(x1, y1))
    s12 = f32x4.add(s12, f32x4.mul(x1, y2))
    s13 = f32x4.add(s13, f32x4.mul(x1, y3))
  }
  s00 = f32x4.add(v128.load(from0), s00)
  s01 = f32x4.add(v128.load(from0, 16), s01)
  s02 = f32x4.add(v128.load(from0, 32), s02)
  s03 = f32x4.add(v128.load(from0, 48), s03)
  s10 = f32x4.add(v128.load(from1), s10)
  s11 = f32x4.add(v128.load(from1, 16), s11)
  s12 = f32x4.add(v128.load(from1, 32), s12)
  s13 = f32x4.add(v128.load(from1, 48), s13)
  v128.store(c0, s00)
  v128.store(c0, s01, 16)
  v128.store(c0, s02, 32)
  v128.store(c0, s03, 48)
  v128.store(c1, s10)
  v128.store(c1, s11, 16)
  v128.store(c1, s12, 32)
  v128.store(c1, s13, 48)
}
