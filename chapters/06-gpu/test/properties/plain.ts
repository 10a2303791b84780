import { cpu, type Device, type Kernels } from '@deepdive/tensor'
import { binary } from '../../../01-tensor/src/cpu/binary.ts'
import { copy, fill, where } from '../../../01-tensor/src/cpu/copy.ts'
import { gather, scatter, scatterAdd } from '../../../01-tensor/src/cpu/gather.ts'
import { matmul } from '../../../01-tensor/src/cpu/matmul.ts'
import { argsort, cumsum } from '../../../01-tensor/src/cpu/order.ts'
import { random } from '../../../01-tensor/src/cpu/random.ts'
import { argReduce, reduce } from '../../../01-tensor/src/cpu/reduce.ts'
import { unary } from '../../../01-tensor/src/cpu/unary.ts'
import { adam } from '../../../04-optim/src/adam-kernel.ts'
import { sgd } from '../../../04-optim/src/sgd-kernel.ts'
import { largestInWindows } from '../../../05-conv/src/cpu/largest-in-windows.ts'
import { addWindows, gatherWindows } from '../../../05-conv/src/cpu/windows.ts'

/** The kernels of chapters 1 to 5, whatever the table of the cpu holds by now. */
export const plain: Kernels = {
  unary,
  binary,
  where,
  copy,
  fill,
  reduce,
  argReduce,
  matmul,
  gather,
  scatter,
  scatterAdd,
  cumsum,
  argsort,
  random,
  sgd,
  adam,
  gatherWindows,
  addWindows,
  largestInWindows,
}

/** The cpu as chapter 5 leaves it. */
export const plainCpu: Device = { ...cpu, name: 'plain cpu', kernels: plain }
