import type { DType, TypedArray } from './dtype.ts'
import { DeviceError } from './errors.ts'
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
    if (view.storage.device === device) continue
    throw new DeviceError(
      `${op}: one operand is on ${device.name}, another on ${view.storage.device.name}: ` +
        'move one of them by .to(device)',
    )
  }
}
