import type { Kernels } from '@deepdive/tensor'
import type { Recorder } from '../recorder.ts'
import { argReduce } from './arg-reduce.ts'
import { argsort } from './argsort.ts'
import { batchNorm, batchNormGradient } from './batch-norm.ts'
import { binary } from './binary.ts'
import { copy, where } from './copy.ts'
import { crossEntropy, crossEntropyGradient } from './cross-entropy.ts'
import { cumsum } from './cumsum.ts'
import { fill } from './fill.ts'
import { gather } from './gather.ts'
import { largestInWindows, maxPool } from './largest-in-windows.ts'
import { linear } from './linear.ts'
import { matmul } from './matmul.ts'
import { adam, sgd } from './optimizers.ts'
import { random } from './random.ts'
import { reduce } from './reduce.ts'
import { scatter, scatterAdd } from './scatter.ts'
import { logSoftmax, logSoftmaxGradient, softmax, softmaxGradient } from './softmax.ts'
import { standardize, standardizeGradient } from './standardize.ts'
import { reluGradient, unary } from './unary.ts'
import { addWindows, gatherWindows } from './windows.ts'

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
    gatherWindows: (...operands) => gatherWindows(recorder, ...operands),
    addWindows: (...operands) => addWindows(recorder, ...operands),
    largestInWindows: (...operands) => largestInWindows(recorder, ...operands),
    adam: (...operands) => adam(recorder, ...operands),
    sgd: (...operands) => sgd(recorder, ...operands),
    softmax: (...operands) => softmax(recorder, ...operands),
    softmaxGradient: (...operands) => softmaxGradient(recorder, ...operands),
    logSoftmax: (...operands) => logSoftmax(recorder, ...operands),
    logSoftmaxGradient: (...operands) => logSoftmaxGradient(recorder, ...operands),
    reluGradient: (...operands) => reluGradient(recorder, ...operands),
    linear: (...operands) => linear(recorder, ...operands),
    standardize: (...operands) => standardize(recorder, ...operands),
    standardizeGradient: (...operands) => standardizeGradient(recorder, ...operands),
    crossEntropy: (...operands) => crossEntropy(recorder, ...operands),
    crossEntropyGradient: (...operands) => crossEntropyGradient(recorder, ...operands),
    maxPool: (...operands) => maxPool(recorder, ...operands),
    batchNorm: (...operands) => batchNorm(recorder, ...operands),
    batchNormGradient: (...operands) => batchNormGradient(recorder, ...operands),
  }
}
