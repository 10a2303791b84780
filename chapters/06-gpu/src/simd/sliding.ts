import type { Window } from '@deepdive/conv'
import type { View } from '@deepdive/tensor'
import type { Simd } from './instance.ts'
import { type Range, rangesOf } from './matrix.ts'
import { filledPanels, panelWidth } from './plan.ts'
import { loadBox, sizeOfBox, storeBox } from './planes.ts'
import { frameOf, inputBox, outputBox, type Tile, tilesOf, windowsOf } from './tiles.ts'
import { imagesOnTwo, windowOnTwo } from './two-axes.ts'

/** About so many numbers at a time: all of them stay in a processor's second cache. */
const most = 100_000

/** So many windows are worth reading all filters for, even if that is more. */
const least = 128

/** Contiguous: x is [N, C, n₁, n₂], weight [O, C / groups, k₁, k₂], y [N, O, o₁, o₂]. */
export interface Operands {
  readonly x: View
  readonly weight: View
  readonly y: View
}

/** A matrix in the scratch memory: how far its rows are apart, in bytes. */
export interface Placed {
  readonly at: number
  readonly step: number
}

/**
 * Filters that slide over images, tile by tile, one group of channels at a time. Of a
 * tile, what windows see of x becomes a matrix of columns, and y one beside it:
 *
 *                     ┌──────────┐  one column for each window,
 *                     │ columns  │  with the `depth` numbers
 *                     │          │  that a filter meets there
 *      ┌──────────┐   └──────────┘
 *      │ filters  │   ┌──────────┐
 *      └──────────┘   │    y     │
 *                     └──────────┘
 */
export class Sliding {
  readonly tiles: readonly Tile[]
  /** How many filters a group has, and numbers a filter. */
  readonly filters: number
  readonly depth: number
  readonly places: ReturnType<Sliding['reserve']>
  private readonly simd: Simd
  private readonly x: View
  private readonly y: View
  private readonly sizes: readonly number[]
  private readonly window: Window

  /** Where no filters are `copied`, weight is their shape alone. */
  constructor(
    simd: Simd,
    operands: Operands,
    window: Window,
    groups: number,
    copied = true,
  ) {
    this.simd = simd
    this.x = imagesOnTwo(operands.x)
    this.y = imagesOnTwo(operands.y)
    this.window = windowOnTwo(window)
    const [filters, ...sizes] = imagesOnTwo(operands.weight).shape
    this.sizes = sizes
    this.filters = filters / groups
    this.depth = sizes.reduce((count, size) => count * size)
    const windows = Math.floor(most / (this.depth + 2 * this.filters))
    this.tiles = tilesOf(this.x, this.y, this.window, Math.max(least, windows))
    this.places = this.reserve(copied)
  }

  /** Room for the filters of a group, as they are and turned, and for a tile. */
  private reserve(copied: boolean) {
    const { filters, depth, tiles } = this
    const all = copied ? filters : 0
    const largest = (count: (tile: Tile) => number) => Math.max(...tiles.map(count))
    const wide = filledPanels(largest(windowsOf))
    const [filtersAt, turned, inside, framed, columns, outside, sums] =
      this.simd.scratch.room(
        4 * all * depth,
        4 * all * (depth + 3),
        4 * largest((tile) => sizeOfBox(inputBox(tile, this.inputs(0)))),
        4 *
          largest(({ images, down, across }) => {
            return images * this.sizes[0] * down.extent * across.extent
          }),
        4 * depth * wide,
        4 * (filters * wide + panelWidth),
        4 * (filters * wide + panelWidth),
      )
    return { filters: filtersAt, turned, inside, framed, columns, outside, sums }
  }

  /** The channels that the filters of a group meet. */
  private inputs(group: number): Range {
    return [group * this.sizes[0], this.sizes[0]]
  }

  /** The channels that they make. */
  private outputs(group: number): Range {
    return [group * this.filters, this.filters]
  }

  /**
   * The planes of a tile in parts, of which each thread may take one: where they begin,
   * and where their windows do in a matrix of columns.
   */
  private partsOf({ images, down, across }: Tile, step: number) {
    const [channels, height, width] = this.sizes
    const most = Math.ceil((images * channels) / this.simd.threads)
    return Array.from({ length: images }, (_, n) =>
      Array.from(rangesOf(channels, most), ([channel, planes]) => ({
        planes,
        plane: 4 * (n * channels + channel) * down.extent * across.extent,
        column: 4 * n * down.count * across.count + channel * height * width * step,
      })),
    ).flat()
  }

  /** Brings what the windows of a tile see to the columns of a matrix. */
  gather(tile: Tile, group: number): Placed {
    const { scratch, wasm } = this.simd
    const { inside, framed, columns } = this.places
    const { images, down, across } = tile
    const box = inputBox(tile, this.inputs(group))
    loadBox(scratch, this.x, box, inside)
    const frame = frameOf(tile)
    const lines = [box.rows[1], box.columns[1]] as const
    wasm.framePlanes(inside, images * this.sizes[0], ...lines, framed, ...frame)
    const step = 4 * filledPanels(windowsOf(tile))
    for (const { plane, column, planes } of this.partsOf(tile, step)) {
      const from = [framed + plane, planes, down.extent, across.extent] as const
      this.simd.call(
        'gatherColumns',
        ...from,
        ...this.walk(tile),
        columns + column,
        step,
      )
    }
    this.simd.finish()
    return { at: columns, step }
  }

  /** Adds the columns of a matrix to x, where the windows of a tile see them. */
  scatter(tile: Tile, group: number, { at, step }: Placed): void {
    const { scratch, wasm } = this.simd
    const { inside, framed } = this.places
    const { images, down, across } = tile
    const all = images * this.sizes[0]
    wasm.framePlanes(inside, all, 0, 0, framed, ...frameOf(tile))
    for (const { plane, column, planes } of this.partsOf(tile, step)) {
      const to = [framed + plane, down.extent, across.extent] as const
      this.simd.call('addColumns', at + column, step, planes, ...this.walk(tile), ...to)
    }
    this.simd.finish()
    const box = inputBox(tile, this.inputs(group))
    loadBox(scratch, this.x, box, inside)
    const lines = [box.rows[1], box.columns[1]] as const
    wasm.addFramed(framed, ...frameOf(tile), inside, all, ...lines)
    storeBox(scratch, inside, this.x, box)
  }

  /** Brings the y of a tile to a matrix with a row for each filter. */
  loadOutput(tile: Tile, group: number): Placed {
    const { scratch, wasm } = this.simd
    const { outside, sums } = this.places
    const count = tile.down.count * tile.across.count
    const step = 4 * windowsOf(tile)
    loadBox(scratch, this.y, outputBox(tile, this.outputs(group)), outside)
    if (tile.images === 1) return { at: outside, step }
    for (let n = 0; n < tile.images; n++) {
      const from = outside + 4 * n * this.filters * count
      wasm.arrange(from, 4 * count, 4, this.filters, count, sums + 4 * n * count, step)
    }
    return { at: sums, step }
  }

  /** The other way round. */
  storeOutput(tile: Tile, group: number, { at, step }: Placed): void {
    const { scratch, wasm } = this.simd
    const { outside } = this.places
    const count = tile.down.count * tile.across.count
    for (let n = 0; n < tile.images; n++) {
      const to = outside + 4 * n * this.filters * count
      wasm.arrange(at + 4 * n * count, step, 4, this.filters, count, to, 4 * count)
    }
    storeBox(scratch, outside, this.y, outputBox(tile, this.outputs(group)))
  }

  /** The sizes, strides and dilations of the window, and how many windows there are. */
  private walk({ down, across }: Tile) {
    const [i, j] = this.window
    const window = [i.size, j.size, i.stride, j.stride, i.dilation, j.dilation] as const
    return [...window, down.count, across.count] as const
  }
}
