import { type Device, NDArray, Storage, type TypedArray } from '@deepdive/tensor'

/**
 * A function that copies arrays of a cpu to a device, where they lie as before; what
 * shares memory here shares it there. A float32 becomes a float16 if it `isHalf`.
 */
export function placerOn(device: Device): (x: NDArray, isHalf?: boolean) => NDArray {
  const known = new Map<Storage, Storage>()
  return (x, isHalf = false) => {
    const { dtype, length } = x.storage
    const copied = () => {
      const memory = device.upload(valuesOf(x.storage).slice())
      const there = new Storage(device, dtype, length, memory)
      return isHalf && dtype === 'float32' ? halved(there) : there
    }
    const there = known.get(x.storage) ?? copied()
    known.set(x.storage, there)
    return new NDArray(there, x)
  }
}

/** All of a memory as float16. */
function halved(storage: Storage): Storage {
  const layout = { shape: [storage.length], strides: [1], offset: 0 }
  return new NDArray(storage, layout).to('float16').storage
}

/** The elements of what is on a cpu. */
export function valuesOf({ device, memory }: Storage): TypedArray {
  if (memory instanceof Float32Array || memory instanceof Int32Array) return memory
  if (memory instanceof Uint8Array) return memory
  throw new Error(`what is on ${device.name} cannot be looked at`)
}
