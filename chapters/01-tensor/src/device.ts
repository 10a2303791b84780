import { describeValue } from './describe-value.ts'
import type { DType, TypedArray } from './dtype.ts'
import { type DeepDiveError, DeviceError } from './errors.ts'
import type { Kernels } from './kernels.ts'
import type { Shape } from './shape.ts'

/**
 * A place where arrays live and computations run: a name, a way to hold memory, and a
 * table of kernels. What memory is, only the device knows.
 */
export interface Device {
  readonly name: string
  readonly kernels: Kernels
  /** Memory for `length` elements, all zero. */
  allocate(dtype: DType, length: number): unknown
  upload(values: TypedArray): unknown
  /** A copy of the elements in ordinary memory. */
  read(storage: Storage): Promise<TypedArray>
  free(storage: Storage): void
  /**
   * Of a device that is read without blocking: whoever reads next gets the error if
   * `holds`, a single bool, is false.
   */
  verify?(holds: View, error: () => DeepDiveError): void
  /**
   * Of a device whose memory is freed by scopes (chapter 6): from here on an owner holds
   * this, such as a module its parameters, and the end of a scope passes over it. What is
   * held `by` another storage, as a gradient by its tensor, is freed along with that.
   */
  keep?(storage: Storage, by?: Storage): void
  /** The owner lets go: the scope around takes this over, and frees it when it ends. */
  release?(storage: Storage, by?: Storage): void
}

/**
 * A stretch of one device's memory, shared by all views of it.
 * @example
 * const x = zeros([2, 3])
 * x.storage === x.t().storage // → true
 * x.storage.length // → 6
 */
export class Storage {
  readonly device: Device
  readonly dtype: DType
  readonly length: number
  readonly memory: unknown
  /** Counts the writes, so that a graph notices that what it needs was overwritten. */
  version = 0

  constructor(device: Device, dtype: DType, length: number, memory: unknown) {
    this.device = device
    this.dtype = dtype
    this.length = length
    this.memory = memory
  }

  /**
   * Tells the device that an owner holds this, so that no scope frees it (see Device).
   * @example
   * const kept = []
   * const gpu = { ...cpu, name: 'gpu', keep: (storage) => kept.push(storage) }
   * const { storage } = zeros([2], { device: gpu })
   * storage.keep()
   * kept[0] === storage // → true
   */
  keep(by?: Storage): void {
    this.device.keep?.(this, by)
  }

  /**
   * Tells the device that an owner lets go of this.
   * @example zeros([2]).storage.release() // → undefined
   */
  release(by?: Storage): void {
    this.device.release?.(this, by)
  }
}

/**
 * What a kernel sees of an array: element `[i, j, …]` lies at
 * `offset + i · strides[0] + j · strides[1] + …` of the storage.
 */
export interface View {
  readonly storage: Storage
  readonly dtype: DType
  readonly shape: Shape
  readonly strides: readonly number[]
  readonly offset: number
}

/**
 * Gives a device back, and refuses what is none: the name of one, or a promise of one.
 * @throws DeviceError that says what it is.
 * @example
 * checkDevice('memory', 'webgpu')
 * // throws DeviceError: memory: the string 'webgpu' is no device: use cpu, or what
 */
export function checkDevice(owner: string, device: Device): Device {
  if (typeof device?.allocate === 'function') return device
  throw new DeviceError(
    `${owner}: ${describeValue(device)} is no device: use cpu, or what ` +
      "await device('webgpu') gives (chapter 6)",
  )
}

/**
 * Refuses operands that live on different devices.
 * @throws DeviceError that names both devices.
 * @example
 * const other = { ...cpu, name: 'other' }
 * checkSameDevice('add', zeros([2]), zeros([2], { device: other }))
 * // throws DeviceError: add: one operand is on cpu, another on other: move one
 */
export function checkSameDevice(op: string, ...views: readonly View[]): void {
  const { device } = views[0].storage
  for (const view of views) {
    const other = view.storage.device
    if (other === device) continue
    // A GPU that was lost, or opened with other options, has the name of the next.
    const named =
      other.name === device.name ? `a different ${other.name} device` : other.name
    throw new DeviceError(
      `${op}: one operand is on ${device.name}, another on ${named}: ` +
        'move one of them by .to(device)',
    )
  }
}
