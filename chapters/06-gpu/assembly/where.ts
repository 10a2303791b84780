import { lineOf, repeatedA, repeatedB } from './arithmetic'

/** Room for the byte of a condition that is the same along a row, four times. */
const repeatedByte: i32 = <i32>memory.data(4, 4)

/**
 * out = condition ? a : b, in rows as in `combine` (arithmetic.ts); of the condition,
 * numbers are bytes, and `stepC` is 4 or 0.
 */
export function where(
  rows: i32,
  columns: i32,
  condition: i32,
  rowC: i32,
  stepC: i32,
  a: i32,
  rowA: i32,
  stepA: i32,
  b: i32,
  rowB: i32,
  stepB: i32,
  out: i32,
): void {
  const width = columns * 4
  for (; rows > 0; rows--, condition += rowC, a += rowA, b += rowB, out += width) {
    let test = condition
    if (!stepC) {
      store<i32>(repeatedByte, load<u8>(condition) ? 0x01010101 : 0)
      test = repeatedByte
    }
    let x = lineOf(a, stepA, repeatedA)
    let y = lineOf(b, stepB, repeatedB)
    for (let at = out; at < out + width; at += 16) {
      const bytes = i16x8.extend_low_i8x16_u(v128.load32_zero(test))
      const isTrue = i32x4.ne(i32x4.extend_low_i16x8_u(bytes), i32x4.splat(0))
      v128.store(at, v128.bitselect(v128.load(x), v128.load(y), isTrue))
      test += stepC
      x += stepA
      y += stepB
    }
  }
}
