import { cpu, type Device, type Kernels, type View } from '@deepdive/tensor'
import { roundToFloat16 } from '../../src/webgpu/half.ts'
import { viewOf } from '../../src/webgpu/views.ts'
import { valuesOf } from '../properties/place.ts'
import { plain } from '../properties/plain.ts'
import { round } from './round.ts'

/**
 * The plain cpu as it were if it held float16: its elements are float32, and each kernel
 * rounds what it has written. So what operations make of float16 is known where no
 * adapter has it.
 */
export const halfCpu: Device = {
  ...cpu,
  name: 'cpu with float16',
  allocate: (dtype, length) =>
    cpu.allocate(dtype === 'float16' ? 'float32' : dtype, length),
  read: async (storage) => {
    const values = valuesOf(storage).slice()
    return storage.dtype === 'float16' ? values.map(roundToFloat16) : values
  },
  kernels: new Proxy<Kernels>(plain, { get: roundingKernel }),
}

function roundingKernel(kernels: Kernels, name: string): unknown {
  const kernel: unknown = Reflect.get(kernels, name)
  if (typeof kernel !== 'function') return undefined
  return (...operands: readonly unknown[]) => {
    Reflect.apply(kernel, kernels, operands.map(asFloat32))
    // A number that stands beside halves keeps its digits.
    const isNumber = ({ shape }: View) => name === 'fill' && shape.length === 0
    for (const x of operands) if (isHalf(x) && !isNumber(x)) round(x)
  }
}

function isHalf(operand: unknown): operand is View {
  const isView = typeof operand === 'object' && operand !== null && 'storage' in operand
  return isView && 'dtype' in operand && operand.dtype === 'float16'
}

function asFloat32(operand: unknown): unknown {
  return isHalf(operand) ? { ...viewOf(operand), dtype: 'float32' } : operand
}
