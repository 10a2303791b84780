import type { Device } from '../device.ts'
import { typedArray } from '../dtype.ts'
import { binary } from './binary.ts'
import { copy, fill, where } from './copy.ts'
import { gather, scatter, scatterAdd } from './gather.ts'
import { matmul } from './matmul.ts'
import { argsort, cumsum } from './order.ts'
import { random } from './random.ts'
import { argReduce, reduce } from './reduce.ts'
import { unary } from './unary.ts'

/**
 * The processor that runs this program. Its memory is plain typed arrays, owned by the
 * garbage collector; its kernels are loops that a reader can follow.
 *
 * @example
 * cpu.name // → cpu
 */
export const cpu: Device = {
  name: 'cpu',
  kernels: {
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
  },
  allocate: typedArray,
  upload: (values) => values,
  read: async ({ memory }) => (memory as Float32Array).slice(),
  free: () => {},
}
