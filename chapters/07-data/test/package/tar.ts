import { gzipSync } from 'node:zlib'

/** A file of an archive: its path in it, and its content. */
export type Entry = readonly [path: string, content: Uint8Array]

/** A tar archive (POSIX ustar), zipped, as npm packs packages. */
export function tarOf(entries: Iterable<Entry>): Uint8Array {
  const blocks: Uint8Array[] = []
  for (const [path, content] of entries) {
    const padding = new Uint8Array((512 - (content.length % 512)) % 512)
    blocks.push(header(path, content.length), content, padding)
  }
  return gzipSync(Buffer.concat([...blocks, new Uint8Array(1024)]))
}

/** 512 bytes of fields at fixed places, in which numbers are octal text. */
function header(path: string, size: number): Uint8Array {
  const bytes = Buffer.alloc(512)
  const [name, prefix] = splitPath(path)
  const octal = (value: number, digits: number) =>
    value.toString(8).padStart(digits, '0')
  bytes.write(name, 0)
  bytes.write(octal(0o644, 7), 100)
  bytes.write(octal(size, 11), 124)
  bytes.write(octal(0, 11), 136)
  bytes.write('        0', 148)
  bytes.write('ustar\x0000', 257)
  bytes.write(prefix, 345)
  const sum = bytes.reduce((total, byte) => total + byte, 0)
  bytes.write(`${octal(sum, 6)}\0 `, 148)
  return bytes
}

/** A name has up to 100 bytes; what stands before it in the path, 155 more. */
function splitPath(path: string): [name: string, prefix: string] {
  if (path.length <= 100) return [path, '']
  const cut = path.indexOf('/', path.length - 101)
  return [path.slice(cut + 1), path.slice(0, cut)]
}
