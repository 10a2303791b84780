import { DeviceError, type Kernels } from '@deepdive/tensor'
import type { Recorder } from '../recorder.ts'
import { binary } from './binary.ts'
import { copy, where } from './copy.ts'
import { fill } from './fill.ts'
import { unary } from './unary.ts'

function missing(): never {
  throw new DeviceError('webgpu: this kernel is not written yet')
}

const stubs = {
  reduce: missing,
  argReduce: missing,
  matmul: missing,
  gather: missing,
  scatter: missing,
  scatterAdd: missing,
  cumsum: missing,
  argsort: missing,
  random: missing,
}

/** The kernels of a GPU, whose commands go to `recorder`. */
export function kernelsOf(recorder: Recorder): Kernels {
  return {
    unary: (...operands) => unary(recorder, ...operands),
    binary: (...operands) => binary(recorder, ...operands),
    where: (...operands) => where(recorder, ...operands),
    copy: (...operands) => copy(recorder, ...operands),
    fill: (...operands) => fill(recorder, ...operands),
    ...stubs,
  }
}
