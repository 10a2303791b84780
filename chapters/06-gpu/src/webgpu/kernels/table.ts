import type { Kernels } from '@deepdive/tensor'
import type { Recorder } from '../recorder.ts'
import { argReduce } from './arg-reduce.ts'
import { argsort } from './argsort.ts'
import { binary } from './binary.ts'
import { copy, where } from './copy.ts'
import { cumsum } from './cumsum.ts'
import { fill } from './fill.ts'
import { gather } from './gather.ts'
import { matmul } from './matmul.ts'
import { random } from './random.ts'
import { reduce } from './reduce.ts'
import { scatter, scatterAdd } from './scatter.ts'
import { unary } from './unary.ts'

/** The kernels of a GPU, whose commands go to `recorder`. */
export function kernelsOf(recorder: Recorder): Kernels {
  return {
    unary: (...operands) => unary(recorder, ...operands),
    binary: (...operands) => binary(recorder, ...operands),
    where: (...operands) => where(recorder, ...operands),
    copy: (...operands) => copy(recorder, ...operands),
    fill: (...operands) => fill(recorder, ...operands),
    reduce: (...operands) => reduce(recorder, ...operands),
    argReduce: (...operands) => argReduce(recorder, ...operands),
    matmul: (...operands) => matmul(recorder, ...operands),
    gather: (...operands) => gather(recorder, ...operands),
    scatter: (...operands) => scatter(recorder, ...operands),
    scatterAdd: (...operands) => scatterAdd(recorder, ...operands),
    cumsum: (...operands) => cumsum(recorder, ...operands),
    argsort: (...operands) => argsort(recorder, ...operands),
    random: (...operands) => random(recorder, ...operands),
  }
}
