/** What a decoder makes of the bytes of an image, whatever its pixels are. */
export interface RawImage {
  readonly width: number
  readonly height: number
  readonly data: Uint8Array | Uint8ClampedArray | Uint16Array
  /** Numbers for each pixel. */
  readonly channels: number
  /** Bits of each number. */
  readonly depth: number
  /** The colours that the numbers of an indexed image stand for. */
  readonly palette?: readonly (readonly number[])[]
}

/** The formats that can be read. */
export type ImageFormat = 'png' | 'jpeg'

/** Decodes the bytes of an image, here or in a worker. */
export type RawDecoder = (format: ImageFormat, bytes: Uint8Array) => Promise<RawImage>

/** More pixels than this are taken for a broken file. */
export const mostPixels = 100_000_000
