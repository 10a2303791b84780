import {
  elements,
  forEachLane,
  type Kernels,
  sizeOf,
  type View,
} from '@deepdive/tensor'
import type { Simd } from './instance.ts'
import { copyMatrix, part } from './matrix.ts'
import { tooFew } from './too-few.ts'

type Matmul = Kernels['matmul']

/** How many columns of b a panel has (see assembly/matmul.ts). */
const panelWidth = 16

/** What is copied at a time, in numbers: all of it together fits a processor's cache. */
const most = { depth: 2048, packed: 1 << 20, copied: 1 << 17 }

/** The product of matrices, by vector instructions; for what is small, `plain` is it. */
export function fastMatmul(simd: Simd, plain: Matmul): Matmul {
  return (a, b, out) => {
    const work = sizeOf(out.shape) * a.shape[a.shape.length - 1]
    const floats = [a, b, out].every(({ dtype }) => dtype === 'float32')
    if (!floats || work < tooFew.matmul) return plain(a, b, out)
    forEachLane([a, b, out].map(matrices), ([atA, atB, atOut]) => {
      multiply(simd, matrix(a, atA), matrix(b, atB), matrix(out, atOut))
    })
  }
}

/**
 * One product, in blocks that fit the scratch memory:
 *
 *                 ┌──────┬─────┐   A block of b is packed once, and meets all rows
 *              b  │██████│     │   of a, so many at a time.
 *                 ├──────┼─────┤
 *                 └──────┴─────┘   Where there is more along k than one block holds,
 *     ┌────┬────┐ ┌──────┬─────┐   the next one adds to the sums of the last.
 *     │████│    │ │██████│     │
 *   a ├────┼────┤ ├──────┼─────┤ out
 *     └────┴────┘ └──────┴─────┘
 */
function multiply(simd: Simd, a: View, b: View, out: View): void {
  const [n, k] = a.shape
  const [, m] = b.shape
  for (let p = 0; p < k; p += most.depth) {
    const depth = Math.min(most.depth, k - p)
    const columns = Math.floor(most.packed / depth / panelWidth) * panelWidth
    for (let j = 0; j < m; j += columns) {
      const width = Math.min(columns, m - j)
      multiplyBlock(
        simd,
        part(a, [0, n], [p, depth]),
        part(b, [p, depth], [j, width]),
        part(out, [0, n], [j, width]),
        p > 0,
      )
    }
  }
}

/** One block of b, which fits: its product with all rows of a, added to out or not. */
function multiplyBlock(
  { wasm, scratch }: Simd,
  a: View,
  b: View,
  out: View,
  adds: boolean,
): void {
  const [n, k] = a.shape
  const [, m] = b.shape
  const panels = Math.ceil(m / panelWidth)
  const wide = panels * panelWidth
  const height = Math.min(n, Math.max(2, Math.floor(most.copied / Math.max(k, wide))))
  const [packed, raw, rows, sums, zeros] = scratch.room(
    4 * k * wide,
    8 * Math.max(most.copied, k),
    4 * height * k,
    4 * height * wide,
    4 * wide,
  )
  scratch.heapOf(elements(a)).fill(0, zeros / 4, zeros / 4 + wide)
  packPanels({ wasm, scratch }, b, raw, packed)
  for (let i = 0; i < n; i += height) {
    const count = Math.min(height, n - i)
    const left = copyMatrix(scratch, part(a, [i, count], [0, k]), raw)
    let [at, stepA] = [left.at, left.steps[0]]
    if (left.steps[1] !== 4) {
      wasm.packRows(left.at, left.steps[0], left.steps[1], count, k, rows)
      ;[at, stepA] = [rows, 4 * k]
    }
    const target = part(out, [i, count], [0, m])
    let [start, stepStart] = [zeros, 0]
    if (adds) {
      for (let r = 0; r < count; r++) {
        const from = target.offset + r * target.strides[0]
        scratch.write(elements(out), from, m, sums + 4 * r * wide)
      }
      ;[start, stepStart] = [sums, 4 * wide]
    }
    wasm.multiply(
      ...([at, stepA, count, packed, k, panels, start, stepStart] as const),
      sums,
      4 * wide,
    )
    if (target.strides[0] === m) {
      if (wide > m) wasm.closeRows(sums, 4 * wide, count, 4 * m)
      scratch.read(sums, count * m, elements(out), target.offset)
    } else {
      for (let r = 0; r < count; r++) {
        const to = target.offset + r * target.strides[0]
        scratch.read(sums + 4 * r * wide, m, elements(out), to)
      }
    }
  }
}

/** Copies b in so many columns or rows at a time that they fit, and packs these. */
function packPanels({ wasm, scratch }: Simd, b: View, raw: number, packed: number) {
  const [k, m] = b.shape
  const byRows = Math.abs(b.strides[0]) >= Math.abs(b.strides[1])
  const across = byRows ? m : k
  const stepPanel = 4 * k * panelWidth
  const most1 = Math.max(panelWidth, Math.floor(most.copied / across / 16) * 16)
  for (let done = 0; done < (byRows ? k : m); done += most1) {
    const count = Math.min(most1, (byRows ? k : m) - done)
    const piece = byRows
      ? part(b, [done, count], [0, m])
      : part(b, [0, k], [done, count])
    const { at, steps } = copyMatrix(scratch, piece, raw)
    const to = byRows ? 4 * done * panelWidth : 4 * done * k
    const [rows, columns] = piece.shape
    wasm.packColumns(at, steps[0], steps[1], rows, columns, packed + to, stepPanel)
  }
}

/** Each matrix of a batch as a lane: all axes but the last two lead to it. */
function matrices({ storage, dtype, shape, strides, offset }: View): View {
  return { storage, dtype, shape: shape.slice(0, -1), strides, offset }
}

function matrix({ storage, dtype, shape, strides }: View, offset: number): View {
  const [last, first] = [shape.length, shape.length - 2]
  return {
    storage,
    dtype,
    shape: shape.slice(first, last),
    strides: strides.slice(first, last),
    offset,
  }
}
