import { type Device, NDArray, Storage, type TypedArray } from '@deepdive/tensor'

/**
 * A function that copies arrays of a cpu to a device, where they lie as before; what
 * shares memory here shares it there.
 */
export function placerOn(device: Device): (x: NDArray) => NDArray {
  const known = new Map<Storage, Storage>()
  return (x) => {
    const { dtype, length } = x.storage
    const there =
      known.get(x.storage) ??
      new Storage(device, dtype, length, device.upload(valuesOf(x.storage).slice()))
    known.set(x.storage, there)
    return new NDArray(there, x)
  }
}

/** The elements of what is on a cpu. */
export function valuesOf({ device, memory }: Storage): TypedArray {
  if (memory instanceof Float32Array || memory instanceof Int32Array) return memory
  if (memory instanceof Uint8Array) return memory
  throw new Error(`what is on ${device.name} cannot be looked at`)
}
