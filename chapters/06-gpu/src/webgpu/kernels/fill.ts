import { Storage, type View } from '@deepdive/tensor'
import { roundToFloat16 } from '../half.ts'
import { GpuMemory, memoryOf } from '../memory.ts'
import type { Recorder } from '../recorder.ts'
import { coversStorage } from '../views.ts'
import { elementTypes, numberType, stored } from '../wgsl/element.ts'
import { forEachPlace, groupsFor, kernel, wordOf } from '../wgsl/kernel.ts'
import { elementwise } from './elementwise.ts'

/** A whole memory of one value needs no kernel before someone reads it. */
export function fill(recorder: Recorder, value: number, out: View): void {
  const memory = memoryOf('fill', out.storage)
  if (coversStorage(out)) memory.value = heldAs(out, value)
  else {
    const inputs = [constantLike(out, value)]
    elementwise(recorder, {
      operation: 'fill',
      inputs,
      outs: [out],
      expressions: (x) => [x],
    })
  }
}

/**
 * A float16 rounds what it holds; but a number that stands beside halves, as the 2⁻³⁰ of
 * `x.mul(2 ** -30)`, counts as it is, until it is written to memory.
 */
function heldAs({ dtype, shape }: View, value: number): number {
  return dtype === 'float16' && shape.length > 0 ? roundToFloat16(value) : value
}

/** One value as a view like another: it reaches a kernel as a parameter. */
export function constantLike({ storage, dtype, shape }: View, value: number): View {
  const memory = new GpuMemory(dtype, 1)
  memory.value = value
  return {
    storage: new Storage(storage.device, dtype, 1, memory),
    dtype,
    shape,
    strides: shape.map(() => 0),
    offset: 0,
  }
}

/** Writes the value that all elements of a memory have into its buffer. */
export function fillMemory(recorder: Recorder, value: number, memory: GpuMemory): void {
  const { dtype, length } = memory
  const type = elementTypes[dtype]
  recorder.run({
    operation: 'fill',
    program: `fill all: ${dtype}`,
    source: () =>
      kernel({
        parameters: ['size: u32', `value: ${numberType(dtype)}`],
        bindings: [{ name: 'out', type, access: 'read_write' }],
        body: forEachPlace(`out[place] = ${stored('p.value', dtype)};`),
      }),
    uses: [{ memory, as: 'overwrite' }],
    words: [length, wordOf(value, dtype)],
    groups: groupsFor(length),
  })
}
