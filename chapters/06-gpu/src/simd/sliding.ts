import type { Window, WindowAxis } from '@deepdive/conv'
import type { View } from '@deepdive/tensor'
import type { Simd } from './instance.ts'
import { filledPanels, panelWidth } from './plan.ts'
import { type Box, loadBox, sizeOfBox, storeBox } from './planes.ts'
import { type Tile, tilesOf } from './tiles.ts'

/** About so many numbers at a time: all of them stay in a processor's second cache. */
const most = 100_000

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

  constructor(simd: Simd, operands: Operands, window: Window, groups: number) {
    this.simd = simd
    this.x = onTwoAxes(operands.x)
    this.y = onTwoAxes(operands.y)
    this.window = window.length === 2 ? window : [single, ...window]
    const [filters, ...sizes] = onTwoAxes(operands.weight).shape
    this.sizes = sizes
    this.filters = filters / groups
    this.depth = sizes.reduce((count, size) => count * size)
    const windows = Math.floor(most / (this.depth + 2 * this.filters))
    this.tiles = tilesOf(this.x, this.y, this.window, Math.max(panelWidth, windows))
    this.places = this.reserve()
  }

  /** Room for the filters of a group, as they are and turned, and for a tile. */
  private reserve() {
    const { filters, depth, tiles } = this
    const largest = (count: (tile: Tile) => number) => Math.max(...tiles.map(count))
    const wide = filledPanels(largest(windowsOf))
    const [filtersAt, turned, inside, framed, columns, outside, sums] =
      this.simd.scratch.room(
        4 * filters * depth,
        4 * filters * (depth + 3),
        4 * largest((tile) => sizeOfBox(this.inputBox(tile, 0))),
        4 * largest((tile) => tile.images * this.planeOf(tile)),
        4 * depth * wide,
        4 * (filters * wide + panelWidth),
        4 * (filters * wide + panelWidth),
      )
    return { filters: filtersAt, turned, inside, framed, columns, outside, sums }
  }

  /** What windows see of one image, in numbers. */
  private planeOf({ down, across }: Tile): number {
    return this.sizes[0] * down.extent * across.extent
  }

  /** Brings what the windows of a tile see to the columns of a matrix. */
  gather(tile: Tile, group: number): Placed {
    const { scratch, wasm } = this.simd
    const { inside, framed, columns } = this.places
    const { images, down, across } = tile
    const box = this.inputBox(tile, group)
    loadBox(scratch, this.x, box, inside)
    const frame = this.frameOf(tile)
    const lines = [box.rows[1], box.columns[1]] as const
    wasm.framePlanes(inside, images * this.sizes[0], ...lines, framed, ...frame)
    const step = 4 * filledPanels(windowsOf(tile))
    for (let n = 0; n < images; n++) {
      const from = framed + 4 * n * this.planeOf(tile)
      const to = columns + 4 * n * down.count * across.count
      const plane = [this.sizes[0], down.extent, across.extent] as const
      wasm.gatherColumns(from, ...plane, ...this.walk(tile), to, step)
    }
    return { at: columns, step }
  }

  /** Adds the columns of a matrix to x, where the windows of a tile see them. */
  scatter(tile: Tile, group: number, { at, step }: Placed): void {
    const { scratch, wasm } = this.simd
    const { inside, framed } = this.places
    const { images, down, across } = tile
    const plane = this.planeOf(tile)
    const planes = images * this.sizes[0]
    wasm.framePlanes(inside, planes, 0, 0, framed, ...this.frameOf(tile))
    for (let n = 0; n < images; n++) {
      const from = at + 4 * n * down.count * across.count
      const to = framed + 4 * n * plane
      const walk = [this.sizes[0], ...this.walk(tile)] as const
      wasm.addColumns(from, step, ...walk, to, down.extent, across.extent)
    }
    const box = this.inputBox(tile, group)
    loadBox(scratch, this.x, box, inside)
    const lines = [box.rows[1], box.columns[1]] as const
    wasm.addFramed(framed, ...this.frameOf(tile), inside, planes, ...lines)
    storeBox(scratch, inside, this.x, box)
  }

  /** Brings the y of a tile to a matrix with a row for each filter. */
  loadOutput(tile: Tile, group: number): Placed {
    const { scratch, wasm } = this.simd
    const { outside, sums } = this.places
    const count = tile.down.count * tile.across.count
    const step = 4 * windowsOf(tile)
    loadBox(scratch, this.y, this.outputBox(tile, group), outside)
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
    storeBox(scratch, outside, this.y, this.outputBox(tile, group))
  }

  /** How large the part of an image is that a tile sees, and where what is in x begins. */
  private frameOf({ down, across }: Tile) {
    const [top, left] = [down.from - down.start, across.from - across.start]
    return [down.extent, across.extent, top, left] as const
  }

  /** The sizes, strides and dilations of the window, and how many windows there are. */
  private walk({ down, across }: Tile) {
    const [i, j] = this.window
    const window = [i.size, j.size, i.stride, j.stride, i.dilation, j.dilation] as const
    return [...window, down.count, across.count] as const
  }

  private inputBox({ image, images, down, across }: Tile, group: number): Box {
    return {
      images: [image, images],
      channels: [group * this.sizes[0], this.sizes[0]],
      rows: [down.from, down.to - down.from],
      columns: [across.from, across.to - across.from],
    }
  }

  private outputBox({ image, images, down, across }: Tile, group: number): Box {
    return {
      images: [image, images],
      channels: [group * this.filters, this.filters],
      rows: [down.first, down.count],
      columns: [across.first, across.count],
    }
  }
}

export function windowsOf({ images, down, across }: Tile): number {
  return images * down.count * across.count
}

/** What a window does along an axis that it does not slide along. */
const single: WindowAxis = { size: 1, stride: 1, dilation: 1, before: 0, after: 0 }

/** Images whose pixels are in a row have one row of them. */
function onTwoAxes(view: View): View {
  if (view.shape.length === 4) return view
  const { storage, dtype, shape, strides, offset } = view
  const [a, b, c] = shape
  return { storage, dtype, shape: [a, b, 1, c], strides, offset }
}
