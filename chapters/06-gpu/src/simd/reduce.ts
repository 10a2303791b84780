import {
  elements,
  isContiguous,
  type Kernels,
  type ReduceOp,
  sizeOf,
  type View,
} from '@deepdive/tensor'
import type { Exports } from './binary.ts'
import { type Block, blockSize, forEachBlock } from './block.ts'
import type { Simd } from './instance.ts'
import { tooFew } from './too-few.ts'

type Reduce = Kernels['reduce']

/** How totals are kept, and take in rows. */
interface Reduction {
  readonly start: number
  /** In bytes: sums are float64, as in the plain kernel. */
  readonly size: number
  readonly byRows: Exports['sumRows']
  readonly byColumns: Exports['sumColumns']
}

const reductionsOf = (wasm: Exports): Partial<Record<ReduceOp, Reduction>> => ({
  sum: { start: 0, size: 8, byRows: wasm.sumRows, byColumns: wasm.sumColumns },
  max: { start: -Infinity, size: 4, byRows: wasm.maxRows, byColumns: wasm.maxColumns },
  min: { start: Infinity, size: 4, byRows: wasm.minRows, byColumns: wasm.minColumns },
})

/** As many totals as there is a place for beside what is added to them. */
const mostTotals = 32768

/** Sums and extremes, of four numbers at a time. */
export function fastReduce({ wasm, scratch }: Simd, plain: Reduce): Reduce {
  const reductions = reductionsOf(wasm)
  const fast: Reduce = (op, x, out) => {
    const reduction = reductions[op]
    const [size, count] = [sizeOf(x.shape), sizeOf(out.shape)]
    const fits = x.dtype === 'float32' && size > 0 && isContiguous(out)
    if (!reduction || !fits || size < tooFew.reduce) return plain(op, x, out)
    if (count > mostTotals) {
      const [xs, outs] = [halvesOf(x, out), halvesOf(out, out)]
      for (const [n, half] of xs.entries()) fast(op, half, outs[n])
      return
    }
    const bytes = reduction.size * (count + 4)
    const [totals, from, to] = scratch.room(bytes, 4 * blockSize + 16, 4 * count)
    const values = elements(x)
    scratch.heapOf(values).fill(reduction.start, totals / 4, (totals + bytes) / 4)
    const done = forEachBlock([stretched(out, x), x], blockSize, (block) => {
      scratch.write(values, block.at[1], block.rows * block.columns, from)
      takeIn(reduction, block, from, totals)
    })
    if (!done) return plain(op, x, out)
    if (op === 'sum') wasm.roundTotals(totals, count, to)
    scratch.read(op === 'sum' ? to : totals, count, elements(out), out.offset)
  }
  return fast
}

/** A view in two, along the first axis on which there is more than one total. */
function halvesOf(view: View, { shape }: View): [View, View] {
  const axis = shape.findIndex((extent) => extent > 1)
  const half = Math.floor(shape[axis] / 2)
  return [part(view, axis, 0, half), part(view, axis, half, shape[axis] - half)]
}

/** As many places of an axis, from one on. */
function part(view: View, axis: number, from: number, count: number): View {
  const { storage, dtype, shape, strides, offset } = view
  const at = offset + from * strides[axis]
  return { storage, dtype, shape: shape.with(axis, count), strides, offset: at }
}

/** The totals at the shape of x: all that is reduced meets in one place of them. */
function stretched({ storage, dtype, shape, strides }: View, x: View): View {
  const reduced = new Array<number>(x.shape.length - shape.length).fill(0)
  return {
    storage,
    dtype,
    shape: x.shape,
    strides: [...strides, ...reduced],
    offset: 0,
  }
}

/** Brings a block to its totals: one for each row, or one for each column. */
function takeIn(
  { size, byRows, byColumns }: Reduction,
  { rows, columns, at: [k], steps }: Block,
  from: number,
  totals: number,
): void {
  const [down, across] = steps[0]
  const to = totals + size * k
  if (across === 0) {
    byRows(from, rows, columns, to, size * down)
  } else if (down === 0) {
    byColumns(from, rows, columns, to)
  } else {
    for (let row = 0; row < rows; row++) {
      byColumns(from + 4 * row * columns, 1, columns, to + size * row * down)
    }
  }
}
