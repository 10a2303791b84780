import { cpu } from '@deepdive/tensor'
import { fastBinary } from './arithmetic.ts'
import { fastUnary } from './functions.ts'
import { startSimd } from './instance.ts'
import { fastLinear } from './linear.ts'
import { fastMatmul } from './matmul.ts'

// Importing this chapter makes the `cpu` fast. Its plain kernels stay behind the fast
// ones, for what these leave to them, and alone where WebAssembly has no vectors.
const simd = startSimd()
const { kernels } = cpu

if (simd) {
  const plain = { ...kernels }
  kernels.unary = fastUnary(simd, plain.unary)
  kernels.binary = fastBinary(simd, plain.binary)
  kernels.matmul = fastMatmul(simd, plain.matmul)
  kernels.linear = fastLinear(simd, plain)
}
