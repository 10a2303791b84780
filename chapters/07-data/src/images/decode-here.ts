import { mostPixels, type RawDecoder } from './raw-image.ts'

/** Decodes an image on this thread. */
export const decodeHere: RawDecoder = async (format, bytes) => {
  if (format === 'png') {
    const { decode } = await import('fast-png')
    return decode(bytes, { checkCrc: true })
  }
  const { default: jpeg } = await import('jpeg-js')
  return { ...jpeg.decode(bytes, jpegOptions), channels: 3, depth: 8 }
}

/** A file that is cut short is an error, in place of an image that is half grey. */
export const jpegOptions = {
  useTArray: true,
  formatAsRGBA: false,
  tolerantDecoding: false,
  maxResolutionInMP: mostPixels / 1e6,
} as const
