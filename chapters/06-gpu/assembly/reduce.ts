import { inside, sumOf } from './rows'

/** Adds to each total, `step` bytes after the last one, the sum of a row. */
export function sumRows(x: i32, rows: i32, columns: i32, totals: i32, step: i32): void {
  for (; rows > 0; rows--, x += 4 * columns, totals += step) {
    store<f64>(totals, load<f64>(totals) + sumOf(x, columns))
  }
}

/** Adds to each of `columns` totals the sum of a column. */
export function sumColumns(x: i32, rows: i32, columns: i32, totals: i32): void {
  for (let j = 0; j < columns; j += 4, x += 16, totals += 32) {
    let low = v128.load(totals)
    let high = v128.load(totals, 16)
    const mask = inside(j, columns)
    for (let i = 0, at = x; i < rows; i++, at += 4 * columns) {
      const some = v128.and(v128.load(at), mask)
      low = f64x2.add(low, f64x2.promote_low_f32x4(some))
      const others = i64x2.shuffle(some, some, 1, 0)
      high = f64x2.add(high, f64x2.promote_low_f32x4(others))
    }
    v128.store(totals, low)
    v128.store(totals, high, 16)
  }
}

/** Rounds totals to float32. */
export function roundTotals(totals: i32, count: i32, to: i32): void {
  for (let i = 0; i < count; i++) {
    store<f32>(to + 4 * i, <f32>load<f64>(totals + 8 * i))
  }
}
