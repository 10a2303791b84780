import type { View } from '@deepdive/tensor'

/** The elements of a contiguous view of float32, which a fused kernel goes through. */
export function contiguous({ storage, shape, offset }: View): Float32Array {
  const size = shape.reduce((product, extent) => product * extent, 1)
  if (storage.memory instanceof Float32Array) {
    return storage.memory.subarray(offset, offset + size)
  }
  throw new TypeError(`a step: the cpu holds no ${storage.dtype} parameters`)
}
