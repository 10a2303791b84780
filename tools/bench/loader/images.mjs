// Files as MNIST's, of noise: the worst that gzip can meet with.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

export const count = 60_000
const pixels = 28 * 28

/** The bytes of an IDX file. */
function idx(shape, values) {
  const header = Buffer.alloc(4 + 4 * shape.length)
  header.writeUInt32BE(0x0800 + shape.length)
  shape.forEach((extent, axis) => {
    header.writeUInt32BE(extent, 4 + 4 * axis)
  })
  return Buffer.concat([header, values])
}

/** Writes plain files to MNIST/raw, where torchvision looks for them, and zipped ones. */
export function writeImages(folder) {
  let state = 1
  const noise = () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    return state >>> 23
  }
  // Half of each image is dark, as a digit's is.
  const images = Uint8Array.from({ length: count * pixels }, (_, n) =>
    n % pixels < pixels / 2 ? 0 : noise(),
  )
  const labels = Uint8Array.from({ length: count }, (_, n) => n % 10)
  const plain = join(folder, 'MNIST', 'raw')
  const zipped = join(folder, 'zipped')
  mkdirSync(plain, { recursive: true })
  mkdirSync(zipped)
  for (const part of ['train', 't10k']) {
    const files = {
      'images-idx3-ubyte': idx([count, 28, 28], images),
      'labels-idx1-ubyte': idx([count], labels),
    }
    for (const [name, bytes] of Object.entries(files)) {
      writeFileSync(join(plain, `${part}-${name}`), bytes)
      if (part === 'train') {
        writeFileSync(join(zipped, `${part}-${name}.gz`), gzipSync(bytes, { level: 1 }))
      }
    }
  }
}
