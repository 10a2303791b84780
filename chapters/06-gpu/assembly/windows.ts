/** Copies `count` numbers that are neighbours. */
function copyLine(from: i32, count: i32, to: i32): void {
  const whole = (count & ~3) * 4
  for (let i = 0; i < whole; i += 16) v128.store(to + i, v128.load(from + i))
  for (let i = whole; i < count * 4; i += 4) store<f32>(to + i, load<f32>(from + i))
}

/** Adds `count` numbers to as many others. */
function addLine(from: i32, count: i32, to: i32): void {
  const whole = (count & ~3) * 4
  for (let i = 0; i < whole; i += 16) {
    v128.store(to + i, f32x4.add(v128.load(to + i), v128.load(from + i)))
  }
  for (let i = whole; i < count * 4; i += 4) {
    store<f32>(to + i, load<f32>(to + i) + load<f32>(from + i))
  }
}

/**
 * Copies planes of `rows` · `columns` numbers into planes of `tall` · `wide`, from a row
 * and a column on; around them there are zeros.
 */
export function framePlanes(
  from: i32,
  planes: i32,
  rows: i32,
  columns: i32,
  to: i32,
  tall: i32,
  wide: i32,
  top: i32,
  left: i32,
): void {
  memory.fill(to, 0, planes * tall * wide * 4)
  for (let p = 0; p < planes; p++, to += tall * wide * 4) {
    for (let i = 0; i < rows; i++, from += columns * 4) {
      copyLine(from, columns, to + ((top + i) * wide + left) * 4)
    }
  }
}

/** The other way round: adds to planes what lies inside of larger ones. */
export function addFramed(
  from: i32,
  tall: i32,
  wide: i32,
  top: i32,
  left: i32,
  to: i32,
  planes: i32,
  rows: i32,
  columns: i32,
): void {
  for (let p = 0; p < planes; p++, from += tall * wide * 4) {
    for (let i = 0; i < rows; i++, to += columns * 4) {
      addLine(from + ((top + i) * wide + left) * 4, columns, to)
    }
  }
}

/**
 * The windows on planes of `tall` · `wide` numbers, `rows` · `columns` of them, as the
 * columns of a matrix with a row for each element of a window: rows are `stepTo` apart.
 * Window (r, c) has its element (i, j) at (r · down + i · downDilation, c · across +
 * j · acrossDilation), which is inside in any case.
 */
export function gatherColumns(
  from: i32,
  planes: i32,
  tall: i32,
  wide: i32,
  height: i32,
  width: i32,
  down: i32,
  across: i32,
  downDilation: i32,
  acrossDilation: i32,
  rows: i32,
  columns: i32,
  to: i32,
  stepTo: i32,
): void {
  for (let p = 0; p < planes; p++, from += tall * wide * 4) {
    for (let i = 0; i < height; i++) {
      for (let j = 0; j < width; j++, to += stepTo) {
        let line = from + (i * downDilation * wide + j * acrossDilation) * 4
        for (let r = 0; r < rows; r++, line += down * wide * 4) {
          const target = to + r * columns * 4
          if (across === 1) {
            copyLine(line, columns, target)
          } else {
            for (let c = 0; c < columns; c++) {
              store<f32>(target + c * 4, load<f32>(line + c * across * 4))
            }
          }
        }
      }
    }
  }
}

/** The other way round: adds all columns to where their windows had them from. */
export function addColumns(
  from: i32,
  stepFrom: i32,
  planes: i32,
  height: i32,
  width: i32,
  down: i32,
  across: i32,
  downDilation: i32,
  acrossDilation: i32,
  rows: i32,
  columns: i32,
  to: i32,
  tall: i32,
  wide: i32,
): void {
  for (let p = 0; p < planes; p++, to += tall * wide * 4) {
    for (let i = 0; i < height; i++) {
      for (let j = 0; j < width; j++, from += stepFrom) {
        let line = to + (i * downDilation * wide + j * acrossDilation) * 4
        for (let r = 0; r < rows; r++, line += down * wide * 4) {
          const source = from + r * columns * 4
          if (across === 1) {
            addLine(source, columns, line)
          } else {
            for (let c = 0; c < columns; c++) {
              const at = line + c * across * 4
              store<f32>(at, load<f32>(at) + load<f32>(source + c * 4))
            }
          }
        }
      }
    }
  }
}

/** Fills each of some rows with a number of its own. */
export function startRows(
  numbers: i32,
  rows: i32,
  columns: i32,
  to: i32,
  stepTo: i32,
): void {
  for (let i = 0; i < rows; i++, to += stepTo) {
    const start = v128.load_splat<f32>(numbers + i * 4)
    for (let j = 0; j < columns * 4; j += 16) v128.store(to + j, start)
  }
}
