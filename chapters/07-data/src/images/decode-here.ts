import {
  type ImageFormat,
  mostPixels,
  type RawDecoder,
  type RawImage,
} from './raw-image.ts'

/** Decodes an image on this thread. */
export const decodeHere: RawDecoder = async (format, bytes) =>
  (await decoders[format]())(bytes)

/** Loads what decodes a format. */
export const decoders: Readonly<Record<ImageFormat, () => Promise<Decode>>> = {
  async png() {
    const { decode } = await import('fast-png')
    return (bytes) => decode(bytes, { checkCrc: true })
  },
  async jpeg() {
    const { default: jpeg } = await import('jpeg-js')
    return (bytes) => ({ ...jpeg.decode(bytes, jpegOptions), channels: 3, depth: 8 })
  },
}

type Decode = (bytes: Uint8Array) => RawImage

/** A file that is cut short is an error, in place of an image that is half grey. */
export const jpegOptions = {
  useTArray: true,
  formatAsRGBA: false,
  tolerantDecoding: false,
  maxResolutionInMP: mostPixels / 1e6,
} as const
