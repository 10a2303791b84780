import type { DType, TypedArray } from '@deepdive/tensor'
import type { Commands } from './commands.ts'
import { fromFloat16, roundToFloat16 } from './half.ts'
import type { Health } from './health.ts'
import type { GpuMemory } from './memory.ts'
import type { Recorder } from './recorder.ts'
import { mapForReading, noteBytes, usage } from './usage.ts'

/**
 * The elements of a memory, once the GPU has come to the end of all that is recorded.
 * They travel through a buffer that the processor may look into.
 */
export async function readBack(
  device: GPUDevice,
  health: Health,
  commands: Commands,
  recorder: Recorder,
  memory: GpuMemory,
): Promise<TypedArray> {
  health.check()
  const known = recorder.faults.arePossible ? undefined : memory.value
  if (known !== undefined) {
    health.report()
    return filled(memory, known)
  }
  const source = recorder.settle(memory)
  const note = recorder.faults.arePossible && recorder.settle(recorder.faults.memory)
  const errorOf = recorder.faults.take()
  // What is copied comes in fours.
  const bytes = Math.max(4, 4 * Math.ceil(memory.bytes / 4))
  const staging = device.createBuffer({
    size: noteBytes + bytes,
    usage: usage.mapRead | usage.copyTarget,
  })
  commands.encode((encoder) => {
    encoder.copyBufferToBuffer(source.buffer, 0, staging, noteBytes, bytes)
    if (!note) return
    encoder.copyBufferToBuffer(note.buffer, 0, staging, 0, noteBytes)
    encoder.clearBuffer(note.buffer)
  })
  commands.submit()
  const copy = await contentsOf(staging, recorder, health).finally(() => {
    staging.destroy()
  })
  const fault = errorOf(new Int32Array(copy, 0, 4))
  if (fault) throw fault
  return elementsOf(copy, memory.dtype, memory.length)
}

/** What a buffer holds once the GPU has come there, if nothing went wrong meanwhile. */
async function contentsOf(
  staging: GPUBuffer,
  recorder: Recorder,
  health: Health,
): Promise<ArrayBuffer> {
  const mapped = staging.mapAsync(mapForReading)
  await Promise.allSettled([mapped])
  await recorder.checked()
  health.report()
  await mapped
  return staging.getMappedRange().slice(0)
}

/** What all elements are one value of, the processor knows as well. */
function filled({ dtype, length }: GpuMemory, value: number): TypedArray {
  const element = dtype === 'float16' ? roundToFloat16(value) : value
  const room = new ArrayBuffer(noteBytes + 4 * length)
  return elementsOf(room, dtype, length).fill(element)
}

function elementsOf(copy: ArrayBuffer, dtype: DType, length: number): TypedArray {
  if (dtype === 'float32') return new Float32Array(copy, noteBytes, length)
  if (dtype === 'float16') return fromFloat16(new Uint16Array(copy, noteBytes, length))
  if (dtype === 'int32') return new Int32Array(copy, noteBytes, length)
  return Uint8Array.from(new Uint32Array(copy, noteBytes, length))
}
