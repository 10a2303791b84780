import { forEachLane, type Kernels, sizeOf, type View } from '@deepdive/tensor'
import type { Simd } from './instance.ts'
import { part, placeMatrix, rangesOf, readRows } from './matrix.ts'
import { nestOf } from './nest.ts'
import { tooFew } from './too-few.ts'

type Copy = Kernels['copy']

/** So many rows and columns are turned at a time: all of them stay in a cache. */
const most = 256

/**
 * Copies, of which some turn matrices: what is a row in one view is a column in the
 * other, so that a loop along either jumps about in the memory of one of them. They are
 * turned square by square; all else is left to `plain`.
 */
export function fastCopy(simd: Simd, plain: Copy): Copy {
  return (x, out) => {
    const wide = x.dtype === out.dtype && out.dtype !== 'bool'
    const turns = wide && sizeOf(out.shape) >= tooFew.copy ? turnsOf(x, out) : null
    if (!turns) return plain(x, out)
    forEachLane(turns.lanes, ([from, to]) => {
      turn(simd, { ...turns.x, offset: from }, { ...turns.out, offset: to })
    })
  }
}

/** A matrix of each view, [rows, columns], and all the places where such begin. */
interface Turns {
  readonly lanes: readonly View[]
  readonly x: View
  readonly out: View
}

/** The matrices that are turned: out has neighbours in its rows, x in its columns. */
function turnsOf(x: View, out: View): Turns | null {
  const { shape, strides } = nestOf([x, out])
  const last = shape.length - 1
  const row = strides[0].indexOf(1)
  if (row < 0 || row === last || strides[1][last] !== 1) return null
  if (Math.min(shape[row], shape[last]) < tooFew.turned) return null
  const others = [...shape.keys()].filter((axis) => axis !== row && axis !== last)
  const viewOf = (view: View, v: number, axes: readonly number[]): View => ({
    storage: view.storage,
    dtype: view.dtype,
    shape: axes.map((axis) => shape[axis]),
    strides: axes.map((axis) => strides[v][axis]),
    offset: view.offset,
  })
  return {
    // The last axis of a lane is the lane itself.
    lanes: [x, out].map((view, v) => viewOf(view, v, [...others, last])),
    x: viewOf(x, 0, [row, last]),
    out: viewOf(out, 1, [row, last]),
  }
}

function turn({ wasm, scratch }: Simd, x: View, out: View): void {
  const [from, to] = scratch.room(8 * most * most, 4 * most * most)
  for (const rows of rangesOf(x.shape[0], most)) {
    for (const columns of rangesOf(x.shape[1], most)) {
      const { at, steps } = placeMatrix(scratch, part(x, rows, columns), from)
      const width = 4 * columns[1]
      wasm.arrange(at, steps[0], steps[1], rows[1], columns[1], to, width)
      readRows(scratch, to, part(out, rows, columns))
    }
  }
}
