import { plainWindows } from '@deepdive/conv'
import { cpu } from '@deepdive/tensor'
import { fastBinary, fastReluGradient } from './arithmetic.ts'
import { fastBatchNorm } from './batch-norm.ts'
import { fastConv } from './conv.ts'
import { fastCopy } from './copy.ts'
import { fastCrossEntropy } from './cross-entropy.ts'
import { fastUnary } from './functions.ts'
import { startSimd } from './instance.ts'
import { fastLinear } from './linear.ts'
import { fastMatmul } from './matmul.ts'
import { fastGather, fastScatterAdd } from './pick.ts'
import { fastLargest, fastMaxPool } from './pool.ts'
import { fastReduce } from './reduce.ts'
import { fastSoftmax } from './softmax.ts'
import { fastStandardize } from './standardize.ts'
import { fastAdam, fastSGD } from './steps.ts'
import { fastWhere } from './where.ts'
import { fastAddWindows, fastGatherWindows } from './windows.ts'

// Importing this chapter makes the `cpu` fast. Its plain kernels stay behind the fast
// ones, for what these leave to them, and alone where WebAssembly has no vectors.
export const simd = startSimd()
const { kernels } = cpu

if (simd) {
  const plain = { ...kernels }
  kernels.unary = fastUnary(simd, plain.unary)
  kernels.binary = fastBinary(simd, plain.binary)
  kernels.copy = fastCopy(simd, plain.copy)
  kernels.where = fastWhere(simd, plain.where)
  kernels.gather = fastGather(simd, plain.gather)
  kernels.scatterAdd = fastScatterAdd(simd, plain.scatterAdd)
  kernels.reduce = fastReduce(simd, plain.reduce)
  kernels.matmul = fastMatmul(simd, plain.matmul)
  kernels.linear = fastLinear(simd, plain)
  kernels.reluGradient = fastReluGradient(simd)
  kernels.adam = fastAdam(simd, plain.adam)
  kernels.sgd = fastSGD(simd, plain.sgd)
  kernels.gatherWindows = fastGatherWindows(simd, plainWindows.gatherWindows)
  kernels.addWindows = fastAddWindows(simd, plainWindows.addWindows)
  kernels.largestInWindows = fastLargest(simd, plainWindows.largestInWindows)
  kernels.maxPool = fastMaxPool(simd)
  Object.assign(
    kernels,
    fastSoftmax(simd),
    fastStandardize(simd),
    fastCrossEntropy(simd),
    fastConv(simd),
    fastBatchNorm(simd),
  )
}
