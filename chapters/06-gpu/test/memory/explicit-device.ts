import {
  cpu,
  type Device,
  type DType,
  dtypeOfElements,
  type Kernels,
  Storage,
  type TypedArray,
} from '@deepdive/tensor'
import { Allocation, checkNotFreed } from '../../src/memory/allocation.ts'
import { Ledger } from '../../src/memory/ledger.ts'
import { keepStorage, releaseStorage } from '../../src/memory/owners.ts'

/**
 * Elements that are spoilt when they are freed, so that no use of them goes unnoticed.
 */
class Elements extends Allocation {
  readonly values: TypedArray

  constructor(dtype: DType, values: TypedArray) {
    super(dtype, values.length, values.byteLength)
    this.values = values
  }

  protected giveBack(): void {
    this.values.fill(this.dtype === 'float32' ? NaN : 1)
  }
}

/** What a Storage of the device has as its memory. */
class Memory {
  readonly allocation: Elements
  constructor(allocation: Elements) {
    this.allocation = allocation
  }
}

/** A device that computes as `cpu` does, and whose memory must be freed as a GPU's. */
export interface ExplicitDevice extends Device {
  readonly ledger: Ledger
}

export function explicitDevice(): ExplicitDevice {
  const ledger = new Ledger()
  const hold = (dtype: DType, values: TypedArray) => {
    const memory = new Memory(new Elements(dtype, values))
    ledger.list(memory.allocation, memory)
    return memory
  }
  return {
    name: 'explicit',
    ledger,
    kernels: checkedKernels(),
    allocate: (dtype, length) => hold(dtype, cpu.allocate(dtype, length) as TypedArray),
    upload: (values) => hold(dtypeOfElements(values), values.slice()),
    read: async (storage) => elementsOf('cpu', storage).slice(),
    free: ({ memory }) => {
      if (memory instanceof Memory) memory.allocation.free()
    },
    keep: keepStorage,
    release: releaseStorage,
  }
}

/** The kernels of the `cpu`, which refuse memory that was freed. */
function checkedKernels(): Kernels {
  return new Proxy(cpu.kernels, {
    get(kernels, name, self) {
      const kernel: unknown = Reflect.get(kernels, name, self)
      if (typeof kernel !== 'function') return kernel
      return (...given: unknown[]) =>
        Reflect.apply(
          kernel,
          undefined,
          given.map((arg) => onCpu(String(name), arg)),
        )
    },
  })
}

function onCpu(operation: string, arg: unknown): unknown {
  if (typeof arg !== 'object' || arg === null || !('storage' in arg)) return arg
  const { storage, shape, strides, offset } = Object(arg)
  const { dtype, length } = storage
  const onCpu = new Storage(cpu, dtype, length, elementsOf(operation, storage))
  return { storage: onCpu, dtype, shape, strides, offset }
}

function elementsOf(operation: string, { memory }: Storage): TypedArray {
  if (!(memory instanceof Memory))
    throw new Error(`${operation}: no memory of this device`)
  checkNotFreed(operation, memory.allocation)
  return memory.allocation.values
}
