// Addresses, and the steps between neighbours, are in bytes: a float32 has four.

/** So many columns of b at a time: with two rows of a, their sums fill 8 registers. */
const WIDTH: i32 = 16

/** So many steps along k at a time: what they take of a panel stays in the cache. */
const DEPTH: i32 = 256

/**
 * Copies b, [k, columns], into panels of 16 columns, each to be read from its first
 * byte to its last. The last panel is filled up with zeros. Panels are `stepPanel` apart: taller
 * than k, if the rest is packed later.
 *
 *     ┌────┬────┬──┐
 *     │ →  │ →  │→ │       ┌────┐┌────┐┌────┐
 *     │ →  │ →  │→ │   →   │  → ││  → ││ →00│
 *     │ →  │ →  │→ │       └────┘└────┘└────┘
 *     └────┴────┴──┘
 */
export function packColumns(
  b: i32,
  stepK: i32,
  stepJ: i32,
  k: i32,
  columns: i32,
  to: i32,
  stepPanel: i32,
): void {
  for (let j = 0; j < columns; j += WIDTH, to += stepPanel) {
    const width = min(WIDTH, columns - j)
    for (let p = 0; p < k; p++) {
      const row = b + p * stepK + j * stepJ
      const line = to + p * WIDTH * 4
      for (let i = 0; i < width; i++) {
        store<f32>(line + i * 4, load<f32>(row + i * stepJ))
      }
      for (let i = width; i < WIDTH; i++) store<f32>(line + i * 4, 0)
    }
  }
}

/** Copies a, [rows, k], so that the numbers of each row lie side by side. */
export function packRows(
  a: i32,
  stepI: i32,
  stepK: i32,
  rows: i32,
  k: i32,
  to: i32,
): void {
  for (let i = 0; i < rows; i++) {
    for (let p = 0; p < k; p++, to += 4) {
      store<f32>(to, load<f32>(a + i * stepI + p * stepK))
    }
  }
}

/**
 * c = start + a · b: all rows of a, `stepA` apart, times all packed columns of b. The
 * rows of c, `stepC` apart, are as wide as the panels. Those of `start` are `stepStart`
 * apart: 0 if all are one, or they may be c itself.
 */
export function multiply(
  a: i32,
  stepA: i32,
  rows: i32,
  b: i32,
  k: i32,
  panels: i32,
  start: i32,
  stepStart: i32,
  c: i32,
  stepC: i32,
): void {
  for (let p = 0; p === 0 || p < k; p += DEPTH) {
    const depth = min(DEPTH, k - p)
    for (let j = 0; j < panels; j++) {
      const panel = b + (j * k + p) * WIDTH * 4
      const across = j * WIDTH * 4
      // An odd last row is taken twice: the same sums are stored twice.
      for (let i = 0; i < rows; i += 2) {
        const i1 = min(i + 1, rows - 1)
        const c0 = c + i * stepC + across
        const c1 = c + i1 * stepC + across
        const from0 = p === 0 ? start + i * stepStart + across : c0
        const from1 = p === 0 ? start + i1 * stepStart + across : c1
        const a0 = a + i * stepA + p * 4
        const a1 = a + i1 * stepA + p * 4
        tile(a0, a1, panel, depth, from0, from1, c0, c1)
      }
    }
  }
}

/** Two rows of a times one panel of b: each number that is read is used 2 or 16 times. */
function tile(
  a0: i32,
  a1: i32,
  b: i32,
  k: i32,
  from0: i32,
  from1: i32,
  c0: i32,
  c1: i32,
): void {
  let s00 = v128.load(from0)
  let s01 = v128.load(from0, 16)
  let s02 = v128.load(from0, 32)
  let s03 = v128.load(from0, 48)
  let s10 = v128.load(from1)
  let s11 = v128.load(from1, 16)
  let s12 = v128.load(from1, 32)
  let s13 = v128.load(from1, 48)
  for (const end = a0 + k * 4; a0 < end; a0 += 4, a1 += 4, b += WIDTH * 4) {
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
  v128.store(c0, s00)
  v128.store(c0, s01, 16)
  v128.store(c0, s02, 32)
  v128.store(c0, s03, 48)
  v128.store(c1, s10)
  v128.store(c1, s11, 16)
  v128.store(c1, s12, 32)
  v128.store(c1, s13, 48)
}

/** Moves rows of c, `stepC` apart, together until they are `width` bytes apart. */
export function closeRows(c: i32, stepC: i32, rows: i32, width: i32): void {
  for (let i = 1; i < rows; i++) memory.copy(c + i * width, c + i * stepC, width)
}
