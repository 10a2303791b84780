import type { Window } from '@deepdive/conv'
import {
  contiguousStrides,
  isContiguous,
  type Kernels,
  sameShape,
  sizeOf,
  type View,
} from '@deepdive/tensor'
import type { Simd } from './instance.ts'
import { filledPanels } from './plan.ts'
import { type Box, loadBox, storeBox } from './planes.ts'
import { Sliding } from './sliding.ts'
import { outputBox, type Tile, windowsOf } from './tiles.ts'
import { tooFew } from './too-few.ts'
import { sizesOnTwo } from './two-axes.ts'

type Gather = NonNullable<Kernels['gatherWindows']>
type Add = NonNullable<Kernels['addWindows']>

/**
 * Windows on images as a convolution has them in memory: all that one output sees lies
 * together. They are the columns that it multiplies, turned. Other views take `plain`.
 */
export function fastGatherWindows(simd: Simd, plain: Gather): Gather {
  return (x, window, out) => {
    const lies = isLaidOut(x, window, out) && isMuch(out)
    if (!lies) return plain(x, window, out)
    const { sliding, windows, depth } = asConvolution(simd, x, window, out)
    const { outside } = sliding.places
    for (const tile of sliding.tiles) {
      const { at, step } = sliding.gather(tile, 0)
      simd.wasm.arrange(at, 4, step, windowsOf(tile), depth, outside, 4 * depth)
      storeBox(simd.scratch, outside, windows, boxOf(tile, depth))
    }
  }
}

/** The other way round, added to what x holds. */
export function fastAddWindows(simd: Simd, plain: Add): Add {
  return (out, window, x) => {
    const lies = isLaidOut(x, window, out) && isMuch(out)
    if (!lies) return plain(out, window, x)
    const { sliding, windows, depth } = asConvolution(simd, x, window, out)
    const { outside, columns } = sliding.places
    for (const tile of sliding.tiles) {
      const count = windowsOf(tile)
      const step = 4 * filledPanels(count)
      loadBox(simd.scratch, windows, boxOf(tile, depth), outside)
      simd.wasm.arrange(outside, 4, 4 * depth, depth, count, columns, step)
      sliding.scatter(tile, 0, { at: columns, step })
    }
  }
}

/** Whether there are windows, and more than are worth no copying. */
function isMuch({ shape }: View): boolean {
  return sizeOf(shape) >= Math.max(1, tooFew.windows)
}

/** Whether x is [N, C, …] without gaps, and so is out as [N, o…, C, k…]. */
function isLaidOut(x: View, window: Window, out: View): boolean {
  const rank = window.length
  if (rank > 2 || x.shape.length !== rank + 2 || !isContiguous(x)) return false
  const axes = [...out.shape.keys()]
  const [batch, channels, ...others] = axes
  const order = [batch, ...others.slice(0, rank), channels, ...others.slice(rank)]
  const needed = contiguousStrides(order.map((axis) => out.shape[axis]))
  return sameShape(
    order.map((axis) => out.strides[axis]),
    needed,
  )
}

/** As if there were a filter for each number of a window: y has room for all of them. */
function asConvolution(simd: Simd, x: View, window: Window, out: View) {
  const [batch, channels, ...both] = out.shape
  const [counts, sizes] = [both.slice(0, window.length), both.slice(window.length)]
  const depth = channels * sizeOf(sizes)
  const [rows, columns] = sizesOnTwo(counts)
  const { storage, dtype, strides, offset } = out
  const shape = [batch, 1, rows, columns * depth]
  const windows: View = { storage, dtype, shape, strides, offset }
  const weight = { ...windows, shape: [depth, channels, ...sizes] }
  const y = { ...windows, shape: [batch, depth, ...counts] }
  const sliding = new Sliding(simd, { x, weight, y }, window, 1, false)
  return { sliding, windows, depth }
}

/** The windows of a tile, each with its numbers. */
function boxOf(tile: Tile, depth: number): Box {
  const { columns, ...box } = outputBox(tile, [0, 1])
  return { ...box, columns: [columns[0] * depth, columns[1] * depth] }
}
