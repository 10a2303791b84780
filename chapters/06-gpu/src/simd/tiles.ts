import type { Window, WindowAxis } from '@deepdive/conv'
import type { View } from '@deepdive/tensor'
import type { Range } from './matrix.ts'
import type { Box } from './planes.ts'

/** A stretch of windows along an axis, and what they see of the input. */
export interface Stretch {
  /** The windows: the first, and how many. */
  readonly first: number
  readonly count: number
  /** The inputs that they see: the first, and how many; some may lie beside the axis. */
  readonly start: number
  readonly extent: number
  /** Of those, the ones that do not. */
  readonly from: number
  readonly to: number
}

/** What windows `first` and on, `count` of them, see of an axis. */
export function stretchOf(
  { size, stride, dilation, before }: WindowAxis,
  length: number,
  first: number,
  count: number,
): Stretch {
  const start = first * stride - before
  const extent = (count - 1) * stride + (size - 1) * dilation + 1
  const from = Math.min(length, Math.max(0, start))
  const to = Math.max(from, Math.min(length, start + extent))
  return { first, count, start, extent, from, to }
}

/** A part of a batch: some images, and of each the windows in some rows and columns. */
export interface Tile {
  readonly image: number
  readonly images: number
  readonly down: Stretch
  readonly across: Stretch
}

/**
 * Cuts images x, [N, C, n₁, n₂], into tiles with at most so many windows each, if a row
 * of windows has no more; y is [N, O, o₁, o₂].
 */
export function tilesOf(x: View, y: View, window: Window, most: number): Tile[] {
  const [batch, , ...extents] = x.shape
  const [, , rows, columns] = y.shape
  const tiles: Tile[] = []
  const wide = Math.min(columns, most)
  const tall = Math.min(rows, Math.max(1, Math.floor(most / columns)))
  const many = Math.min(batch, Math.max(1, Math.floor(most / (rows * columns))))
  for (let image = 0; image < batch; image += many) {
    const images = Math.min(many, batch - image)
    for (let row = 0; row < rows; row += tall) {
      const down = stretchOf(window[0], extents[0], row, Math.min(tall, rows - row))
      for (let column = 0; column < columns; column += wide) {
        const count = Math.min(wide, columns - column)
        const across = stretchOf(window[1], extents[1], column, count)
        tiles.push({ image, images, down, across })
      }
    }
  }
  return tiles
}

export function windowsOf({ images, down, across }: Tile): number {
  return images * down.count * across.count
}

/** The pixels that a tile sees, in these channels. */
export function inputBox({ image, images, down, across }: Tile, channels: Range): Box {
  return {
    images: [image, images],
    channels,
    rows: [down.from, down.to - down.from],
    columns: [across.from, across.to - across.from],
  }
}

/** The windows of a tile, as pixels of what they make. */
export function outputBox({ image, images, down, across }: Tile, channels: Range): Box {
  return {
    images: [image, images],
    channels,
    rows: [down.first, down.count],
    columns: [across.first, across.count],
  }
}

/**
 * How tall and how wide the part of an image is that a tile sees, and where in it those
 * pixels begin that do not lie beside the image.
 */
export function frameOf({ down, across }: Tile) {
  const [top, left] = [down.from - down.start, across.from - across.start]
  return [down.extent, across.extent, top, left] as const
}
