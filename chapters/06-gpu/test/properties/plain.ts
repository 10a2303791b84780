import '@deepdive/conv'
import '@deepdive/optim'
import { cpu, type Device, type Kernels } from '@deepdive/tensor'
import { matmul } from '../../../01-tensor/src/cpu/matmul.ts'

declare global {
  /** Kept here, as tests that share a process load this file again. */
  var plainKernels: Kernels | undefined
}

globalThis.plainKernels ??= { ...cpu.kernels }

/** The kernels of chapters 1 to 5, which this chapter's have to equal. */
export const plain = globalThis.plainKernels

if (plain.matmul !== matmul) {
  throw new Error('chapter 6 came before its measure: import properties/plain.ts first')
}

/** The cpu as chapter 5 leaves it. */
export const plainCpu: Device = { ...cpu, name: 'plain cpu', kernels: plain }
