import { checkNumbers, optionsOf } from '@deepdive/tensor'
import { checkKind } from '../datasets/check-kind.ts'
import { DataError, reasonOf } from '../datasets/errors.ts'
import type { Picture } from '../transforms/to-tensor.ts'
import { decodeHere } from './decode-here.ts'
import { readHeader } from './image-header.ts'
import type { RawDecoder } from './raw-image.ts'
import { unpackPixels } from './unpack-pixels.ts'
import { type Channels, withChannels } from './with-channels.ts'

export interface DecodeImageOptions {
  /**
   * 1 for grey, 3 for colours, 4 with opacity. Default: 1 or 3, as the file has them.
   */
  readonly channels?: Channels
  /** What decodes the bytes. Default: this thread. */
  readonly decoder?: RawDecoder
}

/**
 * The pixels of a PNG or JPEG file.
 *
 * @throws DataError where the bytes are neither, or are broken.
 * @example
 * await decodeImage(Uint8Array.of(71, 73, 70, 56))
 * // throws DataError: decodeImage: it is neither PNG nor JPEG: it begins with
 */
export async function decodeImage(
  bytes: Uint8Array,
  options: DecodeImageOptions = {},
): Promise<Picture> {
  const { channels, decoder = decodeHere } = optionsOf('decodeImage', options)
  checkKind('decodeImage', { bytes }, 'a Uint8Array', (value) => {
    return value instanceof Uint8Array
  })
  if (channels !== undefined) checkChannels('decodeImage', channels)
  try {
    const { format, grey } = readHeader(bytes)
    const raw = await decoder(format, bytes)
    const pixels = withChannels(unpackPixels(raw), channels ?? (grey ? 1 : 3))
    return { width: raw.width, height: raw.height, data: pixels.data }
  } catch (error) {
    throw new DataError(`decodeImage: ${reasonOf(error)}`, error)
  }
}

/** Refuses channels that no image has. */
export function checkChannels(owner: string, channels: unknown): void {
  const isKnown = (value: number) => [1, 3, 4].includes(value)
  checkNumbers(owner, { channels }, '1, 3 or 4', isKnown)
}
