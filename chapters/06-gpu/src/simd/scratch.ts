import { DeviceError, type TypedArray } from '@deepdive/tensor'
import { formatBytes } from '../memory/format-memory.ts'

/** WebAssembly's memory grows by pages of 64 KiB. */
const pageBytes = 65536

/** Vectors load fastest from addresses that 64 divides, as lines of the cache do. */
const alignment = 64

/** A memory of WebAssembly, which not all know by its name who only use types. */
interface Memory {
  readonly buffer: ArrayBuffer
  grow(pages: number): number
}

/** Thrown where a kernel needs more at once than there is, or than a memory may be. */
export class NoRoom extends DeviceError {
  constructor(bytes: number) {
    super(
      `cpu: there is no room for the ${formatBytes(bytes)} that a kernel needs at ` +
        'once: make batches smaller, or split the tensor',
    )
  }
}

/**
 * The memory that kernels compute in. Each call of a kernel copies its operands here,
 * by parts where they are large, and its result out: nothing lasts from call to call.
 */
export class Scratch {
  private readonly memory: Memory
  private readonly start: number
  private heaps: Heaps

  /** Everything from `start` on is free. */
  constructor(memory: Memory, start: number) {
    this.memory = memory
    this.start = align(start)
    this.heaps = new Heaps(memory.buffer)
  }

  /** How large the memory is, in bytes: it grows with the largest call, and stays so. */
  get size(): number {
    return this.memory.buffer.byteLength
  }

  /**
   * Room for arrays of these sizes in bytes: where each begins. It is valid until the
   * next call, which gives the same places away again.
   * @throws NoRoom where there is none.
   */
  room(...sizes: readonly number[]): number[] {
    let end = this.start
    const places = sizes.map((size) => {
      const place = end
      end = align(end + size)
      return place
    })
    this.growTo(end)
    return places
  }

  /** Copies `count` elements, from the one at `from` on, to an address. */
  write(values: TypedArray, from: number, count: number, address: number): void {
    const heap = this.heapOf(values)
    heap.set(values.subarray(from, from + count), address / heap.BYTES_PER_ELEMENT)
  }

  /** Copies `count` elements that lie at an address, to the one at `to` and on. */
  read(address: number, count: number, values: TypedArray, to: number): void {
    const heap = this.heapOf(values)
    const first = address / heap.BYTES_PER_ELEMENT
    values.set(heap.subarray(first, first + count), to)
  }

  /** All of the memory, as elements like these. Ask again after each `room`. */
  heapOf(values: TypedArray): TypedArray {
    return this.heaps.of(values)
  }

  private growTo(end: number): void {
    const missing = end - this.memory.buffer.byteLength
    if (missing <= 0) return
    try {
      this.memory.grow(Math.ceil(missing / pageBytes))
    } catch {
      throw new NoRoom(end - this.start)
    }
    // The views of a memory that has grown are empty.
    this.heaps = new Heaps(this.memory.buffer)
  }
}

/** One buffer, as elements of each kind. */
class Heaps {
  private readonly floats: Float32Array
  private readonly integers: Int32Array
  private readonly bytes: Uint8Array

  constructor(buffer: ArrayBuffer) {
    this.floats = new Float32Array(buffer)
    this.integers = new Int32Array(buffer)
    this.bytes = new Uint8Array(buffer)
  }

  of(values: TypedArray): TypedArray {
    if (values instanceof Float32Array) return this.floats
    return values instanceof Int32Array ? this.integers : this.bytes
  }
}

function align(address: number): number {
  return Math.ceil(address / alignment) * alignment
}
