/**
 * Copies a matrix of any steps, in bytes, into rows `stepTo` apart, whose numbers are
 * neighbours: four by four where its own rows or columns are, else one by one.
 */
export function arrange(
  from: i32,
  stepI: i32,
  stepJ: i32,
  rows: i32,
  columns: i32,
  to: i32,
  stepTo: i32,
): void {
  const fours = stepI === 4 || stepJ === 4
  const height = fours ? rows & ~3 : 0
  const width = fours ? columns & ~3 : 0
  for (let i = 0; i < height; i += 4) {
    for (let j = 0; j < width; j += 4) {
      const source = from + i * stepI + j * stepJ
      const target = to + i * stepTo + j * 4
      if (stepJ === 4) copyFour(source, stepI, target, stepTo)
      else turnFour(source, stepJ, target, stepTo)
    }
  }
  copySingly(from, stepI, stepJ, 0, height, width, columns, to, stepTo)
  copySingly(from, stepI, stepJ, height, rows, 0, columns, to, stepTo)
}

/** Four rows of four numbers, as they are. */
function copyFour(from: i32, step: i32, to: i32, stepTo: i32): void {
  v128.store(to, v128.load(from))
  v128.store(to + stepTo, v128.load(from + step))
  v128.store(to + 2 * stepTo, v128.load(from + 2 * step))
  v128.store(to + 3 * stepTo, v128.load(from + 3 * step))
}

/**
 * Four columns of four numbers become rows, in two rounds of exchanges:
 *
 *     a0 a1 a2 a3       a0 b0 a1 b1       a0 b0 c0 d0
 *     b0 b1 b2 b3   →   a2 b2 a3 b3   →   a1 b1 c1 d1
 *     c0 c1 c2 c3       c0 d0 c1 d1       a2 b2 c2 d2
 *     d0 d1 d2 d3       c2 d2 c3 d3       a3 b3 c3 d3
 */
function turnFour(from: i32, step: i32, to: i32, stepTo: i32): void {
  const a = v128.load(from)
  const b = v128.load(from + step)
  const c = v128.load(from + 2 * step)
  const d = v128.load(from + 3 * step)
  const ab01 = v128.shuffle<f32>(a, b, 0, 4, 1, 5)
  const ab23 = v128.shuffle<f32>(a, b, 2, 6, 3, 7)
  const cd01 = v128.shuffle<f32>(c, d, 0, 4, 1, 5)
  const cd23 = v128.shuffle<f32>(c, d, 2, 6, 3, 7)
  v128.store(to, v128.shuffle<f32>(ab01, cd01, 0, 1, 4, 5))
  v128.store(to + stepTo, v128.shuffle<f32>(ab01, cd01, 2, 3, 6, 7))
  v128.store(to + 2 * stepTo, v128.shuffle<f32>(ab23, cd23, 0, 1, 4, 5))
  v128.store(to + 3 * stepTo, v128.shuffle<f32>(ab23, cd23, 2, 3, 6, 7))
}

/** Rows i to `rows` of columns j to `columns`, one number after another. */
function copySingly(
  from: i32,
  stepI: i32,
  stepJ: i32,
  i: i32,
  rows: i32,
  j: i32,
  columns: i32,
  to: i32,
  stepTo: i32,
): void {
  for (; i < rows; i++) {
    for (let q = j; q < columns; q++) {
      store<f32>(to + i * stepTo + q * 4, load<f32>(from + i * stepI + q * stepJ))
    }
  }
}
