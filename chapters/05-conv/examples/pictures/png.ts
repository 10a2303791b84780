import { writeFileSync } from 'node:fs'
import type { Tensor } from '@deepdive/autograd'
import { encode } from 'fast-png'

/**
 * Writes an [H, W] tensor as a grey PNG: 0 is black, 1 is white, what is beyond is cut.
 */
export function writePicture(file: string, picture: Tensor): void {
  const [height, width] = picture.shape
  const bytes = picture.detach().clamp(0, 1).mul(255).round().toTypedArray()
  const data = Uint8Array.from(bytes)
  writeFileSync(file, encode({ width, height, data, channels: 1, depth: 8 }))
}
