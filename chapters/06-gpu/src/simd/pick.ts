import {
  elements,
  isContiguous,
  type Kernels,
  sizeOf,
  type View,
} from '@deepdive/tensor'
import type { Simd } from './instance.ts'
import { rangesOf } from './matrix.ts'
import { tooFew } from './too-few.ts'

type Gather = Kernels['gather']
type ScatterAdd = Kernels['scatterAdd']

/** So many numbers at a time: all of them stay in a processor's second cache. */
const most = 65536

/**
 * Picks from rows that lie one behind another. A place outside of its row is left to
 * `plain`, which names it.
 */
export function fastGather({ wasm, scratch }: Simd, plain: Gather): Gather {
  return (x, index, out) => {
    const [extent, n] = [lengthOf(x), lengthOf(index)]
    if (!areRows(x, index, out)) return plain(x, index, out)
    for (const [row, rows] of rowsOf(index, extent)) {
      const [from, places, to] = scratch.room(
        4 * rows * extent,
        4 * rows * n,
        4 * rows * n,
      )
      scratch.write(elements(x), x.offset + row * extent, rows * extent, from)
      scratch.write(elements(index), index.offset + row * n, rows * n, places)
      if (!wasm.gather(from, extent, places, n, rows, to)) return plain(x, index, out)
      scratch.read(to, rows * n, elements(out), out.offset + row * n)
    }
  }
}

/** Adds to rows that lie one behind another, likewise. */
export function fastScatterAdd({ wasm, scratch }: Simd, plain: ScatterAdd): ScatterAdd {
  return (index, source, out) => {
    const [extent, n] = [lengthOf(out), lengthOf(index)]
    if (!areRows(out, index, source)) return plain(index, source, out)
    for (const [row, rows] of rowsOf(index, extent)) {
      const [to, places, from] = scratch.room(
        4 * rows * extent,
        4 * rows * n,
        4 * rows * n,
      )
      const at = out.offset + row * extent
      scratch.write(elements(out), at, rows * extent, to)
      scratch.write(elements(index), index.offset + row * n, rows * n, places)
      scratch.write(elements(source), source.offset + row * n, rows * n, from)
      if (!wasm.scatterAdd(to, extent, places, n, rows, from))
        return plain(index, source, out)
      scratch.read(to, rows * extent, elements(out), at)
    }
  }
}

function lengthOf({ shape }: View): number {
  return shape[shape.length - 1]
}

/** Whether all lie row by row, and are so many that copying them pays. */
function areRows(wide: View, index: View, narrow: View): boolean {
  const floats = wide.dtype === 'float32' && narrow.dtype === 'float32'
  const views = [wide, index, narrow]
  // Long rows of which little is picked are not worth their copies.
  const isMuch = 16 * lengthOf(index) >= lengthOf(wide)
  const many = sizeOf(index.shape) >= Math.max(1, tooFew.pick)
  return floats && many && isMuch && views.every(isContiguous)
}

/** So many rows at a time as fit, of which each has places in a longer one. */
function rowsOf({ shape }: View, extent: number) {
  const n = shape[shape.length - 1]
  const atOnce = Math.max(1, Math.floor(most / (extent + 2 * n)))
  return rangesOf(sizeOf(shape.slice(0, -1)), atOnce)
}
