import { setImmediate } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { Expected } from './fixtures.ts'

setFlagsFromString('--expose-gc')
const gc: () => void = runInNewContext('gc')

/** Collects garbage; what a WeakRef has shown stays alive until the current task ends. */
export async function collectGarbage(): Promise<void> {
  await setImmediate()
  gc()
}

/** What counting needs of a device. */
interface Allocating {
  readonly name: string
  allocate(dtype: Expected['dtype'], length: number): unknown
}

/**
 * A device like `device`, and how many of the float32 buffers that it has given out are
 * still referred to. How much memory a process holds would not do: an engine gives back
 * what it has collected when it likes. A few buffers more are at hand in compiled code.
 */
export function countingDevice<D extends Allocating>(device: D) {
  const made: WeakRef<Float32Array>[] = []
  const allocate: D['allocate'] = (dtype, length) => {
    const memory = device.allocate(dtype, length)
    if (memory instanceof Float32Array) made.push(new WeakRef(memory))
    return memory
  }
  const countLive = async () => {
    await collectGarbage()
    return made.filter((buffer) => buffer.deref()).length
  }
  return { device: { ...device, name: 'counting', allocate }, countLive }
}
