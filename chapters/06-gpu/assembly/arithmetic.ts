/** An operation on two vectors, as a type (see unary.ts). */
export abstract class Binary {
  abstract of(x: v128, y: v128): v128
}

/** Room for two vectors, each of one number four times. */
export const repeatedA: i32 = <i32>memory.data(16, 16)
export const repeatedB: i32 = <i32>memory.data(16, 16)

/** Where a row's vectors are to be read: one that holds its only number, or the row. */
export function lineOf(row: i32, step: i32, repeated: i32): i32 {
  if (step) return row
  v128.store(repeated, v128.load_splat<f32>(row))
  return repeated
}

/**
 * out = f(a, b) for each of `rows` rows of `columns` numbers, which lie side by side in
 * out. In a and b rows are `rowA` and `rowB` bytes apart: 0 for the same row again and
 * again. `stepA` and `stepB` are 16 for one vector after another, 0 where all of a row
 * is a single number.
 *
 * The last vector of a row may reach into the next one, which comes later and puts that
 * right; there must be room for it behind the last.
 */
function combine<F extends Binary>(
  rows: i32,
  columns: i32,
  a: i32,
  rowA: i32,
  stepA: i32,
  b: i32,
  rowB: i32,
  stepB: i32,
  out: i32,
): void {
  const f = changetype<F>(0)
  const width = columns * 4
  for (; rows > 0; rows--, a += rowA, b += rowB, out += width) {
    let x = lineOf(a, stepA, repeatedA)
    let y = lineOf(b, stepB, repeatedB)
    for (let at = out; at < out + width; at += 16, x += stepA, y += stepB) {
      v128.store(at, f.of(v128.load(x), v128.load(y)))
    }
  }
}

class Add extends Binary {
  of(x: v128, y: v128): v128 {
    return f32x4.add(x, y)
  }
}

class Sub extends Binary {
  of(x: v128, y: v128): v128 {
    return f32x4.sub(x, y)
  }
}

class Mul extends Binary {
  of(x: v128, y: v128): v128 {
    return f32x4.mul(x, y)
  }
}

class Div extends Binary {
  of(x: v128, y: v128): v128 {
    return f32x4.div(x, y)
  }
}

class Maximum extends Binary {
  of(x: v128, y: v128): v128 {
    return f32x4.max(x, y)
  }
}

class Minimum extends Binary {
  of(x: v128, y: v128): v128 {
    return f32x4.min(x, y)
  }
}

/** The gradient that passes a relu: 0 where x ≤ 0. */
class ReluGradient extends Binary {
  of(grad: v128, x: v128): v128 {
    return v128.andnot(grad, f32x4.le(x, f32x4.splat(0)))
  }
}

export function add(
  rows: i32,
  columns: i32,
  a: i32,
  rowA: i32,
  stepA: i32,
  b: i32,
  rowB: i32,
  stepB: i32,
  out: i32,
): void {
  combine<Add>(rows, columns, a, rowA, stepA, b, rowB, stepB, out)
}

export function sub(
  rows: i32,
  columns: i32,
  a: i32,
  rowA: i32,
  stepA: i32,
  b: i32,
  rowB: i32,
  stepB: i32,
  out: i32,
): void {
  combine<Sub>(rows, columns, a, rowA, stepA, b, rowB, stepB, out)
}

export function mul(
  rows: i32,
  columns: i32,
  a: i32,
  rowA: i32,
  stepA: i32,
  b: i32,
  rowB: i32,
  stepB: i32,
  out: i32,
): void {
  combine<Mul>(rows, columns, a, rowA, stepA, b, rowB, stepB, out)
}

export function div(
  rows: i32,
  columns: i32,
  a: i32,
  rowA: i32,
  stepA: i32,
  b: i32,
  rowB: i32,
  stepB: i32,
  out: i32,
): void {
  combine<Div>(rows, columns, a, rowA, stepA, b, rowB, stepB, out)
}

export function maximum(
  rows: i32,
  columns: i32,
  a: i32,
  rowA: i32,
  stepA: i32,
  b: i32,
  rowB: i32,
  stepB: i32,
  out: i32,
): void {
  combine<Maximum>(rows, columns, a, rowA, stepA, b, rowB, stepB, out)
}

export function minimum(
  rows: i32,
  columns: i32,
  a: i32,
  rowA: i32,
  stepA: i32,
  b: i32,
  rowB: i32,
  stepB: i32,
  out: i32,
): void {
  combine<Minimum>(rows, columns, a, rowA, stepA, b, rowB, stepB, out)
}

export function reluGradient(
  rows: i32,
  columns: i32,
  a: i32,
  rowA: i32,
  stepA: i32,
  b: i32,
  rowB: i32,
  stepB: i32,
  out: i32,
): void {
  combine<ReluGradient>(rows, columns, a, rowA, stepA, b, rowB, stepB, out)
}
