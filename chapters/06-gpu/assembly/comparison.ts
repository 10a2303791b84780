import { Binary, lineOf, repeatedA, repeatedB } from './arithmetic'

/**
 * As `combine` (arithmetic.ts), for a question: its answers, all bits or none for each
 * number, become bytes, 1 or 0.
 */
function ask<F extends Binary>(
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
  for (; rows > 0; rows--, a += rowA, b += rowB, out += columns) {
    let x = lineOf(a, stepA, repeatedA)
    let y = lineOf(b, stepB, repeatedB)
    for (let i = 0; i < columns; i += 4, x += stepA, y += stepB) {
      const answers = f.of(v128.load(x), v128.load(y))
      const bits = v128.and(answers, i32x4.splat(1))
      const bytes = v128.shuffle<u8>(
        bits,
        bits,
        0,
        4,
        8,
        12,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
      )
      v128.store_lane<u32>(out + i, bytes, 0)
    }
  }
}

class Equal extends Binary {
  of(a: v128, b: v128): v128 {
    return f32x4.eq(a, b)
  }
}

class Unequal extends Binary {
  of(a: v128, b: v128): v128 {
    return f32x4.ne(a, b)
  }
}

class Less extends Binary {
  of(a: v128, b: v128): v128 {
    return f32x4.lt(a, b)
  }
}

class AtMost extends Binary {
  of(a: v128, b: v128): v128 {
    return f32x4.le(a, b)
  }
}

class Greater extends Binary {
  of(a: v128, b: v128): v128 {
    return f32x4.gt(a, b)
  }
}

class AtLeast extends Binary {
  of(a: v128, b: v128): v128 {
    return f32x4.ge(a, b)
  }
}

export function eq(
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
  ask<Equal>(rows, columns, a, rowA, stepA, b, rowB, stepB, out)
}

export function ne(
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
  ask<Unequal>(rows, columns, a, rowA, stepA, b, rowB, stepB, out)
}

export function lt(
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
  ask<Less>(rows, columns, a, rowA, stepA, b, rowB, stepB, out)
}

export function le(
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
  ask<AtMost>(rows, columns, a, rowA, stepA, b, rowB, stepB, out)
}

export function gt(
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
  ask<Greater>(rows, columns, a, rowA, stepA, b, rowB, stepB, out)
}

export function ge(
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
  ask<AtLeast>(rows, columns, a, rowA, stepA, b, rowB, stepB, out)
}
