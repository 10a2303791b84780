import { Storage, type View } from '../device.ts'
import { type TypedArray, typedArray } from '../dtype.ts'
import { sizeOf } from '../shape.ts'
import { contiguousStrides } from '../views.ts'
import { copy } from './copy.ts'
import { elements, forEachLane } from './walk.ts'

/**
 * Each entry of a product is a dot product of a row of a with a column of b:
 *
 *               j j+1 j+2 j+3            both are read along k, side by side, so
 *          b  ┌─────────────┐            columns of b must lie as rows do: `alongK`
 *           k │  ↓  ↓  ↓  ↓ │            copies an operand that lies otherwise.
 *     a  k    ├─────────────┤
 *     i   →   │  ●  ●  ●  ● │            Eight entries at a time use each number
 *     i+1 →   │  ●  ●  ●  ● │            that was read two or four times.
 *             └─────────────┘
 */
export function matmul(a: View, b: View, out: View): void {
  const left = alongK(a)
  const right = alongK(transposed(b))
  const lanes = [left, right, out].map(matrices)
  const product = out.dtype === 'int32' ? multiplyWhole : multiply
  forEachLane(lanes, ([atA, atB, atOut]) => {
    product(row(left, atA), row(right, atB), elements(out), atOut)
  })
}

/** The rows of one matrix: row i starts at `start + i · stride`. */
interface Rows {
  readonly values: TypedArray
  readonly start: number
  readonly stride: number
  readonly count: number
  readonly length: number
}

/**
 * The last tile of a side that 2 or 4 do not divide takes its last row again, instead
 * of leaving edges to code of their own: the same numbers are written twice.
 */
function multiply(a: Rows, b: Rows, out: TypedArray, atOut: number): void {
  const x = a.values
  const y = b.values
  const n = a.count
  const m = b.count
  for (let i = 0; i < n; i += 2) {
    const i1 = Math.min(i + 1, n - 1)
    const a0 = a.start + i * a.stride
    const a1 = a.start + i1 * a.stride
    const out0 = atOut + i * m
    const out1 = atOut + i1 * m
    for (let j = 0; j < m; j += 4) {
      const j1 = Math.min(j + 1, m - 1)
      const j2 = Math.min(j + 2, m - 1)
      const j3 = Math.min(j + 3, m - 1)
      const b0 = b.start + j * b.stride
      const b1 = b.start + j1 * b.stride
      const b2 = b.start + j2 * b.stride
      const b3 = b.start + j3 * b.stride
      let s00 = 0
      let s01 = 0
      let s02 = 0
      let s03 = 0
      let s10 = 0
      let s11 = 0
      let s12 = 0
      let s13 = 0
      for (let p = 0; p < a.length; p++) {
        const x0 = x[a0 + p]
        const x1 = x[a1 + p]
        const y0 = y[b0 + p]
        const y1 = y[b1 + p]
        const y2 = y[b2 + p]
        const y3 = y[b3 + p]
        s00 += x0 * y0
        s01 += x0 * y1
        s02 += x0 * y2
        s03 += x0 * y3
        s10 += x1 * y0
        s11 += x1 * y1
        s12 += x1 * y2
        s13 += x1 * y3
      }
      out[out0 + j] = s00
      out[out0 + j1] = s01
      out[out0 + j2] = s02
      out[out0 + j3] = s03
      out[out1 + j] = s10
      out[out1 + j1] = s11
      out[out1 + j2] = s12
      out[out1 + j3] = s13
    }
  }
}

/** Whole numbers wrap around at 2³¹; a float64 would lose their last digits at 2⁵³. */
function multiplyWhole(a: Rows, b: Rows, out: TypedArray, atOut: number): void {
  for (let i = 0; i < a.count; i++) {
    for (let j = 0; j < b.count; j++) {
      const [atA, atB] = [a.start + i * a.stride, b.start + j * b.stride]
      let sum = 0
      for (let p = 0; p < a.length; p++) {
        sum = (sum + Math.imul(a.values[atA + p], b.values[atB + p])) | 0
      }
      out[atOut + i * b.count + j] = sum
    }
  }
}

function row(x: View, start: number): Rows {
  const [count, length] = x.shape.slice(-2)
  return {
    values: elements(x),
    start,
    stride: x.strides[x.shape.length - 2],
    count,
    length,
  }
}

/** Each matrix of a batch as a lane: all axes but the last two lead to it. */
function matrices({ storage, dtype, shape, strides, offset }: View): View {
  return { storage, dtype, shape: shape.slice(0, -1), strides, offset }
}

function transposed({ storage, dtype, shape, strides, offset }: View): View {
  const swap = (list: readonly number[]) => [
    ...list.slice(0, -2),
    ...list.slice(-2).reverse(),
  ]
  return { storage, dtype, shape: swap(shape), strides: swap(strides), offset }
}

/** x itself if the numbers of each row lie next to one another, else such a copy. */
function alongK(x: View): View {
  if (x.strides[x.strides.length - 1] === 1) return x
  const { dtype, shape } = x
  const size = sizeOf(shape)
  const storage = new Storage(x.storage.device, dtype, size, typedArray(dtype, size))
  const packed = { storage, dtype, shape, strides: contiguousStrides(shape), offset: 0 }
  copy(x, packed)
  return packed
}
