import { inside } from './rows'

/** Which of two is taken, four times over; NaN wherever there is one. */
abstract class Choice {
  abstract of(a: v128, b: v128): v128
  /** What anything else is taken before. */
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

/** The one of n numbers that is taken before all others, four times. */
function chosenOf<C extends Choice>(x: i32, n: i32): v128 {
  const choice = changetype<C>(0)
  const none = f32x4.splat(choice.start())
  // In four lines side by side, as each choice has to wait for the one before it.
  let a = none
  let b = none
  let c = none
  let d = none
  let i = 0
  for (; i <= n - 16; i += 16) {
    a = choice.of(a, v128.load(x + 4 * i))
    b = choice.of(b, v128.load(x + 4 * i, 16))
    c = choice.of(c, v128.load(x + 4 * i, 32))
    d = choice.of(d, v128.load(x + 4 * i, 48))
  }
  for (; i < n; i += 4) {
    const some = v128.bitselect(v128.load(x + 4 * i), none, inside(i, n))
    a = choice.of(a, some)
  }
  const best = choice.of(choice.of(a, b), choice.of(c, d))
  const two = choice.of(best, i64x2.shuffle(best, best, 1, 0))
  return choice.of(two, i32x4.shuffle(two, two, 1, 0, 3, 2))
}

/** The largest of n numbers, four times; NaN if there is one, and −∞ where n is 0. */
export function largestOf(x: i32, n: i32): v128 {
  return chosenOf<Larger>(x, n)
}

function chooseInRows<C extends Choice>(
  x: i32,
  rows: i32,
  columns: i32,
  totals: i32,
  step: i32,
): void {
  const choice = changetype<C>(0)
  for (; rows > 0; rows--, x += 4 * columns, totals += step) {
    const best = choice.of(v128.load_splat<f32>(totals), chosenOf<C>(x, columns))
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
