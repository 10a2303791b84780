/**
 * out[r][i] = x[r][index[r][i]] for rows of `extent` numbers, and n places in each.
 * False, and not finished, where a place is outside of its row.
 */
export function gather(
  x: i32,
  extent: i32,
  index: i32,
  n: i32,
  rows: i32,
  out: i32,
): bool {
  for (; rows > 0; rows--, x += extent * 4) {
    for (const end = index + n * 4; index < end; index += 4, out += 4) {
      const place = load<u32>(index)
      if (place >= <u32>extent) return false
      store<f32>(out, load<f32>(x + (place << 2)))
    }
  }
  return true
}

/** The other way round: out[r][index[r][i]] += source[r][i]. */
export function scatterAdd(
  out: i32,
  extent: i32,
  index: i32,
  n: i32,
  rows: i32,
  source: i32,
): bool {
  for (; rows > 0; rows--, out += extent * 4) {
    for (const end = index + n * 4; index < end; index += 4, source += 4) {
      const place = load<u32>(index)
      if (place >= <u32>extent) return false
      const at = out + (place << 2)
      store<f32>(at, load<f32>(at) + load<f32>(source))
    }
  }
  return true
}
