import { elements, type Kernels, sizeOf, type View } from '@deepdive/tensor'
import { onThreads } from '../threads/num-threads.ts'
import type { Simd } from './instance.ts'
import { rangesOf } from './matrix.ts'
import { panelWidth } from './plan.ts'
import { type Placed, Sliding } from './sliding.ts'
import { windowsOf } from './tiles.ts'
import { tooFew } from './too-few.ts'

type Fused = Required<
  Pick<Kernels, 'conv' | 'convInputGradient' | 'convWeightGradient'>
>

/**
 * Convolutions whose windows never lie in memory all at once: they are columns of a
 * matrix in the scratch memory, tile by tile, and go into a product there.
 */
export function fastConv(one: Simd): Fused {
  return {
    conv: (x, weight, bias, window, groups, y) =>
      onSome(one, y, weight, (simd) => {
        const sliding = new Sliding(simd, { x, weight, y }, window, groups)
        for (let n = 0; n < groups; n++) convolve(simd, sliding, weight, bias, n)
      }),
    convInputGradient: (y, weight, window, groups, x) =>
      onSome(one, y, weight, (simd) => {
        const sliding = new Sliding(simd, { x, weight, y }, window, groups)
        // Zeros, as they came, if it begins anew without a thread that was lost.
        elements(x).fill(0, x.offset, x.offset + sizeOf(x.shape))
        for (let n = 0; n < groups; n++) addToInput(simd, sliding, weight, n)
      }),
    convWeightGradient: (x, y, window, groups, weight) =>
      onSome(one, y, weight, (simd) => {
        const sliding = new Sliding(simd, { x, weight, y }, window, groups)
        for (let n = 0; n < groups; n++) sumForFilters(simd, sliding, weight, n)
      }),
  }
}

/** Computes on all threads what is so much that they are worth it. */
function onSome(one: Simd, y: View, weight: View, compute: (simd: Simd) => void): void {
  const products = sizeOf(y.shape) * sizeOf(weight.shape.slice(1))
  if (products >= tooFew.convOnThreads) onThreads(one, compute)
  else compute(one)
}

/** y = bias + filters · columns, for a group. */
function convolve(
  simd: Simd,
  sliding: Sliding,
  weight: View,
  bias: View | null,
  group: number,
): void {
  const { filters, depth, places, tiles } = sliding
  loadFilters(simd, sliding, weight, group)
  for (const tile of tiles) {
    const columns = sliding.gather(tile, group)
    const sums = { at: places.sums, step: columns.step }
    const start = bias ? sums : none
    if (bias) {
      const from = bias.offset + group * filters
      simd.scratch.write(elements(bias), from, filters, places.outside)
      simd.wasm.startRows(places.outside, filters, sums.step / 4, sums.at, sums.step)
    }
    const left = { at: places.filters, step: 4 * depth }
    multiply(simd, left, filters, columns, depth, windowsOf(tile), start, sums)
    sliding.storeOutput(tile, group, sums)
  }
}

/** x = x + the windows that filtersᵀ · y lays down there, for a group. */
function addToInput(simd: Simd, sliding: Sliding, weight: View, group: number): void {
  const { filters, depth, places, tiles } = sliding
  loadFilters(simd, sliding, weight, group)
  const left = { at: places.turned, step: 4 * filters }
  simd.wasm.arrange(places.filters, 4, 4 * depth, depth, filters, left.at, left.step)
  for (const tile of tiles) {
    const y = sliding.loadOutput(tile, group)
    const count = windowsOf(tile)
    const step = 4 * panelWidth * Math.ceil(count / panelWidth)
    const columns = { at: places.columns, step }
    multiply(simd, left, depth, y, filters, count, none, columns)
    sliding.scatter(tile, group, columns)
  }
}

/** The sum of y · columnsᵀ over all tiles, for a group. */
function sumForFilters(
  simd: Simd,
  sliding: Sliding,
  weight: View,
  group: number,
): void {
  const { wasm, scratch } = simd
  const { filters, depth, places, tiles } = sliding
  const wide = 4 * Math.ceil(depth / 4)
  const sums = places.turned
  scratch.heapOf(elements(weight)).fill(0, sums / 4, sums / 4 + filters * wide)
  for (const tile of tiles) {
    const columns = sliding.gather(tile, group)
    const y = sliding.loadOutput(tile, group)
    for (const [first, count] of rangesOf(
      wide,
      4 * Math.ceil(wide / 4 / simd.threads),
    )) {
      const right = [columns.at + first * columns.step, columns.step] as const
      const sizes = [Math.min(count, depth - first), windowsOf(tile)] as const
      const to = [sums + 4 * first, 4 * wide] as const
      simd.call('multiplyDots', y.at, y.step, filters, ...right, ...sizes, ...to, ...to)
    }
    simd.finish()
  }
  wasm.arrange(sums, 4 * wide, 4, filters, depth, places.filters, 4 * depth)
  const at = weight.offset + group * filters * depth
  scratch.read(places.filters, filters * depth, elements(weight), at)
}

const none: Placed = { at: 0, step: 0 }

/** to = start + a · b, for matrices [rows, k] and [k, columns], some for each thread. */
function multiply(
  simd: Simd,
  a: Placed,
  rows: number,
  b: Placed,
  k: number,
  columns: number,
  start: Placed,
  to: Placed,
): void {
  const left = [a.at, a.step, rows] as const
  const panels = Math.ceil(columns / panelWidth)
  for (const [panel, some] of rangesOf(panels, Math.ceil(panels / simd.threads))) {
    const across = 4 * panelWidth * panel
    const right = [b.at + across, b.step, 4 * panelWidth, some * panelWidth, k] as const
    const from = [start.at && start.at + across, start.step] as const
    simd.call('multiplyPanels', ...left, ...right, ...from, to.at + across, to.step)
  }
  simd.finish()
}

function loadFilters(
  { scratch }: Simd,
  { filters, depth, places }: Sliding,
  weight: View,
  group: number,
): void {
  const count = filters * depth
  scratch.write(elements(weight), weight.offset + group * count, count, places.filters)
}
