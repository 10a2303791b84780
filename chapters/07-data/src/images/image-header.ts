import { DataError } from '../datasets/errors.ts'
import { type ImageFormat, mostPixels } from './raw-image.ts'

/** What the beginning of a file says about the image in it. */
export interface ImageHeader {
  readonly format: ImageFormat
  /** Whether it has shades of grey alone. */
  readonly grey: boolean
}

/**
 * Reads the beginning of an image file.
 *
 * @throws DataError where it is none, or claims more pixels than an image has.
 */
export function readHeader(bytes: Uint8Array): ImageHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (startsWith(bytes, pngStart)) return pngHeader(view)
  if (startsWith(bytes, jpegStart)) return { format: 'jpeg', grey: isGreyJpeg(view) }
  const start = Array.from(bytes.subarray(0, 4), (byte) => {
    return byte.toString(16).padStart(2, '0')
  })
  throw new DataError(
    `it is neither PNG nor JPEG: it begins with ${start.join(' ') || 'nothing'}`,
  )
}

const pngStart = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
const jpegStart = [0xff, 0xd8, 0xff]

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, n) => bytes[n] === byte)
}

/** The first chunk of a PNG has width, height, depth and the type of colours. */
function pngHeader(view: DataView): ImageHeader {
  if (view.byteLength < 26) throw new DataError('it is a PNG that is cut short')
  const [width, height] = [view.getUint32(16), view.getUint32(20)]
  if (width * height > mostPixels) {
    throw new DataError(
      `it claims to have ${width}×${height} pixels, which are too many`,
    )
  }
  const type = view.getUint8(25)
  return { format: 'png', grey: type === 0 || type === 4 }
}

/** The segment of a JPEG that begins its frame says how many components there are. */
function isGreyJpeg(view: DataView): boolean {
  let at = 2
  while (at + 9 < view.byteLength) {
    const marker = view.getUint16(at)
    const isFrame = marker >= 0xffc0 && marker <= 0xffcf
    if (isFrame && ![0xffc4, 0xffc8, 0xffcc].includes(marker)) {
      return view.getUint8(at + 9) === 1
    }
    at += 2 + view.getUint16(at + 2)
  }
  return false
}
