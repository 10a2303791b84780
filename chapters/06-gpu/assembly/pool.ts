import { inside, PLACES } from './rows'

/** Four numbers, the first at an address, each `stride` numbers from the last. */
function fourApart(x: i32, stride: i32): v128 {
  if (stride === 1) return v128.load(x)
  if (stride === 2) {
    return v128.shuffle<f32>(v128.load(x), v128.load(x + 16), 0, 2, 4, 6)
  }
  const step = stride * 4
  let four = v128.load32_zero(x)
  four = v128.load_lane<f32>(x + step, four, 1)
  four = v128.load_lane<f32>(x + 2 * step, four, 2)
  return v128.load_lane<f32>(x + 3 * step, four, 3)
}

/**
 * Compares `count` numbers, `stride` apart, with the largest that their windows have so
 * far, which are in y; where one is larger, or NaN, or the first, it takes that place.
 * Beside its value it is known by its own place, from `place` on.
 */
function compare(
  x: i32,
  stride: i32,
  count: i32,
  place: i32,
  y: i32,
  places: i32,
): void {
  let at = i32x4.add(i32x4.splat(place), i32x4.mul(PLACES, i32x4.splat(stride)))
  const step = i32x4.splat(4 * stride)
  for (let c = 0; c < count; c += 4, x += 16 * stride, y += 16, places += 16) {
    const candidate = fourApart(x, stride)
    const best = v128.load(y)
    const found = v128.load(places)
    const isFirst = i32x4.eq(found, i32x4.splat(-1))
    const isNone = f32x4.ne(candidate, candidate)
    let wins = v128.or(f32x4.gt(candidate, best), v128.or(isFirst, isNone))
    wins = v128.and(wins, inside(c, count))
    v128.store(y, v128.bitselect(candidate, best, wins))
    v128.store(places, v128.bitselect(at, found, wins))
    at = i32x4.add(at, step)
  }
}

/**
 * The largest number of each of `o1` · `o2` windows on planes of `n1` · `n2` numbers,
 * and its place in its plane: of equal ones the first, of several NaN the last, and -1
 * where a window lies beside the plane. Along each axis, windows have a size, a stride,
 * a dilation, and so many numbers before the first one of the plane.
 */
export function largestInWindows(
  x: i32,
  planes: i32,
  n1: i32,
  n2: i32,
  size1: i32,
  stride1: i32,
  dilation1: i32,
  before1: i32,
  size2: i32,
  stride2: i32,
  dilation2: i32,
  before2: i32,
  o1: i32,
  o2: i32,
  y: i32,
  places: i32,
): void {
  memory.fill(places, 0xff, planes * o1 * o2 * 4)
  for (let p = 0; p < planes; p++, x += n1 * n2 * 4) {
    for (let r = 0; r < o1; r++, y += o2 * 4, places += o2 * 4) {
      for (let i = 0; i < size1; i++) {
        const row = r * stride1 + i * dilation1 - before1
        if (row < 0 || row >= n1) continue
        for (let j = 0; j < size2; j++) {
          // The windows first … end - 1 have their j-th number inside of the row.
          const start = j * dilation2 - before2
          const first = start < 0 ? (stride2 - 1 - start) / stride2 : 0
          const end = n2 > start ? min(o2, (n2 - start - 1) / stride2 + 1) : 0
          const place = row * n2 + start + first * stride2
          const to = first * 4
          compare(x + place * 4, stride2, end - first, place, y + to, places + to)
        }
      }
    }
  }
}
