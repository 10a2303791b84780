import { elements, type View } from '@deepdive/tensor'
import type { Range } from './matrix.ts'
import type { Scratch } from './scratch.ts'

/** A part of images, [N, C, n₁, n₂]: so many of each axis. */
export interface Box {
  readonly images: Range
  readonly channels: Range
  readonly rows: Range
  readonly columns: Range
}

/** How many numbers a box holds. */
export function sizeOfBox({ images, channels, rows, columns }: Box): number {
  return images[1] * channels[1] * rows[1] * columns[1]
}

/** Copies a box of contiguous images to an address, number after number. */
export function loadBox(scratch: Scratch, view: View, box: Box, address: number): void {
  forEachPiece(view, box, (at, count, place) => {
    scratch.write(elements(view), at, count, address + 4 * place)
  })
}

/** Copies what lies at an address into a box. */
export function storeBox(
  scratch: Scratch,
  address: number,
  view: View,
  box: Box,
): void {
  forEachPiece(view, box, (at, count, place) => {
    scratch.read(address + 4 * place, count, elements(view), at)
  })
}

/** The pieces of a box that lie in memory as they do in the box: as few as can be. */
function forEachPiece(
  { shape, offset }: View,
  { images, channels, rows, columns }: Box,
  visit: (at: number, count: number, place: number) => void,
): void {
  const [, allChannels, allRows, allColumns] = shape
  const wide = columns[1] === allColumns
  const tall = wide && rows[1] === allRows
  const deep = tall && channels[1] === allChannels
  const plane = rows[1] * columns[1]
  const count = deep
    ? images[1] * channels[1] * plane
    : (tall ? channels[1] : 1) * (wide ? plane : columns[1])
  let place = 0
  for (let n = 0; n < (deep ? 1 : images[1]); n++) {
    for (let c = 0; c < (tall ? 1 : channels[1]); c++) {
      for (let r = 0; r < (wide ? 1 : rows[1]); r++, place += count) {
        const channel = (images[0] + n) * allChannels + channels[0] + c
        const row = channel * allRows + rows[0] + r
        visit(offset + row * allColumns + columns[0], count, place)
      }
    }
  }
}
