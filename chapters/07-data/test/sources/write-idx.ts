/** The bytes of an IDX file of `shape`, whose elements are `values`, big-endian. */
export function idxBytes(
  type: number,
  shape: readonly number[],
  values: Uint8Array,
): Uint8Array {
  const start = 4 + 4 * shape.length
  const bytes = new Uint8Array(start + values.length)
  const header = new DataView(bytes.buffer)
  header.setUint32(0, type * 256 + shape.length)
  for (const [axis, extent] of shape.entries()) header.setUint32(4 + 4 * axis, extent)
  bytes.set(values, start)
  return bytes
}

/** Images of bytes n, n + 1, … and labels 0, 1, 2, … as the files of one part. */
export function idxImages(count: number, height: number, width: number) {
  const pixels = Uint8Array.from({ length: count * height * width }, (_, n) => n % 256)
  const labels = Uint8Array.from({ length: count }, (_, n) => n % 10)
  return {
    images: idxBytes(8, [count, height, width], pixels),
    labels: idxBytes(8, [count], labels),
  }
}
