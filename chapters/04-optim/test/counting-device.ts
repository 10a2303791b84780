import { setImmediate } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { cpu, type Device, type DType } from '@deepdive/tensor'

setFlagsFromString('--expose-gc')
const collectGarbage: () => void = runInNewContext('gc')

interface CountingDevice {
  readonly device: Device
  /** How many buffers are referred to; a few more, which compiled code has at hand. */
  countLive(): Promise<number>
}

/** The cpu, under a name of its own, with a list of all buffers that it has given out. */
export function countingDevice(): CountingDevice {
  const made: WeakRef<object>[] = []
  const allocate = (dtype: DType, length: number) => {
    const memory = new Float32Array(length)
    if (dtype !== 'float32') return cpu.allocate(dtype, length)
    made.push(new WeakRef(memory))
    return memory
  }
  const countLive = async () => {
    // What a WeakRef has shown stays alive until the current task ends.
    await setImmediate()
    collectGarbage()
    return made.filter((buffer) => buffer.deref()).length
  }
  return { device: { ...cpu, name: 'counting', allocate }, countLive }
}
