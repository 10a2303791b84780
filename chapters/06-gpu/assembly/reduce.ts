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

/** Which of two is taken, four times over; NaN wherever there is one. */
abstract class Choice {
  abstract of(a: v128, b: v128): v128
  abstract start(): f32
}

class Larger extends Choice {
  of(a: v128, b: v128): v128 {
    return f32x4.max(a, b)
  }
  start(): f32 {
    return -Infinity
  }
}

class Smaller extends Choice {
  of(a: v128, b: v128): v128 {
    return f32x4.min(a, b)
  }
  start(): f32 {
    return Infinity
  }
}

function chooseInRows<C extends Choice>(
  x: i32,
  rows: i32,
  columns: i32,
  totals: i32,
  step: i32,
): void {
  const choice = changetype<C>(0)
  const none = f32x4.splat(choice.start())
  for (; rows > 0; rows--, x += 4 * columns, totals += step) {
    let best = v128.load_splat<f32>(totals)
    let i = 0
    for (; i <= columns - 4; i += 4) best = choice.of(best, v128.load(x + 4 * i))
    if (i < columns) {
      const rest = v128.bitselect(v128.load(x + 4 * i), none, inside(i, columns))
      best = choice.of(best, rest)
    }
    best = choice.of(best, i64x2.shuffle(best, best, 1, 0))
    best = choice.of(best, i32x4.shuffle(best, best, 1, 0, 3, 2))
    store<f32>(totals, f32x4.extract_lane(best, 0))
  }
}

function chooseInColumns<C extends Choice>(
  x: i32,
  rows: i32,
  columns: i32,
  totals: i32,
): void {
  const choice = changetype<C>(0)
  const none = f32x4.splat(choice.start())
  for (let j = 0; j < columns; j += 4, x += 16, totals += 16) {
    let best = v128.load(totals)
    const mask = inside(j, columns)
    for (let i = 0, at = x; i < rows; i++, at += 4 * columns) {
      best = choice.of(best, v128.bitselect(v128.load(at), none, mask))
    }
    v128.store(totals, best)
  }
}

export function maxRows(x: i32, rows: i32, columns: i32, totals: i32, step: i32): void {
  chooseInRows<Larger>(x, rows, columns, totals, step)
}

export function minRows(x: i32, rows: i32, columns: i32, totals: i32, step: i32): void {
  chooseInRows<Smaller>(x, rows, columns, totals, step)
}

export function maxColumns(x: i32, rows: i32, columns: i32, totals: i32): void {
  chooseInColumns<Larger>(x, rows, columns, totals)
}

export function minColumns(x: i32, rows: i32, columns: i32, totals: i32): void {
  chooseInColumns<Smaller>(x, rows, columns, totals)
}
